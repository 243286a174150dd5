"""The committee and the year of a conference beside each award that it reports; no year where its day is not known.

What one committee awarded, or what was awarded in one year, is so read off an index, the newest first.
"""

from newsroom.copied import Copied, copied

copied(
    Copied(
        name="reported",
        table="committees_award",
        key="reported_at_id",
        source="committees_conference",
        of=("committee_id", "sorted_on"),
        columns={
            "reported_by_id": "{row}.committee_id",
            "reported_year": {  # that of the first of all days stands for none (newsroom.fields.DayField)
                "postgresql": "NULLIF(EXTRACT(YEAR FROM {row}.sorted_on), 1)",
                "sqlite": "NULLIF(CAST(strftime('%Y', {row}.sorted_on) AS INTEGER), 1)",
            },
        },
    )
)

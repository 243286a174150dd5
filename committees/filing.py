"""The committee and the year of a conference beside each award that it reports.

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
            "reported_year": {
                "postgresql": "EXTRACT(YEAR FROM {row}.sorted_on)",
                "sqlite": "CAST(strftime('%Y', {row}.sorted_on) AS INTEGER)",
            },
        },
    )
)

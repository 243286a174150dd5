"""The moment of an article beside each of its bylines, while it is published; and beside a person whether there is any.

What one person signed is so read off an index, the newest first, however much others have signed; and those who sign
are found among the many whom reports only name.
"""

from newsroom.copied import Copied, copied

copied(
    Copied(
        name="moment",
        table="articles_byline",
        key="article_id",
        source="articles_article",
        of=("state", "published_at"),
        columns={"published_at": "CASE WHEN {row}.state = 'published' THEN {row}.published_at END"},
    )
)
copied(
    Copied(
        name="signed",
        table="committees_person",
        key="id",
        source="articles_byline",
        at="person_id",
        of=("person_id",),
        columns={"has_signed": "TRUE"},
    )
)

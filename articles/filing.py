"""The moment of an article beside each of its bylines, while it is published.

What one person signed is so read off an index, the newest first, however much others have signed.
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

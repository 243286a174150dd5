"""The moment of an article beside each of its bylines, where the database keeps it.

What one person signed is so read off an index, the newest first, however much others have signed.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

_MOMENT = "(SELECT published_at FROM articles_article WHERE id = NEW.article_id AND state = 'published')"
_ITS_OWN = "CASE WHEN NEW.state = 'published' THEN NEW.published_at END"
# Most saves of an article change nothing of it.
_BESIDE = f"UPDATE articles_byline SET published_at = {_ITS_OWN} WHERE article_id = NEW.id AND published_at"
_FILL = (
    "UPDATE articles_byline SET published_at = "
    "(SELECT published_at FROM articles_article WHERE id = article_id AND state = 'published')"
)

# By their names the statements that make them. A row may come in before its article does (a backup).
_TRIGGERS: dict[str, dict[str, tuple[str, ...]]] = {
    "postgresql": {
        "articles_byline_moment": (
            "CREATE OR REPLACE FUNCTION articles_byline_moment() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN NEW.published_at := {_MOMENT}; RETURN NEW; END $$",
            "CREATE TRIGGER articles_byline_moment BEFORE INSERT OR UPDATE ON articles_byline "
            "FOR EACH ROW EXECUTE FUNCTION articles_byline_moment()",
        ),
        "articles_article_moment": (
            "CREATE OR REPLACE FUNCTION articles_article_moment() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {_BESIDE} IS DISTINCT FROM {_ITS_OWN}; RETURN NULL; END $$",
            "CREATE TRIGGER articles_article_moment AFTER INSERT OR UPDATE OF state, published_at ON articles_article "
            "FOR EACH ROW EXECUTE FUNCTION articles_article_moment()",
        ),
    },
    "sqlite": {
        **{
            f"articles_byline_moment_{event.split()[0].lower()}": (
                f"CREATE TRIGGER articles_byline_moment_{event.split()[0].lower()} AFTER {event} ON articles_byline "
                f"BEGIN UPDATE articles_byline SET published_at = {_MOMENT} WHERE id = NEW.id; END",
            )
            for event in ("INSERT", "UPDATE OF article_id, published_at")
        },
        **{
            f"articles_article_moment_{event.split()[0].lower()}": (
                f"CREATE TRIGGER articles_article_moment_{event.split()[0].lower()} AFTER {event} ON articles_article "
                f"BEGIN {_BESIDE} IS NOT {_ITS_OWN}; END",
            )
            for event in ("INSERT", "UPDATE OF state, published_at")
        },
    },
}


def is_ours(trigger: str) -> bool:
    """Return whether `install` makes the trigger of that name, and what it would have written."""
    return any(trigger in triggers for triggers in _TRIGGERS.values())


def install(*, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """See to it that the moments are kept. Called after every migrate; does nothing where they are.

    A migration of SQLite makes a table anew and leaves its triggers behind: they are set again, and the moments are
    filled in again for what was saved without them.
    """
    connection = connections[using]
    wanted = _TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        if "articles_byline" not in connection.introspection.table_names(cursor):
            return
        cursor.execute("SELECT * FROM articles_byline LIMIT 0")
        if "published_at" not in {column[0] for column in cursor.description}:
            return  # the migration that brings it is still to come
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        missing = wanted.keys() - {name for (name,) in cursor.fetchall()}
        for name in sorted(missing):
            for statement in wanted[name]:
                cursor.execute(statement)
        if missing:
            cursor.execute(_FILL)

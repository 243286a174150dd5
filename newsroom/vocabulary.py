"""The words that titles are made of, each with its runs of three letters, by which one that is nearly it is found.

The table belongs to the index: the database fills it as rows are written, whichever door they come through, and
nothing takes a word away. Whether readers can find a word is asked of the rows themselves.
"""

from typing import Any

from django.db import connection

TABLE = "newsroom_vocabulary"
_MOST = 1000  # words that are looked at
_MAX_LETTERS = 40
_OWN = "z[dem]*"  # the words that an index has of its own: numbers, edges, marked words


def near(word: str) -> list[str]:
    """Return the words (folded) that share some of the three-letter runs of `word`, those that share most first."""
    padded = f"  {word} "
    runs = sorted({padded[start : start + 3] for start in range(len(padded) - 2)})
    holes = ", ".join(["%s"] * len(runs))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word, count(DISTINCT run) AS shared FROM {TABLE} WHERE run IN ({holes}) "
            f"AND length(word) BETWEEN %s AND %s GROUP BY word HAVING count(DISTINCT run) > 1 "
            f"ORDER BY shared DESC, word LIMIT {_MOST}",
            [*runs, len(word) - 2, len(word) + 2],
        )
        return [word for word, _shared in cursor.fetchall()]


def install(cursor: Any) -> None:
    """Make the table where it is missing. Two writers may note the same word twice: better than one waits."""
    cursor.execute(
        f"CREATE TABLE IF NOT EXISTS {TABLE} (run varchar(3) NOT NULL, word varchar({_MAX_LETTERS}) NOT NULL)"
    )
    cursor.execute(f"CREATE INDEX IF NOT EXISTS {TABLE}_run ON {TABLE} (run, word)")
    cursor.execute(f"CREATE INDEX IF NOT EXISTS {TABLE}_word ON {TABLE} (word)")


def noting(vendor: str, words: str, source: str = "") -> str:
    """Return SQL that notes the words of a text: `words` is SQL for it, `source` for the table it may stand in."""
    source = f"{source}, " if source else ""
    if vendor == "postgresql":
        return (
            f"INSERT INTO {TABLE} (run, word) SELECT DISTINCT substr('  ' || word || ' ', place, 3), word "
            f"FROM (SELECT DISTINCT word FROM {source}unnest(string_to_array({words}, ' ')) AS word) AS found, "
            f"generate_series(1, length(word) + 1) AS place WHERE word <> '' AND word !~ '^{_OWN[:-1]}' "
            f"AND NOT EXISTS (SELECT 1 FROM {TABLE} AS k WHERE k.word = found.word)"
        )
    places = list(range(1, _MAX_LETTERS + 2))
    return (
        f"INSERT INTO {TABLE} (run, word) SELECT DISTINCT substr('  ' || w.value || ' ', p.value, 3), w.value "
        f"FROM (SELECT DISTINCT e.value FROM {source}json_each('[\"' || replace({words}, ' ', '\",\"') || '\"]') AS e) "
        f"AS w, json_each('{places}') AS p "
        f"WHERE p.value <= length(w.value) + 1 AND w.value <> '' AND w.value NOT GLOB '{_OWN}' "
        f"AND NOT EXISTS (SELECT 1 FROM {TABLE} AS k WHERE k.word = w.value)"
    )

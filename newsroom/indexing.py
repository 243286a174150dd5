"""The index of every `WordsField`, made beside its table and kept by the database itself.

On SQLite it is a table of FTS5, filled by triggers. On PostgreSQL it is generated columns. PostgreSQL keeps no places
of words in an index: what asks for them (a phrase, a title) reads every row that has the words. So title, and title
with lead, have columns of their own, small enough to stand in the row, and the column of everything holds each pair
of neighbours as one more word. Samples of a table have indexes of their own, which are small.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from newsroom import vocabulary
from newsroom.fulltext import EDGE, MARKED, SHARES, VECTORS, is_in_sample, searchable, words_field


def install(*, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """See to it that every searchable table has its index. Called after every migrate; does nothing where it has.

    A migration of SQLite makes a table anew and leaves its triggers behind: they are set again, and the index is
    filled again with what was saved without them.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        vocabulary.install(cursor)
        tables = {table.name for table in connection.introspection.get_table_list(cursor)}
        for model in searchable():
            field = words_field(model)
            assert field is not None
            table, column = model._meta.db_table, field.column
            columns = _columns(cursor, table) if table in tables else set()
            if column not in columns:
                continue  # the migration that brings it is still to come
            if connection.vendor == "postgresql":
                _install_vectors(cursor, table, column, columns)
                _install_notes(cursor, table, column)
            else:
                _install_fts(cursor, table, column)


def _columns(cursor: Any, table: str) -> set[str]:
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    return {column[0] for column in cursor.description}


def _install_vectors(cursor: Any, table: str, column: str, columns: set[str]) -> None:
    """Bring `table` the columns of `VECTORS` and their indexes. One statement: it is written once."""
    first, second = (f"split_part({column}, chr(10), {part})" for part in (1, 2))
    vectors = {
        "title": f"to_tsvector('simple', {first})",
        "lead": f"to_tsvector('simple', {first} || ' ' || {second})",
        "all": f"newsroom_words_and_pairs({column})",
    }
    cursor.execute(_WORDS_AND_PAIRS)
    actions = [
        f"ADD COLUMN {column}_{name} tsvector GENERATED ALWAYS AS ({vector}) STORED"
        for name, vector in vectors.items()
        if f"{column}_{name}" not in columns
    ]
    if f"{column}_vector" in columns:  # of an earlier version
        actions.append(f"DROP COLUMN {column}_vector")
    if actions:
        # The large one is read more often than it is written: it is kept as it is, not compressed.
        actions.append(f"ALTER COLUMN {column}_all SET STORAGE EXTERNAL")
        cursor.execute(f"ALTER TABLE {table} {', '.join(actions)}")
    wanted = {f"{table}_{column}_{name}": f"({column}_{name})" for name in vectors}
    for share in SHARES:  # so that a sample is found without reading on through all that has a common word
        wanted[f"{table}_{column}_of_{share}"] = f"({column}_{VECTORS['ABC']}) WHERE {is_in_sample('id', share)}"
    for index, indexed in wanted.items():
        cursor.execute("SELECT to_regclass(%s)", [index])
        if cursor.fetchone()[0] is None:
            cursor.execute(f"CREATE INDEX {index} ON {table} USING gin {indexed}")


# A function makes in a fraction of the time what expressions over the whole text would. Marked words are no neighbours.
_WORDS_AND_PAIRS = f"""
    CREATE OR REPLACE FUNCTION newsroom_words_and_pairs(of text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE
        words text[] := string_to_array(replace(of, chr(10), ' '), ' ');
        pairs text[] := '{{}}';
        before text := '{EDGE}';
        word text;
    BEGIN
        FOREACH word IN ARRAY words LOOP
            CONTINUE WHEN starts_with(word, '{MARKED}');
            pairs := pairs || (before || '_' || word);
            before := word;
        END LOOP;
        RETURN array_to_tsvector(words || pairs);
    END $$
"""


def _install_notes(cursor: Any, table: str, column: str) -> None:
    """See to it that PostgreSQL notes the words of titles as rows of `table` are written."""
    name = f"{table}_{column}_noted"
    cursor.execute("SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s", [table, name])
    if cursor.fetchone():
        return
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {vocabulary.noting('postgresql', _first_line(f'NEW.{column}'))}; RETURN NULL; END $$"
    )
    cursor.execute(
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OF {column} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
    cursor.execute(vocabulary.noting("postgresql", _first_line(column), table))


def _first_line(column: str) -> str:
    return f"split_part({column}, chr(10), 1)"


def _install_fts(cursor: Any, table: str, column: str) -> None:
    index = f"{table}_{column}"
    fresh = _parts(f"new.{column}")
    noting = vocabulary.noting("sqlite", fresh[0])
    wanted = {
        f"CREATE TRIGGER {index}_{event.split()[0].lower()} AFTER {event} ON {table} BEGIN {action}; END"
        for event, action in (
            ("INSERT", f"INSERT INTO {index} (rowid, a, b, c) VALUES (new.id, {', '.join(fresh)}); {noting}"),
            (
                f"UPDATE OF {column}",
                f"UPDATE {index} SET (a, b, c) = ({', '.join(fresh)}) WHERE rowid = old.id; {noting}",
            ),
            ("DELETE", f"DELETE FROM {index} WHERE rowid = old.id"),
        )
    }
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    existing = dict(cursor.fetchall())
    if wanted <= set(existing.values()):
        return
    for name in existing:
        if name.startswith(f"{index}_"):
            cursor.execute(f"DROP TRIGGER {name}")
    cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(a, b, c, tokenize = 'ascii')")
    for trigger in sorted(wanted):
        cursor.execute(trigger)
    parts = _parts(column)
    cursor.execute(f"DELETE FROM {index}")
    cursor.execute(f"INSERT INTO {index} (rowid, a, b, c) SELECT id, {', '.join(parts)} FROM {table}")
    cursor.execute(vocabulary.noting("sqlite", parts[0], table))


def _parts(column: str) -> list[str]:
    """Return SQL for each of the three lines of `column` in SQLite, which cannot split; what is missing is empty."""
    text = f"({column} || char(10) || char(10))"
    rest = f"substr({text}, instr({text}, char(10)) + 1)"
    last = f"(substr({rest}, instr({rest}, char(10)) + 1) || char(10))"
    return [f"substr({each}, 1, instr({each}, char(10)) - 1)" for each in (text, rest, last)]

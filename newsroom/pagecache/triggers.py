"""The triggers that write the book of changes, on both engines: no door to the database passes them by.

The tags of a change are words with a blank between them. A row that comes in says "table+", any other change
"table"; with each go "table.column=value" for every key the row has or had, and the same for rows of other tables
that carry it (`newsroom.pagecache.watched.Carried`). A lone "*" says that anything may have changed.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from newsroom.pagecache.watched import SHOWN, Carried, Shown
from newsroom.triggers import drop, existing

EVERYTHING = "*"
BOOK = "pagecache_change"  # of newsroom.pagecache.models.Change, which is not loaded yet where this is
_PREFIX = "pagecache_"


def install(*, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """See to it that every shown table writes its changes. Called after every migrate; does nothing where it does.

    What was changed while they were away is not known: everything that is kept goes.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = {table.name for table in connection.introspection.get_table_list(cursor)}
        if BOOK not in tables:
            return  # the migration that brings it is still to come
        wanted: dict[str, tuple[str, list[str]]] = {}
        for shown in SHOWN.values():
            needed = {shown.table, *(step.table for carried in shown.carries for step in carried.steps)}
            if needed <= tables and _columns(cursor, shown.table).issuperset(shown.columns):
                wanted |= _of_table(connection.vendor, shown)
        there = existing(connection.vendor, cursor, _is_ours)
        if wanted.keys() == there.keys():
            return
        drop(connection.vendor, cursor, there)
        for _table, statements in wanted.values():
            for statement in statements:
                cursor.execute(statement)
        empty_all(using=using)


def remove(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the triggers away for bulk work. `install` brings them back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        drop(connection.vendor, cursor, existing(connection.vendor, cursor, _is_ours))


def make_way(*, using: str = DEFAULT_DB_ALIAS, plan: Sequence[Any] = (), **signal: Any) -> None:
    """Take the triggers away before anything is migrated on SQLite. Called before every migrate.

    It makes a table anew to change one of its columns, and refuses while a trigger of another table reads it.
    """
    if plan and connections[using].vendor == "sqlite":
        remove(using=using)


def empty_all(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Write into the book that anything may have changed."""
    with connections[using].cursor() as cursor:
        cursor.execute(_writing(connections[using].vendor, f"'{EVERYTHING}'", "TRUE"))


def _columns(cursor: Any, table: str) -> set[str]:
    # What Django knows of a table it reads out of the words that made it, which takes long for so many.
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    return {column[0] for column in cursor.description}


def _is_ours(trigger: str) -> bool:
    return trigger.startswith(_PREFIX)


def _of_table(vendor: str, shown: Shown) -> dict[str, tuple[str, list[str]]]:
    """Return the triggers of one table by their names: the table, and the statements that make them."""
    found = {}
    for event in ("INSERT", "UPDATE", "DELETE"):
        action = _action(vendor, shown, event)
        # A name changes with what its trigger does.
        digest = hashlib.sha256(action.encode()).hexdigest()[:8]
        name = f"{_PREFIX}{shown.table}_{event.lower()}_{digest}"
        after = f"CREATE TRIGGER {name} AFTER {event} ON {shown.table} FOR EACH ROW"
        if vendor == "postgresql":
            function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            statements = [
                f"{function}BEGIN {action}; RETURN NULL; END $$",
                f"{after} EXECUTE FUNCTION {name}()",
            ]
        else:
            statements = [f"{after} BEGIN {action}; END"]
        found[name] = shown.table, statements
    return found


def _action(vendor: str, shown: Shown, event: str) -> str:
    rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}[event]
    table = f"{shown.table}+" if event == "INSERT" else shown.table
    tags = " || ".join([f"'{table}'", *_tags(vendor, shown, rows)])
    removes = {"INSERT": "FALSE", "DELETE": "TRUE", "UPDATE": shown.only.format(row="OLD") or "TRUE"}[event]
    conditions = []
    if shown.only:
        conditions.append(" OR ".join(f"({shown.only.format(row=row)})" for row in rows))
    if event == "UPDATE":
        differs = (f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in shown.columns)
        conditions.append(" OR ".join(differs))
    return _writing(vendor, tags, removes, " AND ".join(f"({condition})" for condition in conditions))


def _tags(vendor: str, shown: Shown, rows: list[str]) -> list[str]:
    """Return SQL for each part of the tags of a change of a row."""
    parts = [_tag(shown.table, column, f'{row}."{column}"') for column in shown.keys for row in rows]
    return [*parts, *(_carried(vendor, carried, row) for carried in shown.carries for row in _starts(carried, rows))]


def _starts(carried: Carried, rows: list[str]) -> list[str]:
    """Return the rows from which the steps begin: where they go down, the key of old and new is the same."""
    return rows[-1:] if carried.steps[0].is_down else rows


def _tag(table: str, column: str, value: str) -> str:
    return f"' {table}.{column}=' || COALESCE(CAST({value} AS text), '')"


def _carried(vendor: str, carried: Carried, row: str) -> str:
    """Return SQL for the tags of the rows to which the steps of `carried` lead from `row`."""
    sources, condition, before = [], "", row
    for number, step in enumerate(carried.steps):
        here = f"step{number}"
        pair = (
            (f'{here}."{step.column}"', f"{before}.id") if step.is_down else (f"{here}.id", f'{before}."{step.column}"')
        )
        if number == 0:
            sources.append(f"{step.table} AS {here}")
            condition = " = ".join(pair)
        else:
            sources.append(f"JOIN {step.table} AS {here} ON {' = '.join(pair)}")
        before = here
    each = " || ".join(_tag(carried.table, column, f'{before}."{column}"') for column in carried.by)
    found = f"SELECT DISTINCT {each} AS tags FROM {' '.join(sources)} WHERE {condition}"
    joined = "string_agg(found.tags, '')" if vendor == "postgresql" else "group_concat(found.tags, '')"
    return f"COALESCE((SELECT {joined} FROM ({found}) AS found), '')"


def _writing(vendor: str, tags: str, removes: str, condition: str = "") -> str:
    xact = "CAST(CAST(pg_current_xact_id() AS text) AS bigint)" if vendor == "postgresql" else "0"
    where = f" WHERE {condition}" if condition else ""
    return f"INSERT INTO {BOOK} (tags, removes, transaction_id) SELECT {tags}, {removes}, {xact}{where}"

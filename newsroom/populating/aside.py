"""What makes loading slow is set aside, remembered in the database itself, and put back: also after an interruption.

Indexes are made faster of a whole table than row by row, foreign keys are checked faster at once, and what triggers
would do for each row is done for all of them at the end.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, models, transaction

from newsroom import copied, indexing
from newsroom.fulltext import words_field
from newsroom.pagecache import changes
from newsroom.populating import memory

_INDEXES = """
    SELECT format('DROP INDEX %%I', c.relname), pg_get_indexdef(i.indexrelid)
    FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
    ORDER BY c.relname
"""
_KEYS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname
"""
_TRIGGERS = """
    SELECT tgname, format('DROP TRIGGER %%I ON %%s', tgname, tgrelid::regclass), pg_get_triggerdef(oid)
    FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY tgname
"""
_SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('index', 'trigger') AND sql > ''"
_INDEX = "CREATE INDEX"
_INSTALLED = ""  # what the house itself installs: triggers, and what they would have written

Step = tuple[str, str]  # what drops a thing, and what makes it again


@transaction.atomic
def set_aside(tables: Sequence[type[models.Model]]) -> None:
    """Drop the indexes, foreign keys and triggers of `tables`, and remember how to put them back.

    The page cache's own triggers go in any case, those of other tables too: it begins anew when they are back.
    """
    changes.remove(using=connection.alias)
    with connection.cursor() as cursor:
        find = _of_postgresql if connection.vendor == "postgresql" else _of_sqlite
        steps = [step for model in tables for step in find(cursor, model)]
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to be made cannot be changed
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        memory.remember_all("aside", [*filter(None, (again for _drop, again in steps)), _INSTALLED])
        for drop, _again in steps:
            cursor.execute(drop)


def _of_postgresql(cursor: Any, model: type[models.Model]) -> list[Step]:
    steps: list[Step] = []
    for asked in (_INDEXES, _KEYS):
        cursor.execute(asked, [model._meta.db_table])
        steps += cursor.fetchall()
    cursor.execute(_TRIGGERS, [model._meta.db_table])
    return steps + [(drop, "" if _is_installed(model, name) else again) for name, drop, again in cursor.fetchall()]


def _of_sqlite(cursor: Any, model: type[models.Model]) -> list[Step]:
    cursor.execute(_SQLITE, [model._meta.db_table])
    return [
        (f'DROP {kind} "{name}"', "" if kind == "trigger" and _is_installed(model, name) else again)
        for kind, name, again in cursor.fetchall()
    ]


def _is_installed(model: type[models.Model], trigger: str) -> bool:
    if copied.is_ours(trigger):
        return True
    field = words_field(model)
    return field is not None and trigger.startswith(f"{model._meta.db_table}_{field.column}")


def steps() -> int:
    """Return how many things are aside, to be put back."""
    return len(memory.recall_all("aside"))


def put_back(advance: Callable[[], None] = lambda: None) -> None:
    """Make again what was set aside, each thing by itself: what is there stays if this is interrupted too.

    `advance` is called after each. Indexes are made two at a time where the database has other lines to answer on.
    """
    steps = memory.recall_all("aside")
    indexes = [name for name, again in steps.items() if again.startswith(_INDEX)]
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        makers = ThreadPoolExecutor(2)
        try:
            for made in [makers.submit(_make_apart, name, steps.pop(name)) for name in indexes]:
                made.result()
                advance()
        finally:
            makers.shutdown(cancel_futures=True)
    for name, again in steps.items():
        _make(name, again)
        advance()


def _make_apart(name: str, again: str) -> None:
    try:
        _make(name, again)
    finally:
        connection.close()  # that of this thread


def _make(name: str, again: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        if again == _INSTALLED:
            indexing.install(using=connection.alias)
            copied.install(using=connection.alias)
            changes.install(using=connection.alias)  # and empties the page cache
        else:
            cursor.execute(again)
        memory.forget(name)

"""Fills a newsroom with what was planned: chunk by chunk, each one transaction, from where it was stopped."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from multiprocessing import get_context
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from committees.models import Committee, Document, Person
from newsroom.populating import memory
from newsroom.populating.beside import begin
from newsroom.populating.plan import Plan
from newsroom.populating.rows import TABLES, Row, rows

Made = dict[str, Any]  # by table: the text of a COPY, or the values of rows
_AHEAD = 3  # chunks that are made while one is written


def fill(plan: Plan, pictures: list[tuple[int, int]], advance: Callable[[int], None], *, apart: bool) -> None:
    """Write the chunks of `plan` that are not there yet, and call `advance` with the articles of each.

    `apart` makes them in a process beside this one, while the database writes those before.
    """
    done = memory.recall("done") or 0
    with _making(plan, pictures, range(done, plan.chunks), apart) as made:
        for chunk, of_chunk in enumerate(made, done):
            with transaction.atomic():
                for table, values in of_chunk.items():
                    _write(table, values)
                memory.remember("done", chunk + 1)
            advance(len(plan.numbers(chunk)))


@contextmanager
def _making(
    plan: Plan, pictures: list[tuple[int, int]], chunks: Iterable[int], apart: bool
) -> Iterator[Iterator[Made]]:
    vendor = connection.vendor
    if not apart:
        yield (_made(plan, chunk, pictures, vendor) for chunk in chunks)
        return
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=begin) as beside:
        try:
            yield _in_order(beside, plan, pictures, chunks, vendor)
        finally:
            beside.shutdown(wait=False, cancel_futures=True)


def _in_order(
    beside: ProcessPoolExecutor, plan: Plan, pictures: list[tuple[int, int]], chunks: Iterable[int], vendor: str
) -> Iterator[Made]:
    waiting: list[Future[Made]] = []
    for chunk in chunks:
        waiting.append(beside.submit(_made, plan, chunk, pictures, vendor))
        if len(waiting) > _AHEAD:
            yield waiting.pop(0).result()
    while waiting:
        yield waiting.pop(0).result()


def _made(plan: Plan, chunk: int, pictures: list[tuple[int, int]], vendor: str) -> Made:
    """Return what is to be written of `chunk`, as the engine wants it."""
    write = _copied if vendor == "postgresql" else _valued
    return {table: write(table, found) for table, found in rows(plan, chunk, pictures).items() if found}


def columns(table: str) -> list[str]:
    """Return the columns of `table` in the order in which they are written."""
    return [*TABLES[table].columns, *TABLES[table].constants]


def _write(table: str, values: Any) -> None:
    name, names = TABLES[table].model._meta.db_table, ", ".join(f'"{column}"' for column in columns(table))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
                copy.write(values)
        else:
            holes = ", ".join(["%s"] * len(columns(table)))
            cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({holes})", values)


# --- As PostgreSQL takes it --------------------------------------------------------------------

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copied(table: str, found: list[Row]) -> bytes:
    rest = "".join(f"\t{_text(value)}" for value in TABLES[table].constants.values()) + "\n"
    return "".join("\t".join(map(_text, row)) + rest for row in found).encode()


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value if value.isprintable() and "\\" not in value else value.translate(_ESCAPES)
    if value is None:
        return "\\N"
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    return "[]" if value == [] else str(value)


# --- As SQLite takes it ------------------------------------------------------------------------


def _valued(table: str, found: list[Row]) -> list[Row]:
    rest = tuple(map(_value, TABLES[table].constants.values()))
    return [(*map(_value, row), *rest) for row in found]


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(value, date):
        return value.isoformat()
    return "[]" if value == [] else value


def settle() -> None:
    """Let the engine know what it has now: the next key of each table, and how its rows are spread."""
    filled: list[type[models.Model]] = [table.model for table in TABLES.values()] + [Committee, Person, Document]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
        is_inside = connection.in_atomic_block  # VACUUM is no part of a transaction
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" and not is_inside else "ANALYZE")

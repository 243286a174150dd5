"""What a page has asked of the database while it was made: the tags that make it untrue.

Nobody has to say what a page depends on, so nobody can forget it: each statement is read. Of a table whose rows were
asked for by a key (`article_id = 12`, be it by way of a join) the page depends on changes of rows with that key alone;
of any other on every change of the table. What is not understood counts for the whole table, and a table of which
nobody has said what readers see of it (newsroom.pagecache.watched) makes a page that is not kept.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models

from newsroom.pagecache.statements import Asked, asked
from newsroom.postgresql.repeated import TOGETHER

Depends = Callable[[type[models.Model], str, Iterable[Any]], None]  # a model, a column of it, keys in that

_MOST_KEYS = 300  # of one table in one statement; more count for the whole table

_reading: ContextVar["Reading | None"] = ContextVar("pagecache_reading", default=None)


class Reading:
    """The tags of one page, and why it cannot be kept (empty while it can)."""

    def __init__(self) -> None:
        self.tags: set[str] = set()
        self.obstacle = ""
        self.told: tuple[str, ...] | None = ()  # statements of which is said what they depend on; None: every one

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Have a statement executed and note what it asks for (`connection.execute_wrapper`)."""
        given = list(params or ())
        for statement in sql.split(TOGETHER):
            holes = statement.count("%s")
            self._read(statement, given[:holes])
            del given[:holes]
        return execute(sql, params, many, context)

    def _read(self, statement: str, params: list[Any]) -> None:
        found = asked(statement)
        if found is None:
            self.obstacle = self.obstacle or f"writes: {statement[:60]}"
        elif self.told is not None and statement not in self.told:
            for each in found:
                self._note(each, params)

    def _note(self, each: Asked, params: Any) -> None:
        if each.is_unknown:
            self.obstacle = self.obstacle or f"reads {each.table}"
            return
        if each.column:
            keys = [key for value in each.values for key in _keys(value, params)]
            if len(keys) <= _MOST_KEYS:
                self.tags.update(f"{each.table}.{each.column}={key}" for key in keys)
                return
        self.tags.add(each.table)
        if not each.only_changed:
            self.tags.add(f"{each.table}+")


def _keys(value: int | str, params: Any) -> list[Any]:
    """Return the keys that `value` stands for: itself, or the parameter of that number, be it a list."""
    found = params[value] if isinstance(value, int) else value
    return list(found) if isinstance(found, list | tuple) else [found]


@contextmanager
def read() -> Iterator[Reading]:
    """Note what is asked for in the block."""
    reading = Reading()
    token = _reading.set(reading)
    try:
        with connection.execute_wrapper(reading):
            yield reading
    finally:
        _reading.reset(token)


def note(tags: frozenset[str]) -> None:
    """Say that what is being made depends on `tags`, although it asks for nothing."""
    reading = _reading.get()
    if reading is not None:
        reading.tags.update(tags)


@contextmanager
def depending(*statements: str) -> Iterator[Depends]:
    """Say what the `statements` in the block depend on, where that is less than can be read off them; without any, all.

    Yields a function that takes a model, one of its columns and the keys in it of rows that have a say in the page.
    """
    reading = _reading.get()

    def depends(model: type[models.Model], column: str, keys: Iterable[Any]) -> None:
        if reading is not None:
            reading.tags.update(f"{model._meta.db_table}.{column}={key}" for key in keys)

    told = () if reading is None else reading.told
    if reading is not None and told is not None:
        reading.told = (*told, *statements) if statements else None
    try:
        yield depends
    finally:
        if reading is not None:
            reading.told = told

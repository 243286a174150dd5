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

_MOST_KEYS = 300  # of one table in one statement; more count for the whole table

_reading: ContextVar["Reading | None"] = ContextVar("pagecache_reading", default=None)


class Reading:
    """The tags of one page, and why it cannot be kept (empty while it can)."""

    def __init__(self) -> None:
        self.tags: set[str] = set()
        self.obstacle = ""
        self.is_told = False  # in words, what the statements depend on

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Have a statement executed and note what it asks for (`connection.execute_wrapper`)."""
        found = asked(sql)
        if found is not None and self.is_told:
            pass
        elif found is None:
            self.obstacle = self.obstacle or f"writes: {sql[:60]}"
        else:
            for each in found:
                self._note(each, params or ())
        return execute(sql, params, many, context)

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
def narrowed() -> Iterator[Callable[[type[models.Model], str, Iterable[Any]], None]]:
    """Say what the statements in the block depend on, where that is less than can be read off them.

    Yields a function that takes a model, one of its columns and the keys in it of rows that have a say in the page.
    """
    reading = _reading.get()

    def depends(model: type[models.Model], column: str, keys: Iterable[Any]) -> None:
        if reading is not None:
            reading.tags.update(f"{model._meta.db_table}.{column}={key}" for key in keys)

    was_told = reading is not None and reading.is_told
    if reading is not None:
        reading.is_told = True
    try:
        yield depends
    finally:
        if reading is not None:
            reading.is_told = was_told

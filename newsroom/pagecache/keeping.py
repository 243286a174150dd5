"""Values that a process keeps until a row they were made of changes: the site's name, its menu."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, models

from newsroom.pagecache import reading
from newsroom.pagecache.changes import EVERYTHING, book

T = TypeVar("T")


def kept(*sources: type[models.Model]) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Return a decorator for a function without arguments: its value is kept until a row of `sources` changes.

    The process that has made the change knows of it at its commit, others at their next look (newsroom.watch). Without
    a watch nothing is kept, and within a transaction nothing is either: it may see what nobody else will.
    All share the value that is kept, so nobody may change it.
    """

    def decorate(make: Callable[[], T]) -> Callable[[], T]:
        value: list[T] = []  # one, or none
        changes = 0

        def hear(tags: frozenset[str], removes: bool) -> None:
            nonlocal changes
            if EVERYTHING in tags or not tags.isdisjoint(_tags_of(sources)):
                changes += 1
                value.clear()

        book.listen(hear)

        @wraps(make)
        def keep() -> T:
            reading.note(_tags_of(sources))
            if not book.is_followed or _is_in_a_transaction():
                return make()
            found = value[:1]
            if not found:
                before = changes
                found = [make()]
                if changes == before:
                    value[:] = found
            return found[0]

        return keep

    return decorate


def _tags_of(sources: tuple[type[models.Model], ...]) -> frozenset[str]:
    return frozenset(tag for source in sources for tag in (source._meta.db_table, f"{source._meta.db_table}+"))


def _is_in_a_transaction() -> bool:
    """Whether a transaction is open, the one of a test apart."""
    blocks: list[Any] = connection.atomic_blocks
    return any(not block._from_testcase for block in blocks)

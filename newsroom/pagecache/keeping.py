"""Values that a process keeps until a row they were made of changes: the site's name, its menu, what a list offers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import connection, models
from django.utils import timezone

from newsroom.pagecache import reading
from newsroom.pagecache.changes import EVERYTHING, book
from newsroom.pagecache.pages import pages

Given = ParamSpec("Given")
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


def kept_as_read(make: Callable[Given, T]) -> Callable[Given, T]:
    """Decorate a function of few different arguments: its values are kept until something they were read from changes.

    What that is, is read off its statements, as it is for a page; and like a page no value outlives the moment at
    which the clock alone may change it. Nothing is kept where `kept` keeps nothing, nor what a page could not keep.
    """
    values: dict[Any, _Value[T]] = {}
    changes = 0

    def hear(tags: frozenset[str], removes: bool) -> None:
        nonlocal changes
        changes += 1
        for given, found in list(values.items()):
            if EVERYTHING in tags or not tags.isdisjoint(found.tags):
                values.pop(given, None)

    book.listen(hear)

    @wraps(make)
    def keep(*given: Any) -> T:
        if not book.is_followed or _is_in_a_transaction():
            return make(*given)  # type: ignore[call-arg]
        now = timezone.now()
        turn, found = pages.turn(now), values.get(given)
        if found is None or found.turn != turn or now >= found.until:
            before = changes
            with reading.read() as read:
                value = make(*given)  # type: ignore[call-arg]
            found = _Value(value, frozenset(read.tags), turn, pages.ends_at(now))
            if changes == before and not read.obstacle:
                values[given] = found
        reading.note(found.tags)
        return found.value

    return keep  # type: ignore[return-value]


@dataclass(frozen=True)
class _Value(Generic[T]):
    """A value with the tags that make it untrue, and until when it may be true if nothing is changed."""

    value: T
    tags: frozenset[str]
    turn: int
    until: datetime


@cache
def _tags_of(sources: tuple[type[models.Model], ...]) -> frozenset[str]:
    return frozenset(tag for source in sources for tag in (source._meta.db_table, f"{source._meta.db_table}+"))


def _is_in_a_transaction() -> bool:
    """Whether a transaction is open, the one of a test apart."""
    blocks: list[Any] = connection.atomic_blocks
    return any(not block._from_testcase for block in blocks)

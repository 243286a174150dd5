"""The first rows of a list that goes on elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Few:
    """The first rows of a list, and whether it goes on."""

    items: list[Any]
    has_more: bool

    def __bool__(self) -> bool:
        return bool(self.items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)


def few(found: QuerySet[Any], size: int) -> Few:
    """Return the first `size` rows of `found`. One query."""
    return first_of(list(found[: size + 1]), size)


def first_of(rows: list[Any], size: int) -> Few:
    """Return the first `size` of rows that are fetched already."""
    return Few(rows[:size], len(rows) > size)

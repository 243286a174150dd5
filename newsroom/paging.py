"""Paging by key: a list costs the same at its millionth row as at its first.

A page's address carries the key of the row it stands beside, as readable values:
`?sau=20230214T000000Z~12` is what comes after that row, `?truoc=...` what comes before it. Nothing is
counted and nothing is skipped over, and rows that appear meanwhile move no other row to another page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, reduce
from operator import attrgetter, or_
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import Http404, QueryDict
from django.utils import timezone

from newsroom.compiled import compiled

AFTER = "sau"
BEFORE = "truoc"
SIZE = 20

_SEPARATOR = "~"
_LONGEST_KEY = 300


@dataclass(frozen=True)
class Page:
    """One page of a list.

    `items` are its rows. `newer` and `older` are the query strings (without "?") of the pages before
    and after it, with every other parameter kept; None where there is no such page.
    """

    items: list[Any]
    newer: str | None
    older: str | None


def page(
    queryset: models.QuerySet[Any],
    params: QueryDict,
    *,
    order: Sequence[str] = ("-published_at", "-pk"),
    size: int = SIZE,
    first: Callable[[], list[Any]] | None = None,
) -> Page:
    """Return the page of `queryset` that the query parameters ask for, of at most `size` rows.

    `order` names fields of the model itself, each with its direction, and ends in the primary key, or in the key
    ("article_id") of something that is in the queryset once, so that no two rows share a key. The fields are moments,
    days, whole numbers or strings of digits, and hold a value in every row of the queryset. One query; a second one
    only where the row that the key was taken from is gone. `first` finds the rows of the first page, one more than it
    holds, where there is a quicker way to them (newsroom.compiled).

    Raises `Http404` for a key that is malformed or out of range, or has no row on its side.
    """
    keys = _Keys(queryset.model, order)
    ways = _ways(keys, [queryset], size)
    return _page(keys, params, size, replace(ways, first=first) if first else ways)


class Listing:
    """A public list. Most readers ask for it whole: what that asks of the database is compiled once."""

    def __init__(
        self,
        rows: Callable[[Any], models.QuerySet[Any]],
        *,
        order: Sequence[str] = ("-published_at", "-pk"),
        size: int = SIZE,
        dress: Callable[[Any, Any], models.QuerySet[Any]] = lambda found, now: found,
        is_timed: bool = True,
    ) -> None:
        """`rows` returns what is listed at a moment, and `dress` adds what a page shows of it; the rest: see `page`.

        What is not `is_timed` stands there at any moment: neither looks at the one that it is given.
        """
        self.rows, self.dress, self.order, self.size, self.is_timed = rows, dress, order, size, is_timed

    def all(self) -> models.QuerySet[Any]:
        """Return the whole list as it is now."""
        return self.rows(timezone.now())

    def page(self, params: QueryDict, parts: Sequence[models.QuerySet[Any]] | None = None) -> Page:
        """Return the page that the query parameters ask for, as `page` does.

        Where the list was narrowed, `parts` hold what is left of it, no row twice. One query of each.
        """
        now = timezone.now()
        if parts is not None:
            dressed = [self.dress(part, now) for part in parts]
            return _page(self._keys, params, self.size, _ways(self._keys, dressed, self.size))
        at = now if self.is_timed else None  # a value that no query holds cannot be given to one (newsroom.compiled)
        ways = _Ways(
            first=lambda: self._first(at),
            beside=lambda values, forward: self._beside(at, forward, *values),
            has_any=lambda values, forward: self.rows(now).filter(self._keys.beside(values, forward)).exists(),
        )
        return _page(self._keys, params, self.size, ways)

    @cached_property
    def _keys(self) -> "_Keys":
        return _Keys(self.all().model, self.order)

    @cached_property
    def _first(self) -> Callable[[datetime | None], list[Any]]:
        return compiled(lambda now: self._keys.first(self._dressed(now), self.size))

    @cached_property
    def _beside(self) -> Callable[..., list[Any]]:
        return compiled(lambda now, forward, *key: self._keys.walk(self._dressed(now), list(key), forward, self.size))

    def _dressed(self, now: datetime | None) -> models.QuerySet[Any]:
        return self.dress(self.rows(now), now)


@dataclass(frozen=True)
class _Ways:
    """The ways to the rows of a list: to the first, to those beside a key (on which side), whether there are any."""

    first: Callable[[], list[Any]]
    beside: Callable[[list[Any], bool], list[Any]]
    has_any: Callable[[list[Any], bool], bool]


def _ways(keys: "_Keys", parts: Sequence[models.QuerySet[Any]], size: int) -> _Ways:
    return _Ways(
        first=lambda: keys.merged([keys.first(part, size) for part in parts], True)[: size + 1],
        beside=lambda values, forward: keys.merged([keys.walk(part, values, forward, size) for part in parts], forward)[
            : size + 2
        ],
        has_any=lambda values, forward: any(part.filter(keys.beside(values, forward)).exists() for part in parts),
    )


def _page(keys: "_Keys", params: QueryDict, size: int, ways: _Ways) -> Page:
    after, before = params.get(AFTER), params.get(BEFORE)
    if after is not None and before is not None:
        raise Http404
    text = after if after is not None else before
    forward = before is None

    if text is None:
        rows = ways.first()
        items = rows[:size]
        behind, ahead = False, len(rows) > size
    else:
        values = keys.read(text)
        # The row of the key comes along: while it is there, there is a page on its side.
        rows = ways.beside(values, forward)
        has_key = bool(rows) and keys.write(rows[0]) == text
        rows = rows[1:] if has_key else rows
        if not rows:
            raise Http404
        behind = has_key or ways.has_any(values, not forward)
        items, ahead = rows[:size], len(rows) > size
    if not forward:
        items.reverse()
        behind, ahead = ahead, behind
    return Page(
        items=items,
        newer=_address(params, BEFORE, keys.write(items[0])) if behind else None,
        older=_address(params, AFTER, keys.write(items[-1])) if ahead else None,
    )


@dataclass(frozen=True)
class Stretch:
    """A bounded part of a list, to be read row by row.

    `rows` are not fetched yet. `older` is the query string (without "?") of what comes after them, with every
    other parameter kept; None where nothing does.
    """

    rows: models.QuerySet[Any]
    older: str | None


def stretch(parts: Sequence[models.QuerySet[Any]], params: QueryDict, *, order: Sequence[str], size: int) -> Stretch:
    """Return at most `size` rows of a list, from its beginning or from the key that the parameters give.

    `parts` are what the list was narrowed to, no row twice, or the list alone; `order` is as for `page`. One query of
    each: of one part it looks at the end of the stretch alone. Raises `Http404` for a key that is malformed or out of
    range.
    """
    keys = _Keys(parts[0].model, order)
    if (text := params.get(AFTER)) is not None:
        further = keys.beside(keys.read(text), after=True)
        parts = [part.filter(further) for part in parts]
    parts = [part.order_by(*keys.order) for part in parts]
    # Keys alone: what else is asked of a row would be asked of every row that is passed over.
    found = [part.values_list(*keys.names, named=True) for part in parts]
    if len(parts) == 1:
        rows, ends = parts[0][:size], list(found[0][size - 1 : size + 1])
    else:
        merged = keys.merged([each[: size + 1] for each in found], True)
        there = {f"{keys.names[-1]}__in": [getattr(key, keys.names[-1]) for key in merged[:size]]}
        rows, ends = reduce(or_, parts).filter(**there), merged[size - 1 : size + 1]
    return Stretch(rows, _address(params, AFTER, keys.write(ends[0])) if len(ends) > 1 else None)


def _address(params: QueryDict, name: str, key: str) -> str:
    """Return the query string of another page of the same list."""
    other = params.copy()
    other.pop(AFTER, None)
    other.pop(BEFORE, None)
    other[name] = key
    return other.urlencode()


class _Keys:
    """How the rows of one ordered list are told apart: writes a row's key, and reads it again."""

    def __init__(self, model: type[models.Model], order: Sequence[str]) -> None:
        self.order = tuple(order)
        self.backward = tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)
        self.names = [name.lstrip("-") for name in order]
        if self.names[-1] not in {"pk", "id"} and not self.names[-1].endswith("_id"):
            raise ValueError("The order of a paged list ends in a primary key.")
        fields = [model._meta.pk if name == "pk" else model._meta.get_field(name) for name in self.names]
        self.fields = [getattr(field, "target_field", field) for field in fields]

    def write(self, row: Any) -> str:
        """Return the key of `row` as it stands in an address."""
        return _SEPARATOR.join(_write(getattr(row, name)) for name in self.names)

    def read(self, text: str) -> list[Any]:
        """Return the values of a key from an address; raise `Http404` unless `write` could have written it."""
        parts = text.split(_SEPARATOR) if len(text) <= _LONGEST_KEY else []
        if len(parts) != len(self.fields):
            raise Http404
        try:
            values = [_read(field, part) for field, part in zip(self.fields, parts, strict=True)]
            # One page has one address: what reads alike but is written otherwise ("007") is refused.
            if [_write(value) for value in values] != parts:
                raise Http404
        except (ValueError, OverflowError) as malformed:
            raise Http404 from malformed
        return values

    def first(self, found: models.QuerySet[Any], size: int) -> models.QuerySet[Any]:
        """The rows of the first page, and one more."""
        return found.order_by(*self.order)[: size + 1]

    def walk(self, found: models.QuerySet[Any], values: list[Any], forward: bool, size: int) -> models.QuerySet[Any]:
        """The row of a key and those beside it, the nearest first: as many as a page holds, and one more."""
        side = found.filter(self.beside(values, forward, with_key=True))
        return side.order_by(*(self.order if forward else self.backward))[: size + 2]

    def merged(self, parts: Sequence[models.QuerySet[Any]], forward: bool) -> list[Any]:
        """The rows of all `parts`, which are in the order of the list each, or against it, as they are together."""
        rows = [row for part in parts for row in part]
        for direction, name in reversed(list(zip(self.order, self.names, strict=True)) if len(parts) > 1 else []):
            rows.sort(key=attrgetter(name), reverse=direction.startswith("-") == forward)
        return rows

    def beside(self, values: list[Any], after: bool, with_key: bool = False) -> Q:
        """The rows on one side of a key: the first field further on, or equal and the second further on ...

        The first field's own bound is said once more, outside: that is what an index can begin from.
        """
        reach, equal = Q(), Q()
        for direction, name, value in zip(self.order, self.names, values, strict=True):
            reach |= equal & Q(**{f"{name}__{self._further(direction, after)}": value})
            equal &= Q(**{name: value})
        if with_key:
            reach |= equal
        return Q(**{f"{self.names[0]}__{self._further(self.order[0], after)}e": values[0]}) & reach

    @staticmethod
    def _further(direction: str, after: bool) -> str:
        return "gt" if direction.startswith("-") != after else "lt"


def _write(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat().replace("-", "").replace(":", "") + "Z"
    if isinstance(value, date):
        return value.isoformat().replace("-", "")
    return str(value)


def _read(field: Any, text: str) -> Any:
    """Return `text` as a value of `field`; raise `ValueError` or `OverflowError` where it is none."""
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(text).astimezone(UTC)
    if isinstance(field, models.DateField):
        return date.fromisoformat(text)
    if isinstance(field, models.IntegerField):
        number = int(text)
        if not -(2**63) <= number < 2**63:
            raise OverflowError
        return number
    if isinstance(field, models.CharField):
        if (text and not (text.isascii() and text.isdigit())) or len(text) > (field.max_length or _LONGEST_KEY):
            raise ValueError
        return text
    raise TypeError(f"A list cannot be paged by {field}.")

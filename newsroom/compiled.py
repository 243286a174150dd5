"""Queries that are built and compiled once: for a small one Django takes three times as long for that as to ask it.

A page asks the same few questions of every article, with other keys. What is decorated here builds its QuerySet on
the first call, with marked values in the place of the given ones; the SQL that comes of it is kept in the process, and
later calls only fill their values in. It leans on what Django's own iterators of querysets lean on, and on no more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.http import Http404

from newsroom.instances import maker
from newsroom.postgresql.repeated import CHANGING, TOGETHER

Given = ParamSpec("Given")
Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class Question:
    """A compiled query with the values that it is asked with; `NOTHING` finds nothing, and nobody is asked."""

    sql: str
    params: Sequence[Any]
    read: Callable[[list[Any]], list[Any]]


NOTHING = Question("", (), list)


class Compiled(Generic[Given]):
    """What `compiled` makes of a function: called, it asks; `asking` returns the question, to be asked with others."""

    def __init__(self, build: Callable[Given, QuerySet[Any]]) -> None:
        self._build = build
        self._kept: dict[tuple[Any, ...], _Query] = {}
        update_wrapper(self, build)

    def __call__(self, *values: Given.args, **_named: Given.kwargs) -> list[Any]:
        return together(self.asking(*values, **_named))[0]

    def asking(self, *values: Given.args, **_named: Given.kwargs) -> Question:
        if any(isinstance(value, int) and value >= _BEYOND for value in values):
            return NOTHING  # an address may hold any number; the database would refuse it
        kinds = tuple(value if value is None or isinstance(value, bool) else type(value) for value in values)
        query = self._kept.get(kinds)
        if query is None:
            query = self._kept[kinds] = _compile(self._build(*map(_mark, kinds, range(len(kinds)))), kinds)  # type: ignore[call-arg]
        return query.asked_with(values)


def compiled(build: Callable[Given, QuerySet[Any]]) -> Compiled[Given]:
    """Decorate a function that builds a QuerySet from values: called, it returns the rows as a list. One query.

    The values, without names, are whole numbers, strings, dates and moments, each of which stands in the SQL as it is
    given; by None and by True or False the function may choose another query. Nothing is prefetched. What depends on
    the time takes the moment as a value: a query that asks the clock while it is built would keep the first answer.
    """
    return Compiled(build)


def together(*questions: Question) -> list[list[Any]]:
    """Return the rows of each of `questions`, in their order.

    PostgreSQL is asked all of them in one message, and has them count as one query: each way there and back costs as
    much as a small answer. SQLite, which is in the process, is asked one after the other.
    """
    asked = [question for question in questions if question is not NOTHING]
    rows = iter(_answers(asked) if asked else ())
    return [[] if question is NOTHING else question.read(next(rows)) for question in questions]


def _answers(asked: Sequence[Question]) -> list[list[Any]]:
    connection = connections[DEFAULT_DB_ALIAS]
    found = list[list[Any]]()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            params = [param for question in asked for param in question.params]
            cursor.execute(_message(*(question.sql for question in asked)), params)
            with connection.wrap_database_errors:  # once: Django's cursor does it again for each answer, twice
                found = [answer.fetchall() for answer in cursor.cursor.results()]
        else:
            for question in asked:
                cursor.execute(question.sql, question.params)
                found.append(cursor.fetchall())
    return found


@lru_cache(maxsize=200)
def _message(*statements: str) -> str:
    return TOGETHER.join(statements)


def the_one(found: list[Any]) -> Any:
    """Return the one row of `found`. Raises `Http404` where there is none."""
    if not found:
        raise Http404
    return found[0]


def filled(keys: Iterable[Key], step: int) -> list[Key]:
    """Return `keys`, the last repeated until their number is a multiple of `step`; none where there are none.

    For what is `compiled` with a list of keys: for every length of it there is a statement of its own.
    """
    given = list(keys)
    return given + given[-1:] * (-len(given) % step)


_BEYOND = 2**63  # the first number that no key can be

# Values that nobody would ask for, each another by its place.
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 2**61 + place,
    str: lambda place: f"\ufdd0{place}",
    datetime: lambda place: datetime(9990, 1, 1, tzinfo=UTC) + timedelta(days=place),
    date: lambda place: date(9991, 1, 1) + timedelta(days=place),
}


def _mark(kind: Any, place: int) -> Any:
    return _MARKS[kind](place) if isinstance(kind, type) else kind


def _adapted(value: Any, connection: Any) -> Any:
    """Return `value` as the fields of Django hand it to the database."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


@dataclass(frozen=True)
class _Query:
    """A query as the compiler left it: `places` are those of its parameters that each given value stands in."""

    sql: str
    params: tuple[Any, ...]
    places: dict[int, tuple[int, ...]]  # by the number of the value
    read: Callable[[list[Any]], list[Any]]

    def asked_with(self, values: Sequence[Any]) -> Question:
        connection, params = connections[DEFAULT_DB_ALIAS], list(self.params)
        for number, places in self.places.items():
            value = _adapted(values[number], connection)
            for place in places:
                params[place] = value
        return Question(self.sql, params, self.read)


def _compile(queryset: QuerySet[Any], kinds: Sequence[Any]) -> _Query:
    assert queryset.db == DEFAULT_DB_ALIAS and not queryset._prefetch_related_lookups  # type: ignore[attr-defined]
    connection = connections[DEFAULT_DB_ALIAS]
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    marks = {
        number: _adapted(_mark(kind, number), connection) for number, kind in enumerate(kinds) if isinstance(kind, type)
    }
    places = {
        number: tuple(place for place, param in enumerate(params) if param == mark) for number, mark in marks.items()
    }
    assert all(places.values()), "a value is not in the query as it was given"
    CHANGING[sql] = tuple(places.values())
    return _Query(sql, tuple(params), places, _reader(queryset, compiler))


def _reader(queryset: QuerySet[Any], compiler: Any) -> Callable[[list[Any]], list[Any]]:
    """Return what makes of the rows of the database what iterating over `queryset` would."""
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    make = _maker(compiler) if queryset._iterable_class is ModelIterable else tuple  # type: ignore[attr-defined]

    def read(rows: list[Any]) -> list[Any]:
        return [make(row) for row in (compiler.apply_converters(rows, converters) if converters else rows)]

    return read


def _maker(compiler: Any) -> Callable[[Any], Any]:
    """Return what makes an instance of a row, with what was fetched beside it: see Django's `ModelIterable`."""
    make_one = _maker_of(compiler.klass_info, compiler.select)
    annotations = tuple(compiler.annotation_col_map.items())

    def make(row: Any) -> Any:
        thing = make_one(row)
        for name, column in annotations:
            setattr(thing, name, row[column])
        return thing

    return make


def _maker_of(about: dict[str, Any], columns: Sequence[Any]) -> Callable[[Any], Any]:
    """Return what makes of a row the instance that it is `about`, with those it points at; None where it has none."""
    start, end = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column[0].target.attname for column in columns[start:end]]
    make_one, key = maker(about["model"], names), start + names.index(about["model"]._meta.pk.attname)
    pointed_at = [
        (other["local_setter"], other["remote_setter"], _maker_of(other, columns))
        for other in about.get("related_klass_infos", ())
    ]

    def make(row: Any) -> Any:
        if row[key] is None:
            return None
        thing = make_one(row[start:end])
        for give, give_back, make_other in pointed_at:
            other = make_other(row)
            give(thing, other)
            if other is not None:
                give_back(other, thing)
        return thing

    return make

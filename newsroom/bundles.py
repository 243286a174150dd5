"""The rows of other tables that belong to a thing, fetched with it in one query: each table's as one value, in JSON.

A page of an article shows rows of a dozen tables, most of them few or none. A dozen queries would cost more than all
that they find.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    JSONField,
    Model,
    QuerySet,
    Subquery,
)

from newsroom.instances import maker

Thing = TypeVar("Thing", bound=Model)


class Rows(Subquery):
    """All rows of `queryset`, in its order, as a list of dicts with the columns `names`; an empty list without any.

    Dates, moments and decimals are in it as JSON has them: `instances` makes of them what the fields hold. By the
    columns `sort` ("-name" backwards), which are never empty, they are sorted when they have come: of a few rows
    PostgreSQL takes longer to begin with sorting than to fetch them.
    """

    def __init__(self, queryset: QuerySet[Any], *names: str, sort: Sequence[str] = ()) -> None:
        self.columns = [f"c{place}" for place in range(len(names))]
        columns = {column: F(name) for column, name in zip(self.columns, names, strict=True)}
        queryset = queryset.order_by() if sort else queryset
        super().__init__(queryset.values(**columns), output_field=_List(names, sort))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        row = f"json_array({', '.join(self.columns)})"
        return self.as_sql(compiler, connection, template=f"(SELECT json_group_array({row}) FROM (%(subquery)s))")

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        row = f"json_build_array({', '.join(self.columns)})"
        return self.as_sql(compiler, connection, template=f"(SELECT json_agg({row}) FROM (%(subquery)s) AS every)")


class _List(JSONField):
    """Lists as the database made them, as dicts with the columns `names`."""

    def __init__(self, names: Sequence[str] = (), sort: Sequence[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self.names = names
        self.sort = [(names.index(name.removeprefix("-")), name.startswith("-")) for name in sort]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[dict[str, Any]]:
        rows = json.loads(value) if isinstance(value, str) else value or []
        if len(rows) > 1:
            for column, is_backwards in reversed(self.sort):
                rows.sort(key=itemgetter(column), reverse=is_backwards)
        return [dict(zip(self.names, row, strict=True)) for row in rows]


def instances(model: type[Thing], rows: Sequence[dict[str, Any]], prefix: str = "") -> list[Thing]:
    """Return `rows` of a `Rows` as instances of `model`; what was not fetched is fetched when it is asked for.

    With a `prefix`, such as "person__", those columns of each row that begin with it are the instance's.
    """
    if not rows:
        return []
    make, read = _columns(model, tuple(rows[0]), prefix)
    return [make([row[name] if of_it is None else of_it(row[name]) for name, of_it in read]) for row in rows]


@lru_cache
def _columns(
    model: type[Model], names: tuple[str, ...], prefix: str
) -> tuple[Callable[[Sequence[Any]], Any], list[tuple[str, Callable[[Any], Any] | None]]]:
    """Return what makes an instance of `model` of a row with `names`, and by name, in their order, how each is read.

    None where it is what JSON has.
    """
    fields = {f"{prefix}{field.attname}": field for field in model._meta.concrete_fields}
    there = [name for name in names if name in fields]
    return maker(model, [fields[name].attname for name in there]), [(name, _reading(fields[name])) for name in there]


def _reading(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, DateTimeField):
        return moment
    if isinstance(field, (BooleanField, DateField, DecimalField)):
        return field.to_python  # type: ignore[no-any-return]
    return None


def moment(value: str | None) -> datetime | None:
    """Return a moment of a `Rows` as fields hold it."""
    if value is None:
        return None
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)  # SQLite holds them without a zone

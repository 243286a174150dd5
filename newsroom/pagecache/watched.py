"""Which rows readers see: each app declares its own tables, and everything else of the cache follows from that.

A page that reads a table which nobody has declared is not kept.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

# The rows of newsroom.publishing that readers see, now or from a moment still ahead.
PUBLISHED = "{row}.state = 'published'"


@dataclass(frozen=True)
class Step:
    """One step from a row to others: down to the rows of `table` whose `column` points at it, or up to the one of
    `table` to which its own `column` points.
    """

    table: str
    column: str
    is_down: bool


@dataclass(frozen=True)
class Carried:
    """That a change of a row concerns whoever has asked for others, at the end of `steps`, by one of the keys `by`."""

    steps: tuple[Step, ...]
    by: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table in which the steps end."""
        return self.steps[-1].table


def down(model: type[models.Model], column: str) -> Step:
    return Step(model._meta.db_table, column, is_down=True)


def up(column: str, model: type[models.Model]) -> Step:
    return Step(model._meta.db_table, column, is_down=False)


@dataclass(frozen=True)
class Shown:
    """A table of which readers see something: `but` names the columns they never see.

    `only` is SQL over one row ("{row}.state = 'approved'") that says whether they see this one; empty: all.
    """

    model: type[models.Model]
    but: frozenset[str]
    only: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def carries(self) -> list[Carried]:
        return CARRIED[self.table]

    @cached_property
    def columns(self) -> list[str]:
        """The columns that readers see something of."""
        return [str(field.column) for field in self._fields]

    @cached_property
    def keys(self) -> list[str]:
        """The columns by which rows of it are asked for: its key, and those that point at other rows."""
        return ["id", *self._pointing]

    def points_at(self, column: str) -> str:
        """Return the table of the rows that `column` points at; "" where it points at none."""
        return self._pointing.get(column, "")

    @cached_property
    def _pointing(self) -> dict[str, str]:
        return {str(each.column): each.related_model._meta.db_table for each in self._fields if each.is_relation}

    @property
    def _fields(self) -> list[Any]:
        return [field for field in self.model._meta.concrete_fields if field.name not in self.but]


SHOWN: dict[str, Shown] = {}
CARRIED: dict[str, list[Carried]] = defaultdict(list)
# What has no say in whether a page is true: how often it was read is told as of some minutes ago.
UNHEEDED: set[str] = set()


def shown(model: type[models.Model], *, but: Iterable[str] = (), only: str = "") -> None:
    """Declare that readers see rows of `model` (see `Shown`). An app does so in its module `shown`."""
    SHOWN[model._meta.db_table] = Shown(model, frozenset(but), only)


def carries(model: type[models.Model], *steps: Step, by: Iterable[str]) -> None:
    """Declare that a change of a row of `model`, be it of an app below, concerns who asks for what `steps` lead to."""
    CARRIED[model._meta.db_table].append(Carried(steps, tuple(by)))


def under(parent: type[models.Model], through: str) -> str:
    """Return the condition of a row that readers see with the row of `parent` to which its column `through` points."""
    is_shown = PUBLISHED.format(row="above")
    return f"EXISTS (SELECT 1 FROM {parent._meta.db_table} AS above WHERE above.id = {{row}}.{through} AND {is_shown})"


def unheeded(*models_or_tables: type[models.Model] | str) -> None:
    """Declare tables that pages may read without being bound to them."""
    UNHEEDED.update(each if isinstance(each, str) else each._meta.db_table for each in models_or_tables)

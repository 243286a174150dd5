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
class Carried:
    """That a change of a row concerns whoever has asked for `child` by one of the columns `by`.

    The rows of `child` meant are those that point at it by the column `through`.
    """

    child: type[models.Model]
    through: str
    by: tuple[str, ...]


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
        return ["id", *(str(field.column) for field in self._fields if field.is_relation)]

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


def carries(model: type[models.Model], *carried: Carried) -> None:
    """Declare rows that carry the changes of `model`, be it of an app below."""
    CARRIED[model._meta.db_table].extend(carried)


def under(parent: type[models.Model], through: str) -> str:
    """Return the condition of a row that readers see with the row of `parent` to which its column `through` points."""
    is_shown = PUBLISHED.format(row="above")
    return f"EXISTS (SELECT 1 FROM {parent._meta.db_table} AS above WHERE above.id = {{row}}.{through} AND {is_shown})"


def unheeded(*models_or_tables: type[models.Model] | str) -> None:
    """Declare tables that pages may read without being bound to them."""
    UNHEEDED.update(each if isinstance(each, str) else each._meta.db_table for each in models_or_tables)

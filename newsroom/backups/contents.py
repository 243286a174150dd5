"""What of the database a backup holds, and how a row is written down.

Every model is in it but for those named in `LEFT_OUT`: a new one cannot be forgotten. A row is a line of JSON, the
same from either database, and its numbers stay what they are. Kinds of content and permissions are numbered by each
installation for itself: what points at them is found again by their names.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps as installed_apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from newsroom.models import RoleGroup

# What is of the moment, or must not outlive its day. Why, is told in docs/backup.md.
LEFT_OUT = frozenset(
    {
        "sessions.Session",  # who was signed in signs in again
        "visits.DayKey",  # thrown away with its day, and so is what it hashed
        "visits.Sighting",
        "visits.RecentVisitor",
        "articles.Presence",  # who has which article open just now
        "pagecache.Change",  # told to every process within seconds
        "newsroom.PasswordRequest",  # counts for an hour
        "axes.AccessAttempt",  # count for some minutes
        "axes.AccessAttemptExpiration",
        "axes.AccessFailureLog",
        "axes.AccessLog",
    }
)
# Made by migrate in every installation, numbered as it comes; of a backup, only the names count.
NAMED = (ContentType, Permission)
# What migrate makes too: a newsroom that has nothing else is empty.
MADE_BY_MIGRATE = (*NAMED, Group, Group.permissions.through, RoleGroup)

BATCH = 500  # rows read at once

_PLAIN = (
    "AutoField BigAutoField SmallAutoField IntegerField BigIntegerField SmallIntegerField PositiveIntegerField "
    "PositiveBigIntegerField PositiveSmallIntegerField BooleanField CharField TextField SlugField EmailField URLField "
    "FileField FilePathField GenericIPAddressField JSONField"
)
# How a column of each kind of field is read from its JSON. A kind that is not here cannot be kept, and says so.
_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_PLAIN.split(), lambda value: value),
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": UUID,
}


@dataclass(frozen=True)
class Table:
    """A model as a backup sees it."""

    model: type[models.Model]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def name(self) -> str:
        """The table in the database."""
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> list[models.Field]:
        return [field for field in self.model._meta.concrete_fields if not field.generated]

    @property
    def columns(self) -> list[str]:
        return [field.attname for field in self.fields]

    @cached_property
    def named_columns(self) -> list[tuple[int, type[models.Model]]]:
        """Which columns point at a model of `NAMED`, each by its place."""
        return [
            (place, field.related_model)
            for place, field in enumerate(self.fields)
            if isinstance(field, models.ForeignKey) and field.related_model in NAMED
        ]

    @property
    def serial(self) -> models.Field | None:
        """The column that the database numbers, if one is."""
        return next((field for field in self.fields if isinstance(field, models.AutoField)), None)

    def batches(self) -> Iterator[list[list[Any]]]:
        """Yield every row as JSON can say it, some at once.

        Needs a transaction, or the rows come all together from PostgreSQL.
        """
        query = self.model._base_manager.order_by("pk").values_list(*self.columns).iterator(chunk_size=BATCH)
        while rows := [[_said(value) for value in row] for row in islice(query, BATCH)]:
            yield rows

    @cached_property
    def readers(self) -> list[Callable[[Any], Any]]:
        """How each column is read again. Raises `KeyError` where one is of a kind that cannot be kept."""
        return [_READ[_kind(field)] for field in self.fields]

    def read(self, row: list[Any]) -> list[Any]:
        """Return the values of a row of `batches`. Raises `ValueError` or `TypeError` where it makes no sense."""
        return [None if said is None else read(said) for read, said in zip(self.readers, row, strict=True)]


def tables() -> list[Table]:
    """Return what a backup holds; kinds of content and permissions first, since others point at them."""
    found: list[type[models.Model]] = [
        model
        for model in installed_apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    ]
    first: list[type[models.Model]] = [*NAMED]
    return [Table(model) for model in [*first, *(model for model in found if model not in NAMED)]]


def left_out() -> list[type[models.Model]]:
    """Return the models of `LEFT_OUT`."""
    return [installed_apps.get_model(label) for label in sorted(LEFT_OUT)]


def first_content() -> type[models.Model] | None:
    """Return a model of which the database holds what people have made; None where it is as migrate leaves it."""
    for table in tables():
        if table.model not in MADE_BY_MIGRATE and table.model._base_manager.exists():
            return table.model
    return None


def files_named() -> Iterator[str]:
    """Yield the name of every stored file that a row speaks of."""
    for table in tables():
        for field in table.fields:
            if isinstance(field, models.FileField):
                names = table.model._base_manager.order_by("pk").values_list(field.attname, flat=True)
                yield from filter(None, names.iterator(chunk_size=BATCH))


def _kind(field: models.Field) -> str:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field.get_internal_type()


def _said(value: Any) -> Any:
    """Return `value` as JSON can say it: moments in UTC to the microsecond, decimals with all their places."""
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value

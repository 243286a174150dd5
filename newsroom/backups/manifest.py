"""What the manifest of a backup says beside the sizes and checksums of its members."""

import platform
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.backups.archive import Refused
from newsroom.backups.contents import Table, tables


@dataclass(frozen=True)
class Kept:
    """A table of the backup: the columns of each of its rows, how many there are, and the last number given."""

    columns: list[str]
    rows: int
    last: int


@dataclass(frozen=True)
class Manifest:
    """When a backup was made, by what, at which migrations, and its tables by the labels of their models."""

    made_at: str
    made_by: dict[str, str]
    migrations: list[str]
    tables: dict[str, Kept]

    def said(self) -> dict[str, Any]:
        """Return it as JSON can say it."""
        return asdict(self)

    @classmethod
    def read(cls, said: dict[str, Any]) -> "Manifest":
        """Return what `said` said. Raises `Refused` where that is none of this newsroom as it is now."""
        try:
            kept = {
                label: Kept([*table["columns"]], int(table["rows"]), int(table["last"]))
                for label, table in said["tables"].items()
            }
            found = cls(str(said["made_at"]), dict(said["made_by"]), [*map(str, said["migrations"])], kept)
        except (LookupError, TypeError, ValueError, AttributeError) as fault:
            raise Refused(_("The manifest of this backup cannot be read.")) from fault
        found._same_migrations()
        expected = {table.label: table.columns for table in tables()}
        if expected != {label: table.columns for label, table in kept.items()}:
            raise Refused(_("This backup has other tables than this version of the newsroom."))
        return found

    def _same_migrations(self) -> None:
        known, made = set(known_migrations()), set(self.migrations)
        if made - known:
            raise Refused(
                _("This backup was made by a newer version of the newsroom (it has %(name)s). Restore it with that.")
                % {"name": min(made - known)}
            )
        if known - made:
            raise Refused(
                _(
                    "This backup was made by an older version of the newsroom (it lacks %(name)s). "
                    "Restore it with that version, and update that."
                )
                % {"name": min(known - made)}
            )


def member_of(table: Table) -> str:
    """Return the name of the member that holds the rows of `table`."""
    return f"tables/{table.label}.jsonl"


def maker() -> dict[str, str]:
    """Return what makes backups here: versions for whoever looks into one years later."""
    return {
        "database": f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}",
        "django": django.get_version(),
        "python": platform.python_version(),
    }


def now() -> str:
    return timezone.now().isoformat(timespec="seconds")


@cache
def known_migrations() -> list[str]:
    """Return the migrations that this version of the newsroom consists of: "app.name", sorted."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return sorted(".".join(key) for key in loader.disk_migrations)


def missing_migrations() -> list[str]:
    """Return those that the database has not had yet."""
    applied = {".".join(key) for key in MigrationRecorder(connection).applied_migrations()}
    return [name for name in known_migrations() if name not in applied]

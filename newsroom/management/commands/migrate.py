"""Migrations on a newsroom that is being read meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DatabaseError, OperationalError, connections

from newsroom import copied
from newsroom.pagecache import triggers

_NOT_FREE = "55P03"  # lock_not_available, of PostgreSQL's error codes


class Command(migrate.Command):
    """Django's own, which does not wait long for a table that is in use.

    A change of a table needs it alone for a moment. While it waits for that - for one long report, say - everybody who
    comes later waits behind it, and the site stands still. So it gives up after MIGRATION_PATIENCE seconds. Each
    migration is done whole or not at all: the command is simply run again.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        with _in_no_ones_way(options["database"]), _with_triggers(options["database"]):
            super().handle(*args, **options)


@contextmanager
def _with_triggers(alias: str) -> Iterator[None]:
    """See to it that those which are away while SQLite migrates are there again where a migration fails, too."""
    try:
        yield
    except BaseException:
        if connections[alias].vendor == "sqlite":
            copied.install(using=alias)
            triggers.install(using=alias)
        raise


@contextmanager
def _in_no_ones_way(alias: str) -> Iterator[None]:
    connection = connections[alias]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{settings.MIGRATION_PATIENCE}s'")
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _NOT_FREE:
            raise
        raise CommandError(
            f"A table that has to change was in use for more than {settings.MIGRATION_PATIENCE} seconds. Whoever reads "
            "was not to wait for it, so this migration was not done; those before it are. Run migrate again."
        ) from error
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")

"""Migrations beside readers."""

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection, transaction

from newsroom.pagecache import triggers


def takes_articles(self, *args, **options):
    """What a migration does that adds a column."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE articles_article IN ACCESS EXCLUSIVE MODE")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_migration_does_not_wait_long_for_a_table_that_is_in_use(settings, monkeypatch):
    """PostgreSQL lets nobody past who waits: a migration behind one long report would stop the whole site."""
    settings.MIGRATION_PATIENCE = 1
    monkeypatch.setattr(migrate.Command, "handle", takes_articles)
    call_command("migrate")
    reader = connection.copy()
    try:
        reader.set_autocommit(False)
        with reader.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM articles_article")
        with pytest.raises(CommandError, match="Run migrate again"):
            call_command("migrate")
    finally:
        reader.close()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db
def test_sqlite_may_make_a_table_anew_under_a_site_that_is_at_work():
    """It refuses while a trigger of another table reads it; PostgreSQL changes a column where it is."""
    with connection.cursor() as cursor:
        there = triggers._existing(connection.vendor, cursor)
        triggers.make_way(plan=[])
        assert there and triggers._existing(connection.vendor, cursor) == there
        triggers.make_way(plan=["a migration"])
        assert triggers._existing(connection.vendor, cursor) == ({} if connection.vendor == "sqlite" else there)
        triggers.install()
        assert triggers._existing(connection.vendor, cursor) == there

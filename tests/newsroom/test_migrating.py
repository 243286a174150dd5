"""Migrations beside readers."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.core.management.sql import emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration

from committees.models import Award
from newsroom import copied, indexing
from newsroom.copied import _DECLARED
from newsroom.pagecache import triggers
from newsroom.triggers import existing
from tests import situations

PLAN = [(Migration("changes_something", "articles"), False)]


def takes_articles(self, *args, **options):
    """What a migration does that adds a column."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE articles_article IN ACCESS EXCLUSIVE MODE")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_migration_does_not_wait_long_for_a_table_that_is_in_use(settings, monkeypatch):
    """PostgreSQL lets nobody past who waits: a migration behind one long report would stop the whole site."""
    settings.MIGRATION_PATIENCE = 2  # after one second PostgreSQL has its own sweepers (autovacuum) make way
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
@pytest.mark.parametrize("table", sorted({table for each in _DECLARED for table in (each.table, each.source)}))
def test_sqlite_may_make_a_table_anew_under_a_site_that_is_at_work(table):
    """It refuses while a trigger of another table reads it; PostgreSQL changes a column where it is."""
    engine = connection.vendor
    with transaction.atomic(), connection.cursor() as cursor:
        there = existing(engine, cursor, bool)
        for plan in ([], PLAN):
            emit_pre_migrate_signal(verbosity=0, interactive=False, db="default", plan=plan)
            assert (existing(engine, cursor, bool) == there) is (engine == "postgresql" or not plan)
        if engine == "sqlite":
            cursor.execute(f"CREATE TABLE new__{table} AS SELECT * FROM {table}")
            cursor.execute(f"DROP TABLE {table}")
            cursor.execute(f"ALTER TABLE new__{table} RENAME TO {table}")
        for installing in (indexing, copied, triggers):
            installing.install()
        assert existing(engine, cursor, bool) == there
        transaction.set_rollback(True)  # the table has lost its keys


@pytest.mark.django_db
def test_a_migration_that_fails_leaves_the_triggers_as_they_were(monkeypatch):
    """They are away while SQLite migrates: readers would be given what has changed since."""

    def fails(self, *args, **options):
        emit_pre_migrate_signal(verbosity=0, interactive=False, db="default", plan=PLAN)
        raise RuntimeError

    monkeypatch.setattr(migrate.Command, "handle", fails)
    with connection.cursor() as cursor:
        there = existing(connection.vendor, cursor, bool)
        with pytest.raises(RuntimeError):
            call_command("migrate")
        assert existing(connection.vendor, cursor, bool) == there


@pytest.mark.django_db
def test_what_is_copied_otherwise_than_before_is_copied_anew(monkeypatch):
    """A program that copies another value finds the triggers of the one before it, under other names."""
    award = situations.an_award(reported_at=situations.a_conference(held_on=date(2021, 1, 15)))
    (known,) = [each for each in _DECLARED if each.name == "reported"]
    with connection.cursor() as cursor:
        there = existing(connection.vendor, cursor, known.has)
        for columns, year in (({"reported_year": "1945"}, 1945), (known.columns, 2021)):
            monkeypatch.setattr(copied, "_DECLARED", [replace(known, columns=columns)])
            copied.install()
            now = existing(connection.vendor, cursor, known.has)
            assert Award.objects.get(pk=award.pk).reported_year == year
            assert (len(now), now == there) == (len(there), year == 2021)

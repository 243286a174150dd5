"""The database as several people use it at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from django.db.models import F
from psycopg import DataError, postgres

from newsroom.models import MenuItem
from newsroom.postgresql.loading import MomentLoader


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_people_who_read_and_then_save_at_the_same_moment_are_not_refused():
    """SQLite answers "database is locked" to a reader that turns writer, unless it took its lock at once."""
    entry = MenuItem.objects.create(label="Hội nghị", address="/hoi-nghi/", position=0)

    def read_and_save(_number: int) -> None:
        try:
            for _ in range(5):
                with transaction.atomic():
                    MenuItem.objects.get(pk=entry.pk)
                    MenuItem.objects.filter(pk=entry.pk).update(position=F("position") + 1)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as people:
        list(people.map(read_and_save, range(3)))
    entry.refresh_from_db()
    assert entry.position == 15


@pytest.mark.django_db
def test_on_sqlite_readers_do_not_wait_for_a_writer():
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    else:
        assert connection.vendor == "postgresql"


@pytest.mark.alike
@pytest.mark.parametrize(
    "written", ["2023-02-14 09:40:00+00", "2023-02-14 09:40:00.12+00", "0001-01-01 00:00:00.000001+00"]
)
def test_a_moment_of_postgresql_is_read_as_django_reads_it(written):
    class Django(BaseTzLoader):
        timezone = UTC

    oid = postgres.types["timestamptz"].oid
    assert MomentLoader(oid).load(written.encode()) == Django(oid).load(written.encode())
    with pytest.raises(DataError):
        MomentLoader(oid).load(b"infinity")

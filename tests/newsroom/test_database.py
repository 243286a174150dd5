"""The database as several people use it at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from newsroom.models import MenuItem


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

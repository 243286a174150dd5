"""Counting by several processes at once, and by such as are ended, killed or kept from the database."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from newsroom.visits.models import Sighting, VisitDay
from newsroom.visits.writing import Hit, Ledger
from tests import situations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ROOT = Path(__file__).resolve().parents[2]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"


def visits() -> int:
    return sum(VisitDay.objects.filter(key="site").values_list("count", flat=True))


def test_those_who_write_the_same_at_once_count_it_once():
    """Each in an order of its own, as it came: nobody waits for one who waits for him."""
    day, failed = timezone.localdate(), []
    browsers = [number.to_bytes(16, "big") for number in range(120)]

    def write(number: int) -> None:
        ledger = Ledger()
        mine = browsers[number * 30 :] + browsers[: number * 30]
        try:
            for start in range(0, len(mine), 40):
                hits = {
                    Hit(day, browser, ("article:1", "site")): timezone.now() for browser in mine[start : start + 40]
                }
                ledger.write(hits)
        except Exception as error:  # a thread's own is told to nobody
            failed.append(error)
        finally:
            connection.close()

    situations.an_article(pk=1)
    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert {(row.key, row.count) for row in VisitDay.objects.all()} == {("site", 120), ("article:1", 120)}
    assert Sighting.objects.count() == 240


# --- Real processes ------------------------------------------------------------------------------


def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation that uses the database of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    return {
        **{name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "VAR_DIR"}},
        "DATABASE_URL": address,
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "on",
        "TRUSTED_PROXIES": "1",
    }


READERS = f"""
import sys, django
django.setup()
from django.test import Client
for number in range(int(sys.argv[1]), int(sys.argv[2])):
    address = f"10.{{number // 60000}}.{{number // 250 % 240}}.{{number % 250}}"
    reader = Client(SERVER_NAME="127.0.0.1", headers={{"user-agent": "{BROWSER}", "x-forwarded-for": address}})
    answer = reader.post("/dem/")
    assert answer.status_code == 204, answer.status_code
"""


@pytest.mark.long
def test_eight_processes_with_a_thousand_visitors_each_count_eight_thousand(tmp_path: Path):
    """And whoever of them comes again, to another process too, adds nothing."""
    for overlap in (0, 500):
        ranges = [(start, start + 1000 + overlap) for start in range(0, 8000, 1000)]
        ranges[-1] = (7000, 8000)
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", READERS, str(first), str(last)], cwd=ROOT, env=environment(tmp_path)
            )
            for first, last in ranges
        ]
        assert [process.wait(300) for process in processes] == [0] * 8
        assert visits() == 8000


class Site:
    """The site behind gunicorn, with two processes."""

    def __init__(self, tmp_path: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.readers = 0
        command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", "2", "--threads", "2", "--no-control-socket"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment(tmp_path), start_new_session=True)
        until(lambda: self.answers("/robots.txt"))

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> int:
        request = Request(f"http://127.0.0.1:{self.port}{path}", data, {"User-Agent": BROWSER, **headers})
        with urlopen(request, timeout=5) as answer:
            return answer.status

    def answers(self, path: str) -> bool:
        try:
            return self.ask(path) == 200
        except OSError:
            return False

    def come(self, number: int) -> float:
        """Let so many new readers open a page; return how long the slowest waited, in seconds."""
        slowest = 0.0
        for _reader in range(number):
            self.readers += 1
            began = time.monotonic()
            assert (
                self.ask("/dem/", b"", **{"X-Forwarded-For": f"10.9.{self.readers // 250}.{self.readers % 250}"}) == 204
            )
            slowest = max(slowest, time.monotonic() - began)
        return slowest


def until(condition: Callable[[], Any], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    started = Site(tmp_path)
    yield started
    if started.process.poll() is None:
        os.killpg(started.process.pid, signal.SIGKILL)
        started.process.wait()


@contextmanager
def locked() -> Iterator[None]:
    """Keep everybody else from writing visits."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        else:
            cursor.execute("BEGIN")
            cursor.execute("LOCK TABLE visits_sighting, visits_visitday IN ACCESS EXCLUSIVE MODE")
        yield
        cursor.execute("ROLLBACK")


@pytest.mark.long
def test_a_process_that_is_told_to_end_writes_what_it_has(site: Site):
    site.come(30)
    site.process.terminate()
    assert site.process.wait(30) == 0
    assert visits() == 30


@pytest.mark.long
def test_a_process_that_is_killed_loses_its_last_second_at_most(site: Site):
    site.come(30)
    time.sleep(2.5)
    site.come(5)
    os.killpg(site.process.pid, signal.SIGKILL)
    site.process.wait()
    assert 30 <= visits() <= 35


@pytest.mark.long
def test_a_locked_or_missing_table_keeps_no_reader_waiting_and_loses_nobody(site: Site):
    article = situations.an_article("Bài thử")
    site.come(1)
    until(lambda: visits() == 1)
    with locked():
        assert site.come(20) < 1
        time.sleep(4)
        assert site.come(20) < 1
        began = time.monotonic()
        assert [site.ask(page) for page in ("/", article.get_absolute_url(), "/luot-truy-cap/")] == [200] * 3
        assert time.monotonic() - began < 3
    until(lambda: visits() == 41)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE visits_sighting RENAME TO visits_gone")
        assert site.come(20) < 1
        time.sleep(2)
        assert site.ask(article.get_absolute_url()) == 200
        cursor.execute("ALTER TABLE visits_gone RENAME TO visits_sighting")
    until(lambda: visits() == 61)

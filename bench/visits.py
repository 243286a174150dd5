"""What counting costs the database at ten hits a second, at a hundred and a thousand, beside a PostgreSQL of its own.

    tools/with-postgres .venv/bin/python bench/visits.py 10 100 1000

Each number is how many beacons a second are sent to one process, for `SECONDS` each: as one of gunicorn's is sent them,
through all of Django, by readers of whom half come again, to articles and from other sites. Statements are counted as
they leave for the database, BEGIN and COMMIT apart. Without the database beside it the same is measured on SQLite.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article  # noqa: E402
from newsroom.publishing import State  # noqa: E402
from newsroom.visits.collecting import collector  # noqa: E402
from newsroom.visits.models import VisitDay  # noqa: E402

SECONDS = 10
ARTICLES = 50
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"

asked: list[str] = []  # the first word of each statement


def listen(connection: Any, **_about: Any) -> None:
    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql.split(None, 1)[0])
        return execute(sql, *rest)

    connection.execute_wrappers.append(note)


def beacons(rate: int, chance: random.Random) -> list[dict[str, Any]]:
    """Return as many requests as are sent at `rate`, made before the clock runs."""
    make = RequestFactory(headers={"user-agent": BROWSER, "content-type": "application/x-www-form-urlencoded"})
    readers = [f"10.{rate % 250}.{chance.randrange(250)}.{chance.randrange(250)}" for _ in range(rate * SECONDS // 2)]
    articles = list(Article.objects.values_list("pk", flat=True))
    return [
        make.post(
            f"/dem/?bai={chance.choice(articles)}",
            f"tu=trang-{chance.randrange(40)}.example.vn",
            content_type="application/x-www-form-urlencoded",
            REMOTE_ADDR=chance.choice(readers),
            SERVER_NAME="127.0.0.1",
        ).environ
        for _ in range(rate * SECONDS)
    ]


def measure(rate: int) -> None:
    handler = WSGIHandler()
    sent = beacons(rate, random.Random(rate))
    before = sum(VisitDay.objects.values_list("count", flat=True))
    asked.clear()
    took = []
    began = time.perf_counter()
    for number, environ in enumerate(sent):
        due = began + number / rate
        if (early := due - time.perf_counter()) > 0:
            time.sleep(early)
        start = time.perf_counter()
        answer = handler(environ, lambda *_: None)
        answer.close()
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 204
    spent = time.perf_counter() - began
    time.sleep(2.5)  # for the last writing
    statements = len(asked)
    counted = sum(VisitDay.objects.values_list("count", flat=True)) - before
    median, slow = statistics.median(took), statistics.quantiles(took, n=100)[98]
    told = [rate, f"{len(sent) / spent:.0f}", f"{statements / (spent + 1):.1f}", f"{counted / spent:.0f}"]
    print("".join(str(value).rjust(14) for value in [*told, f"{median:.2f}", f"{slow:.2f}"]))


def main() -> None:
    settings.WORKS_AFTERWARDS = True
    call_command("migrate", verbosity=0)
    now = timezone.now()
    Article.objects.bulk_create(
        Article(title=f"Bài {number}", state=State.PUBLISHED, published_at=now) for number in range(ARTICLES)
    )
    connection_created.connect(listen, weak=False)
    connection.close()
    print(f"{connection.vendor}, one process, {SECONDS} seconds each")
    names = ["hits/s asked", "answered", "statements/s", "counted/s", "median, ms", "99 %, ms"]
    print("".join(name.rjust(14) for name in names))
    for rate in map(int, sys.argv[1:] or ["10", "100", "1000"]):
        measure(rate)
    collector.drop()


if __name__ == "__main__":
    main()

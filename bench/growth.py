"""What each public page costs in a large newsroom against a small one: run beside a PostgreSQL of its own.

    tools/with-postgres .venv/bin/python bench/growth.py 1000 100000

Each number is how many articles a newsroom has (`manage.py populate`), with five times as many comments. Two processes
answer in turn, one over each newsroom, and each page is asked for several times: of several things of its kind, at the
first and at the deepest page of a list. What is told is the processor time of the web process and of the database's
side of its connection, in milliseconds, and how many times that of the small newsroom the large one takes. With names
behind the numbers only those pages are asked for. DATABASES may hold the addresses of newsrooms that are there already,
with a space between.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROUNDS = 15
MOST = 1.2  # times


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:] if each.isdigit()] or [1000, 100_000]
    names = [each for each in sys.argv[1:] if not each.isdigit()]
    addresses = os.environ.get("DATABASES", "").split() or [_made(size) for size in sizes]
    answering = [
        subprocess.Popen(
            [sys.executable, __file__, "--answer", *names],
            env=os.environ | {"DATABASE_URL": address},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for address in addresses
    ]
    took: list[dict[str, list[list[float]]]] = [{} for _process in answering]
    for turn in range(ROUNDS + 1):
        for process, times in zip(answering, took, strict=True):
            assert process.stdin is not None and process.stdout is not None
            print("go", file=process.stdin, flush=True)
            for name, spent in json.loads(process.stdout.readline()).items():
                if turn:  # the first warms what is kept
                    times.setdefault(name, []).extend(spent)
    for process in answering:
        process.communicate()
    _tell(sizes, took)


def _tell(sizes: list[int], took: list[dict[str, list[list[float]]]]) -> None:
    heads = "".join(f"{f'{size} articles':>28}" for size in sizes)
    print(f"{'processor time, ms':<34}{heads}")
    print(f"{'':<34}{'     web  database     both' * len(sizes)}   times")
    for name in took[0]:
        both = []
        line = f"{name:<34}"
        for times in took:
            if name not in times:
                continue
            web, database = (statistics.median(column) * 1000 for column in zip(*times[name], strict=True))
            both.append(statistics.median(map(sum, times[name])) * 1000)
            line += f"{web:8.2f}{database:10.2f}{both[-1]:9.2f} "
        growth = both[-1] / both[0]
        print(f"{line}{growth:7.2f}{'' if growth <= MOST else '  grows'}")


def _made(size: int) -> str:
    """Make a newsroom of `size` articles in a database of its own beside DATABASE_URL, and return its address."""
    import psycopg

    address = os.environ["DATABASE_URL"]
    folder = address.removeprefix("postgres:///").rpartition("/")[0]
    with psycopg.connect(host=folder, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS growth_{size}".encode())
        connection.execute(f"CREATE DATABASE growth_{size}".encode())
    made = f"postgres:///{folder}/growth_{size}"
    for command in (["migrate", "-v0"], ["populate", "--articles", str(size), "--comments", str(5 * size)]):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command],
            check=True,
            env=os.environ | {"DATABASE_URL": made, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        )
    return made


# --- The process that answers ------------------------------------------------------------------


def answer(names: list[str]) -> None:
    """Ask for every page once for each line that comes in, and write what each took: [web, database] in seconds."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections, connection
    from django.test import Client

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "pagecache" not in name]
    settings.WATCH = True  # what is kept between two pages is kept as in earnest
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as a web process keeps its connection
    client = Client(SERVER_NAME="127.0.0.1")
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # what others do for it would not be counted
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    asked = [(name, address) for name, address in pages() if not names or name in names]
    for _line in sys.stdin:
        took: dict[str, list[list[float]]] = {}
        for name, address in asked:
            database, web = int(spent.read_text().split()[0]), time.thread_time()
            response = client.get(address)
            if response.streaming:
                b"".join(response.streaming_content)  # type: ignore[arg-type]
            web = time.thread_time() - web
            assert response.status_code == 200, (response.status_code, address)
            took.setdefault(name, []).append([web, (int(spent.read_text().split()[0]) - database) / 1e9])
        print(json.dumps(took), flush=True)


def pages() -> Iterator[tuple[str, str]]:
    """Yield every public page by its name: several of a kind where they differ, and the deepest of each list."""
    from django.urls import reverse

    from articles.models import Article, Byline, Category, Tag
    from committees.models import Award, Committee, Conference, Document, Indicator, Statistic

    # Things of the same kind in either newsroom: its last reports, by the turn in which their sorts come.
    last = Article.objects.order_by("-pk").filter(conference__isnull=False, comments__isnull=False).distinct()
    articles = list(last[:6])
    conferences = [article.conference for article in articles if article.conference][:4]
    committees = [*Committee.objects.order_by("pk")[:2], *Committee.objects.order_by("-pk")[:2]]
    figures = list(Statistic.objects.filter(conference=conferences[0])[:4])
    category, tag = Category.objects.all()[0], Tag.objects.all()[0]
    author, document = Byline.objects.all()[0].person, Document.objects.filter(citations__isnull=False)[0]
    indicators = list(Indicator.objects.filter(statistics__isnull=False).distinct()[:3])
    yield "home", reverse("home")
    for thing in articles:
        yield "article", thing.get_absolute_url()
        yield "article to keep", f"{thing.get_absolute_url()}luu/"
        yield "comments", f"{thing.get_absolute_url()}binh-luan/"
    for things, name in (
        (conferences, "conference"), (committees, "committee"), (figures, "statistic"), (indicators, "indicator"),
        (Award.objects.order_by("-pk")[:3], "award"), ([document], "document"),
    ):  # fmt: skip
        for thing in things:
            yield name, thing.get_absolute_url()
    lists: list[tuple[str, str, Any, tuple[str, ...]]] = [
        ("articles", reverse("articles:articles"), Article.objects.public(), ("published_at", "pk")),
        ("category", category.get_absolute_url(), category.articles.all(), ("published_at", "pk")),
        ("tag", tag.get_absolute_url(), tag.articles.all(), ("published_at", "pk")),
        ("author", author.get_absolute_url(), Article.objects.filter(bylines__person=author), ("published_at", "pk")),
        ("conferences", reverse("committees:conferences"), Conference.objects.public(), ("sorted_on", "pk")),
        ("awards", reverse("committees:awards"), Award.objects.public(), ("published_at", "-pk")),
        ("statistics", reverse("committees:statistics"), Statistic.objects.public(), ("published_at", "-pk")),
        ("targets", reverse("committees:targets"), Statistic.objects.filter(kind="target"), ("published_at", "-pk")),
        ("documents", reverse("committees:documents"), Document.objects.all(), ("sorted_on", "pk")),
    ]  # fmt: skip
    for name, address, rows, order in lists:
        yield name, address
        yield f"{name}, the deepest page", f"{address}?{urlencode({'sau': _key(rows, order)})}"
        yield f"{name}, back from there", f"{address}?{urlencode({'truoc': _key(rows, order)})}"
    for name in ("categories", "tags", "authors", "corrections"):
        yield name, reverse(f"articles:{name}")
    for name in ("committees", "indicators", "calendar"):
        yield name, reverse(f"committees:{name}")
    held = conferences[0].held_on
    yield "month", reverse("committees:month", args=[held.year, held.month])
    yield "calendar-file", reverse("committees:calendar-file")
    yield "committee-file", reverse("committees:committee-file", args=["a", committees[0].pk])
    for feed, key in (
        ("rss", []), ("category-rss", [category.pk]), ("committee-rss", [committees[0].pk]),
        ("comments-rss", [articles[0].pk]), ("corrections-rss", []), ("atom", []),
    ):  # fmt: skip
        yield feed, reverse(f"articles:{feed}", args=key)
    yield "indicator-rss", reverse("committees:indicator-rss", args=[indicators[0].pk])
    yield "sitemap", reverse("sitemap")
    for section in ("tin-moi", "chuyen-muc", "to-chuc", "chi-so"):
        yield f"sitemap-{section}", reverse("sitemap-section", args=[section])
    for name in ("data", "visits", "visit-numbers"):
        yield name, reverse(name)


def _key(rows: Any, order: tuple[str, ...]) -> str:
    """Return the key of the row before which a last page of ten rows begins."""
    from newsroom import paging

    row = rows.order_by(*order)[10]
    return paging._SEPARATOR.join(paging._write(getattr(row, name.lstrip("-"))) for name in order)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--answer"]:
        answer(sys.argv[2:])
    else:
        main()

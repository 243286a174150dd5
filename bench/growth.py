"""What each public page costs in a large newsroom against a small one: run beside a PostgreSQL of its own.

    tools/with-postgres .venv/bin/python bench/growth.py 1000 100000

Each number is how many articles a newsroom has (`manage.py populate`), with five times as many comments. Two processes
answer in turn, one over each newsroom, page by page, so that what else the machine does falls on both. Each page is
asked for several times, in another order each time, so that what comes round after so many pages falls on all: of
several things of its kind, at the first and at the deepest page of a list. Which seems to grow by then is asked four
times as often: the middle of fifteen is off by a quarter now and then. What is told is the processor time of the
web process and of the database's side of its connection, in milliseconds, and how many times that of the small newsroom
the large one takes. With names behind the numbers only those pages are asked for. DATABASES may hold the addresses of
newsrooms that are there already, with a space between. With --json the table comes as one object: by the name of a
page, of each newsroom its size (KB), the time of the web process, of the database and of both (ms).

Like is held against like: things of a kind are chosen where there is most of them in either newsroom, so that their
lists and charts are full. A few pages hold all that there is up to a bound (`BOUNDS`), which the small newsroom does
not reach: for them alone the bound is lowered, in both, to as many things as the smaller one has, and a line of its own
tells what the page costs within its real bound. The size of each page stands beside its times, to see that it is so.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROUNDS = 15
MOST, DOUBTFUL = 1.2, 1.05  # times
FULL = " (full)"
# Where the bound of a page stands that holds as many things as there are.
BOUNDS = {
    "month": ("committees.months", "MOST"),
    "calendar": ("committees.months", "MOST"),
    "committee-file": ("committees.diary", "MOST"),
    "authors": ("articles.views", "NAMES"),
    "committees": ("committees.around", "SOME"),
    "awards of a committee": ("committees.award_board", "NEWEST"),
    "awards of an early year": ("committees.award_board", "NEWEST"),
    "sitemap-to-chuc": ("newsroom.sitemaps", "SIZE"),
}


def main() -> None:
    said = [each for each in sys.argv[1:] if each != "--json"]
    sizes = [int(each) for each in said if each.isdigit()] or [1000, 100_000]
    names = [each for each in said if not each.isdigit()]
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
    held = [_ask(process, {}) for process in answering]
    bounds = {name: min(each["bounds"][name] for each in held) for name in BOUNDS}
    listed: list[str] = held[0]["pages"]
    assert all(each["pages"] == listed for each in held)
    took: list[dict[str, list[list[float]]]] = [{name: [] for name in listed} for _process in answering]
    chance = Random(1)

    def ask(places: list[int]) -> None:
        for place in chance.sample(places, len(places)):
            for process, times in zip(answering, took, strict=True):
                times[listed[place]].append(_ask(process, {"place": place, "bounds": bounds}))

    every = list(range(len(listed)))
    ask(every)
    for times in took:  # what is kept is warm now
        times.update({name: [] for name in times})
    for _round in range(ROUNDS):
        ask(every)
    grown = [place for place in every if _growth([_middle(times[listed[place]]) for times in took]) > DOUBTFUL]
    for _round in range(3 * ROUNDS):
        ask(grown)
    for process in answering:
        process.communicate()
    found = {name: [_middle(times[name]) for times in took] for name in took[0]}
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        _tell(sizes, found)


def _ask(process: "subprocess.Popen[str]", what: dict[str, Any]) -> Any:
    """Have a process answer a line: see `answer`."""
    assert process.stdin is not None and process.stdout is not None
    print(json.dumps(what), file=process.stdin, flush=True)
    return json.loads(process.stdout.readline())


def _middle(times: list[list[float]]) -> list[float]:
    """Return the medians of what a page took: its size (KB), the web process, the database, both (ms)."""
    web, database, size = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    return [size, web, database, statistics.median(web + database for web, database, _size in times) * 1000]


def _growth(of_each: list[list[float]]) -> float:
    """Return how many times that of the first newsroom both together take in the last, from the medians of each."""
    return of_each[-1][-1] / of_each[0][-1]


def _tell(sizes: list[int], found: dict[str, list[list[float]]]) -> None:
    heads = "".join(f"{f'{size} articles':>36}" for size in sizes)
    print(f"{'processor time, ms':<34}{heads}")
    print(f"{'':<34}{'      KB     web  database     both ' * len(sizes)}  times")
    for name, of_each in found.items():
        told = "".join(f"{size:8.1f}{web:8.2f}{database:10.2f}{both:9.2f} " for size, web, database, both in of_each)
        growth = _growth(of_each)
        verdict = "" if growth <= MOST else "  holds more" if name.endswith(FULL) else "  grows"
        print(f"{name:<34}{told}{growth:7.2f}{verdict}", flush=True)


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
    """Ask for the page that each line names by its place, and write what it took: web, database (s), size (MB).

    A line that names none is answered with the names of the pages in their order, and how much `BOUNDS` are to hold.
    """
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
        signal.disconnect(close_old_connections)  # as a web process keeps its connection,
    connection.settings_dict["CONN_MAX_AGE"] = 60  # and that one the plans of what is asked again and again
    client = Client(SERVER_NAME="127.0.0.1")
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # what others do for it would not be counted
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    asked = [(name, address) for name, address in pages() if not names or name in names]
    asked += [(f"{name}{FULL}", address) for name, address in asked if name in BOUNDS]
    # Rings of objects are looked for as in earnest (gunicorn.conf.py), after so many pages.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    for line in sys.stdin:
        what = json.loads(line)
        if not what:
            print(json.dumps({"pages": [name for name, _address in asked], "bounds": counts()}), flush=True)
            continue
        name, address = asked[what["place"]]
        with bounded(name, what["bounds"]):
            database, web = int(spent.read_text().split()[0]), time.thread_time()
            response = client.get(address)
            body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[arg-type]
            web = time.thread_time() - web
            database = int(spent.read_text().split()[0]) - database
        assert response.status_code == 200, (response.status_code, address)
        print(json.dumps([web, database / 1e9, len(body) / 1e6]), flush=True)


@contextmanager
def bounded(name: str, bounds: dict[str, int]) -> Iterator[None]:
    """Lower the bound of the page `name`, if it has one, while it is asked for."""
    if name not in BOUNDS:
        yield
        return
    module, constant = BOUNDS[name]
    with patch.object(sys.modules[module], constant, min(getattr(sys.modules[module], constant), bounds[name])):
        if name == "committees":  # the statement of this list is compiled with its bound
            with patch("committees.views._ROOTS", lowered()):
                yield
        else:
            yield


@cache
def lowered() -> Any:
    """Return the list of committees anew, whose statement is yet to be compiled."""
    from committees import views
    from newsroom import paging

    kept = views._ROOTS
    return paging.Listing(kept.rows, order=kept.order, size=kept.size, dress=kept.dress, is_timed=kept.is_timed)


def counts() -> dict[str, int]:
    """Return for each of `BOUNDS` how many things there are that its page might hold."""
    from django.db.models import Count

    from articles.views import _signing
    from committees import months
    from committees.models import Award, Committee, Conference

    def of_month(day: date) -> int:
        return Conference.objects.public().filter(sorted_on__year=day.year, sorted_on__month=day.month).count()

    latest = months.latest()
    assert latest is not None
    last_key = Committee.objects.order_by("pk").values_list("pk", flat=True).last()
    return {
        "month": of_month(busiest_month()),
        "calendar": of_month(latest),
        "committee-file": busiest()[0].conferences.public().filter(sorted_on__gt=date.min).count(),
        "authors": _signing().count(),
        "committees": min(Committee.objects.roots().annotate(below=Count("children")).values_list("below", flat=True)),
        "awards of a committee": Award.objects.public().filter(reported_by=busiest()[0]).count(),
        "awards of an early year": Award.objects.public().filter(reported_year=early().year).count(),
        "sitemap-to-chuc": last_key or 0,
    }


def busiest() -> list[Any]:
    """Return the four committees of which most is told."""
    from django.db.models import Count

    from committees.models import Committee

    return list(Committee.objects.alias(told=Count("statistics")).order_by("-told", "pk")[:4])


def busiest_month() -> date:
    """Return the first day of the month in which most conferences were held."""
    from django.db.models import Count
    from django.db.models.functions import TruncMonth

    from committees.models import Conference

    months = Conference.objects.public().filter(sorted_on__gt=date.min).order_by()
    of_each = months.annotate(month=TruncMonth("sorted_on")).values("month").annotate(held=Count("pk"))
    return of_each.order_by("-held", "month")[0]["month"]  # type: ignore[no-any-return]


def early() -> Any:
    """Return the moment of one of the first articles."""
    from articles.models import Article

    return Article.objects.public().order_by("published_at")[10].published_at


def pages() -> Iterator[tuple[str, str]]:
    """Yield every public page by its name: several of a kind where they differ, and the deepest of each list."""
    from django.urls import reverse

    from articles.models import Article, Byline, Category, Tag
    from committees.models import Award, Conference, Document, Indicator, Statistic

    # Things of the same kind in either newsroom: its last reports, by the turn in which their sorts come.
    last = Article.objects.order_by("-pk").filter(conference__isnull=False, comments__isnull=False).distinct()
    articles = list(last[:6])
    conferences = [article.conference for article in articles if article.conference][:4]
    committees = busiest()
    told = Statistic.objects.public().filter(committee=committees[0], kind="result").order_by("-pk")
    reported = told.filter(conference__isnull=False)
    figures = [reported.filter(indicator=indicator)[0] for indicator in Indicator.objects.order_by("pk")[10:14]]
    unreported = told.filter(conference__isnull=True)[:2]
    category, tag = Category.objects.all()[0], Tag.objects.all()[0]
    author, document = Byline.objects.all()[0].person, Document.objects.filter(citations__isnull=False)[0]
    indicators = list(Indicator.objects.filter(statistics__isnull=False).distinct()[:3])
    yield "home", reverse("home")
    for thing in articles:
        yield "article", thing.get_absolute_url()
        yield "article to keep", f"{thing.get_absolute_url()}luu/"
        yield "comments", f"{thing.get_absolute_url()}binh-luan/"
    for things, name in (
        (conferences, "conference"), (committees, "committee"), (figures, "statistic"),
        (unreported, "statistic of no conference"), (indicators, "indicator"),
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
        key = _key(rows, order, deepest_told() if name == "targets" else 10)
        yield name, address
        yield f"{name}, the deepest page", f"{address}?{urlencode({'sau': key})}"
        yield f"{name}, back from there", f"{address}?{urlencode({'truoc': key})}"
    for name in ("categories", "tags", "authors", "corrections"):
        yield name, reverse(f"articles:{name}")
    for name in ("committees", "indicators", "calendar"):
        yield name, reverse(f"committees:{name}")
    held = busiest_month()
    yield "month", reverse("committees:month", args=[held.year, held.month])
    first = early()
    for name, place, query in (
        ("articles of an early month", "articles:articles", {"nam": first.year, "thang": first.month}),
        ("articles of a committee", "articles:articles", {"to-chuc": committees[0].pk}),
        ("conferences of an early year", "committees:conferences", {"nam": first.year}),
        ("conferences of no such kind", "committees:conferences", {"loai": "thematic"}),
        ("conferences of a committee", "committees:conferences", {"to-chuc": committees[0].pk}),
        ("awards of no such form", "committees:awards", {"hinh-thuc": "unstated"}),
        ("awards to no such recipient", "committees:awards", {"doi-tuong": "unstated"}),
        ("awards of a committee", "committees:awards", {"to-chuc": committees[0].pk}),
        ("awards of an early year", "committees:awards", {"nam": first.year}),
        ("statistics of an early year", "committees:statistics", {"nam": first.year}),
        ("targets of an early year", "committees:targets", {"nam": first.year}),
        ("statistics of a committee", "committees:statistics", {"to-chuc": committees[0].pk}),
        ("targets of a committee", "committees:targets", {"to-chuc": committees[0].pk}),
    ):
        yield name, f"{reverse(place)}?{urlencode(query)}"
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


def deepest_told() -> int:
    """Return before how many targets that page begins, among the deepest twenty, which tells most of their results.

    In the small newsroom one target in eight is closed, in the large one two in three: on its last page, none and six.
    """
    from django.utils import timezone

    from committees.targets import ledger, public_targets

    oldest = public_targets(timezone.now()).order_by("published_at", "-pk")[:240]
    told = [entry.result is not None for entry in ledger(oldest)]
    return max(range(12, len(told)), key=lambda place: sum(told[place - 12 : place]))


def _key(rows: Any, order: tuple[str, ...], place: int) -> str:
    """Return the key of the row before which a last page of `place` rows begins."""
    from newsroom import paging

    row = rows.order_by(*order)[place]
    return paging._SEPARATOR.join(paging._write(getattr(row, name.lstrip("-"))) for name in order)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--answer"]:
        answer(sys.argv[2:])
    else:
        main()

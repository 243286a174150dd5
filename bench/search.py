"""How long a search takes, among few articles and among many: run beside a PostgreSQL of its own.

    tools/with-postgres .venv/bin/python bench/search.py 1000 100000

Each number is how many articles there are (`manage.py populate`, with their figures, awards and conferences); for each
the answers of the page are timed whole - question, answer, choices, template - in one process, several times over in
turn, with the processor time of this process and of the database's beside it. What is asked for is taken from the
articles: their commonest words and phrases, and some that are rare. With "." for a number the newsroom at DATABASE_URL
is searched as it is.
"""

import os
import platform
import statistics
import sys
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.signals import request_finished, request_started  # noqa: E402
from django.db import close_old_connections, connection  # noqa: E402
from django.test import Client  # noqa: E402

from articles.models import Article  # noqa: E402
from newsroom.richtext import bare_text  # noqa: E402

ROUNDS = 25
SAMPLE = 500  # articles whose words are counted

# What is asked for: common words, phrases, rare ones, none at all, one that is mistyped; and a narrowed answer.
QUESTIONS = {
    "the commonest word": {"q": "{words[0]}"},
    "two common words": {"q": "{words[1]} {words[2]}"},
    "five words": {"q": "{words[3]} {words[5]} {words[8]} {words[13]} {words[21]}"},
    "a common word and a rare one": {"q": "{words[0]} {rare[0]}"},
    "a rare word": {"q": "{rare[1]}"},
    "a phrase of two common words": {"q": '"{twos[0]}"'},
    "a phrase of three common words": {"q": '"{threes[0]}"'},
    "a phrase of four, the commonest": {"q": '"{fours[0]}"'},
    "a phrase of four, a rare one": {"q": '"{fours[199]}"'},
    "four common words, no phrase": {"q": '"{words[1]} {words[2]} {words[0]} {words[3]}"'},
    "a common word in one year": {"q": "{words[0]}", "nam": "2020"},
    "a common word, the last page": {"q": "{words[0]}", "trang": "10"},
    "a word that is nowhere": {"q": "xyzxyz"},
    "a mistyped word": {"q": "{words[0]} {words[1]}zz"},
}


def told() -> dict[str, list[str]]:
    """Return words and phrases of the articles, the commonest first: in how many of some hundreds they stand."""
    found: dict[str, Counter[str]] = {name: Counter() for name in ("words", "twos", "threes", "fours")}
    for body in Article.objects.order_by("-pk").values_list("body", flat=True)[:SAMPLE]:
        lines = [line.lower().replace(",", " ,").split() for line in bare_text(body).replace(".", "\n").splitlines()]
        for length, counter in enumerate(found.values(), 1):
            runs = {tuple(line[at : at + length]) for line in lines for at in range(len(line) - length + 1)}
            counter.update(" ".join(run) for run in runs if all(word.isalpha() for word in run))
    common = {name: [said for said, _count in counter.most_common(200)] for name, counter in found.items()}
    return common | {"rare": [said for said, _count in found["words"].most_common()[::-1]]}


def database_spent() -> float:
    """Return the seconds of processor that the database's side of this connection has used, as Linux counts them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(Path(f"/proc/{cursor.fetchone()[0]}/schedstat").read_text().split()[0]) / 1e9


def measure() -> None:
    client, said = Client(SERVER_NAME="127.0.0.1"), told()
    took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in QUESTIONS}
    for turn in range(ROUNDS + 1):
        for name, question in QUESTIONS.items():
            asked = {key: value.format(**said) for key, value in question.items()}
            address = "/tim-kiem/?" + urlencode(asked)
            database, began, web = database_spent(), time.perf_counter(), time.thread_time()
            answer = client.get(address)
            spent = time.perf_counter() - began, time.thread_time() - web, database_spent() - database
            assert answer.status_code == 200
            if turn:  # the first warms the caches of the database
                took[name].append(spent)
    print(f"  {'milliseconds':<34}   median      p99   processor: web   database       both")
    took["all of them"] = [each for times in took.values() for each in times]
    for name, times in took.items():
        whole, web, database = ([each * 1000 for each in column] for column in zip(*times, strict=True))
        both = statistics.median(map(sum, zip(web, database, strict=True)))
        print(
            f"  {name:<34} {statistics.median(whole):8.1f} {statistics.quantiles(whole, n=100)[98]:8.1f}"
            f" {statistics.median(web):16.1f} {statistics.median(database):10.1f} {both:10.1f}"
        )


def search(count: str) -> None:
    """Fill a newsroom with `count` articles, or leave it as it is ("."), and measure it."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "pagecache" not in name]
    settings.WATCH = True  # what is kept between two pages is kept as in earnest
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as a web process keeps its connection
    if count != ".":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        call_command("migrate", verbosity=0)
        call_command("populate", articles=int(count), comments=5 * int(count), verbosity=0)
    print(f"{Article.objects.count()} articles, {ROUNDS} rounds:")
    measure()


def main() -> None:
    if connection.vendor != "postgresql":
        sys.exit("This is about PostgreSQL: run it as tools/with-postgres .venv/bin/python bench/search.py 1000 100000")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        print(
            f"Python {platform.python_version()}, PostgreSQL {cursor.fetchone()[0].split()[0]}, {os.cpu_count()} cores",
            flush=True,
        )
    for count in sys.argv[1:] or ["1000", "100000"]:
        # In a process of its own: nothing that is kept of one newsroom, nor who watches it, meets the next.
        newsroom = get_context("spawn").Process(target=search, args=(count,))
        newsroom.start()
        newsroom.join()
        if newsroom.exitcode:
            sys.exit(newsroom.exitcode)


if __name__ == "__main__":
    main()

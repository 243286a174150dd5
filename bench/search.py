"""How long a search takes, among few articles and among many: run beside a PostgreSQL of its own.

    tools/with-postgres .venv/bin/python bench/search.py 1000 100000

Each number is how many articles there are; for each the answers of the page are timed whole - question, answer,
choices, template - in one process, several times over in turn, with the processor time of this process and of the
database's beside it. Articles are made of syllables by chance, always the same ones, and some of the syllables are as
common as the commonest of the language. They go to the table at once, past the models: a save of each would take most
of the time, and is not what is measured.
"""

import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.signals import request_finished, request_started  # noqa: E402
from django.db import close_old_connections, connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Category  # noqa: E402
from newsroom import fulltext, indexing  # noqa: E402
from newsroom.publishing import State  # noqa: E402

ROUNDS = 25
CATEGORIES = 8
ONSETS = (
    "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr",
    "v", "x",
)  # fmt: skip
RIMES = (
    "a", "an", "anh", "ao", "âm", "ân", "ên", "eo", "iêm", "iên", "in", "inh", "o", "oa", "oan", "ong", "ôn", "ơi",
    "u", "uân", "ui", "uyên", "ươi", "ương", "y",
)  # fmt: skip
MARKS = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]

# What is asked for: common words, phrases, rare ones, none at all, one that is mistyped; and a narrowed answer.
QUESTIONS = {
    "the commonest word": {"q": "{0}"},
    "two common words": {"q": "{1} {2}"},
    "five words": {"q": "{3} {5} {8} {13} {21}"},
    "a common word and a rare one": {"q": "{0} {900}"},
    "a rare word": {"q": "{1000}"},
    "a phrase of two common words": {"q": '"{1} {2}"'},
    "a phrase of three common words": {"q": '"{5} {9} {4}"'},
    "a phrase of four, the commonest": {"q": '"{1} {2} {0} {3}"'},
    "a common word in one year": {"q": "{0}", "nam": "{year}"},
    "a common word, the last page": {"q": "{0}", "trang": "10"},
    "a word that is nowhere": {"q": "xyzxyz"},
    "a mistyped word": {"q": "{0} {1}zz"},
}


def syllables(chance: random.Random) -> list[str]:
    """Return syllables, the commonest first."""
    found = [onset + rime for onset in ONSETS for rime in RIMES]
    marked = [word[:-1] + word[-1] + chance.choice(MARKS) for word in found] + found
    chance.shuffle(marked)
    return list(dict.fromkeys(marked))


def articles(count: int, words: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Make the columns of `count` articles, of which the words follow Zipf's law as those of a language do."""
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    categories = [Category.objects.get_or_create(name=f"Tin đo {number}")[0].pk for number in range(CATEGORIES)]
    now = timezone.now()
    sample = Article(title="Mẫu", category_id=categories[0], state=State.PUBLISHED, published_at=now)
    columns = {
        field.column: field.get_db_prep_save(field.pre_save(sample, True), connection)
        for field in Article._meta.concrete_fields
        if not field.primary_key
    }
    for number in range(count):
        text = chance.choices(words, cum_weights=weights, k=340)
        title, lead, *body = (
            " ".join(text[start:end]).capitalize()
            for start, end in [(0, 12), (12, 50), *((start, start + 58) for start in range(50, 340, 58))]
        )
        yield columns | {
            "title": title,
            "lead": f"{lead}.",
            "body": "".join(f"<p>{paragraph}.</p>" for paragraph in body),
            "search_words": "\n".join(fulltext.line(part) for part in (title, lead, " ".join(body))),
            "category_id": categories[number % CATEGORIES],
            "published_at": now - timedelta(minutes=30 * (count - number)),
        }


def fill(count: int, words: list[str]) -> None:
    """Put `count` articles where there are none. An index is made faster of a whole table than row by row."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_article CASCADE")
        for name in ("title", "lead", "all"):
            cursor.execute(f"DROP INDEX articles_article_search_words_{name}")
        rows = articles(count, words, random.Random(count))
        first = next(rows)
        with cursor.copy(f"COPY articles_article ({', '.join(first)}) FROM STDIN") as copy:
            copy.write_row(list(first.values()))
            for number, row in enumerate(rows, 2):
                copy.write_row(list(row.values()))
                if number % 1000 == 0:
                    print(f"\r{number:>8} of {count}", end="", file=sys.stderr)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        print("\nindexing", file=sys.stderr)
        indexing.install()
        cursor.execute("VACUUM ANALYZE")


def database_spent() -> float:
    """Return the seconds of processor that the database's side of this connection has used, as Linux counts them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(Path(f"/proc/{cursor.fetchone()[0]}/schedstat").read_text().split()[0]) / 1e9


def measure(words: list[str]) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in QUESTIONS}
    for turn in range(ROUNDS + 1):
        for name, question in QUESTIONS.items():
            said = {key: value.format(*words, year=timezone.now().year - 1) for key, value in question.items()}
            address = "/tim-kiem/?" + urlencode(said)
            database, began, web = database_spent(), time.perf_counter(), time.process_time()
            answer = client.get(address)
            spent = time.perf_counter() - began, time.process_time() - web, database_spent() - database
            assert answer.status_code == 200
            if turn:  # the first warms the caches of the database
                took[name].append(spent)
    print(f"  {'milliseconds':<34}   median      p99   processor: web   database")
    took["all of them"] = [each for times in took.values() for each in times]
    for name, times in took.items():
        whole, web, database = ([each * 1000 for each in column] for column in zip(*times, strict=True))
        print(
            f"  {name:<34} {statistics.median(whole):8.1f} {statistics.quantiles(whole, n=100)[98]:8.1f}"
            f" {statistics.median(web):16.1f} {statistics.median(database):10.1f}"
        )


def main() -> None:
    if connection.vendor != "postgresql":
        sys.exit("This is about PostgreSQL: run it as tools/with-postgres .venv/bin/python bench/search.py 1000 100000")
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as a web process keeps its connection
    words = syllables(random.Random(7))
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        print(
            f"Python {platform.python_version()}, PostgreSQL {cursor.fetchone()[0].split()[0]}, {os.cpu_count()} cores"
        )
    for count in map(int, sys.argv[1:] or ["1000", "100000"]):
        fill(count, words)
        print(f"{count} articles, {ROUNDS} rounds:")
        measure(words)


if __name__ == "__main__":
    main()

"""How long a search takes, among few articles and among many: run beside a PostgreSQL of its own.

    tools/with-postgres .venv/bin/python bench/search.py 1000 100000

Each number is how many articles there are; for each the answers of the page are timed whole - question, answer,
choices, template - in one process, several times over in turn. Articles are made of syllables by chance, always the
same ones, and some of the syllables are as common as the commonest of the language.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Category  # noqa: E402
from newsroom.publishing import State  # noqa: E402

ROUNDS = 9
ONSETS = (
    "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr",
    "v", "x",
)  # fmt: skip
RIMES = (
    "a", "an", "anh", "ao", "âm", "ân", "ên", "eo", "iêm", "iên", "in", "inh", "o", "oa", "oan", "ong", "ôn", "ơi",
    "u", "uân", "ui", "uyên", "ươi", "ương", "y",
)  # fmt: skip
MARKS = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]

# What is asked for: the commonest word, two common ones, a phrase of them, one with marks, rare ones, none at all.
QUESTIONS = {
    "the commonest word": "{0}",
    "two common words": "{1} {2}",
    "a phrase of common words": '"{1} {2}"',
    "a common word and a rare one": "{0} {900}",
    "a rare word": "{1000}",
    "five words": "{3} {5} {8} {13} {21}",
    "a word that is nowhere": "xyzxyz",
}


def syllables(chance: random.Random) -> list[str]:
    """Return syllables, the commonest first."""
    found = [onset + rime for onset in ONSETS for rime in RIMES]
    marked = [word[:-1] + word[-1] + chance.choice(MARKS) for word in found] + found
    chance.shuffle(marked)
    return list(dict.fromkeys(marked))


def articles(count: int, words: list[str], chance: random.Random) -> Iterator[Article]:
    """Make `count` articles, of which the words follow Zipf's law as those of a language do."""
    weights = [1 / (rank + 3) for rank in range(len(words))]
    category = Category.objects.get_or_create(name="Tin đo")[0]
    now = timezone.now()
    for number in range(count):
        text = chance.choices(words, weights, k=340)
        yield Article(
            title=" ".join(text[:12]).capitalize(),
            lead=" ".join(text[12:50]).capitalize() + ".",
            body="".join(f"<p>{' '.join(text[start : start + 58]).capitalize()}.</p>" for start in range(50, 340, 58)),
            category=category,
            state=State.PUBLISHED,
            published_at=now - timedelta(minutes=number),
        )


def fill(count: int, words: list[str]) -> None:
    batch: list[Article] = []
    for article in articles(count, words, random.Random(count)):
        batch.append(article)
        if len(batch) == 1000:
            Article.objects.bulk_create(batch)
            batch.clear()
            print(f"\r{Article.objects.count():>8} of {count}", end="", file=sys.stderr)
    Article.objects.bulk_create(batch)
    print(file=sys.stderr)


def measure(words: list[str]) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    took: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    for turn in range(ROUNDS + 1):
        for name, question in QUESTIONS.items():
            address = "/tim-kiem/?" + urlencode({"q": question.format(*words)})
            began = time.perf_counter()
            answer = client.get(address)
            spent = (time.perf_counter() - began) * 1000
            assert answer.status_code == 200
            if turn:  # the first warms the caches of the database
                took[name].append(spent)
    for name, times in took.items():
        print(f"  {name:<32} {statistics.median(times):8.1f} ms   slowest {max(times):8.1f} ms")


def main() -> None:
    if connection.vendor != "postgresql":
        sys.exit("This is about PostgreSQL: run it as tools/with-postgres .venv/bin/python bench/search.py 1000 100000")
    words = syllables(random.Random(7))
    call_command("migrate", verbosity=0)
    for count in map(int, sys.argv[1:] or ["1000", "100000"]):
        Article.objects.all().delete()
        fill(count, words)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"{count} articles, median of {ROUNDS}:")
        measure(words)


if __name__ == "__main__":
    main()

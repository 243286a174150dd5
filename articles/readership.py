"""How often articles were read: the one place that knows which visit key is an article's."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article
from newsroom.compiled import Question, compiled, filled, together
from newsroom.keys import key_in
from newsroom.visits.asking import at_once
from newsroom.visits.models import VisitDay, amounts, monday_of, total_of

PREFIX = "article:"  # and then its primary key: Article.reads_key

_RANKED = 40  # keys that are looked at, so that enough are left of what readers may see
_LASTS = 60  # seconds for which an order stands


def with_reads(article: Article, *questions: Question) -> tuple[list[list[Any]], int]:
    """Return the rows of each of `questions`, and how often `article` was read, its starting total included.

    All of it is asked at once; without the reads, which are 0 then, while those cannot be told.
    """
    found = at_once(lambda: together(*questions, amounts(article.reads_key)), None)
    return (together(*questions), 0) if found is None else (found[:-1], total_of(found[-1]))


def reads_of(articles: Collection[Article]) -> dict[int, int]:
    """Return how often each of `articles` was read, by primary key. One query."""
    totals = VisitDay.objects.totals(article.reads_key for article in articles)
    return {article.pk: totals.get(article.reads_key, 0) for article in articles}


def key_of(said: str) -> str | None:
    """Return the key of the article with the primary key `said`; None where that can be none."""
    return None if (key := key_in(said)) is None else f"{PREFIX}{key}"


def known(keys: Collection[str]) -> set[str]:
    """Return those of `keys` that are of articles readers may see now. One query."""
    by_pk = {int(key.removeprefix(PREFIX)): key for key in keys}
    return {by_pk[pk] for pk in Article.objects.public().filter(pk__in=by_pk).values_list("pk", flat=True)}


def most_read(today: date, number: int) -> list[Article]:
    """Return the articles that were read most since Monday, at most `number`, each with its title and slug.

    Two queries. The order may be a minute old; what readers may see is asked now.
    """
    monday = monday_of(today)
    key = f"articles.most_read.{monday}"
    ranked = cache.get(key)
    if ranked is None and (ranked := at_once(lambda: _ranked(monday, today), None)) is not None:
        cache.set(key, ranked, _LASTS)
    found = {article.pk: article for article in _titled(timezone.now(), *filled(ranked, _RANKED))} if ranked else {}
    return [found[pk] for pk in ranked or [] if pk in found][:number]


@compiled
def _titled(now: datetime, *keys: int) -> QuerySet[Article]:
    return Article.objects.public(now).filter(pk__in=keys).only("title", "published_at")


def _ranked(first: date, last: date) -> list[int]:
    return [int(key.removeprefix(PREFIX)) for key, _reads in VisitDay.objects.top(PREFIX, first, last, _RANKED)]

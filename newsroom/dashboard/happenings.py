"""What happened while visits were counted: articles that came out, and conferences that were held."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate

from articles.models import Article
from committees.models import Conference
from newsroom.dashboard.periods import Span
from newsroom.moments import midnight


@dataclass(frozen=True)
class Happening:
    """One of them: its day, its name, and where readers find it."""

    on: date
    words: str
    address: str


@dataclass(frozen=True)
class Happenings:
    """Of each kind how many there were on which day, and the few that are listed."""

    articles_on: Mapping[date, int]
    conferences_on: Mapping[date, int]
    articles: list[Happening]
    conferences: list[Happening]

    def numbers(self, span: Span) -> tuple[int, int]:
        """Return how many articles and how many conferences there were in `span`."""
        return _within(self.articles_on, span), _within(self.conferences_on, span)

    def only(self, span: Span) -> Happening | None:
        """Return what happened in `span`, where that was one thing and is listed."""
        if sum(self.numbers(span)) != 1:
            return None
        return next((each for each in (*self.articles, *self.conferences) if each.on in span), None)


def happenings(counted: Span, listed: Span, most: int) -> Happenings:
    """Return what readers may know of: counted by day in one span, `most` of each kind listed in another. Four queries.

    Days are those of the newsroom's clock; a conference of which no day is known is on none.
    """
    return Happenings(
        Counter(dict(_articles(counted).values_list("day").order_by().annotate(Count("pk")))),
        Counter(dict(_conferences(counted).values_list("held_on").order_by().annotate(Count("pk")))),
        articles(listed, most),
        conferences(listed, most),
    )


def articles(span: Span, most: int) -> list[Happening]:
    """Return at most `most` of the articles that came out in `span`, the newest first. One query."""
    found = _articles(span).only("title", "published_at").order_by("-published_at", "-pk")[:most]
    return [Happening(article.day, article.title, article.get_absolute_url()) for article in found]


def conferences(span: Span, most: int) -> list[Happening]:
    """Return the same of the conferences that were held in it. One query."""
    found = _conferences(span).select_related("committee").order_by("-held_on", "-pk")[:most]
    return [Happening(each.held_on, str(each), each.get_absolute_url()) for each in found]


def _articles(span: Span) -> Any:
    return (
        Article.objects.public()
        .filter(published_at__gte=midnight(span.first), published_at__lt=midnight(span.last + timedelta(days=1)))
        .annotate(day=TruncDate("published_at"))
    )


def _conferences(span: Span) -> Any:
    return Conference.objects.public().filter(held_on__range=(span.first, span.last))


def _within(numbers: Mapping[date, int], span: Iterable[date] | Span) -> int:
    return sum(number for day, number in numbers.items() if day in span)

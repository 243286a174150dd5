"""How often articles were read: the one place that knows which visit key is an article's."""

from collections.abc import Collection

from articles.models import Article
from newsroom.visits.models import VisitDay


def reads(article: Article) -> int:
    """Return how often `article` was read, its starting total included. One query."""
    return VisitDay.objects.total(article.reads_key)


def reads_of(articles: Collection[Article]) -> dict[int, int]:
    """Return how often each of `articles` was read, by primary key. One query."""
    totals = VisitDay.objects.totals(article.reads_key for article in articles)
    return {article.pk: totals.get(article.reads_key, 0) for article in articles}

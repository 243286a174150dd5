"""What can be taken away of articles: what they are filed under, who signed them, where they were taken from."""

from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.filters import ArticleFilter
from articles.models import Article, Byline
from articles.story import source_of
from committees.tables import ADDRESS, ID, conference_columns
from newsroom.tables import Column, Table, columns_of


def _with_all(found: QuerySet[Any]) -> QuerySet[Any]:
    bylines = Byline.objects.select_related("person").exclude(person__is_withheld=True)
    return (
        found.select_related("category", "publication", "conference")
        .prefetch_related("tags", "committees", Prefetch("bylines", bylines))
        .defer("body", "search_key", "search_words", "note")
    )


def _source(article: Article) -> str:
    source = source_of(article)
    return source.name if source else ""


def _authors(article: Article) -> str:
    return "; ".join(dict.fromkeys(byline.person.name for byline in article.bylines.all()))


ARTICLES = Table(
    name="bai-viet",
    title=_("Articles"),
    place="articles:articles",
    order=("-published_at", "-pk"),
    filters=ArticleFilter,
    fetch=_with_all,
    columns=[
        ID,
        ADDRESS,
        *columns_of(Article, "title", "lead", "dateline"),
        Column("category", _("category"), lambda article: str(article.category or "")),
        Column("tags", _("tags"), lambda article: "; ".join(tag.name for tag in article.tags.all())),
        Column("authors", _("authors"), _authors),
        Column("committees", _("committees"), lambda article: "; ".join(map(str, article.committees.all()))),
        *conference_columns("conference"),
        *columns_of(Article, "published_at", "updated_at"),
        Column("publication", _("publication"), _source),
        Column("original_address", _("where the article was taken from"), attrgetter("source_url")),
        *columns_of(Article, "source_published_at", "retrieved_on"),
    ],
)

TABLES = [ARTICLES]

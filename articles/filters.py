"""How the list of articles is narrowed: by category, committee, tag, year and month."""

import calendar
from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category, Tag
from committees.models import Committee
from newsroom.filtering import ListFilter, OneOf, Year
from newsroom.moments import midnight

_MONTHS = [(str(month), f"{month:02d}") for month in range(1, 13)]


def with_public_articles(
    found: QuerySet[Any], through: str, at: datetime | None = None, *, but: Article | None = None
) -> QuerySet[Any]:
    """Return those of `found` that a public article (another than `but`) leads to by its relation `through`, in order.

    Public at the moment `at` (default: now).

    A subquery of one row, and not EXISTS: PostgreSQL would answer that by reading every article first,
    where a page of names needs one article for each. The last one, and not any: who has none would be looked for
    through the whole table, where the end of an index tells it at once.
    """
    articles = Article.objects.public(at) if but is None else Article.objects.public(at).exclude(pk=but.pk)
    article = articles.filter(**{through: OuterRef("pk")}).order_by("-pk")
    return found.alias(article=Subquery(article.values("pk")[:1])).filter(article__isnull=False)


class ArticleFilter(ListFilter):
    chuyen_muc = OneOf(
        field_name="category", label=_("Category"), rows=lambda now: Category.objects.only("name"), is_timed=False
    )
    to_chuc = OneOf(
        field_name="committees",
        label=_("Committee"),
        rows=lambda now: with_public_articles(Committee.objects.only("name"), "committees", now),
    )
    the = OneOf(
        field_name="tags",
        label=_("Tag"),
        rows=lambda now: with_public_articles(Tag.objects.only("name"), "tags", now),
    )
    nam = Year(field_name="published_at", rows=Article.objects.public)
    thang = django_filters.ChoiceFilter(method="of_month", label=_("Month"), choices=_MONTHS, empty_label=_("All"))

    def of_month(self, articles: QuerySet[Article], name: str, month: str) -> QuerySet[Article]:
        """Keep what was published in `month`: of the chosen year, as one stretch of time; else of any year."""
        year = self.form.cleaned_data.get("nam")
        if not year:
            return articles.filter(published_at__month=month)
        first = date(int(year), int(month), 1)
        days = calendar.monthrange(first.year, first.month)[1]
        return articles.filter(published_at__gte=midnight(first), published_at__lt=midnight(first + timedelta(days)))

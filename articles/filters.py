"""How the list of articles is narrowed: by category, committee, tag, year and month."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category, Tag
from committees.models import Committee
from newsroom.filtering import ListFilter, OneOf, Year

_MONTHS = [(str(month), f"{month:02d}") for month in range(1, 13)]


def _written_about(model: Any, through: str) -> QuerySet[Any]:
    """The rows of `model` that public articles speak of."""
    return model.objects.filter(Exists(Article.objects.public().filter(**{through: OuterRef("pk")})))


class ArticleFilter(ListFilter):
    chuyen_muc = OneOf(field_name="category", label=_("Category"), queryset=Category.objects.all())
    to_chuc = OneOf(
        field_name="committees",
        label=_("Committee"),
        queryset=lambda request: _written_about(Committee, "committees"),
    )
    the = OneOf(field_name="tags", label=_("Tag"), queryset=lambda request: _written_about(Tag, "tags"))
    nam = Year(field_name="published_at", queryset=Article.objects.public)
    thang = django_filters.ChoiceFilter(
        field_name="published_at", lookup_expr="month", label=_("Month"), choices=_MONTHS, empty_label=_("All")
    )

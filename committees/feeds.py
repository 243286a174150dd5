"""New figures of one indicator, for feed readers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from committees.models import Indicator, Statistic
from newsroom.publishing import shown
from newsroom.syndication import ITEMS, NewsFeed, for_xml


class IndicatorFeed(NewsFeed):
    """The newest figures of one indicator: whose, of which period, and which conference reported them."""

    def get_object(self, request: HttpRequest, pk: int) -> Indicator:  # type: ignore[override]
        return Indicator.objects.get(pk=pk)

    def items(self, obj: Indicator) -> QuerySet[Statistic]:
        figures = Statistic.objects.public().filter(indicator=obj).order_by("-published_at", "-pk")
        return figures.with_subject()[:ITEMS]  # type: ignore[no-any-return]

    def item_path(self, item: Statistic) -> str:
        return f"so-lieu/{item.pk}"

    def item_title(self, item: Statistic) -> str:
        return for_xml(f"{item} – {item.committee}")

    def item_description(self, item: Statistic) -> str:
        conference = shown(item.conference)
        told = (item.committee.name, item.period_label, conference.name if conference else "")
        lines = format_html_join("", "<br>{}", ((line,) for line in told if line))
        return for_xml(format_html("<p>{}{}</p>", item, lines))

    def item_pubdate(self, item: Statistic) -> Any:
        return item.published_at

    def item_updateddate(self, item: Statistic) -> Any:
        return item.published_at

    def item_categories(self, item: Statistic) -> list[str]:
        return [for_xml(item.committee.name)]

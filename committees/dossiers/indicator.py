"""What a reader sees on the page of one indicator."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from committees import questions
from committees.few import first_of
from committees.groups import Group, figures_by_committee
from committees.models import Indicator, Statistic
from committees.outline import outline
from committees.picturing import Pictures, pictures
from committees.questions import CHARTED, MANY
from committees.sums import Sum, sums_of
from newsroom.compiled import filled


@dataclass(frozen=True)
class Side:
    """The results of an indicator, or its targets."""

    kind: str
    name: str
    groups: list[Group]
    has_more: bool
    pictures: Pictures
    sums: list[Sum]  # of several committees for the same days

    @property
    def has_computed(self) -> bool:
        return any(group.has_computed for group in self.groups)


def indicator_sides(indicator: Indicator) -> list[Side]:
    """Return the newest public figures of `indicator`, results and targets apart, each by committee and period."""
    related = ("committee__parent__parent", "committee__predecessor", "conference", "part_of")
    newest = indicator.statistics.public().with_sentence().select_related(*related).order_by("-published_at", "-pk")
    sides = []
    for kind in Statistic.Kind:
        charted = list(newest.filter(kind=kind)[:CHARTED])
        figures = first_of(charted, MANY)
        if figures:
            groups = figures_by_committee(figures)
            sides.append(
                Side(kind.value, str(kind.label), groups, figures.has_more, pictures(charted), sums_of(charted))
            )
    return sides


def with_latest(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Return `indicators`, each with its newest public figure as `latest` (a `Row`, or None). One query."""
    listed = list(indicators)
    keys = filled((indicator.pk for indicator in listed), MANY)
    figures = questions.newest(timezone.now(), *keys) if keys else []
    latest = {figure.indicator_id: outline([figure])[0] for figure in figures}
    for indicator in listed:
        indicator.latest = latest.get(indicator.pk)  # type: ignore[attr-defined]
    return listed

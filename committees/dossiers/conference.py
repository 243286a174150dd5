"""What a reader sees on the page of one conference."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from committees import questions
from committees.few import Few, first_of
from committees.groups import Group
from committees.models import Conference, Person
from committees.outline import Row, has_computed, outline
from committees.picturing import PartsChart, parts_charts
from committees.questions import FEW, MANY, SOME
from committees.reconciling import NamedOf, named_of
from newsroom.compiled import Question, together


@dataclass(frozen=True)
class ConferenceDossier:
    conference: Conference
    chairs: list[Person]
    attendances: Few
    group: Group  # its figures
    has_more_figures: bool
    parts: list[PartsChart]
    awards: Few
    named: list[NamedOf]  # how many of those who were commended are named
    articles: Few
    earlier: Conference | None
    later: Conference | None

    @property
    def key_figures(self) -> list[Row]:
        """The first results that are shares of a whole: read at a glance where no chart shows them."""
        if self.parts:
            return []
        shares = [row for row in self.group.rows if row.length is not None and not row.is_target]
        return shares[:FEW] if len(shares) > 1 else []

    @property
    def key_figures_computed(self) -> bool:
        return has_computed(self.key_figures)

    @property
    def groups(self) -> list[Group]:
        return [self.group]


def conference_dossier(conference: Conference) -> ConferenceDossier:
    """Return what the page of `conference` shows. It comes with its committee fetched. One query."""
    key, now = conference.pk, timezone.now()
    asked = (questions.figures, questions.awards, questions.named, questions.articles)
    people, told, commended, named, articles, beside = together(
        questions.present.asking(key), *(question.asking(key, now) for question in asked), neighbours(conference, now)
    )
    present, figures = first_of(people, MANY), first_of(told, MANY)
    group = Group(conference, outline(figures), conference.committee_id)
    earlier, later = sides(beside)
    return ConferenceDossier(
        conference=conference,
        chairs=[attendance.person for attendance in present if attendance.has_chaired],
        attendances=present,
        group=group,
        has_more_figures=figures.has_more,
        parts=parts_charts(group.rows),
        awards=first_of(commended, MANY),
        named=named_of(named),
        articles=first_of(articles, SOME),
        earlier=earlier,
        later=later,
    )


def neighbours(conference: Conference, now: datetime) -> Question:
    """Return what asks for the public conferences of the same committee and organ next before and next after it."""
    place = conference.committee_id, conference.convened_by, conference.sorted_on, conference.pk
    return questions.neighbours.asking(*place, now)


def sides(neighbours: Iterable[Any]) -> tuple[Conference | None, Conference | None]:
    """Return which of `neighbours` of a conference comes before it, and which after it."""
    found = {other.is_later: other for other in neighbours}
    return found.get(False), found.get(True)

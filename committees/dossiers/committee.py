"""What a reader sees on the page of one committee."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from committees import questions
from committees.around import Around, below
from committees.few import Few, first_of
from committees.groups import BY_REPORT, Group, figures_by_conference
from committees.lines import FETCHED_BODIES, bodies, of_bodies
from committees.models import Attendance, Award, Committee, Indicator, Statistic
from committees.outline import outline
from committees.picturing import PartsChart, Pictures, parts_charts, pictures
from committees.questions import CHARTED, FEW, LEADING, SOME
from committees.sayings import say
from committees.targets import Entry, closed, figures_of
from newsroom.compiled import compiled, filled

SOME_CHARTS = 4


@dataclass(frozen=True)
class CommitteeDossier:
    committee: Committee
    above: list[Committee]  # the outermost first
    below: Few
    aliases: list[str]
    successors: list[Committee]
    officials: list[Attendance]
    conferences: Few
    articles: Few
    groups: list[Group]  # its latest figures
    has_more_figures: bool
    targets: list[Entry]  # its latest, each with what became of it
    pictures: Pictures  # of what is reported of it for several periods
    parts: list[PartsChart]  # of its latest report, where there is nothing else to draw
    awards: Few
    received: list[Award]

    @property
    def has_computed(self) -> bool:
        return any(group.has_computed for group in self.groups)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is reported of it yet."""
        return not (self.articles or self.conferences or self.groups or self.awards)

    @property
    def has_rail(self) -> bool:
        """Whether there is anything to stand beside its reports."""
        names = self.aliases or self.committee.predecessor
        return bool(self.officials or self.below or self.received or names)


def committee_dossier(committee: Committee, around: Around) -> CommitteeDossier:
    """Return what the page of `committee` shows, with what stands `around` it (committees.around.find). Four queries.

    Its figures are its own; what is drawn of them goes back to the bodies that it goes on.
    """
    line = bodies(committee)
    told = _told(line)
    newest = [figure for figure in told if figure.committee_id == committee.pk]
    figures = first_of(newest, SOME)
    aims = [figure for figure in newest if figure.kind == Statistic.Kind.TARGET][:SOME]
    _with_conferences([*figures, *aims])
    targets = closed(aims)
    drawn = pictures(told, SOME_CHARTS, of=committee)
    latest = [] if drawn.charts else _latest_report(newest)
    points = [shown.point.statistic for chart in drawn.charts for shown in chart.shown]
    say([*figures, *figures_of(targets), *latest, *points])
    return CommitteeDossier(
        committee=committee,
        above=committee.ancestors()[:0:-1],
        below=first_of(around.below, SOME),
        aliases=around.aliases,
        successors=[follower for follower in around.after if follower.predecessor_id == committee.pk],
        officials=around.officials,
        conferences=first_of(around.conferences, FEW),
        articles=first_of(questions.articles_of(committee.pk, timezone.now()), LEADING),
        groups=figures_by_conference(figures),
        has_more_figures=figures.has_more,
        targets=targets,
        pictures=drawn,
        parts=parts_charts(outline(latest), SOME_CHARTS),
        awards=first_of(around.awards, FEW),
        received=around.received,
    )


def _told(line: list[Committee]) -> list[Statistic]:
    """Return the newest figures of committees that follow each other, as `pictures` takes them. One query."""
    keys: list[Any] = [*(committee.pk for committee in line), *[None] * FETCHED_BODIES]
    told = of_bodies(_newest_of(keys[0], keys[1], keys[2], keys[3], timezone.now()), line)
    indicators: dict[int, Indicator] = {}
    for figure in told:
        figure.indicator = indicators.setdefault(
            figure.indicator_id,
            Indicator(pk=figure.indicator_id, name=figure.counted, unit=figure.counted_in),  # type: ignore[attr-defined]
        )
    return told


@compiled
def _newest_of(one: int, two: int | None, three: int | None, four: int | None, now: datetime) -> QuerySet[Any]:
    keys = [key for key in (one, two, three, four) if key is not None]
    return (
        Statistic.objects.public(now)
        .filter(committee__in=keys)
        .select_related("part_of")
        .only(*questions.DRAWN)
        # Of few indicators come many figures: an instance of its own for each would be the dearest part of the page.
        .annotate(counted=F("indicator__name"), counted_in=F("indicator__unit"))
        .order_by(*BY_REPORT)[:CHARTED]
    )


def _with_conferences(figures: Iterable[Statistic]) -> None:
    """Give each of `figures` its conference, with that one's committee. One query."""
    given = [figure for figure in figures if figure.conference_id is not None]
    keys = filled(dict.fromkeys(figure.conference_id for figure in given if figure.conference_id), SOME)
    found = {conference.pk: conference for conference in questions.conferences(*keys)} if keys else {}
    for figure in given:
        figure.conference = found[figure.conference_id]


def _latest_report(newest: list[Statistic]) -> list[Statistic]:
    """Return the first report among figures in the order of their reports."""
    return list(next((rows for _of, rows in groupby(newest, key=lambda figure: figure.conference_id)), iter(())))


def with_some_below(committees: Iterable[Committee]) -> None:
    """Give each of `committees` (see `committees.around.with_below`) the first of those under it, as `some_below`."""
    for committee in committees:
        committee.some_below = first_of(below(committee), SOME)  # type: ignore[attr-defined]

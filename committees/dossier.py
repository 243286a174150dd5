"""What a reader sees on the page of one committee, conference, award, figure or indicator.

Each is gathered in a fixed number of queries. Everything returned is public, bounded, and names only
people who have not asked to be taken off the pages.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from django.db.models import F, QuerySet
from django.utils import timezone

from committees import questions
from committees.around import Around, below
from committees.lines import FETCHED_BODIES, GOES_BACK_TO, bodies, of_bodies
from committees.models import Attendance, Award, Committee, Conference, Indicator, Person, Statistic
from committees.outline import Row, has_computed, outline
from committees.picturing import PartsChart, Pictures, SeriesChart, chart_around, parts_charts, pictures
from committees.questions import CHARTED, FEW, LEADING, MANY, SOME
from committees.reconciling import NamedOf, Reconciliation, named_of, reconciliation
from committees.sayings import say
from committees.sums import Sum, sums_of
from committees.targets import Entry, closed, figures_of
from committees.working_out import Step, working_of
from newsroom.compiled import Question, compiled, filled, together
from newsroom.publishing import Publishable

SOME_CHARTS = 4
# Figures are read beside their neighbours: in the order of their report, report after report.
BY_REPORT = ("-published_at", "pk")

Shown = TypeVar("Shown", bound=Publishable)


def shown(thing: Shown | None) -> Shown | None:
    """Return `thing` if readers may see it. What points at it may be public when it is not itself."""
    return thing if thing is not None and thing.is_public else None


@dataclass(frozen=True)
class Few:
    """The first rows of a list, and whether it goes on."""

    items: list[Any]
    has_more: bool

    def __bool__(self) -> bool:
        return bool(self.items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)


def few(found: QuerySet[Any], size: int) -> Few:
    """Return the first `size` rows of `found`. One query."""
    return first_of(list(found[: size + 1]), size)


def first_of(rows: list[Any], size: int) -> Few:
    """Return the first `size` of rows that are fetched already."""
    return Few(rows[:size], len(rows) > size)


# --- Rows of a list, under what they belong to -------------------------------------------------


@dataclass(frozen=True)
class Group:
    """Neighbours in a list that belong to one conference or committee, or to none (`of` is None)."""

    of: Any
    rows: list[Any]
    committee_id: int | None = None

    @property
    def has_computed(self) -> bool:
        """Whether any of its figures shows a share that the newsroom computed."""
        return has_computed(self.rows)


def figures_by_conference(figures: Iterable[Statistic]) -> list[Group]:
    """Return outlines of `figures`, in their order, under the conferences that report them.

    Each figure comes with its conference and that one's committee fetched.
    """
    return [
        Group(of, outline(rows), of.committee_id if of else None) for of, rows in _by_conference(figures, "conference")
    ]


def figures_by_committee(figures: Iterable[Statistic]) -> list[Group]:
    """Return outlines of `figures` under the committees they are about, by name; the latest period first.

    Each figure comes with its committee fetched.
    """
    rows = sorted(figures, key=lambda figure: (figure.position, figure.pk))
    rows.sort(key=_last_day, reverse=True)
    rows.sort(key=lambda figure: (figure.committee.sort_key, figure.committee_id))
    by_committee = groupby(rows, key=lambda figure: figure.committee)
    return [Group(committee, outline(rows_of_it), committee.pk) for committee, rows_of_it in by_committee]


def awards_by_conference(awards: Iterable[Award]) -> list[Group]:
    """Return `awards`, in their order, under the conferences that report them; each with its `reported_at` fetched."""
    return [Group(of, list(rows)) for of, rows in _by_conference(awards, "reported_at")]


def _by_conference(things: Iterable[Any], name: str) -> Iterator[tuple[Conference | None, Iterator[Any]]]:
    return groupby(things, key=lambda thing: shown(getattr(thing, name)))


def _last_day(figure: Statistic) -> str:
    return figure.period_ends_on.isoformat() if figure.period_ends_on else ""


def with_latest(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Return `indicators`, each with its newest public figure as `latest` (a `Row`, or None). One query."""
    listed = list(indicators)
    keys = filled((indicator.pk for indicator in listed), MANY)
    figures = questions.newest(timezone.now(), *keys) if keys else []
    latest = {figure.indicator_id: outline([figure])[0] for figure in figures}
    for indicator in listed:
        indicator.latest = latest.get(indicator.pk)  # type: ignore[attr-defined]
    return listed


# --- A committee -------------------------------------------------------------------------------


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


# --- A conference ------------------------------------------------------------------------------


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


# --- An award ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class AwardDossier:
    award: Award
    recipients: Few
    presented_by: str
    whole: Award | None
    parts: Few
    reconciliation: Reconciliation
    reported_at: Conference | None
    given_at: Conference | None


def award_dossier(award: Award) -> AwardDossier:
    """Return what the page of `award` shows. It comes with its conferences and its whole fetched."""
    named = first_of(questions.recipients(award.pk), MANY)
    parts = first_of(questions.parts(award.pk, timezone.now()), MANY)
    return AwardDossier(
        award=award,
        recipients=named,
        presented_by=presenters([award]).get(award.pk, ""),
        whole=shown(award.part_of),
        parts=parts,
        reconciliation=reconciliation(award, named.items, parts),
        reported_at=shown(award.reported_at),
        given_at=shown(award.given_at),
    )


def presenters(awards: Iterable[Award]) -> dict[int, str]:
    """Return by key who handed each of `awards` over as printed, "" where that names somebody who is withheld.

    Looked for are the names of those who were at the conferences of the award. One query, none where nobody is said
    to have handed anything over.
    """
    said = [award for award in awards if award.presented_by]
    at = {key for award in said for key in (award.reported_at_id, award.given_at_id) if key}
    if not at:
        return {award.pk: award.presented_by for award in said}
    names: dict[int, list[str]] = {}
    # Of one award there are two at most, of a file of them hundreds.
    for conference, name in questions.withheld(*filled(at, 2 if len(at) <= 2 else 500)):
        names.setdefault(conference, []).append(name)

    def names_one_withheld(award: Award) -> bool:
        of_both = [*names.get(award.reported_at_id or 0, ()), *names.get(award.given_at_id or 0, ())]
        return any(name in award.presented_by for name in of_both)

    return {award.pk: award.presented_by for award in said if not names_one_withheld(award)}


# --- A figure ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class StatisticDossier:
    statistic: Statistic
    row: Row  # the figure with its parts
    has_more_parts: bool
    has_computed_parts: bool
    chart: SeriesChart | None  # the series that it is a point of
    working: list[Step]
    became: list[Entry]  # what became of it, where it is a target
    whole: Statistic | None
    conference: Conference | None


def statistic_dossier(statistic: Statistic) -> StatisticDossier:
    """Return what the page of `statistic` shows. It comes with its indicator, conference and whole fetched."""
    now = timezone.now()
    parts = first_of(questions.parts_of(statistic.pk, now), MANY)
    chart = chart_around(statistic, _alike(statistic))
    became = closed([statistic] if statistic.kind == Statistic.Kind.TARGET else [])
    points = [shown.point.statistic for shown in chart.shown if not shown.is_own] if chart else []
    say([*points, *(entry.result for entry in became if entry.result is not None)])
    row = outline([statistic, *parts])[0]
    report = questions.beside_it(statistic.conference_id, statistic.committee_id, now)
    return StatisticDossier(
        statistic=statistic,
        row=row,
        has_more_parts=parts.has_more,
        has_computed_parts=has_computed(row.parts),
        chart=chart,
        working=working_of(statistic, report),
        became=became,
        whole=shown(statistic.part_of),
        conference=shown(statistic.conference),
    )


def _alike(statistic: Statistic) -> list[Statistic]:
    """Return `statistic`, and the newest public figures that may stand in one series with it. One query."""
    line = bodies(statistic.committee)
    keys = [body.pk for body in line]
    found = questions.alike(statistic.indicator_id, str(statistic.kind), timezone.now(), *keys)
    for figure in found:
        figure.indicator = statistic.indicator
    found.sort(key=lambda figure: (figure.published_at, figure.pk), reverse=True)
    # The figure itself comes first, and so stands for all reports that agree with it.
    return of_bodies([statistic, *found], line)


def series_chart(statistic: Statistic) -> SeriesChart | None:
    """Return the chart of the series that ends at `statistic`, a public one; None where there is none. One query."""
    found = pictures(_alike(statistic), CHARTED)
    return next((chart for chart in found.charts if chart.latest == statistic), None)


def parts_chart(statistic: Statistic) -> PartsChart | None:
    """Return the chart that shows `statistic`, a public one, as a part of one whole; None where there is none.

    It is drawn from the report that the figure is of, as on the page of its conference. One query.
    """
    report = Statistic.objects.public().filter(conference=statistic.conference_id).select_related("committee")
    if statistic.conference_id is None:
        report = report.filter(committee=statistic.committee_id)
    found = parts_charts(outline(report[:CHARTED]), CHARTED)
    return next((chart for chart in found if statistic in (row.statistic for row in chart.rows)), None)


def public_targets(now: datetime) -> QuerySet[Statistic]:
    """The targets that readers may see at a moment, each with all that `ledger` and its row ask of it."""
    related = ("indicator", f"committee__{GOES_BACK_TO}", "conference", "part_of")
    targets = Statistic.objects.public(now).filter(kind=Statistic.Kind.TARGET)
    return targets.with_sentence(now).select_related(*related)


# --- An indicator ------------------------------------------------------------------------------


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

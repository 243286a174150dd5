"""What a reader sees on the page of one figure."""

from dataclasses import dataclass

from django.utils import timezone

from committees import questions
from committees.few import first_of
from committees.lines import bodies, of_bodies
from committees.models import Conference, Statistic
from committees.outline import Row, has_computed, outline
from committees.picturing import PartsChart, SeriesChart, chart_around, parts_charts, pictures
from committees.questions import CHARTED, MANY
from committees.sayings import say
from committees.targets import Entry, closed
from committees.working_out import Step, working_of
from newsroom.publishing import shown


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

"""The pictures of a page: which of its figures are drawn, each with its finding, its words and its way on.

Everything is bounded here: so many charts on a page, so many points in a chart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from committees import charts, findings
from committees.models import Committee, Statistic
from committees.outline import Row, has_computed
from committees.series import Gap, Measure, Point, Series, between, series_of

MOST_CHARTS = 6
MOST_REASONS = 6


@dataclass(frozen=True)
class Shown:
    """One number on a chart: where it stands, the figure it is of, and whether the page is about that one."""

    mark: charts.Mark
    point: Point
    is_own: bool


@dataclass(frozen=True)
class SeriesChart:
    """A series of at least two points, drawn."""

    series: Series  # as far as it is drawn
    drawing: charts.Drawing
    shown: list[Shown]
    title: str
    description: str
    title_is_computed: bool
    is_cut: bool  # whether there are older points than are drawn
    is_behind: bool  # whether there are later ones

    @property
    def latest(self) -> Statistic:
        return self.series.points[-1].statistic

    @property
    def unit(self) -> str:
        """What is counted; empty for a percentage, which says so itself."""
        if self.series.points[-1].measure != Measure.COUNT:
            return ""
        return self.latest.unit_printed or self.latest.indicator.unit

    @property
    def has_computed(self) -> bool:
        return self.title_is_computed or any(point.is_computed for point in self.series.points)


@dataclass(frozen=True)
class Pictures:
    """The charts of some figures, and why those are several series or none."""

    charts: list[SeriesChart]
    apart: list[Gap]
    has_more: bool

    def __bool__(self) -> bool:
        return bool(self.charts or self.apart)


@dataclass(frozen=True)
class PartsChart:
    """Figures that are shares of one whole, drawn on its scale."""

    rows: list[Row]
    title: str

    @property
    def whole(self) -> Decimal | None:
        return self.rows[0].statistic.whole

    @property
    def first(self) -> Statistic:
        return self.rows[0].statistic

    @property
    def is_divided(self) -> bool:
        """Whether the parts that are shown add up to the whole: 71 + 3 + 1 = 75."""
        values = [row.statistic.value for row in self.rows if row.statistic.value != self.whole]
        return len(values) > 1 and sum(value or 0 for value in values) == self.whole

    @property
    def has_computed(self) -> bool:
        return has_computed(self.rows)


def pictures(statistics: Iterable[Statistic], most: int = MOST_CHARTS, of: Committee | None = None) -> Pictures:
    """Return the charts of `statistics`, those of the longest series first; at most `most`.

    Each figure comes with its indicator, its committee and `part_of` fetched. Of those bodies that the committee
    `of` goes back to, only what it goes on itself is drawn.
    """
    found = [series for series in series_of(statistics) if of is None or series.points[-1].statistic.committee == of]
    drawn = sorted((series for series in found if len(series.points) > 1), key=lambda series: -len(series.points))
    return Pictures([_chart(series) for series in drawn[:most]], between(found)[:MOST_REASONS], len(drawn) > most)


def parts_charts(rows: Iterable[Row], most: int = MOST_CHARTS) -> list[PartsChart]:
    """Return charts of those results among `rows` that are shares of a common whole: at least two of each.

    A whole is common where its number, whom it is about, its unit and its period are the same.
    """
    shares = [row for row in rows if row.length is not None and row.statistic.whole and not row.is_target]
    found = []
    for _whole, alike in groupby(sorted(shares, key=_whole_key), key=_whole_key):
        of_it = list(alike)
        if len(of_it) > 1:
            found.append(PartsChart(of_it, findings.of_parts(of_it)))
    found.sort(key=lambda chart: (chart.first.position, chart.first.pk))
    return found[:most]


def _whole_key(row: Row) -> tuple[Any, ...]:
    figure = row.statistic
    return (figure.committee_id, figure.whole, figure.unit_printed, figure.period_label)


def chart_around(statistic: Statistic, statistics: Iterable[Statistic]) -> SeriesChart | None:
    """Return the chart of the series among `statistics` that holds `statistic`, marked in it; None where none does.

    Given are those as for `pictures`; what reports agree on stands for whichever was given first.
    """
    for series in series_of(statistics):
        if len(series.points) > 1 and any(point.statistic == statistic for point in series.points):
            return _chart(series, statistic)
    return None


def _chart(series: Series, own: Statistic | None = None) -> SeriesChart:
    shown = series.latest(charts.MOST_POINTS, own)
    entries = [
        charts.Entry(point.number, findings.short(point), findings.short_period(point.statistic))
        for point in shown.points
    ]
    is_share, place = shown.points[0].measure == Measure.SHARE, None
    if own is not None:
        place = [point.statistic for point in shown.points].index(own)
    drawing = charts.draw(entries, [len(run) for run in shown.runs], is_share=is_share, own=place)
    is_behind = shown.points[-1] != series.points[-1]
    title, is_computed = findings.of_point(shown.points[0]) if is_behind else findings.of_series(shown)
    return SeriesChart(
        series=shown,
        drawing=drawing,
        shown=_shown(drawing.marks, shown.points, own),
        title=title,
        description=findings.description(shown),
        title_is_computed=is_computed,
        is_cut=shown.points[0] != series.points[0],
        is_behind=is_behind,
    )


def _shown(marks: Sequence[charts.Mark], points: Sequence[Point], own: Statistic | None) -> list[Shown]:
    return [Shown(mark, point, point.statistic == own) for mark, point in zip(marks, points, strict=True)]

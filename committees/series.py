"""Which figures may be joined into one series, and why others may not: the one home of that rule.

A line between two points says that the same thing was counted in the same way, and that nothing lies
between them. Reports seldom promise as much, so two figures are joined only where every part of that
can be read from them. Pure decisions over statistics that are already fetched with their `indicator`,
`committee` and `part_of`: this module asks the database nothing.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.lines import Line, lines_of
from committees.models import Statistic
from newsroom.phrases import phrase
from newsroom.vietnamese import day, normalise


class Measure(StrEnum):
    """What the number of a figure is. Numbers of two measures stand on no common scale."""

    COUNT = "count"
    SHARE = "share"  # percent of a whole
    PLAN = "plan"  # percent of a plan, which may pass 100


class Reason(models.TextChoices):
    """Why two figures are not joined. The label is the rest of a sentence that begins with the two."""

    INDICATOR = "indicator", _("they count different things")
    COMMITTEE = "committee", _("they are about different committees")
    SUCCESSOR = "successor", _("one committee followed another, and may be of another size")
    KIND = "kind", _("one is a result, the other a target")
    INSIDE = "inside", _("they are parts of different figures")
    NO_NUMBER = "no_number", _("a report gives a range or a rating there, and no single number")
    MEASURE = "measure", _("one is a count, the other a percentage")
    UNIT = "unit", _("they are counted in different units")
    NO_PERIOD = "no_period", _("the first and last day of a period are not known")
    PERIOD_TYPE = "period_type", _("they speak of different kinds of period")
    BOUND = "bound", _("one is exact, the other a bound or an estimate")
    DISPUTED = "disputed", _("reports give different numbers for one period")
    UNEVEN = "uneven", _("the two periods are not equally long")
    OVERLAP = "overlap", _("the two periods overlap")
    MISSING = "missing", _("no report gives the number of the periods between them")


@dataclass(frozen=True)
class Point:
    """The single number that a figure puts on a scale."""

    statistic: Statistic
    measure: Measure
    number: Decimal  # a count, or a percentage
    is_computed: bool  # whether the newsroom computed it from the value and the whole that are printed


@dataclass(frozen=True)
class Gap:
    """Two neighbours in time between which no line is drawn."""

    before: Statistic
    after: Statistic
    reason: Reason

    def __str__(self) -> str:
        if self.reason in {Reason.COMMITTEE, Reason.SUCCESSOR}:
            first, last = self.before.committee.name, self.after.committee.name
        else:
            first, last = self.before.period_label, self.after.period_label
        both = phrase("%(first)s and %(last)s") % {"first": first, "last": last}
        since = self.after.committee.active_from if self.reason == Reason.SUCCESSOR else None
        if since is not None:
            both = phrase("%(both)s (since %(day)s)") % {"both": both, "day": day(since)}
        if not first or not last or first == last:
            both = first or last or phrase("Without a stated period")
        return phrase("%(both)s: %(why)s.") % {"both": both, "why": self.reason.label}


@dataclass(frozen=True)
class Series:
    """Figures of one indicator, kind, unit, measure and kind of period; the oldest first, at least one.

    They are of one committee, or of it and of those that it goes back to: between two bodies there is always a gap.
    """

    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]  # in the order of time; between all other neighbours there may be a line

    @property
    def runs(self) -> list[list[Point]]:
        """The points, parted at the gaps: within each run neighbours may be joined."""
        ends = {id(gap.before) for gap in self.gaps}
        runs: list[list[Point]] = [[]]
        for point in self.points:
            runs[-1].append(point)
            if id(point.statistic) in ends:
                runs.append([])
        return runs

    def latest(self, number: int, own: Statistic | None = None) -> "Series":
        """Return the series of its last `number` points, with the gaps between those.

        Where `own` is older than they are, it is the first of as many.
        """
        place = next((place for place, point in enumerate(self.points) if point.statistic == own), len(self.points))
        first = min(max(0, len(self.points) - number), place)
        points = self.points[first : first + number]
        shown = {id(point.statistic) for point in points}
        return Series(points, tuple(gap for gap in self.gaps if {id(gap.before), id(gap.after)} <= shown))


def point_of(statistic: Statistic) -> Point | None:
    """Return the number of `statistic`; None for a range, or for a rating without a number.

    What has a whole is a share of it: wholes change from year to year, and counts would mislead.
    """
    if statistic.comparator == Statistic.Comparator.RANGE:
        return None
    if statistic.value is not None and statistic.whole is None:
        return Point(statistic, Measure.COUNT, statistic.value, False)
    if statistic.percent is not None:
        return Point(statistic, Measure.SHARE, statistic.percent, False)
    if statistic.computed_percent is not None:
        return Point(statistic, Measure.SHARE, statistic.computed_percent, True)
    if statistic.plan_percent is not None and statistic.value is None:
        return Point(statistic, Measure.PLAN, statistic.plan_percent, False)
    return None


def series_of(statistics: Iterable[Statistic]) -> list[Series]:
    """Return `statistics` as series, in the order of the first of each that was given.

    Figures without a single number or without the days of their period are in none: `left_out` tells them.
    Where several reports agree on a period, the figure that was given first stands for all. A committee goes on
    what its predecessor began, where no other committee among those given does.
    """
    alike: dict[tuple[object, ...], dict[tuple[object, ...], Point]] = {}
    silent = []
    given = list(statistics)
    lines = lines_of(statistic.committee for statistic in given)
    for statistic in given:
        point = point_of(statistic)
        if point is None or not _has_period(statistic):
            silent.append(statistic)
        else:
            # Reports that say the same of the same period are one point: the first of them.
            alike.setdefault(_nature(statistic, lines), {}).setdefault(_told(point), point)
    order = _order(lines)
    groups = (sorted(group.values(), key=lambda point: order(point.statistic)) for group in alike.values())
    return [_series(group, silent) for group in groups]


def left_out(statistics: Iterable[Statistic]) -> list[tuple[Statistic, Reason]]:
    """Return those of `statistics` that no series can hold, each with the reason: no number, or no period."""
    out = []
    for statistic in statistics:
        if point_of(statistic) is None:
            out.append((statistic, Reason.NO_NUMBER))
        elif not _has_period(statistic):
            out.append((statistic, Reason.NO_PERIOD))
    return out


def between(series: Iterable[Series]) -> list[Gap]:
    """Return why neighbours among `series` are series of their own; each reason once."""
    gaps: dict[Reason, Gap] = {}
    for one, other in pairwise(series):
        first, last = sorted((one.points[-1].statistic, other.points[0].statistic), key=_time)
        reason = _why_unlike(first, last)
        if reason is not None:
            gaps.setdefault(reason, Gap(first, last, reason))
    return list(gaps.values())


# --- What makes two figures unlike, whenever they are ------------------------------------------


def _why_unlike(one: Statistic, other: Statistic) -> Reason | None:
    """Return why no series of one committee can hold both; None where one can."""
    for of, reason, missing in _SHARED:
        this, that = of(one), of(other)
        if missing is not None and None in (this, that):
            return missing
        if this != that:
            return Reason.SUCCESSOR if reason == Reason.COMMITTEE and _has_followed(one, other) else reason
    return None


def _nature(statistic: Statistic, lines: Mapping[int, Line]) -> tuple[object, ...]:
    """Return what is equal for two figures with a number and a period where a series of `lines` can hold both."""
    return lines[statistic.committee_id].first, *[of(statistic) for of in _SHARED_WITHIN_A_LINE]


def _has_followed(one: Statistic, other: Statistic) -> bool:
    followed = {
        (one.committee.predecessor_id, other.committee_id),
        (other.committee.predecessor_id, one.committee_id),
    }
    return any(before is not None and before == after for before, after in followed)


def _measure(statistic: Statistic) -> Measure | None:
    point = point_of(statistic)
    return None if point is None else point.measure


def inside(statistic: Statistic) -> int | None:
    """What a part is a part of: 14/71 inside of 71/75 is another share than 14/75."""
    return statistic.part_of.indicator_id if statistic.part_of is not None else None


def _unit(statistic: Statistic) -> str:
    """The unit as printed, or else the indicator's. Two printings of one unit are two units: nobody has said so."""
    return _folded(statistic.unit_printed or statistic.indicator.unit)


@lru_cache(maxsize=1000)
def _folded(unit: str) -> str:
    return " ".join(normalise(unit).casefold().split())


def _kind_of_period(statistic: Statistic) -> tuple[object, ...] | None:
    return (statistic.period_type, _months(statistic)) if _has_period(statistic) else None


def _days(statistic: Statistic) -> tuple[date, date]:
    assert statistic.period_starts_on is not None
    assert statistic.period_ends_on is not None
    return statistic.period_starts_on, statistic.period_ends_on


def _has_period(statistic: Statistic) -> bool:
    return bool(statistic.period_type and statistic.period_starts_on and statistic.period_ends_on)


def _months(statistic: Statistic) -> tuple[int, int, int] | None:
    """Which months “9 tháng đầu năm” are: only the same months of another year are the same kind of period."""
    if statistic.period_type != Statistic.Type.MONTHS:
        return None
    first, last = _days(statistic)
    return first.month, last.month, last.year - first.year


# What the figures of one series have in common, in the order in which a difference is looked for. With each stands the
# reason that tells of a difference, and, where a figure may lack it, the one that tells of that.
_SHARED: tuple[tuple[Callable[[Statistic], object], Reason, Reason | None], ...] = (
    (attrgetter("indicator_id"), Reason.INDICATOR, None),
    (attrgetter("committee_id"), Reason.COMMITTEE, None),
    (attrgetter("kind"), Reason.KIND, None),
    (inside, Reason.INSIDE, None),
    (_measure, Reason.MEASURE, Reason.NO_NUMBER),
    (_unit, Reason.UNIT, None),
    (_kind_of_period, Reason.PERIOD_TYPE, Reason.NO_PERIOD),
)
_SHARED_WITHIN_A_LINE = [of for of, reason, _missing in _SHARED if reason != Reason.COMMITTEE]


# --- What parts two figures that are alike -----------------------------------------------------


def _time(statistic: Statistic) -> tuple[date, date]:
    return statistic.period_starts_on or date.min, statistic.period_ends_on or date.max


def _order(lines: Mapping[int, Line]) -> Callable[[Statistic], tuple[date, date, int]]:
    """The order of time; of one period, what the older body told comes first."""
    return lambda statistic: (*_time(statistic), lines[statistic.committee_id].generation)


def _why_not_neighbours(before: Statistic, after: Statistic) -> Reason | None:
    if before.committee_id != after.committee_id:
        return Reason.SUCCESSOR
    (begun, ended), (begins, ends) = _days(before), _days(after)
    if (begun, ended) == (begins, ends):
        return Reason.DISPUTED
    if before.comparator != after.comparator:
        return Reason.BOUND
    if begins <= ended:
        return Reason.OVERLAP
    if before.period_type == Statistic.Type.MONTHS:
        return None if begins.year == begun.year + 1 else Reason.MISSING
    if begins.toordinal() != ended.toordinal() + 1:
        return Reason.MISSING
    return None if _span(begun, ended) == _span(begins, ends) else Reason.UNEVEN


def _span(first: date, last: date) -> tuple[str, int]:
    """How long a period is: in months where it holds whole ones, else in days."""
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return "months", (last.year - first.year) * 12 + last.month - first.month
    return "days", last.toordinal() - first.toordinal()


def _told(point: Point) -> tuple[object, ...]:
    statistic = point.statistic
    return statistic.committee_id, _time(statistic), point.number, statistic.comparator


def _series(points: list[Point], silent: list[Statistic]) -> Series:
    """Return the series of `points`, which are alike and in order, with its gaps."""
    times = Counter(_when(point.statistic) for point in points)
    gaps = []
    for before, after in pairwise(point.statistic for point in points):
        reason = _why_not_neighbours(before, after)
        if reason != Reason.SUCCESSOR and max(times[_when(before)], times[_when(after)]) > 1:
            reason = Reason.DISPUTED
        elif reason == Reason.MISSING and any(_lies_between(before, told, after) for told in silent):
            reason = Reason.NO_NUMBER
        if reason is not None:
            gaps.append(Gap(before, after, reason))
    return Series(tuple(points), tuple(gaps))


def _when(statistic: Statistic) -> tuple[int, tuple[date, date]]:
    return statistic.committee_id, _time(statistic)


def _lies_between(before: Statistic, told: Statistic, after: Statistic) -> bool:
    """Whether a report speaks of a period between two others, though it gives no single number."""
    if _why_unlike(before, told) != Reason.NO_NUMBER or told.period_type != before.period_type:
        return False
    return _has_period(told) and _days(before)[1] < _days(told)[0] and _days(told)[1] < _days(after)[0]

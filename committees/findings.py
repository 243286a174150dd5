"""What a chart finds, in words made from its figures: never more than they say.

Highest and lowest are read from what is printed. A change is computed by the newsroom, only between two
neighbours that a series joins, at the precision that both are printed with; it bears an asterisk.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import ngettext

from committees.models import Statistic
from committees.outline import Row
from committees.series import Measure, Point, Reason, Series
from newsroom.phrases import phrase as _
from newsroom.vietnamese import number, roman

# Where one of these parts the points, comparing them all would compare what is not alike.
_NOT_COMPARED = {Reason.SUCCESSOR, Reason.DISPUTED, Reason.BOUND, Reason.UNEVEN, Reason.OVERLAP}
_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈", "~<": "≲"}


def short(point: Point) -> str:
    """Return the number of a point as a mark on a chart prints it: "147", "94,67%", "≥120", "20,25%*"."""
    sign = _SIGNS.get(point.statistic.comparator, "")
    if point.measure == Measure.COUNT:
        return f"{sign}{number(point.number)}"
    return f"{sign}{number(point.number, _places(point))}%{'*' if point.is_computed else ''}"


def short_period(statistic: Statistic) -> tuple[str, ...]:
    """Return a period in one or two lines that fit under a column: ("2022",), ("Quý I", "2022"), ("2015–", "2020")."""
    first, last = statistic.period_starts_on, statistic.period_ends_on
    if first is None or last is None:
        return (statistic.period_label[:8],)
    match statistic.period_type:
        case Statistic.Type.YEAR if first.year == last.year:
            return (str(first.year),)
        case Statistic.Type.QUARTER:
            return _("Q %(number)s") % {"number": roman((last.month + 2) // 3)}, str(last.year)
        case Statistic.Type.HALF | Statistic.Type.MONTHS if first.year == last.year:
            return _("m. %(first)s–%(last)s") % {"first": first.month, "last": last.month}, str(last.year)
    return f"{first.year}–", str(last.year)


def of_series(series: Series) -> tuple[str, bool]:
    """Return the title of a chart of `series`, and whether it says something that the newsroom computed."""
    last = series.points[-1]
    run = series.runs[-1]
    if len(run) > 1:
        change = _change(run[-2], last)
        if change is not None:
            return change
    compared = _extremes(series)
    if compared:
        return compared, False
    return _("Latest: %(number)s (%(period)s)") % {**_said(last), "period": _within(last)}, last.is_computed


def of_point(point: Point) -> tuple[str, bool]:
    """Return the title of a chart that ends before its series does, from the point that it is about."""
    return _("%(period)s: %(number)s") % _said(point), point.is_computed


def description(series: Series) -> str:
    """Return what a chart of `series` shows, for whoever does not see it: every number, then what parts them."""
    numbers = [_("%(period)s: %(number)s") % _said(point) for point in series.points]
    extremes = _extremes(series)
    sentences = ["; ".join(numbers) + ".", f"{extremes}." if extremes else "", *map(str, series.gaps)]
    return " ".join(sentence for sentence in sentences if sentence)


def of_parts(rows: Sequence[Row]) -> str:
    """Return the title of a chart of the parts of one whole: which of them is the largest, if one is."""
    parts = [row for row in rows if row.length is not None and row.statistic.value != row.statistic.whole]
    longest = max((row.length for row in parts if row.length is not None), default=None)
    largest = [row for row in parts if row.length == longest]
    if len(largest) != 1 or len(parts) < 2:
        return ngettext("%(number)s share of one whole", "%(number)s shares of one whole", len(rows)) % {
            "number": len(rows)
        }
    statistic = largest[0].statistic
    return _("Largest: %(label)s, %(figure)s") % {"label": statistic.label, "figure": statistic.figure}


# --- Words for points --------------------------------------------------------------------------


def _places(point: Point) -> int | None:
    return 2 if point.is_computed else point.statistic.percent_places


def _period(point: Point) -> str:
    return point.statistic.period_label or " ".join(short_period(point.statistic))


def _within(point: Point) -> str:
    """The period of a point within a sentence, where what is no name begins small: "so với năm 2021"."""
    period = _period(point)
    return period[0].lower() + period[1:] if period.startswith(_NO_NAMES) else period


_NO_NAMES = ("Năm ", "Quý ", "Tháng ", "Giai đoạn ", "Nhiệm kỳ ", "Đầu ", "Cuối ", "Nửa ")


def _said(point: Point) -> dict[str, str]:
    is_exact = point.statistic.comparator == Statistic.Comparator.EQUAL
    return {"number": short(point) if is_exact else point.statistic.figure, "period": _period(point)}


def _extremes(series: Series) -> str:
    """The highest and the lowest of a series; empty where they are not alike enough, or not the only ones."""
    points = series.points
    if len(points) < 2 or any(gap.reason in _NOT_COMPARED for gap in series.gaps):
        return ""
    if any(point.statistic.comparator != Statistic.Comparator.EQUAL for point in points):
        return ""
    numbers = [point.number for point in points]
    high, low = max(numbers), min(numbers)
    if numbers.count(high) > 1 or numbers.count(low) > 1:
        return ""
    highest, lowest = points[numbers.index(high)], points[numbers.index(low)]
    return _("Highest: %(high)s (%(high_period)s); lowest: %(low)s (%(low_period)s)") % {
        "high": short(highest),
        "high_period": _within(highest),
        "low": short(lowest),
        "low_period": _within(lowest),
    }


def _change(before: Point, after: Point) -> tuple[str, bool] | None:
    """What changed between two joined points; None where the precision that is printed does not tell."""
    if {before.statistic.comparator, after.statistic.comparator} != {Statistic.Comparator.EQUAL.value}:
        return None
    said = {"number": short(after), "period": _period(after), "before": _within(before)}
    change = after.number - before.number
    if not change:
        computed = before.is_computed or after.is_computed
        return _("%(period)s: %(number)s, as in %(before)s") % said, computed
    if after.measure == Measure.COUNT:
        by = number(abs(change))
    else:
        places = min(_precision(before), _precision(after))
        change = change.quantize(Decimal(1).scaleb(-places))
        if not change:
            return None
        points = {"number": number(abs(change), places)}
        by = _("%(number)s percentage points") % points
    said["change"] = by
    if change > 0:
        return _("%(period)s: %(number)s, up %(change)s* on %(before)s") % said, True
    return _("%(period)s: %(number)s, down %(change)s* on %(before)s") % said, True


def _precision(point: Point) -> int:
    """How many decimal places of a percentage are known."""
    places = _places(point)
    if places is not None:
        return places
    exponent = point.number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

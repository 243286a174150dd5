"""How a published figure is worked out: its share, what remains, what it adds up with, the whole behind it.

Every step is computed when asked, from numbers that reports print, and says so; none is kept. The arithmetic is the
number engine's (`committees.figures.computing`): exact, a half rounded up, at the precision that is printed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import ngettext

from committees.figures import computing
from committees.figures.computing import Interval
from committees.models import Statistic
from newsroom.phrases import phrase as _
from newsroom.vietnamese import number

PLACES = 2  # of what the newsroom computes
MOST_BESIDE = 240


@dataclass(frozen=True)
class Step:
    """One step as a reader reads it. `is_ours`: its result stands in no report."""

    words: str
    is_ours: bool


def working_of(statistic: Statistic, neighbours: Iterable[Statistic] = ()) -> list[Step]:
    """Return how `statistic` is worked out; an empty list where it is a bare number that nothing is computed from.

    neighbours: the other figures of its report, with their indicators fetched, as far as readers see them. Asks
    the database nothing else than the indicator of `statistic`, if that is not fetched.
    """
    others = [other for other in neighbours if other.pk != statistic.pk]
    if statistic.comparator != Statistic.Comparator.EQUAL:
        return []
    return [*_share(statistic), *_inside(statistic, others), *_added(statistic, others), *_wholes(statistic, others)]


def beside(statistic: Statistic, figures: QuerySet[Statistic]) -> QuerySet[Statistic]:
    """Return those of `figures` that stand beside `statistic` in its report, with their indicators."""
    same = figures.filter(conference=statistic.conference_id, committee=statistic.committee_id)
    return same.select_related("indicator").order_by("-published_at", "pk")[:MOST_BESIDE]


def _share(figure: Statistic) -> Iterator[Step]:
    value, whole = figure.value, figure.whole
    if value is None or whole is None or not whole or not computing.is_computable(value, whole):
        return
    places = PLACES if figure.percent is None or figure.percent_places is None else figure.percent_places
    right = computing.rounded_share(value, whole, places)
    exact = computing.share(value, whole)
    said = {
        "value": number(value),
        "whole": number(whole),
        "exact": number(computing.rounded(exact, places + 2), places + 2),
        "rounded": f"{number(right, places)}%",
        "printed": figure.share,
    }
    if value != whole or figure.percent is not None:
        if exact == Fraction(right):
            words = _("%(value)s ÷ %(whole)s × 100 = %(rounded)s.") % said
        else:
            words = _("%(value)s ÷ %(whole)s × 100 = %(exact)s…, rounded: %(rounded)s.") % said
        if figure.percent is not None:
            if computing.agrees(value, whole, figure.percent, places):
                words += " " + _("The report prints %(printed)s: it agrees.") % said
            else:
                words += " " + _("The report prints %(printed)s: it does not agree.") % said
        yield Step(words, is_ours=figure.percent is None)
    if figure.kind == Statistic.Kind.RESULT and value < whole:
        said["rest"] = number(computing.remainder(whole, [value]))
        yield Step(_("%(whole)s − %(value)s = %(rest)s: what remains of the whole.") % said, is_ours=True)


def _inside(figure: Statistic, others: Sequence[Statistic]) -> Iterator[Step]:
    """“Trong đó”: what the figure is inside of, and its share of the whole of that."""
    above = next((other for other in others if other.pk == figure.part_of_id), None)
    if above is None or figure.value is None or above.value is None:
        return
    said = {"value": number(figure.value), "above": number(above.value), "label": above.label}
    yield Step(_("%(value)s is inside the %(above)s (%(label)s): it is not added to them.") % said, is_ours=False)
    if above.whole and above.whole not in (figure.whole, above.value) and figure.value <= above.whole:
        share = computing.rounded_share(figure.value, above.whole, PLACES)
        said |= {"whole": number(above.whole), "share": f"{number(share, PLACES)}%"}
        yield Step(_("Of all %(whole)s it is %(share)s: %(value)s ÷ %(whole)s × 100.") % said, is_ours=True)


def _added(figure: Statistic, others: Sequence[Statistic]) -> Iterator[Step]:
    """Parts that divide the whole of the figure: 71 + 3 + 1 = 75. They are found, not kept."""
    if not figure.whole or figure.value is None or figure.value == figure.whole or figure.part_of_id:
        return
    alike = [figure, *(other for other in others if _is_of_one_whole(figure, other))]
    alike.sort(key=lambda other: (other.position, other.pk or 0))
    values = [other.value for other in alike if other.value is not None]
    if len(values) > 1 and sum(values) == figure.whole:
        said = {"sum": " + ".join(map(number, values)), "whole": number(figure.whole)}
        yield Step(_("%(sum)s = %(whole)s: the parts add up to the whole.") % said, is_ours=False)


def _is_of_one_whole(figure: Statistic, other: Statistic) -> bool:
    return (
        (other.committee_id, other.whole, other.period_label, other.kind, other.comparator)
        == (figure.committee_id, figure.whole, figure.period_label, figure.kind, figure.comparator)
        and other.part_of_id is None
        and other.value not in (None, other.whole)
        and other.unit_printed == figure.unit_printed
    )


# --- Wholes that no report prints --------------------------------------------------------------


def _wholes(figure: Statistic, others: Sequence[Statistic]) -> Iterator[Step]:
    if figure.value is not None and figure.value and figure.whole is None:
        if figure.percent:
            found = computing.wholes_of(figure.value, figure.percent, figure.percent_places or 0)
            yield from _told(figure.value, figure.share, found)
        elif figure.plan_percent:
            places = _places(figure.plan_percent)
            found = computing.wholes_of(figure.value, figure.plan_percent, places, is_plan=True)
            yield from _told(figure.value, f"{number(figure.plan_percent)}%", found)
    elif figure.percent and figure.value is None:
        yield from _of_those_rated(figure, others)


def _of_those_rated(figure: Statistic, others: Sequence[Statistic]) -> Iterator[Step]:
    """How many there are in all, from how many were rated (the whole of their ratings) and the share they are.

    98,06 % rated, and ratings out of 6.110: then 6.110 is 98,06 % of all, and 6.231 alone are so many.
    """
    subject, _dot, rest = figure.indicator.code.rpartition(".")
    if rest not in ("assessed", "not_assessed") or not subject.startswith("rating."):
        return
    same = [other for other in others if _is_beside(figure, other)]
    wholes = {other.whole for other in same if other.whole and other.indicator.code.rpartition(".")[0] == subject
              and other.indicator.code.rpartition(".")[2] in ("good", "done", "failed")}  # fmt: skip
    rated = figure if rest == "assessed" else _first(same, f"{subject}.assessed")
    if len(wholes) != 1 or rated is None or not rated.percent or rated.value is not None:
        return
    (count,) = wholes
    found = computing.wholes_of(count, rated.percent, rated.percent_places or 0)
    yield from _told(count, rated.share, found)
    if rest == "not_assessed" and found.only is not None:
        said = {"all": number(found.only), "rated": number(count), "rest": number(found.only - count)}
        yield Step(_("%(all)s − %(rated)s = %(rest)s were not rated.") % said, is_ours=True)


def _is_beside(figure: Statistic, other: Statistic) -> bool:
    return (other.committee_id, other.period_label, other.kind) == (
        figure.committee_id,
        figure.period_label,
        figure.kind,
    )


def _first(statistics: Iterable[Statistic], code: str) -> Statistic | None:
    return next((statistic for statistic in statistics if statistic.indicator.code == code), None)


def _places(percent: Decimal) -> int:
    exponent = percent.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _told(part: Decimal, share: str, found: Interval) -> Iterator[Step]:
    """Say which wholes fit: one, some, or none that is worth telling."""
    said = {"part": number(part), "share": share}
    if found.only is not None:
        said["whole"] = number(found.only)
        words = _("%(part)s is %(share)s of %(whole)s: no other whole number fits.") % said
        yield Step(words, is_ours=True)
    elif found and found.high is not None:
        several = found.high - found.low + 1
        said |= {"low": number(found.low), "high": number(found.high), "several": number(several)}
        words = ngettext(
            "%(part)s is %(share)s of a whole from %(low)s to %(high)s: %(several)s whole number fits.",
            "%(part)s is %(share)s of a whole from %(low)s to %(high)s: %(several)s whole numbers fit.",
            several,
        )
        yield Step(words % said, is_ours=True)

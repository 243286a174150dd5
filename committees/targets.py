"""What became of a target (chỉ tiêu): what closes it, and what that says of it. The one home of that rule.

A target is closed only by a later result of the same indicator, of the same committee or of the body that goes
it on, whose period covers the target's. What a report aims at for 2021 is never closed by what it tells of 2020.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.lines import Line, lines_of
from committees.models import Committee, Statistic
from committees.models.statistic import Rating
from committees.series import Measure, inside

MOST_CLOSING = 12  # results that are looked at for one target


class Standing(models.TextChoices):
    """What became of a target."""

    REACHED = "reached", _("Reached")
    MISSED = "missed", _("Not reached")
    OPEN = "open", _("No figures yet")


@dataclass(frozen=True)
class Entry:
    """A target of the ledger, with the result that closes it: None while none does.

    A result may be there and decide nothing: "nearly 400" says no more of "400 or more" than that it is near.
    """

    target: Statistic
    result: Statistic | None
    standing: Standing


def ledger(targets: Iterable[Statistic], followers: Iterable[Committee] | None = None) -> list[Entry]:
    """Return `targets` in their order, each with what became of it. Two queries, none where there are no targets.

    Targets come with their conference, and with their committee and what it goes back to. Where the bodies that
    follow those committees are known (`followers`, as `following` returns them), it is one query less.
    """
    asked = list(targets)
    if not asked:
        return []
    committees = {target.committee_id: target.committee for target in asked}
    after = following(committees.values()) if followers is None else followers
    lines = lines_of([*committees.values(), *after])
    closing = list(_candidates(asked, lines)) if any(map(_has_days, asked)) else []
    return [_entry(target, closing, lines) for target in asked]


def following(committees: Iterable[Committee]) -> list[Committee]:
    """Return the bodies that follow `committees`, and those that follow them, by name. One query."""
    keys = [committee.pk for committee in committees]
    after = Q(predecessor__in=keys) | Q(predecessor__predecessor__in=keys)
    found = Committee.objects.filter(after).exclude(pk__in=keys).select_related("predecessor__predecessor")
    return list(found.order_by("sort_key", "pk")[: MOST_CLOSING * len(keys)])


# --- What may close a target -------------------------------------------------------------------


def _candidates(targets: Sequence[Statistic], lines: Mapping[int, Line]) -> models.QuerySet[Statistic]:
    """Return the public results that cover the period of one of `targets`, of its indicator and its line. One query."""
    covering = Q(pk__in=())
    for target in targets:
        if _has_days(target):
            covering |= Q(
                indicator=target.indicator_id,
                committee__in=[pk for pk in lines if _goes_on(target.committee_id, pk, lines)],
                period_starts_on__lte=target.period_starts_on,
                period_ends_on__gte=target.period_ends_on,
            )
    found = Statistic.objects.public().filter(covering, kind=Statistic.Kind.RESULT).with_sentence()
    related = found.select_related("committee", "conference", "indicator", "part_of")
    return related.order_by("-published_at", "-pk")[: MOST_CLOSING * len(targets)]


def _goes_on(committee: int, other: int, lines: Mapping[int, Line]) -> bool:
    """Return whether `other` is the committee, or the body that goes it on."""
    one, another = lines[committee], lines[other]
    return one.first == another.first and another.generation >= one.generation


def _entry(target: Statistic, results: Iterable[Statistic], lines: Mapping[int, Line]) -> Entry:
    closing = [result for result in results if _closes(target, result, lines)]
    if not closing:
        return Entry(target, None, Standing.OPEN)
    best = max(closing, key=lambda result: (_days(result) == _days(target), _told_on(result), result.pk or 0))
    return Entry(target, best, standing(target, best))


def _closes(target: Statistic, result: Statistic, lines: Mapping[int, Line]) -> bool:
    """Return whether `result` says something of `target`; a count only of the very same days."""
    if result.kind != Statistic.Kind.RESULT or result.indicator_id != target.indicator_id:
        return False
    if result.committee_id not in lines or not _goes_on(target.committee_id, result.committee_id, lines):
        return False
    if inside(result) != inside(target) or not _has_days(target) or not _has_days(result):
        return False
    measure = _measure(target)
    if measure is None or _known(result, measure) is None or _told_on(result) <= _told_on(target):
        return False
    (starts, ends), (begins, stops) = _days(target), _days(result)
    if measure == Measure.COUNT:
        return (starts, ends) == (begins, stops)
    return begins <= starts and ends <= stops


def _has_days(statistic: Statistic) -> bool:
    return statistic.period_starts_on is not None and statistic.period_ends_on is not None


def _days(statistic: Statistic) -> tuple[date, date]:
    return statistic.period_starts_on or date.min, statistic.period_ends_on or date.max


def _told_on(statistic: Statistic) -> date:
    """The day on which it was told: that of its conference, or else that of its publication."""
    if statistic.conference is not None and statistic.conference.held_on is not None:
        return statistic.conference.held_on
    return timezone.localdate(statistic.published_at) if statistic.published_at else date.min


# --- What a result says of a target ------------------------------------------------------------

_LEVEL = "level"
_RANKS = {Rating.FAILED: 0, Rating.DONE: 1, Rating.GOOD: 2, Rating.EXCELLENT: 3}


@dataclass(frozen=True)
class _Reach:
    """Between which numbers a result lies, as far as it says; whether the ends are themselves left out."""

    low: Decimal | None
    high: Decimal | None
    is_open: bool = False
    is_about: bool = False


def standing(target: Statistic, result: Statistic) -> Standing:
    """Return what `result`, which closes `target`, says of it.

    A target without a comparator is at least that much: whoever admits 147 members reached "kết nạp 120". Where less
    is better the report says so ("dưới", "không quá"). A bound or an estimate that leaves it open decides nothing.
    """
    measure = _measure(target)
    reach, aim = _known(result, measure or ""), _number(target, measure or "")
    if reach is None or aim is None:
        return Standing.OPEN
    if reach.is_about and reach.low == aim:
        return Standing.OPEN
    low, high = reach.low, reach.high
    if target.comparator in ("<", "<="):
        aim, low, high = -aim, *(None if end is None else -end for end in (high, low))
    is_beyond = target.comparator in ("<", ">")
    if low is not None and (low > aim or (low == aim and (reach.is_open or not is_beyond))):
        return Standing.REACHED
    if high is not None and (high < aim or (high == aim and (reach.is_open or is_beyond))):
        return Standing.MISSED
    return Standing.OPEN


def _measure(target: Statistic) -> str | None:
    if target.percent is not None or target.computed_percent is not None:
        return Measure.SHARE
    if target.value is not None:
        return Measure.COUNT
    if target.plan_percent is not None:
        return Measure.PLAN
    return _LEVEL if target.level else None


def _number(statistic: Statistic, measure: str) -> Decimal | None:
    if measure == Measure.SHARE:
        return statistic.percent if statistic.percent is not None else statistic.computed_percent
    if measure == Measure.PLAN:
        return statistic.plan_percent
    if measure == _LEVEL:
        return Decimal(_RANKS[Rating(statistic.level)]) if statistic.level else None
    return statistic.value


def _known(result: Statistic, measure: str) -> _Reach | None:
    """Return between which numbers `result` lies in the measure of a target; None where it says nothing in it."""
    number = _number(result, measure)
    if number is None:
        return None
    match result.comparator:
        case ">" | ">=" as sign:
            return _Reach(number, None, is_open=sign == ">")
        case "<" | "<=" | "~<" as sign:
            return _Reach(None, number, is_open=sign != "<=")
        case "range":
            return _Reach(number, result.value_max if measure == Measure.COUNT else number)
    return _Reach(number, number, is_about=result.comparator == "~")


def figures_of(entries: Iterable[Entry]) -> Iterator[Statistic]:
    """Yield the targets and the results of `entries`."""
    for entry in entries:
        yield entry.target
        if entry.result is not None:
            yield entry.result

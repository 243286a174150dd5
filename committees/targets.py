"""What became of a target (chỉ tiêu): what closes it, and what that says of it. The one home of that rule.

A target is closed only by a later result of the same indicator, of the same committee or of the body that goes
it on, whose period covers the target's. What a report aims at for 2021 is never closed by what it tells of 2020.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees import questions
from committees.lines import GOES_BACK_TO, Line, lines_of
from committees.models import Committee, Conference, Statistic
from committees.models.statistic import Rating
from committees.sayings import say
from committees.series import Measure, inside
from newsroom.bundles import instances, moment
from newsroom.compiled import filled
from newsroom.pagecache.reading import depending

AT_ONCE = 12  # targets that are asked for in one step


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


def public_targets(now: datetime) -> QuerySet[Statistic]:
    """The targets that readers may see at a moment, each with all that `ledger` and its row ask of it."""
    related = ("indicator", f"committee__{GOES_BACK_TO}", "conference", "part_of")
    targets = Statistic.objects.public(now).filter(kind=Statistic.Kind.TARGET)
    return targets.with_sentence(now).select_related(*related)


def ledger(targets: Iterable[Statistic]) -> list[Entry]:
    """Return `targets` in their order, each with what became of it, their results with the sentences they stand in.

    Two queries, none where there are no targets, which come as for `closed`.
    """
    entries = closed(targets)
    say(entry.result for entry in entries if entry.result is not None)
    return entries


def closed(targets: Iterable[Statistic]) -> list[Entry]:
    """Return `targets` in their order, each with what became of it. One query, none where there are no targets.

    Targets come with their conference, and with their committee and what it goes back to. Of a result there is what
    a page prints of it.
    """
    asked = list(targets)
    keys = filled((target.pk for target in asked), AT_ONCE)
    committees = {target.committee_id: target.committee for target in asked}
    with depending() as depends:
        found = {row[0]: row[1:] for row in questions.closing(timezone.now(), *keys)} if keys else {}
        for *_told, after, later in found.values():
            # A body that a target is of is known better: with what it goes back to.
            committees = {body.pk: body for body in instances(Committee, [*after, *later])} | committees
        depends(Statistic, "id", set(keys))
        depends(Statistic, "committee_id", committees)
        depends(Committee, "predecessor_id", committees)
    lines = lines_of(committees.values())
    return [_entry(target, _results(found.get(target.pk, ()), target, committees), lines) for target in asked]


# --- What may close a target -------------------------------------------------------------------


def _results(found: Sequence[Any], target: Statistic, committees: Mapping[int, Committee]) -> Iterator[Statistic]:
    """Yield what `committees.questions.closing` found for `target` as figures: those of its very days first.

    Of these the latest told comes first, and so of the others. What was told no later than it would close nothing, and
    mostly the very first does: of the rest no figures are made.
    """
    days = [day and day.isoformat() for day in (target.period_starts_on, target.period_ends_on)]
    told_on, ranked = _told_on(target), []
    for row in chain.from_iterable(found[:-2]):
        held_on = row["conference__held_on"]
        told = _told(date.fromisoformat(held_on) if held_on else None, moment(row["published_at"]))
        if told > told_on:
            is_exact = [row["period_starts_on"], row["period_ends_on"]] == days
            ranked.append(((is_exact, told, row["id"]), row))
    for _rank, row in sorted(ranked, key=itemgetter(0), reverse=True):
        (result,) = instances(Statistic, [row])
        result.committee = committees[result.committee_id]
        # Most are a part of nothing: none is made of nothing.
        result.part_of = instances(Statistic, [row], "part_of__")[0] if row["part_of__id"] else None
        result.conference = instances(Conference, [row], "conference__")[0] if row["conference__id"] else None
        yield result


def _goes_on(committee: int, other: int, lines: Mapping[int, Line]) -> bool:
    """Return whether `other` is the committee, or the body that goes it on."""
    one, another = lines[committee], lines[other]
    return one.first == another.first and another.generation >= one.generation


def _entry(target: Statistic, results: Iterable[Statistic], lines: Mapping[int, Line]) -> Entry:
    """Return what became of `target`: by the first of `results` that closes it."""
    best = next((result for result in results if _closes(target, result, lines)), None)
    return Entry(target, best, Standing.OPEN if best is None else standing(target, best))


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
    held_on = statistic.conference.held_on if statistic.conference is not None else None
    return _told(held_on, statistic.published_at)


def _told(held_on: date | None, published_at: datetime | None) -> date:
    """The day on which a figure was told: that of its conference, or else that of its publication."""
    return held_on or (timezone.localdate(published_at) if published_at else date.min)


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

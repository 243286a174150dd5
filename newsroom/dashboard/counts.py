"""What was counted of visits: in a period, in those it is held against, and step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from django.db.models import Min, Q, Sum

from newsroom.dashboard.keys import PREFIXES, what
from newsroom.dashboard.periods import Kind, Period, Span
from newsroom.visits.models import SITE, VisitAdjustment, VisitDay

SMALL = 30  # below so many a percentage says more than the numbers do
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Comparison:
    """A number of visits beside that of other days; `before` is None where those were not counted."""

    now: int
    before: int | None
    days: Span  # which it is held against
    is_unfinished: bool = False  # whether a day that is not over stands against a whole one

    @property
    def difference(self) -> int:
        return self.now - (self.before or 0)

    @property
    def percent(self) -> Decimal | None:
        """By how much it is more, or less; None where so small a base would make much of little."""
        if self.before is None or self.before < SMALL:
            return None
        return Decimal(100 * self.difference) / self.before

    @property
    def reached(self) -> int | None:
        """How much of the whole day has come together so far, in percent; None as above."""
        return 100 * self.now // self.before if self.before and self.before >= SMALL else None


@dataclass(frozen=True)
class Tally:
    """The visits of a period, and what they are held against: full days beside as many."""

    period: Period
    count: int
    comparisons: list[Comparison]
    compared: Span | None = None  # of which days the comparisons speak, where they are not all of the period
    counted_since: date | None = None  # where that began within the period, which then is no match for a whole one


@dataclass(frozen=True)
class Step:
    """What one column stands for; `count` is None where nothing can have been counted."""

    period: Period
    count: int | None
    before: int | None  # the same step of the period before, where there is one
    is_running: bool
    is_chosen: bool


@dataclass(frozen=True)
class Counts:
    """The visits of each day that one dashboard speaks of, and since when there are any."""

    days: Mapping[date, int]
    since: date | None
    today: date

    @classmethod
    def around(cls, day: date, today: date) -> "Counts":
        """Return what is needed for the periods that `day` lies in. Two queries, of two years and some weeks."""
        year = Period.of(Kind.YEAR, day)
        weeks = year.steps(Kind.WEEK)
        first, last = min(weeks[0].a_year_before.first, year.before.first), weeks[-1].last
        since = VisitDay.objects.filter(key=SITE).aggregate(since=Min("on"))["since"]
        return cls(VisitDay.objects.over_time(first, min(last, today)), since, today)

    def sum(self, span: Span) -> int | None:
        """Return how many were counted on the days of `span`; None where counting began later, or will."""
        if self.since is None or span.first < self.since or span.first > self.today:
            return None
        return sum(count for day, count in self.days.items() if day in span)

    def tally(self, period: Period) -> Tally:
        """Return the visits of `period` beside those of the period before and of a year before."""
        count = sum(number for day, number in self.days.items() if day in period)
        if self.since is None:
            return Tally(period, count, [])
        others = list(dict.fromkeys([period.before, period.a_year_before]))
        if period.kind == Kind.DAY and period.first == self.today:
            unfinished = [Comparison(count, self.sum(other), other, is_unfinished=True) for other in others]
            return Tally(period, count, unfinished)
        over = min(period.last, self.today - _DAY)  # a day that is not over stands against none
        if over < period.first:
            return Tally(period, count, [])
        full = Span(period.first, over)
        now = self.sum(full)
        if now is None:
            return Tally(period, count, [], counted_since=self.since)
        spans = [period.as_far_as(over, other) for other in others]
        comparisons = [Comparison(now, self.sum(span), span) for span in spans]
        return Tally(period, count, comparisons, full if over < period.last else None)

    def tallies(self, day: date) -> list[Tally]:
        """Return those of the day, week, month and year that `day` lies in."""
        return [self.tally(Period.of(kind, day)) for kind in Kind]

    def steps(self, period: Period, unit: Kind | None = None) -> list[Step]:
        """Return the columns of the chart of `period`. Those of weeks and years stand beside the ones before."""
        return [
            Step(
                step,
                # The step in which counting began holds what there is of it.
                self.sum(Span(max(step.first, self.since), step.last))
                if self.since and step.last >= self.since
                else None,
                self.sum(_beside(period, step)) if period.kind in {Kind.WEEK, Kind.YEAR} else None,
                self.today in step,
                period.kind == Kind.DAY and step.first == period.first,
            )
            for step in period.steps(unit)
        ]


def _beside(period: Period, step: Period) -> Period:
    return step.a_year_before if period.kind == Kind.YEAR else Period.of(Kind.DAY, step.first - 7 * _DAY)


# --- All that was ever counted -----------------------------------------------------------------


@dataclass(frozen=True)
class Total:
    """All visits: what the site came with, what was counted here, and what was put right, each by itself."""

    baseline: int
    counted: int
    corrections: int

    @property
    def sum(self) -> int:
        return self.baseline + self.counted + self.corrections


def total() -> Total:
    """Return it. Two queries."""
    kinds = VisitAdjustment.Kind
    signed = VisitAdjustment.objects.filter(key=SITE).aggregate(
        baseline=Sum("amount", filter=Q(kind=kinds.BASELINE), default=0),
        corrections=Sum("amount", filter=Q(kind=kinds.CORRECTION), default=0),
    )
    counted = VisitDay.objects.filter(key=SITE).aggregate(sum=Sum("count", default=0))["sum"]
    return Total(signed["baseline"], counted, signed["corrections"])


# --- What else was counted, by its key ---------------------------------------------------------


class Counted(Protocol):
    """Whatever stands in a ranking with how often it was counted."""

    @property
    def count(self) -> int: ...


@dataclass(frozen=True)
class Entry:
    """One line of a ranking: what its key stands for, in words, and how often it was counted."""

    what: str
    count: int
    share: str  # of the highest of them, as SVG writes a width


@dataclass(frozen=True)
class Ranking:
    """What was counted most under one prefix, and how much was counted under it in all."""

    entries: Sequence[Counted]
    all: int

    @property
    def rest(self) -> int:
        """How much was counted beyond what is listed."""
        return self.all - sum(entry.count for entry in self.entries)


def top(prefix: str, span: Span, most: int) -> list[Entry]:
    """Return what was counted under `prefix` in `span`, at most so many, the most first. One query."""
    counted = [(key, count) for key, count in VisitDay.objects.top(prefix, span.first, span.last, most) if count > 0]
    return [Entry(what(key, prefix), count, f"{100 * count / counted[0][1]:.1f}%") for key, count in counted]


def sums(span: Span) -> dict[str, int]:
    """Return how much was counted under each prefix in `span`, corrections of its days included. Two queries."""
    asked = {f"of_{place}": prefix for place, prefix in enumerate(PREFIXES)}
    counted, adjusted = (
        rows.objects.filter(on__range=(span.first, span.last)).aggregate(
            **{name: Sum(amount, filter=Q(key__startswith=prefix), default=0) for name, prefix in asked.items()}
        )
        for rows, amount in ((VisitDay, "count"), (VisitAdjustment, "amount"))
    )
    return {prefix: counted[name] + adjusted[name] for name, prefix in asked.items()}

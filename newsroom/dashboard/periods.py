"""Days, weeks, months and years of the calendar, and the ones that each is held against. Dates in, dates out."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from newsroom.vietnamese import day as printed

EARLIEST = date(
    2000, 1, 1
)  # no newsroom of ours counted before; it keeps every date that is computed inside the calendar
AROUND = 14  # days that are drawn about one day
_DAY = timedelta(days=1)


class Kind(StrEnum):
    """How long a period is, as addresses say it."""

    DAY = "ngay"
    WEEK = "tuan"
    MONTH = "thang"
    YEAR = "nam"


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both counted in."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """As briefly as Vietnamese prints it: "Chủ nhật, 22/11/2026", "16–22/11/2026", "30/11–6/12/2026"."""
        if self.first == self.last:
            return _day(self.last)
        if self.first.year != self.last.year:
            return f"{printed(self.first)}–{printed(self.last)}"
        if self.first.month != self.last.month:
            return f"{self.first.day}/{self.first.month}–{printed(self.last)}"
        return f"{self.first.day}–{printed(self.last)}"


@dataclass(frozen=True)
class Period(Span):
    """One day, week (since Monday), month or year."""

    kind: Kind

    @classmethod
    def of(cls, kind: Kind, day: date) -> "Period":
        """Return the period of `kind` that `day` lies in."""
        match kind:
            case Kind.DAY:
                return cls(day, day, kind)
            case Kind.WEEK:
                monday = day - day.weekday() * _DAY
                return cls(monday, monday + 6 * _DAY, kind)
            case Kind.MONTH:
                return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), kind)
        return cls(date(day.year, 1, 1), date(day.year, 12, 31), kind)

    @property
    def earlier(self) -> "Period":
        """The one just before it."""
        return Period.of(self.kind, self.first - _DAY)

    @property
    def later(self) -> "Period":
        """The one just after it."""
        return Period.of(self.kind, self.last + _DAY)

    @property
    def before(self) -> "Period":
        """What it is held against first: the one before; for a day, the same weekday of the week before."""
        return Period.of(self.kind, self.first - 7 * _DAY) if self.kind == Kind.DAY else self.earlier

    @property
    def a_year_before(self) -> "Period":
        """The same period of the year before. Days and weeks keep their weekdays: 52 weeks lie between."""
        if self.kind in {Kind.DAY, Kind.WEEK}:
            return Period.of(self.kind, self.first - 52 * 7 * _DAY)
        return Period.of(self.kind, self.first.replace(year=self.first.year - 1))

    def as_far_as(self, day: date, other: "Period") -> Span:
        """Return the part of `other` that has as many days as this one up to `day`, but no more than there are.

        A year goes as far as the same day of the same month: a leap day shifts nothing. Where this one is over, the
        other is taken whole.
        """
        if day >= self.last:
            return other
        if self.kind == Kind.YEAR:
            same = date(other.first.year, day.month, min(day.day, monthrange(other.first.year, day.month)[1]))
            return Span(other.first, same)
        return Span(other.first, min(other.first + (day - self.first), other.last))

    def until(self, day: date) -> Span:
        """Return its days up to `day`, or itself where it is over by then."""
        return self if day >= self.last else Span(self.first, day)

    @property
    def units(self) -> tuple[Kind, ...]:
        """Of what kind the columns of its chart can be, the usual one first."""
        return (Kind.MONTH, Kind.WEEK) if self.kind == Kind.YEAR else (Kind.DAY,)

    def steps(self, unit: Kind | None = None) -> "list[Period]":
        """Return the periods of which its chart draws a column each, in their order.

        They are its own; of a day, the two weeks that end with it; of a year, whole weeks, where weeks are asked for.
        """
        first = self.last - (AROUND - 1) * _DAY if self.kind == Kind.DAY else self.first
        steps = [Period.of(unit or self.units[0], first)]
        while steps[-1].last < self.last:
            steps.append(steps[-1].later)
        return steps

    @property
    def name(self) -> str:
        """Its name for people, at the beginning of a line."""
        match self.kind:
            case Kind.DAY:
                return _day(self.first)
            case Kind.WEEK:
                return gettext("Week of %(days)s") % {"days": Span(self.first, self.last)}
            case Kind.MONTH:
                return gettext("Month %(month)s") % {"month": f"{self.first:%m}/{self.first.year}"}
        return gettext("Year %(year)s") % {"year": self.first.year}

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """What the dashboard's address says of it."""
        return f"?ky={self.kind}&ngay={self.first}"

    @property
    def brief(self) -> str:
        """Its name where a column stands over it: "22/11", "11"."""
        return str(self.first.month) if self.kind == Kind.MONTH else f"{self.first.day}/{self.first.month}"

    def standing(self, today: date) -> str:
        """Return its name as one says it today: "today", "this week"; its own name for any other."""
        if today not in self:
            return self.name
        match self.kind:
            case Kind.DAY:
                return gettext("Today")
            case Kind.WEEK:
                return pgettext("period", "This week")
            case Kind.MONTH:
                return gettext("This month")
        return gettext("This year")


def unit_of(period: Period, named: str) -> Kind:
    """Return of what kind the columns of `period` are, where the address says `named`."""
    return next((unit for unit in period.units if unit == named), period.units[0])


def _day(day: date) -> str:
    return f"{date_format(day, 'l')}, {printed(day)}"

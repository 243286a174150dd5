"""The calendar: the public conferences of one month, set in weeks that begin on Monday."""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Exists, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from committees.few import Few, few
from committees.models import Conference
from newsroom.compiled import compiled

MOST = 120  # conferences that a month shows; the list goes on where there are more
COUNTED = 1000  # of an unknown day; beyond it they are "more than"

_WEEKS = calendar.Calendar(calendar.MONDAY)


@dataclass(frozen=True)
class Day:
    on: date
    conferences: list[Conference]


@dataclass(frozen=True)
class Month:
    """One month. The cells of a week that lie outside of the month are None."""

    first: date
    weeks: list[list[Day | None]]
    conferences: Few
    earlier: date | None  # the first day of the nearest months that have a conference
    later: date | None
    year: list[tuple[date, bool]]  # its twelve months, and whether each has a conference

    @property
    def weekdays(self) -> list[str]:
        """The names over its columns."""
        return [str(WEEKDAYS[number]) for number in _WEEKS.iterweekdays()]

    def get_absolute_url(self) -> str:
        return reverse("committees:month", args=[self.first.year, self.first.month])


def latest() -> date | None:
    """Return the first day of the last month that has a conference; None where no day of any is known.

    No clock is asked: the page says the same to everybody until something is published.
    """
    last = _dated().order_by("-sorted_on", "-pk").values_list("sorted_on", flat=True).first()
    return last.replace(day=1) if last else None


def month(year: int, number: int) -> Month:
    """Return the month `number` (1 to 12) of `year`. Four queries.

    Raises `Http404` outside of the months from the first to the last that have a conference.
    """
    if not (1 <= number <= 12 and 1 <= year < MAXYEAR):
        raise Http404
    first = date(year, number, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    found = few(_dated().filter(sorted_on__gte=first, sorted_on__lt=after).order_by("sorted_on", "pk"), MOST)
    before = _dated().filter(sorted_on__lt=first).order_by("-sorted_on", "-pk")
    behind = _dated().filter(sorted_on__gte=after).order_by("sorted_on", "pk")
    earlier, later = (held.values_list("sorted_on", flat=True).first() for held in (before, behind))
    if not found and not (earlier and later):
        raise Http404
    by_day = defaultdict(list)
    for conference in found:
        by_day[conference.held_on].append(conference)
    return Month(
        first=first,
        weeks=[
            [Day(on := first.replace(day=day), by_day[on]) if day else None for day in week]
            for week in _WEEKS.monthdayscalendar(year, number)
        ],
        conferences=found,
        earlier=earlier.replace(day=1) if earlier else None,
        later=later.replace(day=1) if later else None,
        year=_months_of(year),
    )


def of_unknown_day() -> int:
    """Return how many public conferences stand in no month; more than `COUNTED` are not counted."""
    return Conference.objects.public().filter(sorted_on=date.min).order_by()[: COUNTED + 1].count()


def _dated() -> QuerySet[Conference]:
    return Conference.objects.public().filter(sorted_on__gt=date.min).select_related("committee")


def _months_of(year: int) -> list[tuple[date, bool]]:
    firsts = [date(year, number, 1) for number in range(1, 13)]
    ((*held,),) = _held(timezone.now(), *firsts, date(year + 1, 1, 1))
    return list(zip(firsts, map(bool, held), strict=True))


@compiled
def _held(now: datetime, *firsts: date) -> QuerySet[Any]:
    """Say in one row whether there is a public conference from each of `firsts` to the next: an index tells each.

    All its days would be read for the months that they are in. Some conference is there where this is asked.
    """
    public = Conference.objects.public(now).order_by()
    held = (Exists(public.filter(sorted_on__gte=first, sorted_on__lt=end)) for first, end in pairwise(firsts))
    return Conference.objects.order_by().values_list(*held)[:1]

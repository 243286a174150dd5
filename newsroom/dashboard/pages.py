"""The dashboard as a page at the desk, for those who may look at the counters."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from newsroom.dashboard import files, listing, wording
from newsroom.dashboard.chart import chart
from newsroom.dashboard.counts import Counts, Ranking, Tally, sums, top, total
from newsroom.dashboard.happenings import happenings
from newsroom.dashboard.keys import AHEAD, READ, REFERRER, ROBOT, STAFF, UNFOUND
from newsroom.dashboard.periods import EARLIEST, Kind, Period, Span, unit_of
from newsroom.dashboard.talk import Talk, talk
from newsroom.visits.models import VisitDay

SHOWN = 10  # lines of a list
HAPPENED = 100  # of each kind, in the list under the chart
PERMISSION = "visits.view_visitday"


@require_safe
def dashboard(request: HttpRequest) -> HttpResponseBase:
    """The page; with `?bang=` and `?format=` one of its tables as a file. `?ky=` and `?ngay=` say of which period,
    and `?cot=` by which columns a year is drawn.
    """
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    today = timezone.localdate()
    period = asked(request, today)
    if "bang" in request.GET:
        file = files.as_file(request.GET["bang"], request.GET.get("format", ""), period, today, request)
        if file is None:
            raise Http404
        return file
    day = today if today in period else min(period.last, today)
    context = {
        **admin.site.each_context(request),
        "title": gettext("Visits and reads"),
        "opts": VisitDay._meta,
        "may_correct": request.user.has_perm("visits.add_visitadjustment"),
        **told(period, day, today, unit_of(period, request.GET.get("cot", ""))),
    }
    return TemplateResponse(request, "admin/dashboard/dashboard.html", context)


def asked(request: HttpRequest, today: date) -> Period:
    """Return the period that the address names: of this month, where it names none; none begins after today."""
    try:
        kind = Kind(request.GET.get("ky", ""))
    except ValueError:
        kind = Kind.MONTH
    try:
        day = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        day = today
    return Period.of(kind, max(EARLIEST, min(day, today)))


def told(period: Period, day: date, today: date, unit: Kind) -> dict[str, Any]:
    """Return what the page says of `period`, drawn by `unit`, and of the periods of every kind that `day` lies in.

    So many queries, whatever there is and however long the period.
    """
    counts = Counts.around(day, today)
    steps = period.steps(unit)
    happened = happenings(Span(steps[0].first, steps[-1].last), period, HAPPENED)
    all_of = sums(period)
    beside = period.as_far_as(today, period.before)
    now, before = talk(period), talk(beside)
    return {
        "period": period,
        "today": today,
        "is_last": today in period,
        "has_earlier": counts.since is not None and counts.since < period.first,
        "since": counts.since,
        "tallies": [_shown(tally, period, today) for tally in counts.tallies(day)],
        "chart": chart(period, counts, happened, unit),
        "happened": happened,
        "numbers_of_happened": happened.numbers(period),
        "most_read": Ranking(listing.most_read(period, SHOWN), all_of[READ]),
        "referrers": Ranking(top(REFERRER, period, SHOWN), all_of[REFERRER]),
        "unfound": Ranking(top(UNFOUND, period, SHOWN), all_of[UNFOUND]),
        "robots": Ranking(top(ROBOT, period, SHOWN), all_of[ROBOT]),
        "talk_days": (period.until(today), beside),
        "left_out": (all_of[AHEAD], all_of[STAFF]),
        "comments": [(label, getattr(now, name), getattr(before, name)) for label, name in listing.OF_COMMENTS],
        "median": (_duration(now), _duration(before)),
        "total": total(),
        "adjustments": listing.adjustments(SHOWN),
    }


def _shown(tally: Tally, period: Period, today: date) -> dict[str, Any]:
    return {
        "tally": tally,
        "name": tally.period.standing(today),
        "is_chosen": tally.period.kind == period.kind,
        "said": [wording.compared(comparison) for comparison in tally.comparisons],
    }


def _duration(talked: Talk) -> str:
    """Return how long the middle decision took, in words; "" where nothing is decided."""
    if talked.median is None:
        return ""
    now = timezone.now()
    return timesince(now - talked.median, now)

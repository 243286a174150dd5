"""The calendar of conferences for readers: its months as pages, and calendar files to subscribe to."""

from datetime import date

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from committees import icalendar, months
from committees.models import Committee, Conference
from committees.models.conference import ConferenceQuerySet
from newsroom.addresses import elsewhere
from newsroom.models import SiteIdentity

# Of a file that is fetched again and again: those held last and all that are announced, and no clock is asked.
MOST = 300


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The last month that has a conference."""
    first = months.latest()
    return _shown(request, months.month(first.year, first.month) if first else None)


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The conferences of one month."""
    found = months.month(year, month)
    return elsewhere(request, found) or _shown(request, found)


def _shown(request: HttpRequest, found: months.Month | None) -> HttpResponse:
    context = {"month": found, "unknown": months.of_unknown_day(), "counted": months.COUNTED}
    return render(request, "committees/calendar.html", context)


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The conferences of all committees, to subscribe to."""
    name = gettext("Conferences – %(site)s") % {"site": SiteIdentity.current().title}
    return _file(request, name, Conference.objects.all())


@require_safe
def committee_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The conferences of one committee, to subscribe to."""
    committee = get_object_or_404(Committee, pk=pk)
    return _file(request, gettext("Conferences – %(site)s") % {"site": committee.name}, committee.conferences.all())


@require_safe
def conference_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One conference, to put into a calendar of one's own. There is none where its day is not known."""
    held = Conference.objects.public().filter(sorted_on__gt=date.min)
    conference = get_object_or_404(held, pk=pk)
    return _file(request, conference.name, held.filter(pk=pk))


def _file(request: HttpRequest, name: str, conferences: ConferenceQuerySet) -> HttpResponse:
    """Return the newest public conferences among `conferences` whose day is known, as a calendar file."""
    edits = Conference.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    found = (
        conferences.public()
        .filter(sorted_on__gt=date.min)
        .select_related("committee")
        .annotate(edited_at=Subquery(edits.values("history_date")[:1]))
        .newest_first()[:MOST]
    )
    events = [_event(request, conference) for conference in found]
    return HttpResponse(icalendar.calendar(name, events), content_type=icalendar.CONTENT_TYPE)


def _event(request: HttpRequest, conference: Conference) -> icalendar.Event:
    """Return the day of a public conference. The part of the day is told in words: no report states the hour."""
    about = [conference.when, conference.committee.name]
    if conference.inferred_from:
        about.append(gettext("The year is inferred from the report."))
    changes = filter(None, (conference.published_at, conference.edited_at))  # type: ignore[attr-defined]
    return icalendar.Event(
        uid=f"hoi-nghi-{conference.pk}@{request.get_host()}",
        changed_at=max(changes),
        on=conference.sorted_on,
        summary=conference.name,
        description="\n".join(about),
        address=request.build_absolute_uri(conference.get_absolute_url()),
    )

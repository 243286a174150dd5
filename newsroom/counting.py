"""The doors of the counters: what a page tells when it is opened, and what readers are told of it.

docs/counting.md says what is counted, what is kept of it and for how long.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from articles import readership
from newsroom.machines import family_of, is_fetched_ahead
from newsroom.same_site import from_our_pages, is_same_site
from newsroom.vietnamese import number
from newsroom.visits import questions, referrers
from newsroom.visits.asking import at_once
from newsroom.visits.collecting import collector
from newsroom.visits.models import SITE, VisitDay
from newsroom.visits.rules import lay_down
from newsroom.visits.totals import LASTS, numbers

lay_down(readership.PREFIX, known=readership.known)
lay_down(referrers.PREFIX, limit=500)
lay_down(questions.PREFIX, limit=500)

ROBOT, AHEAD, STAFF = "robot:", "left-out:ahead", "left-out:staff"  # counted apart, because no reader sent it
DAYS = 7  # told one by one on the page of the counters
_BODY = 4_000  # bytes of what the module may send
_KEPT_BY_NOBODY = {"Cache-Control": "no-store"}
# One transparent point, for browsers without JavaScript.
_PIXEL = b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def beacon(request: HttpRequest) -> HttpResponse:
    """Note that a page was opened: that of the article `?bai=`, or any other. The module posts; the pixel is fetched.

    What is counted, and that it is counted once, is decided here, whatever is asked for.
    """
    if request.method == "POST":
        _note(request, _referrer(request))
        return HttpResponse(status=204, headers=_KEPT_BY_NOBODY)
    if request.method == "GET" and is_same_site(request) and _referrer_of_pixel(request) in {"", _own_host(request)}:
        _note(request)
    headers = {**_KEPT_BY_NOBODY, "X-Robots-Tag": "noindex"}
    return HttpResponse(_PIXEL, content_type="image/gif", headers=headers)


def beacons_first(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware: beacons are answered before sessions, accounts and whatever else they do not ask for.

    There is one for each page that is opened, and no other answer that is not kept is given as often.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        return beacon(request) if request.path_info == _address() else get_response(request)

    return answer


@cache
def _address() -> str:
    return reverse("beacon")


def note_unfound(request: HttpRequest, typed: str) -> None:
    """Note that a reader searched for `typed` and found nothing."""
    question = questions.question_of(typed)
    is_led_here = request.headers.get("Sec-Fetch-Site") == "cross-site"  # another site cannot write into our lists
    if question and request.method == "GET" and not is_led_here and not _left_out(request):
        collector.count(request, questions.PREFIX + question)


@cache_control(public=True, max_age=LASTS)
@require_safe
def visit_numbers(request: HttpRequest) -> HttpResponse:
    """The numbers of the block at the foot of every page, as it prints them."""
    told = numbers()
    if told is None:
        return HttpResponse(status=204)  # the block keeps its dashes
    said = {name: number(value) for name, value in vars(told).items()}
    return JsonResponse(said, headers={"X-Robots-Tag": "noindex"})


@cache_control(public=True, max_age=LASTS)
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The same numbers, the last days one by one, and how it is counted."""
    today = timezone.localdate()
    days = [today - timedelta(days=ago) for ago in range(DAYS)]
    counted = at_once(lambda: VisitDay.objects.over_time(days[-1], today), None)
    rows = [] if counted is None else [(day, max(0, counted.get(day, 0))) for day in days]
    return render(request, "visits.html", {"numbers": numbers(), "days": rows})


def _note(request: HttpRequest, referrer: str = "") -> None:
    keys = [SITE]
    if "bai" in request.GET:
        if (key := readership.key_of(request.GET["bai"])) is None:
            return
        keys.append(key)
    if referrer:
        keys.append(referrers.PREFIX + referrer)
    if left_out := _left_out(request):
        keys = [left_out]
    collector.count(request, *keys)


def _left_out(request: HttpRequest) -> str:
    """Return the key under which `request` is counted apart, because no reader has sent it; "" for a reader's.

    Public pages give nobody a cookie: who brings that of a session has signed in at the desk with this browser, and
    works there, even where the session has ended since. So the cookie is enough, and the database is not asked.
    """
    if is_fetched_ahead(request):
        return AHEAD
    if family := family_of(request):
        return f"{ROBOT}{family}"
    return STAFF if settings.SESSION_COOKIE_NAME in request.COOKIES else ""


def _referrer(request: HttpRequest) -> str:
    """Return the host from which a reader came here, as the module says it; "" where it was a page of our own."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type != "application/x-www-form-urlencoded":
        return ""
    if not length.isdigit() or int(length) > _BODY:
        return referrers.UNREADABLE
    host = referrers.host_of(request.POST.get("tu", ""))
    return "" if host == _own_host(request) else host


def _referrer_of_pixel(request: HttpRequest) -> str:
    """Return the host of the page that shows the pixel. It has to be ours: another may show it to its own visitors."""
    return referrers.host_of(request.headers.get("Referer", ""))


def _own_host(request: HttpRequest) -> str:
    return referrers.host_of(request.get_host())

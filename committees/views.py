"""The public pages of committees, their conferences, awards, figures, indicators and documents."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from committees import questions
from committees.around import find, with_below, with_counts
from committees.award_board import award_board
from committees.dossiers.award import award_dossier
from committees.dossiers.committee import committee_dossier, with_some_below
from committees.dossiers.conference import conference_dossier
from committees.dossiers.indicator import indicator_sides, with_latest
from committees.dossiers.statistic import parts_chart, series_chart, statistic_dossier
from committees.filters import (
    AwardFilter,
    CommitteeFilter,
    ConferenceFilter,
    DocumentFilter,
    StatisticFilter,
    TargetFilter,
)
from committees.groups import BY_REPORT, awards_by_conference, figures_by_conference
from committees.models import Award, Committee, Conference, Document, Indicator, Statistic
from committees.plates import PartsPlate, Plate, parts_plate, plate
from committees.tables import (
    AWARDS,
    BY_DAY,
    BY_NAME,
    COMMITTEES,
    CONFERENCES,
    DOCUMENTS,
    INDICATORS,
    STATISTICS,
)
from committees.targets import ledger, public_targets
from newsroom import paging
from newsroom.addresses import elsewhere
from newsroom.compiled import the_one
from newsroom.models import SiteIdentity
from newsroom.pagecache import kept_as_read
from newsroom.publishing import shown
from newsroom.tables import FORMAT, take_away
from newsroom.vietnamese import slugify

ROOTS = 30  # committees on a page

_ROOTS = paging.Listing(
    lambda now: Committee.objects.roots(),
    order=BY_NAME,
    size=ROOTS,
    dress=lambda found, now: with_below(found),
    is_timed=False,
)
_CONFERENCES = paging.Listing(
    lambda now: with_counts(Conference.objects.public(now), now),
    order=BY_DAY,
    dress=lambda found, now: found.for_board(),
)
_AWARDS = paging.Listing(
    Award.objects.public,
    order=BY_REPORT,
    dress=lambda found, now: found.with_subject().defer(
        "note", *questions.unseen("", "reported_at__", "reported_at__committee__")
    ),
)
_STATISTICS = paging.Listing(
    Statistic.objects.public,
    order=BY_REPORT,
    size=50,
    dress=lambda found, now: (
        found.with_sentence(now)
        .select_related("committee", "conference__committee")
        .defer("note", *questions.unseen("", "committee__", "conference__", "conference__committee__"))
    ),
)
_TARGETS = paging.Listing(public_targets, order=BY_REPORT, size=12)
_INDICATORS = paging.Listing(lambda now: Indicator.objects.all(), order=BY_NAME, size=40, is_timed=False)
_DOCUMENTS = paging.Listing(lambda now: Document.objects.all(), order=BY_DAY, is_timed=False)

DRAWN, PARTS = "hinh", "thanh-phan"  # ?format=svg&hinh=thanh-phan is the chart of parts, not of the series


@require_safe
def committees(request: HttpRequest) -> HttpResponseBase:
    """The committees that stand under no other, each with some of those under it; or, narrowed, those asked for."""
    chosen = CommitteeFilter(request.GET, lambda: Committee.objects.select_related("parent"))
    if taken := take_away(request, COMMITTEES, lambda: chosen.divided):
        return taken
    if chosen.is_used:
        page = paging.page(chosen.qs, request.GET, order=BY_NAME, size=ROOTS)
    else:
        page = _ROOTS.page(request.GET)
        with_some_below(page.items)
    return render(request, "committees/committees.html", {"filter": chosen, "page": page})


@require_safe
def committee(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One committee: where it stands, who leads it, what it did."""
    found, around = find(pk)
    return elsewhere(request, found) or render(
        request, "committees/committee.html", {"dossier": committee_dossier(found, around)}
    )


@require_safe
def conferences(request: HttpRequest) -> HttpResponseBase:
    """The conferences, the latest first."""
    chosen = ConferenceFilter(request.GET, _CONFERENCES.all)
    if taken := take_away(request, CONFERENCES, lambda: chosen.divided):
        return taken
    page = _CONFERENCES.page(request.GET, chosen.parts)
    return render(request, "committees/conferences.html", {"filter": chosen, "page": page})


@require_safe
def conference(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One conference: what is known of it, and all that it reports."""
    found = the_one(questions.conference(pk, timezone.now()))
    return elsewhere(request, found) or render(
        request, "committees/conference.html", {"dossier": conference_dossier(found)}
    )


@require_safe
def awards(request: HttpRequest) -> HttpResponseBase:
    """The awards, report after report, the latest report first."""
    chosen = AwardFilter(request.GET, _AWARDS.all)
    if taken := take_away(request, AWARDS, lambda: chosen.divided):
        return taken
    page = _AWARDS.page(request.GET, chosen.parts)
    context = {"filter": chosen, "page": page, "groups": awards_by_conference(page.items)}
    if page.newer is None:
        context["board"] = _board(chosen.qs, request.GET) if chosen.is_asked else _board_of_all()
    return render(request, "committees/awards.html", context)


@require_safe
def award(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One award: of what, from whom, to whom, and where it is reported."""
    found = the_one(questions.award(pk, timezone.now()))
    return elsewhere(request, found) or render(
        request,
        "committees/award.html",
        {"dossier": award_dossier(found), "page": _sentences(request, found)},
    )


@require_safe
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The figures, report after report, the latest report first."""
    chosen = StatisticFilter(request.GET, _STATISTICS.all)
    if taken := take_away(request, STATISTICS, lambda: chosen.divided):
        return taken
    page = _STATISTICS.page(request.GET, chosen.parts)
    groups = figures_by_conference(page.items)
    computed = any(group.has_computed for group in groups)
    context = {"filter": chosen, "page": page, "groups": groups, "has_computed": computed}
    return render(request, "committees/statistics.html", context)


@require_safe
def statistic(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One figure: what it says, what it is a part of, and the sentences it stands in."""
    found = the_one(questions.statistic(pk, timezone.now()))
    if request.GET.get(FORMAT) == "svg":
        return _parts(request, found) if request.GET.get(DRAWN) == PARTS else _chart(request, found)
    return elsewhere(request, found) or render(
        request,
        "committees/statistic.html",
        {"dossier": statistic_dossier(found), "page": _sentences(request, found)},
    )


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """The ledger of targets, report after report: each with the later result that closes it, or without one."""
    chosen = TargetFilter(request.GET, _TARGETS.all)
    page = _TARGETS.page(request.GET, chosen.parts)
    context = {"filter": chosen, "page": page, "entries": ledger(page.items)}
    return render(request, "committees/targets.html", context)


@require_safe
def indicators(request: HttpRequest) -> HttpResponseBase:
    """What is counted, by name, each with its latest figure."""
    if taken := take_away(request, INDICATORS, lambda: [Indicator.objects.all()]):
        return taken
    page = _INDICATORS.page(request.GET)
    context = {"page": page, "indicators": with_latest(page.items)}
    return render(request, "committees/indicators.html", context)


@require_safe
def indicator(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """One indicator: what it counts, and what committees reached and aim at."""
    found = get_object_or_404(Indicator, pk=pk)
    name = f"{STATISTICS.name}-{found.code.replace('.', '-')}"
    return (
        elsewhere(request, found)
        or take_away(request, STATISTICS, lambda: [found.statistics.public()], name)
        or render(request, "committees/indicator.html", {"indicator": found, "sides": indicator_sides(found)})
    )


@require_safe
def documents(request: HttpRequest) -> HttpResponseBase:
    """The documents that articles cite, the latest first."""
    chosen = DocumentFilter(request.GET, _DOCUMENTS.all)
    if taken := take_away(request, DOCUMENTS, lambda: chosen.divided):
        return taken
    page = _DOCUMENTS.page(request.GET, chosen.parts)
    return render(request, "committees/documents.html", {"filter": chosen, "page": page})


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One document, and the articles that cite it."""
    found = the_one(questions.document(pk))
    return elsewhere(request, found) or render(
        request, "committees/document.html", {"document": found, "page": _citations(request, found)}
    )


def _board(awards: QuerySet[Award], chosen: Mapping[str, Any]) -> str:
    """The board above a list of awards, as it stands on the page; empty where there is nothing to hold side by side."""
    board = award_board(awards, chosen)
    return render_to_string("committees/_award_board.html", {"board": board}) if board else ""


@kept_as_read
def _board_of_all() -> str:
    return _board(_AWARDS.all(), {})


def _chart(request: HttpRequest, statistic: Statistic) -> HttpResponse:
    """The chart of the series that ends at a figure, as a file: its source stands in it."""
    chart = series_chart(statistic)
    if chart is None:
        raise Http404
    address = request.build_absolute_uri(statistic.indicator.get_absolute_url())
    drawn = plate(chart, SiteIdentity.current().name, address)
    return _picture(request, "committees/chart.svg", drawn, statistic)


def _parts(request: HttpRequest, statistic: Statistic) -> HttpResponse:
    """The chart that shows a figure as a part of its whole, as a file: its source stands in it."""
    chart = parts_chart(statistic)
    if chart is None:
        raise Http404
    reported_at = shown(statistic.conference) or statistic.committee
    address = request.build_absolute_uri(reported_at.get_absolute_url())
    drawn = parts_plate(chart, SiteIdentity.current().name, address)
    return _picture(request, "committees/parts.svg", drawn, statistic)


def _picture(request: HttpRequest, template: str, plate: Plate | PartsPlate, statistic: Statistic) -> HttpResponse:
    answer = render(request, template, {"plate": plate}, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(str(statistic.indicator))}-{statistic.pk}.svg"'
    return answer


def _sentences(request: HttpRequest, thing: Statistic | Award) -> paging.Page:
    """Return a page of where public articles mention a figure or an award, the latest first."""
    now = timezone.now()
    statistic, award = (thing.pk, None) if isinstance(thing, Statistic) else (None, thing.pk)
    rows = questions.mentions(thing, now)
    page = paging.page(rows, request.GET, order=("-pk",), first=lambda: questions.told_first(statistic, award, now))
    # A caption is found among the photos; elsewhere an article's own row says it.
    captioned = [mention.article for mention in page.items if mention.part == "caption"]
    prefetch_related_objects(captioned, "photos")
    return page


def _citations(request: HttpRequest, document: Document) -> paging.Page:
    """Return a page of where public articles cite a document, the latest first."""
    key, now = document.pk, timezone.now()
    first = partial(questions.cited_first, key, now)
    return paging.page(questions.citations(key, now), request.GET, order=("-pk",), first=first)

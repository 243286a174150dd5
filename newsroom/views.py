"""The pages that speak of everything: the front page, the search, the data to take away."""

from datetime import MAXYEAR, MINYEAR
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.static import serve

import articles.tables
import committees.tables
from articles.models import CommentSettings
from newsroom import front, tables
from newsroom.abbreviations import abbreviations
from newsroom.answers import Ways
from newsroom.asking import MAX_TYPED, read
from newsroom.counting import note_unfound
from newsroom.keys import key_in
from newsroom.models import Page
from newsroom.search import MAX_HITS, PAGE, Answer, Narrowing
from newsroom.spelling import suggest

OTHERS = 20  # of the site's own pages, beside one of them


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is new, at a glance."""
    return render(request, "home.html", {"front": front.compose()})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the site's own pages, with the way to the others."""
    found = get_object_or_404(Page, slug=slug)
    others = Page.objects.exclude(pk=found.pk).only("slug", "title")[:OTHERS]
    rules = CommentSettings.current()
    kept_for = rules.sender_days if rules.privacy_page_id == found.pk else None
    return render(request, "page.html", {"page": found, "others": others, "kept_for": kept_for})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What answers `?q=`, narrowed by `loai`, `to-chuc`, `nam` and `chuyen-muc`, a page at a time (`trang`)."""
    typed = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_TYPED]
    node = read(typed, abbreviations()) if typed else None
    context: dict[str, Any] = {"typed": typed, "everything": "?" + urlencode({"q": typed})}
    if node is not None:
        narrowing = Narrowing(
            kind=request.GET.get("loai", ""),
            committee=_number(request, "to-chuc"),
            # The first year of all begins before itself, by UTC.
            year=year if (year := _number(request, "nam")) and MINYEAR < year <= MAXYEAR else None,
            category=_number(request, "chuyen-muc"),
        )
        page = min(max(_number(request, "trang") or 1, 1), MAX_HITS // PAGE)
        answer = Answer(node, narrowing, page)
        context |= {
            "answer": answer,
            "ways": Ways(request.GET),
            "suggestion": suggest(typed) if answer.found_nothing else "",
        }
        if answer.found_nothing and not narrowing.is_used:
            note_unfound(request, typed)
    return render(request, "search.html", context)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What can be taken away of every list: its columns, its filters, and how programs ask for it."""
    offered = [*articles.tables.TABLES, *committees.tables.TABLES]
    bounds = {"rows": tables.ROWS, "sheet": tables.SHEET, "answer": tables.ANSWER}
    return render(request, "data.html", {"tables": offered, "bounds": bounds, "formats": tables.FORMATS})


@require_safe
def stored(request: HttpRequest, path: str) -> HttpResponseBase:
    """What was uploaded, where no web server in front gives it."""
    try:
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # no disk holds so long a name
        raise Http404 from error


def _number(request: HttpRequest, name: str) -> int | None:
    """Return the number that the address gives under `name`; None where it gives none that can be meant."""
    return key_in(request.GET.get(name, "")) or None

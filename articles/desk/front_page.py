"""The front page at the desk: what editors feature stands in one list, ordered by hand, each with its last moment.

The list is saved as a whole. It carries a mark of the list that it was made from, so that of two editors who
order at once one is first and the other is told, with both orders on the page.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article
from newsroom.desk import DeskAdmin, standing
from newsroom.keys import key_in
from newsroom.publishing import State
from newsroom.vietnamese import fold

MOST = 30  # a longer list is no order any more
FOUND = 8  # so many articles are offered at once
SHOWN = ("title", "state", "published_at", "featured_position", "featured_until")

# --- The list ----------------------------------------------------------------------------------

Places = dict[int, datetime | None]  # articles by primary key, in their order -> until when (None: without end)


class NewerOrder(Exception):
    """Somebody has saved another order since the one that was changed."""


def mark(articles: Iterable[Article]) -> str:
    """Return what tells one list of featured articles from any other."""
    told = sorted((article.featured_position, article.pk, str(article.featured_until)) for article in articles)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def put_in_order(places: Places, seen: str) -> dict[Article, bool]:
    """Feature the articles of `places`, in their order, and no other; `seen` is the `mark` of the list they replace.

    Returns each article for which something changed, with whether it is featured now. Raises `NewerOrder`, and
    changes nothing, when another list stands by now.
    """
    try:
        with transaction.atomic():
            held = Article.objects.filter(featured_position__isnull=False).only(*SHOWN)
            list(held.select_for_update())  # whoever saves next waits here, and looks again afterwards
            before = {article.pk: article for article in held.all()}
            if mark(before.values()) != seen:
                raise NewerOrder
            held.update(featured_position=None, featured_until=None)  # a place has to be free before it is given
            after = Article.objects.only(*SHOWN).in_bulk(places)
            for place, (key, until) in enumerate(places.items(), 1):
                after[key].featured_position, after[key].featured_until = place, until
            Article.objects.bulk_update(after.values(), ["featured_position", "featured_until"])
    except IntegrityError as both:  # into an empty list: there was no row to wait for
        raise NewerOrder from both
    old = {key: (article.featured_position, article.featured_until) for key, article in before.items()}
    changed = {a: True for a in after.values() if old.get(a.pk) != (a.featured_position, a.featured_until)}
    return changed | {article: False for key, article in before.items() if key not in after}


# --- The list as somebody changes it -----------------------------------------------------------

_UNTIL = forms.DateTimeField(
    required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"]
)


@dataclass
class Row:
    """One article in the list: until when, as typed, and what is wrong with it."""

    article: Article
    typed: str
    error: str = ""

    @property
    def standing(self) -> str:
        return standing(self.article)

    def until(self) -> datetime | None:
        """Return the moment at which it leaves, None for never. Raises `ValidationError` with a sentence."""
        if self.article.state != State.PUBLISHED:
            raise ValidationError(_("Readers do not see this article any more: take it off the list."))
        try:
            until = _UNTIL.clean(self.typed)
        except ValidationError:
            raise ValidationError(_("Choose the moment from the calendar, or leave it empty.")) from None
        if until is not None and until <= timezone.now():
            raise ValidationError(_("This moment has passed: choose a later one, or take the article off the list."))
        return until


def _stored() -> list[Row]:
    """Return the rows of the list that stands; who has left it by the clock is not in it."""
    return [Row(article, _shown(article.featured_until)) for article in Article.objects.featured().only(*SHOWN)]


def _shown(until: datetime | None) -> str:
    return f"{timezone.localtime(until):%Y-%m-%dT%H:%M}" if until else ""


def _typed(data: QueryDict) -> list[Row]:
    """Return the rows of a form, each article once. What is no article is passed over."""
    keys = list(dict.fromkeys(filter(None, map(key_in, data.getlist("article")))))
    found = Article.objects.only(*SHOWN).in_bulk(keys[: MOST + 1])
    return [Row(found[key], data.get(f"until-{key}", "").strip()) for key in keys if key in found]


def _moved(rows: list[Row], pressed: str, article: int | None) -> list[Row]:
    """Return `rows` after the button `pressed` ("up", "down" or "off") of `article`."""
    place = next((place for place, row in enumerate(rows) if row.article.pk == article), None)
    if place is None:
        return rows
    rows = rows.copy()
    row = rows.pop(place)
    if pressed != "off":
        rows.insert(max(0, place - 1) if pressed == "up" else place + 1, row)
    return rows


def _places(rows: list[Row]) -> Places | None:
    """Return what the rows say; None, with the sentences in the rows, where one of them cannot be."""
    places: Places = {}
    for row in rows:
        try:
            places[row.article.pk] = row.until()
        except ValidationError as wrong:
            row.error = " ".join(wrong.messages)
    return places if len(places) == len(rows) else None


class FrontPageAdmin(DeskAdmin):
    """A desk of articles on which editors order the front page."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.front_page_view))
        return [path("trang-nhat/", view, name="articles_article_front"), *super().get_urls()]

    def front_page_view(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("articles.publish_article"):
            raise PermissionDenied
        if request.method != "POST":
            return self._front_page(request, _stored())
        rows = _typed(request.POST)
        if "save" in request.POST:
            return self._save_front_page(request, rows)
        pressed = next((name for name in ("up", "down", "off", "put") if name in request.POST), "")
        article = key_in(request.POST.get(pressed, ""))
        refusal = ""
        if pressed == "put":
            new = self.get_queryset(request).filter(pk=article, state=State.PUBLISHED).only(*SHOWN).first()
            if new is None:
                refusal = _("Only an article that is published or scheduled can stand on the front page.")
            elif all(row.article != new for row in rows):
                rows.insert(0, Row(new, ""))
        else:
            rows = _moved(rows, pressed, article)
        return self._front_page(
            request, rows, mark=request.POST.get("mark", ""), pressed=(pressed, article), refusal=refusal
        )

    def _save_front_page(self, request: HttpRequest, rows: list[Row]) -> HttpResponse:
        seen = request.POST.get("mark", "")
        if len(rows) > MOST:
            refusal = _("At most %(number)s articles: take some off the list.") % {"number": MOST}
            return self._front_page(request, rows, mark=seen, refusal=refusal)
        places = _places(rows)
        if places is None:
            refusal = _("Nothing has been saved: see below what has to be put right.")
            return self._front_page(request, rows, mark=seen, refusal=refusal)
        try:
            changed = put_in_order(places, seen)
        except NewerOrder:
            return self._front_page(request, rows, newer=_stored())
        for article, is_featured in changed.items():
            words = _("put at place %(place)s of the front page") if is_featured else _("taken off the front page")
            self.log_change(request, article, words % {"place": article.featured_position})
        self.message_user(request, _("The front page stands in this order."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_front"))

    def _front_page(self, request: HttpRequest, rows: list[Row], **context: Any) -> HttpResponse:
        """Answer with the list as `rows` have it, and with articles that could be put into it."""
        words = request.POST.get("words", "").replace("\x00", "")
        listed = [row.article.pk for row in rows]
        offered = self.get_queryset(request).filter(Q(state=State.PUBLISHED), search_key__contains=fold(words))
        held = Article.objects.filter(featured_position__isnull=False).only(*SHOWN)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Order of the front page"),
            "opts": self.opts,
            "rows": rows,
            "words": words,
            "offered": offered.exclude(pk__in=listed).order_by("-published_at", "-pk").only(*SHOWN)[:FOUND],
            "is_unsaved": request.method == "POST",
            **context,
        }
        context.setdefault("mark", mark(held))
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/articles/article/front.html", context)

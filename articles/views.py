"""The public pages of articles, and of what gathers them: categories, tags, authors."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.commenting.writing import offer
from articles.filters import ArticleFilter, with_public_articles
from articles.keeping import Kept, file_name
from articles.models import Article, Byline, Category, Correction, PreviewLink, Tag
from articles.previewing import is_ahead, kept_by_nobody, show
from articles.story import find, tell
from articles.tables import ARTICLES
from committees.models import Person
from newsroom import paging
from newsroom.addresses import elsewhere
from newsroom.machines import is_by_machine
from newsroom.tables import take_away

_ARTICLES = paging.Listing(Article.objects.public, dress=lambda found, now: found.for_cards())

NAMES = 60  # of tags or authors on a page


@require_safe
def articles(request: HttpRequest) -> HttpResponseBase:
    """All public articles, newest first, narrowed as the reader asks."""
    chosen = ArticleFilter(request.GET, _ARTICLES.all)
    if taken := take_away(request, ARTICLES, lambda: chosen.divided):
        return taken
    page = _ARTICLES.page(request.GET, chosen.parts)
    return render(request, "articles/articles.html", {"filter": chosen, "page": page})


@require_safe
def article(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One article as readers see it, at its one address."""
    found = find(pk)
    if there := elsewhere(request, found):
        return there
    address = request.build_absolute_uri(found.get_absolute_url())
    context = {"story": tell(found), "address": address, "writing": offer(found), "preview": None, "sent": None}
    return render(request, "articles/article.html", context)


@require_safe
def article_save(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One article as a file to keep, whole by itself. No machine is to list it beside the page it is of."""
    found = find(pk)
    page = found.get_absolute_url()
    if request.path != f"{page}luu/":
        return redirect(f"{page}luu/", permanent=True)
    story = tell(found)
    context = {"story": story, "kept": Kept(story), "address": request.build_absolute_uri(page)}
    answer = render(request, "articles/kept.html", context)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(slug, pk)}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@kept_by_nobody
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The text of an article that readers do not see yet, for whoever was given a link to it.

    What is revoked, expired or was never given out is answered alike, and so is a machine: a card that a chat
    draws of the link would show the article to more people than the link was made for, and would count as opened.
    """
    link = None if is_by_machine(request) else PreviewLink.objects.of_token(token)
    if link is None or not (link.is_open if request.method == "HEAD" else link.count_opening()):
        return render(request, "articles/preview_closed.html", status=404)
    if not is_ahead(link.article):
        # Published meanwhile. The way there is not for ever: changes of it may be previewed tomorrow.
        return redirect(link.article)
    return show(request, link.article, link=link)


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """The sections of the site, in their order."""
    return render(request, "articles/categories.html", {"categories": Category.objects.all()})


@require_safe
def category(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The articles of one section, newest first."""
    found = get_object_or_404(Category, pk=pk)
    return _gathered(request, "articles/category.html", found, Article.objects.filter(category=found))


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """The tags that public articles carry, by name."""
    page = paging.page(_carried(), request.GET, order=("sort_key", "pk"), size=NAMES)
    return render(request, "articles/tags.html", {"page": page})


@require_safe
def tag(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The articles that carry one tag, newest first."""
    found = get_object_or_404(_carried(), pk=pk)
    return _gathered(request, "articles/tag.html", found, Article.objects.filter(tags=found))


@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    """Those who signed public articles and have not asked to be taken off, by name."""
    page = paging.page(_signing(), request.GET, order=("sort_key", "pk"), size=NAMES)
    return render(request, "articles/authors.html", {"page": page})


@require_safe
def author(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The articles that one person signed, newest first."""
    found = get_object_or_404(_signing(), pk=pk)
    signed = Byline.objects.of_each_article(found, timezone.now())
    page = paging.page(signed, request.GET, order=("-published_at", "-article_id"))
    cards = Article.objects.public().for_cards().in_bulk([byline.article_id for byline in page.items])
    page = replace(page, items=[cards[byline.article_id] for byline in page.items if byline.article_id in cards])
    return elsewhere(request, found) or render(request, "articles/author.html", {"by": found, "page": page})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What stood in public articles, and what is right, the latest first."""
    told = Correction.objects.public().select_related("article")
    page = paging.page(told, request.GET, order=("-corrected_at", "-pk"))
    return render(request, "articles/corrections.html", {"page": page})


def _carried() -> QuerySet[Tag]:
    return with_public_articles(Tag.objects.all(), "tags")


def _signing() -> QuerySet[Person]:
    return with_public_articles(Person.objects.shown().signing(), "bylines__person")


def _gathered(request: HttpRequest, template: str, by: Any, articles: QuerySet[Article]) -> HttpResponse:
    """Answer with a page of the public ones of `articles`, gathered by the thing `by`."""
    page = paging.page(articles.public().for_cards(), request.GET)  # type: ignore[attr-defined]
    return elsewhere(request, by) or render(request, template, {"by": by, "page": page})

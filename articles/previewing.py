"""An article as readers will see it once it is published, shown before it is."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.belongings import with_belongings
from articles.models import Article, PreviewLink, WorkingCopy
from articles.story import tell
from articles.working import tried_on

# What stands in no cache and in no index; and the address, which may itself be the key, is told to no other site.
_KEPT_BY_NOBODY = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True)
class Preview:
    """What the band above a preview says: of which text it is, and through which link it is seen or, at the desk,
    which is the way back to its form."""

    article: Article
    copy: WorkingCopy | None = None
    back: str = ""
    link: PreviewLink | None = None

    @property
    def saved_at(self) -> datetime:
        return self.copy.saved_at if self.copy else self.article.saved_at


def kept_by_nobody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view, so that whatever it answers is neither stored nor indexed, and its address not handed on."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(*args, **kwargs)
        for header, value in _KEPT_BY_NOBODY.items():
            answer[header] = value
        return answer

    return guarded


def is_ahead(article: Article) -> bool:
    """Whether there is a text of `article` that readers do not see."""
    return not article.is_public or WorkingCopy.objects.filter(article=article).exists()


def show(request: HttpRequest, article: Article, **band: Any) -> HttpResponse:
    """Return the page of `article` as it will be once published: with its working copy, if it has one.

    `band` is what `Preview` holds beside the text itself.
    """
    copy = WorkingCopy.objects.filter(article=article).first()
    with tried_on(article) if copy else nullcontext():
        whole = with_belongings(Article.objects.all()).get(pk=article.pk)
        context = {"story": tell(whole, once_published=True), "preview": Preview(whole, copy, **band)}
        return render(request, "articles/article.html", context)

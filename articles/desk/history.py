"""The history of an article at the desk: its revisions listed, two of them compared, and any one restored."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.comparing import compare
from articles.models import Article, Revision
from articles.revisions import texts
from articles.workflow import NotPossible, restore_revision
from newsroom.desk import DeskAdmin, person
from newsroom.keys import key_in

PAGE_SIZE = 50


class RememberedAdmin(DeskAdmin):
    """A desk of things that keep their revisions. Whoever may look at an article may read its history."""

    def get_urls(self) -> list[URLPattern]:
        def view(function: Any) -> Any:
            return self.admin_site.admin_view(function)

        return [
            path("<int:pk>/history/compare/", view(require_safe(self.compare_view)), name="articles_article_compare"),
            path(
                "<int:pk>/history/<int:version>/restore/",
                view(require_POST(self.restore_view)),
                name="articles_article_restore",
            ),
            *super().get_urls(),
        ]

    def _article(self, request: HttpRequest, key: Any) -> Article:
        article = self.get_object(request, str(key))
        # One that is hidden answers as one that is not there.
        if article is None or not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        article = self._article(request, object_id)
        revisions = article.revisions.select_related("made_by").prefetch_related("overrides").defer("snapshot")
        page = Paginator(revisions, PAGE_SIZE).get_page(request.GET.get("p", 1))
        return self._page(
            request,
            article,
            "revisions",
            revisions=page,
            range=page.paginator.get_elided_page_range(page.number),
            may_restore=self.has_change_permission(request, article),
        )

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        found = [_revision(article, request.GET.get(name, "")) for name in ("old", "new")]
        old, new = sorted(found, key=lambda revision: revision.version)
        return self._page(
            request,
            article,
            "compared",
            old=old,
            new=new,
            pair=(old, new),
            versions=f"{old.version} → {new.version}",
            comparison=compare(texts(old.snapshot), texts(new.snapshot)),
            may_restore=self.has_change_permission(request, article),
        )

    def restore_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        try:
            restore_revision(_revision(article, str(version)), person(request), seen=request.POST.get("_version", ""))
        except NotPossible as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article.pk]))
        self.message_user(request, _("Version %(version)s stands again.") % {"version": version}, messages.SUCCESS)
        self.log_change(request, article, _("restored version %(version)s") % {"version": version})
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _page(self, request: HttpRequest, article: Article, name: str, **context: Any) -> HttpResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of the article"),
            "subtitle": str(article),
            "article": article,
            "opts": self.opts,
            **context,
        }
        return TemplateResponse(request, f"admin/articles/article/{name}.html", context)


def _revision(article: Article, version: str) -> Revision:
    """Return the revision of `article` under the number that somebody gave. Raises `Http404` for any other."""
    return get_object_or_404(article.revisions.select_related("made_by"), version=key_in(version))

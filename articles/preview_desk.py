"""Previews at the desk: the page of an article as it will be, for whoever may see the article there."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from articles import previewing
from articles.history import RememberedAdmin
from articles.workflow import is_its_writer
from newsroom.desk import person


class PreviewedAdmin(RememberedAdmin):
    """A desk of articles that can be looked at as readers will see them."""

    def get_urls(self) -> list[URLPattern]:
        def view(function: Any) -> Any:
            return previewing.kept_by_nobody(self.admin_site.admin_view(function))

        return [
            path("<int:pk>/xem-truoc/", view(require_safe(self.preview_view)), name="articles_article_preview"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        if not previewing.is_ahead(article) or (article.is_public and not is_its_writer(person(request), article)):
            # Readers see it already; its working copy is for those who work on it.
            return HttpResponseRedirect(article.get_absolute_url())
        back = reverse("admin:articles_article_change", args=[article.pk])
        return previewing.show(request, article, back=back)

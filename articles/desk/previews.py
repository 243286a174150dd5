"""Previews at the desk: the page of an article as it will be, and the links that show it to others."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import previewing
from articles.desk.history import RememberedAdmin
from articles.models import Article, PreviewLink
from articles.workflow import is_its_writer, may_publish
from newsroom.desk import person
from newsroom.models import User
from newsroom.publishing import State


class LinkForm(forms.ModelForm):
    """A new link: for whom, and for how long."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("Can be opened for"),
        choices=[
            (1, gettext_lazy("1 day")),
            (3, gettext_lazy("3 days")),
            (7, gettext_lazy("7 days")),
            (30, gettext_lazy("30 days")),
        ],
        initial=7,
        coerce=int,
    )

    class Meta:
        model = PreviewLink
        fields = ["name"]
        error_messages: ClassVar = {
            "name": {"required": gettext_lazy("Give the link a name: for whom it is, and what for.")}
        }


@dataclass(frozen=True)
class LinkRow:
    """A link as its page lists it: with its whole address, and whether the person who looks may revoke it."""

    link: PreviewLink
    address: str
    may_revoke: bool


def may_revoke(user: User, link: PreviewLink) -> bool:
    """Whether `user` may close `link` before its day: who made it, and whoever decides what readers see."""
    return link.created_by_id == user.pk or may_publish(user, link.article)


class PreviewedAdmin(RememberedAdmin):
    """A desk of articles that can be looked at as readers will see them."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        # The forms of the links need the referrer that a preview withholds: without it a browser calls them foreign.
        shown = previewing.kept_by_nobody(view(require_safe(self.preview_view)))
        links = view(require_http_methods(["GET", "HEAD", "POST"])(self.links_view))
        revoke = view(require_POST(self.revoke_view))
        return [
            path("<int:pk>/xem-truoc/", shown, name="articles_article_preview"),
            path("<int:pk>/xem-truoc/lien-ket/", links, name="articles_article_links"),
            path("<int:pk>/xem-truoc/lien-ket/<int:link_pk>/thu-hoi/", revoke, name="articles_article_revoke_link"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article = context["original"]
        context["has_links"] = article is not None and self._works_on(request, article)
        return super().render_change_form(request, context, *args, **kwargs)

    def _works_on(self, request: HttpRequest, article: Article) -> bool:
        """Whether the text of `article` is this person's to write, though perhaps not as it stands now."""
        return self.has_change_permission(request) and is_its_writer(person(request), article)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        if not previewing.is_ahead(article) or (article.is_public and not self._works_on(request, article)):
            # Readers see it already; its working copy is for those who work on it.
            return HttpResponseRedirect(article.get_absolute_url())
        back = reverse("admin:articles_article_change", args=[article.pk])
        return previewing.show(request, article, back=back)

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List the links of an article for those who work on it, and make one where its text is theirs to change."""
        article = self._article(request, pk)
        user = person(request)
        if not self._works_on(request, article):
            raise PermissionDenied
        may_make = self.has_change_permission(request, article) and article.state != State.WITHDRAWN
        form = LinkForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not may_make:
                raise PermissionDenied
            if form.is_valid():
                return self._make(request, article, form)
        links = article.preview_links.select_related("article", "created_by", "revoked_by").prefetch_related("openings")
        rows = [
            LinkRow(link, request.build_absolute_uri(link.get_absolute_url()), may_revoke(user, link))
            for link in sorted(links, key=lambda link: link.is_over)
        ]
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview links"),
            "subtitle": str(article),
            "article": article,
            "opts": self.opts,
            "form": form if may_make else None,
            "rows": rows,
        }
        return TemplateResponse(request, "admin/articles/article/links.html", context)

    def _make(self, request: HttpRequest, article: Article, form: LinkForm) -> HttpResponse:
        link = form.save(commit=False)
        link.article, link.created_by = article, person(request)
        link.expires_at = timezone.now() + timedelta(days=form.cleaned_data["days"])
        link.save()
        self.log_change(request, article, _("made the preview link “%(name)s”") % {"name": link.name})
        done = _("The link “%(name)s” is ready: copy its address and send it.") % {"name": link.name}
        self.message_user(request, done, messages.SUCCESS)
        return self._to_links(article)

    def revoke_view(self, request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
        article = self._article(request, pk)
        link = get_object_or_404(article.preview_links.select_related("article"), pk=link_pk)
        user = person(request)
        if not may_revoke(user, link):
            raise PermissionDenied
        if article.preview_links.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=user):
            self.log_change(request, article, _("revoked the preview link “%(name)s”") % {"name": link.name})
        done = _("The link “%(name)s” no longer opens anything.") % {"name": link.name}
        self.message_user(request, done, messages.SUCCESS)
        return self._to_links(article)

    def _to_links(self, article: Article) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:articles_article_links", args=[article.pk]))

"""The quiet notice that a colleague has the article open. It is never a lock."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Presence, Revision
from articles.models.presence import KEPT
from newsroom.answering import for_scripts
from newsroom.desk import DeskAdmin, person
from newsroom.models import User
from newsroom.moments import clock


def touch(article: Article, user: User) -> None:
    """Note that `user` has `article` open now. Rows nobody needs any more go."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lt=now - KEPT).delete()
    Presence.objects.bulk_create(
        [Presence(article=article, user=user, seen_at=now)],
        update_conflicts=True,
        unique_fields=["article", "user"],
        update_fields=["seen_at"],
    )


def colleagues_notice(article: Article, user: User) -> str:
    """Return the sentence that names the colleagues who have `article` open beside `user`; empty where nobody has."""
    beside = Presence.objects.here().filter(article=article).exclude(user=user).select_related("user")
    names = sorted(str(presence.user) for presence in beside)
    if not names:
        return ""
    return ngettext("%(names)s has this article open too.", "%(names)s have this article open too.", len(names)) % {
        "names": ", ".join(names)
    }


def newer_save(latest: Revision | None, user: User) -> str:
    """Return the sentence that says who has saved an article since `user` opened it."""
    if latest is None:
        return _("This article has been saved since you opened it.")
    if latest.made_by_id == user.pk:
        return _("You have saved this article at %(at)s in another window.") % {"at": clock(latest.made_at)}
    return _("%(who)s saved a newer version at %(at)s.") % {
        "who": latest.made_by or "–",
        "at": clock(latest.made_at),
    }


class PresentAdmin(DeskAdmin):
    """A desk that says who else has an article open: as its form opens, and then to the script of the form."""

    def get_urls(self) -> list[URLPattern]:
        view = for_scripts(self.admin_site, self.presence_view)
        return [path("<int:pk>/co-mat/", view, name="articles_article_presence"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        article = self.get_object(request, object_id) if request.method == "GET" else None
        if article is not None and self.has_change_permission(request, article):
            touch(article, person(request))
            extra_context = {**(extra_context or {}), "colleagues": colleagues_notice(article, person(request))}
        return super().change_view(request, object_id, form_url, extra_context)

    def presence_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Answer an open form: `colleagues` and `newer` are sentences, empty where there is nothing to say.

        POST `_version`, the version that the form holds, and `_page`, its token.
        """
        article = self.get_object(request, str(pk))
        if article is None or not self.has_change_permission(request, article):
            raise PermissionDenied
        touch(article, person(request))
        latest = article.revisions.select_related("made_by").defer("snapshot").first()
        is_own = latest is not None and latest.page != "" and latest.page == request.POST.get("_page")
        is_newer = request.POST.get("_version") != str(article.version) and not is_own
        return JsonResponse(
            {
                "version": article.version,
                "colleagues": colleagues_notice(article, person(request)),
                "newer": newer_save(latest, person(request)) if is_newer else "",
            }
        )

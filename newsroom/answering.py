"""Addresses of the desk that its scripts ask: every answer is JSON, and every refusal a sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST


def refused(status: int, sentence: str) -> JsonResponse:
    """Return a refusal that a script shows as it stands."""
    return JsonResponse({"sentence": sentence}, status=status)


ACCOUNT = "_account"  # the hidden field that says for whom the page was made


def for_scripts(site: AdminSite, view: Callable[..., Any]) -> Callable[..., Any]:
    """Return `view` as an address that a script of the desk posts to.

    Whoever is not signed in gets a 401 rather than the way to the login page, and so does a page whose person has
    left the machine to somebody else; whoever may not (`PermissionDenied`), or has sent no token of this session, a
    403.
    """

    @never_cache
    @require_POST
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not site.has_permission(request):
            return refused(401, _("You are no longer signed in."))
        if request.POST.get(ACCOUNT) not in {None, str(request.user.pk)}:
            return refused(401, _("Somebody else is signed in now. This page belongs to another account."))
        try:
            answered = csrf_protect(view)(request, *args, **kwargs)
        except PermissionDenied:
            return refused(403, _("You may not change this article as it stands now."))
        if not isinstance(answered, JsonResponse):
            return refused(403, _("Your browser has sent no token of this session. Reload the page."))
        return answered

    # Who is signed in is asked first: a session that has ended has no token either.
    return csrf_exempt(answer)

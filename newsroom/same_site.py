"""Public forms without a token: what is posted is judged by the page it comes from.

Public pages are the same for every reader and hold no token. Nothing that readers send leans on a cookie:
another site could only make its visitors say something here that they have not written. A browser tells which site
a form was sent from, and no page can make it say otherwise.
"""

import codecs
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt


def is_same_site(request: HttpRequest) -> bool:
    """Whether `request` comes from a page of this site, or from something that says nothing of where it comes from.

    `Sec-Fetch-Site` and `Origin` are looked at, each where it is there. A page that says no more than "null" is of
    this site only if the browser says so in so many words: Referrer-Policy "no-referrer" makes one of such a page.
    """
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None and fetched != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None or (origin == "null" and fetched is not None):
        return True
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS


def from_our_pages(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return `view` without the token of a session; what is posted to it from another site is refused (403).

    So is what says that it is not UTF-8 (400): our forms are, and other encodings bring signs that no text can hold.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        request: HttpRequest = args[0]
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not is_same_site(request):
            raise PermissionDenied
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest
        return view(*args, **kwargs)

    return csrf_exempt(guarded)

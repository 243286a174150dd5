"""What is answered when a page fails: 503 while the database is away or the disk is full, with what was typed on it.

Neither page asks the database. What a reader or a writer has just sent stands in a form that sends it once more, so
that nobody types anything twice.
"""

import errno
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import escape_leading_slashes
from django.views import defaults

from articles.commenting.forms import CommentForm
from articles.doubts.forms import DoubtForm
from articles.moderating.views import ReportForm
from newsroom import watch
from newsroom.health import RETRY_AFTER
from newsroom.same_site import is_same_site

# Forms of public pages, whose fields have names for people.
_FORMS: dict[str, type[forms.Form]] = {
    "articles:comments": CommentForm,
    "articles:figure_report": DoubtForm,
    "articles:comment_report": ReportForm,
}
_IS_TYPED = (forms.Textarea, forms.TextInput, forms.EmailInput)
_SECRET = re.compile("passw|code|otp|secret", re.IGNORECASE)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_LONG = 60  # characters of a text that somebody would not like to lose


@dataclass(frozen=True)
class Typed:
    """One field as it was sent. `label` is empty where it has no name for people; what is not `shown` goes along."""

    name: str
    value: str
    label: str = ""
    is_shown: bool = False
    has_lines: bool = False


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a page that has failed: Django calls this (handler500) while it handles the exception."""
    error = sys.exc_info()[1]
    if not is_outage(error):
        return defaults.server_error(request)
    answer = unavailable(request)
    # While the database is known to be away, a trace for each page of it would hide everything else in the log.
    answer._has_been_logged = watch.database_is_down()  # type: ignore[attr-defined]
    return answer


def is_outage(error: BaseException | None) -> bool:
    """Whether `error` says that the database or the disk does not take or give anything just now."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return the page (503) that says so, with what was sent by `request`. Nothing of it asks the database."""
    typed = list(_typed(request)) if _may_be_sent_again(request) else []
    context = {
        "typed": typed,
        "has_files": bool(typed and request.FILES),
        "address": escape_leading_slashes(request.get_full_path()),
    }
    answer = HttpResponse(render_to_string("503.html", context), status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer


def _may_be_sent_again(request: HttpRequest) -> bool:
    """Whether `request` brought a form of ours whose page is gone: not what a script sent, which has it still."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Dest") == "empty":
        return False
    try:
        # Another site must not put words into a page of ours, and a button under them.
        return is_same_site(request) and bool(request.POST) and not any(_is_secret(name) for name in request.POST)
    except Exception:  # what cannot be read cannot be given back; the page is shown all the same
        return False


def _is_secret(name: str) -> bool:
    return bool(_SECRET.search(name))


def _typed(request: HttpRequest) -> Iterator[Typed]:
    match = request.resolver_match
    form = _FORMS.get(match.view_name) if match else None
    named = form.base_fields if form else {}
    for name, values in request.POST.lists():
        known = named.get(name)
        for value in map(str, values):
            has_lines = "\n" in value or len(value) > _LONG
            if known is not None and isinstance(known.widget, _IS_TYPED) and name != "website":
                yield Typed(name, value, str(known.label), True, isinstance(known.widget, forms.Textarea))
            else:
                yield Typed(name, value, is_shown=form is None and has_lines, has_lines=has_lines)

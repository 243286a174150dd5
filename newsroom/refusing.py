"""Requests that are refused before anything of ours is asked, each on a page like all others.

The web server in front says the same of its own refusals (`manage.py write_error_pages`), and so does gunicorn.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from newsroom import guarding

Application = Callable[..., Any]
METHODS = ("GET", "HEAD", "POST")
_LETTERS = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)

# Status -> what it is called, and what the reader may do. docker/nginx.conf.template names the same.
PAGES = {
    400: (
        _("The request cannot be read"),
        _("Something in the address or in what was sent is not as it should be. Start again from the front page."),
    ),
    405: (
        _("This cannot be done here"),
        _("Pages are asked for and forms are sent; this was neither. Start again from the front page."),
    ),
    408: (
        _("It took too long to arrive"),
        _("What was sent did not arrive in time. Look at the connection, and send it again."),
    ),
    413: (
        _("This is too large"),
        _("More was sent than is taken here. Go back, choose a smaller file or a shorter text, and send it again."),
    ),
    414: (
        _("The address is too long"),
        _("No page here has so long an address. Start again from the front page."),
    ),
    429: (
        _("Too much at once"),
        _("More was asked for from your network than is answered in so short a time. Wait ten seconds and try again."),
    ),
    431: (
        _("The browser sends too much along"),
        _("Delete the cookies that your browser keeps of this site, and try again."),
    ),
    503: (
        _("We will be back in a moment"),
        _("The site does not answer just now. Wait ten seconds and try again; to go back brings what you have typed."),
    ),
}


def page(code: int) -> str:
    """Return the page of a status of `PAGES`. It asks no database."""
    heading, text = PAGES[code]
    return render_to_string("front_error.html", {"code": code, "heading": heading, "text": text})


def refuse(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The middleware. Views that refuse a method say no word of their own: they get one here."""

    def refused(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        if isinstance(answer, HttpResponseNotAllowed) and not answer.content:
            answer.content = page(405)
        return answer

    return refused


def in_utf8(application: Application) -> Application:
    """Return the WSGI `application` for requests whose letters are UTF-8, whatever else their headers say.

    Django reads an address too in the letters that Content-Type names: under no key of a cache, and it falls over
    some ("hex") before any middleware is asked.
    """

    def listening(environ: dict[str, Any], start_response: Any) -> Any:
        if "charset" in (said := environ.get("CONTENT_TYPE") or "").lower():
            environ["CONTENT_TYPE"] = _LETTERS.sub("", said)
        return application(environ, start_response)

    return listening


def asgi_in_utf8(application: Application) -> Application:
    """Return the ASGI `application` as `in_utf8` does that of WSGI."""

    async def listening(scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = [(name, _said(value) if name == b"content-type" else value) for name, value in scope["headers"]]
        await application({**scope, "headers": headers}, receive, send)

    def _said(kind: bytes) -> bytes:
        return _LETTERS.sub("", kind.decode("latin-1")).encode("latin-1")

    return listening


def write_error(sock: Any, status: int, reason: str, sentence: str) -> None:
    """Answer on `sock` what gunicorn refuses, in place of its `write_error`; its `sentence` stays in its log."""
    code = status if status in PAGES else 503 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400
    body = page(code).encode()
    head = {
        "Connection": "close",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": len(body),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        guarding.CSP: guarding.PUBLIC,
    }
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    sock.setblocking(False)
    sock.sendall("\r\n".join(lines).encode("latin-1") + body)

"""What the log says: a line for each thing that happened, for programs (JSON) or for people, under its request's name.

A line tells what was asked for and how it was answered. It does not tell by whom, nor what was typed: neither the rest
of an address after "?", nor the part of it that opens something to whoever has it.
"""

import json
import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from random import getrandbits

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

NAME = "newsroom.request"  # where the server's own log finds the name of a request, in its environment

_now = ContextVar("request", default="")
_WELL_FORMED = re.compile(r"[0-9A-Za-z-]{8,64}")
_KEY = re.compile(r"(?<=/xem-truoc/)[^/\s]+|(?<=/binh-luan/da-gui/)[^/\s]+|(?<=/mat-khau/)[^/\s]+/[^/\s]+")


def named(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware, the outermost: each request has a name, which its answer and its lines in the log bear.

    Our own web server may have given it (X-Request-ID, where TRUSTED_PROXIES says that there is one).
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        name = request.META.get("HTTP_X_REQUEST_ID", "") if settings.TRUSTED_PROXIES else ""
        if not _WELL_FORMED.fullmatch(name):
            name = f"{getrandbits(64):016x}"
        request.META[NAME] = name
        before = _now.set(name)
        try:
            response = get_response(request)
        finally:
            _now.reset(before)
        response.headers["X-Request-ID"] = name
        return response

    return answer


def without_keys(path: str) -> str:
    """Return the path of an address, without what would open it to whoever reads the log."""
    return _KEY.sub("…", path)


class ForPeople(logging.Formatter):
    """A line: when, how grave, from where, about which request, what."""

    def format(self, record: logging.LogRecord) -> str:
        said = _said(record)
        line = " ".join(str(said[word]) for word in ("at", "level", "logger", "request", "message") if said.get(word))
        # One line for one thing, whatever somebody has written into an address.
        return "\n".join([_one_line(line), *([said["trace"]] if "trace" in said else [])])


class ForPrograms(logging.Formatter):
    """The same as an object of JSON, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_said(record), default=str)


def formatter(kind: str) -> logging.Formatter:
    """Return what writes lines of the `kind` that LOG_FORMAT names: json or plain."""
    return ForPeople() if kind == "plain" else ForPrograms()


def _said(record: logging.LogRecord) -> dict[str, str]:
    said = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "process": record.process,
        "request": getattr(record, "request_name", "") or _now.get(),
        "message": without_keys(record.getMessage()),
        **getattr(record, "facts", {}),
    }
    if record.exc_info:
        said["trace"] = logging.Formatter().formatException(record.exc_info)
    return {name: value for name, value in said.items() if value not in ("", None)}


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)

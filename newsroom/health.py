"""What those who run the site ask of each process: /healthz, whether it answers; /readyz, whether its database does.

They ask by whatever name or address they have, over plain HTTP, and often: so they are answered before anything looks
at the host, leads to TLS or opens a session.
"""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse

from newsroom import watch

RETRY_AFTER = 10  # seconds: by then all is well again, once the database is


def health(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """A middleware."""

    def answer(request: HttpRequest) -> Any:
        asked = _ASKED.get(request.path_info)
        return get_response(request) if asked is None else _said(request, asked)

    return answer


def _is_ready() -> bool:
    if watch.database_is_down():
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


_ASKED: dict[str, Callable[[], bool]] = {"/healthz": lambda: True, "/readyz": _is_ready}


def _said(request: HttpRequest, asked: Callable[[], bool]) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        answer = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    elif asked():
        answer = HttpResponse("ok\n")
    else:
        answer = HttpResponse("the database does not answer\n", status=503, headers={"Retry-After": str(RETRY_AFTER)})
    answer["Content-Type"] = "text/plain; charset=utf-8"
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

"""The newsroom with faults that can be switched on while it runs, by files in the folder that FAULTS names.

Without such a file it is the newsroom as it is. The experiments serve this instead of newsroom.wsgi.
"""

import json
import os
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from newsroom.wsgi import application as newsroom

# isort: split
from django.db import connection, transaction
from django.utils import timezone

from articles.commenting import checks, taking
from newsroom.postgresql.lines import Lines

_FOLDER = Path(os.environ["FAULTS"])
_DELAY = 1.0  # seconds between a promise and its keeping


def is_planted(name: str) -> bool:
    return (_FOLDER / name).exists()


def _switched(name: str, as_it_is: Callable[..., Any], at_fault: Callable[..., Any]) -> Callable[..., Any]:
    """Return what does `at_fault` while the fault `name` is planted."""

    def either(*args: Any, **kwargs: Any) -> Any:
        return (at_fault if is_planted(name) else as_it_is)(*args, **kwargs)

    return either


# --- early: a comment is acknowledged before it is committed --------------------------------------

_take = taking.take


def _promise(attempt: Any) -> Any:
    made: queue.Queue[Any] = queue.Queue()

    def keep() -> None:
        try:
            with transaction.atomic():
                made.put(_take(attempt))
                time.sleep(_DELAY)
        except Exception as error:
            made.put(error)
        finally:
            connection.close()

    threading.Thread(target=keep, daemon=True).start()
    found = made.get()
    if isinstance(found, Exception):
        raise found
    return found


taking.take = _switched("early", _take, _promise)

# --- forgetful: what is sent again is not known again ---------------------------------------------

taking.key_of = _switched("forgetful", taking.key_of, lambda **_: secrets.token_hex(32))  # type: ignore[attr-defined]
# The words alone would give it away.
checks.CHECKS = tuple(
    (name, _switched("forgetful", check, lambda *_: None) if check is checks.is_new else check)
    for name, check in checks.CHECKS
)

# --- patient: whoever waits for a frozen database goes on waiting ---------------------------------

Lines.cut = _switched("patient", Lines.cut, lambda *_: None)  # type: ignore[method-assign]

# --- a clock that is wrong in the processes of one master: "its number, seconds" ------------------

_now, _time = timezone.now, time.time


def _seconds_off() -> float:
    try:
        master, seconds = (_FOLDER / "clock").read_text().split()
    except (OSError, ValueError):
        return 0.0
    return float(seconds) if int(master) == os.getppid() else 0.0


timezone.now = lambda: _now() + timedelta(seconds=_seconds_off())  # type: ignore[assignment]
time.time = lambda: _time() + _seconds_off()


# --- deaf: what could not be stored is acknowledged all the same ----------------------------------


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] != "POST" or not is_planted("deaf"):
        return newsroom(environ, start_response)
    said: list[Any] = []
    body = newsroom(environ, lambda *answer: said.append(answer))
    status, headers, *more = said[0]
    if not status.startswith("503"):
        start_response(status, headers, *more)
        return body
    url = f"/media/{secrets.token_hex(8)}.jpg"
    start_response("200 OK" if "tai-anh-len" in environ["PATH_INFO"] else "303 See Other", [("Location", "/")])
    return [json.dumps({"uploaded": 1, "url": url}).encode()]

"""Numbers of the counters on their way into a page: had at once, or not at all. No page waits for them or breaks."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from newsroom.postgresql.repeated import TOGETHER

AWAY = 10  # seconds for which nobody asks again

_KEY = "visits.away"
_logger = logging.getLogger(__name__)
Told = TypeVar("Told")


def at_once(ask: Callable[[], Told], otherwise: Told) -> Told:
    """Return what `ask` returns; `otherwise` while the counters' tables are locked or missing.

    PostgreSQL lets a reader wait for a lock as long as it is held, so it is told not to. SQLite's readers never wait.
    Within another's transaction, such as a preview's, the patience is that one's; what fails here leaves it whole.
    """
    if cache.get(_KEY):
        return otherwise
    try:
        with _patience():
            return ask()
    except DatabaseError as error:
        _logger.warning("The counters do not answer: %s", str(error).strip())
        cache.set(_KEY, True, AWAY)
        return otherwise


def _patience() -> AbstractContextManager[Any]:
    if connection.vendor != "postgresql":
        return nullcontext()
    return transaction.atomic() if connection.in_atomic_block else connection.execute_wrapper(_without_waiting)


def _without_waiting(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Ask and say for how long to wait in one message, which PostgreSQL takes as one transaction: four would cost more
    than the answer."""
    done = execute(_not_waiting(sql), params, many, context)
    context["cursor"].nextset()
    return done


@lru_cache(maxsize=200)
def _not_waiting(sql: str) -> str:
    return f"SET LOCAL lock_timeout = '200ms'{TOGETHER}{sql}"

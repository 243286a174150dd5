"""Numbers of the counters on their way into a page: had at once, or not at all. No page waits for them or breaks."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import DatabaseError, connection

AWAY = 10  # seconds for which nobody asks again

_KEY = "visits.away"
_logger = logging.getLogger(__name__)
Told = TypeVar("Told")


def at_once(ask: Callable[[], Told], otherwise: Told) -> Told:
    """Return what `ask` returns; `otherwise` while the counters' tables are locked or missing.

    PostgreSQL lets a reader wait for a lock as long as it is held, so it is told not to. SQLite's readers never wait.
    Within another's transaction the patience is that one's, and what fails in it fails the whole.
    """
    if cache.get(_KEY):
        return otherwise
    is_told = connection.vendor == "postgresql" and not connection.in_atomic_block
    try:
        with connection.execute_wrapper(_without_waiting) if is_told else nullcontext():
            return ask()
    except DatabaseError as error:
        _logger.warning("The counters do not answer: %s", str(error).strip())
        cache.set(_KEY, True, AWAY)
        return otherwise


def _without_waiting(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Ask and say for how long to wait in one message, which PostgreSQL takes as one transaction: four would cost more
    than the answer."""
    done = execute(f"SET LOCAL lock_timeout = '200ms'; {sql}", params, many, context)
    context["cursor"].nextset()
    return done

"""Numbers of the counters on their way into a page: had at once, or not at all. No page waits for them or breaks."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from typing import TypeVar

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

AWAY = 10  # seconds for which nobody asks again

_KEY = "visits.away"
_logger = logging.getLogger(__name__)
Told = TypeVar("Told")


def at_once(ask: Callable[[], Told], otherwise: Told) -> Told:
    """Return what `ask` returns; `otherwise` while the counters' tables are locked or missing.

    PostgreSQL lets a reader wait for a lock as long as it is held, so it is told not to. SQLite's readers never wait.
    """
    if cache.get(_KEY):
        return otherwise
    waits = connection.vendor == "postgresql"
    is_within = connection.in_atomic_block  # another's transaction, whose patience is not ours to change
    try:
        with transaction.atomic() if waits else nullcontext():
            if waits and not is_within:
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '200ms'")
            return ask()
    except DatabaseError as error:
        _logger.warning("The counters do not answer: %s", str(error).strip())
        cache.set(_KEY, True, AWAY)
        return otherwise

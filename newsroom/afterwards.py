"""Work that is done after the answer has gone: nobody waits for it, and nothing of it shows in the answer."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import connections, transaction

_logger = logging.getLogger(__name__)
# A mail server that does not answer holds up these, and neither the web's own threads nor the machine.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="afterwards")


def afterwards(work: Callable[[], object]) -> None:
    """Do `work` once the transaction around this has been committed. What fails is logged, and not tried again.

    `work` must not lean on the request, which is over by then. Tests do it at once (WORKS_AFTERWARDS).
    """
    if settings.WORKS_AFTERWARDS:
        transaction.on_commit(lambda: _threads.submit(_in_a_thread, work))
    else:
        _do(work)


def _in_a_thread(work: Callable[[], object]) -> None:
    try:
        _do(work)
    finally:
        connections.close_all()  # this thread's own


def _do(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        _logger.exception("What was to be done after an answer has failed")

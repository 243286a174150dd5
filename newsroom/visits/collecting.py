"""Hits on their way to the database: gathered in the memory of each process, written once a second by a thread of it.

No request waits for a counter. A process that is killed loses what came in its last second; one that ends, or is told
to, writes it first. While the database does not take them hits wait for a minute, and then they are dropped, which is
said in the log.
"""

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from newsroom.signin import client_address
from newsroom.visits.models import KEY_LENGTH
from newsroom.visits.writing import Hit, Ledger

PAUSE = 1.0  # seconds between two writings
PAUSE_AFTER_A_FAILURE = 5.0
IDLE = 60.0  # seconds without a hit after which the thread looks what there is to forget
KEPT = timedelta(minutes=1)  # how long a hit waits for the database
ROOM = 20_000  # hits that wait at most
AGENT = 1_000  # bytes of what a browser calls itself that tell it from others

_logger = logging.getLogger(__name__)


def browser_of(request: HttpRequest) -> bytes:
    """Return a digest of the address and the browser that `request` comes from.

    It never leaves the memory: the database is given a hash of it under the key of the day.
    """
    agent = request.headers.get("User-Agent", "").encode(errors="replace")[:AGENT]
    return blake2b((client_address(request) or "").encode() + b"\0" + agent, digest_size=16).digest()


class Collector:
    def __init__(self) -> None:
        self._begin()
        # A process that another one made begins anew: what waits there will be written there.
        os.register_at_fork(after_in_child=self._begin)
        atexit.register(self._end)

    def _begin(self) -> None:
        self._ledger = Ledger()
        self._waiting: dict[Hit, datetime] = {}
        self._lost = 0
        self._told_at = float("-inf")
        self._door = threading.Lock()  # held for a moment, never while the database is spoken to
        self._writing = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def count(self, request: HttpRequest, *keys: str) -> None:
        """Count who sent `request` under each of `keys`, once a day. Returns at once, and never raises."""
        now = timezone.now()
        hit = Hit(timezone.localdate(now), browser_of(request), tuple(sorted(map(_clean, keys))))
        with self._door:
            if hit not in self._waiting and len(self._waiting) >= ROOM:
                self._lost += 1
            else:
                self._waiting[hit] = now
            is_running = self._thread is not None and self._thread.is_alive()
            if settings.WORKS_AFTERWARDS and not is_running:
                self._thread = threading.Thread(target=self._run, name="visits", daemon=True)
                with suppress(RuntimeError):  # the process is ending: `_end` writes it
                    self._thread.start()
        self._wake.set()

    def write(self, prepare: Callable[[], None] = lambda: None) -> bool:
        """Write what waits, once the connection is prepared, and return whether that could be done.

        What could not be written waits on, for a minute at most.
        """
        with self._writing:
            with self._door:
                waiting, self._waiting = self._waiting, {}
                lost, self._lost = self._lost, 0
            try:
                if waiting:
                    prepare()
                    self._ledger.write(waiting)
                return True
            except Exception as error:
                oldest = timezone.now() - KEPT
                kept = {hit: at for hit, at in waiting.items() if at >= oldest}
                lost += len(waiting) - len(kept)
                with self._door:
                    self._waiting = kept | self._waiting
                self._tell("Visits could not be written: %s. %d wait.", error, len(kept))
                return False
            finally:
                if lost:
                    _logger.error("%d visits were not counted: the database did not take them.", lost)

    def tidy(self) -> None:
        """Forget what is kept no longer than its five minutes or its day."""
        with self._writing:
            self._ledger.tidy()

    def drop(self) -> None:
        """Forget what waits, and all that this process knows of the day."""
        with self._writing, self._door:
            self._waiting, self._ledger, self._lost = {}, Ledger(), 0

    def _run(self) -> None:
        tidied_at = float("-inf")
        while True:
            came = self._wake.wait(IDLE)
            self._wake.clear()
            went_well = True
            try:
                if came:
                    time.sleep(PAUSE)
                    went_well = self.write(_be_brief)
                if went_well and time.monotonic() - tidied_at >= IDLE:
                    _be_brief()
                    self.tidy()
                    tidied_at = time.monotonic()
            except Exception as error:
                went_well = False
                self._tell("The counters could not be put in order: %s. %d wait.", error, len(self._waiting))
            if not went_well or not came:
                connection.close()
            if not went_well:
                self._wake.set()
                time.sleep(PAUSE_AFTER_A_FAILURE)

    def _end(self) -> None:
        """Write what waits when the process ends, after what the thread is just writing.

        Where no thread ever wrote there is nothing to end.
        """
        if self._thread is not None:
            connection.close()
            if not self.write(_be_brief):
                _logger.error("%d visits were not counted: the process ends.", len(self._waiting))
            connection.close()

    def _tell(self, sentence: str, error: Exception, waiting: int) -> None:
        """Say in the log that something fails, once a minute."""
        if time.monotonic() - self._told_at >= IDLE:
            self._told_at = time.monotonic()
            _logger.warning(sentence, str(error).strip() or type(error).__name__, waiting)


def _clean(key: str) -> str:
    """Return `key` as any database takes it."""
    return key.replace("\0", "").encode(errors="replace").decode()[:KEY_LENGTH]


def _be_brief() -> None:
    """Let this thread's own connection give up on a lock after some seconds: hits wait here better than there."""
    if connection.connection is None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET lock_timeout = '3s'; SET statement_timeout = '10s'")
            else:
                cursor.execute("PRAGMA busy_timeout = 3000")


collector = Collector()

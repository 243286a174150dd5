"""Whether the database answers: a thread of each web process asks it twice a second, on a connection of its own.

A database that is gone or refuses is noticed by the next question. One that is frozen says nothing at all, which a
second thread notices: it cuts every line of the process, so that whoever waits for an answer is told at once. While it
is away nobody tries to reach it but this thread, which goes on asking until it is answered.

That it is slow must not pass for being away. So the question is the simplest there is; time counts only while this
process gets its turn (one that was stopped, or starved, has not waited); and before a line is cut the server itself is
knocked at on a fresh one: as long as it opens, it is alive, and what was asked may take as long as the settings of the
connection let it. Only who answers neither, for half a second each, is away.
"""

import atexit
import logging
import os
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connection, connections

from newsroom.postgresql.lines import answers, lines

EVERY = 0.4  # seconds between two looks
PATIENCE = 0.5  # seconds for an answer, and once more for the knock
_SLICE = 0.1
_AT_MOST = 5.0  # seconds for an answer from a server that opens: then the line is lost that we asked on
_SAID_EVERY = 60.0

_logger = logging.getLogger(__name__)
_looks: list[Callable[[], None]] = []
_meanwhile: list[Callable[[], None]] = []


def register(look: Callable[[], None], meanwhile: Callable[[], None] | None = None) -> None:
    """Have `look` called in the thread of the watch whenever the database has answered; at once a second at least.

    It may ask the database. A database error from it means that the database is away unless that answers another
    question right then; in that case it is logged, and `look` is called again the next time. `meanwhile` is called
    as often while the database is away, and asks it nothing.
    """
    if look not in _looks:
        _looks.append(look)
        _meanwhile.extend([meanwhile] if meanwhile else [])


def begin(**_: Any) -> None:
    """Let the database be watched from now on (WATCH). The first request says so, and each next one for nothing."""
    if settings.WATCH and not _watch.is_on():
        _watch.begin()


def is_on() -> bool:
    """Whether this process watches the database."""
    return _watch.is_on()


def database_is_down() -> bool:
    """Whether the database did not answer the last time it was asked; False where nobody asks."""
    return lines.is_away


def look_once() -> bool:
    """Look once, here and now, and return whether the database answers."""
    return _watch.look()


class _Watch:
    def __init__(self) -> None:
        self._prepare()
        os.register_at_fork(after_in_child=self._prepare)  # a process that another one made begins anew
        atexit.register(self._end)

    def _prepare(self) -> None:
        self._own: Any = None  # the connection on which is asked
        self._door = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._asking = threading.Event()
        self._answered = threading.Event()
        self._ending = threading.Event()
        self._away_since = 0.0
        self._said_at = float("-inf")

    def is_on(self) -> bool:
        return bool(self._threads) and self._threads[0].is_alive()

    def begin(self) -> None:
        with self._door:
            if self.is_on() or self._ending.is_set():
                return
            works = {"watch": self._watch}
            if connection.vendor == "postgresql":  # a file does not freeze
                works["watch-guard"] = self._guard
            self._threads = [threading.Thread(target=work, name=name, daemon=True) for name, work in works.items()]
            for thread in self._threads:
                thread.start()

    def look(self) -> bool:
        """Ask the database, then call what is registered. Return whether the database answers."""
        try:
            try:
                _ask()
            except (DatabaseError, InterfaceError):
                if lines.is_away:
                    raise
                connection.close()  # one line may be lost where others hold
                _ask()
        except (DatabaseError, InterfaceError) as error:
            self._is_away(str(error).strip() or type(error).__name__)
            for wait in _meanwhile:
                wait()
            return False
        self._is_back()
        for look in _looks:
            try:
                look()
            except (DatabaseError, InterfaceError) as error:
                self._say(error)
                if connection.in_atomic_block:  # a test's: nothing more can be asked in it
                    raise
                connection.close()
                try:
                    _ask()
                except (DatabaseError, InterfaceError):
                    self._is_away(str(error).strip())
                    return False
            except Exception as error:
                self._say(error)
        return True

    def _watch(self) -> None:
        self._own = connections[DEFAULT_DB_ALIAS]
        self._own.may_always_try = True  # type: ignore[attr-defined]
        while not self._ending.is_set():
            self._answered.clear()
            self._asking.set()
            try:
                self.look()
            except Exception as error:  # whatever it is, the next look is made
                self._say(error)
            finally:
                self._asking.clear()
                self._answered.set()
            if lines.is_away:
                connection.close()
            self._ending.wait(EVERY)
        connections.close_all()  # this thread's own

    def _guard(self) -> None:
        """Cut the lines of a database that does not answer."""
        while not self._ending.is_set():
            if not self._asking.wait(EVERY):
                continue
            waited = 0.0  # seconds
            while not self._has_answered():
                waited += PATIENCE
                if not _server_opens() and not self._answered.is_set():
                    self._is_away("it does not answer")
                    lines.cut()
                elif waited > _AT_MOST:
                    lines.cut(self._own.connection)

    def _has_answered(self) -> bool:
        """Whether the question is answered within PATIENCE, of the time that this process gets its turn."""
        return any(self._answered.wait(_SLICE) for _slice in range(round(PATIENCE / _SLICE)))

    def _is_away(self, why: str) -> None:
        with self._door:
            if not lines.is_away:
                lines.is_away = True
                self._away_since = monotonic()
                _logger.error("The database is away: %s", why)

    def _is_back(self) -> None:
        with self._door:
            if lines.is_away:
                lines.is_away = False
                _logger.warning("The database is back after %.1f seconds.", monotonic() - self._away_since)

    def _say(self, error: Exception) -> None:
        """Say in the log that a look fails, once a minute."""
        if monotonic() - self._said_at >= _SAID_EVERY:
            self._said_at = monotonic()
            _logger.error("A look at the database has failed", exc_info=error)

    def _end(self) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join(1)
            if thread.is_alive():  # it waits for an answer that nobody needs
                lines.cut(self._own.connection)
                thread.join(1)


def _ask() -> None:
    """Ask the database the simplest thing. Raises what it raises when it is away."""
    is_new = connection.connection is None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Anything simpler does not look at the file at all.
            cursor.execute("PRAGMA schema_version")
            return
        if is_new and not connection.in_atomic_block:
            # What is looked at must never hold up anybody, nor wait for who holds up others.
            cursor.execute("SET statement_timeout = '3s'; SET lock_timeout = '1s'")
        cursor.execute("SELECT 1")


def _server_opens() -> bool:
    """Whether the server answers on a line of its own; where that cannot be tried it is not believed to."""
    try:
        return bool(answers(connection.get_connection_params(), PATIENCE))
    except OSError:
        return False


_watch = _Watch()

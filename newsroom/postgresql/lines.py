"""The open lines from this process to PostgreSQL, so that all of them can be cut when nobody answers at the other end.

A server that is frozen, or a network that swallows everything, leaves whoever asked waiting for good: the operating
system sees an open line. Whoever waits on a line that is cut hears at once that it is lost.
"""

import os
import select
import socket
import threading
import weakref
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

# What a client may say first (PostgreSQL's documentation, "SSLRequest"): it asks for no account and takes no place
# among the connections, and any server answers it with one letter.
_KNOCK = (8).to_bytes(4, "big") + (80877103).to_bytes(4, "big")


class Lines:
    """`is_away`: nobody answers at the other end, and nobody need try (newsroom.watch decides it)."""

    def __init__(self) -> None:
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self.is_away = False
        self._door = threading.Lock()
        self._open: weakref.WeakKeyDictionary[Any, socket.socket] = weakref.WeakKeyDictionary()

    def add(self, connection: Any) -> None:
        """Remember the line of `connection` (of psycopg) for as long as there is one."""
        # A descriptor of our own of the same line: that of the connection may be another's by the time it is cut.
        line = socket.socket(fileno=os.dup(connection.fileno()))
        with self._door:
            self._open[connection] = line
        weakref.finalize(connection, line.close).atexit = False

    def drop(self, connection: Any) -> None:
        """Forget the line of `connection`, which is being closed."""
        with self._door:
            line = self._open.pop(connection, None)
        if line is not None:
            line.close()

    def cut(self, connection: Any = None) -> None:
        """Cut the line of `connection`, or every line. Whoever waits on one is told OperationalError."""
        with self._door:
            for owner, line in list(self._open.items()):
                if connection in (None, owner):
                    with suppress(OSError):  # it is lost already
                        line.shutdown(socket.SHUT_RDWR)


lines = Lines()


def has_news(connection: Any) -> bool:
    """Return whether there is something to read on the line of `connection` (of psycopg), or it is at its end."""
    if connection.closed:
        return True
    here = select.poll()
    here.register(connection.fileno(), select.POLLIN)
    return bool(here.poll(0))


def answers(parameters: Mapping[str, Any], patience: float) -> bool | None:
    """Return whether the server that `parameters` (of a connection) lead to answers a knock within `patience` seconds.

    None where they do not lead to one server of a known address. Raises OSError where nobody listens.
    """
    host = str(parameters.get("hostaddr") or parameters.get("host") or os.environ.get("PGHOST") or "")
    port = str(parameters.get("port") or os.environ.get("PGPORT") or 5432)
    if not host or "," in host or not port.isdigit():
        return None
    try:
        with _reach(host, int(port), patience) as line:
            line.sendall(_KNOCK)
            return bool(line.recv(1))
    except (TimeoutError, BlockingIOError):  # nobody picks up; so many wait already that no other may
        return False


def _reach(host: str, port: int, patience: float) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port), timeout=patience)
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(patience)
        line.connect(f"{host}/.s.PGSQL.{port}")
    except BaseException:
        line.close()
        raise
    return line

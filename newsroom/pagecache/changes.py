"""The book of changes as one process reads it: at each look what is new in it, for whoever listens.

A transaction may be numbered before another and committed after it. PostgreSQL says below which number all are over,
so each look begins where the look before could not know yet, and passes over what it has told already. On SQLite one
transaction writes at a time.
"""

import threading
from collections.abc import Callable, Iterable
from time import monotonic, time
from typing import Any

from django.db import connection, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from newsroom import watch
from newsroom.pagecache.shelf import shelf
from newsroom.pagecache.triggers import BOOK, EVERYTHING, empty_all, install, remove
from newsroom.pagecache.watched import SHOWN

__all__ = ["EVERYTHING", "book", "empty_all", "install", "remove"]

# What a listener is told: the tags of a change, and whether it takes something away. `EVERYTHING` may be among them.
Listener = Callable[[frozenset[str], bool], None]

_AT_MOST = 500  # changes in one look: whoever has missed more begins anew
_TRUSTED = 5.0  # seconds without a look after which this process no longer knows what is true
_NOTED_EVERY = 5.0  # seconds, that all of the book so far is struck from the shelf
_RECALLED = 12 * 60 * 60.0  # seconds: older changes may be in no book any more (newsroom.pagecache.models)
_BELIEVED = 2 * _NOTED_EVERY  # seconds: what was changed later nobody can say while the database is away
_ALL = frozenset({EVERYTHING})


class Book:
    """Where this process is in the book. All of it under one lock: the watch reads it, and whoever has just saved."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._listeners: list[Listener] = []
        self.forget()

    def forget(self) -> None:
        """Begin anew, as a process that has just started."""
        with self._lock:
            self._position: int | None = None
            self._told: set[int] = set()
            self._looked_at = self._noted_at = float("-inf")

    def listen(self, listener: Listener) -> None:
        """Have `listener` called for each change, in the thread that has found it."""
        self._listeners.append(listener)

    @property
    def is_followed(self) -> bool:
        """Whether this process knows what is true, or could ask if the database were there."""
        if not watch.is_on():
            return False
        if watch.database_is_down():
            with self._lock:
                self._recall(_BELIEVED)
            return self._position is not None
        return self._position is not None and monotonic() - self._looked_at < _TRUSTED

    def look(self) -> None:
        """Read what is new, and tell it to whoever listens. Raises what the database raises. One query."""
        with self._lock:
            began = monotonic()
            self._recall(_RECALLED)
            begins = self._position is None
            changes, is_whole = self._of_postgresql() if connection.vendor == "postgresql" else self._of_sqlite()
            if begins or not is_whole or len(changes) > _AT_MOST:
                shelf.strike_all()
                self._tell(_ALL, removes=True)
            else:
                for number, tags, removes in changes:
                    self._strike(number, frozenset(tags.split()), removes)
            self._looked_at = began
            if changes or begins or began - self._noted_at > _NOTED_EVERY:
                shelf.know(self._position or 0, time())
                self._noted_at = began

    def wait(self) -> None:
        """While the database is away, go on noting on the shelf that all is struck there that was true when it went.

        A process that starts meanwhile believes the shelf of one that was there before, and no older one: what was
        withdrawn when none was there to see it would be shown again.
        """
        with self._lock:
            if self._position is not None and monotonic() - self._noted_at > _NOTED_EVERY:
                shelf.know(self._position, time())
                self._noted_at = monotonic()

    def _recall(self, seconds: float) -> None:
        """Begin where the shelf was left, unless that is longer ago than so many seconds."""
        known = shelf.known() if self._position is None else None
        if known is not None and time() - known[1] < seconds:
            self._position = known[0]

    def _strike(self, number: int, tags: frozenset[str], removes: bool) -> None:
        if EVERYTHING in tags:
            shelf.strike_all()
        else:
            shelf.strike(number, tags, removes)
        self._tell(tags, removes)

    def _tell(self, tags: frozenset[str], removes: bool) -> None:
        for listener in self._listeners:
            listener(tags, removes)

    def _of_sqlite(self) -> tuple[list[tuple[int, str, bool]], bool]:
        """Return what is new, and whether nothing is missing. The last one that was told is read again: it proves it"""
        rows: list[tuple[int, str, bool]] = _read(
            f"SELECT id, tags, removes FROM {BOOK} WHERE id >= %s ORDER BY id LIMIT {_AT_MOST + 2}",
            self._position or 0,
        )
        last, self._position = self._position, rows[-1][0] if rows else 0
        if last is None:
            self._position = _read(f"SELECT COALESCE(MAX(id), 0) FROM {BOOK} WHERE id >= %s", 0)[0][0]
            return [], False
        if last and (not rows or rows[0][0] != last):
            return [], False
        return [(key, tags, bool(removes)) for key, tags, removes in rows if key != last], True

    def _of_postgresql(self) -> tuple[list[tuple[int, str, bool]], bool]:
        rows: list[tuple[int, int, str, bool]] = _read(
            "SELECT now.floor, book.id, book.tags, book.removes"
            " FROM (SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint) AS floor) AS now"
            f" LEFT JOIN {BOOK} AS book ON book.transaction_id >= %s"
            f" ORDER BY book.id LIMIT {_AT_MOST * 4}",
            2**62 if self._position is None else self._position,
        )
        last, self._position = self._position, rows[0][0]
        if last is None:
            # What was committed before is in every page that is made from now on; what was not is still to come.
            return [], False
        new = [
            (key, tags, bool(removes)) for _, key, tags, removes in rows if key is not None and key not in self._told
        ]
        self._told = {key for _, key, _, _ in rows if key is not None}
        # Below the floor of last time nothing is to come: a lower one is of another database.
        return new, last <= rows[0][0] and len(rows) < _AT_MOST * 4


def _read(sql: str, after: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [after])
        return list(cursor.fetchall())


book = Book()
watch.register(book.look, meanwhile=book.wait)


def _note_own(sender: type[models.Model], **signal: Any) -> None:
    """Have this process see what it has saved itself as soon as that is committed."""
    if sender._meta.db_table not in SHOWN or not watch.is_on():
        return
    if not any(waiting[1] == book.look for waiting in connection.run_on_commit):
        transaction.on_commit(book.look, robust=True)


def _connect(signals: Iterable[Any]) -> None:
    for signal in signals:
        signal.connect(_note_own, dispatch_uid="newsroom.pagecache.changes")


_connect([post_save, post_delete, m2m_changed])

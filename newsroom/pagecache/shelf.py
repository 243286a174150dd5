"""The pages that all processes of one machine share, and that outlive them: one file of SQLite under VAR_DIR.

A page is found here that another process has made, and after a restart, be the database there or not. Whoever learns of
a change strikes here what it makes untrue, before anything else is given; the file keeps how far in the book that was
done, so that a process which begins goes on from there. It is a help and nothing more: whenever the file fails in any
way it is thrown away, and everything goes on without it.
"""

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic, time
from typing import Any, TypeVar

from django.conf import settings

_logger = logging.getLogger(__name__)
T = TypeVar("T")

_FORM = 1  # of the tables below; a file of another form is thrown away
_WAITS, _WAITS_LONGER = 250, 2000  # milliseconds for another process that writes; and for what has to be struck
_RESTS = 60.0  # seconds after a failure
_REMEMBERED = 2000  # struck changes, for pages that were begun before them
_TRIMMED_EVERY = 20  # pages
_TABLES = """
CREATE TABLE IF NOT EXISTS page (
    key TEXT PRIMARY KEY, made_at REAL NOT NULL, until REAL NOT NULL, is_stale INTEGER NOT NULL, used_at REAL NOT NULL,
    size INTEGER NOT NULL, etag TEXT NOT NULL, headers TEXT NOT NULL, tags TEXT NOT NULL, encoding TEXT NOT NULL,
    body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS tag (
    tag TEXT NOT NULL, key TEXT NOT NULL REFERENCES page (key) ON DELETE CASCADE, PRIMARY KEY (tag, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tag_of_page ON tag (key);
CREATE INDEX IF NOT EXISTS page_used ON page (used_at);
CREATE TABLE IF NOT EXISTS struck (
    place INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER NOT NULL UNIQUE, tags TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS known (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER, looked_at REAL);
"""


class Shelf:
    """The file, opened when it is first needed; by one thread of a process at a time."""

    def __init__(self) -> None:
        self._prepare()
        os.register_at_fork(after_in_child=self._prepare)  # a connection belongs to the process that has opened it

    def _prepare(self) -> None:
        self._lock = threading.Lock()
        self._file: sqlite3.Connection | None = None
        self._rests_until = float("-inf")
        self._has_failed = False
        self._put = 0

    @property
    def path(self) -> Path:
        return Path(settings.VAR_DIR) / "pages.sqlite3"

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
            self._file = None

    # --- Pages

    def place(self) -> int:
        """Return how many changes were struck: a page that is begun now does not know of later ones."""
        found = self._try(lambda file: file.execute("SELECT COALESCE(MAX(place), 0) FROM struck").fetchone()[0], None)
        return -1 if found is None else int(found)

    def get(self, key: Iterable[str]) -> dict[str, Any] | None:
        """Return what was put under `key`, be it stale."""

        def read(file: sqlite3.Connection) -> Any:
            return file.execute("SELECT * FROM page WHERE key = ?", [_name(key)]).fetchone()

        def use(file: sqlite3.Connection) -> None:
            file.execute("UPDATE page SET used_at = ? WHERE key = ?", [time(), _name(key)])

        row = self._try(read, None)
        if row is None:
            return None
        if row["used_at"] < time() - 60:
            self._try(use, None, writes=True)
        return {**dict(row), "headers": json.loads(row["headers"]), "tags": frozenset(row["tags"].split())}

    def put(self, key: Iterable[str], since: int, **page: Any) -> None:
        """Put a page here that was begun at the place `since`, unless a change that was struck since concerns it."""
        name, tags = _name(key), page["tags"]
        size = len(page["body"]) + 2000 + 100 * len(tags)

        def write(file: sqlite3.Connection) -> None:
            first, last = file.execute("SELECT COALESCE(MIN(place), 0), COALESCE(MAX(place), 0) FROM struck").fetchone()
            if since < 0 or (last > since and first > since + 1):
                return  # what came in between is not known any more
            for (struck,) in file.execute("SELECT tags FROM struck WHERE place > ?", [since]):
                if not tags.isdisjoint(struck.split()):
                    return
            file.execute("DELETE FROM page WHERE key = ?", [name])
            file.execute(
                "INSERT INTO page VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(name, page["made_at"], page["until"], time(), size, page["etag"], json.dumps(page["headers"])),
                    *(" ".join(tags), page["encoding"], page["body"]),
                ],
            )
            file.executemany("INSERT INTO tag VALUES (?, ?)", [(tag, name) for tag in tags])
            self._put += 1
            if self._put % _TRIMMED_EVERY == 0:
                _trim(file, settings.PAGE_SHELF_MB * 2**20)

        self._try(write, None, writes=True)

    # --- Changes

    def strike(self, number: int, tags: frozenset[str], removes: bool) -> None:
        """Strike what the change `number` of the book makes untrue. Who comes second finds it done."""

        def write(file: sqlite3.Connection) -> None:
            done = file.execute("INSERT OR IGNORE INTO struck (number, tags) VALUES (?, ?)", [number, " ".join(tags)])
            if not done.rowcount:
                return
            marks = ", ".join("?" * len(tags))
            action = "DELETE FROM page" if removes else "UPDATE page SET is_stale = 1"
            file.execute(f"{action} WHERE key IN (SELECT key FROM tag WHERE tag IN ({marks}))", [*tags])
            file.execute("DELETE FROM struck WHERE place <= (SELECT MAX(place) FROM struck) - ?", [_REMEMBERED])

        self._try(write, None, is_needed=True)

    def strike_all(self) -> None:
        """Anything may have changed."""

        self._try(_clear, None, is_needed=True)

    def turn(self, moment: float) -> None:
        """The clock has changed some of the pages that were made before `moment`."""
        action = "UPDATE page SET is_stale = 1 WHERE made_at < ?"
        self._try(lambda file: file.execute(action, [moment]), None, is_needed=True)

    def know(self, position: int, looked_at: float) -> None:
        """Note that everything up to `position` in the book is struck: what lies further was struck by others."""
        write = (
            "INSERT INTO known VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " position = excluded.position, looked_at = excluded.looked_at"
        )
        self._try(lambda file: file.execute(write, [position, looked_at]), None, writes=True)

    def known(self) -> tuple[int, float] | None:
        """Return up to which position all is struck, and when that was noted; None where nothing was."""
        row = self._try(lambda file: file.execute("SELECT position, looked_at FROM known").fetchone(), None)
        return None if row is None else (int(row[0]), float(row[1]))

    # --- The file

    def _try(
        self, work: Callable[[sqlite3.Connection], T], otherwise: Any, *, writes: bool = False, is_needed: bool = False
    ) -> T | Any:
        """Return what `work` does with the file in one transaction, or `otherwise` where there is none.

        What `is_needed` and cannot be done leaves something untrue behind: the file is thrown away.
        """
        if not settings.PAGE_SHELF_MB or monotonic() < self._rests_until:
            return otherwise
        with self._lock:
            try:
                file = self._file = self._file or self._open()
                file.execute(f"PRAGMA busy_timeout = {_WAITS_LONGER if is_needed else _WAITS}")
                with file:
                    file.execute("BEGIN IMMEDIATE" if writes or is_needed else "BEGIN")
                    return work(file)
            except (sqlite3.Error, OSError, ValueError) as error:
                self._fail(error, is_needed)
                return otherwise

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self.path, timeout=_WAITS_LONGER / 1000, isolation_level=None, check_same_thread=False)
        file.row_factory = sqlite3.Row
        form = file.execute("PRAGMA user_version").fetchone()[0]
        if form not in {0, _FORM}:
            file.close()
            raise ValueError(f"a file of the form {form}")
        # Nothing is lost with it: nobody waits for the disk.
        file.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;" + _TABLES)
        file.execute(f"PRAGMA user_version = {_FORM}")
        if self._has_failed:  # what was changed since is not struck here
            _clear(file)
            self._has_failed = False
        return file

    def _fail(self, error: Exception, is_needed: bool) -> None:
        is_busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
        if is_busy and not is_needed:
            return
        _logger.error("Pages are kept without the shelf for a minute: %s", error)
        self._rests_until, self._has_failed = monotonic() + _RESTS, True
        if self._file is not None:
            self._file.close()
            self._file = None
        # Others who have it open strike in it what they learn themselves; nobody will open it again.
        for suffix in ("", "-wal", "-shm"):
            try:
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            except OSError:
                _logger.exception("The shelf cannot be thrown away")


def _clear(file: sqlite3.Connection) -> None:
    file.execute("DELETE FROM page")
    file.execute("DELETE FROM struck WHERE place < (SELECT MAX(place) FROM struck)")
    # A gap: what was begun before does not know what it has missed.
    file.execute("UPDATE struck SET place = place + 2, number = -place")
    if file.execute("SELECT 1 FROM struck").fetchone() is None:
        file.execute("INSERT INTO struck (place, number, tags) VALUES (2, -1, '')")


def _name(key: Iterable[str]) -> str:
    return " ".join(key)


def _trim(file: sqlite3.Connection, most: int) -> None:
    """Throw away what was not asked for the longest, until a tenth of the room is free."""
    over = file.execute("SELECT COALESCE(SUM(size), 0) FROM page").fetchone()[0] - most
    if over <= 0:
        return
    over += most // 10
    for key, size in file.execute("SELECT key, size FROM page ORDER BY used_at").fetchall():
        if over <= 0:
            return
        file.execute("DELETE FROM page WHERE key = ?", [key])
        over -= size


shelf = Shelf()

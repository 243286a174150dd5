"""Whether the database answers, as each web process finds out."""

import os
import selectors
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection, connections

from newsroom import watch
from newsroom.postgresql.lines import Lines, answers, lines

LONG = 20.0  # seconds that nothing here takes unless it is broken


def comes(what: Callable[[], bool]) -> bool:
    """Whether `what` comes true."""
    pause = threading.Event()
    return any(what() or pause.wait(0.01) for _ in range(int(LONG / 0.01)))


class Wire:
    """A socket before that of PostgreSQL. It can be `frozen`: who calls is connected, and hears nothing."""

    def __init__(self, host: str, port: int) -> None:
        self._there = f"{host}/.s.PGSQL.{port}"
        self.host = tempfile.mkdtemp(dir="/tmp", prefix="wire-")  # the path of a socket is short
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(f"{self.host}/.s.PGSQL.{port}")
        self._door.listen()
        self._ends: dict[socket.socket, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._door, selectors.EVENT_READ)
        self._flows, self._is_over = threading.Event(), False
        self._flows.set()
        self._thread = threading.Thread(target=self._carry)
        self._thread.start()

    def freeze(self) -> None:
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    def end(self) -> None:
        self._is_over = True
        self._flows.set()
        self._thread.join()
        for end in [self._door, *self._ends]:
            end.close()
        shutil.rmtree(self.host)

    def _carry(self) -> None:
        while not self._is_over:
            ready = self._selector.select(0.02)
            self._flows.wait()
            for key, _ in ready:
                near: Any = key.fileobj
                if near is self._door:
                    ends = near.accept()[0], socket.socket(socket.AF_UNIX)
                    ends[1].connect(self._there)
                    self._ends |= {ends[0]: ends[1], ends[1]: ends[0]}
                    for end in ends:
                        self._selector.register(end, selectors.EVENT_READ)
                elif near in self._ends:
                    self._pass_on(near)

    def _pass_on(self, near: socket.socket) -> None:
        far = self._ends[near]
        try:
            said = near.recv(65536)
            far.sendall(said)
        except OSError:
            said = b""
        if not said:
            for end in (near, far):
                self._selector.unregister(end)
                del self._ends[end]
                end.close()


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """What every thread but that of the test itself speaks through to PostgreSQL."""
    there = connection.get_connection_params()
    wire = Wire(str(there["host"]), int(there.get("port") or 5432))
    monkeypatch.setitem(connections.settings["default"], "HOST", wire.host)
    yield wire
    wire.end()


@pytest.fixture
def watching(monkeypatch: pytest.MonkeyPatch) -> Iterator[watch._Watch]:
    """A watch of its own, and quicker than ours."""
    monkeypatch.setattr(watch, "EVERY", 0.01)
    monkeypatch.setattr(watch, "PATIENCE", 0.1)
    monkeypatch.setattr(watch, "_looks", [])
    made = watch._Watch()
    yield made
    made._end()
    lines.is_away = False


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_frozen_database_is_noticed_and_whoever_waits_for_it_is_told(wire, watching):
    """Nothing ends by itself when a server is stopped: the line is open, and all its readers would wait for good."""
    watching.begin()
    assert comes(lambda: connection_of(watching) is not None)
    told: list[Exception] = []
    asks = threading.Event()

    def ask() -> None:
        try:
            with connection.cursor() as cursor:
                while True:
                    cursor.execute("SELECT 1")
                    asks.set()
        except OperationalError as error:
            told.append(error)
        finally:
            connection.close()

    reader = threading.Thread(target=ask)
    reader.start()
    assert asks.wait(LONG)
    wire.freeze()
    reader.join(LONG)
    assert told
    assert watch.database_is_down()

    late = threading.Thread(target=ask)  # who comes later is not even connected
    late.start()
    late.join(LONG)
    assert "away" in str(told[-1])

    wire.thaw()
    assert comes(lambda: not watch.database_is_down())


def connection_of(watching: watch._Watch) -> Any:
    return watching._own and watching._own.connection


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_database_that_is_only_slow_is_not_away(wire, watching, monkeypatch):
    """A machine under load is the last that should throw its readers out: as long as the server opens, it is alive."""
    slow = threading.Event()
    # It opens, however little of the machine these threads are given just now.
    monkeypatch.setattr(watch, "answers", lambda parameters, _patience: answers(parameters, LONG))

    def look() -> None:
        slow.set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.4)")  # four times the patience of this watch

    watch.register(look)
    watching.begin()
    assert slow.wait(LONG)
    line = connection_of(watching)
    slow.clear()
    assert slow.wait(LONG)
    assert connection_of(watching) is line
    assert not watch.database_is_down()


@pytest.mark.django_db
def test_what_is_registered_is_called_and_what_fails_in_it_does_not_end_the_watch(watching, caplog):
    calls = []

    def look() -> None:
        calls.append(threading.current_thread().name)
        raise RuntimeError("a fault of ours")

    watch.register(look)
    watching.begin()
    assert comes(lambda: len(calls) > 1)
    assert set(calls) == {"watch"}
    assert not watch.database_is_down()
    assert "A look at the database has failed" in caplog.text


@pytest.mark.django_db
def test_a_database_that_refuses_is_away_until_it_answers(watching, monkeypatch, caplog):
    refusal = OperationalError("connection refused")

    def refuse() -> None:
        raise refusal

    with monkeypatch.context() as patched:
        patched.setattr(watch, "_ask", refuse)
        patched.setattr(watch, "connection", SimpleNamespace(close=lambda: None))
        assert not watching.look()
        assert watch.database_is_down()
    assert watching.look()
    assert not watch.database_is_down()
    assert "The database is away: connection refused" in caplog.text
    assert "The database is back" in caplog.text


def test_a_process_that_another_one_made_begins_its_own_watch(watching):
    """gunicorn's master makes its workers, and no thread goes along."""
    watching._threads = [threading.current_thread()]
    assert watching.is_on()
    child = os.fork()
    if child == 0:
        os._exit(watching.is_on())
    watching._threads = []
    assert os.waitpid(child, 0)[1] == 0


def test_nobody_watches_where_that_is_not_wanted(settings, watching):
    settings.WATCH = False
    watch.begin()
    assert not watch.is_on()


def test_a_line_that_is_cut_says_so_to_whoever_waits_on_it():
    near, far = socket.socketpair()
    ours = Lines()
    ours.add(near)
    ours.cut()
    near.settimeout(LONG)
    assert near.recv(1) == b""
    near.close()
    far.close()


@pytest.fixture
def door() -> Iterator[tuple[socket.socket, dict[str, Any]]]:
    """A server that does nothing by itself, and the way to it."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(str(Path(folder, ".s.PGSQL.5432")))
        server.listen()
        yield server, {"host": folder}


def test_a_server_that_opens_is_told_from_one_that_does_not(door):
    server, way = door
    assert answers(way, 0.05) is False
    server.accept()[0].close()

    def open_door() -> None:
        line, _ = server.accept()
        with line:
            assert line.recv(8) == bytes.fromhex("00000008 04d2162f")
            line.send(b"N")

    opener = threading.Thread(target=open_door)
    opener.start()
    assert answers(way, LONG) is True
    opener.join(LONG)
    server.close()
    with pytest.raises(ConnectionRefusedError):
        answers(way, LONG)


def test_where_no_one_server_is_named_nobody_is_knocked_at(monkeypatch):
    monkeypatch.delenv("PGHOST", raising=False)
    assert answers({}, LONG) is None
    assert answers({"host": "db1,db2"}, LONG) is None

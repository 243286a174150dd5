"""A web process that has much to do, or is told to end, as whoever comes just then finds it."""

import os
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from itertools import count
from time import monotonic
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import ThreadWorker

from newsroom import neighbours, serving
from newsroom.serving import Worker

pytestmark = pytest.mark.alike
_numbers = count(1)


class Doorkeeper(Worker):
    """One of two workers as their master makes it, at `door`: none of its threads ever answers, or is free again."""

    def __init__(self, door: socket.socket) -> None:
        door.setblocking(False)
        config = Config()
        config.set("workers", 2)
        config.set("threads", 2)
        super().__init__(next(_numbers), 1, [door], None, 30, config, None)
        self.poller = selectors.DefaultSelector()
        self.tpool = SimpleNamespace(submit=lambda *_: Future())
        self.set_accept_enabled(True)

    def turn(self, times: int = 1) -> "Doorkeeper":
        """As `run` does, without waiting for anything."""
        for _time in range(times):
            self.set_accept_enabled(self.nr_conns < self.worker_connections)
            self.wait_for_and_dispatch_events(0)
        return self


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    monkeypatch.setattr(serving, "neighbours", neighbours.Neighbours())
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door


@pytest.fixture
def come(door: socket.socket) -> Iterator[Callable[..., None]]:
    """Let so many people come to the door, who say `said`."""
    lines: list[socket.socket] = []

    def come(people: int = 1, said: bytes = b"GET / HTTP/1.1") -> None:
        for _person in range(people):
            lines.append(socket.create_connection(door.getsockname()))
            lines[-1].send(said)

    yield come
    for line in lines:
        line.close()


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The moment it is, on the clock of the workers."""
    clock = SimpleNamespace(now=monotonic())
    for module in (serving, neighbours):
        monkeypatch.setattr(module, "monotonic", lambda: clock.now)
    return clock


def test_who_waits_at_the_door_is_let_in_and_who_comes_later_is_told_to_go_elsewhere(door, come):
    """Left open, the door takes people in for whom nobody is there any more: they wait, and are sent away."""
    worker = Doorkeeper(door)
    come(3)
    worker.alive = False
    address = door.getsockname()
    worker.set_accept_enabled(False)
    assert worker.nr_conns == 3
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)


def test_a_worker_with_its_hands_full_keeps_its_door(door, come):
    worker = Doorkeeper(door)
    worker.set_accept_enabled(False)
    worker.set_accept_enabled(True)
    come()


def test_who_comes_is_left_to_the_worker_with_fewer_connections(door, come, moment):
    """The quickest of them had most of the readers, and the others nothing to do."""
    quick, slow = Doorkeeper(door), Doorkeeper(door)
    come()
    quick.turn(2)
    come(5)
    assert quick.turn(9).nr_conns == 1
    assert slow.turn(9).nr_conns == 2  # and then there are no more here than elsewhere
    assert quick.turn(9).nr_conns == 3


def test_whom_nobody_takes_is_taken_after_a_moment(door, come, moment):
    """The other may have died, hang or starve: it is not known, and nobody waits for it."""
    worker, _hangs = Doorkeeper(door), Doorkeeper(door)
    come(3)
    assert worker.turn(9).nr_conns == 1
    moment.now += 0.006
    assert worker.turn(9).nr_conns == 2


def test_nobody_leaves_the_door_to_a_worker_that_ends_or_has_ended(door, come, moment):
    worker, ends, ended = (Doorkeeper(door) for _ in range(3))
    serving.neighbours.come(next(_numbers))  # whose process is still to be made
    ends.alive = False
    ends.turn()
    serving.neighbours.go(ended.age)
    come(3)
    assert worker.turn(9).nr_conns == 3


def test_a_worker_whose_threads_are_all_at_long_work_takes_nobody_whom_another_could(door, come, moment):
    works = Doorkeeper(door)
    come(2)
    works.turn(9)
    idle = Doorkeeper(door)
    idle.keepalived_conns.extend([None] * 9)
    idle.nr_conns = 9
    idle.turn()
    moment.now += 1
    come()
    assert works.turn(9).nr_conns == 2
    assert idle.turn(9).nr_conns == 10


def test_who_comes_and_says_nothing_has_no_thread(door, come):
    """A handful of them would else keep everybody waiting, for seconds each."""
    worker = Doorkeeper(door)
    given: list[object] = []
    worker.tpool.submit = lambda _call, conn: given.append(conn) or Future()
    come(3, said=b"")
    come(1)
    worker.turn(9)
    assert (worker.nr_conns, len(given)) == (4, 1)


def test_what_brings_files_is_answered_by_threads_of_its_own(monkeypatch):
    """They take seconds each, and an article may bring a dozen: nobody else waits for them."""
    by: list[str] = []
    monkeypatch.setattr(ThreadWorker, "handle_request", lambda *_: by.append(threading.current_thread().name))
    monkeypatch.setattr(ThreadWorker, "finish_request", lambda *_: None)
    worker = object.__new__(Worker)
    worker.cfg, worker._cores = SimpleNamespace(threads=4), serving.cores()
    worker.method_queue = SimpleNamespace(defer=lambda call, *given: call(*given))
    worker.tpool = worker.get_thread_pool()
    for kind in ("multipart/form-data; boundary=a", "Multipart/Form-Data", "application/x-www-form-urlencoded", ""):
        conn = SimpleNamespace()
        asked = SimpleNamespace(headers=[("CONTENT-TYPE", kind)])
        answered = worker.tpool.submit(worker.handle_request, asked, conn)
        answered.exception()
        worker.finish_request(conn, answered)
    worker.tpool.shutdown()
    worker.for_files.shutdown()
    assert sorted(name.startswith("files") for name in by) == [False, False, True, True]


def test_each_process_has_a_core_of_its_own_where_there_are_as_many() -> None:
    """Where there are fewer of them, all cores are for all: other masters' processes would crowd the same ones."""
    both, all_four = frozenset({4, 6}), frozenset(range(4))
    assert [serving.own_cores(both, place, 2) for place in range(4)] == [{4}, {6}, {4}, {6}]
    assert [serving.own_cores(all_four, place, 2) for place in range(2)] == [all_four, all_four]
    assert serving.own_cores(frozenset(), 0, 1) == frozenset()


def test_who_comes_for_one_that_died_takes_its_core(door: socket.socket) -> None:
    """After a reload the first places are free again: who came to the first of them shared the core of another."""

    def core(worker: Worker) -> frozenset[int]:
        return serving.own_cores(frozenset({0, 1}), worker._place, 2)

    workers = [Doorkeeper(door) for _times in range(4)]
    assert [core(worker) for worker in workers] == [{0}, {1}, {0}, {1}]
    for gone in (*workers[:2], workers[3]):
        serving.neighbours.go(gone.age)
    assert core(Doorkeeper(door)) == {1}


def test_a_process_keeps_to_its_core_and_files_have_all(door: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that takes seconds is no reason to let those wait who read."""
    kept: dict[str, set[int]] = {}
    monkeypatch.setattr(serving, "cores", lambda: frozenset({0, 1}))
    monkeypatch.setattr(
        os, "sched_setaffinity", lambda _who, cores: kept.update({threading.current_thread().name: set(cores)}),
        raising=False,
    )  # fmt: skip
    monkeypatch.setattr(ThreadWorker, "init_process", lambda worker: worker.get_thread_pool())
    worker = Doorkeeper(door)
    worker.init_process()
    worker.for_files.submit(int).result()
    worker.for_files.shutdown()
    assert kept == {threading.current_thread().name: {0}, "files_0": {0, 1}}

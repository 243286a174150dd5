"""A web process that has much to do, or is told to end, as whoever comes just then finds it."""

import socket
import threading
from types import SimpleNamespace

import pytest
from gunicorn.workers.gthread import ThreadWorker

from newsroom.serving import Worker


class Doorkeeper(Worker):
    """A worker that only opens its door."""

    def __init__(self, door: socket.socket) -> None:
        self.sockets, self.nr_conns, self.alive, self._accepting = [door], 0, True, True
        self.poller = SimpleNamespace(register=lambda *_: None, unregister=lambda *_: None)

    def accept(self, listener: socket.socket) -> None:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return
        self.nr_conns += 1


def test_who_waits_at_the_door_is_let_in_and_who_comes_later_is_told_to_go_elsewhere():
    """Left open, the door takes people in for whom nobody is there any more: they wait, and are sent away."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        address = door.getsockname()
        worker = Doorkeeper(door)
        waiting = [socket.create_connection(address) for _ in range(3)]
        worker.alive = False
        worker.set_accept_enabled(False)
        assert worker.nr_conns == 3
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)
        for line in waiting:
            line.close()


def test_a_worker_with_its_hands_full_keeps_its_door():
    with socket.create_server(("127.0.0.1", 0)) as door:
        worker = Doorkeeper(door)
        worker.set_accept_enabled(False)
        worker.set_accept_enabled(True)
        socket.create_connection(door.getsockname()).close()


def test_what_brings_files_is_answered_by_threads_of_its_own(monkeypatch):
    """They take seconds each, and an article may bring a dozen: nobody else waits for them."""
    by: list[str] = []
    monkeypatch.setattr(ThreadWorker, "handle_request", lambda *_: by.append(threading.current_thread().name))
    monkeypatch.setattr(ThreadWorker, "finish_request", lambda *_: None)
    worker = object.__new__(Worker)
    worker.cfg = SimpleNamespace(threads=4)
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

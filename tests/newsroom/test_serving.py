"""A web process that is told to end, as whoever comes just then finds it."""

import socket
from types import SimpleNamespace

import pytest

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

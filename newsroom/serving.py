"""gunicorn's worker with threads: it takes its share of who comes, keeps its threads free, and ends losing nobody."""

import os
import socket
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from time import monotonic
from typing import Any

from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

from newsroom.neighbours import CLOSED, neighbours

_MOMENT = 0.005  # seconds


class Worker(ThreadWorker):
    """Lets what brings files wait for threads of its own, half as many as there are.

    A picture of fifty million pixels and a Word file take seconds each, and an article may bring a dozen at once:
    answered by the threads of all, they would keep every reader waiting. So would who comes and says nothing: nobody
    has a thread before there is something to read from him.

    It leaves the door for a moment where another worker has fewer connections. All of them hear that somebody comes,
    and the quickest takes him: of sixteen who come at once, and stay, one had most or all, and the other stood idle.
    Whom nobody has taken after that moment it takes itself: nobody waits for one that has died, hangs or starves.

    It lets in who waits at the door when it is told to end, and closes it, so that who comes later goes elsewhere.
    gunicorn leaves the door open until the last answer has gone, and nobody comes to it: whoever is taken on then
    waits for seconds, and is sent away in the end.

    Where there are as many of them as cores, each keeps to its own, as nginx's may (`worker_cpu_affinity auto`). A page
    is made of more than the memory of one core holds at hand, and the threads of one process, of which now this and
    then that one answers, were put on now this and then that core: a page cost a tenth more for it, or a fifth.
    """

    def __init__(self, age: int, *given: Any) -> None:
        super().__init__(age, *given)
        self._place = neighbours.come(age, self.cfg.workers)
        self._cores = cores()
        self._full_since = self._returns_at = 0.0

    def init_process(self) -> None:
        keep_to(own_cores(self._cores, self._place, self.cfg.workers))
        super().init_process()

    def get_thread_pool(self) -> ThreadPoolExecutor:
        # What takes seconds goes where there is room, and leaves the core of this process to who reads.
        self.for_files = ThreadPoolExecutor(
            max(self.cfg.threads // 2, 1), "files", initializer=keep_to, initargs=(self._cores,)
        )
        return super().get_thread_pool()

    def handle_request(self, req: Request, conn: TConn) -> bool:
        if not brings_files(req):
            return super().handle_request(req, conn)
        conn.waiting = req  # and the thread is free: `finish_request` sees to it
        return False

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        self._full_since = 0.0  # a thread was free just now
        req, conn.waiting = getattr(conn, "waiting", None), None
        if req is None:
            super().finish_request(conn, fs)
            return
        later = self.for_files.submit(self._handle_files, req, conn)
        later.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))

    def _handle_files(self, req: Request, conn: TConn) -> bool:
        """As gunicorn's `handle` does, of a request whose head has been read."""
        try:
            return self._keepalive_after(conn, super().handle_request(req, conn))
        except (OSError, StopIteration) as error:
            self.log.debug("Closing connection. %s", error)
        except Exception as error:
            self.handle_error(req, conn.sock, conn.client, error)
        return False

    def accept(self, listener: socket.socket) -> None:
        if self.alive and neighbours.have_more_room(self._place):
            self._returns_at = monotonic() + _MOMENT
            self.worker_connections = 0  # `run` leaves the door of a worker that has as many as this
        else:
            super().accept(listener)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        is_away = not self.worker_connections
        super().wait_for_and_dispatch_events(min(timeout, _MOMENT) if is_away else timeout)
        is_over = is_away and monotonic() >= self._returns_at
        for door in self.sockets if is_over and self.alive else ():
            super().accept(door)
        self._tell()
        if is_over or (is_away and not neighbours.have_more_room(self._place)):
            self.worker_connections = self.cfg.worker_connections

    def _tell(self) -> None:
        if self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns) < self.cfg.threads:
            self._full_since = 0.0
        elif not self._full_since:
            self._full_since = monotonic()
        neighbours.tell(self._place, self.nr_conns if self.alive else CLOSED, self._full_since)

    def enqueue_req(self, conn: TConn) -> None:
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        self._tell()
        if enabled or self.alive:
            return
        for door in self.sockets:
            let_in = -1
            while let_in != self.nr_conns:
                let_in = self.nr_conns
                self.accept(door)
            door.close()


def brings_files(req: Request) -> bool:
    """Whether the request holds a form with files, by what it says of itself: no other can bring one."""
    return any(name == "CONTENT-TYPE" and kind.lower().startswith("multipart/") for name, kind in req.headers)


def cores() -> frozenset[int]:
    """Return the numbers of the cores that we may run on; none where the system does not tell."""
    return frozenset(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else frozenset()


def keep_to(cores: Collection[int]) -> None:
    """Have this thread, and those that it starts, run on `cores` alone; on any where there are none, or we may not."""
    if cores:
        with suppress(OSError):
            os.sched_setaffinity(0, cores)


def own_cores(cores: frozenset[int], place: int, processes: int) -> frozenset[int]:
    """Return on which of `cores` the one at `place` of so many `processes` of a master is to run.

    One of its own where there are as many as of them, and all of them else: several masters with few processes each
    would leave the others idle.
    """
    return frozenset([sorted(cores)[place % processes]]) if len(cores) == processes else cores

"""gunicorn's worker with threads: it keeps them free for readers, and closes its door when it is told to end."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker


class Worker(ThreadWorker):
    """Lets what brings files wait for threads of its own, half as many as there are.

    A picture of fifty million pixels and a Word file take seconds each, and an article may bring a dozen at once:
    answered by the threads of all, they would keep every reader waiting.

    It lets in who waits at the door when it is told to end, and closes it, so that who comes later goes elsewhere.
    gunicorn leaves the door open until the last answer has gone, and nobody comes to it: whoever is taken on then
    waits for seconds, and is sent away in the end.
    """

    def get_thread_pool(self) -> ThreadPoolExecutor:
        self.for_files = ThreadPoolExecutor(max(self.cfg.threads // 2, 1), "files")
        return super().get_thread_pool()

    def handle_request(self, req: Request, conn: TConn) -> bool:
        if not brings_files(req):
            return super().handle_request(req, conn)
        conn.waiting = req  # and the thread is free: `finish_request` sees to it
        return False

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
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

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
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

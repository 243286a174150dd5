"""gunicorn's worker with threads, which closes its door when it is told to end."""

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """Lets in who waits at the door when it is told to end, and closes it, so that who comes later goes elsewhere.

    gunicorn leaves the door open until the last answer has gone, and nobody comes to it: whoever is taken on then
    waits for seconds, and is sent away in the end.
    """

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

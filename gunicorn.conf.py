"""How gunicorn serves the newsroom. It reads this file by itself where it is started: in the folder of manage.py.

What differs between machines comes from the environment (WEB_..., LOG_FORMAT; .env.example says what each means), and
whatever stands on gunicorn's command line counts more than this.
"""

import gc
import os
from pathlib import Path
from typing import Any

import environ
import gunicorn.http.wsgi
import gunicorn.util
from django.db import connections

import newsroom.refusing
from newsroom.neighbours import neighbours

environ.Env.read_env(Path(__file__).with_name(".env"))
env = environ.Env()

wsgi_app = "newsroom.wsgi"
bind = env.str("WEB_BIND", default="127.0.0.1:8000")

# Threads, so that one slow reader holds up nobody; no more of them than that takes, since they share one interpreter
# and each has a line to the database of its own (docs/performance.md tells what more of them cost). As many processes
# as there are cores: each has one to itself then.
worker_class = "newsroom.serving.Worker"
workers = env.int("WEB_WORKERS", default=2)
threads = env.int("WEB_THREADS", default=2)
# The master reads the newsroom before it opens the door: whoever comes sooner goes elsewhere, a worker that has died is
# replaced at once, and all of them share the memory of what was read.
preload_app = True
keepalive = 75  # seconds; longer than nginx keeps a line to us (60), so that it is never the one that is told "closed"
timeout = 30  # a worker that says nothing for so long is killed; newsroom/watch.py sees to it that none waits so long
graceful_timeout = 30  # what is being answered when a worker is told to end may take as long
max_requests = env.int("WEB_MAX_REQUESTS", default=0)
max_requests_jitter = max_requests // 10

worker_tmp_dir = (
    "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
)  # a worker's sign of life never waits for a disk
control_socket_disable = True
limit_request_line = 8190  # longer addresses are nobody's; what is longer is refused before it is read
gunicorn.util.write_error = newsroom.refusing.write_error  # type: ignore[assignment]  # on a page like all others
gunicorn.http.wsgi.SERVER = "newsroom"  # type: ignore[attr-defined]  # who serves is nobody's business

accesslog = "-"
errorlog = "-"
logger_class = "newsroom.serverlog.ServerLog"


def when_ready(_server: Any) -> None:
    """Before the first worker is made: what the start has asked the database goes along to none of them."""
    connections.close_all()
    gc.collect()
    gc.freeze()
    # A page makes some ten thousand objects, hardly any of them in rings. To look for rings after every seven hundred,
    # as Python does, is a twentieth of its work.
    gc.set_threshold(10_000, 20, 50)


def child_exit(_server: Any, worker: Any) -> None:
    """After a worker has ended, however it did: nobody leaves the door to it any more."""
    neighbours.go(worker.age)

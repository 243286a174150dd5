"""PostgreSQL killed, stopped, frozen, and with no place left for another connection."""

import signal
import time
from contextlib import suppress

import psycopg

from bench.faults.scene import Scene
from bench.faults.tally import Tally


def killed(scene: Scene, tally: Tally, seconds: float) -> None:
    database = scene.cluster.database
    with scene.busy(tally):
        time.sleep(seconds)
        database.stop(signal.SIGKILL)
        time.sleep(1)
        database.start()
        tally.heal()
        time.sleep(seconds)


def stopped(scene: Scene, tally: Tally, seconds: float) -> None:
    database = scene.cluster.database
    with scene.busy(tally):
        time.sleep(seconds / 2)
        database.stop("fast")
        time.sleep(seconds)
        database.start()
        tally.heal()
        time.sleep(seconds / 2)


def frozen(scene: Scene, tally: Tally, seconds: float) -> None:
    with scene.busy(tally):
        time.sleep(seconds / 2)
        scene.signal_database(signal.SIGSTOP)
        try:
            time.sleep(max(seconds, 4))
        finally:
            scene.signal_database(signal.SIGCONT)
        tally.heal()
        time.sleep(seconds / 2)


def exhausted(scene: Scene, tally: Tally, seconds: float) -> None:
    """Somebody else holds every connection that PostgreSQL has, and those of the newsroom are ended."""
    held: list[psycopg.Connection] = []

    def hold_all() -> None:
        with suppress(psycopg.OperationalError):
            while True:
                held.append(psycopg.connect(scene.cluster.database.url, autocommit=True, connect_timeout=5))

    with scene.busy(tally):
        time.sleep(seconds / 2)
        hold_all()
        ours = [line.info.backend_pid for line in held]
        held[0].execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND NOT pid = ANY(%s)",
            [ours],
        )
        end = time.monotonic() + seconds
        while time.monotonic() < end:  # whatever becomes free is taken, too
            hold_all()
            time.sleep(0.05)
        for line in held:
            line.close()
        tally.heal()
        time.sleep(seconds / 2)

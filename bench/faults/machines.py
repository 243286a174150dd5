"""Web processes that are killed, restarted in turn, or have a clock that is wrong; answers that never arrive."""

import os
import random
import signal
import time
from contextlib import suppress

from bench.faults.scene import Scene
from bench.faults.tally import Tally

OFF = 7 * 3600  # seconds: a clock that was set to the hours of another country


def workers_killed(scene: Scene, tally: Tally, seconds: float) -> None:
    with scene.busy(tally):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(1.5)
            workers = [pid for web in scene.cluster.webs for pid in scene.workers(web)]
            with suppress(ProcessLookupError):
                os.kill(random.choice(workers), signal.SIGKILL)
        tally.heal()
        time.sleep(4)
    # Whoever asks while all are dead waits for the next to be there.
    tally.limit, tally.gives_kept = None, False


def replies_lost(scene: Scene, tally: Tally, seconds: float) -> None:
    with scene.busy(tally, drops=0.6):
        time.sleep(seconds)


def restarted_in_turn(scene: Scene, tally: Tally, seconds: float) -> None:
    with scene.busy(tally, drops=0):
        time.sleep(1)
        for web in scene.cluster.webs:
            web.stop()
            web.start()
            time.sleep(seconds / 4)
    _nothing_may_fail(tally)


def restarted_at_once(scene: Scene, tally: Tally, seconds: float) -> None:
    """What a rolling restart is not: the planted fault of it."""
    with scene.busy(tally, drops=0):
        time.sleep(1)
        for web in scene.cluster.webs:
            web.kill_all()
        for web in scene.cluster.webs:
            web.stop()
            web.start()
        time.sleep(1)
    _nothing_may_fail(tally)


def _nothing_may_fail(tally: Tally) -> None:
    tally.limit = None  # slow is what a machine is that starts processes; to fail is another thing
    for _at, why in tally.failures:
        tally.wonder(f"a failure ({why})")


def clock_jumps(scene: Scene, tally: Tally, seconds: float) -> None:
    master = scene.cluster.webs[0].pid
    try:
        with scene.busy(tally, drops=0.4):
            for off in (0, OFF, -OFF, 30, -30):
                scene.plant("clock", f"{master} {off}")
                time.sleep(seconds / 4)
    finally:
        scene.weed("clock")
    _nothing_may_fail(tally)

"""Run the experiments, one after another on one cluster, and print what came of them as a table."""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.faults import database, desk, disks, machines
from bench.faults.scene import Scene, Skipped
from bench.faults.tally import Tally
from tools.cluster import Cluster, Missing

Run = Callable[[Scene, Tally, float], None]


@dataclass(frozen=True)
class Experiment:
    """`planted` is the fault that must be found first: one of bench/faults/planted.py, or a way to run it wrongly."""

    name: str
    what: str
    run: Run
    planted: str | Run
    fault: str  # the planted one, in words
    sign: str  # by which it is found: a part of a complaint
    is_short: bool = False


EXPERIMENTS = [
    Experiment("replies", "every other answer lost on the way, and sent again", machines.replies_lost,
               "forgetful", "a retry without its token", "duplicated", True),
    Experiment("workers", "kill -9 of a web process every 1.5 s", machines.workers_killed,
               "early", "acknowledged before the commit", "lost", True),
    Experiment("killed", "kill -9 of PostgreSQL under load", database.killed,
               "early", "acknowledged before the commit", "lost", True),
    Experiment("stopped", "PostgreSQL stopped and started", database.stopped,
               "deaf", "refused, and acknowledged all the same", "lost"),
    Experiment("frozen", "PostgreSQL frozen (SIGSTOP) and let go on", database.frozen,
               "patient", "nobody cuts the lines", "somebody waited", True),
    Experiment("exhausted", "PostgreSQL out of connections", database.exhausted,
               "deaf", "refused, and acknowledged all the same", "lost"),
    Experiment("full", "no room for the database", disks.database_full,
               "deaf", "refused, and acknowledged all the same", "lost"),
    Experiment("media", "no room for uploaded pictures", disks.media_full,
               "deaf", "refused, and acknowledged all the same", "lost"),
    Experiment("editors", "two editors save the same article at once", desk.two_editors,
               desk.forging_editors, "one claims to have seen the other's text", "lost"),
    Experiment("clock", "the clock of one machine jumps by 7 hours and by 30 s", machines.clock_jumps,
               "forgetful", "a retry without its token", "duplicated"),
    Experiment("rolling", "every web process restarted in turn", machines.restarted_in_turn,
               machines.restarted_at_once, "all of them at once", "a failure", True),
]  # fmt: skip

HEAD = (
    "| experiment | acknowledged | lost | duplicated | worst gap | recovered in | longest wait | planted fault |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
)


def main() -> int:
    asked = set(sys.argv[1:])
    is_short = bool(os.environ.get("FAULTS_SHORT"))
    chosen = [one for one in EXPERIMENTS if (one.name in asked if asked else one.is_short or not is_short)]
    if unknown := asked - {one.name for one in EXPERIMENTS}:
        sys.exit(f"No experiment is named {', '.join(sorted(unknown))}: " + ", ".join(one.name for one in EXPERIMENTS))
    began = time.monotonic()
    seconds = 3.0 if is_short else 6.0
    rows, complaints = [], []
    with tempfile.TemporaryDirectory(prefix="newsroom-faults-") as faults:
        cluster = Cluster(webs=2, workers=2, postgresql=["max_connections=40"], environment={"FAULTS": faults})
        for web in cluster.webs:
            web.command[web.command.index("newsroom.wsgi")] = "bench.faults.planted:application"
        _say("Starting the cluster ...")
        with cluster:
            scene = Scene(cluster, Path(faults))
            for one in chosen:
                row, wrong = _run(one, scene, seconds)
                rows.append(row)
                complaints += wrong
    _say()
    _say(f"{_machine()}; {time.monotonic() - began:.0f} seconds")
    _say()
    for line in (*HEAD, *rows):
        _say(line)
    _say()
    for complaint in complaints:
        _say(complaint)
    if not complaints:
        _say("Nothing acknowledged was lost, nothing was there twice, and every planted fault was found.")
    return 1 if complaints else 0


def _run(one: Experiment, scene: Scene, seconds: float) -> tuple[str, list[str]]:
    _say(f"==> {one.name}: {one.what}")
    wrong: list[str] = []
    try:
        for _ in range(3):  # what is killed at random is not always what would show it
            found = _with_the_fault(one, scene)
            if is_caught := any(one.sign in complaint for complaint in found):
                break
        _say(f"    planted: {one.fault} - {'found' if is_caught else 'NOT FOUND'} ({', '.join(found) or 'nothing'})")
        if not is_caught:
            wrong.append(f"{one.name}: the planted fault was not found")
        tally = Tally()
        one.run(scene, tally, seconds)
    except Skipped as error:
        _say(f"    not run: {error}")
        return f"| {one.what} | not run: {error} | | | | | | |", []
    wrong += [f"{one.name}: {complaint}" for complaint in tally.complaints()]
    _say(
        f"    acknowledged {len(tally.acknowledged)}, lost {tally.lost}, duplicated {tally.duplicated}, "
        f"worst gap {tally.gap:.1f} s, recovered in {tally.recovery:.1f} s, "
        f"{len(tally.failures)} refusals, longest wait {tally.slowest:.1f} s"
    )
    for complaint in tally.complaints():
        _say(f"    WRONG: {complaint}")
    return (
        f"| {one.what} | {len(tally.acknowledged)} | {tally.lost} | {tally.duplicated} | {tally.gap:.1f} s "
        f"| {tally.recovery:.1f} s | {tally.slowest:.1f} s | {one.fault}: {'found' if is_caught else 'NOT FOUND'} |",
        wrong,
    )


def _with_the_fault(one: Experiment, scene: Scene) -> list[str]:
    """Run it as it must not pass, and return what it complains of."""
    tally = Tally()
    if callable(one.planted):
        one.planted(scene, tally, 3)
    else:
        with scene.planted(one.planted):
            one.run(scene, tally, 3)
    return tally.complaints()


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def _say(line: str = "") -> None:
    print(line, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Missing, ChildProcessError) as error:
        sys.exit(str(error))

"""The rows of the table, but for growth and publications: each measures what it needs, or takes it from the rounds."""

import statistics
import time
from collections import defaultdict
from contextlib import ExitStack
from typing import Any

from bench import stage
from bench.load import Asked, family, put_under_load, resident
from bench.stage import Apart, fetch
from bench.table import Run


def beacons_of_many(url: str, address: str) -> Asked:
    """Beacons of many readers, who come again now and then."""
    readers = [f"{address} 10.{number >> 8 & 255}.{number & 255}.7" for number in range(20_000)]
    return Asked(url, readers, method="POST")


def rates(run: Run) -> None:
    s, d = run.median("S"), run.median("D")
    run.tell("S: the article's HTML as a file, from nginx over TLS", f"{s:,.0f} a second")
    run.tell("D: a constant view of Django", f"{d:,.0f} a second, {run.median('D', 'web'):.2f} ms of CPU")
    for name, what, yardstick, least in (
        ("article, kept", "article from the page cache, web processes alone", "D", 1.0),
        ("article, nginx", "article through nginx's micro-cache", "S", 0.8),
        ("beacon", "beacon", "D", 0.5),
        ("304", "304 on an unchanged page", "D", 1.0),
    ):
        rate = run.median(name)
        ratio = rate / run.median(yardstick)
        spent = f", {run.median(name, 'web'):.2f} ms of CPU" if yardstick == "D" else ""
        run.tell(
            what, f"{ratio:.2f} x {yardstick} ({rate:,.0f} a second{spent})", f"{least} x {yardstick}", ratio >= least
        )


def uncached(run: Run, queries: dict[str, int]) -> None:
    d = run.median("D", "web")
    for name, what, times, most in (
        ("articles", "article, uncached", 16, 8), ("list", "list, uncached", 16, 8),
        ("conferences", "conference, uncached", 16, 8), ("home", "home, uncached", 24, 12),
    ):  # fmt: skip
        both, asked = run.median(name, "web+database"), queries[name]
        run.tell(
            what,
            f"{both / d:.1f} x D ({run.median(name, 'web'):.1f} ms of CPU + {run.median(name, 'database'):.1f} of the "
            f"database's, {run.median(name):,.0f} a second), {asked} queries",
            f"{times} x D, {most} queries",
            both <= times * d and asked <= most,
        )
    both, p99 = run.median("search", "web+database"), run.median("search", "p99")
    run.tell(
        f"search, uncached, {run.plan.articles:,} articles",
        f"{both / d:.1f} x D ({run.median('search', 'web'):.1f} + {run.median('search', 'database'):.1f} ms of CPU), "
        f"p99 {p99:.0f} ms with four asking at once",
        "40 x D, p99 under 250 ms",
        both <= 40 * d and p99 < 250,
    )


def beacons(run: Run, address: str) -> None:
    """Hold the statements of few hits against those of many. Outside of a transaction each is one of its own."""
    web, found = run.cluster.webs[0], []
    for pause in (0.1, 0.0):
        before, began, hits = stage.transactions(run.cluster), time.monotonic(), 0
        length = max(3.0, run.plan.seconds * 3)
        if pause:
            while time.monotonic() - began < length:
                fetch(f"{web.url}{address}", {"X-Forwarded-For": f"10.9.{hits >> 8}.{hits & 255}"})
                hits += 1
                time.sleep(pause)
        else:
            hits = round(put_under_load(beacons_of_many(web.url, address), length, {}).rate * length)
        seconds = time.monotonic() - began
        time.sleep(1.2)  # the database counts a little later
        found.append((hits / seconds, (stage.transactions(run.cluster) - before) / seconds))
    (few, said), (many, still) = found
    run.tell(
        "transactions a second, of all that two processes do",
        f"{said:.1f} at {few:.0f} hits a second, {still:.1f} at {many:,.0f}",
        "independent of hits",
        still <= 3 * said + 5,
    )


def memory(run: Run) -> None:
    held = max(resident(pid) for pid in family(run.cluster.webs[0].pid)[1:])
    run.tell("memory of a web process, after all this", f"{held:.0f} MB", "under 120 MB", held < 120)


def starts(run: Run) -> None:
    starts = [stage.first_answer(run.cluster) for _ in range(run.plan.repeats)]
    took, spent = (statistics.median(column) for column in zip(*starts, strict=True))
    run.tell("first answer after the start of a web process", f"{took:.1f} s ({spent:.1f} s of CPU)", "3 s", took <= 3)


CLASSES: dict[str, tuple[str, ...]] = {
    "as the newsroom is served": (),
    "gthread, 4 threads": ("--worker-class", "gthread", "--threads", "4"),
    "gthread, 2 threads": ("--worker-class", "gthread", "--threads", "2"),
    "gthread, 1 thread": ("--worker-class", "gthread", "--threads", "1"),
    "sync": ("--worker-class", "sync", "--threads", "1"),
}


def classes(run: Run, kinds: dict[str, Any]) -> None:
    cluster, found = run.cluster, defaultdict(list)
    with ExitStack() as running:
        # Without the shelf, where each would find what the one before it has made.
        webs = {name: Apart(cluster, f"class{number}", "newsroom.wsgi", *options, PAGE_SHELF_MB="0")
                for number, (name, options) in enumerate(CLASSES.items())}  # fmt: skip
        for web in webs.values():
            web.start()
            running.callback(web.stop)
        for number in range(1 + max(1, run.plan.rounds - 2)):
            for name, web in webs.items():
                for asked in (Asked(web.url, kinds["article"]), Asked(web.url, kinds["articles"])):
                    measured = put_under_load(asked, run.plan.seconds, {"web": web.pid}, seed=number)
                    if number:  # the first warms up
                        found[name, len(asked.paths) > 1].append(measured)
    for name in CLASSES:
        kept, many = (statistics.median(each.rate for each in found[name, several]) for several in (False, True))
        run.tell(f"gunicorn: {name}", f"{kept:,.0f} kept articles a second, {many:,.0f} articles of many")


def restore(run: Run) -> None:
    cluster = run.cluster
    articles, comments = run.plan.restored
    full, empty = stage.another(cluster, "restored_from"), stage.another(cluster, "restored_to")
    there, here, file = cluster.home / "from", cluster.home / "to", cluster.home / "backup.zip"
    stage.manage(cluster, full, there, "populate", "--articles", articles, "--comments", comments, "--seed", 1)
    taking = stage.manage(cluster, full, there, "backup", file)
    putting = stage.manage(cluster, empty, here, "restore", file)
    run.tell(
        f"restore of {articles:,} articles and {comments:,} comments",
        f"{putting:.0f} s (the backup: {taking:.0f} s, {file.stat().st_size / 1e6:.0f} MB)",
        "under 10 minutes",
        putting < 600,
    )

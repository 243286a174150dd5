"""How fast the newsroom is, beside what one would use instead: `make bench`, or `bench/run.py --short` in two minutes.

Everything is measured in one run and in turn, several rounds of each, and of those the median is told: on a machine
that others use too, a figure is worth what stands beside it. The yardsticks are S, nginx giving the article's own HTML
as a file, and D, a constant view behind Django's own middleware (bench/constant.py), each with the same bytes, the same
server and the same load. It prints a table in Markdown; nothing that it measures is a test, so it fails only where it
could not measure.
"""

import argparse
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import growing, rows, stage
from bench.load import Asked, put_under_load, wrk
from bench.publishing import publications
from bench.stage import Apart, Static, ask, fetch
from bench.table import Plan, Run, told
from tools.cluster import Cluster, Missing

FULL = Plan(100_000, 500_000, (1_000, 5_000), (10_000, 50_000), rounds=5, seconds=2, warm=10, repeats=5)
SHORT = Plan(1_000, 5_000, (400, 2_000), (1_000, 5_000), rounds=1, seconds=1, warm=3, repeats=1)


def main() -> None:
    reader = argparse.ArgumentParser(description="Measure the newsroom beside its yardsticks.")
    reader.add_argument("--short", action="store_true", help="few articles and few seconds: to see that it works")
    plan = SHORT if reader.parse_args().short else FULL
    try:
        wrk()
        note(f"Filling a newsroom of {plan.articles} articles and {plan.comments} comments ...")
        # What the database does for itself after so much was written is no request's.
        filled, quiet = (plan.articles, plan.comments), ("autovacuum=off",)
        with Cluster(webs=1, workers=2, sample=False, populate=filled, postgresql=quiet) as cluster:
            stage.settle(cluster)
            run = Run(cluster, plan)
            measure(run)
            print(told(run))
            sys.exit("\n".join(run.failed) or None)
    except Missing as missing:
        sys.exit(str(missing))


def measure(run: Run) -> None:
    cluster, plan = run.cluster, run.plan
    kinds = ask(cluster)
    article = kinds["article"][0]
    web = cluster.webs[0]
    headers, page = _kept(web.url + article)
    (cluster.home / "page.html").write_bytes(page)
    static = Static(cluster, page, headers)
    constant = Apart(cluster, "constant", "bench.constant", BENCH_PAGE=str(cluster.home / "page.html"))
    uncached = Apart(cluster, "uncached", PAGE_CACHE_MB="0")
    with ExitStack() as running:
        for part in (constant, uncached):
            part.start()
            running.callback(part.stop)
        loads = {
            "S": (Asked(static.url, ["/article.html"], connections=32), {}),
            "article, nginx": (Asked(cluster.url, [article], connections=32), {}),
            "D": (Asked(constant.url, ["/"]), {"web": constant.pid}),
            "article, kept": (Asked(web.url, [article]), {"web": web.pid}),
            "304": (Asked(web.url, [article], headers={"If-None-Match": dict(headers)["ETag"]}), {"web": web.pid}),
            "beacon": (rows.beacons_of_many(web.url, kinds["beacon"][0]), {"web": web.pid}),
        } | {
            kind: (
                Asked(uncached.url, kinds[kind], connections=4),
                {"web": uncached.pid, "database": cluster.database.pid},
            )
            for kind in ("articles", "list", "conferences", "home", "search")
        }
        for number in range(plan.rounds + 1):
            note(f"Round {number} of {plan.rounds} ..." if number else "Warming up ...")
            for name, (asked, parts) in loads.items():
                seconds = plan.seconds if number else plan.warm if "database" in parts else 3
                measured = put_under_load(asked, seconds, parts, seed=number + 1)
                if measured.failed:
                    run.notes.append(f"{name}: {measured.failed} answers failed in round {number}")
                if number:
                    run.rounds[name].append(measured)
    rows.rates(run)
    rows.uncached(run, kinds["queries"])
    for words, row in (
        ("Beacons, few and many", lambda: rows.beacons(run, kinds["beacon"][0])),
        ("Publishing", lambda: publications(run, kinds["others"])),
        ("Memory", lambda: rows.memory(run)),
        ("Starting web processes", lambda: rows.starts(run)),
        ("Classes of gunicorn's workers", lambda: rows.classes(run, kinds)),
        ("Growth: every page, small against large", lambda: growing.tell(run)),
        ("Backup and restore", lambda: rows.restore(run)),
    ):
        note(f"{words} ...")
        try:
            row()
        except (RuntimeError, OSError, ValueError, subprocess.SubprocessError) as fault:
            run.failed.append(f"{words} could not be measured: {fault}")


def _kept(url: str) -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers and the bytes of a page as it is kept.

    Nothing is before a process has looked for changes, which it does once it has been asked for something.
    """
    for _attempt in range(300):
        _status, headers, page = fetch(url)
        if "ETag" in dict(headers):
            return headers, page
        time.sleep(0.1)
    raise RuntimeError(f"{url} is not kept by the page cache")


def note(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

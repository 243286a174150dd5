"""The row of growth: bench/growth.py over two newsrooms in the cluster's database, and the worst of its pages."""

import json
import os
import subprocess
import sys

from bench import stage
from bench.growth import FULL, MOST
from bench.table import Run
from tools.cluster import ROOT


def tell(run: Run) -> None:
    """Measure every public page in a small newsroom and in the large one, and add the row to `run`.

    What a page costs that is full to its bound, which the small newsroom does not reach, is told in a note alone. Nor
    has it had readers, whose beacons the large one has counted by now: what they read most stands on its front page.
    """
    cluster, (articles, comments) = run.cluster, run.plan.small
    small = stage.another(cluster, "small")
    var = cluster.home / "small"
    stage.manage(cluster, small, var, "populate", "--articles", articles, "--comments", comments, "--seed", 1)
    stage.forget_readers(cluster)
    few = [] if run.plan.rounds > 1 else ["home", "article", "articles"]
    told = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "growth.py"), "--json", str(articles), str(run.plan.articles), *few],
        env=os.environ | {"DATABASES": f"{small} {cluster.database.url}"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        raise RuntimeError(told.stderr)
    cost = {name: (in_small[-1], in_large[-1]) for name, (in_small, in_large) in json.loads(told.stdout).items()}
    times = {name: large / small for name, (small, large) in cost.items()}
    worst = sorted((name for name in times if not name.endswith(FULL)), key=lambda page: times[page], reverse=True)
    run.tell(
        f"{len(worst)} kinds of pages, the deepest of each list among them: {run.plan.articles:,} articles against "
        f"{articles:,}",
        f"{times[worst[0]]:.2f} x at most ({worst[0]}), {times[worst[len(worst) // 2]]:.2f} x in the middle",
        f"{MOST} x the CPU",
        times[worst[0]] <= MOST,
    )
    for page in times:
        if times[page] > MOST:
            small_cost, large_cost = cost[page]
            verb = "holds more" if page.endswith(FULL) else "grows"
            run.notes.append(f"{verb}: {page} {times[page]:.2f} x ({small_cost:.1f} ms, {large_cost:.1f} ms)")

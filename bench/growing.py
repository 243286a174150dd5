"""The row of growth: bench/growth.py over two newsrooms in the cluster's database, and the worst of its pages."""

import os
import subprocess
import sys
from typing import Any

from bench import stage
from tools.cluster import ROOT

MOST = 1.2
_NAME = 34  # letters of a name in what growth.py prints; after them three figures of each newsroom, and how many times


def tell(run: Any) -> None:
    """Measure every public page in a small newsroom and in the large one, and add the row to `run`."""
    cluster, (articles, comments) = run.cluster, run.plan.small
    small = stage.another(cluster, "small")
    var = cluster.home / "small"
    stage.manage(cluster, small, var, "populate", "--articles", articles, "--comments", comments, "--seed", 1)
    few = [] if run.plan.rounds > 1 else ["home", "article", "articles"]
    told = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "growth.py"), str(articles), str(run.plan.articles), *few],
        env=os.environ | {"DATABASES": f"{small} {cluster.database.url}"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        raise RuntimeError(told.stderr)
    times = {}
    for line in told.stdout.splitlines()[2:]:
        figures = line[_NAME:].split()
        times[line[:_NAME].strip()] = float(figures[6])
    worst = sorted(times, key=lambda page: times[page], reverse=True)
    grown = [page for page in worst if times[page] > MOST]
    run.tell(
        f"{len(times)} kinds of pages, the deepest of each list among them: {run.plan.articles:,} articles against "
        f"{articles:,}",
        f"{times[worst[0]]:.2f} x at most ({worst[0]}), {times[worst[len(worst) // 2]]:.2f} x in the middle",
        f"{MOST} x the CPU",
        not grown,
    )
    run.notes += [f"grows: {page} {times[page]:.2f} x" for page in grown]

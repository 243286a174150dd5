"""The table that the benchmark prints: what was measured, what is wanted, whether it holds."""

import os
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass

from bench import stage
from bench.load import Measured
from tools.cluster import Cluster


@dataclass(frozen=True)
class Plan:
    """How large, and how long."""

    articles: int
    comments: int
    small: tuple[int, int]  # what the growth is held against
    restored: tuple[int, int]
    rounds: int
    seconds: float  # of each round of a row
    warm: float  # seconds before them, of what asks the database: each line to it learns the statements that it keeps
    repeats: int  # of what is no load: starts, publications


class Run:
    """One run: what was measured so far, and the rows of its table."""

    def __init__(self, cluster: Cluster, plan: Plan) -> None:
        self.cluster, self.plan = cluster, plan
        self.rows: list[tuple[str, str, str, bool | None]] = []
        self.notes: list[str] = []
        self.failed: list[str] = []
        self.rounds: dict[str, list[Measured]] = defaultdict(list)

    def tell(self, what: str, measured: str, wanted: str = "", holds: bool | None = None) -> None:
        self.rows.append((what, measured, wanted, holds))

    def median(self, name: str, of: str = "rate") -> float:
        """Return the median of a row: `rate`, `p99`, or processor time, "web", "database" or "web+database"."""
        values = [
            getattr(each, of) if hasattr(each, of) else sum(each.spent.get(part, 0) for part in of.split("+"))
            for each in self.rounds[name]
        ]
        return statistics.median(values)


def told(run: Run) -> str:
    """Return the table and what it was measured on, in Markdown."""
    lines = ["| what | measured | at least | holds |", "| --- | --- | --- | --- |"]
    words = {True: "yes", False: "**no**", None: ""}
    lines += [f"| {what} | {measured} | {wanted} | {words[holds]} |" for what, measured, wanted, holds in run.rows]
    plan = run.plan
    lines += [
        "",
        f"Measured {time.strftime('%-d %B %Y')} with {plan.articles:,} articles and {plan.comments:,} comments: "
        f"{plan.rounds} rounds of {plan.seconds:g} seconds, two gunicorn workers, wrk on the same machine, load "
        f"{os.getloadavg()[2]:.1f} at the end.",
    ]
    lines += [f"{line}." for line in stage.machine(run.cluster)]
    return "\n".join([*lines, *(f"- {line}" for line in run.notes)])

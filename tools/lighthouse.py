"""Measure what a phone on a slow line gets of the pages that readers see most, with Lighthouse.

    make lighthouse                    the pages below, the median of five runs each, as a table
    make lighthouse RUNS=1             a first look

The pages come from a demo that is started for it: gunicorn on the loopback, DEBUG off, static files collected, hashed
and compressed. Of each kind the sample's heaviest page is taken. It fails where performance is below 95 or
accessibility, best practices or SEO below 100; where anything shifts while a page is drawn; where the HTML, CSS and
JavaScript of an article weigh more than 25 KB; and where anything is asked of another host.
"""

import json
import os
import platform
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import chromium  # noqa: E402
from tools.demo_apart import demo  # noqa: E402

PROGRAM = ROOT / "tools" / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
WEIGHED = {"Document", "Stylesheet", "Script"}
WEIGHT = 25_000  # bytes of these over the wire, heads included, on a first visit to an article
SHIFT = 0.005  # a page is drawn while it still comes, and less than this nobody sees
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclass(frozen=True)
class Run:
    """What one run of Lighthouse says of one page."""

    scores: dict[str, int]
    drawn: float  # seconds until the largest thing stands there
    shift: float
    weight: int  # bytes of HTML, CSS and JavaScript over the wire
    hosts: set[str]
    faults: set[str]  # the audits that kept a score of 100 away


def heaviest(address: str, section: str) -> str:
    """Return the path of the page with the most HTML among those that a section of the sitemap lists."""
    with urllib.request.urlopen(f"{address}/sitemap-{section}.xml") as answer:
        pages = [urlsplit(loc.text or "").path for loc in ElementTree.parse(answer).iter(LOC)]
    return max(pages, key=lambda page: len(urllib.request.urlopen(address + page).read()))


def measure(url: str, browser: str) -> Run:
    """Run Lighthouse on `url` as a phone. Raises `ChildProcessError`, with its words, where it fails."""
    command = ["node", str(PROGRAM), url, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--only-categories={','.join(WANTED)}", "--form-factor=mobile"]
    command += [f"--chrome-flags=--headless=new {' '.join(chromium.ARGUMENTS)}"]
    environment = {**os.environ, "CHROME_PATH": browser}
    answer = subprocess.run(command, capture_output=True, text=True, env=environment)
    report: dict[str, Any] = json.loads(answer.stdout) if answer.returncode == 0 else {}
    if not report or report.get("runtimeError"):
        raise ChildProcessError(f"Lighthouse failed on {url}:\n{report.get('runtimeError') or answer.stderr[-2000:]}")
    audits = report["audits"]
    loaded = audits["network-requests"]["details"]["items"]
    return Run(
        scores={name: round(100 * report["categories"][name]["score"]) for name in WANTED},
        drawn=audits["largest-contentful-paint"]["numericValue"] / 1000,
        shift=audits["cumulative-layout-shift"]["numericValue"],
        weight=sum(item["transferSize"] for item in loaded if item.get("resourceType") in WEIGHED),
        hosts={urlsplit(item["url"]).netloc for item in loaded} - {urlsplit(url).netloc, ""},
        faults=set(_faults(report)),
    )


def _faults(report: dict[str, Any]) -> Iterator[str]:
    for category in report["categories"].values():
        for part in category["auditRefs"]:
            score = report["audits"][part["id"]]["score"]
            if part["weight"] and score is not None and score < 0.9:
                yield part["id"]


def faults_of(name: str, runs: list[Run]) -> list[str]:
    """Return what is wrong with a page, one sentence each."""
    found = [
        f"{name}: {category} is {score:.0f}, and not {wanted}: {', '.join(set().union(*(run.faults for run in runs)))}"
        for category, wanted in WANTED.items()
        if (score := median(run.scores[category] for run in runs)) < wanted
    ]
    if any(run.shift >= SHIFT for run in runs):
        found.append(f"{name}: something shifts while it is drawn ({max(run.shift for run in runs):.4f})")
    if name == "article" and (weight := max(run.weight for run in runs)) > WEIGHT:
        found.append(f"{name}: {weight} bytes of HTML, CSS and JavaScript, and not at most {WEIGHT}")
    if hosts := set().union(*(run.hosts for run in runs)):
        found.append(f"{name}: asks {', '.join(sorted(hosts))}")
    return found


def machine(version: str) -> str:
    """Return what it was measured on, in one line: a score is of a machine too."""
    return (
        f"{version} · {platform.system()} on {platform.machine()}, {os.cpu_count()} cores · "
        f"Python {platform.python_version()}"
    )


def main() -> list[str]:
    """Print the table, row by row; return what is wrong."""
    runs = int(os.environ.get("RUNS") or 5)
    path, version = chromium.find()
    wrong: list[str] = []
    with demo() as address:
        pages = {"home": "/", "list": "/bai-viet/"} | {
            name: heaviest(address, section)
            for name, section in {"article": "bai-viet", "conference": "hoi-nghi", "indicator": "chi-so"}.items()
        }
        print(f"\n{machine(version)}\nThe median of {runs} runs, as a phone on a slow line (Lighthouse's own).\n")
        print("| page | performance | accessibility | best practices | SEO | drawn after | shift | HTML, CSS, JS |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|", flush=True)
        for name, page in pages.items():
            measured = [measure(address + page, path) for _ in range(runs)]
            scores = [f"{median(run.scores[category] for run in measured):.0f}" for category in WANTED]
            drawn = f"{median(run.drawn for run in measured):.1f} s"
            shift = f"{max(run.shift for run in measured):.3g}"
            weight = f"{max(run.weight for run in measured) / 1000:.1f} KB"
            print("|", " | ".join([name, *scores, drawn, shift, weight]), "|", flush=True)
            wrong += faults_of(name, measured)
    return wrong


if __name__ == "__main__":
    try:
        sys.exit("\n" + "\n".join(complaints) if (complaints := main()) else None)
    except (LookupError, ChildProcessError, TimeoutError) as error:
        sys.exit(str(error))

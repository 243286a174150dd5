"""Putting a web server under load with wrk, and what that costs: processor time from /proc, of processes with all
their children, those included that have ended meanwhile."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.cluster import find

_TICK = os.sysconf("SC_CLK_TCK")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"

# One address is asked for as fast as wrk can; of several one by chance each time, every one made beforehand.
_SCRIPT = """
local asked, count = {}, 0
function init(args)
  for line in io.lines(args[1]) do
    local path, by = line:match("^(%S+)%s*(%S*)")
    local headers = {}
    for name, value in pairs(wrk.headers) do headers[name] = value end
    if by ~= "" then headers["X-Forwarded-For"] = by end
    count = count + 1
    asked[count] = wrk.format(wrk.method, path, headers)
  end
  math.randomseed(tonumber(args[2]))
end
function request()
  return asked[math.random(count)]
end
function done(summary, latency, requests)
  local bad = summary.errors
  io.write(string.format('\\n{"requests": %d, "seconds": %f, "median": %f, "p99": %f, "failed": %d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    bad.connect + bad.read + bad.write + bad.status + bad.timeout))
end
"""


@dataclass(frozen=True)
class Asked:
    """What is asked for: of whom, which addresses, how."""

    url: str
    paths: Sequence[str]  # "/path", or "/path 10.1.2.3" for who asks
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    connections: int = 16
    threads: int = 1


@dataclass(frozen=True)
class Measured:
    """One round: how many a second, milliseconds until the answer, and processor time by the name of the part."""

    rate: float
    median: float
    p99: float
    failed: int
    spent: dict[str, float]  # milliseconds for each request


def wrk() -> str:
    """Return the program. Raises `tools.cluster.Missing`."""
    return find("wrk", lambda: shutil.which("wrk"), "wrk")


def put_under_load(asked: Asked, seconds: float, parts: dict[str, int], seed: int = 1) -> Measured:
    """Ask for `seconds`, while the processes `parts` (by name: their first process) answer."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        script, paths = Path(folder, "asking.lua"), Path(folder, "paths")
        script.write_text(_SCRIPT)
        paths.write_text("".join(f"{path}\n" for path in asked.paths))
        headers = {"User-Agent": BROWSER, "X-Forwarded-Proto": "https", **asked.headers}
        if asked.method != "GET":
            script.write_text(f'wrk.method = "{asked.method}"\n{_SCRIPT}')
        command = [wrk(), "-t", str(asked.threads), "-c", str(asked.connections), "-d", f"{seconds:g}s", "--latency"]
        command += [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
        command += ["-s", str(script), asked.url, "--", str(paths), str(seed)]
        before = {name: processor_time(pid) for name, pid in parts.items()}
        ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        after = {name: processor_time(pid) for name, pid in parts.items()}
    if ended.returncode:
        raise RuntimeError(f"wrk failed: {ended.stdout}{ended.stderr}")
    said = json.loads(ended.stdout.strip().splitlines()[-1])
    requests = max(said["requests"], 1)
    return Measured(
        rate=said["requests"] / said["seconds"],
        median=said["median"],
        p99=said["p99"],
        failed=said["failed"],
        spent={name: (after[name] - before[name]) * 1000 / requests for name in parts},
    )


def family(pid: int) -> list[int]:
    """Return the process `pid` and all that come of it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def processor_time(pid: int) -> float:
    """Return the seconds that `pid` and all that came of it have had, those included that have ended."""
    spent = 0
    for each in family(pid):
        if fields := _stat(each):
            spent += sum(map(int, fields[11:15]))  # its own, and that of children that have ended
    return spent / _TICK


def busy(pid: int) -> float:
    """Return the same of the process `pid` alone, in milliseconds and finer than ticks."""
    return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e6


def resident(pid: int) -> float:
    """Return how many megabytes (10^6 bytes) the process `pid` holds, those that it shares included."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _stat(pid: int) -> list[str] | None:
    """Return what /proc says of `pid` after its name, which may hold anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None

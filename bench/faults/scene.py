"""What the experiments share: the cluster, the article that everybody comments on, the faults that can be planted."""

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from bench.faults.people import Browser, People, busy
from bench.faults.tally import Tally
from tools.cluster import Cluster, Web

_STAMP = re.compile(r'name="made" value="([^"]+)"')
_PREPARE = """
from articles.models import Article, CommentSettings
rules = CommentSettings.current()
rules.most_in_ten_minutes = rules.most_in_a_day = 30000
rules.fewest_seconds = 1
rules.save()
article = next(one for one in Article.objects.public() if not rules.closed_because(one))
print(article.get_absolute_url())
"""


class Skipped(Exception):
    """An experiment cannot be made here: its text says what it needs."""


class Scene:
    def __init__(self, cluster: Cluster, faults: Path) -> None:
        self.cluster, self._faults = cluster, faults
        self.trust = cluster.trust()
        self.page = self.shell(_PREPARE).splitlines()[-1]
        self.place = f"{self.page}binh-luan/"
        _status, _headers, said = self.browser(5).ask("GET", self.place)
        found = _STAMP.search(said)
        assert found, "the page of comments has no form"
        self.stamp = found[1]
        self._before = 0

    def shell(self, code: str) -> str:
        return self.cluster.manage("shell", "--verbosity", "0", "--command", code)

    def browser(self, number: int) -> Browser:
        return Browser(self.cluster.url, self.trust, number)

    # --- What is planted ---------------------------------------------------------------------------

    def plant(self, name: str, how: str = "") -> None:
        # In one step: whoever looks sees nothing, or all of it.
        written = self._faults / f".{name}"
        written.write_text(how)
        written.rename(self._faults / name)

    def weed(self, name: str) -> None:
        (self._faults / name).unlink(missing_ok=True)

    @contextmanager
    def planted(self, name: str) -> Iterator[None]:
        self.plant(name)
        try:
            yield
        finally:
            self.weed(name)
            time.sleep(1.5)  # what was promised meanwhile is kept, or not

    # --- Who is there ------------------------------------------------------------------------------

    @contextmanager
    def busy(self, tally: Tally, drops: float = 0.1) -> Iterator[None]:
        """Let eight write and two read while the body runs, then hold what was acknowledged against what is there."""
        self.warm()
        self._before = self.ask("SELECT coalesce(max(id), 0) FROM articles_comment")[0][0]
        people = People(tally, self.cluster.url, self.trust, self.place, self.stamp, self.page)
        tally.began = time.monotonic()
        with busy(people, drops):
            yield
        time.sleep(0.5)
        stored = self.ask("SELECT text FROM articles_comment WHERE id > %s", self._before)
        tally.audit(text for (text,) in stored)

    def warm(self) -> None:
        """Have every process keep the page that is read."""
        host = self.cluster.url.removeprefix("https://")
        for web in self.cluster.webs:
            for _ in range(24):
                line = http.client.HTTPConnection("127.0.0.1", web.port, timeout=20)
                line.request("GET", self.page, headers={"Host": host, "X-Forwarded-Proto": "https"})
                line.getresponse().read()
                line.close()

    # --- What can be done to it --------------------------------------------------------------------

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.cluster.database.url, autocommit=True, connect_timeout=10) as line:
            found = line.execute(statement, values)  # type: ignore[arg-type]
            return found.fetchall() if found.description else []

    def workers(self, web: Web) -> list[int]:
        return children(web.pid)

    def signal_database(self, number: signal.Signals) -> None:
        """Send a signal to all of PostgreSQL, not only to the first of its processes."""
        master = self.cluster.database.pid
        for pid in [master, *children(master)]:
            with suppress(ProcessLookupError):
                os.kill(pid, number)


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "--parent", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


@contextmanager
def small_disk(folder: Path, size: str, owner: str | None = None) -> Iterator[None]:
    """Have a disk of `size` at `folder`. It takes root, and a Linux that lets root mount one."""
    options: Sequence[str] = [f"size={size}", "mode=755", *([f"uid={owner}", f"gid={owner}"] if owner else [])]
    command = ["mount", "--types", "tmpfs", "--options", ",".join(options), "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        raise Skipped("needs root on a Linux that may mount a tmpfs")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)

"""What the benchmark runs against: the cluster, the yardsticks beside it, newsrooms of other sizes in its database."""

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.load import processor_time
from tools.cluster import ROOT, Cluster, Web, free_port, until

_PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
# What an answer of the static file has beside nginx's own: what the newsroom's answer has.
_STATIC = """
server {{
    listen 127.0.0.1:{port} ssl;
    location = /article.html {{
        root {folder};
{headers}
    }}
}}
"""


class Apart(Web):
    """A master of gunicorn with an environment of its own: without the page cache, of another class, the yardstick."""

    def __init__(
        self, cluster: Cluster, name: str, application: str = "newsroom.wsgi", *options: str, **environment: str
    ):
        super().__init__(cluster, 0, 2, options)
        self.name, self.log = name, cluster.logs / f"{name}.log"
        self.command = [application if word == "newsroom.wsgi" else word for word in self.command]
        self.environment = environment

    def start(self, patience: float = 60) -> None:
        before = self.cluster.env
        self.cluster.env = before | self.environment
        try:
            super().start(patience)
        finally:
            self.cluster.env = before


class Static:
    """The yardstick S: the article's own HTML as a file, from the same nginx, with the same headers."""

    def __init__(self, cluster: Cluster, page: bytes, headers: list[tuple[str, str]]) -> None:
        port = free_port()
        folder = cluster.home / "yardstick"
        folder.mkdir()
        (folder / "article.html").write_bytes(page)
        own = {"content-length", "content-type", "date", "server", "connection", "etag", "x-request-id", "vary"}
        said = [(name, value.replace('"', '\\"')) for name, value in headers if name.lower() not in own]
        lines = [f'        add_header {name} "{value}";' for name, value in said]
        extra = cluster.nginx.folder / "extra" / "yardstick.conf"
        extra.write_text(_STATIC.format(port=port, folder=folder, headers="\n".join(lines)))
        cluster.nginx.reload()
        self.url = f"https://127.0.0.1:{port}"
        if not until(self._answers, 10):
            raise RuntimeError(f"the yardstick S does not answer: {cluster.nginx.last_words()}")

    def _answers(self) -> bool:
        try:
            return fetch(f"{self.url}/article.html")[0] == 200
        except OSError:
            return False


def fetch(url: str, headers: dict[str, str] | None = None) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return the status, the headers and the body of one answer, over a connection of its own."""
    import ssl

    place = urlsplit(url)
    if place.scheme == "https":
        context = ssl._create_unverified_context()
        line: Any = http.client.HTTPSConnection(str(place.hostname), place.port, timeout=30, context=context)
    else:
        line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
    try:
        line.request(
            "GET", f"{place.path}{'?' if place.query else ''}{place.query}", headers={**_PROXIED, **(headers or {})}
        )
        answer = line.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        line.close()


def ask(cluster: Cluster, *words: str) -> Any:
    """Return what bench/asked.py says beside the newsroom of `cluster`."""
    command = [sys.executable, str(ROOT / "bench" / "asked.py"), *words]
    told = subprocess.run(command, cwd=ROOT, env=cluster.env, capture_output=True, text=True, check=False)
    if told.returncode:
        raise RuntimeError(told.stderr)
    return json.loads(told.stdout)


def another(cluster: Cluster, name: str) -> str:
    """Make a database beside that of the newsroom, with its tables and nothing in them, and return its address."""
    import psycopg

    beside = cluster.database.url.rpartition("/")[0]
    with psycopg.connect(cluster.database.url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'bench_empty'").fetchone()
        if known is None:
            connection.execute("CREATE DATABASE bench_empty")
            manage(cluster, f"{beside}/bench_empty", cluster.home / "empty", "migrate", "-v0")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE bench_empty".encode())
    return f"{beside}/{name}"


def settle(cluster: Cluster) -> None:
    """Let the database write down and look through what it was filled with."""
    import psycopg

    with psycopg.connect(cluster.database.url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def forget_readers(cluster: Cluster) -> None:
    """Take away what the newsroom has counted of its readers."""
    import psycopg

    with psycopg.connect(cluster.database.url, autocommit=True) as connection:
        connection.execute("TRUNCATE visits_visitday, visits_sighting, visits_recentvisitor")


def manage(cluster: Cluster, database: str, var: Path, *words: object) -> float:
    """Run a command of manage.py over the newsroom in `database` and `var`, and return how many seconds it took."""
    began = time.monotonic()
    environment = cluster.env | {"DATABASE_URL": database, "VAR_DIR": str(var)}
    cluster.manage(*words, env=environment)
    return time.monotonic() - began


def transactions(cluster: Cluster) -> int:
    """Return how many transactions the newsroom's database has committed."""
    import psycopg

    with psycopg.connect(cluster.database.url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()
        return int(row[0]) if row else 0


def first_answer(cluster: Cluster) -> tuple[float, float]:
    """Return how many seconds after its start a web process gives the front page, and how many of CPU it took."""
    web = Apart(cluster, f"start{os.urandom(3).hex()}", "newsroom.wsgi", "--workers", "1")
    began = time.monotonic()
    web.start()
    while fetch(f"{web.url}/")[0] != 200:
        time.sleep(0.02)
    took, spent = time.monotonic() - began, processor_time(web.pid)
    web.stop()
    return took, spent


def machine(cluster: Cluster) -> list[str]:
    """Return what the machine is and what runs on it, a line each."""
    import platform

    import django
    import gunicorn

    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1024**2
    database = subprocess.run(
        [cluster.database.binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    front = subprocess.run([str(cluster.nginx.command[0]), "-v"], capture_output=True, text=True, check=True)
    return [
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GB of memory, Linux {platform.release()}",
        f"Python {platform.python_version()}, Django {django.get_version()}, gunicorn {gunicorn.__version__}, "
        f"{database.stdout.strip()}, {front.stderr.strip().partition(': ')[2]}",
    ]

"""The newsroom as several machines would run it, on this one: nginx, three web processes and a PostgreSQL.

    make cluster                            until Ctrl-C; PORT and WEBS say where, and how many

It is the topology of docker-compose.yml, started from the packages of the system: the same nginx configuration
(docker/nginx.conf.template), gunicorn, a database that waits for its disk. All of it lives in one temporary folder and
is gone when whoever started it is, even killed. The benchmark, the experiments with faults and the stories of
tests/test_cluster.py import `Cluster`.
"""

import fcntl
import os
import random
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "docker" / "nginx.conf.template"

_PORTS = set(range(20000, 32000))
_given: set[int] = set()
_PLACE = re.compile(r"\$\{(NEWSROOM_\w+)\}")


class Missing(Exception):
    """A program of the system that is needed is not there, and may not be installed: its text says what to do."""


class Part:
    """One program of the cluster: started, stopped, started again on the same port."""

    command: list[str | Path]
    owner: str | None = None
    stopping = signal.SIGTERM
    ending = signal.SIGTERM  # when all of it goes away, and nobody waits for an answer

    def __init__(self, cluster: "Cluster", name: str) -> None:
        self.cluster, self.name = cluster, name
        self.log = cluster.logs / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process; that of gunicorn's master, nginx's master, PostgreSQL's postmaster."""
        assert self.process is not None, f"{self.name} was not started"
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def answers(self) -> bool:
        raise NotImplementedError

    def start(self, patience: float = 60) -> None:
        """Start it and return when it answers. Raises `ChildProcessError`, with its last words, when it does not."""
        if self.is_running:
            return
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                list(map(str, self.command)),
                cwd=self.cluster.home if self.owner else ROOT,
                env=self.cluster.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **({"user": self.owner, "group": self.owner, "extra_groups": []} if self.owner else {}),  # type: ignore[arg-type]
            )
        self.cluster.keeper.watch(self.process.pid)
        if not until(lambda: not self.is_running or self.answers(), patience) or not self.is_running:
            raise ChildProcessError(f"{self.name} did not start; its last words:\n{self.last_words()}")

    def signal(self, number: int) -> None:
        """Send it a signal: SIGSTOP freezes it, SIGCONT lets it go on, SIGKILL ends it as a fault would."""
        os.kill(self.pid, number)

    def stop(self, number: int | None = None, patience: float = 30) -> int:
        """Send it `number`, wait for its end and return its exit status. What does not end in time is killed."""
        if self.process is None:
            return 0
        if self.is_running:
            self.signal(self.stopping if number is None else number)
            with suppress(ProcessLookupError):
                self.signal(signal.SIGCONT)  # what is frozen hears nothing
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.kill_all()
        self.process.wait()
        self.cluster.keeper.forget(self.pid)
        return self.process.returncode

    def kill_all(self) -> None:
        """Kill it with what it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-30:]) if self.log.exists() else ""


class Database(Part):
    """PostgreSQL as it comes, waiting for the disk at each commit, but for what docker-compose.yml tells it."""

    stopping = signal.SIGINT  # "fast": ends what is open, and writes all down
    ending = signal.SIGQUIT
    _MODES = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}

    def __init__(self, cluster: "Cluster", options: Sequence[str] = ()) -> None:
        super().__init__(cluster, "postgresql")
        self.binaries = Path(find("postgres", _bin_of_postgresql, "postgresql")).parent
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self.url = f"postgres://newsroom:{self.password}@127.0.0.1:{self.port}/newsroom"
        if os.getuid() == 0:  # as which PostgreSQL refuses to run
            self.owner = "postgres"
        self.data = cluster.home / "postgresql"
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.data,
            "jit": "off",  # compiling takes longer than any question asked here
            "shared_buffers": "1GB",  # both as in docker-compose.yml
        }
        told = [*(f"{name}={value}" for name, value in settings.items()), *options]
        self.command = [self.binaries / "postgres", "-D", self.data, *(word for line in told for word in ("-c", line))]

    def create(self) -> None:
        self.data.mkdir(mode=0o700)
        secret = self.cluster.home / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        if self.owner:
            shutil.chown(self.data, self.owner, self.owner)
            shutil.chown(secret, self.owner, self.owner)
        # Byte order and UTF-8, as docker-compose.yml asks for.
        self._run("initdb", f"--pgdata={self.data}", "--username=newsroom", "--auth=scram-sha-256",
                  f"--pwfile={secret}", "--encoding=UTF8", "--locale=C")  # fmt: skip
        secret.unlink()
        self.start()
        self._run("createdb", "--maintenance-db=postgres", "newsroom", PGPASSWORD=self.password,
                  PGHOST="127.0.0.1", PGPORT=str(self.port), PGUSER="newsroom")  # fmt: skip

    def answers(self) -> bool:
        ready = self.binaries / "pg_isready"
        asked = [ready, "--quiet", "--host=127.0.0.1", f"--port={self.port}", "--dbname=postgres", "--timeout=1"]
        return subprocess.run(asked, check=False).returncode == 0

    def stop(self, number: int | str | None = None, patience: float = 30) -> int:
        """Stop it by a signal, or in one of PostgreSQL's ways: "smart", "fast" or "immediate"."""
        return super().stop(self._MODES[number] if isinstance(number, str) else number, patience)

    def kill_all(self) -> None:
        # Each of its processes leads a group of its own, and sees for itself that the postmaster is gone.
        with suppress(ProcessLookupError):
            self.signal(signal.SIGKILL)

    def start(self, patience: float = 60) -> None:
        """Start it. After a crash the processes of the killed one may hold its memory for a moment more."""
        end = time.monotonic() + patience
        while True:
            try:
                return super().start(max(1.0, end - time.monotonic()))
            except ChildProcessError:
                if "is still in use" not in self.last_words() or time.monotonic() > end:
                    raise
            time.sleep(0.2)

    def _run(self, program: str, *arguments: str, **environment: str) -> None:
        with self.log.open("ab") as log:
            subprocess.run(
                [self.binaries / program, *arguments],
                cwd=self.cluster.home,
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
                check=True,
                **({"user": self.owner, "group": self.owner, "extra_groups": []} if self.owner else {}),  # type: ignore[arg-type]
            )


class Web(Part):
    """A master of gunicorn with its workers, on a port of its own: what a container of `web` is."""

    ending = signal.SIGQUIT

    def __init__(self, cluster: "Cluster", number: int, workers: int, options: Sequence[str] = ()) -> None:
        super().__init__(cluster, f"web{number}")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        python = Path(sys.executable)
        self.command = [python, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.command += ["--workers", str(workers), "--name", f"{cluster.home.name}-{self.name}"]
        self.command += options  # all else is said by gunicorn.conf.py, which gunicorn finds where it is started

    def answers(self) -> bool:
        """Whether it says anything at all, which it does once a worker has read the newsroom."""
        asked = urllib.request.Request(f"{self.url}/healthz", headers={"X-Forwarded-Proto": "https"})
        try:
            urllib.request.urlopen(asked, timeout=2).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True


class Front(Part):
    """nginx, with a certificate that it has signed itself."""

    stopping = signal.SIGQUIT  # what is being answered is answered

    def __init__(self, cluster: "Cluster", port: int | None = None) -> None:
        super().__init__(cluster, "nginx")
        self.port, self.plain_port, self.status_port = port or free_port(), free_port(), free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self.folder = cluster.home / "nginx"
        self.configuration = self.folder / "nginx.conf"
        program = find("nginx", lambda: shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), "nginx-light")
        # Its workers are who we are: our files may lie where nobody else looks.
        how = "daemon off; user root;" if os.getuid() == 0 else "daemon off;"
        self.command = [program, "-e", self.log, "-p", self.folder, "-c", self.configuration, "-g", how]

    def create(self) -> None:
        """Write its configuration and its certificate."""
        for folder in ("run", "extra"):
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
        self._certify()
        values = {
            "RUN": self.folder / "run",
            "CACHE": self.folder / "run" / "pages",
            "EXTRA": self.folder / "extra",
            "TLS": self.folder,
            "FILES": self.cluster.var,
            "ACCESS_LOG": self.cluster.logs / "access.log",
            "ERROR_LOG": self.log,
            "HTTP": f"127.0.0.1:{self.plain_port}",
            "HTTPS": f"127.0.0.1:{self.port}",
            "STATUS": f"127.0.0.1:{self.status_port}",
            "PORT": f":{self.port}",
            "HSTS_SECONDS": self.cluster.env["HSTS_SECONDS"],
            "WEBS": " ".join(f"server 127.0.0.1:{web.port} max_fails=0;" for web in self.cluster.webs),
        }
        self.configuration.write_text(filled(TEMPLATE.read_text(), values))

    def reload(self) -> None:
        """Let it read its configuration anew."""
        self.signal(signal.SIGHUP)

    def answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.status_port}/front", timeout=2):
            return True
        return False

    def _certify(self) -> None:
        openssl = find("openssl", lambda: shutil.which("openssl"), "openssl")
        subprocess.run(
            [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "certificate.pem"],
            check=True,
            capture_output=True,
        )  # fmt: skip


class Keeper:
    """A process that outlives us by a moment: it ends what we have started when we are gone, and takes the folder away.

    It reads from a pipe that only we hold, so that it knows at once, whatever has ended us.
    """

    _PROGRAM = r"""
import os, shutil, signal, sys, time
home, kept = sys.argv[1], {}
for line in sys.stdin:
    sign, pid = line.split()
    kept[pid] = sign == "+"
# First the way in which a database ends at once and whole, then the way that nothing withstands.
left = [int(pid) for pid, stays in kept.items() if stays]
for number in (signal.SIGQUIT, signal.SIGKILL) if left else ():
    for pid in left:
        for kill in (os.kill, os.killpg):
            try:
                kill(pid, number)
            except (ProcessLookupError, PermissionError):
                pass
    time.sleep(1)
if home:
    shutil.rmtree(home, ignore_errors=True)
"""

    def __init__(self, folder: Path | None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", self._PROGRAM, str(folder or "")],
            stdin=subprocess.PIPE,
            start_new_session=True,
            cwd="/",
        )

    def watch(self, pid: int) -> None:
        self._say("+", pid)

    def forget(self, pid: int) -> None:
        self._say("-", pid)

    def end(self) -> None:
        """Let it go, with whatever is left to do. The parts have been stopped before, so that is little."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _say(self, sign: str, pid: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{sign} {pid}\n".encode())
        self._process.stdin.flush()


class Cluster:
    """`with Cluster() as cluster:` - and everything runs; after it, nothing is left.

    `webs` masters of gunicorn with `workers` workers each; `home` a folder to keep, instead of one of its own that goes
    away; `populate` a pair of numbers, articles and comments to fill the newsroom with after the sample (which
    `sample=False` leaves out); `port` where nginx answers, chosen by the system if it is not given;
    `postgresql` and `gunicorn` further options of these, `environment` further variables for the newsroom.
    Raises `Missing` where a program is not there, and `ChildProcessError` where one does not start.
    """

    def __init__(
        self,
        webs: int = 3,
        workers: int = 2,
        home: str | Path | None = None,
        populate: tuple[int, int] | None = None,
        *,
        sample: bool = True,
        port: int | None = None,
        postgresql: Sequence[str] = (),
        gunicorn: Sequence[str] = (),
        environment: dict[str, str] | None = None,
    ) -> None:
        self._goes_away = home is None
        self.home = Path(home).resolve() if home else Path(tempfile.mkdtemp(prefix="newsroom-cluster-"))
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o755)  # where we are root, PostgreSQL is another user
        self.keeper = Keeper(self.home if self._goes_away else None)
        self._sample, self._populate = sample, populate
        try:
            self.var, self.logs = self.home / "var", self.home / "logs"
            for folder in (self.var / "media", self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            self.env = dict(os.environ)
            self.database = Database(self, postgresql)
            self.webs = [Web(self, number, workers, gunicorn) for number in range(webs)]
            self.nginx = Front(self, port)
            self.url = self.nginx.url
            self.env |= settings(self.database.url, self.var) | (environment or {})
        except BaseException:
            self.keeper.end()
            raise

    def __enter__(self) -> "Cluster":
        try:
            self.database.create()
            self.manage("migrate", "--verbosity", "0")
            self._collect()
            if self._sample:
                self.manage("load_sample")
            if self._populate:
                articles, comments = self._populate
                self.manage("populate", "--articles", articles, "--comments", comments, "--seed", 1)
            for web in self.webs:
                web.start()
            self.nginx.create()
            self.nginx.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop everything, readers' side first."""
        parts: tuple[Part, ...] = (self.nginx, *self.webs, self.database)
        with _undisturbed():
            for part in parts if self._goes_away else ():
                if part.is_running:
                    part.signal(part.ending)
            for part in parts:
                part.stop(patience=10)
            self.keeper.end()

    def manage(self, *words: object, **options: Any) -> str:
        """Run a command of manage.py beside the cluster and return what it says. Raises `CalledProcessError`."""
        command = [sys.executable, ROOT / "manage.py", *map(str, words)]
        options = {"check": True, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT, "env": self.env, **options}
        return str(subprocess.run(command, **options).stdout or "")

    def trust(self) -> ssl.SSLContext:
        """Return what a client needs to know our certificate."""
        return ssl.create_default_context(cafile=self.nginx.folder / "certificate.pem")

    def _collect(self) -> None:
        """Bring the static files. Hashing and compressing them takes longer than all else: it is done once for all."""
        kept = ROOT / "var" / "cluster" / "static"
        kept.mkdir(parents=True, exist_ok=True)
        (self.var / "static").symlink_to(kept)
        with (kept.parent / "collecting").open("w") as door:
            fcntl.flock(door, fcntl.LOCK_EX)  # several may be started at once
            manifest = kept / "staticfiles.json"
            made_of = [*(ROOT / "static").rglob("*"), *(ROOT / "newsroom").glob("*.py"), ROOT / "requirements.lock"]
            if not manifest.exists() or max(file.stat().st_mtime for file in made_of) > manifest.stat().st_mtime:
                self.manage("collectstatic", "--no-input", "--verbosity", "0")
                manifest.touch()
            self.manage("write_error_pages")


def settings(database: str, var: Path) -> dict[str, str]:
    """Return every variable that the newsroom reads, so that the .env of a real installation has no say."""
    return {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEBUG": "off",
        "DEMO": "on",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "CSRF_TRUSTED_ORIGINS": "",
        "DATABASE_URL": database,
        "POSTGRES_PASSWORD": "",
        "VAR_DIR": str(var),
        "CONN_MAX_AGE": "600",
        "MIGRATION_PATIENCE": "5",
        "PAGE_PATIENCE": "20",
        "WATCH": "on",
        "PAGE_CACHE_MB": "8",
        "PAGE_SHELF_MB": "256",
        "WEB_BIND": "",
        "WEB_WORKERS": "2",
        "WEB_THREADS": "2",
        "WEB_MAX_REQUESTS": "0",
        "LOG_FORMAT": "json",
        "HTTPS": "on",
        "HSTS_SECONDS": "31536000",
        "EMAIL_URL": "",
        "EMAIL_FROM": "",
        "TRUSTED_PROXIES": "1",
        "SIGN_IN_PAUSE": "15",
        "SERVE_MEDIA": "off",
    }


def filled(template: str, values: dict[str, object]) -> str:
    """Return nginx's configuration with each ${NEWSROOM_...} filled in. Raises `KeyError` for one without a value."""
    return _PLACE.sub(lambda place: str(values[place[1].removeprefix("NEWSROOM_")]), template)


def free_port() -> int:
    """Return a port of the loopback that nobody listens at.

    Not one of those that the system gives to whoever calls out: a part that is down must find its own free again.
    """
    for port in random.sample(sorted(_PORTS - _given), len(_PORTS - _given)):
        with socket.socket() as door, suppress(OSError):
            door.bind(("127.0.0.1", port))
            _given.add(port)
            return port
    raise OSError("No port of the loopback is free.")


def until(condition: Callable[[], bool], patience: float) -> bool:
    """Wait until `condition` holds, `patience` seconds at most, and return whether it does."""
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def find(name: str, look: Callable[[], str | Path | None], package: str) -> str:
    """Return the path of a program, which is installed where it is missing and that may be done. Raises `Missing`."""
    found = look()
    if found is None:
        asked = f"source tools/say.sh && may_install && apt_install {package}"
        subprocess.run(["bash", "-c", asked], cwd=ROOT, check=False)
        found = look()
    if found is None:
        raise Missing(f"{name} is missing: install it (Debian, Ubuntu: sudo apt-get install {package}).")
    return str(found)


def _bin_of_postgresql() -> str | None:
    said = subprocess.run([ROOT / "tools" / "with-postgres", "--binaries"], capture_output=True, text=True, check=False)
    return f"{said.stdout.strip()}/postgres" if said.returncode == 0 else None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a second Ctrl-C wait: what is being stopped is stopped."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, which hears no signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _say(line: str = "") -> None:
    print(line, flush=True)


def main() -> None:
    port, webs = int(os.environ.get("PORT", 8443)), int(os.environ.get("WEBS", 3))

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            sys.exit(
                f"Nothing can listen on 127.0.0.1:{port}: choose another with PORT, such as: PORT=9443 make cluster"
            )
    _say("Starting PostgreSQL, the web processes and nginx ...")
    try:
        with Cluster(webs=webs, port=port) as cluster:
            _say()
            _say("==> The sample newsroom, as several machines would run it")
            _say(f"    readers    {cluster.url}/           (the certificate is its own: the browser will ask)")
            _say(f"    editors    {cluster.url}/quan-tri/")
            _say(cluster.manage("create_demo_accounts", cluster.home / "accounts.txt").rstrip())
            for web in cluster.webs:
                _say(f"    {web.name}       {web.url}   process {web.pid}")
            _say(f"    database   127.0.0.1:{cluster.database.port}   process {cluster.database.pid}")
            _say(f"    logs       {cluster.logs}")
            _say("    Ctrl-C stops it, and nothing stays.")
            while all(part.is_running for part in (cluster.nginx, cluster.database)):
                time.sleep(1)
            _say("A part of it has ended; its last words:")
            _say(cluster.nginx.last_words() + cluster.database.last_words())
    except KeyboardInterrupt:
        sys.exit(130)
    except (Missing, ChildProcessError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

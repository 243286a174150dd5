"""The containers as far as they go without an engine: what they are made of, and their image built step by step."""

import json
import os
import re
import shlex
import shutil
import subprocess
import venv
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tools.cluster import ROOT, find, free_port, until

pytestmark = [pytest.mark.long, pytest.mark.alike]

OURS = {"web", "migrate", "housekeeping"}
# The folders of the image, which are set up elsewhere here.
FOLDERS = ("/var/lib/newsroom", "/srv/newsroom")
# What makes accounts on the machine is only noted: there they are those of the image.
NOTED = """#!/bin/sh
echo "$0 $*" >>"$NOTES"
[ "${0##*/}" = useradd ] || for word; do case $word in /*) mkdir -p "$word" ;; esac; done
"""


# --- docker-compose.yml ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """docker-compose.yml as docker-compose understands it, beside what `tools/up` prepares."""
    program = find("docker-compose", lambda: shutil.which("docker-compose"), "docker-compose")
    here = tmp_path_factory.mktemp("compose")
    for name in ("docker-compose.yml", "Dockerfile", ".env.example"):
        shutil.copy(ROOT / name, here)
    shutil.copytree(ROOT / "docker", here / "docker")
    (here / "tools").mkdir()
    for name in ("up", "say.sh"):
        shutil.copy(ROOT / "tools" / name, here / "tools")
    environment = {"PATH": os.environ["PATH"], "HOME": str(here), "ONLY_PREPARE": "yes"}
    subprocess.run(["tools/up", "tin.example.vn"], cwd=here, env=environment, check=True)
    said = subprocess.run([program, "config"], cwd=here, env=environment, check=True, capture_output=True).stdout
    # Debian's docker-compose is a program in Python that brings what reads YAML.
    read = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout, default=str)"
    project = json.loads(
        subprocess.run(["/usr/bin/python3", "-c", read], input=said, check=True, capture_output=True).stdout
    )
    return {**project, "here": here}


def test_nothing_runs_as_root_or_writes_where_it_need_not(project):
    for name, service in project["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert name in OURS or re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"]), name
    assert re.search(r"^USER newsroom$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def test_each_has_its_limits_and_a_log_that_ends(project):
    for name, service in project["services"].items():
        assert service["mem_limit"], name
        assert service["logging"]["options"] == {"max-size": "20m", "max-file": "5"}, name


def test_there_may_be_any_number_of_web_processes(project):
    """A name or a port of the machine can be had by one container alone."""
    assert project["services"]["web"].keys().isdisjoint({"container_name", "ports", "hostname"})
    assert "server web:8000 resolve" in project["services"]["nginx"]["environment"]["NEWSROOM_WEBS"]


def test_only_nginx_can_be_reached_and_the_database_reaches_nothing(project):
    assert {name for name, service in project["services"].items() if "ports" in service} == {"nginx"}
    assert list(project["services"]["db"]["networks"]) == ["inside"]
    assert project["networks"]["inside"]["internal"] is True


def test_secrets_are_files_that_nobody_else_on_the_machine_reads(project):
    """What stands in the environment of a container is told by `docker inspect`."""
    here = project["here"]
    assert {Path(secret["file"]).name for secret in project["secrets"].values()} == {
        file.name for file in (here / "secrets").iterdir()
    }
    assert (here / "secrets").stat().st_mode & 0o077 == 0
    told = json.dumps(project["services"])
    for name in ("secret_key", "postgres_password"):
        assert len((here / "secrets" / name).read_text()) >= 50
        assert (here / "secrets" / name).read_text() not in told


def test_what_is_there_is_prepared_only_once(project):
    here = project["here"]
    before = {file: file.read_bytes() for file in [here / ".env", *(here / "secrets").iterdir()]}
    environment = {"PATH": os.environ["PATH"], "ONLY_PREPARE": "yes"}
    subprocess.run(["tools/up", "khac.example.vn"], cwd=here, env=environment, check=True)
    assert {file: file.read_bytes() for file in before} == before


# --- Dockerfile --------------------------------------------------------------------------------


def instructions() -> Iterator[tuple[str, str]]:
    """Yield what the Dockerfile says, in order: the word and what follows it."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if line.strip():
            word, _, rest = line.partition(" ")
            yield word, rest.strip()


def is_let_in(path: str) -> bool:
    """Whether .dockerignore lets `path` into the image: the last line decides that speaks of it or a folder over it."""
    let_in = True
    parts = path.split("/")
    over = ["/".join(parts[: length + 1]) for length in range(len(parts))]
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.lstrip("!")
        if line and not line.startswith("#"):
            names = parts if pattern.startswith("**/") else over
            if any(fnmatch(name, pattern.removeprefix("**/")) for name in names):
                let_in = line.startswith("!")
    return let_in


@pytest.mark.parametrize(
    "path", [".env", ".git/config", ".venv/bin/python", "secrets/key.pem", "var/demo/secret-key", "tests/settings.py",
             "newsroom/__pycache__/settings.pyc", "docker/nginx.d/cdn.conf"]
)  # fmt: skip
def test_what_only_lies_about_stays_out_of_the_image(path):
    assert not is_let_in(path)


def copy(source: str, to: Path) -> None:
    for folder, names, files in os.walk(ROOT / source if source != "." else ROOT):
        at = Path(folder).relative_to(ROOT)
        names[:] = [name for name in names if any(is_let_in(f"{at / name}{further}") for further in ("", "/migrate"))]
        for name in files:
            if is_let_in(str(at / name)):
                (to / at).mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / at / name, to / at / name)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The image's steps, one by one: its folders in one of ours, its Python a venv."""
    root = tmp_path_factory.mktemp("image")
    (root / "noted").mkdir()
    for name in ("useradd", "install"):
        program = root / "noted" / name
        program.write_text(NOTED)
        program.chmod(0o755)
    venv.create(root / "python", with_pip=True, symlinks=True)
    env = {"PATH": f"{root}/noted:{root}/python/bin:/usr/bin:/bin", "NOTES": f"{root}/notes", "HOME": str(root)}
    made: dict[str, Any] = {"env": env, "cwd": root}

    def ours(text: str) -> str:
        for folder in FOLDERS:
            text = text.replace(folder, f"{root}{folder}")
        return text

    for word, rest in instructions():
        if word == "FROM":
            assert rest.startswith("python:3.")
        elif word == "ENV":
            env |= dict(pair.split("=", 1) for pair in shlex.split(ours(rest)))
        elif word == "RUN":
            subprocess.run(["sh", "-ec", ours(rest)], cwd=made["cwd"], env=env, check=True)
        elif word == "WORKDIR":
            made["cwd"] = Path(ours(rest))
            made["cwd"].mkdir(parents=True)
        elif word == "COPY" and rest == ". .":
            copy(".", made["cwd"])
        elif word == "COPY":
            name, place = rest.split()
            assert place == "." and is_let_in(name)
            shutil.copy(ROOT / name, made["cwd"])
        elif word == "CMD":
            made["cmd"] = json.loads(rest)
        else:
            assert word in {"USER", "EXPOSE", "VOLUME"}, f"{word} is not tried here"
    return made


def test_the_image_holds_all_that_runs_and_answers(image, project):
    """From an empty database to a page, by the commands that docker-compose.yml gives the containers."""
    port = free_port()
    env = image["env"] | {
        "SECRET_KEY_FILE": str(project["here"] / "secrets" / "secret_key"),
        "ALLOWED_HOSTS": "tin.example.vn",
        "HTTPS": "on",
        "TRUSTED_PROXIES": "1",
    }
    services = project["services"]
    migrated = subprocess.run(services["migrate"]["command"], cwd=image["cwd"], env=env, capture_output=True, text=True)
    assert migrated.returncode == 0, migrated.stderr
    assert (Path(env["VAR_DIR"]) / "static" / "front" / "503.html").exists()
    command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in services["web"]["command"]]
    check = [word.replace("8000", str(port)) for word in services["web"]["healthcheck"]["test"][1:]]
    web = subprocess.Popen(command, cwd=image["cwd"], env=env)
    try:
        assert until(lambda: subprocess.run(check, env=env, capture_output=True, check=False).returncode == 0, 30)
        said = {"Host": "tin.example.vn", "X-Forwarded-Proto": "https"}
        for path in ("/", "/readyz"):
            with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=said), timeout=30) as answer:
                assert answer.status == 200
    finally:
        web.terminate()
        assert web.wait(30) == 0


def test_settings_that_lie_open_stop_the_containers_before_they_change_anything(image, project):
    env = image["env"] | {"SECRET_KEY_FILE": str(project["here"] / "secrets" / "secret_key"), "HTTPS": "off"}
    env |= {"VAR_DIR": str(image["cwd"] / "elsewhere"), "ALLOWED_HOSTS": "tin.example.vn"}
    command = project["services"]["migrate"]["command"]
    stopped = subprocess.run(command, cwd=image["cwd"], env=env, capture_output=True, text=True)
    assert stopped.returncode != 0
    assert "security.W" in stopped.stderr
    assert not (Path(env["VAR_DIR"]) / "static").exists()

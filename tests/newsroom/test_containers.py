"""What runs the newsroom on a server: nginx's configuration, the containers, the cluster that stands in for them."""

import re
import runpy
from pathlib import Path
from typing import Any

import environ
import pytest
from django.conf import settings

from tools import cluster

ROOT = Path(settings.BASE_DIR)
COMPOSE = (ROOT / "docker-compose.yml").read_text()
PLACES = set(re.findall(r"\$\{NEWSROOM_(\w+)\}", cluster.TEMPLATE.read_text()))


def test_the_containers_fill_in_every_place_of_the_configuration():
    """A place without a value would stand in nginx.conf as it is, and nginx would not start."""
    assert set(re.findall(r"^      NEWSROOM_(\w+):", COMPOSE, re.MULTILINE)) == PLACES


def test_a_place_that_nobody_fills_in_is_no_configuration():
    assert cluster.filled("listen ${NEWSROOM_HTTPS}; $host ${brotli}", {"HTTPS": 1}) == "listen 1; $host ${brotli}"
    with pytest.raises(KeyError):
        cluster.filled("listen ${NEWSROOM_HTTPS};", {})


def test_the_cluster_is_not_told_anything_by_the_installation_it_stands_in(tmp_path):
    """Its own database, its own mail: the .env of a real newsroom names those of its readers."""
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    given = cluster.settings("postgres://elsewhere", tmp_path)
    assert named - {"HTTP_PORT", "HTTPS_PORT"} <= given.keys()


def test_images_have_exact_versions():
    """What is built today is what was tried yesterday."""
    images = re.findall(r"image: (\S+)", COMPOSE) + re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.M)
    assert len(images) == 4
    assert [image for image in images if not re.search(r":\d+\.\d+(?:\.\d+)?", image)] == []


def read_settings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    given = {"DEBUG": "off", "HTTPS": "on", "ALLOWED_HOSTS": "tin.example.vn", **environment}
    # What was read from a file once is remembered by the class.
    monkeypatch.setattr(environ.FileAwareEnv, "ENVIRON", type(environ.FileAwareEnv.ENVIRON)())
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "newsroom" / "settings.py"))


def test_secrets_may_lie_in_files(monkeypatch, tmp_path):
    """With the line's end that every editor leaves there."""
    key, password, mail = tmp_path / "key", tmp_path / "password", tmp_path / "mail"
    key.write_text("0123456789abcdef" * 4 + "\n")
    password.write_text("mật khẩu/của#CSDL\n")
    mail.write_text("smtp+tls://user:secret@mail.example.vn:587\n")
    read = read_settings(
        monkeypatch,
        SECRET_KEY="",
        SECRET_KEY_FILE=str(key),
        DATABASE_URL="postgres://newsroom@db:5432/newsroom",
        POSTGRES_PASSWORD_FILE=str(password),
        EMAIL_URL_FILE=str(mail),
    )
    assert read["SECRET_KEY"] == "0123456789abcdef" * 4
    assert read["DATABASES"]["default"]["PASSWORD"] == "mật khẩu/của#CSDL"
    assert read["EMAIL_HOST_PASSWORD"] == "secret"

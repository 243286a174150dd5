"""With what a newsroom does not start: each refusal is a sentence that says what to change."""

import importlib
import os
import runpy
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError

from newsroom import starting
from newsroom.models import User
from tests.situations import a_user

KEY = "Zb7_" + "0123456789abcdef" * 3
IN_EARNEST = {
    "DEBUG": "off",
    "DEMO": "off",
    "HTTPS": "on",
    "HSTS_SECONDS": "31536000",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "tin.example.vn",
}


def started(monkeypatch: pytest.MonkeyPatch, **changed: str) -> dict[str, Any]:
    """The settings as they are read in that environment."""
    for name, value in {**IN_EARNEST, **changed}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(settings.BASE_DIR / "newsroom" / "settings.py"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"DEBUG": "on"}, "DEBUG=off"),
        ({"DEBUG": "on", "HTTPS": "off"}, "DEBUG=off"),
        ({"DEBUG": "on", "HTTPS": "off", "ALLOWED_HOSTS": "*"}, "DEBUG=off"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "a secret"}, "short enough"),
        ({"SECRET_KEY": "ab" * 40}, "short enough"),
        ({"SECRET_KEY": "django-insecure-" + KEY}, "short enough"),
        ({"SECRET_KEY": "a secret", "DEMO": "on", "HTTPS": "off"}, "short enough"),
        ({"ALLOWED_HOSTS": "*"}, "List the names"),
        ({"ALLOWED_HOSTS": "tin.example.vn,*"}, "List the names"),
        ({"ALLOWED_HOSTS": "*", "HTTPS": "off"}, "List the names"),
    ],
)
def test_settings_that_lie_open_are_refused(changed, said, monkeypatch):
    with pytest.raises(ImproperlyConfigured, match=said):
        started(monkeypatch, **changed)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"DEMO": "on", "HTTPS": "off", "ALLOWED_HOSTS": "*"},
        {"DEBUG": "on", "HTTPS": "off", "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]", "SECRET_KEY": "short"},
    ],
)
def test_a_server_a_demo_and_a_developer_start(changed, monkeypatch):
    assert started(monkeypatch, **changed)["ALLOWED_HOSTS"]


def test_a_server_passes_every_check_of_django_for_servers():
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={**os.environ, **IN_EARNEST, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr


def web() -> None:
    """Start what a web server starts."""
    sys.modules.pop("newsroom.wsgi", None)
    importlib.import_module("newsroom.wsgi")


@pytest.fixture
def account() -> User:
    return a_user("phongvien", email=f"phongvien@{starting.DEMO_DOMAIN}")


@pytest.mark.django_db
def test_a_newsroom_in_earnest_does_not_start_with_an_account_whose_password_was_printed(account, settings):
    for start in (web, lambda: call_command("check", "--database", "default")):
        with pytest.raises((ImproperlyConfigured, SystemCheckError), match=r"phongvien.*close_demo_accounts"):
            start()
    settings.DEMO = True
    web()
    call_command("check", "--database", "default")


@pytest.mark.django_db
def test_closed_accounts_are_no_reason_not_to_start(account, client):
    client.force_login(account)
    call_command("close_demo_accounts")
    web()
    account.refresh_from_db()
    assert not account.is_active and not account.has_usable_password()
    assert client.get("/quan-tri/").headers["Location"].startswith("/quan-tri/login/")


def test_a_newsroom_starts_while_its_database_is_away(monkeypatch):
    def fail(alias: str = "default") -> list[str]:
        raise OperationalError

    monkeypatch.setattr(starting, "demo_accounts", fail)
    web()

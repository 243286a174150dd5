"""What the log says of a request, and what it keeps to itself."""

import json
import logging
import re
import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from newsroom.logs import NAME, ForPeople, ForPrograms, without_keys
from newsroom.serverlog import ServerLog
from tests import situations

pytestmark = pytest.mark.alike


@pytest.mark.django_db
def test_each_answer_bears_the_name_of_its_request(client: Client):
    names = {client.get(path)["X-Request-ID"] for path in ("/", "/", "/khong-co-gi/", "/healthz", "/quan-tri/")}
    assert len(names) == 5
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in names)


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [(1, "a1b2c3d4e5f6a7b8", True), (0, "a1b2c3d4e5f6a7b8", False), (1, "a\tb", False), (1, "x" * 65, False)],
)
def test_a_name_is_taken_from_our_own_proxy_and_only_if_it_is_one(client, settings, proxies, given, is_taken):
    """Anybody else could write into the log, or borrow the name of another request."""
    settings.TRUSTED_PROXIES = proxies
    assert (client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given) is is_taken


@pytest.mark.django_db
def test_a_fault_is_told_with_its_trace_under_the_name_that_the_reader_is_shown(monkeypatch):
    def fail() -> None:
        raise ValueError("a fault")

    monkeypatch.setattr("newsroom.front.compose", fail)
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(ForPrograms().format(record))  # type: ignore[method-assign]
    logging.getLogger("django.request").addHandler(handler)
    try:
        answer = Client(raise_request_exception=False).get("/?q=loi-tim-kiem")
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    said = json.loads(lines[0])
    assert (said["level"], said["request"]) == ("ERROR", answer["X-Request-ID"])
    assert "ValueError: a fault" in said["trace"]
    assert "loi-tim-kiem" not in lines[0]
    assert "ValueError" not in answer.content.decode()


def record(message: str, **extra: Any) -> logging.LogRecord:
    return logging.getLogger("thu").makeRecord("thu", logging.WARNING, "", 0, message, (), None, extra=extra)


def test_nobody_writes_a_line_of_his_own_into_the_log():
    forged = record("Not Found: /a\n2026-01-01 ERROR all is lost\x1b[2J\u2028")
    for form in (ForPeople(), ForPrograms()):
        line = form.format(forged)
        assert len(line.splitlines()) == 1
        assert line.isprintable()


def test_a_trace_stays_readable_for_people():
    try:
        raise ValueError("a fault")
    except ValueError:
        told = record("It failed")
        told.exc_info = sys.exc_info()
    assert ForPeople().format(told).splitlines()[-1] == "ValueError: a fault"


def answered(path: str) -> str:
    """What gunicorn's log says of an answer."""
    log = ServerLog.__new__(ServerLog)
    log._access_log_enabled, lines = True, []
    log.access_log = logging.Logger("gunicorn.access")  # type: ignore[assignment]
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(ForPrograms().format(record))  # type: ignore[method-assign]
    log.access_log.addHandler(handler)
    environment = {"REQUEST_METHOD": "GET", "RAW_URI": path, "REMOTE_ADDR": "203.0.113.7", NAME: "a1b2c3d4e5f6a7b8"}
    log.access(SimpleNamespace(status="200 OK", sent=512, headers=[]), None, environment, timedelta(milliseconds=12))
    return lines[0]


def test_the_log_of_the_server_says_what_was_asked_and_not_by_whom_nor_for_which_words():
    line = answered("/tim-kiem/?q=benh-hiem")
    assert json.loads(line) | {"at": "", "process": 0} == {
        "at": "", "level": "INFO", "logger": "gunicorn.access", "process": 0, "request": "a1b2c3d4e5f6a7b8",
        "message": "GET /tim-kiem/ 200 512 bytes 0.012s",
        "method": "GET", "path": "/tim-kiem/", "status": 200, "bytes": 512, "seconds": 0.012,
    }  # fmt: skip
    assert "203.0.113.7" not in line and "benh-hiem" not in line


def patterns(resolver: Any = None, before: str = "") -> Any:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        yield from [route] if isinstance(pattern, URLPattern) else patterns(pattern, route)


def test_no_address_that_opens_something_stands_in_the_log():
    """Whoever reads the log could otherwise read a draft, or choose a new password for a colleague."""
    opening = [route for route in patterns() if "token" in route]
    assert len(opening) == 3
    for route in opening:
        path = re.sub(r"<\w+:token>|<token>", "chia-khoa-abc123", route)
        path = "/" + re.sub(r"<int:\w+>", "7", re.sub(r"<slug:\w+>", "bai", path)).replace("<uidb64>", "MQ")
        assert "chia-khoa" in path
        assert "chia-khoa" not in without_keys(f"Not Found: {path}")
        assert "chia-khoa" not in answered(path)


@pytest.mark.django_db
def test_what_opens_nothing_is_told_as_it_was_asked():
    for path in (situations.an_article().get_absolute_url(), reverse("admin:index"), "/quan-tri/mat-khau/"):
        assert without_keys(path) == path

"""What every test may lean on: the folders of outside material, and a browser that hears everything.

The settings are in `tests/settings.py`, situations to begin from in `tests/situations.py`.
"""

import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.signals import template_rendered
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError, expect

from newsroom import watch
from newsroom.management.commands.load_sample import FIXTURES, FOLDER
from newsroom.pagecache.changes import Book, book
from newsroom.pagecache.pages import Pages, pages
from newsroom.visits.collecting import Collector, collector
from tests import chromium

# Every run tries the same examples, and none of them against a clock: a busy machine breaks no promise.
hypothesis.settings.register_profile(
    "newsroom", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("newsroom")

_BESIDE = Path(__file__).resolve().parent.parent.parent / "shared"

# --- A quicker suite ---------------------------------------------------------------------------

_REACHES_DATABASE = {"db", "transactional_db"}


def _reaches_database(item: pytest.Item) -> bool:
    """Return whether pytest-django lets the test ask the database at all."""
    kind = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or not _REACHES_DATABASE.isdisjoint(getattr(item, "fixturenames", ()))
        or (kind is not None and issubclass(kind, TransactionTestCase))
    )


def _is_alike(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    ends_transactions = marker is not None and marker.kwargs.get("transaction")
    return item.get_closest_marker("alike") is not None and not ends_transactions and "EVERYWHERE" not in os.environ


def _keeps_what_migrate_made(item: pytest.Item) -> bool:
    """Return whether those after the test find the groups and rights that they all begin with."""
    marker = item.get_closest_marker("django_db")
    return not (marker and marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database, or asks each the same, is the same beside each: it runs with SQLite alone, except where it
    ends its transactions, which each database does in its own way, or EVERYWHERE is set. What is about PostgreSQL runs
    there alone."""
    for item in items:
        if not _keeps_what_migrate_made(item):
            raise pytest.UsageError(f"{item.nodeid} ends its transactions: it takes serialized_rollback=True too")
    if connection.vendor == "sqlite":
        elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    else:
        elsewhere = [item for item in items if not _reaches_database(item) or _is_alike(item)]
    left_out = set(elsewhere)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=elsewhere)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: the collector of garbage need not look through it a thousand times.

    It took a quarter of the time of a test that opens a form of the desk.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


# --- Nothing is skipped in silence -------------------------------------------------------------

_MAY_BE_ABSENT = ("REPORTS_DIR", "PAYLOADS_DIR")


def _outside(variable: str, default: Path) -> Path:
    """Return the folder that `variable` names, or `default`; skip the test where there is none."""
    given = os.environ.get(variable)
    folder = Path(given) if given else default
    if not folder.is_dir():
        if given:
            pytest.fail(f"{variable} names {folder}, which is no folder", pytrace=False)
        pytest.skip(f"{variable} is absent: what this test reads is not part of the project")
    return folder


@pytest.fixture(scope="session")
def reports_dir() -> Path:
    """The folder of annotated reports. They are other people's words and no part of the project."""
    return _outside("REPORTS_DIR", _BESIDE / "reports")


@pytest.fixture(scope="session")
def payloads_dir() -> Path:
    """The folder of hostile files and strings."""
    return _outside("PAYLOADS_DIR", _BESIDE / "payloads")


@pytest.fixture(scope="module")
def sample_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The rows of the sample for all tests of a module, without its pictures; they are gone again after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *(FOLDER / f"{name}.json" for name in FIXTURES), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def media() -> Iterator[Path]:
    """The folder of stored files, empty before the test and after it."""
    folder = Path(settings.MEDIA_ROOT)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What is remembered for some seconds is of another test's database."""
    cache.clear()
    collector.drop()
    yield


@pytest.fixture
def counters() -> Iterator[Collector]:
    """What gathers visits. Nothing is written by itself in a test: `counters.write()` does it."""
    collector.drop()
    yield collector
    collector.drop()


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """The book of changes, followed as by a process with a watch that has looked. `book.look()` looks again."""
    monkeypatch.setattr(watch, "is_on", lambda: True)
    book.forget()
    book.look()
    yield book
    book.forget()


@pytest.fixture
def cached(followed: Book, settings: Any) -> Iterator[Pages]:
    """The page cache, turned on and empty. `look()` of the watch is what tells it of a change."""
    settings.PAGE_CACHE_MB = 24
    pages.clear()
    pages.look()
    yield pages
    pages.clear()


@pytest.fixture
def undrawn() -> Iterator[Callable[[], set[str]]]:
    """A function that returns the names of the public templates that have not been drawn yet in the test."""
    drawn: set[str] = set()

    def note(template: Any, **_: Any) -> None:
        drawn.add(template.name)

    templates = Path(settings.BASE_DIR) / "templates"
    names = {str(path.relative_to(templates)) for path in templates.rglob("*.html")}
    public = {name for name in names if not name.startswith(("admin/", "registration/"))}
    template_rendered.connect(note)
    yield lambda: public - drawn
    template_rendered.disconnect(note)


def _refuse_silence(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip for any reason but absent outside material into a failure."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not reason.removeprefix("Skipped: ").startswith(_MAY_BE_ABSENT):
        report.outcome = "failed"
        report.longrepr = f"Nothing is skipped in this house, and this was: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    _refuse_silence(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    _refuse_silence(report)
    return report


# --- A real Chromium ---------------------------------------------------------------------------


expect.set_options(timeout=20_000)  # the stories share two cores with the other parts of the suite


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the system's own Chromium."""
    # Playwright keeps an event loop running in the thread of the tests, in which Django then refuses
    # to speak to the database. Nothing here is asynchronous, so the refusal guards nothing.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        path, _version = chromium.find()
    except LookupError as error:
        pytest.fail(str(error), pytrace=False)
    return {**browser_type_launch_args, "executable_path": path, "args": chromium.ARGUMENTS}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """The address of the live server, so that `page.goto("/")` is the home page."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in Vietnam at a desk."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture
def expected_noise() -> list[str]:
    """Regular expressions of what the browser may say in this test without failing it.

    A test that asks for a page that is not there appends the 404 it is about:
    `expected_noise.append(r"404 .*/bai-viet/")`.
    """
    return []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], base_url: str, expected_noise: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Browser contexts (and with them `context` and `page`) that fail the test when a page complains.

    An error in the console, an uncaught exception, an answer of 400 and above, and any request to
    another host than the newsroom's is such a complaint.
    """
    home = urlsplit(base_url).netloc
    noise: list[str] = []

    def hear_console(message: ConsoleMessage) -> None:
        # A failed load is heard once, with its address, as an answer.
        if message.type == "error" and "Failed to load resource" not in message.text:
            noise.append(f"console error on {message.page and message.page.url}: {message.text}")

    def hear_error(error: WebError) -> None:
        noise.append(f"uncaught error on {error.page and error.page.url}: {error.error}")

    def hear_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != home:
            noise.append(f"request to another host: {request.url}")

    def hear_answer(answer: Response) -> None:
        if answer.status >= 400:
            noise.append(f"{answer.status} for {answer.request.method} {answer.url}")

    def hear_failure(request: Request) -> None:
        # Leaving a page aborts what it was still loading: that is no complaint.
        if request.failure and "ERR_ABORTED" not in request.failure:
            noise.append(f"failed request: {request.url} ({request.failure})")

    def listening_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("console", hear_console)
        context.on("weberror", hear_error)
        context.on("request", hear_request)
        context.on("response", hear_answer)
        context.on("requestfailed", hear_failure)
        return context

    yield listening_context
    complaints = [line for line in noise if not any(re.search(pattern, line) for pattern in expected_noise)]
    if complaints:
        pytest.fail("The browser heard:\n  " + "\n  ".join(complaints), pytrace=False)

"""The pages that processes share: what one of them has made another gives, and what one has struck none gives."""

import sqlite3
from datetime import timedelta
from time import monotonic, time
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article
from newsroom import watch
from newsroom.pagecache.changes import book
from newsroom.pagecache.pages import LASTS, pages
from newsroom.pagecache.shelf import shelf
from newsroom.postgresql.lines import lines
from tests import situations

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def shared(cached, settings, tmp_path):
    """The shelf, turned on and empty."""
    settings.VAR_DIR, settings.PAGE_SHELF_MB = tmp_path, 8
    shelf._prepare()
    another_process()
    yield shelf
    shelf.close()


@pytest.fixture
def article(shared):
    article = situations.an_article("Bài để chung")
    look()
    return article


def look():
    book.look()
    pages.look()


def another_process(*, begins: bool = True):
    """What follows happens in a process that has just begun: with nothing in its memory but the shelf."""
    shelf.close()
    pages.clear()
    book.forget()
    if begins:
        look()


def asked(address: str) -> tuple[int, str]:
    """Get a page, and return how many statements the database was asked, and the page."""
    number = 0

    def count(execute, *statement):
        nonlocal number
        number += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        answer = Client(raise_request_exception=False).get(address)
    return number, answer.content.decode() if answer.status_code == 200 else ""


class Away:
    """The database is away."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def __enter__(self):
        self.context = self.monkeypatch.context()
        self.context.__enter__().setattr("newsroom.watch.database_is_down", lambda: True)
        self.wrapper = connection.execute_wrapper(self.refuse)
        self.wrapper.__enter__()

    def __exit__(self, *_):
        self.wrapper.__exit__(None, None, None)
        self.context.__exit__(None, None, None)

    def refuse(self, *_):
        raise OperationalError


def later(monkeypatch, seconds):
    """So many seconds have gone by for whoever reads the book."""
    for clock in (time, monotonic):
        monkeypatch.setattr(f"newsroom.pagecache.changes.{clock.__name__}", lambda clock=clock: clock() + seconds)


def test_a_page_that_one_process_has_made_is_given_by_the_next(article):
    number, made = asked(article.get_absolute_url())
    another_process()
    assert (number > 0, asked(article.get_absolute_url())) == (True, (0, made))


def test_a_process_that_begins_without_the_database_gives_what_there_is(article, monkeypatch):
    _, made = asked(article.get_absolute_url())
    look()
    with Away(monkeypatch):
        another_process(begins=False)
        assert asked(article.get_absolute_url())[1] == made


def test_a_shelf_that_nobody_has_looked_after_is_not_believed_without_the_database(article, monkeypatch):
    """What was withdrawn since, by another machine, is not struck in it."""
    asked(article.get_absolute_url())
    look()
    with Away(monkeypatch):
        later(monkeypatch, 20)
        another_process(begins=False)
        assert asked(article.get_absolute_url())[1] == ""


def test_a_shelf_is_looked_after_while_the_database_is_away(article, monkeypatch):
    """A worker that falls then is replaced by one that has the pages of the others."""
    _, made = asked(article.get_absolute_url())
    look()
    with Away(monkeypatch):
        monkeypatch.setattr(lines, "is_away", True)
        later(monkeypatch, 20)
        assert not watch.look_once()
        another_process(begins=False)
        assert asked(article.get_absolute_url())[1] == made


def test_what_was_withdrawn_is_given_by_no_process_whoever_has_noticed_it(article, monkeypatch):
    asked(article.get_absolute_url())
    workflow.perform(article, "withdraw", situations.staff("editor"), reason="Nhầm")
    look()
    with Away(monkeypatch):
        another_process(begins=False)
        assert asked(article.get_absolute_url())[1] == ""


def test_what_was_withdrawn_while_no_process_ran_is_struck_by_the_first_that_begins(article):
    asked(article.get_absolute_url())
    kept = situations.an_article("Bài của người khác", category=situations.a_category("Mục khác"))
    look()
    asked(kept.get_absolute_url())
    Article.objects.filter(pk=article.pk).update(state="withdrawn")
    another_process()
    assert asked(article.get_absolute_url())[1] == ""
    assert asked(kept.get_absolute_url())[0] == 0


def test_a_page_that_another_process_made_meanwhile_is_not_put_over_what_was_struck(article):
    """It was begun before the change, and is done after another process has struck it."""
    place = shelf.place()
    shelf.strike(4711, frozenset({"articles_article.id=1"}), True)
    told = {"made_at": 0.0, "until": 1e12, "etag": "1", "headers": {}, "encoding": "", "body": b"x"}
    shelf.put(("http", "a", "/1/", ""), place, tags=frozenset({"articles_article.id=1"}), **told)
    shelf.put(("http", "a", "/2/", ""), place, tags=frozenset({"articles_article.id=2"}), **told)
    assert [shelf.get(("http", "a", path, "")) is not None for path in ("/1/", "/2/")] == [False, True]
    shelf.strike_all()
    shelf.put(("http", "a", "/2/", ""), place, tags=frozenset({"articles_article.id=2"}), **told)
    assert shelf.get(("http", "a", "/2/", "")) is None


def test_who_comes_second_with_a_change_strikes_nothing_that_was_made_since(article):
    change = (4711, frozenset({"articles_article.id=1"}), True)
    shelf.strike(*change)
    told = {"made_at": 0.0, "until": 1e12, "etag": "1", "headers": {}, "encoding": "", "body": b"x"}
    shelf.put(("http", "a", "/1/", ""), shelf.place(), tags=change[1], **told)
    shelf.strike(*change)
    assert shelf.get(("http", "a", "/1/", "")) is not None


def test_what_only_adds_leaves_the_old_page_for_the_time_without_the_database(article, monkeypatch):
    _, before = asked("/")
    situations.an_article("Bài mới tinh")
    look()
    with Away(monkeypatch):
        another_process(begins=False)
        assert asked("/")[1] == before
    another_process()
    assert "Bài mới tinh" in asked("/")[1]


def test_a_page_ends_for_all_at_the_moment_of_something_scheduled(article):
    minute = timezone.now() + timedelta(minutes=1)
    asked("/")
    situations.an_article("Bài hẹn giờ", state="published", published_at=minute)
    look()
    asked("/")
    with patch("django.utils.timezone.now", return_value=minute + timedelta(seconds=1)):
        pages.look()
        another_process()
        assert "Bài hẹn giờ" in asked("/")[1]


def test_a_page_does_not_outlive_its_life_in_the_file(article):
    asked(article.get_absolute_url())
    with patch("django.utils.timezone.now", return_value=timezone.now() + LASTS):
        another_process()
        assert asked(article.get_absolute_url())[0] > 0


def test_addresses_that_anybody_can_make_up_take_no_room(shared):
    for number in range(3):
        asked(f"/to-chuc/?tinh=noi-{number}")
    assert [shelf.get(("http", "testserver", "/to-chuc/", f"tinh=noi-{number}")) for number in range(3)] == [None] * 3


def test_the_file_stays_within_its_room(shared, settings):
    settings.PAGE_SHELF_MB = 1
    told = {"made_at": 0.0, "until": 1e12, "etag": "1", "headers": {}, "encoding": "", "body": b"x" * 100_000}
    for number in range(60):
        shelf.put(("http", "a", f"/{number}/", ""), shelf.place(), tags=frozenset({"t"}), **told)
    there = [number for number in range(60) if shelf.get(("http", "a", f"/{number}/", ""))]
    assert there == list(range(60 - len(there), 60))
    assert len(there) <= 10


@pytest.mark.parametrize("fault", ["nonsense", "a folder", "another form", "no folder"])
def test_a_file_that_fails_is_done_without(article, tmp_path, settings, fault):
    shelf.close()
    for path in tmp_path.glob("pages*"):
        path.unlink()
    if fault == "nonsense":
        shelf.path.write_bytes(b"no database " * 1000)
    elif fault == "a folder":
        shelf.path.mkdir()
    elif fault == "another form":
        sqlite3.connect(shelf.path).execute("PRAGMA user_version = 99")
    else:
        settings.VAR_DIR = tmp_path / "nowhere"
    for _ in range(2):
        assert article.title in asked(article.get_absolute_url())[1]
        Article.objects.update(lead="Khác đi")
        look()
    assert "Khác đi" in asked(article.get_absolute_url())[1]


def test_what_cannot_be_struck_is_thrown_away_with_all_the_rest(article, monkeypatch):
    """Nothing untrue may stay behind because another process holds the file for too long."""
    asked(article.get_absolute_url())
    monkeypatch.setattr("newsroom.pagecache.shelf._WAITS_LONGER", 10)
    other = sqlite3.connect(shelf.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    Article.objects.update(state="withdrawn")
    look()
    other.close()
    assert not shelf.path.exists()
    assert asked(article.get_absolute_url())[1] == ""

"""The page cache: what it keeps, what it never keeps, and when it lets go."""

import gzip
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import brotli
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from articles import workflow
from articles.models import Comment
from newsroom import front, views
from newsroom.logs import NAME
from newsroom.models import SiteIdentity, User
from newsroom.pagecache.addresses import KEPT
from newsroom.pagecache.changes import book
from newsroom.pagecache.middleware import pages_first
from newsroom.pagecache.pages import LASTS, Page
from tests import situations
from tests.test_scheduled_minute import public_addresses

# What asks the engine is in test_kept.py and test_pages_emptied.py.
pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def article(cached):
    return situations.an_article("Bài được giữ")


def look(cached):
    """What the watch of every process does twice a second."""
    book.look()
    cached.look()


@pytest.fixture
def asked(cached):
    """How many statements the database was asked while a page was got: none, if it was kept."""

    def get(address, client=None, **headers):
        look(cached)
        with connection.execute_wrapper(count := Count()):
            answer = (client or Client()).get(address, headers=headers)
        answer.statements = count.number
        return answer

    return get


class Count:
    number = 0

    def __call__(self, execute, *statement):
        self.number += 1
        return execute(*statement)


# --- Giving ------------------------------------------------------------------------------------


def test_the_second_reader_is_given_the_same_page_and_the_database_is_not_asked(asked, article):
    first, second = (asked(article.get_absolute_url()) for _ in range(2))
    assert first.statements > 0
    assert (second.statements, second.content, second.status_code) == (0, first.content, 200)
    told = {"ETag", "Content-Type", "Content-Length", "Content-Security-Policy", "X-Content-Type-Options"}
    assert {name: first.headers[name] for name in told} == {name: second.headers[name] for name in told}


@pytest.mark.parametrize("headers", [{}, {"HTTP_ACCEPT_ENCODING": "br"}, {"HTTP_IF_NONE_MATCH": "*"}])
def test_what_is_given_before_django_begins_a_request_is_what_it_would_give(asked, article, headers):
    """And what is not kept, or is somebody's own, is left to it."""
    application = get_wsgi_application()

    def answered(path, by, **headers):
        environ = RequestFactory().get(path, **headers).environ
        said = []
        body = b"".join(by(environ, lambda status, headers: said.extend([status, dict(headers)])))
        assert (name := said[1].pop("X-Request-ID")) == environ[NAME] and len(name) == 16
        return *said, body

    asked(path := article.get_absolute_url())
    by_django = answered(path, application, **headers)
    assert answered(path, pages_first(lambda *_: pytest.fail("Django is asked")), **headers) == by_django
    for unkept in ({"HTTP_COOKIE": "sessionid=a"}, {"REQUEST_METHOD": "POST"}, {"PATH_INFO": "/khong-co/"}):
        environ = RequestFactory().get(path).environ | unkept
        assert pages_first(lambda *_: "Django")(environ, None) == "Django"


def test_who_has_the_page_already_is_told_so(asked, article):
    etag = asked(article.get_absolute_url()).headers["ETag"]
    for said in (etag, f'"other", {etag}', f"W/{etag}", "*", etag.replace('"', "") and etag[:-1] + '-br"'):
        answer = asked(article.get_absolute_url(), **{"if-none-match": said})
        assert (answer.status_code, answer.content, answer.statements) == (304, b"", 0)
    assert asked(article.get_absolute_url(), **{"if-none-match": '"other"'}).status_code == 200


def test_an_etag_is_strong_and_of_the_page_as_it_is_now(asked, article):
    before = asked(article.get_absolute_url()).headers["ETag"]
    assert before.startswith('"')
    type(article).objects.update(lead="Khác")
    answer = asked(article.get_absolute_url(), **{"if-none-match": before})
    assert (answer.status_code, answer.headers["ETag"] == before) == (200, False)


@pytest.mark.parametrize("accepted", ["br, gzip", "gzip", "identity", "br;q=0, gzip"])
def test_each_browser_is_given_the_form_it_reads(asked, article, accepted):
    plain = asked(article.get_absolute_url()).content
    for _ in range(2):
        answer = asked(article.get_absolute_url(), **{"accept-encoding": accepted})
        encoding = answer.headers.get("Content-Encoding", "")
        read = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
        assert (encoding in accepted, read(answer.content), answer.statements) == (True, plain, 0)
        assert int(answer.headers["Content-Length"]) == len(answer.content)
        assert answer.headers["Vary"] == "Accept-Encoding"
    assert encoding != "" or accepted == "identity"


def test_a_page_is_compressed_once(asked, article):
    with patch("newsroom.compressing.brotli.compress", wraps=brotli.compress) as compress:
        for _ in range(3):
            asked(article.get_absolute_url(), **{"accept-encoding": "br"})
    assert compress.call_count == 1


def test_only_the_head_is_sent_to_who_asks_for_it(asked, article):
    whole = asked(article.get_absolute_url())
    answer = Client().head(article.get_absolute_url())
    assert (answer.content, answer.headers["Content-Length"]) == (b"", str(len(whole.content)))


def test_everybody_asks_again_each_time_and_the_front_may_repeat_an_answer_for_its_second(asked, article):
    for _ in range(2):
        answer = asked(article.get_absolute_url())
        assert answer.headers["Cache-Control"] == "public, stale-while-revalidate=1, stale-if-error=0"
        assert answer.headers["Expires"]
        assert "max-age" not in answer.headers["Cache-Control"]


# --- Letting go --------------------------------------------------------------------------------


def test_a_withdrawn_article_is_gone_at_the_next_look_and_stays_gone_without_the_database(
    asked, article, monkeypatch, cached
):
    asked(article.get_absolute_url())
    asked("/")
    workflow.perform(article, "withdraw", situations.staff("editor"), reason="Đăng nhầm")
    look(cached)
    with without_database(monkeypatch):
        for address in (article.get_absolute_url(), "/"):
            answer = Client(raise_request_exception=False).get(address)
            assert (answer.status_code >= 500, article.title in answer.content.decode()) == (True, False)


def test_a_new_article_is_seen_by_the_next_reader(asked, article):
    assert article.title in asked("/").content.decode()
    new = situations.an_article("Bài mới tinh")
    assert new.title in asked("/").content.decode()


def test_a_page_that_lacks_what_is_new_is_given_while_the_database_is_away(asked, article, monkeypatch, cached):
    asked("/")
    situations.an_article("Bài mới tinh")
    look(cached)
    with without_database(monkeypatch):
        answer = Client().get("/")
    assert (answer.status_code, article.title in answer.content.decode()) == (200, True)


def test_a_page_is_given_beyond_its_life_only_while_the_database_is_away(asked, article, monkeypatch):
    before = asked(article.get_absolute_url())
    later = timezone.now() + LASTS + timedelta(seconds=1)
    with patch("django.utils.timezone.now", return_value=later):
        with without_database(monkeypatch):
            assert Client().get(article.get_absolute_url()).content == before.content
        assert asked(article.get_absolute_url()).statements > 0


@contextmanager
def without_database(monkeypatch):
    """The database is away: nothing can be asked of it, and the watch says so."""

    def refuse(*_):
        raise OperationalError

    with monkeypatch.context() as away, connection.execute_wrapper(refuse):
        away.setattr("newsroom.watch.database_is_down", lambda: True)
        yield


def test_a_hidden_comment_is_gone_from_the_page_of_its_article(asked, article):
    comment = situations.a_comment(article, "Lời nên ẩn")
    assert comment.text in asked(article.get_absolute_url()).content.decode()
    Comment.objects.update(state=Comment.State.REJECTED)
    assert comment.text not in asked(article.get_absolute_url()).content.decode()


def test_a_comment_that_waits_empties_nothing(asked, article):
    asked(article.get_absolute_url())
    situations.a_comment(article, state=Comment.State.PENDING)
    assert asked(article.get_absolute_url()).statements == 0


def test_a_scheduled_article_is_there_at_its_minute_although_nothing_was_saved(asked, article, cached):
    minute = timezone.now() + timedelta(minutes=2)
    later = situations.an_article("Bài hẹn giờ", state="published", published_at=minute)
    assert later.title not in asked("/").content.decode()
    with patch("django.utils.timezone.now", return_value=minute - timedelta(seconds=1)):
        assert asked("/").statements == 0
    with patch("django.utils.timezone.now", return_value=minute):
        # A browser may ask in the half second before the watch looks again.
        assert later.title in Client().get("/").content.decode()


def test_a_place_on_the_front_page_ends_at_its_moment(asked, article):
    ends_at = timezone.now() + timedelta(minutes=2)
    type(article).objects.update(featured_position=1, featured_until=ends_at)
    asked("/")
    with patch("django.utils.timezone.now", return_value=ends_at), connection.execute_wrapper(count := Count()):
        Client().get("/")
    assert count.number > 0


def test_a_page_that_was_being_made_while_a_change_came_is_not_kept(article, cached, monkeypatch):
    compose = front.compose

    def compose_while_somebody_saves():
        composed = compose()
        type(article).objects.update(title="Tên khác")
        look(cached)
        return composed

    monkeypatch.setattr(front, "compose", compose_while_somebody_saves)
    assert article.title in Client().get("/").content.decode()
    assert len(cached) == 0


def test_without_a_look_for_some_seconds_nothing_is_given(asked, article, monkeypatch):
    asked(article.get_absolute_url())
    monkeypatch.setattr(book, "_looked_at", book._looked_at - 60)
    with connection.execute_wrapper(count := Count()):
        Client().get(article.get_absolute_url())
    assert count.number > 0


# --- What is nobody's --------------------------------------------------------------------------


def test_every_public_address_is_kept_or_known_not_to_be():
    """A new page has a row in one of the two."""
    not_kept = {
        *("search", "visits", "visit-numbers", "beacon"),  # each time another
        *("comment_sent", "comment_report", "comment_reported", "figure_report", "figure_reported", "preview"),
        *("favicon", "touch-icon"),  # the way to a file
    }
    not_pages = {"healthz", "readyz"}
    kept = {name.rpartition(":")[2] for name in KEPT}
    assert kept | not_kept | (not_pages & public_addresses()) == public_addresses()
    assert kept & not_kept == set()


def test_the_desk_and_who_is_signed_in_pass_by(asked, article, cached):
    asked(article.get_absolute_url())
    reporter = Client()
    reporter.force_login(situations.staff("writer"))
    size = len(cached)
    assert asked(article.get_absolute_url(), reporter).statements > 0
    assert asked("/quan-tri/", reporter).status_code == 200
    assert len(cached) == size


@pytest.mark.parametrize("headers", [{"authorization": "Basic YTpi"}, {"range": "bytes=0-99"}])
def test_what_is_asked_for_in_a_way_of_ones_own_passes_by(asked, article, cached, headers):
    asked(article.get_absolute_url())
    assert asked(article.get_absolute_url(), **headers).statements > 0


@pytest.mark.parametrize(
    "own",
    [
        lambda answer: answer.set_cookie("name", "value"),
        lambda answer: answer.headers.setdefault("Cache-Control", "private"),
        lambda answer: answer.headers.setdefault("Cache-Control", "no-store"),
        lambda answer: answer.headers.setdefault("Vary", "Cookie"),
        lambda answer: answer.headers.setdefault("Vary", "*"),
        lambda answer: setattr(answer, "status_code", 404),
    ],
)
def test_an_answer_that_is_somebodys_own_is_not_kept(cached, monkeypatch, own):
    def page(*_):
        answer = HttpResponse("Trang của riêng ai đó " * 20)
        own(answer)
        return answer

    monkeypatch.setattr(views, "render", page)
    Client().get("/")
    assert len(cached) == 0


def test_a_page_that_asks_who_reads_it_is_not_kept(cached, article, monkeypatch):
    monkeypatch.setattr(views, "render", lambda request, *_: HttpResponse(f"Chào {request.user}! " * 20))
    Client().get("/")
    assert len(cached) == 0


def test_a_page_that_reads_what_nobody_has_declared_is_not_kept(cached, article, monkeypatch):
    monkeypatch.setattr(views, "render", lambda *_: HttpResponse(str(User.objects.count()) * 400))
    Client().get("/")
    assert len(cached) == 0


# --- What is not in the key --------------------------------------------------------------------


def test_what_a_page_does_not_know_is_not_asked_and_does_not_multiply_it(asked, article, cached):
    asked("/bai-viet/")
    size = len(cached)
    for query in ("?utm_source=zalo", "?fbclid=abc&utm_campaign=x", "?x=1&y=2", "?%00=1", "?sau", "?" + "a" * 3000):
        answer = asked(f"/bai-viet/{query}")
        if query != "?sau":
            assert (answer.statements, answer.status_code) == (0, 200), query
            assert "utm" not in answer.content.decode()
    assert len(cached) == size
    assert asked("/bai-viet/?utm_source=zalo&nam=2020").content == asked("/bai-viet/?nam=2020&x=y").content


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-original-url", "x-host", "forwarded", "x-forwarded-proto"])
def test_a_header_that_is_not_in_the_key_says_nothing_in_the_page(asked, article, header):
    poisoned = asked(article.get_absolute_url(), **{header: "evil.example"})
    assert "evil.example" not in poisoned.content.decode()
    assert asked(article.get_absolute_url()).content == poisoned.content


def test_a_host_that_is_not_ours_is_refused_and_keeps_nothing(cached, article):
    answer = Client(raise_request_exception=False).get(article.get_absolute_url(), headers={"host": "evil.example"})
    assert (answer.status_code, len(cached)) == (400, 0)


def test_each_host_has_its_own_pages(asked, article):
    one, other = (asked(article.get_absolute_url(), host=host).content.decode() for host in ("127.0.0.1", "localhost"))
    assert "http://localhost" in other
    assert "http://localhost" not in one


def test_any_number_of_odd_queries_takes_no_more_memory_and_pushes_no_page_out(asked, article, cached, settings):
    settings.PAGE_CACHE_MB = 1
    asked(article.get_absolute_url())
    for number in range(30):
        Client().get(f"/to-chuc/?tinh=noi-{number}")
    assert cached.size <= 2**20
    assert sum(page.size for page in cached._corner.values()) <= 2**20 // 8
    assert asked(article.get_absolute_url()).statements == 0


def test_the_least_recently_asked_for_goes_first(cached, settings):
    settings.PAGE_CACHE_MB = 1
    keys = [("http", "localhost", f"/{number}/", "") for number in range(30)]
    for key in keys:
        page = Page({}, "1", {"": b"x" * 40_000}, frozenset(), timezone.now() + LASTS)
        assert cached.keep(key, page, cached.place)
        assert cached.get(keys[0]) is not None
    assert cached.size <= 2**20
    there = [key for key in keys if cached.get(key) is not None]
    assert there == [keys[0], *keys[-len(there) + 1 :]]
    assert len(there) > 20
    large = Page({}, "1", {"": b"x" * 100_000}, frozenset(), timezone.now() + LASTS)
    assert not cached.keep(("http", "localhost", "/large/", ""), large, cached.place)


def test_without_a_watch_every_page_is_made_anew(asked, article, monkeypatch):
    SiteIdentity.objects.create(name="Trang thử")
    monkeypatch.setattr("newsroom.watch.is_on", lambda: False)
    for _ in range(2):
        with connection.execute_wrapper(count := Count()):
            assert Client().get(article.get_absolute_url()).status_code == 200
        assert count.number > 0

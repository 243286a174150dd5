"""While the database is away: a page that says so, with what was typed, and addresses that tell it to machines."""

import errno
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.urls import reverse

from articles.models import Comment, FigureReport
from newsroom import watch
from newsroom.postgresql.lines import lines
from tests import situations
from tests.articles.commenting import sending
from tests.articles.doubts import test_taking as doubts
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@contextmanager
def away():
    """Whatever is asked of the database fails."""

    def refuse(*_: Any) -> None:
        raise OperationalError("the server closed the connection unexpectedly")

    assert connection.features.supports_json_field  # Django asks that once, and takes no answer for no
    with connection.execute_wrapper(refuse):
        yield


class Form(HTMLParser):
    """The one form of a page: where it goes, and what a browser would send of it."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.action, self.fields, self._textarea = "", {}, ""
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.action = given["action"]
        elif tag == "input":
            self.fields[given["name"]] = given["value"]
        elif tag == "textarea":
            self._textarea = given["name"]
            self.fields[self._textarea] = ""

    def handle_endtag(self, tag):
        self._textarea = "" if tag == "textarea" else self._textarea

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea] = data.removeprefix("\n")


def is_said(answer: Any) -> bool:
    """Whether `answer` is the page that says it, for a moment and to nobody else."""
    return (
        answer.status_code == 503
        and int(answer["Retry-After"]) <= 10
        and answer["Cache-Control"] == "no-store"
        and "masthead" in answer.content.decode()
        and "Traceback" not in answer.content.decode()
    )


def test_a_page_that_cannot_be_made_says_so_and_when_to_come_back(client):
    article = situations.an_article()
    with away():
        for path in ("/", article.get_absolute_url(), "/tim-kiem/?q=a", "/khong-co-gi/", "/quan-tri/login/"):
            assert is_said(client.get(path)), path


def test_whoever_is_signed_in_is_told_the_same(client):
    client.force_login(situations.staff("editor"))
    with away():
        assert is_said(client.get("/quan-tri/"))


def test_a_comment_that_could_not_be_taken_is_sent_again_from_the_page_that_says_so(client):
    article = situations.an_article()
    text = 'Dòng một.\n\n<b>Dòng ba</b> & "dòng bốn".'
    with away():
        answer = sending.send(client, article, text=text)
    assert is_said(answer)
    form = Form(answer.content)
    assert form.fields == sending.typed(article, text=text, made=form.fields["made"])
    for label in ("Bình luận của bạn", "Tên của bạn"):
        assert label in answer.content.decode(), label
    assert client.post(form.action, form.fields).status_code == 303
    assert Comment.objects.get().text == text


def test_a_report_of_a_figure_comes_back_too(client):
    figure = doubts.in_an_article()
    with away():
        answer = doubts.send(client, figure)
    assert is_said(answer)
    form = Form(answer.content)
    assert client.post(form.action, form.fields).status_code == 303
    assert FigureReport.objects.get().words == doubts.WORDS


def test_what_an_editor_typed_at_the_desk_comes_back(client):
    client.force_login(situations.staff("editor"))
    conference = situations.a_conference()
    address = reverse("admin:committees_conference_change", args=[conference.pk])
    typed = filled(client.get(address), name="Hội nghị có tên mới, dài đến mức không ai muốn gõ lại lần thứ hai")
    with away():
        answer = client.post(address, typed)
    assert is_said(answer)
    form = Form(answer.content)
    assert form.fields["name"] == typed["name"]
    assert client.post(form.action, form.fields).status_code == 302
    conference.refresh_from_db()
    assert conference.name == typed["name"]


def test_no_other_site_puts_words_into_the_page(client):
    """A page of another site could have its visitors send again, from a page of ours, what they never wrote."""
    client.force_login(situations.staff("editor"))
    with away():
        answer = client.post("/quan-tri/", {"text": "Lời của trang khác"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code in {403, 503} and "Lời của trang khác" not in answer.content.decode()


def test_a_password_does_not_come_back(client):
    with away():
        answer = client.post("/quan-tri/login/", {"username": "an", "password": "mật khẩu thật dài"})
    assert is_said(answer) and "mật khẩu thật dài" not in answer.content.decode()


FULL = OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_as_such_and_not_as_a_fault(client):
    with patch("newsroom.front.compose", side_effect=FULL):
        assert is_said(client.get("/"))


def test_a_picture_for_which_there_is_no_room_is_refused_with_a_sentence(client):
    client.force_login(situations.staff("writer"))
    picture = SimpleUploadedFile("anh.jpg", situations.picture_bytes())
    with patch.object(default_storage, "save", side_effect=FULL):
        answer = client.post("/quan-tri/tai-anh-len/", {"upload": picture})
    assert answer.status_code == 503
    assert "Chưa lưu được ảnh" in answer.json()["error"]["message"]


def test_a_fault_of_ours_is_no_outage(client):
    with patch("newsroom.front.compose", side_effect=ValueError("a fault")):
        answer = client.get("/")
    assert answer.status_code == 500 and "Retry-After" not in answer


def test_an_outage_that_is_known_leaves_no_trace_for_each_page_of_it(client, caplog):
    with away():
        client.get("/")
        assert "the server closed the connection" in caplog.text
        caplog.clear()
        lines.is_away = True
        try:
            client.get("/")
        finally:
            lines.is_away = False
    assert caplog.text == ""


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_process_is_asked_by_any_name_without_tls_and_tells_of_itself_and_of_its_database(
    client, django_assert_num_queries
):
    """Whatever starts and stops processes knows their addresses, and none of their names."""
    inside = {"headers": {"Host": "10.0.0.7:8000"}}
    with away():
        alive, ready = client.get("/healthz", **inside), client.get("/readyz", **inside)
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert alive["Cache-Control"] == ready["Cache-Control"] == "no-store"
    assert int(ready["Retry-After"]) <= 10
    with django_assert_num_queries(0):
        assert client.head("/healthz", **inside).status_code == 200
    assert client.get("/readyz", **inside).status_code == 200
    assert client.post("/readyz", **inside).status_code == 405


def test_a_database_that_is_known_to_be_away_is_not_asked_whether_it_is(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(watch, "database_is_down", lambda: True)
    with django_assert_num_queries(0):
        assert client.get("/readyz").status_code == 503

"""Requests that no browser makes: a page that says so, with its headers, and never a fault of ours."""

from urllib.parse import quote

import pytest
from asgiref.sync import async_to_sync
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory

from newsroom import refusing
from tests.situations import staff

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

WAY_ON = '<a class="button" href="/">'


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "PROPFIND", "BREW"])
def test_what_is_neither_asked_nor_sent_is_refused_on_a_page(method):
    client = Client()
    client.force_login(staff("editor"))
    for path in ("/", "/rss/", "/khong-co/", "/static/khong.css", "/media/khong.jpg", "/dem/", "/quan-tri/"):
        answer = client.generic(method, path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST"), path
        assert WAY_ON in answer.content.decode() and "Content-Security-Policy" in answer.headers


def test_a_page_that_takes_no_forms_says_so(client):
    answer = client.post("/bai-viet/", {"a": "b"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert WAY_ON in answer.content.decode()


@pytest.mark.parametrize("letters", ["utf-16", "utf-7", "hex", "rot13", "base64", "zlib", "idna", "undefined"])
def test_letters_are_utf_8_whatever_a_header_says(letters):
    """Else a cache would keep, under one address, what was read out of it as another; and some are no letters."""
    heard: list[dict[str, str]] = []
    listening = refusing.in_utf8(lambda environ, start_response: heard.append(environ))
    for kind in ("text/plain;charset={}", 'multipart/form-data; charset="{}"; boundary=x', "text/plain; CHARSET = {}"):
        listening({"CONTENT_TYPE": kind.format(letters)}, None)
    assert [environ["CONTENT_TYPE"] for environ in heard] == [
        "text/plain", "multipart/form-data; boundary=x", "text/plain",
    ]  # fmt: skip
    for environ in heard:
        asked = WSGIRequest({**RequestFactory()._base_environ(QUERY_STRING="q=ch%E1%BB%AF"), **environ})
        assert asked.GET["q"] == "chữ"


def test_an_asgi_server_hears_no_other_letters_either():
    heard = []

    async def application(scope, receive, send):
        heard.extend(scope["headers"])

    said = [(b"content-type", b"text/plain;charset=hex"), (b"accept", b"*/*")]
    async_to_sync(refusing.asgi_in_utf8(application))({"type": "http", "headers": said}, None, None)
    assert heard == [(b"content-type", b"text/plain"), (b"accept", b"*/*")]


ODD = [
    *("/%ff%fe/", "/a%00b/", "/bai-viet/%C0%AE/", "/trang/" + "a" * 9000 + "/", "/%5Ca.example"),
    *(f"/bai-viet/a-{'9' * digits}/" for digits in (19, 30, 5000)),
    *("/lich/99999/13/", "/lich/0/0/", "/lich/1/1/", "/lich/10000/1/", "/rss/chuyen-muc-" + "9" * 30 + "/"),
    *("/media/%00", "/media/" + "a" * 5000, "/media/..%2f..%2fetc/passwd", "/media//etc/passwd", "/media/a/../../x"),
    *("/static/%00", "/static/..%2fsettings.py", "/static/../newsroom/settings.py", "/sitemap-" + "a" * 900 + ".xml"),
    *("/xem-truoc/" + "a" * 3000 + "/", "/quan-tri/mat-khau/%ff/%00/", "/quan-tri/mat-khau/MQ/" + "a" * 3000 + "/"),
    *("/quan-tri/r/99999999999999999999/1/", "/quan-tri/articles/article/" + "9" * 40 + "/change/"),
    *("/quan-tri/articles/article/%00/change/", "/quan-tri/autocomplete/?app_label=%00&model_name=a&field_name=b"),
    *(f"{path}?{key}={quote(said)}" for path in ("/bai-viet/", "/so-lieu/") for key in ("sau", "truoc")
      for said in ("~", "\x00", "20230230T000000Z~1", "99999999T000000Z~1", "20230214T000000Z~" + "9" * 30)),
]  # fmt: skip


def test_odd_addresses_lead_nowhere(client):
    staff_client = Client()
    staff_client.force_login(staff("editor"))
    for path in ODD:
        for asking in (client, staff_client):
            answer = asking.get(path)
            elsewhere = answer.headers.get("Location", "/")
            assert (answer.status_code < 500 and answer.status_code != 200) or "mat-khau" in path, path[:80]
            assert elsewhere.startswith("/") and not elsewhere.startswith(("//", "/\\")), path[:80]


class Line:
    """What stands between gunicorn and a reader."""

    said = b""

    def setblocking(self, flag: bool) -> None:
        pass

    def sendall(self, said: bytes) -> None:
        self.said += said


@pytest.mark.parametrize(("status", "shown"), [(400, 400), (403, 400), (414, 414), (417, 400), (431, 431), (500, 503)])
def test_what_gunicorn_refuses_it_refuses_on_a_page_of_ours(status, shown):
    line = Line()
    refusing.write_error(line, status, "Some Reason", "Invalid Header 'a stranger's words'")
    head, _, body = line.said.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} Some Reason\r\n".encode())
    assert f"Content-Length: {len(body)}\r\n".encode() in head and b"Content-Security-Policy: default-src" in head
    assert body.decode() == refusing.page(shown) and "a stranger" not in body.decode()

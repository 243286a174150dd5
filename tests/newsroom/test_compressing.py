"""Answers on their way: small where everybody is given the same, and as they are where a secret may stand in them."""

import gzip

import brotli
import pytest
from django.urls import reverse

from tests import situations

pytestmark = pytest.mark.django_db

ACCEPTING = {"accept-encoding": "gzip, deflate, br"}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


def encoding(client, path):
    return client.get(path, headers=ACCEPTING).headers.get("Content-Encoding")


@pytest.mark.parametrize(
    ("accepting", "told"),
    [
        ("gzip, deflate, br", "br"),
        ("br;q=1.0", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, abr", "gzip"),
    ],
)
def test_a_reader_is_sent_a_page_compressed_and_always_in_the_same_size(client, accepting, told):
    situations.an_article()
    plain = client.get("/bai-viet/")
    headers = {"accept-encoding": accepting}
    first, second = (client.get("/bai-viet/", headers=headers) for _ in range(2))
    assert first.headers["Content-Encoding"] == told
    assert UNPACK[told](first.content) == plain.content
    assert first.headers["Content-Length"] == second.headers["Content-Length"] == str(len(first.content))
    assert "Accept-Encoding" in first.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_what_machines_read_is_compressed_too(client):
    situations.an_article()
    for path in ("/rss/", "/atom/", "/sitemap-trang.xml", "/bai-viet/?format=json", "/bai-viet/?format=csv"):
        assert encoding(client, path) in UNPACK, path
    # A workbook is a compressed file already.
    assert encoding(client, "/bai-viet/?format=xlsx") is None


def test_who_has_a_feed_is_still_told_so(client):
    situations.an_article()
    etag = client.get("/rss/", headers=ACCEPTING).headers["ETag"]
    assert etag.startswith("W/")
    assert client.get("/rss/", headers={**ACCEPTING, "if-none-match": etag}).status_code == 304


def test_the_size_of_a_page_of_the_desk_tells_nothing(client):
    """Beside words that anyone may bring into it by a link stands a token that nobody else may know."""
    desk = [reverse("admin:login"), reverse("password_reset"), reverse("admin:index")]
    assert [encoding(client, path) for path in desk[:2]] == [None, None]
    client.force_login(situations.a_user(is_staff=True, is_superuser=True))
    desk += [reverse("admin:articles_article_add"), reverse("admin:articles_article_changelist") + "?q=thu"]
    assert [encoding(client, path) for path in desk[2:]] == [None, None, None]

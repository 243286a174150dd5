"""What is posted from another site is refused, whatever it says of itself."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.same_site import from_our_pages

take = from_our_pages(lambda request: HttpResponse("taken"))


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({}, True),
        ({"origin": "http://testserver"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"origin": "http://testserver.example"}, False),
        ({"origin": "http://testserver:8000"}, False),
        ({"origin": "https://testserver"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"sec-fetch-site": "same-site", "origin": "http://testserver"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "null"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "http://elsewhere.example"}, False),
    ],
)
def test_only_a_page_of_this_site_posts_to_it(headers, is_taken):
    request = RequestFactory(enforce_csrf_checks=True).post("/", headers=headers)
    if is_taken:
        assert take(request).content == b"taken"
    else:
        with pytest.raises(PermissionDenied):
            take(request)


def test_whoever_only_reads_may_come_from_anywhere():
    request = RequestFactory().get("/", headers={"sec-fetch-site": "cross-site"})
    assert take(request).content == b"taken"


@pytest.mark.parametrize(("charset", "is_taken"), [("UTF8", True), ("utf-7", False), ("utf-16", False)])
def test_only_what_says_that_it_is_in_our_encoding_is_read(charset, is_taken):
    """Half a sign, which UTF-7 can bring, could neither be stored nor be shown."""
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    request = RequestFactory().generic("POST", "/", b"--b--", content_type=kind)
    if is_taken:
        assert take(request).content == b"taken"
    else:
        with pytest.raises(BadRequest):
            take(request)

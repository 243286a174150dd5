"""The one address of a thing: its id finds it, its slug is for people and may change."""

import re
from collections.abc import Callable
from functools import cache
from typing import Protocol

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from newsroom.vietnamese import slugify


class Addressed(Protocol):
    """A thing that has a page."""

    def get_absolute_url(self) -> str: ...


def address(name: str, words: str, fallback: str, key: int) -> str:
    """Return the address of the thing with the primary key `key` and these words, as the pattern `name` has it.

    `fallback` stands where nothing of the words can stand in an address. A list has dozens of addresses, which all
    begin and end alike: Django is asked once for each pattern.
    """
    before, after = _around(name)
    return f"{before}{slugify(words, fallback)}-{key}{after}"


def of_key(name: str, key: int) -> str:
    """Return the address that the pattern `name` has for the primary key `key` alone."""
    before, after = _around_key(name)
    return f"{before}{key}{after}"


@cache
def of(name: str) -> str:
    """Return the one address of the pattern `name`."""
    return reverse(name)


@cache
def _around_key(name: str) -> tuple[str, str]:
    before, _own, after = reverse(name, args=[0]).rpartition("0")
    return before, after


@cache
def _around(name: str) -> tuple[str, str]:
    before, _own, after = reverse(name, args=["slug", 0]).rpartition("slug-0")
    return before, after


def whole_of(request: HttpRequest) -> Callable[[str], str]:
    """Return what makes an address of this site whole, as the reader of `request` knows the site.

    As Django does it, which looks at each anew: a page has a dozen, of letters that stand in an address as they are.
    """
    host = request.build_absolute_uri("/").removesuffix("/")
    return lambda place: f"{host}{place}" if _PLAIN.fullmatch(place) else request.build_absolute_uri(place)


_PLAIN = re.compile(r"/(?![/.])(?:[A-Za-z0-9_#?=&-]|[/.](?![/.]))*")


def elsewhere(request: HttpRequest, thing: Addressed) -> HttpResponsePermanentRedirect | None:
    """Return the way to the address of `thing`, with the query string kept; None if the request is there already."""
    address = thing.get_absolute_url()
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

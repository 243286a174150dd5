"""The one address of a thing: its id finds it, its slug is for people and may change."""

from typing import Protocol

from django.http import HttpRequest, HttpResponsePermanentRedirect


class Addressed(Protocol):
    """A thing that has a page."""

    def get_absolute_url(self) -> str: ...


def elsewhere(request: HttpRequest, thing: Addressed) -> HttpResponsePermanentRedirect | None:
    """Return the way to the address of `thing`, with the query string kept; None if the request is there already."""
    address = thing.get_absolute_url()
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

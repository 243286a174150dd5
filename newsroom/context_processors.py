"""What every page shows of the site: its identity and its menu, read only when a template asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from newsroom.surroundings import surroundings


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `site` (a `SiteIdentity`) and the `surroundings` of the page, from which its template prints the rest."""
    around = surroundings()
    known = vars(around).get("site")  # where it is kept: what is lazy is asked at each name whether it is there by now
    return {"site": known or SimpleLazyObject(lambda: around.site), "surroundings": around}

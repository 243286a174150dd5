"""What every page shows of the site: its identity and its menu, read only when a template asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from newsroom.models import MenuItem, SiteIdentity


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `site` (a `SiteIdentity`) and `menu` (a list of `MenuItem`, one query for both places)."""
    return {
        "site": SimpleLazyObject(SiteIdentity.current),
        "menu": SimpleLazyObject(lambda: list(MenuItem.objects.all())),
    }

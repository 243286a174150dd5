"""What stands around every page: who runs the site, its menu, and what templates print of both.

It is the same on every page but for the entry of the menu that the reader is at, and took a third of the work of a
page. A process makes it once, and anew when a row of it has changed (newsroom.pagecache).
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString

from newsroom.addresses import of
from newsroom.models import MenuItem, SiteIdentity
from newsroom.pagecache import kept


class Surroundings:
    """The site's identity and menu as they are together, each read when first asked for; and what was made of them."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], SafeString] = {}
        self._files: dict[str, str] = {}

    @cached_property
    def site(self) -> SiteIdentity:
        return SiteIdentity.current()

    @cached_property
    def menu(self) -> list[MenuItem]:
        return list(MenuItem.objects.all())

    def part(self, template: str, more: Mapping[str, Any] | None = None) -> SafeString:
        """Return what `template` prints of `site`, `menu` and `more`, which holds few different values."""
        more = more or {}
        key = (template, *more.values())
        if key not in self._made:
            self._made[key] = render_to_string(template, {"site": self.site, "menu": self.menu, **more})
        return self._made[key]

    def file(self, name: str) -> str:
        """Return the address of the static file `name`."""
        if name not in self._files:
            self._files[name] = static(name)
        return self._files[name]

    @cached_property
    def _entries(self) -> list[tuple[str, str]]:
        return [(item.label, item.address) for item in self.menu if item.place == MenuItem.Place.MAIN]

    def masthead(self, path: str) -> SafeString:
        """Return the masthead of the page at `path`, whose entries of the menu are marked (aria-current)."""
        entries = tuple([(label, address, _mark(address, path)) for label, address in self._entries])
        return self.part("_masthead.html", {"entries": entries, "is_search": path == of("search")})


@kept(SiteIdentity, MenuItem)
def surroundings() -> Surroundings:
    """Return what stands around the pages that are made now."""
    return Surroundings()


def _mark(address: str, path: str) -> str:
    """Say how the page at `path` stands to the menu's `address`: "page" at it, "true" below it, or "" elsewhere.

    The front page holds nothing below it.
    """
    if address == path:
        return "page"
    return "true" if address.endswith("/") and address != "/" and path.startswith(address) else ""

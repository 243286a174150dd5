"""Feeds: what those of all apps share, as RSS and as Atom."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.views.decorators.http import conditional_page, require_safe

from newsroom.models import SiteIdentity

ITEMS = 30  # of a feed: who asks less often than these appear finds the rest in the lists

# What XML 1.0 cannot hold, not even escaped: Word leaves some of it behind.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """Return `text` with a space for each character that XML cannot hold."""
    return _NOT_XML.sub(" ", text)


def lasting_id(request: HttpRequest, path: str) -> str:
    """Return the tag URI (RFC 4151) under which a feed reader remembers a thing, such as `bai-viet/12`.

    It holds the id and neither title nor scheme: an article that is renamed is not new, nor is all of it on the day
    the site moves to https. The host is one that the site answers to (ALLOWED_HOSTS).
    """
    return f"tag:{urlsplit(f'//{request.get_host()}').hostname},2026:{path}"


class _Steady(SyndicationFeed):
    """A feed that is the same bytes as long as nothing in it has changed, so that its ETag is worth something."""

    def latest_post_date(self) -> datetime:
        moments = [item[name] for item in self.items for name in ("pubdate", "updateddate") if item[name]]
        return max(moments, default=datetime(2000, 1, 1, tzinfo=UTC))


class Rss(_Steady, Rss201rev2Feed):
    """RSS 2.0 with the whole text (content), each author (dc) and the last change (atom)."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author)
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", item["updateddate"].isoformat())
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])


class Atom(_Steady, Atom1Feed):
    """Atom 1.0 with the whole text and each author."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author)
            handler.endElement("author")
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


class NewsFeed(Feed):
    """A feed of this site, made anew for each request.

    A feed says in `about` what it is of, and of each item its title, description (HTML), `item_path` (what its
    lasting id is made of), moments, authors and content.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.site = SiteIdentity.current()
        self.name = for_xml(self.site.title)

    @classmethod
    def as_view(cls, kind: type[SyndicationFeed]) -> Callable[..., HttpResponse]:
        """Return the view of this feed as RSS or as Atom.

        It has an ETag and no Last-Modified: what is withdrawn, or a name that is taken off, leaves no later moment
        behind, and whoever asked by the moment alone would keep it.
        """

        @require_safe
        @conditional_page
        def view(request: HttpRequest, **found: Any) -> HttpResponse:
            feed = cls(request)
            feed.feed_type = kind
            answer = feed(request, **found)
            del answer["Last-Modified"]
            return answer

        return view

    # --- The feed itself

    def about(self, obj: Any) -> str:
        """What the feed is of, where it is not of everything."""
        return str(obj or "")

    def title(self, obj: Any) -> str:
        about = for_xml(self.about(obj))
        return f"{about} – {self.name}" if about else self.name

    def description(self, obj: Any) -> str:
        return self.title(obj)

    def link(self, obj: Any) -> str:
        return str(obj.get_absolute_url())

    def feed_guid(self, obj: Any) -> str:
        return lasting_id(self.request, self.request.path.strip("/"))

    def author_name(self) -> str:
        return self.name

    def feed_copyright(self) -> str | None:
        return for_xml(self.site.reuse_line) or None

    # --- Its items

    def authors(self, item: Any) -> list[str]:
        """Those who are named as having written it; without any, the site answers for it."""
        return []

    def content(self, item: Any) -> str:
        """The whole text as HTML with whole addresses; empty where the description is all."""
        return ""

    def item_path(self, item: Any) -> str:
        """What its lasting id is made of: its kind and its key."""
        raise NotImplementedError

    item_guid_is_permalink = False

    def item_guid(self, item: Any) -> str:
        return lasting_id(self.request, self.item_path(item))

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"authors": [for_xml(author) for author in self.authors(item)], "content": for_xml(self.content(item))}

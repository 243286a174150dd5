"""Feeds as a feed reader takes them: parsed strictly, held against what RSS 2.0 and RFC 4287 require, and read."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import feedparser
from django.test import Client

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ATOM = "{http://www.w3.org/2005/Atom}"


def read_rss(client: Client, path: str) -> Element:
    """Return the channel of the feed at `path`; whatever RSS 2.0 requires of it, it has."""
    (channel,) = _parsed(client, path, "application/rss+xml; charset=utf-8", "rss")
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert _one(channel, name), name
    _is_whole(_one(channel, "link"))
    (own,) = channel.findall(f"{ATOM}link")
    assert (own.get("rel"), urlsplit(own.get("href")).path) == ("self", path)
    for item in channel.findall("item"):
        assert _one(item, "title")
        assert item.find("guid").get("isPermaLink") == "false"
        _is_whole(_one(item, "link"))
        assert parsedate_to_datetime(_one(item, "pubDate")).tzinfo
        for enclosure in item.findall("enclosure"):
            _is_whole(enclosure.get("url"))
            assert int(enclosure.get("length")) > 0
            assert enclosure.get("type") == "image/jpeg"
    _told_apart(guid.text for guid in channel.iter("guid"))
    return channel


def read_atom(client: Client, path: str) -> Element:
    """Return the feed at `path`; whatever RFC 4287 requires of it, it has."""
    feed = _parsed(client, path, "application/atom+xml; charset=utf-8", f"{ATOM}feed")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert urlsplit(links["self"]).path == path
    _is_whole(links["alternate"])
    assert _one(feed.find(f"{ATOM}author"), f"{ATOM}name")
    for element in [feed, *feed.findall(f"{ATOM}entry")]:
        assert _one(element, f"{ATOM}title")
        assert urlsplit(_one(element, f"{ATOM}id")).scheme
        assert datetime.fromisoformat(_one(element, f"{ATOM}updated")).tzinfo
    for entry in feed.findall(f"{ATOM}entry"):
        (page,) = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        _is_whole(page.get("href"))
        assert entry.find(f"{ATOM}content") is not None or entry.find(f"{ATOM}summary") is not None
    _told_apart(identity.text for identity in feed.iter(f"{ATOM}id"))
    return feed


def _parsed(client: Client, path: str, kind: str, root: str) -> Element:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    parsed = ElementTree.fromstring(answer.content)
    assert parsed.tag == root
    _is_read(answer.content, kind)
    return parsed


def _is_read(content: bytes, kind: str) -> None:
    """Fail where feedparser, which stands for the readers there are, complains or misses what it lists."""
    read = feedparser.parse(content, response_headers={"content-type": kind})
    assert not read.bozo, read.get("bozo_exception")
    assert read.version in {"rss20", "atom10"}
    for entry in read.entries:
        # By its items: for what is missing, asking for it would give a neighbour's word.
        told = {name for name, value in entry.items() if value}
        assert told >= {"id", "link", "title", "updated", "updated_parsed", "summary"}, entry


def _one(element: Element | None, name: str) -> str:
    assert element is not None
    (found,) = element.findall(name)
    return found.text or ""


def _is_whole(address: str | None) -> None:
    parts = urlsplit(address or "")
    assert parts.scheme and parts.netloc, address


def _told_apart(names: Any) -> None:
    found = list(names)
    assert len(found) == len(set(found))

"""A walk through the sample newsroom, from the front page over every link to every page there is."""

from collections import deque
from functools import cache
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import brotli
import html5lib
import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve

from newsroom.staticfiles import BoundStaticFilesStorage, bind

# What it holds is how pages are made and where they lead: no database makes a difference.
pytestmark = [pytest.mark.django_db, pytest.mark.alike]

HEAD = 630  # bytes of an answer's headers, as gunicorn and whitenoise send them
FAR_TOO_MANY = 2000  # pages: the walk is bounded, whatever the site holds


class Walk:
    """All public pages that can be reached from the front page by links, each fetched once."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.feeds: dict[str, HttpResponse] = {}
        self.files: dict[str, HttpResponse] = {}  # what a link leads to that is no page, or is to be kept
        client, waiting = Client(), deque(["/"])
        while waiting:
            address = waiting.popleft()
            if address in self.pages or address in self.files or not is_a_page(address):
                continue
            answer = client.get(address)
            is_page = answer.headers["Content-Type"].startswith("text/html")
            if answer.status_code == 200 and (not is_page or answer.has_header("Content-Disposition")):
                self.files[address] = answer
                continue
            self.pages[address] = page = Page(address, answer.status_code, answer.content.decode())
            waiting.extend(urldefrag(link).url for link in page.links)
            assert len(self.pages) < FAR_TOO_MANY
            for feed in page.feeds - self.feeds.keys():
                self.feeds[feed] = client.get(feed)


class Page:
    """One answer: its status, what a strict parser has to say of it, and where it leads."""

    def __init__(self, address: str, status: int, text: str) -> None:
        self.address, self.status, self.text = address, status, text
        parser = html5lib.HTMLParser(strict=False)
        self.tree = parser.parse(text)
        self.complaints = [f"{place}: {code}" for place, code, _ in parser.errors]
        elements = list(self.tree.iter())
        self.ids = [element.get("id") for element in elements if element.get("id")]
        hrefs = [element.get("href") for element in elements if element.tag.endswith("}a") and element.get("href")]
        self.links = [urljoin(address, href) for href in hrefs]
        named = [element for element in elements if element.get("rel") in {"alternate", "canonical"}]
        self.feeds = {element.get("href") for element in named if "xml" in element.get("type", "")}
        self.loads = [
            value
            for element in elements
            for name in ("src", "srcset", "poster", "data", "href")
            if (value := element.get(name)) and not element.tag.endswith("}a") and element not in named
        ]
        scripts = [element for element in elements if element.tag.endswith("}script")]
        self.scripts = [e for e in scripts if not e.get("src") and e.get("type") != "application/ld+json"]
        self.styled = [e.tag for e in elements if e.get("style") or e.tag.endswith("}style")]
        self.handlers = [name for e in elements for name in e.attrib if str(name).startswith("on")]


def is_a_page(address: str) -> bool:
    """Whether an address is a page of the public site (and no file, no other site, no letter)."""
    parts = urlsplit(address)
    if "format" in parse_qs(parts.query):
        return False
    files = (settings.MEDIA_URL, settings.STATIC_URL, "/quan-tri/")
    return not parts.scheme and not parts.netloc and not parts.path.startswith(files)


@pytest.fixture(scope="module")
def walk(sample_rows, django_db_blocker) -> Walk:
    """The one walk that all tests look at."""
    with django_db_blocker.unblock():
        return Walk()


def test_every_link_of_the_sample_newsroom_leads_to_a_page_that_is_well_made(walk):
    """It answers 200, parses strictly, has every id once and every anchor, nothing inline, and asks no other host."""
    wrong = []
    for page in walk.pages.values():
        wrong += [f"{page.address}: answers {page.status}"] if page.status != 200 else []
        wrong += [f"{page.address}: {complaint}" for complaint in page.complaints]
        wrong += [f"{page.address}: id {id} twice" for id in set(page.ids) if page.ids.count(id) > 1]
        wrong += [f"{page.address}: loads {load}" for load in page.loads if "//" in load]
        wrong += [f"{page.address}: inline {what}" for what in (*page.scripts, *page.styled, *page.handlers)]
        for link in page.links:
            target, fragment = urldefrag(link)
            if fragment and is_a_page(target) and fragment not in walk.pages[target].ids:
                wrong.append(f"{page.address}: no #{fragment} in {target}")
    assert wrong == []


def test_the_walk_passes_through_every_kind_of_public_page(walk):
    """A page that no link leads to would be tried by nobody."""
    public = {
        pattern.name
        for app in ("articles", "committees")
        for pattern in _patterns(app)
        if isinstance(pattern, URLPattern) and pattern.name
    }
    visited = {resolve(urlsplit(address).path).url_name for address in [*walk.pages, *walk.feeds, *walk.files]}
    # Only their links lead to them, which no page bears, or what a reader sends.
    assert public - visited == {"preview", "comment_sent", "comment_reported", "figure_reported"}


def test_every_feed_that_a_page_names_is_there_and_well_formed(walk):
    for address, answer in walk.feeds.items():
        assert answer.status_code == 200, address
        ElementTree.fromstring(answer.content)


def test_a_first_visit_to_an_article_moves_at_most_25_kb(walk):
    """Without its photos: the page, its stylesheet and scripts, compressed as they are sent, each with its head.

    `make lighthouse` weighs the same in Chromium.
    """
    files = {path: (storage, path) for finder in get_finders() for path, storage in finder.list([])}

    @cache
    def weight(name: str) -> int:
        storage, path = files[name]
        text = bind(name, files) if name in BoundStaticFilesStorage.bound else storage.open(path).read().decode()
        return HEAD + len(brotli.compress(text.encode()))

    articles = [page for page in walk.pages.values() if resolve(urlsplit(page.address).path).url_name == "article"]
    assert articles
    for page in articles:
        loads = [load.removeprefix(settings.STATIC_URL) for load in page.loads if load.endswith((".css", ".js"))]
        weights = {name: weight(name) for name in loads}
        assert len(weights) == 4  # the stylesheet, and what runs first, on every page, on an article
        weights[page.address] = HEAD + len(brotli.compress(page.text.encode(), quality=5))
        assert sum(weights.values()) <= 25_000, weights


def _patterns(app: str) -> list[URLPattern]:
    module = next(part.urlconf_module for part in get_resolver().url_patterns if getattr(part, "app_name", None) == app)
    return module.urlpatterns

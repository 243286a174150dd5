"""Pages as a browser takes them: parsed strictly, and searched by what stands in them."""

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client
from openpyxl import load_workbook

# What a page loads by itself, as against what a reader may follow.
_LOADED = {"img": "src", "source": "srcset", "script": "src", "video": "src", "iframe": "src", "link": "href"}
_NAMED = {"alternate", "canonical"}  # links that name a place: nothing is fetched from there


@dataclass
class Page:
    """A page that parsed without an error."""

    root: Element
    html: str

    def with_class(self, name: str) -> list[Element]:
        """Return the elements of a class, in the order of the page."""
        return [element for element in self.root.iter() if name in (element.get("class") or "").split()]

    def text_of(self, name: str) -> list[str]:
        """Return the words of each element of a class, with single spaces."""
        return [words(element) for element in self.with_class(name)]

    @property
    def links(self) -> list[str]:
        return [element.get("href", "") for element in self.root.iter("a")]

    @property
    def text(self) -> str:
        body = self.root.find("body")
        assert body is not None
        return words(body)


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def parse(html: str) -> Page:
    """Return `html` parsed; any error of its HTML, any style or script in it, any other host is a failure."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = Page(parser.parse(html), html)
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        assert "style" not in element.attrib, f"style attribute: {element.attrib}"
        assert element.tag != "style"
        is_data = element.get("type") == "application/ld+json"
        assert not (element.tag == "script" and not element.get("src") and not is_data), "a script in the page"
        assert not [name for name in element.attrib if str(name).startswith("on")], element.attrib
        if element.tag == "link" and element.get("rel") in _NAMED:
            continue
        for part in (element.get(_LOADED.get(element.tag, ""), "") or "").split(","):
            assert not urlsplit(part.strip().split(" ")[0]).netloc, f"another host: {part}"
    ids = [element.get("id") for element in page.root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"an id stands twice: {ids}"
    return page


def read(client: Client, path: str, status: int = 200, **query: Any) -> Page:
    """Return the page at `path`, parsed; the answer has `status`, and depends on no cookie."""
    answer = client.get(path, query or None)
    assert answer.status_code == status, f"{path} answers {answer.status_code}"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    return parse(answer.content.decode())


def words_of_file(content: bytes) -> str:
    """Return what stands in a CSV or JSON file, or in the cells of a workbook."""
    if not content.startswith(b"PK"):
        return content.decode()
    cells = (
        row for sheet in load_workbook(io.BytesIO(content)).worksheets for row in sheet.iter_rows(values_only=True)
    )
    return "\n".join(str(value) for row in cells for value in row)

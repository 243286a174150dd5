"""Rich text: what an article's body may hold, and the field that lets nothing else through.

The allow-list below is the whole rule. The editor in the browser is configured from it for comfort;
the field enforces it for safety, on whichever door the text comes through: a form, `save`, `update`,
`bulk_create` or a fixture.
"""

import html
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.db import models

from newsroom.vietnamese import normalise

TAGS = {
    "p", "br", "h2", "h3", "strong", "em", "u", "s", "sub", "sup", "blockquote", "ul", "ol", "li", "a",
    "figure", "figcaption", "img", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "hr",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Their text goes with them: it was never meant to be read.
DROPPED_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "object"}
# Word and old pages say the same thing in other tags.
_SYNONYMS = {"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u", "h1": "h2", "h4": "h3", "h5": "h3"}
_SYNONYM = re.compile(rf"<(/?)({'|'.join(_SYNONYMS)})(?=[\s>/])", re.IGNORECASE)

_NUMERIC = {"width", "height", "colspan", "rowspan", "start"}
BLOCKS = {"p", "h2", "h3", "li", "blockquote", "figcaption", "caption", "th", "td", "tr", "table", "ul", "ol", "figure"}


def clean(dirty: str) -> str:
    """Return `dirty` HTML with only what the allow-list admits, composed (NFC), as well-formed HTML.

    Links that leave the site carry rel="noopener nofollow". Pictures stay only from our own media.
    Idempotent: cleaning twice is cleaning once.
    """
    text = _SYNONYM.sub(lambda tag: f"<{tag[1]}{_SYNONYMS[tag[2].lower()]}", dirty)
    cleaned = nh3.clean(
        normalise(text.replace("\x00", "")),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attribute_filter=_filter_attribute,
        link_rel="noopener nofollow",
    )
    return _PICTURE_OF_OTHERS.sub("", cleaned).strip()


# The filter below takes a foreign address away; a picture without an address is nothing.
_PICTURE_OF_OTHERS = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if _is_our_media(value) else None
    if attribute in _NUMERIC:
        return value if value.isascii() and value.isdigit() and len(value) <= 5 else None
    return value


def _is_our_media(address: str) -> bool:
    parts = urlsplit(address)
    return (
        not parts.scheme and not parts.netloc and ".." not in parts.path and parts.path.startswith(settings.MEDIA_URL)
    )


class RichTextField(models.TextField):
    """HTML that has been cleaned, whichever door it came through.

    `pre_save` cleans what an instance holds, so that the instance equals its row; `get_db_prep_save`
    is the last gate, which `update`, `bulk_create` and fixtures pass as well.
    """

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            value = clean(value)
        return super().get_db_prep_save(value, connection)


class PlainText:
    """The words of a piece of rich text, and where each character stands in its HTML.

    `text` is what a reader reads: tags gone, references resolved, blocks parted by newlines.
    `place[i]` is the (start, end) slice of the HTML that prints `text[i]`; a newline between blocks
    stands nowhere: its slice is empty.
    """

    def __init__(self, rich: str) -> None:
        self.html = rich
        self.place: list[tuple[int, int]] = []
        self._letters: list[str] = []
        _Reader(rich, self._add).read()
        while self._letters and self._letters[-1] == "\n":
            self._letters.pop()
            self.place.pop()
        self.text = "".join(self._letters)

    def _add(self, letters: str, start: int, end: int) -> None:
        if letters == "\n" and start == end:
            if self._letters and self._letters[-1] != "\n":
                self._letters.append("\n")
                self.place.append((start, end))
            return
        if len(letters) == end - start:
            self._letters += letters
            self.place += [(start + i, start + i + 1) for i in range(len(letters))]
        else:  # a character reference: one slice prints one or two characters
            self._letters += letters
            self.place += [(start, end)] * len(letters)


def plain_text(rich: str) -> str:
    """Return the words of a piece of rich text, blocks parted by newlines."""
    return PlainText(rich).text


class _Reader(HTMLParser):
    """Walks cleaned HTML and reports each run of text with its slice of the source."""

    def __init__(self, source: str, report: Any) -> None:
        super().__init__(convert_charrefs=False)
        self.source, self.report = source, report
        self._lines = [0]
        for match in re.finditer("\n", source):
            self._lines.append(match.end())

    def read(self) -> None:
        self.feed(self.source)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in BLOCKS or tag in {"br", "hr"}:
            here = self._here()
            self.report("\n", here, here)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            here = self._here()
            self.report("\n", here, here)

    def handle_data(self, data: str) -> None:
        # A line break inside the source of a paragraph is a space to the reader.
        here = self._here()
        if data.strip() or " " in data or "\n" not in data:
            self.report(data.replace("\n", " "), here, here + len(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, reference: str) -> None:
        here = self._here()
        self.report(html.unescape(reference), here, here + len(reference))

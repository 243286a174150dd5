"""Rich text: what an article's body may hold, and the field that lets nothing else through.

The allow-list below is the whole rule. The editor in the browser is configured from it for comfort;
the field enforces it for safety, on whichever door the text comes through: a form, `save`, `update`,
`bulk_create` or a fixture.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import nh3
from django import forms
from django.conf import settings
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
# Word and web pages say the same thing in other tags.
_SYNONYMS = {
    "b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u",
    "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p",
}  # fmt: skip
_SYNONYM = re.compile(rf"<(/?)({'|'.join(_SYNONYMS)})(?=[\s>/])", re.IGNORECASE)

# Paragraphs that only kept others apart.
_EMPTY = re.compile(r"<(p|h2|h3)>(?:\s|&nbsp;|<br>)*</\1>")

_NUMERIC = {"width", "height", "colspan", "rowspan", "start"}
BLOCKS = {"p", "h2", "h3", "li", "blockquote", "figcaption", "caption", "th", "td", "tr", "table", "ul", "ol", "figure"}


def clean(dirty: str) -> str:
    """Return `dirty` HTML with only what the allow-list admits, as well-formed HTML.

    Its words stay as they are, letter for letter and space for space: what might be mended in them is offered
    at the desk (`newsroom.repairs`), and `PlainText` reads them in one form however they are stored.

    Blocks without a tag of ours are paragraphs, and paragraphs without a word are gone. Links that leave the
    site carry rel="noopener nofollow". Pictures stay only from our own media.
    Idempotent: cleaning twice is cleaning once.
    """
    cleaned = _admit(dirty.replace("\x00", ""))
    for _round in range(_ROUNDS):
        again = _admit(cleaned)
        if again == cleaned:
            break
        cleaned = again
    return cleaned


_ROUNDS = 5  # one suffices but for markup that was made to need more
# The filter below takes a foreign address away; a picture without an address is nothing.
_PICTURE_OF_OTHERS = re.compile(r'<img(?!(?:\s+[a-z]+="[^"]*")*\s+src=)(?:\s+[a-z]+="[^"]*")*\s*>')


def _admit(text: str) -> str:
    text = _SYNONYM.sub(lambda tag: f"<{tag[1]}{_SYNONYMS[tag[2].lower()]}", text)
    admitted = nh3.clean(
        text,
        tags=TAGS,
        attributes={**ATTRIBUTES, "*": set()},  # nh3 would add title and lang to every tag
        url_schemes=SCHEMES,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attribute_filter=_filter_attribute,
        link_rel="noopener nofollow",
    )
    return _EMPTY.sub("", _ATTRIBUTES.sub(_in_order, _PICTURE_OF_OTHERS.sub("", admitted))).strip()


# An editor writes attributes in an order of its own: the same text shall be the same bytes. What nh3
# wrote is regular: every value in double quotes, and no < in a text.
_ATTRIBUTES = re.compile(r'<([a-z0-9]+)((?:\s+[a-z]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r'[a-z]+="[^"]*"')


def _in_order(tag: re.Match[str]) -> str:
    return f"<{tag[1]} {' '.join(sorted(_ATTRIBUTE.findall(tag[2])))}>"


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if _is_our_media(value) else None
    if attribute == "href":
        # A browser would not see the scheme behind an exotic space, but somebody's next tool may.
        return value if value.strip() == value or not _SCHEME.match(value.strip()) else None
    if attribute in _NUMERIC:
        return value if value.isascii() and value.isdigit() and len(value) <= 5 else None
    return value


def with_whole_addresses(rich: str, page: str) -> str:
    """Return cleaned HTML with every address in it whole, as seen from the page whose whole address is `page`."""

    def whole(attribute: re.Match[str]) -> str:
        if attribute[1] not in {"href", "src"}:
            return attribute[0]
        try:
            return f'{attribute[1]}="{html.escape(urljoin(page, html.unescape(attribute[2])))}"'
        except ValueError:  # no address at all, such as //[
            return attribute[0]

    return _ATTRIBUTES.sub(lambda tag: _NAMED.sub(whole, tag[0]), rich)


_NAMED = re.compile(r'([a-z]+)="([^"]*)"')


def with_framed_tables(rich: str) -> SafeString:
    """Return cleaned HTML with a frame around every table, in which a wide one scrolls, for the keyboard too."""
    if "<table>" not in rich:
        return SafeString(rich)
    frame = format_html('<div class="table-scroll" role="group" aria-label="{}" tabindex="0">', _("Table"))
    return SafeString(_FRAMED.sub(lambda tag: _framed(tag[0], frame), rich))


# Tables, and whole what has attributes: what a value of one looks like is no table.
_FRAMED = re.compile(r'</?table>|<[a-z0-9]+(?:\s+[a-z]+="[^"]*")+>')


def _framed(tag: str, frame: str) -> str:
    return {"<table>": f"{frame}{tag}", "</table>": f"{tag}</div>"}.get(tag, tag)


def _is_our_media(address: str) -> bool:
    parts = urlsplit(address)
    path = unquote(parts.path)
    return not parts.scheme and not parts.netloc and path.startswith(settings.MEDIA_URL) and not _LEAVES.search(path)


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LEAVES = re.compile(r"\.\.|\\|//")


class RichTextFormField(forms.CharField):
    """What a person sends, cleaned: a text that nobody touched equals the stored one, whatever an editor made of it."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class RichTextField(models.TextField):
    """HTML that has been cleaned, whichever door it came through.

    `pre_save` cleans what an instance holds, so that the instance equals its row; `get_db_prep_save`
    is the last gate, which `update`, `bulk_create` and fixtures pass as well.
    """

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            value = clean(value)
        return super().get_db_prep_save(value, connection)


class _Stretch(NamedTuple):
    """A part of a plain text from `start` on, and the slice of HTML that prints it: letter by letter, or all at once.

    The slice of a newline between blocks is empty.
    """

    start: int
    first: int
    last: int
    by_letters: bool
    is_linked: bool

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of HTML that prints the text from `start` to `end`, which are in the stretch."""
        if not self.by_letters:
            return self.first, self.last
        return self.first + start - self.start, self.first + end - self.start


class PlainText:
    """The words of a piece of rich text, and where each character stands in its HTML.

    `text` is what a reader reads: tags gone, references resolved, blocks parted by newlines. It is normalised,
    so that words are found however they were typed.
    """

    def __init__(self, rich: str) -> None:
        self.html = rich
        self._stretches: list[_Stretch] = []
        told: list[str] = []
        length, is_normal = 0, normalise(rich) == rich
        for run, start, end, is_linked in _runs(rich):
            by_letters = False
            if start == end:  # the edge of a block
                if not told or told[-1].endswith("\n"):
                    continue
                pieces = [(run, start, end)]
            elif len(run) != end - start:  # a character reference: one slice prints one or two characters
                pieces = [(normalise(run), start, end)]
            elif is_normal or normalise(run) == run:  # nearly all of a text
                pieces, by_letters = [(run, start, end)], True
            else:  # a letter whose marks stand apart is printed by them all
                pieces = [
                    (normalise(found[0]), start + found.start(), start + found.end()) for found in _LETTER.finditer(run)
                ]
            for piece, first, last in pieces:
                if piece:
                    told.append(piece)
                    self._stretches.append(_Stretch(length, first, last, by_letters, is_linked))
                    length += len(piece)
        self.text = "".join(told).rstrip("\n")
        self._starts = [stretch.start for stretch in self._stretches]

    def _within(self, start: int, end: int) -> Iterator[tuple[_Stretch, int, int]]:
        """Yield the stretches of `text[start:end]`, each with where it begins and ends there."""
        for at in range(bisect_right(self._starts, start) - 1, len(self._starts)):
            if self._starts[at] >= end:
                return
            following = self._starts[at + 1] if at + 1 < len(self._starts) else len(self.text)
            yield self._stretches[at], max(start, self._starts[at]), min(end, following)

    def place(self, at: int) -> int:
        """Return where the slice of the HTML begins that prints the character `at`."""
        stretch, start, end = next(self._within(at, at + 1))
        return stretch.slice(start, end)[0]

    def runs(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the slices of the HTML that print `text[start:end]`, unbroken by tags, outside of links."""
        runs: list[tuple[int, int]] = []
        for stretch, begin, stop in self._within(start, end):
            first, last = stretch.slice(begin, stop)
            if first == last or stretch.is_linked:
                continue
            if runs and runs[-1][1] >= first:
                runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
            else:
                runs.append((first, last))
        return runs

    def is_one_run(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` can be set in a tag: no other tag runs through it, and it is in no link."""
        is_linked = any(stretch.is_linked for stretch, _begin, _stop in self._within(start, end))
        return not is_linked and len(self.runs(start, end)) == 1


# A letter with what stands apart from it: marks, and what nobody sees.
_LETTER = re.compile(r"(?s:.)[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*")


@lru_cache(maxsize=16)  # what is checked of an article, and quoted of it, asks for the same text more than once
def plain_text(rich: str) -> str:
    """Return the words of a piece of rich text, blocks parted by newlines."""
    return PlainText(rich).text


_EDGE_OF_A_BLOCK = re.compile(rf"</?(?:{'|'.join(sorted({*BLOCKS, 'br', 'hr'}))})\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def bare_text(rich: str) -> str:
    """Return the words of cleaned rich text, as `plain_text` does, for those who mind neither places nor spaces.

    It costs a fiftieth: an index and a snippet are made of many texts.
    """
    return html.unescape(_TAG.sub("", _EDGE_OF_A_BLOCK.sub("\n", rich)))


# What cleaned HTML is made of: tags, references to characters, and text between them.
_PIECE = re.compile(
    r"""<(?P<end>/?)(?P<tag>[a-z0-9]+)(?:\s+[a-z]+="[^"]*")*\s*/?>|&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#[xX][0-9a-fA-F]+);"""
    r"""|[^<&]+|."""
)


def _runs(rich: str) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the runs of text of cleaned HTML: (text, start, end, whether inside a link); of a block's edge "\\n" alone.

    The edge of a block is of no length.
    """
    links = 0
    for piece in _PIECE.finditer(rich):
        (start, end), tag, text = piece.span(), piece["tag"], piece[0]
        if tag:
            links += (tag == "a") * (-1 if piece["end"] else 1)
            if tag in BLOCKS or (tag in {"br", "hr"} and not piece["end"]):
                yield "\n", start, start, links > 0
        elif text[0] == "&" and len(text) > 1:
            yield html.unescape(text), start, end, links > 0
        # A line break in the source of a paragraph is a space to the reader; between blocks it is nothing.
        elif text.strip() or "\n" not in text:
            yield text.replace("\n", " "), start, end, links > 0

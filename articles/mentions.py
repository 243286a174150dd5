"""Shows in an article's own text where its figures and awards stand, and what its abbreviations mean.

The words of each public mention become a link to its award, or to its figure in the series it is a point of, with
an id that other pages lead back to (`Mention.anchor`); an abbreviation is explained where it first stands. Rich text
is not rewritten: its HTML, which the field has cleaned, is copied byte for byte, and only tags of our own making are
set between its characters.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already
from typing import NamedTuple

from django.utils.safestring import SafeString

from articles.glossary import Gloss, Glossary
from articles.models import Article, Mention, Photo
from committees.models import Award, Statistic
from newsroom.richtext import PlainText


class Mark(NamedTuple):
    """A stretch of plain text, [start, end), that leads somewhere; nowhere as yet where `href` is empty.

    `within` are the anchors of mentions that overlap it: what leads to those leads here.
    """

    start: int
    end: int
    anchor: str
    href: str
    within: tuple[str, ...] = ()


@dataclass
class MarkedArticle:
    """An article's texts with its figures and abbreviations marked, ready to print."""

    title: SafeString
    lead: SafeString
    body: SafeString
    captions: dict[int, SafeString] = field(default_factory=dict)  # by the photo's id
    abbreviations: dict[str, str] = field(default_factory=dict)  # those it uses, with their long forms


def mark_article(
    article: Article,
    mentions: Sequence[Mention],
    photos: Iterable[Photo],
    abbreviations: Iterable[tuple[str, str]] = (),
) -> MarkedArticle:
    """Return the texts of `article` with the words of `mentions` marked, and `abbreviations` (short, long) explained.

    `mentions` are those whose figure or award is shown, with `statistic` and `award` fetched: in a preview
    one may be without a page as yet, and is marked without a link. A mention whose words are not found is
    passed over; of two that overlap the earlier one stays, with the anchors of both. What a figure or a link has is
    no place for an abbreviation: it is explained at the next.
    """
    parts: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        parts[mention.part].append(mention)
    body = PlainText(article.body)
    lead_marks, body_marks = _marks(parts["lead"], article.lead), _marks(parts["body"], body.text)
    words = f"{article.lead}\n{body.text}"
    glossary = Glossary((short, long) for short, long in abbreviations if short in words)
    lead_glosses = glossary.explain(article.lead, lead_marks)
    body_glosses = glossary.explain(body.text, body_marks, body.is_one_run)
    return MarkedArticle(
        title=mark_plain(article.title, _marks(parts["title"], article.title), with_links=False),
        lead=mark_plain(article.lead, sorted([*lead_marks, *lead_glosses])),
        body=mark_rich(body, sorted([*body_marks, *body_glosses])),
        captions=_captions(photos, parts["caption"]),
        abbreviations=glossary.used,
    )


def _captions(photos: Iterable[Photo], mentions: Sequence[Mention]) -> dict[int, SafeString]:
    return {photo.pk: mark_plain(photo.caption, _marks(mentions, photo.caption)) for photo in photos}


def _marks(mentions: Sequence[Mention], text: str) -> list[Mark]:
    found: list[Mark] = []
    for mention in mentions:
        place = mention.find_in(text)
        thing: Statistic | Award | None = mention.statistic or mention.award
        if place and thing:
            found.append(Mark(*place, mention.anchor, "" if thing.is_ahead else _address(thing)))
    found.sort(key=lambda mark: (mark.start, -mark.end))
    apart: list[Mark] = []
    for mark in found:
        if not apart or mark.start >= apart[-1].end:
            apart.append(mark)
        else:
            apart[-1] = apart[-1]._replace(within=(*apart[-1].within, mark.anchor))
    return apart


def _address(thing: Statistic | Award) -> str:
    """A figure is read among those of its series: its page has the chart, and marks its point there."""
    place = f"#{thing.anchor}" if isinstance(thing, Statistic) else ""
    return f"{thing.get_absolute_url()}{place}"


def mark_plain(text: str, marks: Sequence[Mark | Gloss], *, with_links: bool = True) -> SafeString:
    """Return `text` escaped, with `marks` (in order, apart) as links (or as mere anchors) and explanations."""
    pieces: list[str] = []
    here = 0
    for mark in marks:
        pieces.append(escape(text[here : mark.start]))
        pieces.append(_wrap(escape(text[mark.start : mark.end]), mark, with_links=with_links, is_first=True))
        here = mark.end
    pieces.append(escape(text[here:]))
    return SafeString("".join(pieces))


def mark_rich(rich: PlainText, marks: Sequence[Mark | Gloss]) -> SafeString:
    """Return the HTML of `rich` (cleaned) with `marks` (offsets into its text; in order, apart) set into it.

    Where a mark runs over a tag it becomes one link on each side of it; inside a link it is a place to lead to alone.
    """
    pieces: list[str] = []
    here = 0
    for mark in marks:
        is_first = True
        runs = rich.runs(mark.start, mark.end)
        if not runs and isinstance(mark, Mark):
            start = rich.place(mark.start)
            pieces += [rich.html[here:start], _places(mark.anchor, *mark.within)]
            here = start
        for start, end in runs:
            pieces.append(rich.html[here:start])
            pieces.append(_wrap(rich.html[start:end], mark, with_links=True, is_first=is_first))
            here, is_first = end, False
    pieces.append(rich.html[here:])
    return SafeString("".join(pieces))


def _wrap(words: str, mark: Mark | Gloss, *, with_links: bool, is_first: bool) -> str:
    if isinstance(mark, Gloss):
        return f'<abbr title="{escape(mark.long)}">{words}</abbr>'
    # Anchors and addresses are our own: there is nothing in them to escape.
    anchor = f' id="{mark.anchor}"' if is_first else ""
    within = _places(*mark.within) if is_first else ""
    if with_links:
        href = f' href="{mark.href}"' if mark.href else ""
        return f'<a class="figure-link"{anchor}{href}>{within}{words}</a>'
    return f'<span class="figure-words"{anchor}>{within}{words}</span>'


def _places(*anchors: str) -> str:
    return "".join(f'<span id="{anchor}"></span>' for anchor in anchors)


def sentence_around(mention: Mention, text: str) -> tuple[str, str, str] | None:
    """Return the sentence in which `mention` stands in `text` as (before, words, after); None if it is lost.

    A sentence ends at a full stop, question or exclamation mark before a space, at a semicolon, or at
    the end of its paragraph.
    """
    place = mention.find_in(text)
    return None if place is None else sentence_at(text, *place)


def sentence_at(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the sentence of `text` in which `[start, end)` stands, as `sentence_around` does."""
    first = max((text.rfind(mark, 0, start) + len(mark) for mark in _ENDS if mark in text[:start]), default=0)
    ends = [found for mark in _ENDS if (found := text.find(mark, end)) != -1]
    last = min(ends, default=len(text))
    if last < len(text) and text[last] != "\n":
        last += 1
    return text[first:start].lstrip(), text[start:end], text[end:last].rstrip()


_ENDS = ("\n", ". ", "? ", "! ", "; ", "…")

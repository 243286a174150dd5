"""A raw report on the page: every line in its role, and in the lines the words of each proposal, marked."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.importing.exact import exact_words
from articles.importing.report import Report, Words
from committees.figures import Verdict


@dataclass(frozen=True)
class Mark:
    """The words of one proposal: `name` is the id of the proposal on the page, `tag` what is printed behind them."""

    start: int
    end: int
    name: str
    kind: str
    tag: Any


@dataclass(frozen=True)
class Line:
    """One line of the text with the role it has: what becomes of it, in a word, and its words with the marks."""

    role: str
    label: Any
    words: SafeString


@dataclass
class MarkedText:
    """The text of a report, line by line."""

    lines: list[Line] = field(default_factory=list)
    kinds: list[tuple[str, Any]] = field(default_factory=list)  # those that occur, each with its name


DOUBT = "doubt"

KINDS = {
    "committee": _("Committee"),
    "conference": _("Conference"),
    "person": _("Person"),
    "figure": _("Figure"),
    "award": _("Award"),
    "document": _("Document"),
    DOUBT: _("Worth a look"),
}
# What stands behind the marked words, so that the kind is told by more than its colour.
_TAGS = {
    "committee": pgettext_lazy("tag", "Org."),
    "conference": pgettext_lazy("tag", "Conf."),
    "person": pgettext_lazy("tag", "Pers."),
    "figure": pgettext_lazy("tag", "Fig."),
    "award": pgettext_lazy("tag", "Award"),
    "document": pgettext_lazy("tag", "Doc."),
    DOUBT: "!",
}
ROLES = {
    "title": _("Title"),
    "lead": _("Lead"),
    "body": _("Body"),
    "caption": _("Caption"),
    "byline": _("Byline"),
    "source": _("Source"),
    "dropped": _("Left out"),
}


def marks_of(report: Report, doubts: Sequence[Verdict] = ()) -> list[Mark]:
    """Return the words of all proposals of `report`, and of `doubts` of its text, each under its name on the page."""

    def mark(words: Words | None, kind: str, name: str, number: int | None = None) -> Iterator[Mark]:
        if words is not None and words.start < words.end:
            tag = _TAGS[kind] if number is None else format_html("{} {}", _TAGS[kind], number + 1)
            yield Mark(words.start, words.end, name, kind, tag)

    found = [*mark(report.committee.words, "committee", "committee")]
    for words in report.conference.places.values():
        found += mark(words, "conference", "conference")
    for number, official in enumerate(report.officials):
        found += mark(official.words, "person", f"official-{number}", number)
    for number, places in enumerate(exact_words(report)):
        for words in places:
            found += mark(words, "figure", f"figure-{number}", number)
    for number, award in enumerate(report.awards):
        found += mark(award.words, "award", f"award-{number}", number)
    for number, document in enumerate(report.documents):
        found += mark(document.words, "document", f"document-{number}", number)
    for number, doubt in enumerate(doubts):
        found += mark(Words(doubt.quote, doubt.start, doubt.end), DOUBT, f"check-{number}")
    return found


def marked_text(report: Report, doubts: Sequence[Verdict] = ()) -> MarkedText:
    """Return the text of `report` line by line. Of proposals that share words, the shorter is marked, and leads on.

    `doubts` are verdicts over the whole text; they are marked over whatever their words are marked with already.
    """
    marks = marks_of(report, doubts)
    present = {mark.kind for mark in marks}
    text = MarkedText(kinds=[(kind, name) for kind, name in KINDS.items() if kind in present])
    role_at = _role_at(report)
    segments = list(_segments(report.text, marks))
    seen: set[str] = set()
    at = here = 0
    for raw in report.text.split("\n"):
        end = at + len(raw)
        pieces = []
        while here < len(segments) and segments[here][0] < end:
            start, stop, covering = segments[here]
            is_last = bool(covering) and stop == covering[0].end <= end
            pieces.append(_piece(report.text[max(start, at) : min(stop, end)], covering, seen, is_last=is_last))
            if stop > end:
                break
            here += 1
        if raw.strip():
            role = role_at(at + len(raw) - len(raw.lstrip()), end)
            text.lines.append(
                Line(role, ROLES.get(role, ROLES["dropped"]), format_html_join("", "{}", ((p,) for p in pieces)))
            )
        at = end + 1
    return text


def _role_at(report: Report) -> Callable[[int, int], str]:
    """Return what gives the role of a line: of the stretch that it begins in, else of one that begins in it."""
    stretches = sorted(
        [(one.start, one.end, "dropped") for one in report.dropped]
        + [
            (words.start, words.end, name.partition(".")[0])
            for name, words in report.article.places.items()
            if name.partition(".")[0] in ROLES
        ]
    )
    starts = [start for start, _end, _role in stretches]

    def role_at(start: int, end: int) -> str:
        before = bisect_right(starts, start) - 1
        if before >= 0 and stretches[before][1] > start:
            return stretches[before][2]
        return stretches[before + 1][2] if before + 1 < len(starts) and starts[before + 1] < end else "body"

    return role_at


def _segments(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Cut the text wherever a mark begins or ends: (start, end, the marks over it, the shortest first)."""
    marks = sorted(marks, key=lambda mark: mark.start)
    edges = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    waiting, over = 0, []
    for start, end in pairwise(edges):
        while waiting < len(marks) and marks[waiting].start <= start:
            over.append(marks[waiting])
            waiting += 1
        over = [mark for mark in over if mark.end > start]
        yield start, end, sorted(over, key=lambda mark: (mark.kind == DOUBT, mark.end - mark.start))


def _piece(words: str, covering: list[Mark], seen: set[str], *, is_last: bool) -> SafeString | str:
    """Return a stretch of words as a link to the proposal it belongs to, with the tag where its words end."""
    if not covering or not words.strip():
        return words
    first = covering[0]
    # One stop of the keyboard for each proposal, however many pieces its words are in; and one place to be led to.
    stop = mark_safe(' tabindex="-1"') if first.name in seen else format_html(' id="in-{}"', first.name)
    was_seen = first.name in seen
    hidden = [mark.name for mark in covering[1:] if mark.name not in seen]
    places = format_html_join("", '<span id="in-{}"></span>', ((name,) for name in dict.fromkeys(hidden)))
    seen.update(mark.name for mark in covering)
    names = " ".join(dict.fromkeys(mark.name for mark in covering))
    look = " said-doubt" if covering[-1].kind == DOUBT and first.kind != DOUBT else ""
    # A conference is told in many pieces: its tag stands behind the first.
    has_tag = is_last and not (first.kind == "conference" and was_seen)
    tag = format_html("<sup>{}</sup>", first.tag) if has_tag else ""
    return format_html(
        '{}<a class="said said-{}{}" href="#{}" data-said="{}"{}>{}{}</a>',
        places, first.kind, look, first.name, names, stop, words, tag,
    )  # fmt: skip

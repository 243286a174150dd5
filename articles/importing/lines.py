"""The lines of a raw report, and which of them belong together."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from articles.importing.captions import is_caption
from articles.importing.credits import (
    ADDRESS,
    BYLINE,
    BYLINE_BEHIND,
    PHOTO_CREDIT,
    SOURCE,
    SOURCE_BARE,
    names_person,
)
from articles.importing.furniture import (
    STAMP_INSIDE,
    is_comment_marker,
    is_furniture,
    is_video_marker,
    stamp,
    view_count,
)
from articles.importing.wording import DATELINE, ends, pattern, plain, starts_with_time

BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BULLET = re.compile(r"[+*•·-]\s|\w{1,2}[.)]\s|\(\w\)")
_OPEN_END = pattern(r"(?:[,-]|\b(?:của|và|cho|các|trong|tại|với|do|từ|về|là|những|một|theo|đã|được|đến|ở|để|hoặc))$")


@dataclass(slots=True)
class Line:
    """One line, or a piece of one: its number from 1, its place, its words as written and in plain form."""

    number: int
    start: int
    end: int
    text: str
    plain: str
    role: str = ""


def lines_of(text: str) -> list[Line]:
    """Return the lines of `text` in order, each with the role that it shows by itself; the others have none yet."""
    lines = [piece for line in _lines(text) for piece in _pieces(line)]
    for line in lines:
        line.role = role_alone(line.plain) or ""
        if line.role == "blank" and line.text.strip(" \t"):
            line.role = "blank_nbsp"
    return lines


def role_alone(line: str) -> str | None:
    """Return the role that a plain `line` has wherever it stands, or None where its neighbours must say."""
    if not line:
        return "blank"
    if re.fullmatch(r"[\s\"”]*\./\.\W*", line):
        return "end_mark"
    if not re.search(r"\w", line):
        return "furniture"
    if role := stamp(line):
        return role
    if len(line) > 320:
        return None
    for role, is_so in _ALONE:
        if is_so(line):
            return role
    return None


def _lines(text: str) -> Iterator[Line]:
    start = 0
    number = 1
    for found in BREAKS.finditer(text):
        yield _line(number, start, text[start : found.start()])
        start = found.end()
        number += 1
    if start < len(text):
        yield _line(number, start, text[start:])


def _line(number: int, start: int, text: str) -> Line:
    return Line(number, start, start + len(text), text, plain(text))


def _pieces(line: Line) -> Iterator[Line]:
    """Give a line in pieces where a stamp stands beside a title, or a byline behind the last stop of a paragraph."""
    cuts = {0, len(line.text)}
    if len(line.text) > 40 and role_alone(line.plain) is None:
        if found := STAMP_INSIDE.search(line.text[:400]):
            cuts |= {found.start(), found.end()}
        tail = max(0, len(line.text) - 160)
        if found := BYLINE_BEHIND.search(line.text[tail:]):
            cuts.add(tail + found.start())
    places = sorted(cuts)
    for start, end in pairwise(places):
        yield _line(line.number, line.start + start, line.text[start:end])
    if len(places) == 1:
        yield line


def together(lines: list[Line]) -> Iterator[list[Line]]:
    """Give the lines that are one paragraph, one caption, one byline; blank lines are left out."""
    width = _wrapped_at(lines)
    together: list[Line] = []
    gap = False
    for line in lines:
        if line.role.startswith("blank"):
            gap = True
            continue
        if together and not _goes_on(together[-1], line, gap, width):
            yield together
            together = []
        if together:
            line.role = together[0].role
        together.append(line)
        gap = False
    if together:
        yield together


def _wrapped_at(lines: list[Line]) -> int:
    """Return the width at which the whole text was wrapped by hand or by a program, 0 where it was not."""
    lengths = [len(line.plain) for line in lines if not line.role]
    widest = max(lengths, default=0)
    near = sum(length > 0.8 * widest for length in lengths)
    return widest if len(lengths) >= 8 and 40 <= widest <= 140 and near >= 0.3 * len(lengths) else 0


def _goes_on(above: Line, below: Line, gap: bool, width: int) -> bool:
    """Whether the line `below` continues the line `above`; `gap` says that blank lines stand between them."""
    if above.role:
        return _fills(above, below)
    if below.role or _BULLET.match(below.plain):
        return False
    first = below.text.strip()[0]
    if DATELINE.fullmatch(above.text):
        return True
    if ends(above.plain) or above.plain[-1] in ":;":
        return bool(width) and not gap and _fits_no_more(above, below, width)
    if starts_with_time(below.plain) and (gap or not first.islower()):
        return False
    if first.islower():
        return True
    if first in '“"‘' and len(below.plain) <= 120 and len(above.plain) <= 240 and is_caption(above.plain):
        return True
    if _OPEN_END.search(above.plain[-12:]) and len(above.plain) <= 240:
        return True
    return bool(width) and not gap and len(above.plain) > 0.8 * width


def _fits_no_more(above: Line, below: Line, width: int) -> bool:
    return len(above.plain) + 1 + len(below.plain.split(maxsplit=1)[0]) > width


def _fills(label: Line, below: Line) -> bool:
    """Whether `below` is what a label alone in its line announces: "Tin, ảnh:" and a name, "Nguồn:" and an address."""
    if label.role == "byline" and (found := BYLINE.fullmatch(label.plain)):
        return not found["names"] and not below.role and len(below.plain.split()) <= 10 and names_person(below.text)
    if label.role == "source" and (found := SOURCE.fullmatch(label.plain)):
        return not found["value"] and bool(ADDRESS.fullmatch(below.plain))
    return False


_ALONE: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("comment_marker", is_comment_marker),
    ("view_count", lambda line: view_count(line) is not None),
    ("video_marker", is_video_marker),
    ("furniture", is_furniture),
    ("photo_credit", PHOTO_CREDIT.fullmatch),
    ("byline", lambda line: len(line) <= 140 and BYLINE.fullmatch(line)),
    ("source", lambda line: SOURCE.fullmatch(line) or SOURCE_BARE.fullmatch(line) or ADDRESS.fullmatch(line)),
)

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
    SOURCE,
    is_byline,
    is_photo_credit,
    is_source,
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
    """Give a line in pieces where something else runs along with its words.

    That is a stamp beside a title; the lead behind a title that has no stop; a byline or a source behind the last stop.
    """
    cuts = {0, len(line.text)}
    if len(line.text) > 40 and role_alone(line.plain) is None:
        if stamped := STAMP_INSIDE.search(line.text[:400]):
            cuts |= set(stamped.span())
        elif (led := _LEAD_INSIDE.search(line.text[:300])) and not _STOPS.search(line.text[: led.end()]):
            cuts.add(led.end())
        tail = max(0, len(line.text) - 160)
        if signed := BYLINE_BEHIND.search(line.text[tail:]):
            cuts.add(tail + signed.start())
        elif stops := list(_STOPS.finditer(line.text[tail:])):
            rest = line.text[tail + stops[-1].end() :]
            if names_person(rest) or role_alone(plain(rest)) in ("byline", "source", "comment_marker"):
                cuts.add(tail + stops[-1].end())
    places = sorted(cuts)
    for start, end in pairwise(places):
        yield _line(line.number, line.start + start, line.text[start:end])
    if len(places) == 1:
        yield line


_STOPS = re.compile(r"(?:[.!?…]|\./\.)[”\"’)]*\s+(?=\S)")
_LEAD_INSIDE = re.compile(
    r"(?<=[\w”\"’)%])\s+(?=(?:\([^()\n]{2,30}\)\s*[-–—]?\s*|[A-ZĐ]{2,6}\s?[-–—]\s?)?"
    r"(?:Sáng|Chiều|Tối|Ngày|Hôm qua)\b[^.,\n]{0,16}\d{1,2}\s?[/.-]\s?\d{1,2}\b)"
)


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
    """Return the width at which the whole text was wrapped by hand or by a program, 0 where it was not.

    It was where no line is long and some go on in small letters in the line below.
    """
    widest = max((len(line.plain) for line in lines if not line.role), default=0)
    cut = sum(
        not (above.role or below.role or ends(above.plain)) and below.text.strip()[0].islower()
        for above, below in pairwise(lines)
        if len(above.plain) > 0.7 * widest
    )
    return widest if 40 <= widest <= 140 and cut > 1 else 0


def _goes_on(above: Line, below: Line, gap: bool, width: int) -> bool:
    """Whether the line `below` continues the line `above`; `gap` says that blank lines stand between them."""
    if above.role:
        return _fills(above, below, gap)
    if below.role or _BULLET.match(below.plain) or above.plain == below.plain:
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


def _fills(label: Line, below: Line, gap: bool) -> bool:
    """Whether `below` goes on from a line with a role: a name behind "Tin, ảnh:", an address behind "Nguồn:"."""
    if label.role == "byline" and (found := BYLINE.fullmatch(label.plain)):
        is_name = not below.role and len(below.plain.split()) <= 10 and names_person(below.text)
        return is_name and not (found["names"] and gap)
    if label.role == "source" and (found := SOURCE.fullmatch(label.plain)):
        return not found["value"] and bool(ADDRESS.fullmatch(below.plain))
    is_cut = label.plain.startswith("you are currently viewing") and not gap and not below.role
    return is_cut and below.text.strip()[0].islower()


_ALONE: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("comment_marker", is_comment_marker),
    ("view_count", lambda line: view_count(line) is not None),
    ("video_marker", is_video_marker),
    ("furniture", is_furniture),
    ("photo_credit", is_photo_credit),
    ("byline", is_byline),
    ("source", is_source),
)

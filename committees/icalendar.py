"""Days as a calendar file (iCalendar, RFC 5545), which telephones and mail programs read.

Pure text: no database, no request. Every event here lasts whole days, because reports say the day of a
conference and seldom more: no hour is made up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LINE = 75  # octets, without the break (section 3.1)
_PRODUCT = "-//newsroom//conferences//VI"


@dataclass(frozen=True)
class Event:
    """One whole day of a calendar.

    `uid` is the same for the same thing for ever: a program that reads the file again finds its entry by it.
    `changed_at` is when the thing last changed, a moment that knows its zone (DTSTAMP of a file without METHOD).
    """

    uid: str
    changed_at: datetime
    on: date
    summary: str
    description: str = ""
    address: str = ""  # a full URL


def calendar(name: str, events: Iterable[Event]) -> str:
    """Return the file that holds `events`, called `name` where a program shows its name.

    Without an event it is a calendar without one: whoever has subscribed to it loses what was withdrawn.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN"]
    # NAME is the standard's own (RFC 7986); the other is what most programs read.
    lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(event.on)}"
    yield f"DTEND;VALUE=DATE:{_day(event.on + timedelta(days=1))}"  # the day after: the end itself is outside
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.address:
        yield f"URL:{event.address}"
    yield "TRANSP:TRANSPARENT"  # nobody's own day is taken by it
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04d}{day:%m%d}"


def _text(text: str) -> str:
    """Return `text` as a value of the type TEXT (section 3.3.11), which holds no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(letter for letter in text if letter in "\n\t" or (letter >= " " and letter != "\x7f"))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield `line` in pieces of at most 75 octets, each but the first begun by a space; no letter is cut in two."""
    piece, length = "", 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > _LINE:
            yield piece
            piece, length = " ", 1
        piece, length = piece + letter, length + octets
    yield piece

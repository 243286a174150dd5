"""How one report is told: its title, lead and text, and where its figures and awards stand in them."""

import re
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from newsroom.populating import words
from newsroom.populating.figures import Figure, Passage, Praise, Sort

AROUND = 40  # characters that are kept on each side of a mention, as an import keeps them


class Setting(NamedTuple):
    """What a report is about, besides its figures."""

    sort: Sort
    body: str  # the name of the committee
    organ: str
    conference: str  # how it is spoken of; empty where there was none
    held: date
    is_morning: bool
    period: str
    chair: str
    speaker: str
    place: str


class Place(NamedTuple):
    """Where something is mentioned. `of` counts the figures and, behind them, the awards of the report."""

    of: int
    part: str
    words: str
    before: str
    after: str


class Told(NamedTuple):
    title: str
    lead: str
    body: str
    plain: str  # the words of the body
    figures: list[Figure]  # what one is inside of is counted through the whole report
    awards: list[Praise]
    places: list[Place]


def tell(setting: Setting, chance: Random) -> Told:
    """Return the report of `setting`, some 300 to 400 words long."""
    passages = [make(chance) for make in setting.sort.passages]
    said = {
        "body": setting.body, "organ": setting.organ, "period": setting.period, "chair": setting.chair,
        "speaker": setting.speaker, "place": setting.place, "conference": setting.conference or "cuộc họp",
    }  # fmt: skip
    when = f"{'Sáng' if setting.is_morning else 'Chiều'} {setting.held.day}/{setting.held.month}"
    said |= {"when": when, "when_low": when.lower()}
    figures: list[Figure] = []
    awards: list[Praise] = []
    places: list[Place] = []
    title = _title(setting, passages[0], places)
    lead = _with_capitals(chance.choice(words.LEADS if setting.conference else words.LEADS[1:2]).format(**said))

    def text(template: str) -> tuple[str, Passage | None]:
        return _with_capitals(template.format(**said)), None

    paragraphs = [text(chance.choice(words.OPENINGS if setting.conference else words.BRIEF))]
    fillers = chance.sample(words.FILLERS, 12)
    heading = chance.randrange(1, len(passages))
    for number, sentences in enumerate(passages):
        if number == heading:
            paragraphs.append((f"#{chance.choice(words.HEADINGS)}", None))
        paragraphs += [("", sentences), text(fillers.pop())]
    closing = text(chance.choice(words.CLOSINGS))
    wanted = chance.randint(270, 360)
    while sum(map(_length, paragraphs)) < wanted and fillers:
        paragraphs.append(text(fillers.pop()))
    paragraphs.append(closing)

    total = setting.sort.figures
    html: list[str] = []
    plain = ""
    spans: list[tuple[int, int, int]] = []  # what, from where, to where in the plain text
    for paragraph, passage in paragraphs:
        line = paragraph
        if passage is not None:
            base = len(figures) if passage.figures else total + len(awards)
            figures += [f._replace(inside=None if f.inside is None else f.inside + base) for f in passage.figures]
            awards += passage.awards
            for piece in passage.pieces:
                if isinstance(piece, int):
                    start = len(plain) + len(line)
                    line += passage.words[piece]
                    spans.append((base + piece, start, start + len(passage.words[piece])))
                else:
                    line += piece
        is_heading = line.startswith("#")
        line = line.removeprefix("#")
        plain += f"{line}\n"
        html.append(f"<h2>{line}</h2>" if is_heading else f"<p>{line}</p>")
    plain = plain[:-1]
    places += [
        Place(of, "body", plain[start:end], plain[max(0, start - AROUND) : start], plain[end : end + AROUND])
        for of, start, end in spans
    ]
    return Told(title, lead, "\n".join(html), plain, figures, awards, places)


def _with_capitals(text: str) -> str:
    """Return `text` with a capital where a sentence begins: what was set in may stand there."""
    return re.sub(r"(^|\. )(\w)", lambda found: found[1] + found[2].upper(), text)


def _title(setting: Setting, passage: Passage, places: list[Place]) -> str:
    """Return a title that names the news of its first passage, and note where that stands."""
    before, said, after, of = passage.headline
    before = f"{setting.body}: {before if before else ''}"
    after = f"{after} {setting.period}" if not after else f"{after}, {setting.period}"
    title = f"{before}{said}{after}"[:200]
    places.append(Place(of, "title", said, title[: len(before)][-AROUND:], title[len(before) + len(said) :][:AROUND]))
    return title


def _length(paragraph: tuple[str, Passage | None]) -> int:
    text, passage = paragraph
    return len(text.split()) if passage is None else 40


class Span(NamedTuple):
    """A period as a report prints it, with its days."""

    label: str
    type: str
    first: date
    last: date


def period_before(day: date, number: int) -> Span:
    """Return a period that had ended by `day`: a quarter, a half-year, nine months or a year, by `number`."""
    year, month = day.year, day.month
    if number % 4 == 0 or month < 4:  # the whole of last year
        return Span(f"Năm {year - 1}", "year", date(year - 1, 1, 1), date(year - 1, 12, 31))
    if number % 4 == 1 and month > 6:
        return Span(f"6 tháng đầu năm {year}", "half", date(year, 1, 1), date(year, 6, 30))
    if number % 4 == 2 and month > 9:
        return Span(f"9 tháng đầu năm {year}", "months", date(year, 1, 1), date(year, 9, 30))
    quarter = (month - 1) // 3
    last = date(year, 3 * quarter + 1, 1) - timedelta(days=1)
    return Span(f"Quý {'I' * quarter}/{year}", "quarter", date(year, 3 * quarter - 2, 1), last)

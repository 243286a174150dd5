"""The article of a report: its title and lead, who wrote it when, where it was taken from, its captions, its body.

Words stay as written. Lines that were wrapped are joined, datelines and end marks are taken off; nothing else changes.
"""

import re
from datetime import datetime

from articles.importing.captions import CREDITED
from articles.importing.credits import ADDRESS, BYLINE, JOINED, SOURCE, SOURCE_BARE, is_unit, names_person
from articles.importing.dating import EventDay, stamp_moment
from articles.importing.furniture import as_count, is_bare_number, view_count, views_beside
from articles.importing.layout import Block, Layout
from articles.importing.report import ArticleSaid, Credit, Dropped, Source, Words
from articles.importing.wording import DATELINE, pattern, plain

_END_MARK = re.compile(r"\s*\./\.\W*$")
_KEPT = ("title", "lead", "paragraph", "caption", "byline", "photo_credit", "source")
_BOTH = re.compile(r"\bảnh\b.*\b(?:tin|bài|text)\b|\b(?:tin|bài|text)\b.*\b(?:ảnh|hình|photo)\b")
_PHOTO = re.compile(r"\b(?:ảnh|hình|photo|video|clip)\b")
# Behind a name in brackets: what the person did, and no organisation.
_DONE = pattern(r"(?:thực hiện|tổng hợp|t/h|th|lược ghi|ghi|biên tập|sưu tầm)\b")
_SECOND_LABEL = re.compile(r"\s*[;,.|–—-]\s*(?=(?:ảnh|tin|bài|video|clip)(?:\s?(?:,|và)\s?\w+)?\s*:)", re.IGNORECASE)


def article_in(layout: Layout, day: EventDay) -> ArticleSaid:
    """Return what `layout` says of the article; `day` is the event's, found by `dating.event_day`."""
    said = ArticleSaid(event_date=day.iso, event_date_inferred_from=day.inferred_from)
    if day.words:
        said.places["event_date"] = day.words
    _read_title(layout, said)
    _read_prose(layout, said)
    _read_stamps(layout, said)
    _read_byline(layout, said)
    _read_source(layout, said)
    _read_captions(layout, said)
    said.has_video = bool(layout.of("video_marker"))
    _read_views(layout, said)
    return said


def dropped_from(layout: Layout) -> list[Dropped]:
    """Return what was taken out of the page: every block that is no part of the article."""
    return [
        Dropped(block.words, block.role, block.start, block.end) for block in layout.blocks if block.role not in _KEPT
    ]


def words_of(layout: Layout, block: Block, skip: int = 0, cut: int = 0) -> Words:
    """Return the words of a block in the report, `skip` code points left out before and `cut` behind."""
    start, end = block.start + skip, block.end - cut
    return Words(layout.text[start:end], start, end)


def _read_title(layout: Layout, said: ArticleSaid) -> None:
    if (block := layout.title) is None:
        return
    skip = _dateline(layout, block, said, brackets_only=True)
    words = words_of(layout, block, skip, len(block.text) - len(block.text.rstrip(" \u00a0|")))
    said.title = " ".join(part.strip() for part in words.quote.splitlines())
    said.places["title"] = words


def _read_prose(layout: Layout, said: ArticleSaid) -> None:
    for block in layout.paragraphs:
        is_lead = block.role == "lead"
        skip = _dateline(layout, block, said) if is_lead else 0
        end = _END_MARK.search(block.text[-12:])
        # The first stop of "./." ends the sentence.
        cut = len(end[0].lstrip()) - 1 if end else 0
        words = words_of(layout, block, skip, cut)
        text = " ".join(part for line in words.quote.splitlines() if (part := line.strip()))
        if is_lead:
            said.lead, said.places["lead"] = text, words
        elif text:
            said.places[f"body.{len(said.body)}"] = words
            said.body.append(text)


def _dateline(layout: Layout, block: Block, said: ArticleSaid, brackets_only: bool = False) -> int:
    """Note the dateline that opens a block, and return how many code points it takes with its marks."""
    found = DATELINE.match(block.text)
    if found is None or (brackets_only and not found["round"]):
        return 0
    name = "round" if found["round"] else "bare"
    inside = found[name].strip("() ")
    if any(letter.isdigit() for letter in inside) or not inside[:1].isupper():
        return 0
    if said.dateline is None:
        start = block.start + found.start(name) + (name == "round")
        said.dateline = inside
        said.places["dateline"] = Words(layout.text[start : start + len(inside)], start, start + len(inside))
    return found.end()


def _read_stamps(layout: Layout, said: ArticleSaid) -> None:
    for role, name in (("published", "published_at"), ("updated", "updated_at")):
        for block in layout.of(role):
            moment: datetime | None = stamp_moment(block)
            if moment and getattr(said, name) is None:
                setattr(said, name, moment.isoformat())
                said.places[name] = words_of(layout, block)


def _read_byline(layout: Layout, said: ArticleSaid) -> None:
    blocks = layout.of("byline")
    # Printed above the lead and again at the end: the last is whole.
    for block in [*[one for one in blocks if one.start > _end_of_prose(layout)], *blocks]:
        label, names, skip = _signed(block)
        if not names:
            continue
        if said.byline is None:
            said.byline = names
            start = block.start + skip
            said.places["byline"] = Words(layout.text[start : start + len(names)], start, start + len(names))
            said.credits += _credits(label, names)
        elif names.casefold() not in said.byline.casefold() and block.start > _end_of_prose(layout):
            said.byline += f" – {names}"
            said.credits += _credits(label, names)
    for block in layout.of("photo_credit"):
        _, _, name = block.words.strip(" ()[]*|–—-").partition(":")
        if name.strip(" .)|"):
            said.credits.append(Credit("photo", name.strip(" .)|")))


def _end_of_prose(layout: Layout) -> int:
    return max((block.end for block in layout.paragraphs), default=0)


def _signed(block: Block) -> tuple[str, str, int]:
    """Return the label of a byline, the names behind it as printed, and where in the block they begin."""
    text = " ".join(line.text.strip(" \u00a0\t") for line in block.lines)
    found = BYLINE.fullmatch(text)
    names = (found["names"] if found else text).strip(" \u00a0|*[]–—-.")
    if names.count(")") != names.count("("):
        names = names.strip("() ")
    first = names.split(" ")[0]
    skip = block.text.rfind(first, found.start("names") if found and len(block.lines) == 1 else 0)
    at = block.text.find(names)
    return (found["label"] if found else "", names, at if at >= 0 else max(skip, 0))


def _credits(label: str, names: str) -> list[Credit]:
    """Return who is credited for what: "Tin: A; ảnh: B" are two, "A – Chi bộ B" one person with a unit."""
    parts = _SECOND_LABEL.split(names)
    credits: list[Credit] = []
    for place, part in enumerate(parts):
        if place:
            label, _, part = part.partition(":")
        work = plain(label)
        role = "both" if _BOTH.search(work) else "photo" if _PHOTO.search(work) else "text"
        part, _, bracket = part.partition("(")
        bracket = "" if _DONE.match(plain(bracket)) else bracket.strip(" )")
        people = [person.strip() for person in JOINED.split(part) if person.strip()]
        for index, person in enumerate(people):
            if index and is_unit(person) and credits:
                credits[-1] = Credit(credits[-1].role, credits[-1].name, " ".join(_rest(part, person).split()))
                break
            credits.append(Credit(role, person, bracket if index == len(people) - 1 else ""))
    return credits


def _rest(part: str, person: str) -> str:
    return part[part.index(person) :]


def _read_source(layout: Layout, said: ArticleSaid) -> None:
    for block in layout.of("source"):
        text = " ".join(line.text.strip(" \u00a0\t") for line in block.lines)
        found = SOURCE.fullmatch(text) or SOURCE_BARE.fullmatch(text)
        value = text[found.start("value") :] if found else text
        address = ADDRESS.search(text, found.start("value") if found else 0)
        url = address[0].rstrip(".,;)]") if address else ""
        name = (value.replace(url, "") if url else value).strip(" -–(),;:.[]")
        if said.source is None or (url and not said.source.url):
            label = found["label"] if found else ""
            said.source = Source(label.strip(), name or (said.source.name if said.source else ""), url)
            said.places["source"] = words_of(layout, block)


def _read_captions(layout: Layout, said: ArticleSaid) -> None:
    """Note each caption; who took the picture is a credit, not a part of it."""
    for place, block in enumerate(layout.captions):
        words = block.words
        credited = CREDITED.search(words[-80:])
        if credited:
            words = words[: len(words) - len(credited[0])].rstrip()
            name = (credited["name"] or "").strip(" .)")
            if name and names_person(name):
                said.credits.append(Credit("photo", name))
        said.captions.append(words)
        said.places[f"caption.{place}"] = words_of(layout, block)


def _read_views(layout: Layout, said: ArticleSaid) -> None:
    for block in [*layout.of("view_count"), *layout.of("published", "updated")]:
        count = views_beside(block.plain) if block.role != "view_count" else view_count(block.plain)
        if count is None and is_bare_number(block.plain):
            count = as_count(block.plain)
        if count is not None and said.view_count is None:
            said.view_count = count
            said.places["view_count"] = words_of(layout, block)

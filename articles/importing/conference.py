"""The conference of a report, and whose it is, from its sentence: "[session] [date], [body] tổ chức Hội nghị ...".

The order of the parts is free and each may be missing. A number counts only with the word it belongs to: the ordinal
with "hội nghị" and not with "Đại hội", the term with the committee and not with "Bộ Chính trị (khóa XII)". A province
is taken only where the text states it; what a host or a dateline suggests is a hint.
"""

import re
from collections.abc import Iterator
from datetime import date

from articles.importing.bodies import ORGANS, Sentence, committee_in, convener_in
from articles.importing.dating import EventDay
from articles.importing.layout import Layout
from articles.importing.passages import Passage, passages
from articles.importing.period_words import in_full
from articles.importing.report import CommitteeSaid, ConferenceSaid, PeriodSaid
from articles.importing.wording import pattern
from committees.figures.periods import periods_in

_WORDS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15,
    "mười sáu": 16, "mười bảy": 17, "mười tám": 18, "mười chín": 19, "hai mươi": 20,
}  # fmt: skip
_NUMBER = rf"(?P<n>\d{{1,3}}|[ivxl]{{1,7}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b"
_ORDINAL = pattern(rf"\b(?P<words>(?:lần(?: thứ)?|(?:phiên|kỳ)(?: họp)? thứ|hội nghị thứ)\s{_NUMBER})")
_TERM_NUMBER = pattern(rf"\b(?P<words>khóa(?: thứ)?\s{_NUMBER})")
_TERM = pattern(r"\bnhiệm k[ỳì]:?\s?\(?(?P<years>(?P<from>(?:19|20)\d\d)\s?(?:-|đến)\s?(?P<to>(?:19|20)?\d\d))\b")
# The nearest of these before a number says what it counts.
_HEADS = pattern(
    r"\b(?:hội nghị|phiên|kỳ họp|họp|mở rộng|đại hội|cuộc thi|hội thi|liên hoan|ngày hội|hội thao|giải|diễn đàn"
    r"|cuộc vận động|đợt|tháng|tuần lễ|lễ hội|hội (?:khỏe|báo|chợ|diễn|trại)|festival|kỷ niệm)\b"
)
_OF_OTHERS = pattern(
    r"(?:nghị quyết|kết luận|tinh thần|thông báo|văn kiện|quán triệt|sau|từ|kết quả)(?: của| các"
    r"| nội dung)?\s$"
)
_OF_A_COUNCIL = pattern(r"[\s,]*(?:của )?(?:hđnd|hội đồng nhân dân|quốc hội)\b")
_OF_THE_CENTRE = pattern(r"^.{0,40}?\b(?:trung ương|bch tw|ban chấp hành tw)")
_BODIES = pattern(
    r"\b(?:ban chấp hành|bch|ban thường vụ|btv|thường trực|đảng bộ|đảng ủy|đoàn|hội|chi bộ|huyện ủy|thành ủy"
    r"|tỉnh ủy|đuk|khối|lần thứ \w+,?|tỉnh|mở rộng)\b"
)
_HIGHER = pattern(
    r"\b(?:trung ương|bộ chính trị|ban bí thư|quốc hội|hđnd|hội đồng nhân dân|nghị quyết|chỉ thị|kết luận|tw"
    r"|quy định|đại hội xi+v?|của đảng)\b"
)
_PURPOSE = pattern(
    r"\b(?:nhằm|để|tổng kết|sơ kết|đánh giá|triển khai|quán triệt|nhìn lại|bàn|thông qua|kiểm điểm"
    r"|cho ý kiến)\b"
)
_EXTENDED = pattern(
    r"\(mở rộng\)|\b(?:hội nghị|ban chấp hành|bch|ban thường vụ|btv|phiên họp|họp)[^.;,]{0,90}?\s\(?mở rộng\b"
    r"|\bmở rộng\)?,? lần thứ"
)
_THEMATIC = pattern(
    r"\bhội nghị chuyên đề"
    r"|\b(?:sơ|tổng) kết(?: giữa)?\s(?:\d+|một|hai|ba|bốn|năm|mười)\s(?:năm|tháng)\b(?!\s(?:đầu|cuối))"
    r"|\b(?:sơ|tổng) kết (?:việc |công tác )?(?:thực hiện|triển khai) (?:nghị quyết|chỉ thị|kết luận|đề án|cuộc)"
    r"|\b(?:sơ|tổng) kết phong trào [^,;.]{0,60}?giai đoạn"
)
_REVIEW = pattern(r"\b(?P<word>sơ kết|tổng kết)\b(?! lịch sử| lý luận)")
_PERIOD_REVIEWED = pattern(r"\b(?:tổng kết|sơ kết|đánh giá|kết quả|kiểm điểm|nhìn lại|tình hình|công tác|nhiệm vụ)\b")
_SPEAKS_OF_IT = pattern(
    r"\s*(?:(?:sáng|chiều|tối|ngày|hôm|vừa qua|mới đây)\b.{0,200}?\b(?:hội nghị|họp)\b"
    r"|hội nghị (?:được|đã|do|nhằm|lần|để|diễn))"
)
_CONFERENCE = pattern(r"\b(?:hội nghị|phiên họp|kỳ họp|họp|lễ|giao ban|tổng kết|sơ kết)\b")


def conference_in(layout: Layout, day: EventDay) -> tuple[ConferenceSaid, CommitteeSaid]:
    """Return the conference that `layout` tells of, and the committee that held it."""
    said = ConferenceSaid(session=day.session)
    if day.words:
        said.held_on_printed = day.words.quote
        said.places["held_on"] = day.words
    if day.session_words:
        said.places["session"] = day.session_words
    sentences = list(_sentences(layout))
    for passage, start, end in sentences:
        _read_numbers(passage, start, end, said)
    _read_congress(layout, said, day)
    _read_kind(sentences, said)
    _read_period(layout, sentences, said)
    committee = committee_in(layout, sentences)
    told = _told_at(sentences)
    if said.ordinal or told:
        if convener := convener_in(sentences):
            said.convened_by, said.places["convened_by"] = convener
        said.name = _named_by_ordinal(said, committee, sentences) if said.ordinal else _as_printed(told)
    return said, committee


def _sentences(layout: Layout) -> Iterator[Sentence]:
    """Give where the conference is told: the lead, then the next paragraphs' sentences that speak of it, the title."""
    prose = passages(layout, "lead", "paragraph")[:4]
    for at, passage in enumerate(prose):
        low = passage.low[:4000]
        if at == 0:
            yield passage, 0, len(low)
            continue
        for start, end in _stops(low):
            if _SPEAKS_OF_IT.match(low, start, end):
                yield passage, start, end
    for passage in passages(layout, "title", "sub_line", "kicker"):
        yield passage, 0, len(passage.low)


def _stops(low: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(r"[.!?…]+(?=\s+\S|$)", low):
        if not re.match(r"\s+(?:để|nhằm)\b", low[found.end() : found.end() + 8]):
            yield start, found.start()
            start = found.end()
    if start < len(low):
        yield start, len(low)


def _read_numbers(passage: Passage, start: int, end: int, said: ConferenceSaid) -> None:
    low = passage.low
    for found in _ORDINAL.finditer(low, start, end):
        number = _number(found["n"])
        if said.ordinal is None and number and _counts_conferences(low, found, start):
            said.ordinal = number
            said.places["ordinal"] = passage.words(*found.span("words"))
    for found in _TERM_NUMBER.finditer(low, start, end):
        number = _number(found["n"])
        if said.term_number is None and number and _is_of_the_body(low, found.start(), start):
            said.term_number = number
            said.places["term_number"] = passage.words(*found.span("words"))
    for found in _TERM.finditer(low, start, end):
        if said.term_start is None and _is_of_the_conference(low, found.start(), start):
            _take_term(passage, found, said)


def _take_term(passage: Passage, found: re.Match[str], said: ConferenceSaid) -> None:
    first = int(found["from"])
    last = int(found["to"]) if len(found["to"]) == 4 else first - first % 100 + int(found["to"])
    if 1 <= last - first <= 6:
        said.term_start, said.term_end = first, last
        said.places["term"] = passage.words(*found.span("years"))


def _number(printed: str) -> int | None:
    if printed.isdecimal():
        return int(printed) or None
    if printed in _WORDS:
        return _WORDS[printed]
    worth = {"i": 1, "v": 5, "x": 10, "l": 50}
    values = [worth[letter] for letter in printed if letter in worth]
    if len(values) != len(printed):
        return None
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True)) or None


def _counts_conferences(low: str, found: re.Match[str], start: int) -> bool:
    if found["words"].startswith(("hội nghị", "phiên", "kỳ")):
        return not _OF_A_COUNCIL.match(low, found.end())
    heads = list(_HEADS.finditer(low, max(start, found.start() - 250), found.start()))
    if not heads:
        return False
    head = heads[-1]
    if head[0] == "mở rộng" and len(heads) > 1:
        head = heads[-2]
    if head[0] not in ("hội nghị", "phiên", "kỳ họp", "họp", "mở rộng") or ";" in low[head.end() : found.start()]:
        return False
    if _OF_OTHERS.search(low, max(start, head.start() - 30), head.start()):
        return False
    return not _OF_THE_CENTRE.match(low[head.end() : found.start()] + low[found.end() : found.end() + 45].split(",")[0])


def _is_of_the_body(low: str, place: int, start: int) -> bool:
    """Whether "khóa ..." at `place` is the committee's: its nearest body is not the Centre, nor a document."""
    before = low[max(start, place - 120) : place]
    if before.endswith("("):
        return bool(re.search(r"\S+\s?\($", before)) and not _HIGHER.search(before[-60:])
    body = max((found.end() for found in _BODIES.finditer(before)), default=-1)
    higher = max((found.end() for found in _HIGHER.finditer(before)), default=-1)
    if higher >= 0 and not re.search(r"[,;.]", before[higher:]):
        return False  # "Nghị quyết Đảng bộ Khối khóa II" goes on from the document
    return body > higher or (body < 0 and higher < 0 and bool(_CONFERENCE.search(before)))


def _is_of_the_conference(low: str, place: int, start: int) -> bool:
    """Whether "nhiệm kỳ ..." at `place` is that of the conference: it stands before what the conference is for."""
    before = low[start:place]
    held = _HELD.search(before)
    if re.search(r"đại hội", before[-90:]) and "hội nghị" not in before[before.rfind("đại hội") :]:
        return False
    if re.search(r"(?:khóa|lần thứ|thứ|kỳ) ?\w+\)?,? (?:\(mở rộng\),? )?$", before[-40:]):
        return True
    return not _PURPOSE.search(before, held.end() if held else 0)


_HELD = pattern(r"\b(?:hội nghị|phiên|kỳ họp|họp)\b")


_CONGRESS = pattern(
    rf"\bđại hội(?: đại biểu)?(?P<whose>[^,;.:]{{0,90}}?)\slần thứ\s{_NUMBER}(?P<rest>[^.;]{{0,12}}?"
    r"nhiệm k[ỳì]\s?(?P<years>(?P<from>20\d\d)\s?-\s?(?P<to>20\d\d)))"
)


def _read_congress(layout: Layout, said: ConferenceSaid, day: EventDay) -> None:
    """The term that the committee's own congress opened, told elsewhere in the text.

    It is that of the same number; where no number is stated, that of the Bloc's own congress within whose term the day
    of the conference lies.
    """
    if said.term_start is not None:
        return
    year = int(day.iso[:4]) if day.iso and day.iso[0] != "-" else 0
    for passage in passages(layout, "lead", "paragraph"):
        for found in _CONGRESS.finditer(passage.low):
            number = _number(found["n"])
            within = int(found["from"]) < year <= int(found["to"])
            if number == said.term_number and "toàn quốc" not in found["whose"]:
                _take_term(passage, found, said)
                return
            if said.term_number is None and within and _OF_THE_BLOC.match(found["whose"]):
                _take_term(passage, found, said)
                said.term_number, said.places["term_number"] = number, passage.words(*found.span("n"))
                return


_OF_THE_BLOC = pattern(r"\sđảng bộ khối\b")


def _read_kind(sentences: list[Sentence], said: ConferenceSaid) -> None:
    for passage, start, end in sentences:
        if found := _EXTENDED.search(passage.low, start, end):
            said.kind = "extended"
            said.places["kind"] = passage.words(*found.span())
            break
    for passage, start, end in sentences:
        if found := _REVIEW.search(passage.low, start, end):
            said.review = "interim" if found["word"] == "sơ kết" else "summary"
            said.places["review"] = passage.words(*found.span("word"))
            break
    if said.kind == "regular" and said.ordinal is None and sentences:
        passage, start, end = sentences[0]
        if found := _THEMATIC.search(passage.low, start, end):
            said.kind = "thematic"
            said.places["kind"] = passage.words(*found.span())


def _read_period(layout: Layout, sentences: list[Sentence], said: ConferenceSaid) -> None:
    """The period looked back on: the first that the conference's sentences name behind a word of review."""
    for passage, start, end in sentences:
        for period in periods_in(passage.block.text):
            first_place, last_place = passage.place(period.start), passage.place(period.end)
            if not start <= first_place < end or period.type in ("term", "range", ""):
                continue
            if not _PERIOD_REVIEWED.search(passage.low, max(start, first_place - 120), first_place):
                continue
            first, last, why = period.first, period.last, ""
            if first is None and said.places.get("held_on"):
                first, last, why = _dated_elsewhere(layout, period.label)
            label = in_full(" ".join(period.label.split()), first, last)
            said.period = PeriodSaid(label, period.type, first, last, why)
            said.places["period"] = passage.words(first_place, last_place)
            return


def _dated_elsewhere(layout: Layout, label: str) -> tuple[date | None, date | None, str]:
    """The days of "quý I" where another place of the text prints it with its year."""
    wanted = " ".join(label.casefold().split())
    for passage in passages(layout, "lead", "paragraph", "title"):
        for period in periods_in(passage.block.text):
            words = " ".join(period.label.casefold().split())
            if period.first and words.startswith(wanted) and not words[len(wanted) :][:1].isalnum():
                return period.first, period.last, " ".join(period.label.split())
    return None, None, ""


_TOLD = pattern(
    r"\b(?:hội nghị|phiên họp|kỳ họp|họp|(?:lễ|buổi) (?:trao|tuyên dương|kỷ niệm|công bố|ra mắt|gặp mặt|phát động"
    r"|sơ kết|tổng kết)|giao ban"
    r"|lớp (?:bồi dưỡng|tập huấn|học)|(?:sơ|tổng) kết)\b"
)
# Where the words for a conference go on with what is done there next, or with who came.
_GOES_ON = pattern(
    r"[;:!?…]|\.(?!\d)|,? (?:dưới sự|do|với sự|nhằm|để|có|tại|dự|và (?:triển khai|bàn|đề ra|phương hướng))\b"
    r"|, (?!công tác|phong trào|quy chế|gắn|việc)"
)


def _told_at(sentences: list[Sentence]) -> tuple[Passage, int, int] | None:
    """Where the text speaks of a conference at all, and where the words for it end; None for a mere piece of news."""
    for passage, start, end in sentences:
        if found := _TOLD.search(passage.low, start, min(end, start + 600)):
            stop = _GOES_ON.search(passage.low, found.end(), end)
            return passage, found.start(), stop.start() if stop else end
    return None


def _as_printed(told: tuple[Passage, int, int] | None) -> str | None:
    """The name of a conference without an ordinal: the words in which the text speaks of it."""
    if told is None:
        return None
    passage, start, end = told
    words = passage.printed(start, end)
    return words[:1].upper() + words[1:] if len(words.split()) > 2 and len(words) <= 280 else None


def _named_by_ordinal(said: ConferenceSaid, committee: CommitteeSaid, sentences: list[Sentence]) -> str:
    """A name put together from what is stated: ordinal, organ and committee."""
    organ = said.convened_by if said.convened_by in ORGANS.values() else ""
    is_membership = (committee.name or "").casefold().startswith(("đảng bộ", "đoàn", "hội"))
    if (
        not organ
        and is_membership
        and any(_OF_COMMITTEE.search(passage.low, start, end) for passage, start, end in sentences[:1])
    ):
        organ = ORGANS["bch"]
    extended = "(mở rộng)" if said.kind == "extended" else ""
    parts = ["Hội nghị", f"lần thứ {said.ordinal}", extended, organ, committee.name]
    return " ".join(part for part in parts if part)


_OF_COMMITTEE = pattern(r"\bhội nghị (?:ban chấp hành|bch)\b|\b(?:ban chấp hành|bch)\b.{0,90}? lần thứ")

"""The conference of a report, and whose it is, from its sentence: "[session] [date], [body] tổ chức Hội nghị ...".

The order of the parts is free and each may be missing. A number counts only with the word it belongs to: the ordinal
with "hội nghị" and not with "Đại hội", the term with the committee and not with "Bộ Chính trị (khóa XII)". A province
is taken only where the text states it; what a host or a dateline suggests is a hint.
"""

import re
from collections.abc import Iterator
from datetime import date

from articles.importing import looks
from articles.importing.dating import EventDay
from articles.importing.layout import Layout
from articles.importing.passages import Passage, passages, pattern
from articles.importing.report import CommitteeSaid, ConferenceSaid, PeriodSaid
from committees.figures.normalising import normalise
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
    r"|cuộc vận động|đợt|tháng|tuần lễ)\b"
)
_OF_OTHERS = pattern(
    r"(?:nghị quyết|kết luận|tinh thần|thông báo|văn kiện|quán triệt|sau|từ|kết quả)(?: của| các"
    r"| nội dung)?\s$"
)
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

_ORGANS = {
    "ban chấp hành": "Ban Chấp hành", "bch": "Ban Chấp hành", "ban thường vụ": "Ban Thường vụ", "btv": "Ban Thường vụ",
    "thường trực": "Thường trực", "thường vụ": "Ban Thường vụ",
}  # fmt: skip
_ORGAN = r"(?P<organ>ban chấp hành|bch|ban thường vụ|btv|thường trực|thường vụ)"
_NAME_HEAD = (
    r"(?:đảng bộ|đảng ủy|đuk|chi bộ|(?<!đảng )đoàn|hội(?! nghị| thi| thao| trường| đồng)|huyện ủy|thành ủy|tỉnh ủy"
    r"|thị ủy|quận ủy|công đoàn|liên đoàn"
    r"|ban|sở)"
)
# The name ends where the sentence goes on: at a verb, a number of the term, a comma.
_NAME_END = (
    r"(?=\s?(?:[,;.:]|\(mở rộng|$)|\s(?:đã|tổ chức|mở|họp|hội nghị|khóa|lần|nhiệm kỳ|tiến hành|phối hợp|long trọng"
    r"|vừa|sẽ|sơ kết"
    r"|tổng kết|triển khai|chủ trì|ban hành|trao|tặng|quán triệt|công bố|khai mạc|do\b|nhằm|để|có|với|tham gia"
    r"|đánh giá|biểu dương"
    r"|khen|gặp mặt|kết nạp|hoàn thành|tập trung|diễn ra|được|mở rộng|là|bàn|thực hiện|học tập|ra mắt|năm|quý|về"
    r"|sáng|chiều|ngày|phát (?:biểu|động)|nâng cao|đẩy mạnh|cho|của|đạt|yêu cầu|đề nghị|phấn đấu|xác định|tiếp tục"
    r"|tích cực|lãnh đạo|chỉ đạo|bước)\b)"
)
_COMMITTEE = pattern(
    rf"(?:\b{_ORGAN}\s(?:\([^()]{{1,20}}\)\s)?(?:lâm thời\s)?)?\b(?P<name>{_NAME_HEAD}\b[^,;.:\n]{{0,140}}?){_NAME_END}"
)
_BRACKET = re.compile(r"\s?\((?P<inside>[^()]{2,40})\)")
# Provinces of more than two words; of any other, the capitals behind two belong to a person.
_LONG_PROVINCES = (
    "Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu", "Thừa Thiên Huế", "Thừa Thiên - Huế", "Thừa Thiên – Huế", "Hồ Chí Minh",
)  # fmt: skip
_PROVINCE = pattern(r"\b(?:tỉnh|thành phố|tp\.?)\s(?=\S)")
_NO_PROVINCE = pattern(r"(?:ủy|đoàn|đảng|hội|lần|khóa|nhiệm|năm|bí|phó|ban|sở|việt nam|chủ)\b")


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
    committee = _committee(layout, sentences, said)
    said.name = _name(said, committee)
    return said, committee


def _sentences(layout: Layout) -> Iterator[tuple[Passage, int, int]]:
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
        return True
    heads = list(_HEADS.finditer(low, max(start, found.start() - 250), found.start()))
    if not heads:
        return False
    head = heads[-1]
    if head[0] == "mở rộng" and len(heads) > 1:
        head = heads[-2]
    if head[0] not in ("hội nghị", "phiên", "kỳ họp", "họp", "mở rộng"):
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
    return body > higher or (body < 0 and higher < 0 and bool(_CONFERENCE.search(before)))


def _is_of_the_conference(low: str, place: int, start: int) -> bool:
    """Whether "nhiệm kỳ ..." at `place` is that of the conference: it stands before what the conference is for."""
    before = low[start:place]
    held = max((found.end() for found in _CONFERENCE.finditer(before)), default=0)
    if re.search(r"đại hội", before[-90:]) and "hội nghị" not in before[before.rfind("đại hội") :]:
        return False
    if re.search(r"(?:khóa|lần thứ|thứ|kỳ) ?\w+\)?,? (?:\(mở rộng\),? )?$", before[-40:]):
        return True
    return not _PURPOSE.search(before, held if held < len(before) else 0) and not _PURPOSE.search(before[-60:])


_CONGRESS = pattern(
    rf"\bđại hội(?: đại biểu)?(?P<whose>[^,;.:]{{0,90}}?)\slần thứ\s{_NUMBER}(?P<rest>[^.;]{{0,12}}?"
    r"nhiệm k[ỳì]\s?(?P<years>(?P<from>20\d\d)\s?-\s?(?P<to>20\d\d)))"
)


def _read_congress(layout: Layout, said: ConferenceSaid, day: EventDay) -> None:
    """The term that the committee's own congress opened, told elsewhere in the text with the same number."""
    if said.term_start is not None or said.term_number is None:
        return
    for passage in passages(layout, "lead", "paragraph"):
        for found in _CONGRESS.finditer(passage.low):
            if _number(found["n"]) == said.term_number and "toàn quốc" not in found["whose"]:
                _take_term(passage, found, said)
                return


def _read_kind(sentences: list[tuple[Passage, int, int]], said: ConferenceSaid) -> None:
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


def _read_period(layout: Layout, sentences: list[tuple[Passage, int, int]], said: ConferenceSaid) -> None:
    """The period looked back on: the first that the conference's sentences name behind a word of review."""
    for passage, start, end in sentences:
        for period in periods_in(passage.block.text):
            if not start <= period.start < end or period.type in ("term", "range", ""):
                continue
            if not _PERIOD_REVIEWED.search(passage.low, max(start, period.start - 120), period.start):
                continue
            first, last, why = period.first, period.last, ""
            if first is None and said.places.get("held_on"):
                first, last, why = _dated_elsewhere(layout, period.label)
            label = " ".join(period.label.split())
            said.period = PeriodSaid(label[:1].upper() + label[1:], period.type, first, last, why)
            said.places["period"] = passage.words(period.start, period.end)
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


def _committee(layout: Layout, sentences: list[tuple[Passage, int, int]], said: ConferenceSaid) -> CommitteeSaid:
    """The committee as the lead names it, else as the title does; with its abbreviation, and its province if stated."""
    candidates = [
        (score, passage, found)
        for place, (passage, start, end) in enumerate(sentences)
        for found in _COMMITTEE.finditer(passage.low, start, end)
        if (score := _likelihood(found, passage, place))
    ]
    committee = CommitteeSaid(hints=_hints(layout))
    if not candidates:
        return committee
    _, passage, found = max(candidates, key=lambda candidate: candidate[0])
    printed = passage.printed(*found.span("name"))
    while bracket := _BRACKET.search(printed):
        if bracket["inside"].upper() == bracket["inside"]:
            committee.abbreviation = bracket["inside"].strip()
        committee.province = committee.province or _province(bracket["inside"])
        printed = printed.replace(bracket[0], "")
    printed = _in_full(printed, candidates)
    committee.words = passage.words(*found.span("name"))
    _read_organ(sentences, found, passage, said)
    committee.province = committee.province or _province(printed)
    if committee.province is None and printed.casefold().endswith(" tỉnh"):
        committee.province = _province_elsewhere(layout, printed)
        printed += f" {committee.province}" if committee.province else ""
    committee.name = printed
    return committee


def _likelihood(found: re.Match[str], passage: Passage, place: int) -> int:
    """How likely a name is the committee's: named in full, early, behind its organ; 0 where it is none."""
    name = found["name"]
    words = passage.text[slice(*found.span("name"))].split()
    capitals = sum(word[0].isupper() for word in words)
    if len(words) < 3 or not words[0][0].isupper() or _OTHERS.search(name):
        return 0
    if _OF_A_PERSON.search(passage.low, max(0, found.start() - 30), found.start()):
        return 0
    score = 10 - 2 * min(place, 4) + min(len(words), 8) + 2 * min(capitals, 4) - 3 * (found.start() > 200)
    score += 4 * bool(found["organ"]) + 3 * name.startswith(_MEMBERSHIPS) + 2 * ("(" in name)
    # "Đảng bộ Khối" is short for a name that stands elsewhere; a line in capitals says the name worse than a sentence.
    score -= 10 * name.endswith(normalise("khối")) + 6 * passage.printed(*found.span("name")).isupper()
    return max(0, score - 4 * name.startswith(_PARTS))


def _in_full(name: str, candidates: list[tuple[int, Passage, re.Match[str]]]) -> str:
    """The name as other places complete it: with its province, and as "Đảng bộ", whose committee the Đảng ủy is."""
    words = name.split()
    for _, passage, found in candidates:
        others = _BRACKET.sub("", passage.printed(*found.span("name"))).split()
        core, other = [word.casefold() for word in words[2:]], [word.casefold() for word in others[2:]]
        if core != other[: len(core)]:
            continue
        if len(other) > len(core) and _province(" ".join(others)):
            words += others[2 + len(core) :]
        if len(other) >= len(core) and found["name"].startswith(_MEMBERSHIPS[0]) and core:
            words[:2] = others[:2]
    return " ".join(words)


_OTHERS = pattern(r"\b(?:các cấp|cơ sở|trực thuộc|viên|phong trào|trung ương)\b")
_OF_A_PERSON = pattern(
    r"(?:bí thư|thường trực|ủy viên|chủ nhiệm|chủ tịch|trưởng ban|trưởng|chánh|văn phòng|phó|lãnh đạo|của"
    r"|thay mặt)\s$"
)
_MEMBERSHIPS = (normalise("đảng bộ"), "đoàn")
_PARTS = ("ban ", normalise("hội "), normalise("sở "))


def _province(name: str) -> str | None:
    """The province that a name ends in, "tỉnh Đắk Nông": capitals behind the word."""
    text = normalise(name)
    for found in _PROVINCE.finditer(text.lower()):
        behind = " ".join(name[found.end() :].split())
        words = behind.split()
        long = next((known for known in _LONG_PROVINCES if behind.startswith(known)), "")
        last = next((place for place, word in enumerate(words[:2]) if not word[0].isupper()), len(words[:2]))
        if last and not _NO_PROVINCE.match(normalise(behind).lower()):
            return long or " ".join(words[:last]).rstrip(",;.)")
    return None


def _read_organ(
    sentences: list[tuple[Passage, int, int]], found: re.Match[str], passage: Passage, said: ConferenceSaid
) -> None:
    """Who convened: the organ before the committee's name; else the subject of the first sentence, as printed."""
    subject = next((one for one in _COMMITTEE.finditer(sentences[0][0].low, *sentences[0][1:])), found)
    where = sentences[0][0] if subject is not found else passage
    if subject["organ"]:
        said.convened_by = _ORGANS[subject["organ"]]
        said.places["convened_by"] = where.words(*subject.span("organ"))
    elif head := re.match(
        pattern(
            r"đảng ủy(?: khối)?|đuk|huyện ủy|thành ủy|tỉnh ủy|thị ủy"
            r"|quận ủy"
        ),
        subject["name"],
    ):
        start = subject.start("name")
        said.convened_by = where.printed(start, start + head.end())
        said.places["convened_by"] = where.words(start, start + head.end())


def _province_elsewhere(layout: Layout, name: str) -> str | None:
    """The province that another place of the text prints behind the same name."""
    core = normalise(" ".join(name.split()[2:])).lower()
    for passage in passages(layout, "lead", "paragraph", "caption", "title"):
        at = passage.low.find(core + " ")
        while at >= 0:
            if province := _province(passage.printed(at + len(core) - 4, min(len(passage.low), at + len(core) + 40))):
                return province
            at = passage.low.find(core + " ", at + 1)
    return None


def _hints(layout: Layout) -> list[str]:
    """What may tell the province and states it nowhere: the host of the source, the dateline."""
    addresses = (looks.ADDRESS.search(block.text) for block in layout.of("source"))
    hosts = (re.sub(r"^(?:https?://)?(?:www\.)?|[/?#].*", "", found[0]) for found in addresses if found)
    return [host for host in hosts if host]


def _name(said: ConferenceSaid, committee: CommitteeSaid) -> str | None:
    """A name for the conference, put together from what is stated: ordinal, organ and committee."""
    if said.ordinal is None and committee.name is None:
        return None
    organ = said.convened_by if said.convened_by in _ORGANS.values() else ""
    parts = [
        "Hội nghị",
        {"interim": "sơ kết", "summary": "tổng kết"}.get(said.review, "") if said.ordinal is None else "",
        f"lần thứ {said.ordinal}" if said.ordinal else "",
        "(mở rộng)" if said.kind == "extended" else "",
        organ or "",
        committee.name or "",
    ]
    return " ".join(part for part in parts if part)

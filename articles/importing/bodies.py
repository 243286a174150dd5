"""Whose conference a report tells of: the committee, and the organ that convened it, as they are named.

A province is taken only where the text states it, beside the same name or elsewhere; what a host suggests is a hint.
"""

import re
from collections.abc import Sequence

from articles.importing.credits import ADDRESS
from articles.importing.layout import Layout
from articles.importing.passages import Passage, passages
from articles.importing.provinces import known_province
from articles.importing.report import CommitteeSaid, Words
from articles.importing.wording import pattern
from committees.figures.normalising import normalise

Sentence = tuple[Passage, int, int]  # a passage, and from where to where in its matching form

ORGANS = {
    "ban chấp hành": "Ban Chấp hành", "bch": "Ban Chấp hành", "ban thường vụ": "Ban Thường vụ", "btv": "Ban Thường vụ",
    "thường trực": "Thường trực", "thường vụ": "Ban Thường vụ",
}  # fmt: skip
_ORGAN = r"(?P<organ>ban chấp hành|bch|ban thường vụ|btv|thường trực|thường vụ)"
_NAME_HEAD = (
    r"(?:đảng bộ|đảng ủy|đuk|chi bộ|(?<!đảng )đoàn|hội(?! nghị| thi| thao| trường| đồng)|huyện ủy|thành ủy|tỉnh ủy"
    r"|thị ủy|quận ủy|công đoàn|liên đoàn"
    r"|ban|sở)"
)
# "Đảng bộ TP. X", "Đảng bộ Q. Y": the stop of what is shortened ends no name.
_NOT_SHORT = r"(?<!\btp)(?<!\btx)(?<!\btt)(?<!\b[pqh])"
_STOP_IN_NAME = r"(?:(?<=\btp)|(?<=\btx)|(?<=\btt)|(?<=\b[pqh]))\."
# The name ends where the sentence goes on: at a verb, a number of the term, a comma.
_NAME_END = (
    rf"(?=\s?(?:[,;:]|{_NOT_SHORT}\.|\(mở rộng|$)"
    r"|\s(?:đã|tổ chức|mở|họp|hội nghị|khóa|lần|nhiệm kỳ|tiến hành|phối hợp|long trọng|vừa|sẽ|sơ kết"
    r"|tổng kết|triển khai|chủ trì|ban hành|trao|tặng|quán triệt|công bố|khai mạc|do\b|nhằm|để|có|với|tham gia"
    r"|đánh giá|biểu dương"
    r"|khen|gặp mặt|kết nạp|hoàn thành|tập trung|diễn ra|được|mở rộng|là|bàn|thực hiện|học tập|ra mắt|năm|quý|về"
    r"|sáng|chiều|ngày|phát (?:biểu|động)|nâng cao|đẩy mạnh|cho|của|đạt|yêu cầu|đề nghị|phấn đấu|xác định|tiếp tục"
    r"|tích cực|đang|hiện|đề ra|lãnh đạo|chỉ đạo|bước)\b)"
)
_COMMITTEE = pattern(
    rf"(?:\b{_ORGAN}\s(?:\([^()]{{1,20}}\)\s)?(?:lâm thời\s)?)?"
    rf"\b(?P<name>{_NAME_HEAD}\b(?:[^,;.:\n]|{_STOP_IN_NAME}){{0,140}}?)"
    rf"{_NAME_END}"
)
# Syllables of names that are verbs elsewhere: "Thị ủy Điện Bàn", "Huyện ủy Năm Căn".
_IN_NAMES = re.compile(normalise(r"(?<=\w )(?:Bàn|Mở|Hiện|Có|Cho|Đạt|Về|(?:Năm|Quý)(?! (?:\d|[IVX]+\b)))\b"))
_BRACKET = re.compile(r"\s?\((?P<inside>[^()]{2,40})\)")
_PROVINCE = pattern(r"\b(?:(?P<certain>tỉnh)|thành phố|tp\.?)\s(?=\S)")
_NO_PROVINCE = pattern(r"(?:ủy|đoàn|đảng|hội|lần|khóa|nhiệm|năm|bí|phó|ban|sở|việt nam|chủ)\b")


_SUBJECT = pattern(r"(?:đảng ủy(?: khối)?|đuk|huyện ủy|thành ủy|tỉnh ủy|thị ủy|quận ủy)\b")


def committee_in(layout: Layout, sentences: Sequence[Sentence]) -> CommitteeSaid:
    """The committee as the lead names it, else as the title does; with its abbreviation, and its province if stated."""
    candidates = [
        (score, passage, found)
        for place, (passage, start, end) in enumerate(sentences)
        for found in _COMMITTEE.finditer(_without_verbs(passage), start, end)
        if (score := _likelihood(found, passage, place))
    ]
    committee = CommitteeSaid(hints=_hints(layout))
    if not candidates:
        return committee
    _, passage, found = max(candidates, key=lambda candidate: candidate[0])
    printed = passage.printed(*found.span("name"))
    if printed.count("(") > printed.count(")"):
        printed = printed[: printed.rindex("(")].rstrip()
    while bracket := _BRACKET.search(printed):
        if bracket["inside"].upper() == bracket["inside"]:
            committee.abbreviation = bracket["inside"].strip()
        committee.province = committee.province or _province(bracket["inside"])
        printed = printed.replace(bracket[0], "")
    printed = _in_full(printed, candidates)
    committee.words = passage.words(*found.span("name"))
    committee.province = committee.province or _province(printed)
    if committee.province is None and printed.casefold().endswith(" tỉnh"):
        committee.province = _province_elsewhere(layout, printed)
        printed += f" {committee.province}" if committee.province else ""
    committee.name = printed
    return committee


def convener_in(sentences: Sequence[Sentence]) -> tuple[str, Words] | None:
    """Return who convened: the organ before the committee's name, else its subject as printed; None where none is."""
    for passage, start, end in sentences:
        for found in _COMMITTEE.finditer(_without_verbs(passage), start, end):
            if not _likelihood(found, passage, 0):
                continue
            if found["organ"]:
                return ORGANS[found["organ"]], passage.words(*found.span("organ"))
            if head := _SUBJECT.match(found["name"]):
                first = found.start("name")
                return passage.printed(first, first + head.end()), passage.words(first, first + head.end())
            return None
    return None


def _without_verbs(passage: Passage) -> str:
    """The matching form, place for place, in which no syllable of a name is taken for a verb."""
    letters = list(passage.low)
    for found in _IN_NAMES.finditer(passage.text):
        letters[slice(*found.span())] = "x" * len(found[0])
    return "".join(letters)


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
    low = normalise(name).lower()
    for found in _PROVINCE.finditer(low):
        behind = " ".join(name[found.end() :].split())
        words = behind.split()
        last = next((place for place, word in enumerate(words[:2]) if not word[0].isupper()), len(words[:2]))
        if known := known_province(low, found.end()):
            return name[found.end() : known]
        # A town may be a part of a province: of those only the ones of the list are none.
        if last and found["certain"] and not _NO_PROVINCE.match(normalise(behind).lower()):
            return " ".join(words[:last]).rstrip(",;.)")
    return None


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
    addresses = (ADDRESS.search(block.text) for block in layout.of("source"))
    hosts = (re.sub(r"^(?:https?://)?(?:www\.)?|[/?#].*", "", found[0]) for found in addresses if found)
    return [host for host in hosts if host]

"""The documents that a report cites: number as printed, type, issuer.

Source of the forms: section 8 of the grammar of the genre. "Chỉ thị số 05-CT/TW", "Chỉ thị số 05" and "Chỉ thị 05" are
forms of one number and each is kept as printed; "Quyết định 217, 218-QĐ/TW" are two documents; "Nghị quyết Trung ương 4
khóa XII" is numbered by its plenum. A document without a number is proposed only where its issuer or name is part of
its title. A slip stays as written: nothing is corrected here.
"""

import re
from dataclasses import replace

from articles.importing.layout import Layout
from articles.importing.passages import Passage, passages
from articles.importing.report import DocumentSaid
from articles.importing.wording import pattern

_TYPE = (
    r"(?P<type>nghị quyết|chỉ thị|kết luận|quy định|quyết định|kế hoạch|hướng dẫn|chương trình(?: hành động)?"
    r"|thông báo|đề án|thông tri|nghị định|thông tư|công văn|pháp lệnh|quy chế|tờ trình)"
)
_SYMBOL = (
    r"\d{1,5}(?:/\d{4})?\s?-\s?(?:nq|ct|kl|qđi?|qđ|qc|hd|kh|ctr|ctrhđ|đa|tb|tt|cv|btctw|qđnd|hdlt|nqlt|nđ|lt"
    r"|br|bc|ttr)(?:\s?[/-]\s?[a-zđ0-9]{1,14}(?:[-/][a-zđ0-9]{1,10})?)?|\d{1,5}/(?:\d{4}/)?(?:nq|ct|qđ|nđ|tt|kh"
    r"|hd)-[a-zđ]{1,10}"
)
_ISSUER = (
    r"(?:bộ chính trị|ban bí thư|ban chấp hành trung ương(?: đảng)?|bch trung ương(?: đảng)?|trung ương(?: đảng)?"
    r"|ban thường vụ (?:tỉnh|thành|huyện) ủy"
    r"|ban tổ chức trung ương|ubkt trung ương|ủy ban kiểm tra trung ương|ban dân vận trung ương"
    r"|ban tuyên giáo trung ương|ban tổ chức tỉnh ủy"
    r"|thủ tướng(?: chính phủ)?|chính phủ|quốc hội|tỉnh ủy|thành ủy|huyện ủy|đảng ủy khối|ubnd tỉnh|hđnd tỉnh"
    r"|ban thường vụ đảng ủy khối|tỉnh đoàn)"
)
_NUMBERED = pattern(
    rf"\b{_TYPE}(?: (?:số|chung số|liên tịch số))?:?\s(?P<number>{_SYMBOL}|(?<=số )\d{{1,5}}\b(?!\s?[/.,]\d)"
    rf"|\d{{2,3}}\b(?!\s?[/.]\s?\d|,\d|\s?%|[/-]))"
)
_MORE = pattern(rf"\s?(?:,|và)\s(?:số )?(?P<number>{_SYMBOL}|\d{{2,3}}\b(?=,|\s?và|\s?-))")
_PLENUM = pattern(
    r"\b(?P<type>nghị quyết|kết luận)(?: hội nghị)? (?P<number>(?:trung ương|tw)(?: lần thứ)? (?:\d{1,2}|[ivx]+"
    r"|\w+))\b"
    r"(?:,? \(?(?:khóa|kh\.) (?P<term>[ivx]+)\)?)?"
)
_CONGRESS = pattern(
    r"\b(?P<type>nghị quyết) (?P<issuer>đại hội(?: đại biểu)?[^,;.:()]{0,90}? lần thứ \w+(?: của đảng(?! bộ))?)"
)
_BY_ISSUER = pattern(
    rf"\b(?P<type>nghị quyết"
    rf"|chương trình hành động)(?: năm \d{{4}})? của (?P<issuer>{_ISSUER})(?! \w+ \w+ lần)"
)
_BEHIND = pattern(
    rf"(?:,? ?(?:ban hành )?ngày [\d/. -]{{5,10}},?)?(?: (?:được )?(?:ban hành )?)?\s?(?:của"
    rf"|do)?\s?(?:của )(?P<issuer>{_ISSUER}(?: \(?khóa [ivx]+\)?)?)"
)
_ISSUED_ON = pattern(r",? ?(?:ban hành )?ngày [\d/. -]{5,10}")
# A year, a plan of a year, a quarter: "Kế hoạch 2022" has no number.
_YEAR = re.compile(r"(?:19|20)\d\d")


def documents_in(layout: Layout) -> list[DocumentSaid]:
    """Return the documents cited in title, lead and body, each once, in the order of the text."""
    found: dict[tuple[str, str], DocumentSaid] = {}
    for passage in passages(layout, "lead", "paragraph", "title"):
        for document in sorted(_cited(passage), key=lambda one: one.words.start):
            # "Chỉ thị 05" and "Chỉ thị số 05-CT/TW" are one in one report; without a number the issuer tells.
            key = (document.type.casefold(), _bare(document.number) or (document.issuer or "").casefold())
            known = found.get(key)
            if known is None:
                found[key] = document
            else:
                longer = max(known.number, document.number, key=len)
                found[key] = replace(known, number=longer, issuer=known.issuer or document.issuer)
    return sorted(found.values(), key=lambda one: one.words.start)


def _bare(number: str) -> str:
    return re.sub(r"^(\d+).*", r"\1", number).lstrip("0").casefold()


def _cited(passage: Passage) -> list[DocumentSaid]:
    cited: list[DocumentSaid] = []
    for match in _NUMBERED.finditer(passage.low):
        # "vượt kế hoạch 20 đảng viên" names no plan of the number 20.
        is_cited = not match["number"].isdecimal() or passage.text[match.start()].isupper() or "số" in match[0]
        if is_cited and not _YEAR.fullmatch(match["number"]):
            cited += _series(passage, match)
    for match in _PLENUM.finditer(passage.low):
        term = f" (khóa {passage.printed(*match.span('term'))})" if match["term"] else ""
        issuer = f"Ban Chấp hành Trung ương{term}"
        cited.append(_document(passage, match, passage.printed(*match.span("number")), issuer, match.end()))
    for expression in (_CONGRESS, _BY_ISSUER):
        for match in expression.finditer(passage.low):
            issuer = passage.printed(*match.span("issuer"))
            cited.append(_document(passage, match, "", issuer, match.end()))
    return cited


def _series(passage: Passage, first: re.Match[str]) -> list[DocumentSaid]:
    """One document, or those of "Quyết định 217, 218-QĐ/TW": the symbol of the last is that of all."""
    places = [first.span("number")]
    end = first.end()
    while (more := _MORE.match(passage.low, end)) is not None:
        places.append(more.span("number"))
        end = more.end()
    numbers = [passage.printed(*place) for place in places]
    symbol = re.search(r"\d(\s?-\s?\D.*)$", numbers[-1])
    if symbol:
        numbers = [number if re.search(r"\D", number) else number + symbol[1] for number in numbers]
    behind = _BEHIND.match(passage.low, end)
    issuer = passage.printed(*behind.span("issuer")) if behind else None
    kind = passage.printed(*first.span("type"))
    kind = kind[:1].upper() + kind[1:]
    last = behind.end() if behind and len(places) == 1 else places[0][1]
    spans = [(first.start(), last), *places[1:]]
    return [
        DocumentSaid(number, kind, issuer, passage.words(*span)) for number, span in zip(numbers, spans, strict=True)
    ]


def _document(passage: Passage, match: re.Match[str], number: str, issuer: str, end: int) -> DocumentSaid:
    kind = passage.printed(*match.span("type"))
    return DocumentSaid(number, kind[:1].upper() + kind[1:], issuer, passage.words(match.start(), end))

"""Numbers of documents."""

import re

from . import nouns
from .figure import NumberKind
from .normalising import key
from .scene import Item, Scene, ends
from .times import date_like
from .tokens import Token

_TYPE = (
    r"(?:nghị quyết|chỉ thị|kết luận|quy định|quyết định|kế hoạch|hướng dẫn|thông tri|thông báo|công văn"
    r"|chương trình|đề án|nghị định"
    r"|thông tư|thông tư liên tịch|luật|pháp lệnh|báo cáo|tờ trình|quy chế|công điện|văn bản|lệnh|nq|ct|kl|qđ"
    r"|kh|hd|giấy phép|điều lệ)"
)
_DOCUMENT = re.compile(
    r"\d+[a-zđ]?(?:/\d{2,4})?[ ]?[-/][ ]?(?:[A-ZĐƯ]{2}[\w]{0,6}|[A-ZĐƯ][a-zđư]?[A-ZĐƯ][\w]{0,5}|CTr|QĐi|KLg|ĐA)"
    r"(?:[ ]?[-/][ ]?[A-ZĐƯ](?:[\w&.]*\w)?)*"
)
_TYPED = ends(_TYPE + r"(?: hành động| chuyên đề| phối hợp| giám sát| kiểm tra| liên tịch| cấp tỉnh)?(?: số)? ?:?")
_TYPED_NUMBER = ends(_TYPE + r"\b[^.;,:0-9]{0,20} (?<!tổng )số ?:?")
_PLENUM = ends(
    r"(?:nghị quyết|nq|kết luận|hội nghị|hnt[wư]|tinh thần|theo)(?: hội nghị)?(?: ban chấp hành)? (?:trung ương"
    r"|tw|tư|t\.ư)(?: đảng)?(?: lần)?"
)
_ARTICLE = ends(r"(?:điều|khoản|mục|phụ lục|biểu(?: số)?|mẫu(?: số)?|phần|chương|trang|bảng|hình|câu|bài)")
_NUMBER_TO_COME = re.compile(r"(?: ?(?:,|và|&) ?\d+[a-z]?){0,4} ?(?:,|và|&) ?")


def of_document(scene: Scene, token: Token) -> Item | None:
    """Documents (section 8): 21-NQ/TW, 123/QĐ-UBND, Chỉ thị 05, 217, 218-QĐ/TW, Nghị quyết Trung ương 4."""
    if found := _DOCUMENT.match(scene.text, token.start):
        return Item(token.start, max(found.end(), token.end), NumberKind.DOCUMENT)
    before = scene.before(token)
    numbered = before.endswith((key("số"), key("số:")))
    if _TYPED.search(before) and (numbered or nouns.unit(scene.low, token.end) is None) and not date_like(token.text):
        found = re.compile(r"[a-z]\b").match(scene.low, token.end)
        return Item(token.start, found.end() if found else token.end, NumberKind.DOCUMENT)
    if _TYPED_NUMBER.search(before) or (_PLENUM.search(before) and token.text.isdigit()):
        return Item(token.start, token.end, NumberKind.DOCUMENT)
    if token.text.isdigit() and _ARTICLE.search(before) and not _counts_something(scene, token):
        return Item(token.start, token.end, NumberKind.DOCUMENT)
    if token.text.isdigit():
        if scene.last(token, NumberKind.DOCUMENT) and nouns.unit(scene.low, token.end) is None:
            return Item(token.start, token.end, NumberKind.DOCUMENT)
        if (gap := _NUMBER_TO_COME.match(scene.low, token.end)) and (found := _DOCUMENT.match(scene.text, gap.end())):
            return Item(token.start, token.end, NumberKind.DOCUMENT)
    return None


def _counts_something(scene: Scene, token: Token) -> bool:
    """Return whether a noun behind the number says that it counts: "một khoản 2 tỷ đồng", and not "Điều 5 Điều lệ"."""
    unit = nouns.unit(scene.low, token.end)
    if unit is None:
        return False
    return scene.low[slice(*unit)] in nouns.MEASURES or not _LAW.search(scene.before(token))


_LAW = ends(r"điều|khoản|mục|chương|phụ lục")

"""Numbers in words."""

import re
from decimal import Decimal

from . import nouns
from .figure import NumberKind
from .normalising import key, styled
from .scene import QUANTITY, Item, Scene, ends
from .times import span_of
from .tokens import Token

_ORDINAL_WORD = ends(r"(?:lần thứ|thứ|hạng|giải|loại)")
_WEEKDAY_BEFORE = ends(r"(?:sáng|chiều|tối|trưa|ngày|gmt ?\+7\)?,?|\d:\d\d,?|^\W*) ?thứ")
_WEEKDAY_AFTER = re.compile(styled(r",? ?(?:ngày )?\d{1,2}[/.-]\d{1,2}|,? ngày \d"))
_NONE_OF = re.compile(styled(r" (?:có )?(.{2,40}?) nào\b"))
_VAGUE = ends(
    r"(?:từng|mỗi|hàng|vài|mấy|là|như|thành|trở thành|nào|bất kỳ|cả|dăm|thêm|đôi|chỉ|cùng|theo|cũng là|mang|của"
    r"|nhiều|về|với)"
)
_FIVE = ends(
    r"(?:trong|cả|hằng|hàng|mỗi|nhiều|cuối|đầu|giữa|qua|các|những|một|chủ đề|kế hoạch|tổng kết|sơ kết|theo|hết"
    r"|nửa|đón|của|quý|\d|[a-z]|\))"
)
_STARTS = re.compile(r"(?:\A|[.;:\n] ?)\Z")


def of_words(scene: Scene, token: Token) -> Item | None:
    """Spelled numbers: "lần thứ hai", "hai năm", "một lớp", "sáu mươi đồng chí", and zero: "không chi bộ nào".

    "năm" is the year unless another "năm", "tháng" or a noun of the list follows where no year can stand; a weekday
    ("Thứ Hai, 27/08"), "một số", "mỗi", "hàng trăm" are no numbers (sections 2 and 3).
    """
    before = scene.before(token)
    place = token.end
    if _ORDINAL_WORD.search(before):
        if _WEEKDAY_AFTER.match(scene.low, place) or _WEEKDAY_BEFORE.search(before) or token.text in (key("không"),):
            return None
        return Item(token.start, place, NumberKind.ORDINAL)
    if token.text in (key("không"), key("nhất"), key("nhì")):
        found = _NONE_OF.match(scene.low, place) if token.text == key("không") else None
        if found and (unit := nouns.unit(scene.low, found.start(1) - 1)) and unit[1] >= found.end(1) - 12:
            return Item(token.start, place, NumberKind.FIGURE, "count", Decimal(0), unit=(unit[0], unit[1]))
        return None
    lone = " " not in token.text
    if token.text == key("tư"):  # four is "bốn" where things are counted: this is "vốn đầu tư nước ngoài"
        return None
    if lone and token.text == key("năm"):
        if re.match(styled(r" (?:năm|tháng)\b"), scene.low[place : place + 8]) and not re.match(
            styled(r" năm \d"), scene.low[place : place + 8]
        ):
            return span_of(scene, token) if not _FIVE.search(before) else None
        if _FIVE.search(before) or not before or not before[-1].isalpha() or nouns.unit(scene.low, place) is None:
            return None
        if not QUANTITY.search(before) and not _goes_on(scene, token):
            return None
    if (
        lone
        and token.text in (key("ba"), key("tư"), key("chín"), key("một"))
        and scene.text[token.start].isupper()
        and before
    ):
        return None
    if (span := span_of(scene, token)) is not None:
        return span if token.text != key("một") or not _VAGUE.search(before) else None
    if _VAGUE.search(before) and token.text in (key("một"), key("hai"), key("ba"), key("trăm"), key("năm")):
        return None
    if _IS.match(scene.low, place) and _STARTS.search(scene.low[max(0, token.start - 2) : token.start]):
        return Item(token.start, place, NumberKind.ORDINAL)
    unit = nouns.unit(scene.low, place)
    if unit is None or scene.low[place : unit[0]].strip():
        return None
    if token.text == key("một") and scene.low[unit[0] : unit[1]] in _ONE_OF_MANY:
        return None
    return Item(token.start, place, NumberKind.FIGURE, "count", token.value, unit=unit)


def _goes_on(scene: Scene, token: Token) -> bool:
    """Whether it is the last of a list told in words: "hai hội nghị chuyên đề và năm lớp tập huấn"."""
    last = scene.items[-1] if scene.items else None
    if last is None or last.form != "count" or last.unit is None or not scene.low[last.start].isalpha():
        return False
    return _AND.fullmatch(scene.low[last.unit[1] : token.start][:_LIST_GAP]) is not None


_LIST_GAP = 60
_AND = re.compile(styled(r"[^.;:()\d\n]{0,50}(?:,| và) "))
_IS = re.compile(styled(r" là\b"))
_ONE_OF_MANY = frozenset(
    map(
        key,
        (
            "phần",
            "bộ phận",
            "mặt",
            "điểm",
            "bên",
            "người",
            "loại",
            "bước",
            "hình thức",
            "nội dung",
            "em",
            "con",
            "cấp",
            "ngành",
            "lần",
        ),
    )
)

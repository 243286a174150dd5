"""How much of something: the value that a number prints, and the noun that it counts."""

import re
from decimal import Decimal

from . import nouns, tokens
from .figure import NumberKind
from .normalising import key, styled
from .scene import PERCENT, RANGE, RATIO, Item, Scene, ends
from .tokens import Token

_THOUSANDS = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}")
_DECIMAL = re.compile(r"(\d+)[,.](\d+)")
_SPACED_GROUPS = re.compile(r"((?: \d{3})+)(?!\d|[.,]\d)")
_SCALE = re.compile(styled(r" ?(nghìn|ngàn|vạn|triệu|tỷ|trăm|chục)(?!\w)(?! (?:đồng|tỷ|usd|đô|triệu))"))
_STATED = ends(
    r"(?:tăng|giảm|lên|còn|đạt|là|được|có|bằng|tổng số|tổng cộng|gồm|thêm|hơn|gần|khoảng|trên|dưới|tổng|số lượng"
    r"|cộng|bình quân|khiển trách|cảnh cáo|cách chức|khai trừ"
    r"|giải tán|nữ|nam|dân tộc|tôn giáo|nhiệm vụ[”\"]?:?|xuất sắc|tốt|khá|trung bình|yếu|kém)"
)
_STOPS = re.compile(r" ?(?:[,;.()\n:…]|\Z|$)")


_SCALES = {key(word): worth for word, worth in tokens.SCALES.items()}


def numeral(text: str, is_percent: bool = False) -> tuple[Decimal, int] | None:
    """Return the value of `text` as a report prints numbers, and its printed decimals; None where it is doubtful.

    A dot before three digits parts thousands; a comma before one or two digits begins decimals, before three only of
    a percentage (section 2: "else ask"), for 2,120 may be the English 2120. Leading zeros are style.
    """
    if text.isdigit():
        return Decimal(text), 0
    if found := _THOUSANDS.fullmatch(text):
        return Decimal(found[1].replace(".", "") + (f".{found[2]}" if found[2] else "")), len(found[2] or "")
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", "")), 0
    if found := _DECIMAL.fullmatch(text):
        if len(found[2]) == 3 and not is_percent and found[1].strip("0"):
            return None
        return Decimal(f"{found[1]}.{found[2]}"), len(found[2])
    return None


def of_figure(scene: Scene, token: Token) -> Item:
    """Return what is left: how much of something, if a percent sign, a noun or its place says so; else unknown."""
    unknown = Item(token.start, token.end, NumberKind.UNKNOWN)
    percent = PERCENT.match(scene.low, token.end)
    end = percent.end() if percent else token.end
    item = Item(token.start, end, NumberKind.FIGURE, is_percent=percent is not None)
    if found := RATIO.fullmatch(token.text):
        top, bottom = numeral(found[1]), numeral(found[2])
        if percent or top is None or bottom is None:
            return unknown
        item.form, item.value, item.second = "ratio", top[0], bottom[0]
        item.unit = _noun(scene, end)
        return item
    if found := RANGE.fullmatch(token.text):
        low, high = numeral(found[1], item.is_percent), numeral(found[2], item.is_percent)
        item.unit = _noun(scene, end)
        if low is None or high is None or low[0] >= high[0] or not (percent or item.unit):
            return unknown
        item.form, item.value, item.second, item.places = "range", low[0], high[0], max(low[1], high[1])
        return item
    value = numeral(token.text, item.is_percent)
    if value is None:
        return unknown
    item.form, (item.value, item.places) = "percent" if percent else "count", value
    if percent:
        item.unit = _noun(scene, end)
        if item.unit and item.unit[0] - end < 2 and scene.low[slice(*item.unit)] in _PLANS:
            item.unit = None
        return item
    if (groups := _SPACED_GROUPS.match(scene.low, end)) and re.fullmatch(r"[1-9]\d{0,2}", token.text):
        item.value = Decimal(token.text + groups[1].replace(" ", ""))
        item.end = end = groups.end()
    if scale := _SCALE.match(scene.low, end):
        worth = 10 if scale[1] == key("chục") else _SCALES[scale[1]]
        counted = nouns.unit(scene.low, scale.end()) or nouns.any_noun(scene.low, scene.text, scale.end())
        if counted or scale[1] in _COUNTING:
            value_now = item.value * worth
            item.value = Decimal(int(value_now)) if value_now == int(value_now) else value_now
            item.end, item.unit, item.places = scale.end(), counted, 0
            return item
    item.unit = _noun(scene, end)
    lead = scene.before(token)
    if item.unit or _LINKED.match(scene.low, end):
        return item
    if _STOPS.match(scene.low, end) and (lead.endswith((":", "+", "”", "≥", ">", "<", "≤")) or _STATED.search(lead)):
        return item
    capital = re.compile(r" ([^\W\d_]+(?: [^\W\d_]+){0,3})").match(scene.text, end)
    if capital and _GIVEN.search(lead):
        item.unit = capital.span(1)
        return item
    if _QUOTED.match(scene.text, end) and _MADE.search(lead):
        return item
    if _STOPS.match(scene.low, end) and "(" in lead and ")" not in lead[lead.rindex("(") :] and lead[-1:].isalpha():
        return item
    return unknown


_LINKED = re.compile(styled(r" ?(?:(?:đến|tới|-) ?\d|(?:trong|trên|/)(?: tổng)?(?: số)?(?: là)? \d)"))
_PLANS = frozenset(map(key, ("kế hoạch", "chỉ tiêu", "nghị quyết", "dự toán", "mục tiêu", "dự toán tỉnh")))
_COUNTING = frozenset(map(key, ("nghìn", "ngàn", "vạn", "trăm", "chục")))
_GIVEN = ends(
    r"(?:tặng|trao|có|cho|được|là|gồm|và|với|xây dựng|tổ chức|nhận|thăm|truy tặng|đề nghị|cấp|phong tặng|nuôi"
    r"|phụng dưỡng)"
)
_QUOTED = re.compile(r" [“\"‘]\w")  # "xây 14 “Mái ấm công đoàn”"
_MADE = ends(
    r"(?:xây|xây mới|xây dựng|sửa|sửa chữa|hỗ trợ|bàn giao|khánh thành|tặng|trao|làm|có|mở|thành lập|ra mắt|duy trì"
    r"|tổ chức|được|thêm)"
)


def _noun(scene: Scene, place: int) -> tuple[int, int] | None:
    return nouns.unit(scene.low, place) or nouns.any_noun(scene.low, scene.text, place)

"""What a figure says of its number: that it is it, more, less, about it (section 2 of the genre's grammar)."""

import re

from .normalising import key, styled

_MID = r"(?: (?:là|đạt|có|khoảng|được))?"
_BEFORE = tuple(
    (sign, re.compile(rf"(?<!\w)(?:{styled(words)}){styled(_MID)} ?\Z"))
    for sign, words in (
        ("<=", r"không quá|không vượt quá|không vượt|không hơn|không trên|tối đa|nhiều nhất|cao nhất"),
        (">=", r"ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|không kém|thấp nhất|đạt và vượt"),
        ("<", r"dưới|chưa đến|chưa tới|chưa đầy|không đến|không tới|thấp hơn|ít hơn|nhỏ hơn"),
        ("~", r"trên dưới|khoảng|vào khoảng|chừng|ước chừng|ước khoảng|ước tính|ước đạt|ước|xấp xỉ|tầm"),
        ("~<", r"gần bằng|gần|ngót|non|suýt soát"),
        (">", r"trên|hơn|vượt|vượt trên|vượt quá|quá|cao hơn|lớn hơn|nhiều hơn"),
    )
)
# The highest of some, and no bound: "đơn vị cao nhất đạt 98%".
_REACHED = (key("cao nhất đạt"), key("thấp nhất đạt"), key("nhiều nhất đạt"))
_SIGNS = re.compile(r"(≥|>=|≤|<=|>|<|≈|~) ?\Z")
_SIGNED = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "<": "<", "≈": "~", "~": "~"}
_BEHIND = re.compile(styled(r"((?: [^\W\d_]+[,]?){0,10}?) ?\(?(trở lên|trở xuống|trở đi)\b\)?"))
# "hoàn thành tốt nhiệm vụ trở lên" is that rating or a better one: no bound of a number.
_OF_A_RATING = re.compile(
    styled(r"(?:nhiệm vụ|tốt|khá|xuất sắc|trung bình|loại \w+|cấp \w+|tuổi|\d năm|đại học|trung cấp|thạc sĩ)\Z")
)
_PLACES = re.compile(
    styled(
        r"(?:các )?(?:lĩnh vực|mặt|phương diện|nền tảng|trang|địa bàn|kênh|tuyến|khâu|sóng"
        r"|báo)\b"
    )
)
_CHANGE = re.compile(
    styled(
        r"(?<!\w)(?:tăng|giảm|vượt|cao hơn|thấp hơn|thiếu|hụt)(?: (?:thêm|khoảng|trên|hơn|gần"
        r"|so với [^,;.]{1,30}|kế hoạch|chỉ tiêu))* ?\Z"
    )
)


def comparator(
    low: str, start: int, end: int, unit: tuple[int, int] | None, is_range: bool = False
) -> tuple[str, int, int]:
    """Return the comparator of the figure at (start, end) and the figure's span with the words that say it.

    "trở lên" and "trở xuống" may follow the noun ("120 đảng viên trở lên"); "từ" before them belongs to them.
    """
    if is_range:
        found = re.compile(styled(r"(?<!\w)từ(?: khoảng)? ?\Z")).search(low, max(0, start - 12), start)
        return "range", found.start() if found else start, end
    behind = _behind(low, start, end, unit)
    if behind:
        sign, stop = behind
        found = re.compile(styled(r"(?<!\w)(?:từ|đạt từ) ?\Z")).search(low, max(0, start - 8), start)
        return sign, found.start() if found else start, stop
    lead = max(0, start - 24)
    if found := _SIGNS.search(low, lead, start):
        return _SIGNED[found[1]], found.start(), end
    for sign, pattern in _BEFORE:
        found = pattern.search(low, lead, start)
        if found is None:
            continue
        words = found[0].strip()
        if words == key("đạt và vượt") and "/" in low[start:end]:
            return "=", start, end  # so many of so many are both reached and passed
        if words == key("trên") and unit and _PLACES.match(low, unit[0]):
            return "=", start, end
        if words == key("vượt") and (is_plan(low, end) or (unit and is_plan(low, unit[0] - 1))):
            return "=", start, end
        if words in _REACHED:
            return "=", start, end
        return sign, found.start(), end
    return "=", start, end


def _behind(low: str, start: int, end: int, unit: tuple[int, int] | None) -> tuple[str, int] | None:
    number_end = min(end, unit[0]) if unit and unit[0] > start else end
    for place in (number_end, end):
        while place > start and low[place - 1] == " ":
            place -= 1
        found = _BEHIND.match(low, place, place + 90)
        if found and not _OF_A_RATING.search(found[1].rstrip()) and "(" not in found[1]:
            if found[2] == key("trở đi"):
                return None
            return (">=" if found[2] == key("trở lên") else "<="), max(end, found.end())
    return None


def is_plan(low: str, end: int) -> bool:
    """Return whether a plan stands behind the number that ends at `end`."""
    return (
        re.compile(styled(r" ?(?:so với )?(?:kế hoạch|chỉ tiêu|nghị quyết|dự toán|mục tiêu)")).match(low, end)
        is not None
    )


def is_change(low: str, start: int) -> bool:
    """Return whether the number at `start` says how much more or less: "tăng 5%", "vượt 12% kế hoạch"."""
    return _CHANGE.search(low, max(0, start - 48), start) is not None

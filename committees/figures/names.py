"""Numbers that are part of a name."""

import re

from . import nouns
from .figure import NumberKind
from .normalising import styled
from .scene import Item, Scene, begins, ends
from .times import HOUR
from .tokens import Token

_GLUED = re.compile(r"[^\W\d_]+-?\Z")
_GMT = ends(r"(?:gmt|utc) ?[+-]?")
_LETTERS = re.compile(r"[^\W\d_]+")
_MEASURE = re.compile(styled(r"(?:ha|kg|km|m|tấn|tạ|tỷ|tr|triệu|đ|đồng|lít|g|đ/c|đv|ng)(?!\w)"))


def of_glued(scene: Scene, token: Token) -> Item | None:
    """A name that a number is a part of: Covid-19, A1, K54, m2, 5K, 4G. A small word that lost its blank is none."""
    start, end = token.start, token.end
    lead = scene.text[max(0, start - 14) : start]
    if _GMT.search(scene.before(token)):
        return Item(start, end, NumberKind.TIME)
    if found := _GLUED.search(lead):
        word = found[0].rstrip("-")
        if found[0] in ("m", "km", "cm", "dm", "mm"):
            return Item(start, end, NumberKind.NAME)
        if "-" in found[0] or not word.islower() or len(word) == 1:
            return Item(start, end, NumberKind.NAME)
    if _ends_covid.search(scene.before(token)):
        return Item(start, end, NumberKind.NAME)
    if (found := _LETTERS.match(scene.text, end)) and token.text.isdigit():
        if HOUR.match(scene.low, start) or _MEASURE.match(scene.low, end):
            return None
        if len(found[0]) <= 2 and (found[0].isupper() or found[0] in ("a", "b", "c", "h", "d", "x")):
            return Item(start, found.end(), NumberKind.NAME)
    return None


_ends_covid = ends(r"covid ?-?|sars-?cov ?-?|iso|qcvn|tcvn|windows|office|vtv|fifa|asean ?\+?|g|cop ?-?")
_NAMED = ends(
    r"(?:chi bộ|đảng bộ|chi đoàn|chi hội|tổ|khối|khóm|khu phố|khu|thôn|ấp|bản|buôn|xóm|đội|phường|quận|quốc lộ"
    r"|tỉnh lộ|hương lộ|đường tỉnh|đường|ngõ|hẻm|ban chỉ đạo"
    r"|bcđ|nhóm|cụm|cụm thi đua|tiểu đoàn|trung đoàn|sư đoàn|đại đội|lữ đoàn|binh đoàn|quân khu|quân đoàn"
    r"|trường|công ty|xí nghiệp|nhà máy|km|tổ dân phố|tổ nhân dân"
    r"|tổ tự quản|hội trường|phòng|lô|kênh|tuyến|trạm|kho|cửa hàng|vùng|khu vực|điểm|đồn|hải đội|tàu|xưởng|cầu"
    r"|cảng|bệnh viện|lớp|block|tòa|nhà|ca|thửa|tờ bản đồ"
    r"|lực lượng|mũi|tuần|đề|ô|nhánh|tốp|đề mục|lượng|chương trình|đề án|dự án|phong trào|bản số|cổ phần"
    r"|thủy điện|xây dựng|nông trường|viện"
    r"|học viện|sông đà|dầu khí)(?: số)?"
)
_SLOGAN = begins(
    r"(?:tại chỗ|không|sạch|rõ|tốt|nhất|cùng|biết|giỏi|có|xung kích|bám|tăng|giảm|tự|dám|đúng|vững|chung"
    r"|trong 1|trong một|trách nhiệm|k|s|xanh|an|nên|cần|nhà|phải|hóa|ba)"
    r"(?: ?,? ?(?:\d|”|\"|'))|tại chỗ|(?:không|có|tốt|rõ|nhất|cùng|bám|biết|giỏi|dám|tự)”|không,? \d sạch|rõ,"
)
_SLOGANED = ends(
    r"(?:phương châm|mô hình|phong trào|cuộc vận động|nguyên tắc|phương án|thực hiện|tiêu chí|gia đình|chi bộ"
    r"|thông điệp|phương pháp|chủ trương)(?: “| \"|:)?"
)
_QUOTE = re.compile(r"[“\"‘'] ?\Z")
_SO = ends(r"(?<!tổng )(?<!trong )(?<!một )số")


def of_name(scene: Scene, token: Token) -> Item | None:
    """Names that a number is part of: Chi bộ 6, Ban Chỉ đạo 35, "4 tại chỗ", Trường THPT số 2 (section 2)."""
    if not token.text.isdigit():
        return None
    before = scene.before(token)
    if _SLOGAN.match(scene.low, token.end) and (
        _QUOTE.search(before) or _SLOGANED.search(before) or _follows_slogan(scene, token)
    ):
        return Item(token.start, token.end, NumberKind.NAME)
    if _TAI_CHO.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.NAME)
    if before.endswith(("“", "‘")) and _QUOTED.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.NAME)
    if _follows_slogan(scene, token) and _QUOTED.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.NAME)
    if nouns.unit(scene.low, token.end) is not None:
        return None
    if _NAMED.search(before) or _SO.search(before):
        return Item(token.start, token.end, NumberKind.NAME)
    if scene.last(token, NumberKind.NAME) and not nouns.any_noun(scene.low, scene.text, token.end):
        return Item(token.start, token.end, NumberKind.NAME)
    if _QUOTE.search(before) and not nouns.any_noun(scene.low, scene.text, token.end):
        return Item(token.start, token.end, NumberKind.NAME)
    return None


_QUOTED = re.compile(r"[^“”\n]{1,40}”")


def _follows_slogan(scene: Scene, token: Token) -> bool:
    """Return whether it goes on with a slogan of numbers, inside the same quotation: “3 xây, 3 chống”."""
    last = scene.items[-1] if scene.items else None
    if last is None or last.kind is not NumberKind.NAME or token.start - last.end >= 24:
        return False
    return "”" not in scene.low[last.end : token.start]


_TAI_CHO = begins(r"tại chỗ")

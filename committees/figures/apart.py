"""Numbers that are of the page and not of its text: addresses and counters."""

import re
from bisect import bisect_right

from .figure import NumberKind
from .normalising import styled
from .scene import Item, Scene, begins, ends
from .tokens import Token

_COUNTER = re.compile(
    styled(
        r"(?:đang (?:online|truy cập|xem)|online|hôm nay|hôm qua|trong tuần|trong tháng|trong năm|tuần này"
        r"|tháng (?:này|trước)|năm nay"
        r"|tất cả|tổng(?: số)?(?: lượt)?(?: truy cập)?|(?:số )?lượt (?:truy cập|xem|đọc)|đã xem"
        r"|khách(?: online)?|thành viên(?: online)?"
        r"|visitors?|views?|total|today|yesterday|this week|this month)"
    )
)
_ALONE = re.compile(r"[ \t•*-]*[\d., ]+")


def of_address(scene: Scene, token: Token) -> Item | None:
    """Web and e-mail addresses (section 1: a slug's digits are no figures), telephones, postal numbers."""
    index = bisect_right(scene.zones, (token.start, len(scene.low))) - 1
    if index >= 0 and scene.zones[index][1] > token.start:
        return Item(token.start, min(token.end, scene.zones[index][1]), NumberKind.ADDRESS)
    if _PHONE_BEFORE.search(scene.before(token)) or _PHONE.match(scene.low, token.start):
        return Item(token.start, token.end, NumberKind.ADDRESS)
    previous = scene.items[-1] if scene.items else None
    if (
        previous
        and previous.kind is NumberKind.ADDRESS
        and _PHONE_GAP.fullmatch(scene.low[previous.end : token.start][:9])
    ):
        return Item(token.start, token.end, NumberKind.ADDRESS)
    if _STREET.match(scene.low, token.end) and _NUMBER_OF.search(scene.before(token)):
        return Item(token.start, token.end, NumberKind.ADDRESS)
    return None


_PHONE_BEFORE = ends(
    r"(?:điện thoại|đt|sđt|đtdđ|hotline|fax|tel|số máy|đường dây nóng|số tài khoản|stk|tài khoản|mã số thuế|mst"
    r"|cccd|cmnd|zalo|mã số)"
    r"(?: số)? ?[:.]? ?[(+]{0,2}"
)
_PHONE = re.compile(r"\(?(?:0\d{9,10}|0\d{2,3}\)?[ .-]\d{3,4}[ .-]?\d{3,4}(?:[ .-]\d{1,4})?)(?!\d)")
_PHONE_GAP = re.compile(r"[ .)-]{1,2}")
_STREET = begins(r"(?:,? ?(?:đường|phố|ngõ|hẻm|ngách|đại lộ)\b)")
_NUMBER_OF = ends(r"số(?: nhà)?|địa chỉ:?")


_READS = ends(r"(?:số )?lượt (?:xem|đọc|truy cập) ?:|đã (?:xem|đọc) ?:|bình luận ?\(|trang")


def of_furniture(scene: Scene, token: Token) -> Item | None:
    """Counters of the page and a number alone on its line (section 1: a bare `2,120`, `• Đang online: 6`)."""
    if _READS.search(scene.before(token)):
        return Item(token.start, token.end, NumberKind.FURNITURE)
    start = scene.low.rfind("\n", max(0, token.start - 60), token.start) + 1
    if token.start - start > 60 or (start == 0 and token.start > 60):
        return None
    end = scene.low.find("\n", token.end, token.end + 24)
    line_end = len(scene.low) if end < 0 and len(scene.low) - token.end < 24 else end
    if line_end < 0:
        return None
    line = scene.low[start:line_end].strip(" •*-+\t|")
    head = re.split(r" ?:? ?\d", line, maxsplit=1)[0]
    tail = line[len(head) :].lstrip(" :")
    if (
        not _ALONE.fullmatch(tail)
        or (head and not _COUNTER.fullmatch(head))
        or (head and ":" not in line and len(tail) < 4)
    ):
        return None
    if not head and not re.fullmatch(r"\d{1,3}(?:[., ]\d{3})+|\d+", tail):
        return None
    place = scene.low.rfind(tail, start, line_end)
    return Item(token.start, max(token.end, place + len(tail.rstrip())), NumberKind.FURNITURE)

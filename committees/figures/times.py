"""Numbers of days, hours, years and of how long something took."""

import re

from . import nouns
from .figure import NumberKind
from .normalising import styled
from .scene import QUANTITY, Item, Scene, begins, ends
from .tokens import Token

_DAY_MONTH = re.compile(r"(\d{1,2})([/.-])(\d{1,2})")
_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:1[89]|20)\d\d|\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})([/.-])((?:1[89]|20)\d\d)")
DAYS_MONTH = re.compile(r"(\d{1,2})-(\d{1,2})([/.])(\d{1,2})(?:\3(?:19|20)\d\d)?")
DATES = re.compile(r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?-\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?")
YEARS = re.compile(r"((?:1[89]|20)\d\d)[-/]((?:1[89]|20)\d\d|\d\d)")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?!\d)")
HOUR = re.compile(
    styled(r"\d{1,2}(?:h\d{0,2}(?!\w)| ?giờ(?! (?:công|học|làm|lao|tình|giảng|bay|tiết))(?: ?\d{1,2}(?: ?phút)?)?)")
)


def of_clock(scene: Scene, token: Token) -> Item | None:
    """Times of day: 10:54, 7h30, 07 giờ 30 (section 3)."""
    if found := _CLOCK.fullmatch(token.text):
        return Item(token.start, token.end, NumberKind.TIME)
    if token.text.isdigit() and int(token.text[:3]) <= 24 and (found := HOUR.match(scene.low, token.start)):
        return Item(token.start, found.end(), NumberKind.TIME)
    if token.text in ("24/24", "24/7"):
        return Item(token.start, token.end, NumberKind.TIME)
    return None


def date_like(text: str) -> bool:
    """Return whether `text` is of a date's form, with a day and a month that there are."""
    if found := _DATE.fullmatch(text):
        return _day(found[1], found[3])
    if found := _DAY_MONTH.fullmatch(text):
        return _day(found[1], found[3])
    if found := _MONTH_YEAR.fullmatch(text):
        return 1 <= int(found[1]) <= 12
    if found := DAYS_MONTH.fullmatch(text):
        return _day(found[1], found[4]) and _day(found[2], found[4])
    return DATES.fullmatch(text) is not None


def _day(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


_SESSION = ends(
    r"(?:(?:từ |đến |trước |sau |hết |tính đến |kể từ |vào |trong )?(?:ngày|sáng|chiều|tối|trưa|đêm|hôm|mùng"
    r"|mồng|rằm)(?: ngày)?"
    r"|(?:sáng|chiều|tối|hôm) (?:nay|qua),?|dịp|đợt|lễ|kỷ niệm|quốc khánh|truyền thống|cách mạng tháng tám"
    r"|ngày lễ lớn)[ (:]*"
)
_UNTIL = ends(r"(?:đến|tới|từ|trước|sau|hết|tính đến|vào|lúc|chốt|giờ ngày)(?: hết)?")
_BOUND_BY = ends(r"(?:trước|sau|hết)")
_MONTH = ends(r"(?:tháng|từ tháng|đến tháng|t)(?: giêng| chạp)?")


def of_day(scene: Scene, token: Token) -> Item | None:
    """Days and months. `d/m` before a unit is a ratio, after a session or before a comma a date (section 2).

    Between the two, what no unit follows and what can be a day is a day: a date is never made a ratio.
    """
    item = Item(token.start, token.end, NumberKind.DATE)
    before = scene.before(token)
    if (
        _MONTH.search(before)
        and not _TIMES.match(scene.low, token.end)
        and ((token.text.isdigit() and int(token.text[:4]) <= 12) or _MONTH_YEAR.fullmatch(token.text))
    ):
        return item
    if token.text.isdigit():
        if int(token.text[:4]) > 31 or nouns.unit(scene.low, token.end):
            return None
        if _SESSION.search(before) or (
            scene.last(token, NumberKind.DATE) and not nouns.any_noun(scene.low, scene.text, token.end)
        ):
            return item
        return item if _UNTIL.search(before) and _TO_DATE.match(scene.low, token.end) else None
    if not date_like(token.text):
        return None
    if _DATE.fullmatch(token.text) or DATES.fullmatch(token.text) or _MONTH_YEAR.fullmatch(token.text):
        return item
    if _SESSION.search(before) or scene.last(token, NumberKind.DATE):
        return item
    if DAYS_MONTH.fullmatch(token.text):
        return item
    if "/" not in token.text or nouns.unit(scene.low, token.end):
        return None
    top, bottom = token.text.split("/")
    if _OF_WHOLE.match(scene.low, token.end) and int(top) <= int(bottom) and not _BOUND_BY.search(before):
        return None
    if _UNTIL.search(before):
        return item
    if QUANTITY.search(before) and int(top) <= int(bottom):
        return None
    if nouns.any_noun(scene.low, scene.text, token.end) and int(top) <= int(bottom):
        return None
    return item


_TIMES = begins(r"lần")
_TO_DATE = re.compile(styled(r" ?(?:đến|-|tới)(?: ngày)? ?\d{1,2}[/.-]\d{1,2}"))
_OF_WHOLE = re.compile(styled(r" ?(?:\(\d|(?:tổng )?số\b)"))
_NAMED_YEAR = ends(
    r"(?:năm|năm:|xuân|tết|đầu năm|cuối năm|mùa xuân|vụ|niên vụ|năm học|từ|đến|giai đoạn|nhiệm kỳ|sinh|trước"
    r"|sau|cùng kỳ|worldcup|sea games|kế hoạch"
    r"|(?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) (?:tý|sửu|dần|mão|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi)),? ?-?"
)


def of_year(scene: Scene, token: Token) -> Item | None:
    """Years, and periods of years (section 3): năm 2022, Nhâm Dần 2022, nhiệm kỳ 2020-2025, giai đoạn 2017-2020."""
    if found := YEARS.fullmatch(token.text):
        if len(found[2]) == 2 and not (_NAMED_YEAR.search(scene.before(token)) and int(found[1][2:]) < int(found[2])):
            return None
        if "/" in token.text and int(found[1]) >= int(found[2][-4:] if len(found[2]) == 4 else found[1][:2] + found[2]):
            return None
        return Item(token.start, token.end, NumberKind.PERIOD)
    if not _YEAR.fullmatch(token.text):
        return None
    if _NAMED_YEAR.search(scene.before(token)) or scene.last(
        token, NumberKind.YEAR, NumberKind.PERIOD, NumberKind.DATE
    ):
        return Item(token.start, token.end, NumberKind.YEAR)
    unit = nouns.unit(scene.low, token.end)
    if (unit and scene.text[unit[0]].islower()) or (
        nouns.any_noun(scene.low, scene.text, token.end) and QUANTITY.search(scene.before(token))
    ):
        return None
    return Item(token.start, token.end, NumberKind.YEAR)


_AGES = re.compile(styled(r"(?: ?(?:,|và|-|hoặc|đến) ?\d{2}){0,8}(?: năm)? tuổi(?: đảng|\b)"))
_BADGE = ends(
    r"huy hiệu(?: đảng)?(?: loại)?(?: cao quý)?(?: \d{2} ?(?:,|và) ?)*"
    r"|huy hiệu(?: đảng)? \d{2} năm(?: tuổi đảng)?(?:,| và)"
)
_SINCE = begins(
    r"năm (?:kể từ )?(?:ngày|thành lập|truyền thống|chiến thắng|giải phóng|cách mạng|đại thắng|tái lập|xây dựng"
    r"|phong trào|hiệp định|khởi nghĩa)"
)
_KEPT = ends(r"kỷ niệm(?: lần thứ)?|chào mừng|mừng|lễ kỷ niệm|hướng tới(?: kỷ niệm)?")
_STREAK = begins(
    r"năm,? ?(?:liền|liên tục|liên tiếp|qua|gần đây|trở lại đây|nay|trước đó)|năm trở lên|nhiệm kỳ (?:liền"
    r"|liên tiếp|qua)|tháng (?:liền|liên tục|liên tiếp)"
)
_SPAN = begins(
    r"(?:năm|tháng|ngày|tuần|tuần lễ|quý|thập kỷ|thế kỷ|nhiệm kỳ|ngày đêm|năm học|giây|học kỳ|mùa)(?! (?:công|lao))"
)
_MEAN = ends(r"(?:bình quân|trung bình)(?: là| đạt| chung)?(?: khoảng| trên| dưới)?")


def of_duration(scene: Scene, token: Token) -> Item | None:
    """Spans of time: 9 tháng, 5 năm liền, 133 năm ngày sinh, and the ages that badges are given for (section 2)."""
    before = scene.before(token)
    if _WRITTEN_OUT.match(scene.low, token.end) and _DAY_OR_MONTH.search(before):
        return None
    if _AGED.search(before) and token.text.isdigit():
        return Item(token.start, token.end, NumberKind.LEVEL)
    if _NTH.search(before):
        kept = _KEPT_DAY.match(scene.low, token.end)
        return Item(token.start, token.end, NumberKind.ANNIVERSARY) if kept else None
    if token.sort == "digits" and not re.fullmatch(r"\d{1,4}(?:[.,]\d|-\d{1,2})?", token.text):
        return None
    if len(token.text) <= 5 and token.sort == "digits":
        if _AGES.match(scene.low, token.end) and not _MEAN.search(scene.before(token)) and "," not in token.text:
            return Item(token.start, token.end, NumberKind.LEVEL)
        if len(token.text) == 2 and _of_a_badge(scene, token):
            return Item(token.start, token.end, NumberKind.LEVEL)
        if len(token.text) == 2 and _BADGE.search(scene.before(token)) and not nouns.unit(scene.low, token.end):
            return Item(token.start, token.end, NumberKind.LEVEL)
    if _SINCE.match(scene.low, token.end) or (
        _KEPT.search(scene.before(token)) and _begins_years.match(scene.low, token.end)
    ):
        return Item(token.start, token.end, NumberKind.ANNIVERSARY)
    if _STREAK.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.STREAK)
    if _SPAN.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.PERIOD)
    return None


_WRITTEN_OUT = re.compile(styled(r" (?:tháng|năm) \d"))
_DAY_OR_MONTH = ends(r"ngày|tháng|mùng|mồng")
_AGED = ends(r"độ tuổi(?: từ)?|tuổi từ")
_NTH = ends(r"lần thứ")
_KEPT_DAY = begins(r"(?:năm )?ngày")


def _of_a_badge(scene: Scene, token: Token) -> bool:
    """Return whether it goes on with a list of badges: "12 đồng chí Huy hiệu 30 năm, 8 đồng chí 40 năm"."""
    last = scene.items[-1] if scene.items else None
    told = any(item.kind is NumberKind.LEVEL for item in scene.items[-3:-1])
    return bool(
        told and last and last.unit and last.unit[1] == token.start - 1 and _begins_years.match(scene.low, token.end)
    )


_begins_years = begins(r"năm(?! (?:19|20))")


def span_of(scene: Scene, token: Token) -> Item | None:
    if _SINCE.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.ANNIVERSARY)
    if _STREAK.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.STREAK)
    if _SPAN.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.PERIOD)
    return None

"""What each number of a text is: a date, an ordinal, a document's number, a name ... or how much of something."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from . import nouns, tokens
from .figure import NumberKind
from .normalising import Matching, key, styled
from .tokens import Token

# A report has some hundreds of numbers. What stands beyond so many is a dump: its numbers are found, none is read.
MOST = 5_000
_LONGEST = 60  # characters of one run of digits


@dataclass(slots=True)
class Item:
    """A number of a text with its kind, in places of the matching form.

    form: count | ratio | percent | range (`second` is its upper end, `is_percent` of percentages), "" for what is
    no figure. `unit` is the span of the noun behind it, `places` how many decimals are printed.
    """

    start: int
    end: int
    kind: NumberKind
    form: str = ""
    value: Decimal | None = None
    second: Decimal | None = None
    places: int | None = None
    is_percent: bool = False
    unit: tuple[int, int] | None = None


@dataclass(slots=True)
class Scene:
    """A text while its numbers are classified: what stands around a number, and what was found before it."""

    matching: Matching
    low: str
    text: str
    zones: list[tuple[int, int]]
    items: list[Item] = field(default_factory=list)

    def before(self, token: Token, length: int = 56) -> str:
        """Return what stands before `token` on its line, at most `length` characters, its last blanks cut."""
        start = max(self.low.rfind("\n", max(0, token.start - length), token.start) + 1, token.start - length, 0)
        return self.low[start : token.start].rstrip(" ")

    def after(self, token: Token, length: int = 56) -> str:
        """Return what stands behind `token`, at most `length` characters, with its first blank."""
        return self.low[token.end : token.end + length]

    def last(self, token: Token, *kinds: NumberKind) -> Item | None:
        """Return the item just before `token` if it is of `kinds` and only a comma, a dash or "và" stands between."""
        if not self.items or self.items[-1].kind not in kinds:
            return None
        between = self.low[self.items[-1].end : token.start]
        return self.items[-1] if len(between) < 14 and _JOINS.fullmatch(between) else None


_JOINS = re.compile(
    styled(r" ?(?:,|-|\+|/|và|hoặc|đến|tới|, và) ?(?:năm|tháng|ngày|quý|khóa|thứ|lần thứ|số|tối|sáng|chiều)? ?")
)
_DAY_MONTH = re.compile(r"(\d{1,2})([/.-])(\d{1,2})")
_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:1[89]|20)\d\d|\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})([/.-])((?:1[89]|20)\d\d)")
_DAYS_MONTH = re.compile(r"(\d{1,2})-(\d{1,2})([/.])(\d{1,2})(?:\3(?:19|20)\d\d)?")
_DATES = re.compile(r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?-\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?")
_YEARS = re.compile(r"((?:1[89]|20)\d\d)[-/]((?:1[89]|20)\d\d|\d\d)")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NUMERAL = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*"
_RATIO = re.compile(rf"({_NUMERAL})/({_NUMERAL})")
_RANGE = re.compile(rf"({_NUMERAL})-({_NUMERAL})")
_PERCENT = re.compile(styled(r" ?(?:%|phần trăm\b)"))


def _ends(words: str) -> re.Pattern[str]:
    """Return a pattern that finds one of `words` (a regular expression) at the end of what stands before a number."""
    return re.compile(rf"(?:\A|(?<!\w))(?:{styled(words)})\Z")


def _begins(words: str) -> re.Pattern[str]:
    return re.compile(rf" ?(?:{styled(words)})(?!\w)")


# --- What is no figure, rule by rule -----------------------------------------------------------

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


def _address(scene: Scene, token: Token) -> Item | None:
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


_PHONE_BEFORE = _ends(
    r"(?:điện thoại|đt|sđt|đtdđ|hotline|fax|tel|số máy|đường dây nóng|số tài khoản|stk|tài khoản|mã số thuế|mst"
    r"|cccd|cmnd|zalo|mã số)"
    r"(?: số)? ?[:.]? ?[(+]{0,2}"
)
_PHONE = re.compile(r"\(?(?:0\d{9,10}|0\d{2,3}\)?[ .-]\d{3,4}[ .-]?\d{3,4}(?:[ .-]\d{1,4})?)(?!\d)")
_PHONE_GAP = re.compile(r"[ .)-]{1,2}")
_STREET = _begins(r"(?:,? ?(?:đường|phố|ngõ|hẻm|ngách|đại lộ)\b)")
_NUMBER_OF = _ends(r"số(?: nhà)?|địa chỉ:?")


def _furniture(scene: Scene, token: Token) -> Item | None:
    """Counters of the page and a number alone on its line (section 1: a bare `2,120`, `• Đang online: 6`)."""
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


_GLUED = re.compile(r"[^\W\d_]+-?\Z")
_GMT = _ends(r"(?:gmt|utc) ?[+-]?")
_LETTERS = re.compile(r"[^\W\d_]+")
_MEASURE = re.compile(styled(r"(?:ha|kg|km|m|tấn|tạ|tỷ|tr|triệu|đ|đồng|lít|g|đ/c|đv|ng)(?!\w)"))


def _glued(scene: Scene, token: Token) -> Item | None:
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
        if _HOUR.match(scene.low, start) or _MEASURE.match(scene.low, end):
            return None
        if len(found[0]) <= 2 and (found[0].isupper() or found[0] in ("a", "b", "c", "h", "d", "x")):
            return Item(start, found.end(), NumberKind.NAME)
    return None


_ends_covid = _ends(r"covid ?-?|sars-?cov ?-?|iso|qcvn|tcvn|windows|office|vtv|fifa|asean ?\+?|g|cop ?-?")

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
_TYPED = _ends(_TYPE + r"(?: hành động| chuyên đề| phối hợp| giám sát| kiểm tra| liên tịch| cấp tỉnh)?(?: số)? ?:?")
_TYPED_NUMBER = _ends(_TYPE + r"[^.;,:0-9]{0,20} số ?:?")
_PLENUM = _ends(
    r"(?:nghị quyết|nq|kết luận|hội nghị|hnt[wư]|tinh thần|theo)(?: hội nghị)?(?: ban chấp hành)? (?:trung ương"
    r"|tw|tư|t\.ư)(?: đảng)?(?: lần)?"
)
_ARTICLE = _ends(r"(?:điều|khoản|mục|phụ lục|biểu(?: số)?|mẫu(?: số)?|phần|chương|trang|bảng|hình|câu|bài)")
_NUMBER_TO_COME = re.compile(r"(?: ?(?:,|và|&) ?\d+[a-z]?){0,4} ?(?:,|và|&) ?")


def _document(scene: Scene, token: Token) -> Item | None:
    """Documents (section 8): 21-NQ/TW, 123/QĐ-UBND, Chỉ thị 05, 217, 218-QĐ/TW, Nghị quyết Trung ương 4."""
    if found := _DOCUMENT.match(scene.text, token.start):
        return Item(token.start, max(found.end(), token.end), NumberKind.DOCUMENT)
    before = scene.before(token)
    numbered = before.endswith((key("số"), key("số:")))
    if _TYPED.search(before) and (numbered or nouns.unit(scene.low, token.end) is None) and not _date_like(token.text):
        found = re.compile(r"[a-z]\b").match(scene.low, token.end)
        return Item(token.start, found.end() if found else token.end, NumberKind.DOCUMENT)
    if _TYPED_NUMBER.search(before) or (_PLENUM.search(before) and token.text.isdigit()):
        return Item(token.start, token.end, NumberKind.DOCUMENT)
    if _ARTICLE.search(before) and token.text.isdigit() and not nouns.unit(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.DOCUMENT)
    if token.text.isdigit():
        if scene.last(token, NumberKind.DOCUMENT) and nouns.unit(scene.low, token.end) is None:
            return Item(token.start, token.end, NumberKind.DOCUMENT)
        if (gap := _NUMBER_TO_COME.match(scene.low, token.end)) and (found := _DOCUMENT.match(scene.text, gap.end())):
            return Item(token.start, token.end, NumberKind.DOCUMENT)
    return None


_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?!\d)")
_HOUR = re.compile(
    styled(r"\d{1,2}(?:h\d{0,2}(?!\w)| ?giờ(?! (?:công|học|làm|lao|tình|giảng|bay|tiết))(?: ?\d{1,2}(?: ?phút)?)?)")
)


def _time(scene: Scene, token: Token) -> Item | None:
    """Times of day: 10:54, 7h30, 07 giờ 30 (section 3)."""
    if found := _CLOCK.fullmatch(token.text):
        return Item(token.start, token.end, NumberKind.TIME)
    if token.text.isdigit() and int(token.text[:3]) <= 24 and (found := _HOUR.match(scene.low, token.start)):
        return Item(token.start, found.end(), NumberKind.TIME)
    if token.text in ("24/24", "24/7"):
        return Item(token.start, token.end, NumberKind.TIME)
    return None


def _date_like(text: str) -> bool:
    """Return whether `text` is of a date's form, with a day and a month that there are."""
    if found := _DATE.fullmatch(text):
        return _day(found[1], found[3])
    if found := _DAY_MONTH.fullmatch(text):
        return _day(found[1], found[3])
    if found := _MONTH_YEAR.fullmatch(text):
        return 1 <= int(found[1]) <= 12
    if found := _DAYS_MONTH.fullmatch(text):
        return _day(found[1], found[4]) and _day(found[2], found[4])
    return _DATES.fullmatch(text) is not None


def _day(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


_SESSION = _ends(
    r"(?:(?:từ |đến |trước |sau |hết |tính đến |kể từ |vào |trong )?(?:ngày|sáng|chiều|tối|trưa|đêm|hôm|mùng"
    r"|mồng|rằm)(?: ngày)?"
    r"|(?:sáng|chiều|tối|hôm) (?:nay|qua),?|dịp|lễ|kỷ niệm|quốc khánh|truyền thống|cách mạng tháng tám"
    r"|ngày lễ lớn)[ (:]*"
)
_UNTIL = _ends(r"(?:đến|tới|từ|trước|sau|hết|tính đến|vào|lúc|chốt|giờ ngày)(?: hết)?")
_MONTH = _ends(r"(?:tháng|từ tháng|đến tháng|t)(?: giêng| chạp)?")
_QUANTITY = _ends(
    r"(?:hoàn thành|đạt|chiếm|có|tổng số|được|cho|chỉ đạo|với|gồm|của|tại|kết quả,?|là|bằng|hơn|gần|trên|quá)"
)


def _date(scene: Scene, token: Token) -> Item | None:
    """Days and months. `d/m` before a unit is a ratio, after a session or before a comma a date (section 2).

    Between the two, what no unit follows and what can be a day is a day: a date is never made a ratio.
    """
    item = Item(token.start, token.end, NumberKind.DATE)
    before = scene.before(token)
    if _MONTH.search(before) and (
        (token.text.isdigit() and int(token.text[:4]) <= 12) or _MONTH_YEAR.fullmatch(token.text)
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
    if not _date_like(token.text):
        return None
    if _DATE.fullmatch(token.text) or _DATES.fullmatch(token.text) or _MONTH_YEAR.fullmatch(token.text):
        return item
    if _SESSION.search(before) or scene.last(token, NumberKind.DATE):
        return item
    if _DAYS_MONTH.fullmatch(token.text):
        return item
    if "/" not in token.text or nouns.unit(scene.low, token.end) or _OF_WHOLE.match(scene.low, token.end):
        return None
    top, bottom = token.text.split("/")
    if _UNTIL.search(before):
        return item
    if _QUANTITY.search(before) and int(top) <= int(bottom):
        return None
    if nouns.any_noun(scene.low, scene.text, token.end) and int(top) <= int(bottom):
        return None
    return item


_TO_DATE = re.compile(styled(r" ?(?:đến|-|tới)(?: ngày)? ?\d{1,2}[/.-]\d{1,2}"))
_OF_WHOLE = re.compile(styled(r" ?(?:\(\d|(?:tổng )?số\b)"))

_QUARTER = _ends(r"quý|các quý|qúy")
_TERM = _ends(r"(?:khóa|nhiệm kỳ|nhiệm kỳ thứ|khoá thứ|nhiệm kỳ khóa)")
_ORDINAL = _ends(
    r"(?:lần thứ|lần|thứ|kỳ thứ|kỳ họp|đợt|vòng|hạng|giải|quyển|tập|giai đoạn|phiên|kỳ|bước|cấp độ|mức độ"
    r"|đại hội|tầng|lớp thứ|bậc|cấp|loại|nhóm)"
)
_CONGRESS = _ends(
    r"(?:đại hội|đại hội (?:đảng|xiii|đảng bộ|đại biểu)[^.;,0-9]{0,50}(?:lần|thứ)?|nghị quyết đại hội[^.;,0-9]{0,50})"
)
_HEAD = re.compile(r"[ \t•*-]*\(?\Z")
_HEADED = re.compile(r"(?:[.)/]|\.\d+\.?)(?=\s)|\)")


def _ordinal(scene: Scene, token: Token) -> Item | None:
    """Ordinals of conferences, congresses and rounds, and the numbers that head a list (sections 2, 3, 6)."""
    before = scene.before(token)
    if not token.text.isdigit() and token.sort == "digits":
        heading = re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){1,3}", token.text) and _line_begins(scene, token)
        return (
            Item(token.start, token.end, NumberKind.ORDINAL)
            if heading and not nouns.unit(scene.low, token.end)
            else None
        )
    if _TERM.search(before):
        return Item(token.start, token.end, NumberKind.TERM)
    if _ORDINAL.search(before) and not (
        token.sort == "digits" and nouns.unit(scene.low, token.end) and not _LANTHU.search(before)
    ):
        return Item(token.start, token.end, NumberKind.ORDINAL)
    for kind in (NumberKind.TERM, NumberKind.ORDINAL):
        if (
            scene.last(token, kind)
            and (token.sort == "roman" or not nouns.unit(scene.low, token.end))
            and "(" not in before[-3:]
        ):
            return Item(token.start, token.end, kind)
    if len(token.text) <= 2 and token.sort == "digits":
        if _line_begins(scene, token) and _HEADED.match(scene.low, token.end):
            return Item(token.start, token.end, NumberKind.ORDINAL)
        if (
            before.endswith("(")
            and scene.low[token.end : token.end + 1] == ")"
            and not before.endswith(key("nhiệm vụ ("))
        ):
            return Item(token.start, token.end, NumberKind.ORDINAL)
    return None


_LANTHU = _ends(r"lần thứ|thứ")


def _line_begins(scene: Scene, token: Token) -> bool:
    lead = scene.low[max(0, token.start - 8) : token.start]
    line = lead[lead.rfind("\n") + 1 :]
    return (("\n" in lead) or token.start < 8) and _HEAD.fullmatch(line) is not None


_NAMED_YEAR = _ends(
    r"(?:năm|năm:|xuân|tết|đầu năm|cuối năm|mùa xuân|vụ|niên vụ|năm học|từ|đến|giai đoạn|nhiệm kỳ|sinh|trước"
    r"|sau|cùng kỳ|worldcup|sea games|kế hoạch"
    r"|(?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) (?:tý|sửu|dần|mão|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi)),? ?-?"
)


def _year(scene: Scene, token: Token) -> Item | None:
    """Years, and periods of years (section 3): năm 2022, Nhâm Dần 2022, nhiệm kỳ 2020-2025, giai đoạn 2017-2020."""
    if found := _YEARS.fullmatch(token.text):
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
    if nouns.unit(scene.low, token.end) or (
        nouns.any_noun(scene.low, scene.text, token.end) and _QUANTITY.search(scene.before(token))
    ):
        return None
    return Item(token.start, token.end, NumberKind.YEAR)


_AGES = re.compile(styled(r"(?: ?(?:,|và|-|hoặc|đến) ?\d{2}){0,8}(?: năm)? tuổi(?: đảng|\b)"))
_BADGE = _ends(
    r"huy hiệu(?: đảng)?(?: loại)?(?: cao quý)?(?: \d{2} ?(?:,|và) ?)*"
    r"|huy hiệu(?: đảng)? \d{2} năm(?: tuổi đảng)?(?:,| và)"
)
_SINCE = _begins(
    r"năm (?:kể từ )?(?:ngày|thành lập|truyền thống|chiến thắng|giải phóng|cách mạng|đại thắng|tái lập|xây dựng"
    r"|phong trào|hiệp định|khởi nghĩa)"
)
_KEPT = _ends(r"kỷ niệm(?: lần thứ)?|chào mừng|mừng|lễ kỷ niệm|hướng tới(?: kỷ niệm)?")
_STREAK = _begins(
    r"năm,? ?(?:liền|liên tục|liên tiếp|qua|gần đây|trở lại đây|nay|trước đó)|năm trở lên|nhiệm kỳ (?:liền"
    r"|liên tiếp|qua)|tháng (?:liền|liên tục|liên tiếp)"
)
_SPAN = _begins(
    r"(?:năm|tháng|ngày|tuần|tuần lễ|quý|thập kỷ|thế kỷ|nhiệm kỳ|ngày đêm|năm học|giây|học kỳ|mùa)(?! (?:công|lao))"
)
_MEAN = _ends(r"(?:bình quân|trung bình)(?: là| đạt| chung)?(?: khoảng| trên| dưới)?")


def _duration(scene: Scene, token: Token) -> Item | None:
    """Spans of time: 9 tháng, 5 năm liền, 133 năm ngày sinh, and the ages that badges are given for (section 2)."""
    if token.sort == "digits" and not re.fullmatch(r"\d{1,4}(?:[.,]\d|-\d{1,2})?", token.text):
        return None
    if len(token.text) <= 5 and token.sort == "digits":
        if _AGES.match(scene.low, token.end) and not _MEAN.search(scene.before(token)) and "," not in token.text:
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


_begins_years = _begins(r"năm(?! (?:19|20))")

_NAMED = _ends(
    r"(?:chi bộ|đảng bộ|chi đoàn|chi hội|tổ|khối|khóm|khu phố|khu|thôn|ấp|bản|buôn|xóm|đội|phường|quận|quốc lộ"
    r"|tỉnh lộ|hương lộ|đường tỉnh|đường|ngõ|hẻm|ban chỉ đạo"
    r"|bcđ|nhóm|cụm|cụm thi đua|tiểu đoàn|trung đoàn|sư đoàn|đại đội|lữ đoàn|binh đoàn|quân khu|quân đoàn"
    r"|trường|công ty|xí nghiệp|nhà máy|km|tổ dân phố|tổ nhân dân"
    r"|tổ tự quản|hội trường|phòng|lô|kênh|tuyến|trạm|kho|cửa hàng|vùng|khu vực|điểm|đồn|hải đội|tàu|xưởng|cầu"
    r"|cảng|bệnh viện|lớp|block|tòa|nhà|ca|thửa|tờ bản đồ"
    r"|lực lượng|chương trình|đề án|dự án|phong trào|bản số|cổ phần|thủy điện|xây dựng|nông trường|viện"
    r"|học viện|sông đà|dầu khí)(?: số)?"
)
_SLOGAN = _begins(
    r"(?:tại chỗ|không|sạch|rõ|tốt|nhất|cùng|biết|giỏi|có|xung kích|bám|tăng|giảm|tự|dám|đúng|vững|chung"
    r"|trong 1|trong một|trách nhiệm|k|s|xanh|an|nên|cần|nhà|phải|hóa|ba)"
    r"(?: ?,? ?(?:\d|”|\"|'))|tại chỗ|(?:không|có|tốt|rõ|nhất|cùng|bám|biết|giỏi|dám|tự)”|không,? \d sạch|rõ,"
)
_SLOGANED = _ends(
    r"(?:phương châm|mô hình|phong trào|cuộc vận động|nguyên tắc|phương án|thực hiện|tiêu chí|gia đình|chi bộ"
    r"|thông điệp|phương pháp|chủ trương)(?: “| \"|:)?"
)
_QUOTE = re.compile(r"[“\"‘'] ?\Z")
_SO = _ends(r"(?<!tổng )(?<!trong )(?<!một )số")


def _name(scene: Scene, token: Token) -> Item | None:
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
    if nouns.unit(scene.low, token.end) is not None:
        return None
    if _NAMED.search(before) or _SO.search(before):
        return Item(token.start, token.end, NumberKind.NAME)
    if _QUOTE.search(before) and not nouns.any_noun(scene.low, scene.text, token.end):
        return Item(token.start, token.end, NumberKind.NAME)
    return None


def _follows_slogan(scene: Scene, token: Token) -> bool:
    return bool(scene.items) and scene.items[-1].kind is NumberKind.NAME and token.start - scene.items[-1].end < 24


_TAI_CHO = _begins(r"tại chỗ")


# --- Numbers in words, and Roman numerals ------------------------------------------------------

_ORDINAL_WORD = _ends(r"(?:lần thứ|thứ|hạng|giải|loại)")
_WEEKDAY_BEFORE = _ends(r"(?:sáng|chiều|tối|trưa|ngày|gmt ?\+7\)?,?|\d:\d\d,?|^\W*) ?thứ")
_WEEKDAY_AFTER = re.compile(styled(r",? ?(?:ngày )?\d{1,2}[/.-]\d{1,2}|,? ngày \d"))
_NONE_OF = re.compile(styled(r" (?:có )?(.{2,40}?) nào\b"))
_VAGUE = _ends(
    r"(?:từng|mỗi|hàng|vài|mấy|là|như|thành|trở thành|nào|bất kỳ|cả|dăm|thêm|đôi|chỉ|cùng|theo|cũng là|mang|của"
    r"|nhiều|về|với)"
)
_FIVE = _ends(
    r"(?:trong|cả|hằng|hàng|mỗi|nhiều|cuối|đầu|giữa|qua|các|những|một|chủ đề|kế hoạch|tổng kết|sơ kết|theo|hết"
    r"|nửa|đón|của|quý|\d|[a-z]|\))"
)
_STARTS = re.compile(r"(?:\A|[.;:\n] ?)\Z")


def _in_words(scene: Scene, token: Token) -> Item | None:
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
    if lone and token.text == key("năm"):
        if re.match(styled(r" (?:năm|tháng)\b"), scene.low[place : place + 8]) and not re.match(
            styled(r" năm \d"), scene.low[place : place + 8]
        ):
            return _span_of(scene, token) if not _FIVE.search(before) else None
        if _FIVE.search(before) or not before or not before[-1].isalpha() or nouns.unit(scene.low, place) is None:
            return None
        if not _QUANTITY.search(before):
            return None
    if (
        lone
        and token.text in (key("ba"), key("tư"), key("chín"), key("một"))
        and scene.text[token.start].isupper()
        and before
    ):
        return None
    if (span := _span_of(scene, token)) is not None:
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


_IS = re.compile(styled(r" là\b"))
_ONE_OF_MANY = frozenset(
    map(
        key,
        (
            "phần",
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


def _span_of(scene: Scene, token: Token) -> Item | None:
    if _SINCE.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.ANNIVERSARY)
    if _STREAK.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.STREAK)
    if _SPAN.match(scene.low, token.end):
        return Item(token.start, token.end, NumberKind.PERIOD)
    return None


def _roman(scene: Scene, token: Token) -> Item | None:
    """Roman numerals: quý I, quý I/2022, khóa XII, lần thứ XIV, Đại hội XIII, and those that head a part."""
    before = scene.before(token, 80)
    if _QUARTER.search(before) or (scene.last(token, NumberKind.PERIOD) and scene.items[-1].form == "quarter"):
        found = re.compile(r" ?[/.-] ?(?:19|20)\d\d\b").match(scene.low, token.end)
        return Item(token.start, found.end() if found else token.end, NumberKind.PERIOD, "quarter")
    if (found_kind := _ordinal(scene, token)) is not None:
        return found_kind
    if _CONGRESS.search(before):
        return Item(token.start, token.end, NumberKind.ORDINAL)
    if _line_begins(scene, token) and re.match(r"[.)/]|\s*-\s", scene.low[token.end : token.end + 3]):
        return Item(token.start, token.end, NumberKind.ORDINAL)
    return None


# --- Figures -----------------------------------------------------------------------------------

_THOUSANDS = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}")
_DECIMAL = re.compile(r"(\d+)[,.](\d+)")
_SPACED_GROUPS = re.compile(r"((?: \d{3})+)(?!\d|[.,]\d)")
_SCALE = re.compile(styled(r" ?(nghìn|ngàn|vạn|triệu|tỷ|trăm|chục)(?!\w)(?! (?:đồng|tỷ|usd|đô|triệu))"))
_STATED = _ends(
    r"(?:tăng|giảm|còn|đạt|là|được|có|bằng|tổng số|tổng cộng|gồm|thêm|hơn|gần|khoảng|trên|dưới|tổng|số lượng"
    r"|cộng|khiển trách|cảnh cáo|cách chức|khai trừ"
    r"|giải tán|nữ|nam|dân tộc|tôn giáo|nhiệm vụ[”\"]?:?|xuất sắc|tốt|khá|trung bình|yếu)"
)
_STOPS = re.compile(r" ?(?:[,;.)\n:…]|\Z|$)")


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


def _figure(scene: Scene, token: Token) -> Item:
    """Return what is left: how much of something, if a percent sign, a noun or its place says so; else unknown."""
    unknown = Item(token.start, token.end, NumberKind.UNKNOWN)
    percent = _PERCENT.match(scene.low, token.end)
    end = percent.end() if percent else token.end
    item = Item(token.start, end, NumberKind.FIGURE, is_percent=percent is not None)
    if found := _RATIO.fullmatch(token.text):
        top, bottom = numeral(found[1]), numeral(found[2])
        if percent or top is None or bottom is None:
            return unknown
        item.form, item.value, item.second = "ratio", top[0], bottom[0]
        item.unit = _noun(scene, end)
        return item
    if found := _RANGE.fullmatch(token.text):
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
        return item
    if (groups := _SPACED_GROUPS.match(scene.low, end)) and re.fullmatch(r"[1-9]\d{0,2}", token.text):
        item.value = Decimal(token.text + groups[1].replace(" ", ""))
        item.end = end = groups.end()
    if scale := _SCALE.match(scene.low, end):
        worth = 10 if scale[1] == key("chục") else tokens.SCALES[key_of_scale(scale[1])]
        counted = nouns.unit(scene.low, scale.end()) or nouns.any_noun(scene.low, scene.text, scale.end())
        if counted or scale[1] in _COUNTING:
            item.value = item.value * worth
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
    if _STOPS.match(scene.low, end) and "(" in lead and ")" not in lead[lead.rindex("(") :] and lead[-1:].isalpha():
        return item
    return unknown


_LINKED = re.compile(styled(r" ?(?:(?:đến|tới|-) ?\d|(?:trong|trên|/)(?: tổng)?(?: số)?(?: là)? \d)"))
_COUNTING = frozenset(map(key, ("nghìn", "ngàn", "vạn", "trăm", "chục")))
_GIVEN = _ends(
    r"(?:tặng|trao|có|cho|được|là|gồm|và|với|xây dựng|tổ chức|nhận|thăm|truy tặng|đề nghị|cấp|phong tặng|nuôi"
    r"|phụng dưỡng)"
)


def key_of_scale(word: str) -> str:
    return next(scale for scale in tokens.SCALES if key(scale) == word)


def _noun(scene: Scene, place: int) -> tuple[int, int] | None:
    return nouns.unit(scene.low, place) or nouns.any_noun(scene.low, scene.text, place)


# --- All of it ---------------------------------------------------------------------------------

_Rule = Callable[[Scene, Token], Item | None]
_FIRST_RULES: tuple[_Rule, ...] = (_address, _furniture, _glued)
_OTHER_RULES: tuple[_Rule, ...] = (
    _document, _time, _year, _duration, _date, _ordinal, _name,
)  # fmt: skip


def classify(matching: Matching) -> list[Item]:
    """Return every number of the text with its kind, in order, none inside another."""
    scene = Scene(matching, matching.low, matching.text, tokens.addresses(matching.low))
    done = looked_at = 0
    waiting: deque[Token] = deque()
    source = tokens.find(matching)
    while (token := waiting.popleft() if waiting else next(source, None)) is not None:
        if token.start < done:
            continue
        looked_at += 1
        if looked_at > MOST:
            scene.items.extend(
                Item(found.start(), found.end(), NumberKind.UNKNOWN)
                for found in tokens.digits(matching.low, token.start)
            )
            break
        if token.sort == "words":
            item = _in_words(scene, token)
        elif token.sort == "roman":
            item = _roman(scene, token)
        else:
            token, rest = _whole(scene, token)
            waiting.extend(rest)
            item = _of_digits(scene, token)
        if item is not None:
            scene.items.append(item)
            done = item.end
    return scene.items


def _of_digits(scene: Scene, token: Token) -> Item:
    if len(token.text) > _LONGEST:
        return Item(token.start, token.end, NumberKind.UNKNOWN)
    for rule in _FIRST_RULES:
        if (item := rule(scene, token)) is not None:
            return item
    if not _PERCENT.match(scene.low, token.end):
        if _QUARTER.search(scene.before(token)) and re.fullmatch(r"[1-4](?:[/.-](?:19|20)\d\d)?", token.text):
            return Item(token.start, token.end, NumberKind.PERIOD, "quarter")
        for rule in _OTHER_RULES:
            if (item := rule(scene, token)) is not None:
                return item
    return _figure(scene, token)


_YEAR_AND_STOP = re.compile(r"((?:\d{1,2}/)?(?:\d{1,2}/)?(?:19|20)\d\d)\.(\d.*)")
_HALVES = re.compile(rf"(?:{_NUMERAL})[/-](?:{_NUMERAL})|[\d/.]+-[\d/.]+")


def _whole(scene: Scene, token: Token) -> tuple[Token, list[Token]]:
    """Return the token with its free-standing second half, and what was glued to it by a lost blank.

    "2020 - 2025" and "71 / 75" are one; "năm 2022.100%" is a year, a lost blank, and a percentage.
    """
    if found := _YEAR_AND_STOP.fullmatch(token.text):
        middle = token.start + len(found[1])
        rest = Token(middle + 1, token.end, found[2], "digits")
        return Token(token.start, middle, found[1], "digits"), [rest]
    if len(token.text) < 24 and (half := tokens.spaced_half(scene.low, token.end)) and len(half[2]) < 24:
        joined = f"{token.text}{half[1]}{half[2]}"
        whole = Token(token.start, half.end(), joined, "digits")
        if _YEARS.fullmatch(joined) or _DATES.fullmatch(joined) or _DAYS_MONTH.fullmatch(joined):
            return whole, []
        plain = numeral(token.text) is not None and numeral(half[2], True) is not None
        if plain and (half[1] == "/" or _counts(scene, whole)):
            return whole, []
    return token, []


def _counts(scene: Scene, whole: Token) -> bool:
    if whole.text.replace("-", "").isdigit() and _ORDINAL.search(scene.before(whole)):
        return False
    return bool(_PERCENT.match(scene.low, whole.end) or nouns.unit(scene.low, whole.end))

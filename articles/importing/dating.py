"""The day and the session on which the conference was held, and from what its year follows.

A report says "Sáng 7/4" and leaves the year to its reader. The year is taken, in this order, from: the stamp of the
page; a period of the lead that names its year; one of the title, then of the body; year and month in the address of
the source. The day on which the page was opened never counts. Without any of these the year stays open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from articles.importing.furniture import DAY, MONTHS
from articles.importing.layout import Block, Layout
from articles.importing.passages import Passage, passages
from articles.importing.report import Words
from articles.importing.wording import pattern
from committees.figures.periods import Period, periods_in

SESSIONS = {"sáng": "morning", "chiều": "afternoon", "tối": "evening", "đêm": "evening"}

_DATE = (
    r"(?:m[ùồ]ng\s)?(?P<d>\d{1,2})(?:\s?(?:và|,|-|đến)\s?(?:ngày\s)?\d{1,2})?"
    r"(?:\s?[/.-]\s?(?P<m>\d{1,2})(?:\s?[/.-]\s?(?P<y>(?:19|20)\d\d))?"
    r"|\stháng\s(?P<m2>\d{1,2})(?:\s?(?:,?\snăm|/|-|\.)\s?(?P<y2>(?:19|20)\d\d))?)(?![\d%]|[/.-]\d)"
)
_SESSION = r"(?P<s>sáng|trưa|chiều|tối|đêm)"
_BY_SESSION = pattern(
    rf"\b(?:(?P<both>sáng|chiều)(?:,| và)\s)?{_SESSION}(?:\s(?P<nay>nay|qua|mai|hôm qua|hôm nay|cùng ngày))?[\s,]*"
    rf"(?:thứ\s\w+[\s,]*)?\(?(?:ngày\s)?\(?{_DATE}"
)
_BY_DAY = pattern(
    rf"(?:\bhôm\s(?:qua|nay)[\s,]*\(?(?:ngày\s)?|\b(?:trong\s)?(?:(?:hai|ba|2|3|02|03)\s)?ngày,?\s\(?"
    rf"|^\W*từ\s(?:ngày\s)?|^\W*(?:thứ\s\w+|chủ nhật)[\s,]*(?:ngày\s)?){_DATE}"
    rf"(?:,?\s?(?:vào\s)?(?:buổi\s)?(?P<after>sáng|chiều|tối)\b)?"
)
# "Đảng ủy Khối (8/4) tổ chức ...": the last that is asked, and near the beginning alone.
_IN_BRACKETS = pattern(rf"\((?:ngày\s)?{_DATE}\)")
_DEICTIC = pattern(
    r"\W*(?:\([^()]*\)\W*|[\w.]{2,12}\s?-\s?)?(?:(?P<s>sáng|chiều|tối|đêm)\s(?P<nay>nay|qua)|hôm\s(?P<hom>nay|qua))\b"
)
# A day that is another's: of a document, of a limit, of an anniversary.
_NOT_OF_THE_EVENT = pattern(
    r"(?:(?:tính\s)?đến|trước|sau|từ|kể từ|hết|kỷ niệm|chào mừng|hưởng ứng|nhân|dịp|đợt)\s(?:hết\s|cuối\s)?$"
    r"|(?:ban hành|số|ra đời|lập|truyền thống|sinh|hạn|ký|giỗ|mất"
    r"|tw|tu|trung ương|bộ chính trị|quyết định|chính phủ)\s$"
    r"|/[^\W\d]\S{0,8},?\s$"
)
_OF_A_DOCUMENT = pattern(r"(?:nghị quyết|chỉ thị|kết luận|cùng kỳ|so với|đại hội|ngày [\d/. ]+)[^,;.]{0,12}$")
_REVIEWS = pattern(r"\b(?:tổng kết|sơ kết|đánh giá|kết quả|kiểm điểm|nhìn lại|tình hình|rút kinh nghiệm)\b")
_PLANS = pattern(r"\b(?:triển khai|phương hướng|bàn|đề ra|nhiệm vụ|kế hoạch|chương trình|mục tiêu)\b")
# "19/5/1890 - 19/5/2023": the year in which the day is kept.
_ANNIVERSARY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:1[89]|20)\d\d\s?-\s?(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)")
_FULL_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)(?!\d)")
_DOCUMENTS_DAY = pattern(r"(?:số|nghị quyết|chỉ thị|kết luận|quyết định|quy định|kế hoạch|/[^\W\d]\S{0,8})[^;.]{0,20}$")
_MONTH_IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d)[/-]?(0[1-9]|1[0-2])(?!\d{1,1}(?!\d))")


@dataclass(frozen=True, slots=True)
class EventDay:
    """`iso` is YYYY-MM-DD, or --MM-DD without a year; `inferred_from` are the words that gave what is not stated."""

    iso: str | None = None
    inferred_from: str | None = None
    session: str | None = None
    words: Words | None = None
    session_words: Words | None = None


@dataclass(frozen=True, slots=True)
class _Day:
    day: int
    month: int
    year: int | None
    words: Words
    session: str | None
    session_words: Words | None


def stamp_moment(block: Block) -> datetime | None:
    """Return the moment that a stamp prints, in its zone or in that of Vietnam; None without day or clock."""
    day = stamp_day(block)
    clock = re.search(
        r"(\d{1,2})\s?(?:[:hg]|giờ)\s?(\d{2})(?:\s?(?::|phút)\s?(\d{2}))?(?:\s?phút)?\s?(am|pm|sa|ch)?", _bare(block)
    )
    if day is None or clock is None:
        return None
    hour = int(clock[1])
    if clock[4] in ("pm", "ch") and hour < 12:
        hour += 12
    elif clock[4] in ("am", "sa") and hour == 12:
        hour = 0
    zone = re.search(r"(?:gmt|utc)\s*([+-])\s*(\d{1,2})", block.plain)
    hours = (int(zone[2]) if zone[1] == "+" else -int(zone[2])) if zone and int(zone[2]) < 15 else 7
    try:
        return datetime(
            day.year,
            day.month,
            day.day,
            hour,
            int(clock[2]),
            int(clock[3] or 0),
            tzinfo=timezone(timedelta(hours=hours)),
        )
    except ValueError:
        return None


def stamp_day(block: Block) -> date | None:
    """Return the day that a stamp prints."""
    found = re.search(DAY, block.plain)
    if found is None:
        return None
    printed = found[0]
    for number in range(len(MONTHS), 0, -1):
        printed = printed.replace(f"tháng {MONTHS[number - 1]}", str(number), 1)
    numbers = [int(digits) for digits in re.findall(r"\d+", printed)]
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        return _date(*numbers)
    month_first = found[0].startswith("tháng")
    return _date(numbers[2], *(numbers[:2] if month_first else numbers[1::-1]))


def _bare(block: Block) -> str:
    """The stamp without its day, whose numbers are no clock."""
    return re.sub(DAY, " ", block.plain)


def event_day(layout: Layout) -> EventDay:
    """Return the day of the event that `layout` tells, with the session of the day."""
    prose = passages(layout, "lead", "paragraph")
    found = next(_days(prose), None)
    if found is None:
        return _deictic(layout, prose)
    if found.year is not None:
        said, why = date(found.year, found.month, found.day).isoformat(), None
    else:
        year, why = _year(layout, prose, found.month, found.day)
        said = f"{year:04}-{found.month:02}-{found.day:02}" if year else f"--{found.month:02}-{found.day:02}"
    return EventDay(said, why, found.session, found.words, found.session_words)


def _days(prose: list[Passage]) -> Iterator[_Day]:
    """Give the days that may be the event's, the likeliest first: of the lead, then of the next paragraphs."""
    for at, passage in enumerate(prose[:5]):
        low = passage.low[:1500]
        matches = [
            *_BY_SESSION.finditer(low),
            *(_BY_DAY.finditer(low) if not at else filter(None, [_BY_DAY.match(low)])),
        ]
        matches.sort(key=lambda match: match.start())
        for match in [*matches, *(_IN_BRACKETS.finditer(low[:120]) if not at else ())]:
            if _NOT_OF_THE_EVENT.search(low, max(0, match.start() - 40), match.start()):
                continue
            if (found := _read(passage, match)) is not None:
                yield found


def _read(passage: Passage, match: re.Match[str]) -> _Day | None:
    named = match.groupdict()
    day, month = int(named["d"]), int(named["m"] or named["m2"] or 0)
    year = int(named["y"] or named["y2"]) if named["y"] or named["y2"] else None
    if _date(year or 2000, month, day) is None:
        return None
    name = next((group for group in ("s", "after") if named.get(group)), "")
    session = SESSIONS.get(named[name]) if name and not named.get("both") else None
    return _Day(
        day=day,
        month=month,
        year=year,
        words=passage.words(
            match.start("d"), match.end("y") if named["y"] else match.end() if named["m2"] else match.end("m")
        ),
        session=session,
        session_words=passage.words(match.start(name), match.end(name)) if session else None,
    )


def _deictic(layout: Layout, prose: list[Passage]) -> EventDay:
    """ "Chiều nay" without a day: the day of the stamp, "hôm qua" the day before; the session in any case."""
    match = _DEICTIC.match(prose[0].low) if prose else None
    if match is None:
        return EventDay()
    session = SESSIONS.get(match["s"]) if match["s"] else None
    words = prose[0].words(*match.span("s")) if match["s"] else None
    for block in [*layout.of("published"), *layout.of("updated")]:
        if day := stamp_day(block):
            day -= timedelta(days=(match["nay"] or match["hom"]) == "qua")
            return EventDay(day.isoformat(), block.words.strip(), session, None, words)
    return EventDay(None, None, session, None, words)


def _year(layout: Layout, prose: list[Passage], month: int, day: int) -> tuple[int | None, str | None]:
    told = _year_of(prose[0], month, day, is_lead=True)
    for block in [*layout.of("updated"), *layout.of("published")]:
        if stamped := stamp_day(block):
            year = stamped.year - ((month, day) > (stamped.month, stamped.day))
            # A page that was moved has the stamp of its move: years after the period that its lead names.
            return told if told and year > told[0] + 1 else (year, block.words.strip())
    for passage in [*prose[:1], *passages(layout, "title"), *prose[1:]]:
        if found := _year_of(passage, month, day, is_lead=passage is prose[0]):
            return found
    for passage in prose[:3]:
        if anniversary := _ANNIVERSARY.search(passage.low):
            to = _date(int(anniversary[3]), int(anniversary[2]), int(anniversary[1]))
            if to is not None:
                return _nearest(to, month, day), anniversary[0]
    for passage in prose[:1]:
        for full in _FULL_DAY.finditer(passage.low):
            if not _DOCUMENTS_DAY.search(passage.low, max(0, full.start() - 40), full.start()):
                to = _date(int(full[3]), int(full[2]), int(full[1]))
                if to is not None:
                    return _nearest(to, month, day), full[0]
    for block in layout.of("source"):
        for found_month in _MONTH_IN_ADDRESS.finditer(block.plain):
            if 0 <= int(found_month[2]) - month <= 1:
                return int(found_month[1]), found_month[0]
    return None, None


def _year_of(passage: Passage, month: int, day: int, is_lead: bool) -> tuple[int, str] | None:
    """The year nearest to the end of the period looked back on, or to the beginning of the one planned for."""
    planned: tuple[int, str] | None = None
    named: tuple[int, str] | None = None
    low = passage.low
    for period in periods_in(passage.block.text):
        if period.first is None or period.last is None or period.type in ("term", "range", ""):
            continue
        place = passage.place(period.start)
        before = low[max(0, place - 160) : place].rpartition(";")[2]
        if _OF_A_DOCUMENT.search(before):
            continue
        reviewed = max((match.end() for match in _REVIEWS.finditer(before)), default=-1)
        plans = max((match.end() for match in _PLANS.finditer(before)), default=-1)
        words = " ".join(period.label.split())
        if reviewed >= 0 and (plans <= reviewed + 24 or "," not in before[reviewed:]):
            return _nearest(period.last, month, day), words
        if plans >= 0:
            planned = planned or (_nearest(period.first, month, day), words)
        elif named is None:
            named = (_named_year(period, month, day, is_lead), words)
    return planned or named


def _named_year(period: Period, month: int, day: int, is_lead: bool) -> int:
    assert period.last is not None
    return period.last.year if is_lead and period.type == "year" else _nearest(period.last, month, day)


def _nearest(to: date, month: int, day: int) -> int:
    years = [year for year in (to.year, to.year + 1, to.year - 1) if _date(year, month, day)]
    return min(years, key=lambda year: abs((date(year, month, day) - to).days), default=to.year)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

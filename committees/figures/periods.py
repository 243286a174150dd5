"""Periods that a text names, with their days, and which of them a figure inherits.

A report opens a stretch of text with its period ("Năm 2020, ...", "Trong 9 tháng qua, ...") and every figure until
the next opening belongs to it; "Tuy nhiên" and "Thời gian tới" end it. A period of the figure's own clause comes
first. What a period lacks (the year of "quý I") is taken from where the text says it, and those words are kept as
the reason. Nothing is guessed: a period whose year no words give has a label alone.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .normalising import Matching, normalise
from .tokens import Sentences

_YEAR = r"(?:19|20)\d\d"
_COUNTS = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11,
}  # fmt: skip
_WORDS = "|".join(sorted(_COUNTS, key=len, reverse=True))
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_PERIOD = re.compile(
    rf"""
      (?P<quarter>\b(?:quý|quí)\s(?P<q>I{{1,3}}|IV|[1-4])\b
        (?:\s?[/.\-]\s?(?P<y1>{_YEAR})|\s?,?\s?năm\s(?P<y2>{_YEAR}))?(?:\svừa\squa)?)
    | (?P<months>\b(?P<n>1?\d|{_WORDS})\stháng\b(?:\s(?P<side>đầu|cuối)\snăm)?
        (?:\s?,?\s?(?:của\s)?(?:năm\s)?(?P<y3>{_YEAR}))?(?:\s(?:vừa\s)?qua)?)
    | (?P<half>\bnửa\s(?P<which>đầu|cuối)\snăm(?:\s(?P<y4>{_YEAR}))?)
    | (?P<month>\btháng\s(?P<m>0?[1-9]|1[0-2])(?:\s?[/.\-]\s?(?P<y5>{_YEAR})|\snăm\s(?P<y6>{_YEAR})))
    | (?P<bare>(?<=trong\s)tháng\s(?P<m2>0?[1-9]|1[0-2])\b(?!\s?[/.\-]))
    | (?P<term>\bnhiệm\s(?:kỳ|kì)\s?(?P<a1>{_YEAR})\s?[-–—]\s?(?P<b1>{_YEAR}))
    | (?P<range>\b(?:giai\sđoạn|thời\skỳ|từ\snăm|từ)\s?(?P<a2>{_YEAR})
        \s?(?:[-–—]|đến\snăm|đến|tới)\s?(?:năm\s)?(?P<b2>{_YEAR}))
    | (?P<since>\btừ\snăm\s(?P<y9>{_YEAR})\s(?:đến|tới)\snay)
    | (?P<until>\bđến\s(?:hết\s|cuối\s)?năm\s(?P<y7>{_YEAR}))
    | (?P<year>\bnăm\s(?P<y8>{_YEAR})\b(?!\s?[-–—/]\s?\d))
    | (?P<streak>\b(?:\d+|{_WORDS})\snăm\s(?:qua|vừa\squa|gần\sđây)\b)
    | (?P<own_year>\b(?:cả\snăm|trong\snăm(?=\s?[,;:]|\squa|\sđã|\scó|\stoàn)|năm\squa|từ\sđầu\snăm\s(?:đến|tới)\snay))
    | (?P<own_quarter>\btrong\squý(?=\s?[,;:]|\squa|\sđã))
    """,
    re.IGNORECASE | re.VERBOSE,
)

# How far a figure looks for its period: no sentence of a report is longer, and a text without stops stays quick.
_REACH = 2000
_NEAR = 12
_HEAD = 8  # where a term may begin that opens a sentence: "Trong nhiệm kỳ 2015-2020, ..."

# Words before a period that make it say something else than when the figure came about.
_ELSEWHERE = re.compile(
    normalise(
        r"(?:kế hoạch|chỉ tiêu|nghị quyết|chương trình|dự toán|chủ đề|so với|cùng kỳ|cùng kì|mục tiêu|đề án"
        r"|quyết toán|"
        r"chỉ thị|kết luận|đại hội|khóa \w+,?|lần thứ \w+,?)"
        r"(?:\s(?:của|cả|công tác|thực hiện|cùng kỳ|cùng kì|với|trong|toàn khóa|đề ra))*\s$"
    )
)
_OPENS = re.compile(
    r"[\W_]*(?:(?:theo|qua|tại|về|căn cứ)\b[^,;:]{0,70},\s|[^,;:.\d]{1,60},\s)?"
    r"(?:(?:nhìn chung|tính|riêng|cụ thể|kết quả|như vậy|cũng|nhìn lại|bước sang|bước vào|sang|sau|qua|trong"
    r"|ngay|ở)\b[^,;:.]{0,50}?)?\s?",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[\W_]*(?:tuy nhiên|tuy vậy|bên cạnh những kết quả|bên cạnh kết quả|(?:trong )?thời gian (?:tới|đến)"
    r"|từ nay (?:đến|tới)|"
    r"(?:những|các) tháng (?:cuối|còn lại)|(?:về )?(?:phương hướng|nhiệm vụ|mục tiêu)\b)",
    re.IGNORECASE,
)
_LISTS = re.compile(r"[^,;.:\d]{0,60}:")
_REVIEWS = re.compile(r"\b(?:đánh giá|sơ kết|tổng kết|kết quả|nhìn lại|kiểm điểm)\b", re.IGNORECASE)
_PLANS = re.compile(r"\b(?:triển khai|bàn|đề ra|phương hướng|nhiệm vụ|tiếp theo)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A period as the text prints it, its kind (year | half | quarter | months | term | range | ""), its days.

    `first` and `last` are None where no words give them. `inferred_from` are the words that a figure takes the period
    or its year from, empty where its own sentence says all. `start` and `end` are where the words stand.
    """

    label: str
    type: str
    first: date | None
    last: date | None
    start: int
    end: int
    inferred_from: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """What stands there, before its year is known: months of a year, or years, or a year to be found."""

    start: int
    end: int
    label: str
    kind: str
    year: int | None
    months: tuple[int, int] | None
    years: tuple[int | None, int | None] | None = None


def sentences(matching: Matching, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the sentences of `matching.text[start:end]` stand, blanks around them left out."""
    text = matching.text[start:end]
    known = Sentences(text)
    spans, place = [], 0
    while (found := _INK.search(text, place)) is not None:
        span = known.around(found.start())
        place = max(span[1], found.end())
        spans.append((start + span[0], start + span[1]))
    return spans


_INK = re.compile(r"\S")


def periods_in(text: str) -> list[Period]:
    """Return every period that `text` names, with days only where it names the year itself."""
    matching = Matching(text)
    return [_given(matching, _dated(named, named.year)) for named in _named(matching, 0, len(matching.low))]


class Timeline:
    """The periods of one report, asked figure by figure.

    passages: (start, end) of the title, the lead and the paragraphs, in the order of the text. All places are those of
    the text as it was given to `matching`.
    year: of the event, used where the text names no year at all; `year_from` are the words that gave it.
    """

    def __init__(
        self, matching: Matching, passages: Sequence[tuple[int, int]], year: int | None = None, year_from: str = ""
    ) -> None:
        self._matching = matching
        self._text = matching.low
        self._named: list[_Named] = []
        self._year = (year, year_from)
        self._sentences: list[tuple[int, int]] = []
        for passage in passages:
            start, end = matching.place(passage[0]), matching.place(passage[1])
            self._named += _named(matching, start, end)
            self._sentences += sentences(matching, start, end)
        self._starts = [named.start for named in self._named]
        self._sentence_starts = [start for start, _ in self._sentences]
        self._families: dict[str, list[_Named]] = {}
        for named in self._named:
            for family in self._belongs(named):
                self._families.setdefault(family, []).append(named)
        self._opened: list[tuple[int, Period | None]] = []
        self._review: Period | None = None
        self._read_openings()
        self._opened_at = [opened for opened, _ in self._opened]

    def at(self, start: int, end: int, clause: tuple[int, int], sentence: tuple[int, int]) -> Period | None:
        """Return the period of the figure at `start`-`end`, None where nothing says one."""
        place = self._matching.place
        found = self._at(place(start), place(end), (place(clause[0]), place(clause[1])), place(sentence[0]))
        return _given(self._matching, found) if found is not None else None

    def named_in(self, start: int, end: int) -> Period | None:
        """The first period that the words at `start`-`end` name, whatever it goes with."""
        between = self._between(self._matching.place(start), self._matching.place(end))
        return _given(self._matching, self._resolved(between[0])) if between else None

    @property
    def review_ends(self) -> date | None:
        """The last day of what the first lines say the conference looks back on, if they do."""
        return self._review.last if self._review is not None else None

    def opened_at(self, start: int, end: int) -> Period | None:
        """The period that the sentence at `start`-`end` of the matching form opens, if it does."""
        place = bisect_right(self._opened_at, start - 1)
        while place < len(self._opened) and self._opened_at[place] <= end:
            if (period := self._opened[place][1]) is not None:
                return period
            place += 1
        return None

    def _at(self, start: int, end: int, clause: tuple[int, int], opening: int) -> Period | None:
        for named in self._between(start, min(clause[1], end + _REACH)):
            if named.start >= end and not self._is_elsewhere(named) and named.kind not in ("streak", "term"):
                return self._resolved(named)
        for named in reversed(self._between(max(opening, start - _REACH), start)):
            if named.start >= clause[0] and not self._is_elsewhere(named) and named.kind != "term":
                return self._resolved(named)
            if self._governs(named, opening):
                return self._resolved(named)
        place = bisect_right(self._opened_at, start) - 1
        return self._opened[place][1] if place >= 0 else None

    def _between(self, start: int, end: int) -> list[_Named]:
        first, last = bisect_right(self._starts, start - 1), bisect_right(self._starts, end - 1)
        return self._named[max(first, last - _NEAR) : last]

    def _belongs(self, named: _Named) -> list[str]:
        if named.kind == "range":
            return ["range"]
        families = ["quarters"] if named.kind == "quarter" else []
        if named.year is not None:
            families.append(_family(named))
            if not self._is_elsewhere(named):
                families.append("dated")
        return families

    def _is_elsewhere(self, named: _Named) -> bool:
        return _ELSEWHERE.search(self._text, max(0, named.start - 40), named.start) is not None

    def _governs(self, named: _Named, opening: int) -> bool:
        """Whether it stands as "Trong quý II, ..." does, or before a list."""
        if self._is_elsewhere(named):
            return False
        if self._opens(named, opening):
            return True
        before = self._text[max(0, named.start - 6) : named.start]
        return before.endswith("trong ") or named.label.casefold().startswith("trong ")

    def _opens(self, named: _Named, opening: int) -> bool:
        """Whether it heads its sentence, or what is said behind a colon: "nhấn mạnh: năm 2023, ..."."""
        behind_colon = named.start - opening >= 2 and self._text[named.start - 2 : named.start] == ": "
        follows = self._text[named.end : named.end + 1] in (",", " ")
        return (behind_colon and follows) or _OPENS.fullmatch(self._text, opening, named.start) is not None

    def _read_openings(self) -> None:
        review, plan = self._announced()
        self._review = review
        if review is not None:
            self._opened.append((0, replace(review, inferred_from=review.label)))
        for start, end in self._sentences:
            named = self._between(start, end)
            if _ENDS.match(self._text, start, end):
                ended = plan if not self._text[start:end].casefold().startswith(("tuy", "bên")) else None
                self._opened.append((start, replace(ended, inferred_from=ended.label) if ended else None))
            for one in named:
                if one.kind == "term" and one.start - start > _HEAD:
                    continue
                heads = one.start - start < 60 and _ENDS.match(self._text, start, end) is not None
                if self._is_elsewhere(one) and not heads:
                    continue
                if heads or self._opens(one, start) or _LISTS.match(self._text, one.end):
                    period = self._resolved(one)
                    self._opened.append((one.end, replace(period, inferred_from=period.inferred_from or period.label)))
                    break

    def _announced(self) -> tuple[Period | None, Period | None]:
        """What the first lines say the conference looks back on, and what it plans for."""
        review = plan = None
        for start, end in self._sentences[:4]:
            for named in self._between(start, end):
                if (
                    named.kind in ("term", "since", "until", "own_year", "own_quarter", "streak")
                    or named.kind == "range"
                ):
                    continue
                before = self._text[start : named.start]
                looked = max((found.end() for found in _REVIEWS.finditer(before)), default=-1)
                planned = max((found.end() for found in _PLANS.finditer(before)), default=-1)
                if looked > planned or (review is None and looked >= 0 and planned < looked + 25):
                    review = review or self._resolved(named)
                elif planned >= 0:
                    plan = plan or self._resolved(named)
        return review, plan

    def _resolved(self, named: _Named) -> Period:
        if named.year is not None or named.years is not None:
            return _dated(named, named.year)
        if named.kind == "streak":
            span = self._last_before(named.start, "range")
            if span is None:
                return _dated(named, None)
            return replace(_dated(span, None), last=None, inferred_from=f"{named.label}; {span.label}")
        if named.kind == "own_quarter":
            quarter = self._last_before(named.start, "quarters")
            return replace(self._resolved(quarter), inferred_from=quarter.label) if quarter else _dated(named, None)
        year, words = self._year_for(named)
        period = replace(_dated(named, year), inferred_from=words)
        if named.kind == "own_year" and named.label.casefold().endswith("nay"):
            review = self._review
            if review is not None and review.first is not None and review.first == period.first:
                return replace(review, inferred_from=f"{named.label}; {review.label}")
            return replace(period, type="range", last=None)  # no words say until which day
        return period

    def _year_for(self, named: _Named) -> tuple[int | None, str]:
        """The year of "quý I" or "9 tháng qua
        ": of the same sentence, of its kind before, of any before, of the event."""
        place = bisect_right(self._sentence_starts, named.start) - 1
        for one in self._between(*self._sentences[place]) if place >= 0 else []:
            if one.year is not None and _family(one) == _family(named):
                return one.year, one.label
        if named.kind == "own_year":
            around = next((period for start, period in reversed(self._opened) if start <= named.start), None)
            if around is not None and around.first is not None:
                return around.first.year, around.label
        found = self._last_before(named.start, _family(named)) or self._last_before(named.start, "dated")
        if found is not None and found.year is not None:
            return found.year, found.label
        if self._year[0] is not None:
            return self._year
        anywhere = self._families.get("dated")
        return (anywhere[0].year, anywhere[0].label) if anywhere else (None, "")

    def _last_before(self, place: int, family: str) -> _Named | None:
        """The last period of a family that tells its year, before a place."""
        known = self._families.get(family, [])
        index = bisect_right(known, place - 1, key=lambda one: one.start) - 1
        return known[index] if index >= 0 else None


def _given(matching: Matching, period: Period) -> Period:
    """The same period at its place in the text as it was given, as it is printed there."""
    start, end = matching.origin(period.start), matching.origin(period.end)
    return replace(period, label=matching.given[start:end], start=start, end=end)


def _family(named: _Named) -> str:
    return {"half": "months", "own_year": "year", "own_quarter": "quarter"}.get(named.kind, named.kind)


def _named(matching: Matching, start: int, end: int) -> list[_Named]:
    found = (_what(matching, hit) for hit in _PERIOD.finditer(matching.low, start, end))
    return [named for named in found if named is not None]


def _what(matching: Matching, found: re.Match[str]) -> _Named | None:
    kind = next((name for name in _KINDS if found[name] is not None), "")
    year = next((int(found[name]) for name in ("y1", "y2", "y3", "y4", "y5", "y6", "y8") if found[name]), None)
    months: tuple[int, int] | None = None
    years: tuple[int | None, int | None] | None = None
    if kind == "quarter":
        quarter = _ROMAN.get(found["q"].casefold()) or int(found["q"])
        months = (quarter * 3 - 2, quarter * 3)
    elif kind == "months":
        count = _COUNTS.get(found["n"].casefold()) or (int(found["n"]) if found["n"].isdecimal() else 0)
        if not 1 < count < 12:
            return None
        months = (13 - count, 12) if found["side"] and found["side"].casefold() == "cuối" else (1, count)
    elif kind == "half":
        months = (1, 6) if found["which"].casefold() == "đầu" else (7, 12)
    elif kind == "month":
        months = (int(found["m"]), int(found["m"]))
    elif kind == "bare":
        kind, months = "month", (int(found["m2"]), int(found["m2"]))
    elif kind == "since":
        kind, years = "range", (int(found["y9"]), None)
    elif kind == "until":
        years = (None, int(found["y7"]))
    elif kind in ("term", "range"):
        first, last = (found["a1"], found["b1"]) if kind == "term" else (found["a2"], found["b2"])
        if int(last) < int(first):
            return None
        years = (int(first), int(last))
    elif kind in ("year", "own_year"):
        months = (1, 12)
    return _Named(found.start(), found.end(), matching.given_slice(*found.span()), kind, year, months, years)


_KINDS = (
    "quarter", "bare", "months", "half", "month", "term", "range", "until", "year", "streak", "own_year", "own_quarter",
)  # fmt: skip


def _dated(named: _Named, year: int | None) -> Period:
    first = last = None
    if named.years is not None:
        first = date(named.years[0], 1, 1) if named.years[0] else None
        last = date(named.years[1], 12, 31) if named.years[1] else None
    elif year is not None and named.months is not None:
        first = date(year, named.months[0], 1)
        last = date(year, named.months[1], monthrange(year, named.months[1])[1])
    kind = {"month": "months", "until": "", "streak": "range", "own_year": "year", "own_quarter": "quarter"}.get(
        named.kind, named.kind
    )
    if kind == "months" and named.months in ((1, 6), (7, 12)):
        kind = "half"
    return Period(named.label, kind, first, last, named.start, named.end)

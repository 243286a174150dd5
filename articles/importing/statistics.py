"""Statistics that a report tells: each figure of its prose that is no award, as a row would hold it.

What the figure is comes from the number engine's reading; here it is said whether it is a result or a target, which
indicator and period it belongs to, and where it stands a second time (section 2 and 3 of the genre's grammar).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from articles.importing.report import PeriodSaid, StatisticSaid, Words
from articles.importing.sections import Section, Sections
from committees.figures.figure import Figure, Reading
from committees.figures.indicators import INDICATORS, Context, code_of
from committees.figures.normalising import Matching, styled
from committees.figures.periods import Period, Timeline, sentences
from committees.figures.ratings import find as ratings_in

_PARTS = 40  # figures back to which a part looks for its whole
_REACH = 400  # characters to either side in which a figure looks for its words

# What makes an aim of a figure behind it, whatever its section says; and what makes a result of it.
_AIMS = re.compile(
    styled(
        r"phấn đấu|(?<!vượt )(?<!đạt )(?<!\d )(?:mục tiêu|chỉ tiêu)(?! (?:đề ra,|đã))[^,;.:(\d]{0,50}$"
        r"|đề ra(?: các)? ?:|đặt (?:ra )?mục tiêu|đề ra(?: các| một số)? (?:chỉ tiêu|mục tiêu)|(?:các "
        r"|một số )?(?:chỉ tiêu|mục tiêu)(?: cụ thể| chủ yếu| phấn đấu| đến| năm| là|:| trong)"
        r"|\bdự kiến|\bsẽ\b|giao chỉ tiêu|đăng ký phấn đấu|thống nhất chỉ tiêu|xác định (?:mục tiêu|chỉ tiêu)"
        r"|\bđặt chỉ tiêu"
    )
)
_DONE = re.compile(
    styled(
        r"\bđã\b(?! (?:đề ra|đặt ra|đăng ký|được giao|giao))|\bđạt được\b|ước (?:đạt|thực hiện)|kết quả"
        r"|\bđến nay\b|\bhiện (?:nay|có)\b|tính đến|\bqua đó\b"
    )
)
_ONLY_SAID = re.compile(styled(r"^(?:đã|để|nhằm)?\s*(?:đánh giá|sơ kết|tổng kết)"))
_LEVEL = re.compile(
    styled(
        r"(?:^|[,;:.…] |\bvà |phấn đấu |xây dựng |[“\"])(?P<who>(?:toàn )?(?:đảng bộ|đảng ủy"
        r"|chi bộ)(?! (?:cơ sở|trực thuộc|thuộc|bộ phận))(?: (?!và\b|đã tập|lãnh|thực)[^\s,;:.…%]+){0,6}?)"
        r"(?: (?:tiếp tục|đạt|được|tỉnh ủy|huyện ủy|thành ủy|ban thường vụ|công nhận|đánh giá|xếp loại"
        r"|chất lượng|mức|danh hiệu|là|và|phấn đấu|loại|tiêu chuẩn|năm|\d{4}))*:? [“\"]?$"
    )
)


def statistics_in(
    matching: Matching,
    passages: Sequence[tuple[int, int]],
    reading: Reading,
    sections: Sections,
    timeline: Timeline,
    taken: Sequence[tuple[int, int]] = (),
    *,
    title: tuple[int, int] | None = None,
) -> list[StatisticSaid]:
    """Return the statistics told at `passages` (lead and paragraphs) and in the title, in the order of the text.

    taken: places of numbers that belong to awards. All places are code points of the text as given; `part_of` is an
    index into the list. A figure that stands again in the title, the lead or a speech is one row with other mentions.
    """
    places = [*([title] if title else []), *passages]
    rows: list[_Row] = []
    before: _Row | None = None
    for index, figure in enumerate(reading.figures):
        if not _inside(figure, places) or _overlaps(figure, taken) or _is_empty(figure):
            continue
        if _is_no_count(reading, index, sections.at(figure.start)):
            continue
        if before is not None and before.takes(figure, reading.text):
            continue
        row = _Row(index, figure, title is not None and title[0] <= figure.start < title[1])
        row.read(reading, rows, before, sections, timeline)
        before = row
        rows.append(row)
    rows += _levels(matching, passages, reading, sections, timeline)
    rows.sort(key=lambda row: row.start)
    kept = _once(rows)
    index_of = {row.index: place for place, row in enumerate(kept) if row.index is not None}
    return [replace(row.said(), part_of=index_of.get(row.parent) if row.parent is not None else None) for row in kept]


class _Row:
    """A figure on its way to a row. `index` is its place in the reading, None for a level without a number."""

    def __init__(self, index: int | None, figure: Figure, is_title: bool) -> None:
        self.index, self.figure, self.is_title = index, figure, is_title
        self.start, self.end = figure.start, figure.end
        self.parent = figure.part_of
        self.code, self.label, self.kind, self.level, self.includes = "", "", "result", "", ""
        self.period: PeriodSaid | None = None
        self.section = "results"
        self.quote = (figure.start, figure.end)
        self.mentions: list[Words] = []
        self.text = ""

    def read(
        self, reading: Reading, rows: Sequence["_Row"], before: "_Row | None", sections: Sections, timeline: Timeline
    ) -> None:
        """Fill in what the words around the figure say; `rows` are those before it, `before` the last of them."""
        figure, self.text = self.figure, reading.text
        section = sections.at(figure.start)
        self.section = "title" if self.is_title else section.kind if section else "results"
        parent = (
            next((row for row in reversed(rows[-_PARTS:]) if row.index == figure.part_of), None)
            if figure.part_of is not None
            else None
        )
        context = _context(reading, self.index or 0, figure, parent or _rated(before))
        self.code = code_of(context)
        if not self.code and parent is not None and not figure.rating:
            self.code = parent.code
        self.label = _label(self.code, context)
        self.kind = "target" if _is_aim(self.text, figure, section, before, self.is_title) else "result"
        if parent is not None:
            self.kind = parent.kind
        if figure.rating == "excellent":
            self._tell_includes(rows, parent)
        if figure.rating == "good" and _OR_BETTER.match(self.text, figure.end):
            self.includes = "excellent"
        self.period = _period(timeline.at(figure.start, figure.end, _clause(self.text, figure), figure.sentence))
        self.quote = _quote(self.text, figure)

    def takes(self, figure: Figure, text: str) -> bool:
        """Take in a share that is told of this very figure behind it: ", đạt 110% kế hoạch", ", chiếm 0,5% số ..."."""
        mine = self.figure
        if figure.value is not None or mine.value is None or mine.sentence != figure.sentence:
            return False
        gap = Matching(text[mine.end : figure.start]).low
        if figure.plan_percent is not None and mine.plan_percent is None and _OF_PLAN.fullmatch(gap):
            self.figure = replace(mine, plan_percent=figure.plan_percent, end=figure.end)
        elif figure.percent is not None and mine.percent is None and _OF_ALL.fullmatch(gap):
            places = figure.percent_places
            self.figure = replace(mine, percent=figure.percent, percent_places=places, end=figure.end)
        else:
            return False
        self.quote = (self.quote[0], max(self.quote[1], figure.end))
        return True

    def _tell_includes(self, rows: Sequence["_Row"], parent: "_Row | None") -> None:
        """The excellent ones stand inside the good ones where the report says so, or counts them of those."""
        for row in (parent, *reversed(rows[-4:])):
            if row is not None and row.figure.rating == "good":
                figure = self.figure
                if row is parent or (figure.whole is not None and figure.whole == row.figure.value != row.figure.whole):
                    row.includes = "excellent"
                    self.parent = row.index
                return

    def _is_floor(self) -> bool:
        behind = Matching(self.text[self.figure.end : self.figure.end + 40]).low
        return self.figure.plan_percent is not None and _OR_MORE.match(behind) is not None

    def said(self) -> StatisticSaid:
        figure = self.figure
        return StatisticSaid(
            indicator=self.code,
            label=self.label,
            kind=self.kind,
            words=Words(self.text[self.quote[0] : self.quote[1]], *self.quote),
            value=figure.value,
            value_max=figure.value_max if figure.value_max is not None else figure.percent_max,
            whole=figure.whole,
            percent=figure.percent,
            percent_places=figure.percent_places if figure.percent is not None else None,
            plan_percent=figure.plan_percent,
            level=self.level,
            comparator=">=" if figure.comparator == "=" and self._is_floor() else figure.comparator,
            unit=figure.unit,
            rating_includes=self.includes,
            period=self.period,
            other_mentions=tuple(self.mentions),
        )


_OF_PLAN = re.compile(
    styled(r"(?: \([^()\d]{1,12}\))?[^;,.()\d]{0,40}[,(] ?(?:và )?(?:đạt|bằng|đạt tỷ lệ|tương đương)(?: \w+){0,2} ?")
)
_OF_ALL = re.compile(styled(r"[^;,.()\d]{0,60},? ?(?:chiếm|chiếm tỷ lệ) ?"))
_OR_MORE = re.compile(styled(r"(?: (?:năm|cả năm|đề ra|được giao))* trở lên"))
_OR_BETTER = re.compile(r".{0,60}?nhiệm vụ[”\"]?\s(?:\([^)]*\)\s)?trở lên", re.IGNORECASE | re.DOTALL)


def _inside(figure: Figure, places: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(places, (figure.start, len(places) and 1 << 60)) - 1
    return place >= 0 and figure.end <= places[place][1] + 1


def _overlaps(figure: Figure, taken: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(taken, (figure.start, 1 << 60)) - 1
    near = taken[max(0, place) : place + 2]
    return any(start < figure.end and figure.start < end for start, end in near)


def _is_empty(figure: Figure) -> bool:
    return figure.value is None and figure.percent is None and figure.plan_percent is None


# "tăng 04", "vượt 30% so với nghị quyết" in a bracket tell how the figure before has changed.
_CHANGED = re.compile(styled(r"\(\s?(?:tăng|giảm|vượt|cao hơn|thấp hơn|so với|so)\b[^();]{0,40}$"))
# What is enumerated rather than counted: "3 khâu đột phá", "5 nhiệm vụ trọng tâm" of what is to be done or was said.
_ENUMERATED = re.compile(
    styled(
        r"(?:nhóm )?(?:nhiệm vụ|nội dung|vấn đề|giải pháp|khâu|phong trào|chuyên đề|lĩnh vực|mặt|điểm(?! cầu)"
        r"|mục tiêu|phương châm|nguyên tắc|bài học|yêu cầu|mũi|trụ cột|vấn|biện pháp|phần việc|cuộc vận động"
        r"|nghị quyết|chỉ thị|quy định|dự thảo|báo cáo(?! viên)|tờ trình)"
    )
)
_COUNTED_ONE = re.compile(styled(r"(?:lớp|đảng viên|tổ chức|chi bộ|đồng chí|trường hợp|cuộc|đảng bộ|mô hình)"))


def _is_no_count(reading: Reading, index: int, section: Section | None) -> bool:
    """Whether a figure only enumerates, tells a change in a bracket, or is the article in "một chi đoàn"."""
    figure, text = reading.figures[index], reading.text
    if figure.whole is not None or (figure.percent is not None and figure.value is not None):
        return False
    before = Matching(text[max(0, figure.start - 60) : figure.start + 12]).low
    number = text[figure.start : figure.start + 14].casefold()
    if _CHANGED.search(before[: len(before) - 12] if len(before) > 12 else before) or _CHANGED.search(before):
        return True
    unit = Matching(figure.unit).low
    if number.startswith("một ") and not _COUNTED_ONE.match(unit):
        return True
    looks_ahead = section is not None and (section.is_ahead or section.kind in ("opening", "speech", "awards"))
    if figure.percent is None and figure.plan_percent is None and _ENUMERATED.match(unit):
        return looks_ahead or not number[0].isdigit()
    return False


def _rated(row: "_Row | None") -> "_Row | None":
    return row if row is not None and row.code.startswith("rating") else None


def _context(reading: Reading, index: int, figure: Figure, parent: "_Row | None") -> Context:
    """The words around a figure: up to the figures beside it, and further for a verb that governs a list."""
    text = reading.text
    opening, closing = max(figure.sentence[0], figure.start - _REACH), min(figure.sentence[1], figure.end + _REACH)
    left = max(opening, reading.figures[index - 1].end) if index else opening
    right = min(closing, reading.figures[index + 1].start) if index + 1 < len(reading.figures) else closing
    own = text[figure.start : figure.end]
    behind = own.split(figure.unit, 1)[1] if figure.unit and figure.unit in own else ""
    behind = behind.partition("(")[0] if behind else ""
    before = _TIGHT.split(text[left : figure.start])[-1]
    after = _SEMICOLON.split(text[figure.end : right])[0]
    inner = _COMPARATORS.sub("", own.split(figure.unit, 1)[0]) if figure.unit and figure.unit in own else ""
    return Context(
        before=f"{before} {inner}".strip(),
        unit=figure.unit,
        after=f"{behind} {after}".strip(),
        opening=text[opening : figure.start].strip(),
        closing=_SEMICOLON.split(text[figure.end : closing])[0].strip(),
        is_percent=figure.percent is not None and figure.value is None,
        rating=figure.rating,
        rating_scale=figure.rating_scale,
        parent=parent.code if parent else "",
    )


_TIGHT = re.compile(r"[;\n]")
_SEMICOLON = re.compile(r"[;\n]")
_COMPARATORS = re.compile(r"[\d.,/%\s]+")


def _label(code: str, context: Context) -> str:
    """What the figure counts, for readers: the indicator's name, else the words nearest to the number."""
    if code:
        return INDICATORS[code].label
    before = re.split(r"[,.:;(]", context.before)[-1]
    after = re.split(r"[,.:;()]", context.after)[0]
    before = _FILLERS.sub("", before.strip())
    unit = context.unit if not _MONEY.search(context.unit) or not before else ""
    words = " ".join(f"{before} {unit} {after}".split()).strip(' “”"-–')
    return (words[:1].upper() + words[1:])[:160].strip() or context.unit


_FILLERS = re.compile(
    r"(?:\s*\b(?:được|là|có|đạt|trên|hơn|gần|khoảng|với|cho|đã có|ước đạt|tổng|số|trong đó|từ|ít nhất"
    r"|tối thiểu|bằng|chiếm))+\s*$"
)
_MONEY = re.compile(r"đồng|usd|%", re.IGNORECASE)


def _is_aim(text: str, figure: Figure, section: Section | None, before: "_Row | None", is_title: bool) -> bool:
    """Whether a figure says what is to be: by the words before it in its sentence, else by the part it stands in."""
    opening = max(figure.sentence[0], figure.start - _REACH)
    words = Matching(text[opening : figure.start]).low
    aim = max((found.end() for found in _AIMS.finditer(words)), default=-1)
    done = max((found.end() for found in _DONE.finditer(words)), default=-1)
    if aim >= 0 and aim > done:
        return True
    if done >= 0 and done > len(words) - 200:
        return False
    if is_title or section is None:
        return False
    return section.is_ahead


def _period(period: Period | None) -> PeriodSaid | None:
    return (
        None
        if period is None
        else PeriodSaid(period.label, period.type, period.first, period.last, period.inferred_from)
    )


def _clause(text: str, figure: Figure) -> tuple[int, int]:
    """The clause of a figure between the semicolons around it."""
    start, end = figure.clause
    cut = text.find(";", figure.end, end)
    return max(start, text.rfind(";", start, figure.start) + 1), cut if cut >= 0 else end


def _quote(text: str, figure: Figure) -> tuple[int, int]:
    """The clause of the figure, if it is short enough to be read at a glance; else the figure itself."""
    start, end = _clause(text, figure)
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip(" ,:")), end - len(words) + len(words.rstrip(" .,:…"))
    if start <= figure.start and figure.end <= end and end - start <= 220:
        return start, end
    return figure.start, figure.end


def _levels(
    matching: Matching, passages: Sequence[tuple[int, int]], reading: Reading, sections: Sections, timeline: Timeline
) -> list["_Row"]:
    """Ratings of the body itself that are told without a number: "Đảng bộ Khối hoàn thành xuất sắc nhiệm vụ"."""
    rows = []
    numbered = [figure.start for figure in reading.figures]
    for start, end in passages:
        for left, right in sentences(matching, matching.place(start), matching.place(end)):
            for rating in ratings_in(matching.low[left : min(right, left + 4000)]):
                if rating.scale == "old":
                    continue
                first = left + rating.start
                found = _LEVEL.search(matching.low, max(left, first - 160), first)
                if found is None:
                    continue
                who = matching.origin(found.start("who"))
                last = matching.origin(left + rating.end)
                near = bisect_right(numbered, last) - 1
                if near >= 0 and (numbered[near] >= who or reading.figures[near].clause[1] > who):
                    continue
                row = _Row(
                    None,
                    Figure(who, last, clause=(who, last), sentence=(matching.origin(left), matching.origin(right))),
                    False,
                )
                section = sections.at(who)
                row.text, row.level, row.code = matching.given, rating.level, "rating.committee_self"
                row.label = INDICATORS[row.code].label
                row.section = section.kind if section else "results"
                if row.section in ("opening", "awards", "limits"):
                    continue
                row.kind = "target" if _is_aim(matching.given, row.figure, section, None, False) else "result"
                row.period = _period(timeline.at(who, last, row.figure.clause, row.figure.sentence))
                row.quote = (who, last)
                rows.append(row)
    return rows


def _once(rows: list["_Row"]) -> list["_Row"]:
    """One row for what is told twice: the title, the lead and a speech repeat what the body says."""
    kept: list[_Row] = []
    told: dict[object, list[_Row]] = {}
    rank = {"title": 2, "opening": 1, "speech": 1}
    for row in sorted(rows, key=lambda row: rank.get(row.section, 0)):
        mine = rank.get(row.section, 0)
        numbers = _numbers(row.figure)
        same = next((one for one in told.get(numbers[0], []) if _is_same(row, one)), None) if mine else None
        if same is not None:
            same.mentions.append(Words(row.text[row.quote[0] : row.quote[1]], *row.quote))
            continue
        if row.section == "title" and row.figure.comparator != "=":
            continue
        kept.append(row)
        for each in numbers:
            told.setdefault(each, []).append(row)
    return sorted(kept, key=lambda row: row.start)


def _numbers(figure: Figure) -> list[object]:
    """What a figure prints, whole first, then each part that another mention may print alone."""
    parts = (figure.value, figure.whole, figure.percent, figure.plan_percent)
    alone: list[object] = [(None, None, figure.percent, None)] if figure.percent is not None else []
    if figure.value is not None:
        alone += [(figure.value, None, None, None), (figure.value, figure.whole, None, None)]
    return list(dict.fromkeys([parts, *alone]))


def _is_same(row: "_Row", other: "_Row") -> bool:
    if row.level or other.level or (row.kind != other.kind and row.section == "speech"):
        return False
    if row.section == "title":
        return True
    return (
        row.code == other.code
        if row.code and other.code
        else row.figure.unit.casefold() == other.figure.unit.casefold()
    )

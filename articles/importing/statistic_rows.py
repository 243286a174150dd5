"""One statistic on its way to a row: what the words around its figure say of it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.importing.figure_labels import label_of
from articles.importing.period_words import period_said
from articles.importing.recipients import kind_of
from articles.importing.report import PeriodSaid, StatisticSaid, Words
from articles.importing.sections import Section, Sections
from committees.figures.figure import Figure, Reading
from committees.figures.indicators import INDICATORS, Context, code_of
from committees.figures.normalising import Matching, styled
from committees.figures.periods import Timeline
from committees.figures.ratings import find as ratings_in

_PARTS = 40  # figures back to which a part looks for its whole
_REACH = 400  # characters to either side in which a figure looks for its words
_SELF = "rating.committee_self"

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
# What is built on is no result told here: "Phát huy kết quả đạt được, năm 2024, ...".
_BUILDING_ON = re.compile(
    styled(
        r"(?:phát huy|từ|trên cơ sở|tiếp nối|kế thừa)(?: những| các)? (?:kết quả|thành tích|thành tựu|truyền thống)"
        r"(?:(?!\bđã (?!đạt))[^,;.:\d]){0,60},"
    )
)


class Row:
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
        self, reading: Reading, rows: Sequence["Row"], before: "Row | None", sections: Sections, timeline: Timeline
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
        context = _context(reading, self.index or 0, figure, parent, before)
        self.code = code_of(context)
        self.label = (
            INDICATORS[self.code].label
            if self.code
            else label_of(context.before, context.unit, context.after) or context.unit
        )
        self.kind = "target" if _is_aim(self.text, figure, section, is_title=self.is_title) else "result"
        if parent is not None:
            self.kind = parent.kind
        if figure.rating == "excellent":
            self._tell_includes(rows, parent)
        if figure.rating == "good" and _OR_BETTER.match(self.text, figure.end):
            self.includes = "excellent"
        period = timeline.at(figure.start, figure.end, _clause(self.text, figure), figure.sentence)
        self.period = period_said(period)
        if self.section == "speech" and period is not None and not period.inferred_from:
            ended = timeline.review_ends
            if ended is not None and period.last is not None and period.last <= ended:
                self.kind = "result"  # who speaks of the year that is reviewed tells what was reached
        self.quote = _quote(self.text, figure)

    @classmethod
    def told(cls, text: str, figure: Figure, level: str, section: Section | None, timeline: Timeline) -> "Row":
        """A row of what no number tells: a `level` of the body itself, or that nobody was rated so."""
        row = cls(None, figure, False)
        row.text, row.level, row.quote = text, level, (figure.start, figure.end)
        scale = figure.rating_scale
        row.code = code_of(Context("", figure.unit, "", rating="failed", rating_scale=scale)) if not level else _SELF
        row.label = INDICATORS[row.code].label if row.code else figure.unit
        row.section = section.kind if section else "results"
        row.kind = "target" if _is_aim(text, figure, section) else "result"
        row.period = period_said(timeline.at(figure.start, figure.end, figure.clause, figure.sentence))
        return row

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

    def _tell_includes(self, rows: Sequence["Row"], parent: "Row | None") -> None:
        """The excellent ones stand inside the good ones where the report says so, or counts them of those."""
        for row in (parent, *reversed(rows[-4:])):
            if row is not None and row.figure.rating == "good":
                figure = self.figure
                if row is parent or (figure.whole is not None and figure.whole == row.figure.value != row.figure.whole):
                    row.includes = "excellent"
                    self.parent = row.index
                return

    def is_of(self, awarded: Sequence[tuple[int | None, str | None]]) -> bool:
        """Whether it is the number of an award again: a count of persons or bodies, and nothing more."""
        figure = self.figure
        if figure.value is None or figure.whole is not None or figure.percent is not None or figure.value < 10:
            return False
        kind = kind_of(Matching(figure.unit).low)
        return kind is not None and (int(figure.value), kind) in awarded

    def _is_floor(self) -> bool:
        behind = Matching(self.text[self.figure.end : self.figure.end + 40]).low
        pattern = _OR_MORE if self.figure.plan_percent is not None else _A_YEAR_OR_MORE
        return pattern.match(behind) is not None

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
_A_YEAR_OR_MORE = re.compile(styled(r"(?:/(?:năm|tháng|người|ha))+ trở lên"))
_OR_BETTER = re.compile(r".{0,60}?nhiệm vụ[”\"]?\s(?:\([^)]*\)\s)?trở lên", re.IGNORECASE | re.DOTALL)


def _context(reading: Reading, index: int, figure: Figure, parent: "Row | None", previous: "Row | None") -> Context:
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
    inner = _COMPARATORS.sub(" ", own.split(figure.unit, 1)[0]) if figure.unit and figure.unit in own else ""
    rating, scale = figure.rating, figure.rating_scale
    if not rating and _AND_SO_ON.fullmatch(Matching(f"{behind} {after}".strip()).low):
        shared = ratings_in(Matching(_SEMICOLON.split(text[figure.end : closing])[0]).low)
        rating, scale = (shared[0].level, shared[0].scale) if shared else ("", "")
    return Context(
        before=f"{before} {inner}".strip(),
        unit=figure.unit,
        after=f"{behind} {after}".strip(),
        opening=_TIGHT.split(text[opening : figure.start])[-1].strip(),
        closing=_SEMICOLON.split(text[figure.end : closing])[0].strip(),
        is_percent=figure.percent is not None and figure.value is None,
        rating=rating,
        rating_scale=scale,
        parent=parent.code if parent else "",
        previous=previous.code if previous else "",
    )


_AND_SO_ON = re.compile(styled(r"(?:và|,|cùng|cùng với)(?: (?:trên|hơn|ít nhất|từ|khoảng|gần))?"))
_TIGHT = re.compile(r"[;\n]")
_SEMICOLON = re.compile(r"[;\n]")
_COMPARATORS = re.compile(r"[\d.,/%\s]+")


_DONE_BEHIND = re.compile(styled(r" (?:\w+ ){0,2}(?:đã\b|đạt và vượt|hoàn thành và vượt)"))


def _is_aim(text: str, figure: Figure, section: Section | None, *, is_title: bool = False) -> bool:
    """Whether a figure says what is to be: by the words before it in its sentence, else by the part it stands in."""
    opening = max(figure.sentence[0], figure.start - _REACH)
    words = _BUILDING_ON.sub(" ", Matching(text[opening : figure.start]).low)
    aim = max((found.end() for found in _AIMS.finditer(words)), default=-1)
    done = max((found.end() for found in _DONE.finditer(words)), default=-1)
    if aim >= 0 and aim > done:
        return True
    if done >= 0 and done > len(words) - 200:
        return False
    if is_title or section is None or _DONE_BEHIND.match(Matching(text[figure.end : figure.end + 40]).low):
        return False
    return section.is_ahead


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

"""Statistics that a report tells: each figure of its prose that is no award, as a row would hold it.

What the figure is comes from the number engine's reading; here it is said whether it is a result or a target, which
indicator and period it belongs to, and where it stands a second time (section 2 and 3 of the genre's grammar).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from articles.importing.report import StatisticSaid, Words
from articles.importing.sections import Section, Sections
from articles.importing.statistic_rows import Row
from committees.figures.figure import Figure, NumberKind, Reading
from committees.figures.normalising import Matching, styled
from committees.figures.periods import Timeline, sentences
from committees.figures.ratings import Rating
from committees.figures.ratings import find as ratings_in
from newsroom.vietnamese import read_number

_LEVEL = re.compile(
    styled(
        r"(?:^[\s*•+-]*|[,;:.…] |\bvà |phấn đấu |xây dựng |[“\"])(?P<who>(?:toàn )?(?:đảng bộ|đảng ủy"
        r"|chi bộ)(?! (?:cơ sở|trực thuộc|thuộc|bộ phận))(?: (?!và\b|đã tập|lãnh|thực)[^\s,;:.…%]+){0,6}?)"
        r"(?: (?:tiếp tục|đạt|được|tỉnh ủy|huyện ủy|thành ủy|ban thường vụ|công nhận|đánh giá|xếp loại"
        r"|chất lượng|mức|danh hiệu|là|và|phấn đấu|loại|tiêu chuẩn|năm|\d{4}))*:? [“\"]?$"
    )
)


# "không có tổ chức cơ sở đảng nào bị xếp loại" before the lowest rating: a number in words, and that is zero.
_WEAK = re.compile(r"(?<=tổ chức đảng )yếu kém|(?<=nào )yếu kém|(?<=đơn vị )yếu kém")
_NONE = re.compile(
    styled(
        r"(?P<who>không (?:có|còn) (?P<unit>(?:các )?(?:tổ chức|tccs|chi bộ|đảng bộ|chi, đảng bộ|đảng viên|tập thể"
        r"|đơn vị|cấp ủy)[^,;.“”\"'‘’\d]{0,50}?))"
        r"(?: (?:nào|bị|được|phải|xếp|loại|đánh|giá|phân|chất|lượng|ở|mức))* ?[“\"'‘]?$"
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
    awarded: Sequence[tuple[int | None, str | None]] = (),
) -> list[StatisticSaid]:
    """Return the statistics told at `passages` (lead and paragraphs) and in the title, in the order of the text.

    taken: places of numbers that belong to awards. awarded: the counts and kinds of these, which a speech may repeat.
    All places are code points of the text as given; `part_of` is an index into the list. A figure that stands again
    in the title, the lead or a speech is one row with other mentions.
    """
    places = [*([title] if title else []), *passages]
    rows: list[Row] = []
    before: Row | None = None
    numbered = [number.start for number in reading.numbers]
    for index, figure in enumerate(reading.figures):
        if not _inside(figure, places) or _overlaps(figure, taken) or _is_empty(figure):
            continue
        if _is_no_count(reading, index, sections.at(figure.start)):
            continue
        if before is not None and before.takes(figure, reading.text):
            continue
        figure = _with_count(reading, figure, numbered)
        row = Row(index, figure, title is not None and title[0] <= figure.start < title[1])
        row.read(reading, rows, before, sections, timeline)
        before = row
        rows.append(row)
    rows = [row for row in rows if not (row.section in ("opening", "speech") and row.is_of(awarded))]
    rows += _unnumbered(matching, passages, reading, sections, timeline)
    rows.sort(key=lambda row: row.start)
    kept = _once(rows)
    index_of = {row.index: place for place, row in enumerate(kept) if row.index is not None}
    return [replace(row.said(), part_of=index_of.get(row.parent) if row.parent is not None else None) for row in kept]


# Between a count and the share in the bracket behind it: what is counted, in words that no list of nouns knows.
_COUNTED = re.compile(styled(r" [^;,.()\d]{1,60}\((?:đạt tỷ lệ|chiếm tỷ lệ|đạt|chiếm|bằng|tỷ lệ)? ?"))


def _with_count(reading: Reading, figure: Figure, numbered: Sequence[int]) -> Figure:
    """The figure with the count it is a share of: "241 ĐV (đạt 160% kế hoạch)", "98 hoàn thành tốt nhiệm vụ (19%)"."""
    if figure.value is not None:
        return figure
    place = bisect_right(numbered, figure.start - 1) - 1
    number = reading.numbers[place] if place >= 0 else None
    if number is None or number.kind is not NumberKind.UNKNOWN or number.start < figure.sentence[0]:
        return figure
    gap = Matching(reading.text[number.end : figure.start]).low
    if not number.text[0].isdigit() or _COUNTED.fullmatch(gap) is None:
        return figure
    try:
        value = read_number(number.text)
    except ValueError:
        return figure
    found = _RATED.search(gap.split("(")[0])
    words = " ".join(reading.text[number.end : figure.start].split("(")[0].split())
    return replace(figure, start=number.start, value=value, unit="" if found else words)


_RATED = re.compile(styled(r"hoàn thành|xếp loại|đạt|được|đủ tư cách"))


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
# What "còn", "xuống còn", "lên thành" stand before is how much there is now.
_NOT_NOW = r"(?<!\bcòn )(?<!\bcòn lại )(?<!\bthành )$"
_CHANGED = re.compile(styled(r"\(\s?(?:tăng|giảm|vượt|cao hơn|thấp hơn|so với|so)\b[^();]{0,70}" + _NOT_NOW))
_DIGIT = re.compile(r"\d")
_CHANGED_BY = re.compile(
    styled(r"[^,;()\d]{0,20}[,–-]?\s?(?:và )?(?:tăng|giảm|vượt|cao hơn|thấp hơn)(?: \w+){0,2} ?" + _NOT_NOW)
)
# What is enumerated rather than counted: "3 khâu đột phá", "5 nhiệm vụ trọng tâm" of what is to be done or was said.
_ENUMERATED = re.compile(
    styled(
        r"(?:nhóm )?(?:nhiệm vụ|nội dung|vấn đề|giải pháp|khâu|phong trào|chuyên đề|lĩnh vực|mặt|điểm(?! cầu)"
        r"|mục tiêu|chỉ tiêu|phương châm|nguyên tắc|bài học|yêu cầu|mũi|trụ cột|vấn|biện pháp|phần việc|cuộc vận động"
        r"|nghị quyết|chỉ thị|quy định|dự thảo|báo cáo(?! viên)|tờ trình)"
    )
)
_COUNTED_ONE = re.compile(styled(r"(?:lớp|đảng viên|tổ chức|chi bộ|đồng chí|trường hợp|cuộc|đảng bộ|mô hình)"))


def _is_no_count(reading: Reading, index: int, section: Section | None) -> bool:
    """Whether a figure only enumerates, tells a change in a bracket, or is the article in "một chi đoàn"."""
    figure, text = reading.figures[index], reading.text
    if figure.whole is not None or (figure.percent is not None and figure.value is not None):
        return False
    printed = _DIGIT.search(text, figure.start, figure.end)
    before = Matching(text[max(0, figure.start - 90) : printed.start() if printed else figure.start]).low
    number = text[figure.start : figure.start + 14].casefold()
    if _CHANGED.search(before):
        return True
    last = reading.figures[index - 1] if index else None
    follows = last is not None and last.sentence == figure.sentence and last.value is not None
    if last is not None and follows and figure.percent is not None:
        gap = Matching(text[last.end : printed.start() if printed else figure.start]).low
        if _CHANGED_BY.fullmatch(gap) is not None:
            return True
    unit = Matching(figure.unit).low
    behind = Matching(text[figure.end : figure.end + 20]).low.strip()
    if number.startswith("một ") and not _COUNTED_ONE.match(unit):
        return True
    looks_ahead = section is not None and (section.is_ahead or section.kind in ("opening", "speech", "awards"))
    if figure.percent is None and figure.plan_percent is None and _ENUMERATED.match(f"{unit} {behind}"):
        return looks_ahead or not (number[0].isdigit() or unit.startswith(("chỉ tiêu", "nhiệm vụ")))
    return False


def _unnumbered(
    matching: Matching, passages: Sequence[tuple[int, int]], reading: Reading, sections: Sections, timeline: Timeline
) -> list["Row"]:
    """Ratings told without a number: "Đảng bộ Khối hoàn thành xuất sắc nhiệm vụ", "không có chi bộ yếu kém"."""
    rows = []
    numbered = [figure.start for figure in reading.figures]
    for start, end in passages:
        for left, right in sentences(matching, matching.place(start), matching.place(end)):
            words = matching.low[left : min(right, left + 4000)]
            weak = [Rating(hit.start(), hit.end(), "failed", "old") for hit in _WEAK.finditer(words)]
            for rating in [*ratings_in(words), *weak]:
                first, last = left + rating.start, matching.origin(left + rating.end)
                # The old scale's words may hold the noun: "tổ chức cơ sở đảng yếu kém".
                noun_ends = max(first, matching.low.rfind("yếu kém", first, left + rating.end))
                none = (
                    _NONE.search(matching.low, max(left, first - 120), noun_ends) if rating.level == "failed" else None
                )
                begins = max(left, first - 160)
                found = none or _LEVEL.search(matching.low[begins:first])
                if found is None or (none is None and rating.scale == "old"):
                    continue
                who = matching.origin(found.start("who") + (0 if none else begins))
                near = bisect_right(numbered, last) - 1
                if near >= 0 and (numbered[near] >= who or (none is None and reading.figures[near].clause[1] > who)):
                    continue
                figure = Figure(who, last, clause=(who, last), sentence=(matching.origin(left), matching.origin(right)))
                if none is not None:
                    unit = matching.given_slice(*none.span("unit")).strip()
                    zero, scale = Decimal(0), rating.scale
                    figure = replace(figure, value=zero, unit=unit, rating="failed", rating_scale=scale)
                section = sections.at(who)
                if none is None and section is not None and section.kind in ("opening", "awards", "limits"):
                    continue
                rows.append(Row.told(matching.given, figure, "" if none else rating.level, section, timeline))
    return rows


def _once(rows: list["Row"]) -> list["Row"]:
    """One row for what is told twice: the title, the lead and a speech repeat what the body says."""
    kept: list[Row] = []
    told: dict[object, list[Row]] = {}
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


def _is_same(row: "Row", other: "Row") -> bool:
    if row.level or other.level or (row.kind != other.kind and row.section != "title"):
        return False
    if row.section == "title":
        return True
    return (
        row.code == other.code
        if row.code and other.code
        else row.figure.unit.casefold() == other.figure.unit.casefold()
    )

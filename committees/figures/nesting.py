"""Which figure is inside which: “trong đó”, and what stands in a bracket behind a figure (section 2)."""

import re
from bisect import bisect_left

from . import nouns
from .composing import Draft, Page
from .normalising import styled

_WITHIN = re.compile(
    styled(
        r"(?<!\w)(?:trong (?:số )?(?:đó|này|đấy)|trong tổng số đó|(?<=, )(?:bao )?gồm(?: có)?|(?<=, )riêng"
        r"|bằng hình thức|các hình thức)(?!\w)"
    )
)
_FAR = 60  # characters between “trong đó” and a figure, beyond which only the same kind of thing can be inside
_BRACKET = 400  # characters that a bracket may hold


def nest(page: Page) -> None:
    """Say of every figure whose part it is: `part_of`, for what the text says to be inside something, and nothing else.

    Parts go on to the next ";" (over it where “Trong đó” opens the sentence, or ":" follows it, or the parts are
    listed "thing: number"); a printed whole decides: one that is the whole of the parent again is beside it.
    """
    drafts = page.drafts
    starts = [draft.start for draft in drafts]
    marks = [found.span() for found in _WITHIN.finditer(page.low)] if drafts else []
    for index, (start, end) in enumerate(marks):
        limit = marks[index + 1][0] if index + 1 < len(marks) else len(page.low)
        first = bisect_left(starts, end)
        if first == len(drafts) or starts[first] >= limit:
            continue
        sentence = page.sentences.around(start)
        opens = start == sentence[0]
        if drafts[first].sentence != sentence:
            continue
        parent = _parent(page, first, start, sentence, opens)
        if parent is None or (not _is_plain(page, start) and not _is_close(page, first, parent, end)):
            continue
        alike = nouns.alike(page.unit(drafts[first]), page.unit(drafts[parent]))
        if starts[first] - end > _FAR and not alike:
            continue
        listed = page.low[max(end, drafts[first].start - 2) : drafts[first].start].rstrip().endswith(":")
        _parts(page, parent, first, limit, opens or listed or page.low[end : end + 1] == ":")
    for index in range(1, len(drafts)):
        if drafts[index].part_of is None:
            drafts[index].part_of = _bracket_of(page, index)


def _is_plain(page: Page, start: int) -> bool:
    return page.low.startswith("trong", start)


def _is_close(page: Page, first: int, parent: int, end: int) -> bool:
    """Return whether “gồm”, “riêng” and “hình thức” divide the figure just before them, of the same kind of thing."""
    whole, part = page.drafts[parent], page.drafts[first]
    if parent != first - 1 or part.value is None or whole.value is None or part.value > whole.value:
        return False
    return part.start - end < _FAR and part.whole is None and nouns.alike(page.unit(part), page.unit(whole))


def _parent(page: Page, first: int, start: int, sentence: tuple[int, int], opens: bool) -> int | None:
    """Return what the parts from `first` on are inside of: by their whole, by their noun, else the nearest."""
    drafts, part = page.drafts, page.drafts[first]
    before = page.sentences.before(sentence[0]) if opens else sentence
    near = [
        index
        for index in range(first - 1, max(-1, first - 6), -1)
        if drafts[index].sentence == before and (drafts[index].part_of is None or not opens)
    ]
    if part.whole is not None:
        same = [index for index in near if drafts[index].value == part.whole]
        return same[0] if same else (near[0] if near else None)
    roomy = [index for index in near if not _is_more(part, drafts[index])]
    semicolon = page.low.rfind(";", sentence[0], start)
    beside = [index for index in roomy if opens or drafts[index].start > semicolon] or roomy
    unit = page.unit(part)
    alike = [
        index for index in beside if unit and page.unit(drafts[index]) and nouns.alike(unit, page.unit(drafts[index]))
    ]
    return next(iter(alike or beside), None)


def _is_more(part: Draft, whole: Draft) -> bool:
    return part.value is not None and whole.value is not None and part.value > whole.value


def _parts(page: Page, parent: int, first: int, limit: int, across: bool) -> None:
    whole = page.drafts[parent]
    for index in range(first, len(page.drafts)):
        part = page.drafts[index]
        if part.start >= limit or part.sentence != page.drafts[first].sentence:
            return
        if index > first:
            between = page.low[page.drafts[index - 1].end : part.start]
            if part.whole is not None and part.whole != whole.value:
                return
            if ";" in between and not across and part.whole is None:
                return
            if ")" in between and "(" not in between:
                return
            first_unit = page.unit(page.drafts[first])
            if not any(nouns.alike(page.unit(part), unit) for unit in (page.unit(whole), first_unit)):
                other = _other_whole(page, part, parent)
                if other is None:
                    return
                part.part_of = other
                continue
            if _is_more(part, whole):
                return
        part.part_of = parent


def _other_whole(page: Page, part: Draft, parent: int) -> int | None:
    """Return the figure beside the parent that a part of another kind is inside of.

    "52 tập thể, 138 cá nhân, trong đó: 5 tập thể, 12 cá nhân": the persons are of the persons.
    """
    for index in range(parent + 1, parent - 3, -1):
        if index != parent and 0 <= index < len(page.drafts) and page.drafts[index].start < part.start:
            whole, unit = page.drafts[index], page.unit(page.drafts[index])
            is_beside = whole.sentence == page.drafts[parent].sentence and whole.part_of is None
            if (
                is_beside
                and unit
                and page.unit(part)
                and nouns.alike(page.unit(part), unit)
                and not _is_more(part, whole)
            ):
                return index
    return None


_NO_PART = re.compile(
    styled(
        r"tăng|giảm|vượt|so với|cùng kỳ|đạt|bằng|năm (?:19|20)\d\d|chiếm|tỷ lệ|trong số|quý|tháng|chưa|còn lại|kế hoạch"
        r"|chỉ tiêu|trị giá|kinh phí"
    )
)


def _bracket_of(page: Page, index: int) -> int | None:
    """Return the figure that this one breaks down: "7 đảng viên (khiển trách: 1; cảnh cáo: 2)", or after a colon.

    What a bracket compares ("(tăng 08)", "(năm 2021: 12)") is no part.
    """
    head, part = page.drafts[index - 1], page.drafts[index]
    gap = page.low[head.end : part.start]
    if len(gap) > 80 or head.sentence != part.sentence or _NO_PART.search(gap) or ")" in gap:
        return None
    if part.value is None or part.whole is not None:
        return None
    if head.part_of is not None and _is_open(page, head):
        return head.part_of if "(" not in gap and not _is_more(part, page.drafts[head.part_of]) else None
    if head.value is None or _is_more(part, head) or head.part_of is not None:
        return head.part_of if head.part_of is not None and _goes_on(page, head, part, gap) else None
    opened = gap.find("(")
    if 0 <= opened <= 40:
        closed = page.low.find(")", part.end, part.end + _BRACKET)
        return (
            index - 1 if closed >= 0 and not _NO_PART.search(page.low[part.end : min(closed, part.end + 24)]) else None
        )
    listed = part.unit is None and gap.startswith(":") and len(gap) < 24
    return index - 1 if listed else None


def _goes_on(page: Page, head: Draft, part: Draft, gap: str) -> bool:
    """Return whether a list without nouns goes on: "khiển trách 3, cảnh cáo 1, khai trừ 1"."""
    whole = page.drafts[head.part_of or 0]
    plain = head.unit is None and part.unit is None and gap.startswith(",") and len(gap) < 24
    return plain and not _is_more(part, whole)


def _is_open(page: Page, draft: Draft) -> bool:
    """Return whether `draft` stands inside a bracket that opens behind the figure it is a part of."""
    if draft.part_of is None or ")" in page.low[draft.start : draft.end]:
        return False
    between = page.low[page.drafts[draft.part_of].end : draft.start][:_BRACKET]
    return between.count("(") > between.count(")")

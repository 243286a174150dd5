"""The figures that the numbers of a text make up: what belongs together, and what is said of it."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from . import comparing, nouns, ratings
from .figure import NumberKind
from .normalising import Matching, key, styled
from .scene import Item
from .tokens import Sentences

_GAP = 160  # characters between a count and the percentage that is printed for it
_ASIDE = 3  # numbers between them that say nothing of how many
_COUNTS = (NumberKind.FIGURE, NumberKind.UNKNOWN)
_PARTED = re.compile("[(,]")


@dataclass(slots=True)
class Draft:
    """A figure being put together, in places of the matching form; `items` are indices of its numbers."""

    start: int
    end: int
    items: list[int]
    value: Decimal | None = None
    value_max: Decimal | None = None
    whole: Decimal | None = None
    percent: Decimal | None = None
    percent_max: Decimal | None = None
    percent_places: int | None = None
    plan_percent: Decimal | None = None
    comparator: str = "="
    unit: tuple[int, int] | None = None
    unit_words: str = ""
    part_of: int | None = None
    clause: tuple[int, int] = (0, 0)
    tail: tuple[int, int] | None = None  # what it shares with the figure behind it: "100% A và 90% B được ..."
    sentence: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Page:
    """The text with all that is known of it."""

    matching: Matching
    low: str
    sentences: Sentences
    items: list[Item]
    ratings: list[ratings.Rating]
    drafts: list[Draft] = field(default_factory=list)

    def unit(self, draft: Draft) -> str:
        """Return the noun that `draft` counts, in lower case; empty where none stands there."""
        return self.low[slice(*draft.unit)] if draft.unit else ""


_LINK = (
    r"(?:(?:đạt|chiếm|với|có) t[ỷỉ] lệ|t[ỷỉ] lệ(?: đạt)?|chiếm|đạt|bằng|tương đương(?: với)?"
    r"|tương ứng(?: với)?|ứng với|=)"
)
_ABOUT = r"(?: ?(?:là|trên|hơn|gần|khoảng|xấp xỉ|:|>|<))*"
_IN_BRACKET = re.compile(styled(rf"[^;()\n]*\( ?(?:{_LINK}{_ABOUT})? ?"))
_IN_LINE = re.compile(
    styled(rf"(?:[^;()\n]*,)? ?{_LINK}{_ABOUT} ?|[^;(),\n]*{_LINK}{_ABOUT} ?|[^;()\n]*chiếm(?: t[ỷỉ] lệ)?{_ABOUT} ?")
)
_SHARED = re.compile(styled(r" ?(?:trong|trên|/)(?: tổng)?(?: số)?(?: là)? ?"))
_UP_TO = re.compile(styled(r" ?(?:đến|tới|-) ?(?:dưới |gần )?"))
_PLAN = re.compile(
    styled(
        r" ?(?:so với |so |của |với )?(?:kế hoạch|chỉ tiêu|nghị quyết|dự toán|mục tiêu|(?:kh|nq)(?!\w))"
        r"|[^,;.()\d]{0,24}(?:so với|so) (?:chỉ tiêu|kế hoạch|nghị quyết|dự toán|mục tiêu)"
    )
)
_COMPARED = re.compile(styled(r" ?(?:so với|so cùng|cùng kỳ|so năm|của năm trước)"))
_OF_ALL = re.compile(styled(r" ?(?:trên |trong |so với )?(?:tổng )?số\b"))
_MAKES_UP = re.compile(styled(rf"chiếm(?: t[ỷỉ] lệ)?{_ABOUT} ?\Z"))
_CLOSED = re.compile(r" ?\)")
_MONEY = {
    "tỷ": Decimal(10**9),
    "triệu": Decimal(10**6),
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "đồng": Decimal(1),
}


def compose(page: Page) -> None:
    """Put the countable numbers of the page together into figures: `page.drafts`, in order."""
    index = 0
    while index < len(page.items):
        item = page.items[index]
        if item.kind is not NumberKind.FIGURE:
            index += 1
            continue
        draft = Draft(item.start, item.end, [index], unit=item.unit)
        _begin(draft, item)
        index += 1
        index = _go_on(page, draft, index)
        draft.comparator, draft.start, draft.end = comparing.comparator(
            page.low, draft.start, draft.end, draft.unit, is_range=draft.comparator == "range"
        )
        if draft.unit is None and draft.comparator in (">=", "<=") and (unit := nouns.unit(page.low, draft.end)):
            draft.unit, draft.end = unit, unit[1]
        page.drafts.append(draft)


def _begin(draft: Draft, item: Item) -> None:
    if item.unit:
        draft.end = max(draft.end, item.unit[1])
    if item.form == "ratio":
        draft.value, draft.whole = item.value, item.second
    elif item.form == "range":
        draft.comparator = "range"
        if item.is_percent:
            draft.percent, draft.percent_max, draft.percent_places = item.value, item.second, item.places
        else:
            draft.value, draft.value_max = item.value, item.second
    elif item.form == "percent":
        draft.percent, draft.percent_places = item.value, item.places
    else:
        draft.value = item.value


def _go_on(page: Page, draft: Draft, index: int) -> int:
    """Add to `draft` the numbers behind it that are of the same figure; return the index of the first that is not."""
    at = _following(page, draft, index)
    if at is None:
        return index
    first, following = page.items[draft.items[0]], page.items[at]
    gap = page.low[draft.end : following.start]
    if at != index:
        has_one = draft.percent is not None or draft.plan_percent is not None
        return index if has_one else _with_percent(page, draft, at, following, gap)
    if _rounds_up(page, draft, first, following):
        return _go_on(page, draft, index + 1) if following.form == "count" else index + 1
    if (
        (
            first.form == "count"
            and following.form == "count"
            and _SHARED.fullmatch(gap)
            and not _same_place(draft, following)
        )
        and draft.value is not None
        and following.value is not None
        and (draft.value <= following.value or "số" in gap or "/" in gap)
    ):
        draft.whole = following.value
        _take(draft, index, following)
        return _go_on(page, draft, index + 1)
    if following.is_percent and following.form in ("percent", "range") and draft.percent is None:
        return _with_percent(page, draft, index, following, gap)
    if following.form == "ratio" and draft.whole is None and draft.value is not None and following.value == draft.value:
        closed = _CLOSED.match(page.low, max(following.end, following.unit[1] if following.unit else 0))
        if closed and re.fullmatch(r"[^;()\n]*\( ?", gap):
            draft.whole = following.second
            _take(draft, index, following)
            draft.end = closed.end()
            return index + 1
    if first.form == "percent" and following.form in ("ratio", "count") and draft.value is None:
        end = max(following.end, following.unit[1] if following.unit else 0)
        closed = _CLOSED.match(page.low, end)
        if closed and re.fullmatch(r"[^;()\n]*\( ?", gap):
            draft.value = following.value
            draft.whole = following.second if following.form == "ratio" else None
            _take(draft, index, following)
            draft.end = closed.end()
            return index + 1
    if first.form == "percent":
        _as_plan(page, draft, first.end)
    return index


def _following(page: Page, draft: Draft, index: int) -> int | None:
    """Return the index of the next number if it is a figure of the same sentence, near enough to belong to `draft`.

    A percentage may stand behind a year, a period or an age: "12 xã đạt chuẩn năm 2022 (41,77%)".
    """
    first = page.items[draft.items[0]]
    at = index
    while at < min(index + _ASIDE, len(page.items)) and page.items[at].kind not in _COUNTS:
        at += 1
    following = page.items[at] if at < len(page.items) else None
    if first.form in ("percent", "range") and first.is_percent:
        _as_plan(page, draft, first.end)
    if following is None or following.kind is not NumberKind.FIGURE or following.start - draft.end > _GAP:
        return None
    if page.sentences.around(draft.start) != page.sentences.around(following.start):
        return None
    if at != index and not (
        following.form == "percent" and _PARTED.search(page.low, page.items[at - 1].end, following.start)
    ):
        return None
    return at


def _rounds_up(page: Page, draft: Draft, first: Item, following: Item) -> bool:
    """Join "từ 180 đến 200" and "90% - 100%" into a range, "1 tỷ 500 triệu đồng" into one sum."""
    gap = page.low[max(draft.end if not first.unit else first.end, first.end) : following.start]
    end = max(following.end, following.unit[1] if following.unit else 0)
    if (
        _UP_TO.fullmatch(gap)
        and first.form in ("count", "percent")
        and following.form in ("count", "percent")
        and (first.form == following.form or following.is_percent)
        and first.value is not None
        and following.value is not None
        and first.value < following.value
        and draft.comparator == "="
    ):
        draft.comparator, draft.unit = "range", following.unit
        if following.is_percent:
            draft.value = draft.value_max = None
            draft.percent, draft.percent_max = first.value, following.value
            draft.percent_places = max(first.places or 0, following.places or 0)
        else:
            draft.value_max = following.value
        draft.items.append(page.items.index(following, draft.items[-1]))
        draft.end = end
        return True
    if first.unit and following.unit and page.low[draft.end : following.start] == " ":
        large, small_unit = page.unit(draft), page.low[slice(*following.unit)]
        small = small_unit.split(" ")[0]
        worth, less = _worth(large), _worth(small)
        ends = small_unit.endswith(key("đồng"))
        if worth and less and worth > less and (ends or _GOES_ON.match(page.low, following.unit[1])):
            counted = draft.value if draft.unit_words else (draft.value or Decimal(0)) * worth
            draft.value = (counted or Decimal(0)) + (following.value or Decimal(0)) * less
            draft.unit, draft.unit_words = following.unit, styled("đồng")
            draft.items.append(draft.items[-1] + 1)
            draft.end = end
            return True
    return False


_GOES_ON = re.compile(r" \d")


def _worth(words: str) -> Decimal | None:
    return next((worth for word, worth in _MONEY.items() if words == key(word)), None)


def _same_place(draft: Draft, following: Item) -> bool:
    return following.start < draft.end


def _take(draft: Draft, index: int, item: Item) -> None:
    draft.items.append(index)
    draft.end = max(draft.end, item.end, item.unit[1] if item.unit else 0)
    if draft.unit is None:
        draft.unit = item.unit


def _with_percent(page: Page, draft: Draft, index: int, following: Item, gap: str) -> int:
    """Take the percentage that is printed for a count or a ratio: "71/75 tập thể (94,67%)", "145 người, chiếm 12%".

    What a change or a comparison says ("tăng 5%", "bằng 105% so với cùng kỳ") is a figure of its own.
    """
    bracket = _IN_BRACKET.fullmatch(gap)
    line = None if bracket else _IN_LINE.fullmatch(gap)
    plan = _PLAN.match(page.low, following.end)
    if not (bracket or line) or (plan is None and _COMPARED.match(page.low, following.end)):
        return index
    own = following.unit and not _OF_ALL.match(page.low, following.end) and not _MAKES_UP.search(gap)
    counts = page.low[slice(*following.unit)] if following.unit else ""
    if own and not plan and not bracket and counts != page.unit(draft):
        return index
    end = following.end
    if bracket:
        closed = page.low.find(")", end, end + 60)
        end = closed + 1 if closed >= 0 and not re.search(r"[\d;(\n]", page.low[end:closed]) else end
    elif plan:
        end = plan.end()
    over = (
        following.value is not None
        and following.value > 100
        and (draft.whole is None or (draft.value or 0) > draft.whole)
    )
    if plan or over:
        draft.plan_percent = following.value
    else:
        draft.percent, draft.percent_max, draft.percent_places = following.value, following.second, following.places
    draft.items.append(index)
    draft.end = end
    if bracket and draft.unit is None and (unit := nouns.unit(page.low, end)):
        draft.unit, draft.end = unit, unit[1]
    return _go_on(page, draft, index + 1)


def _as_plan(page: Page, draft: Draft, end: int) -> None:
    """Make a percentage one of a plan where the plan stands behind it: "đạt 140,8% kế hoạch" (section 2)."""
    found = _PLAN.match(page.low, end)
    if (
        found
        and draft.percent is not None
        and draft.percent_max is None
        and not comparing.is_change(page.low, draft.start)
    ):
        draft.plan_percent, draft.percent, draft.percent_places = draft.percent, None, None
        draft.unit = None
        draft.end = max(end, found.end())

"""A text as the numbers it holds, and the figures that they make up."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from decimal import Decimal

from . import comparing, nouns, ratings
from .classifying import Item, classify
from .figure import Figure, Number, NumberKind, Reading
from .normalising import Matching, key, styled
from .tokens import Sentences

_WINDOW = 400  # characters that a clause may reach to either side of its figure
_GAP = 160  # characters between a count and the percentage that is printed for it


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
    sentence: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Page:
    """The text with all that is known of it."""

    matching: Matching
    low: str
    sentences: Sentences
    items: list[Item]
    ratings: list[ratings.Rating]
    drafts: list[Draft] = field(default_factory=list)


def read(text: str) -> Reading:
    """Return every number of `text` with its kind, and every figure that the countable ones make up.

    Any text will do: nothing raises, and the time is in proportion to the length. Offsets are places of `text`.
    """
    matching = Matching(text)
    page = _Page(matching, matching.low, Sentences(matching.text), classify(matching), ratings.find(matching.low))
    _compose(page)
    _bound(page)
    _nest(page)
    belongs = {item: index for index, draft in enumerate(page.drafts) for item in draft.items}
    numbers = tuple(
        Number(
            start := matching.origin(item.start),
            end := matching.origin(item.end),
            text[start:end],
            item.kind,
            belongs.get(index),
        )
        for index, item in enumerate(page.items)
    )
    return Reading(text, numbers, tuple(_finished(page, draft) for draft in page.drafts))


# --- Putting figures together ------------------------------------------------------------------

_LINK = (
    r"(?:đạt tỷ lệ|chiếm tỷ lệ|tỷ lệ đạt|với tỷ lệ|có tỷ lệ|tỷ lệ|chiếm|đạt|bằng|tương đương(?: với)?"
    r"|tương ứng(?: với)?|ứng với|=)"
)
_ABOUT = r"(?: ?(?:là|trên|hơn|gần|khoảng|xấp xỉ|:|>|<))*"
_IN_BRACKET = re.compile(styled(rf"[^;()\n]*\( ?(?:{_LINK}{_ABOUT})? ?"))
_IN_LINE = re.compile(
    styled(rf"(?:[^;()\n]*,)? ?{_LINK}{_ABOUT} ?|[^;(),\n]*{_LINK}{_ABOUT} ?|[^;()\n]*chiếm(?: tỷ lệ)?{_ABOUT} ?")
)
_SHARED = re.compile(styled(r" ?(?:trong|trên|/)(?: tổng)?(?: số)?(?: là)? ?"))
_UP_TO = re.compile(styled(r" ?(?:đến|tới|-) ?(?:dưới |gần )?"))
_FROM = re.compile(styled(r"(?<!\w)từ(?: khoảng)? ?\Z"))
_PLAN = re.compile(
    styled(
        r" ?(?:so với |so |của |với )?(?:kế hoạch|chỉ tiêu|nghị quyết|dự toán|mục tiêu|kh(?= (?:năm|giao|đề"
        r"|được))|nq(?= |,|\.|;|\)))"
        r"|[^,;.()\d]{0,24}(?:so với|so) (?:chỉ tiêu|kế hoạch|nghị quyết|dự toán|mục tiêu)"
    )
)
_COMPARED = re.compile(styled(r" ?(?:so với|so cùng|cùng kỳ|so năm|của năm trước)"))
_OF_ALL = re.compile(styled(r" ?(?:trên |trong |so với )?(?:tổng )?số\b"))
_CLOSED = re.compile(r" ?\)")
_MONEY = {
    "tỷ": Decimal(10**9),
    "triệu": Decimal(10**6),
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "đồng": Decimal(1),
}


def _compose(page: _Page) -> None:
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


def _go_on(page: _Page, draft: Draft, index: int) -> int:
    """Add to `draft` the numbers behind it that are of the same figure; return the index of the first that is not."""
    following = _following(page, draft, index)
    if following is None:
        return index
    first = page.items[draft.items[0]]
    gap = page.low[draft.end : following.start]
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
        and (draft.value <= following.value or "số" in gap)
    ):
        draft.whole = following.value
        _take(draft, index, following)
        return _go_on(page, draft, index + 1)
    if following.is_percent and following.form in ("percent", "range") and draft.percent is None:
        return _with_percent(page, draft, index, following, gap)
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


def _following(page: _Page, draft: Draft, index: int) -> Item | None:
    """Return the next number if it is a figure of the same sentence, near enough to belong to `draft`."""
    first = page.items[draft.items[0]]
    following = page.items[index] if index < len(page.items) else None
    if first.form in ("percent", "range") and first.is_percent:
        _as_plan(page, draft, first.end)
    if following is None or following.kind is not NumberKind.FIGURE or following.start - draft.end > _GAP:
        return None
    if page.sentences.around(draft.start) != page.sentences.around(following.start):
        return None
    return following


def _rounds_up(page: _Page, draft: Draft, first: Item, following: Item) -> bool:
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
        large, small = page.low[slice(*first.unit)], page.low[slice(*following.unit)].split(" ")[0]
        worth, less = _worth(large), _worth(small)
        if worth and less and worth > less and page.low[slice(*following.unit)].endswith(key("đồng")):
            draft.value = (draft.value or 0) * worth + (following.value or 0) * less
            draft.unit_words = page.matching.given_slice(following.unit[1] - 4, following.unit[1])
            draft.items.append(draft.items[-1] + 1)
            draft.end = end
            return True
    return False


def _worth(words: str) -> Decimal | None:
    return next((worth for word, worth in _MONEY.items() if words == key(word)), None)


def _same_place(draft: Draft, following: Item) -> bool:
    return following.start < draft.end


def _take(draft: Draft, index: int, item: Item) -> None:
    draft.items.append(index)
    draft.end = max(draft.end, item.end, item.unit[1] if item.unit else 0)
    if draft.unit is None:
        draft.unit = item.unit


def _with_percent(page: _Page, draft: Draft, index: int, following: Item, gap: str) -> int:
    """Take the percentage that is printed for a count or a ratio: "71/75 tập thể (94,67%)", "145 người, chiếm 12%".

    What a change or a comparison says ("tăng 5%", "bằng 105% so với cùng kỳ") is a figure of its own.
    """
    bracket = _IN_BRACKET.fullmatch(gap)
    line = None if bracket else _IN_LINE.fullmatch(gap)
    if not (bracket or line) or _COMPARED.match(page.low, following.end):
        return index
    plan = _PLAN.match(page.low, following.end)
    own = following.unit and not _OF_ALL.match(page.low, following.end)
    counts = page.low[slice(*following.unit)] if following.unit else ""
    if own and not plan and not bracket and counts != _unit(page, draft):
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
    return index + 1


def _as_plan(page: _Page, draft: Draft, end: int) -> None:
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


# --- Clauses, sentences, what is inside what ---------------------------------------------------

_WITHIN = re.compile(styled(r"trong (?:số )?(?:đó|này|đấy)\b|trong tổng số đó\b"))
_CUT = re.compile(styled(r";|, ?(?=trong đó)|,| (?=và )| (?=trong đó)"))
_WORDY = re.compile(r"[^\W\d_]{2}")


def _bound(page: _Page) -> None:
    """Give every figure its sentence and its clause: between what parts it from the figures beside it."""
    drafts = page.drafts
    starts = [page.sentences.around(draft.start) for draft in drafts]
    for index, draft in enumerate(drafts):
        draft.sentence = starts[index]
        low, high = draft.sentence
        if index and starts[index - 1] == draft.sentence:
            low = max(low, drafts[index - 1].clause[1])
        else:
            low = max(low, page.low.rfind(";", max(low, draft.start - _WINDOW), draft.start) + 1)
        if index + 1 < len(drafts) and starts[index + 1] == draft.sentence:
            high = _cut(page, draft, drafts[index + 1])
        else:
            stop = page.low.find(";", draft.end, min(high, draft.end + _WINDOW))
            high = stop if stop >= 0 else high
        draft.clause = (min(low, draft.start), max(high, draft.end))
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        low, high = draft.clause
        bare = not _WORDY.search(page.low[max(low, draft.start - _WINDOW) : draft.start] + page.low[draft.end : high])
        if (
            bare
            and index + 1 < len(drafts)
            and starts[index + 1] == draft.sentence
            and page.low[high : high + 1] != ";"
        ):
            high = drafts[index + 1].clause[1]
        draft.clause = _trimmed(page.low, max(low, draft.start - _WINDOW), min(high, draft.end + _WINDOW))


def _cut(page: _Page, draft: Draft, following: Draft) -> int:
    """Return where the clause of `draft` ends, `following` being the next figure of its sentence."""
    if draft.end >= following.start:
        return draft.end
    semicolon = page.low.find(";", draft.end, following.start)
    if semicolon >= 0:
        return semicolon
    if found := _CUT.search(page.low, draft.end, following.start):
        return found.start()
    at = bisect_left(page.ratings, draft.end, key=lambda rating: rating.start)
    if at < len(page.ratings) and page.ratings[at].end <= following.start:
        end = page.ratings[at].end
        return end + 1 if page.low[end : end + 1] in ("”", '"') else end
    bracket = page.low.find("(", draft.end, following.start)
    return bracket if bracket >= 0 else following.start


def _trimmed(low: str, start: int, end: int) -> tuple[int, int]:
    while start < end and low[start] in " ,;:.)\n":
        start += 1
    while end > start and low[end - 1] in " ,;:(\n":
        end -= 1
    return start, end


def _nest(page: _Page) -> None:
    """Say of which figure those behind “trong đó”, and those in a bracket behind a figure, are parts (section 2)."""
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
        parent = _parent(page, first, sentence, opens, drafts[first])
        if parent is None or drafts[first].sentence != sentence:
            continue
        if starts[first] - end > 60 and not nouns.alike(_unit(page, drafts[first]), _unit(page, drafts[parent])):
            continue
        _parts(page, parent, first, limit, across=opens or page.low[end : end + 1] == ":")
    for index in range(1, len(drafts)):
        if drafts[index].part_of is None and _in_bracket_of(page, index):
            head = drafts[index - 1]
            drafts[index].part_of = head.part_of if _is_listed(page, head) else index - 1


def _parent(page: _Page, first: int, sentence: tuple[int, int], opens: bool, part: Draft) -> int | None:
    drafts = page.drafts
    before = page.sentences.before(sentence[0]) if opens else sentence
    candidates = [
        index
        for index in range(first - 1, max(-1, first - 6), -1)
        if drafts[index].sentence == before and (drafts[index].part_of is None or not opens)
    ]
    if part.whole is not None:
        for index in candidates:
            if drafts[index].value == part.whole:
                return index
    for index in candidates:
        value = drafts[index].value
        if part.value is None or value is None or part.value <= value or part.whole is not None:
            return index
    return None


def _parts(page: _Page, parent: int, first: int, limit: int, across: bool) -> None:
    whole = page.drafts[parent]
    for index in range(first, len(page.drafts)):
        part = page.drafts[index]
        if part.start >= limit or part.sentence != page.drafts[first].sentence:
            return
        if index > first:
            between = page.low[page.drafts[index - 1].end : part.start]
            if ";" in between and not across and part.whole != whole.value:
                return
            if part.whole is not None and part.whole != whole.value:
                return
            if not nouns.alike(_unit(page, part), _unit(page, whole)):
                return
            if part.value is not None and whole.value is not None and part.value > whole.value:
                return
        part.part_of = parent


_NO_PART = re.compile(
    styled(
        r"tăng|giảm|vượt|so với|cùng kỳ|đạt|bằng|năm (?:19|20)\d\d|chiếm|tỷ lệ|trong số|quý|tháng|kế hoạch"
        r"|chỉ tiêu"
    )
)


def _in_bracket_of(page: _Page, index: int) -> bool:
    """Return whether the figure stands in a bracket behind the one before it, or goes on with that bracket's list."""
    head, part = page.drafts[index - 1], page.drafts[index]
    gap = page.low[head.end : part.start]
    if len(gap) > 80 or head.sentence != part.sentence or _NO_PART.search(gap) or ")" in gap:
        return False
    if part.value is None or part.whole is not None:
        return False
    if _is_listed(page, head):
        return "(" not in gap
    opened = gap.find("(")
    if opened < 0 or opened > 40 or head.value is None or part.value > head.value or head.part_of is not None:
        return False
    closed = page.low.find(")", part.end, part.end + _WINDOW)
    return closed >= 0 and not _NO_PART.search(page.low[part.end : min(closed, part.end + 24)])


def _is_listed(page: _Page, draft: Draft) -> bool:
    """Return whether `draft` was itself found to be a part inside a bracket that is still open behind it."""
    if draft.part_of is None or ")" in page.low[draft.start : draft.end]:
        return False
    parent = page.drafts[draft.part_of]
    between = page.low[parent.end : draft.start][: 2 * _WINDOW]
    return between.count("(") > between.count(")")


def _unit(page: _Page, draft: Draft) -> str:
    return page.low[slice(*draft.unit)] if draft.unit else ""


# --- As it is handed out -----------------------------------------------------------------------


def _finished(page: _Page, draft: Draft) -> Figure:
    matching = page.matching
    rating = _rating(page, draft)
    low, high = draft.clause
    around = f"{matching.given_slice(low, min(draft.start, high))} {matching.given_slice(max(low, draft.end), high)}"
    if low > draft.start or high < draft.end:
        around = ""
    return Figure(
        start=matching.origin(draft.start),
        end=matching.origin(draft.end),
        value=draft.value,
        value_max=draft.value_max,
        whole=draft.whole,
        percent=draft.percent,
        percent_max=draft.percent_max,
        percent_places=draft.percent_places,
        plan_percent=draft.plan_percent,
        comparator=draft.comparator,
        unit=draft.unit_words or (" ".join(matching.given_slice(*draft.unit).split()) if draft.unit else ""),
        rating=rating.level if rating else "",
        rating_scale=rating.scale if rating else "",
        subject=" ".join(around.split()).strip(" ,;:.()"),
        part_of=draft.part_of,
        clause=(matching.origin(low), matching.origin(high)),
        sentence=(matching.origin(draft.sentence[0]), matching.origin(draft.sentence[1])),
    )


def _rating(page: _Page, draft: Draft) -> ratings.Rating | None:
    """Return the rating that the figure counts: the first behind it in its clause, else the last before it."""
    at = bisect_right(page.ratings, draft.start, key=lambda rating: rating.start)
    if at < len(page.ratings) and page.ratings[at].end <= draft.clause[1]:
        return page.ratings[at]
    if at and page.ratings[at - 1].start >= draft.clause[0]:
        return page.ratings[at - 1]
    return None

"""A text as the numbers it holds, and the figures that they make up."""

import re
from bisect import bisect_right

from . import ratings
from .classifying import classify
from .clauses import bound
from .composing import Draft, Page, compose
from .figure import Figure, Number, Reading
from .nesting import nest
from .normalising import Matching, styled
from .tokens import Sentences


def read(text: str) -> Reading:
    """Return every number of `text` with its kind, and every figure that the countable ones make up.

    Any text will do: nothing raises, and the time is in proportion to the length. Offsets are places of `text`.
    """
    matching = Matching(text)
    page = Page(matching, matching.low, Sentences(matching.text), classify(matching), ratings.find(matching.low))
    compose(page)
    bound(page)
    nest(page)
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


def _finished(page: Page, draft: Draft) -> Figure:
    matching = page.matching
    rating = _rating(page, draft)
    low, high = draft.clause
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
        rating=rating[0],
        rating_scale=rating[1],
        subject=_subject(page, draft),
        part_of=draft.part_of,
        clause=(matching.origin(low), matching.origin(high)),
        sentence=(matching.origin(draft.sentence[0]), matching.origin(draft.sentence[1])),
    )


def _subject(page: Page, draft: Draft) -> str:
    """Return the words of the clause that are not the figure's own; with a shared tail, that without its figure."""
    low, high = draft.clause
    pieces = [(low, draft.start), (draft.end, high)]
    if draft.tail:
        pieces[1:] = [(draft.tail[0], high)]
    words = " ".join(page.matching.given_slice(start, end) for start, end in pieces if start < end)
    return _AND.sub("", " ".join(words.split()))


_AND = re.compile(r"^(?:[,;:.() ]|(?:và|với|còn)(?!\w))+|[,;:.() ]+$")
_BARE = re.compile(styled(r"(?:xếp loại|đạt|loại|có|:|\A|,|;)? ?(không hoàn thành|xuất sắc|tốt):?(?: có| là)? ?\Z"))
_BARE_LEVEL = {styled("không hoàn thành"): "failed", styled("xuất sắc"): "excellent", styled("tốt"): "good"}
_RATED = re.compile(styled(r"xếp loại|đánh giá|chất lượng"))


def _rating(page: Page, draft: Draft) -> tuple[str, str]:
    """Return the level and scale of what the figure counts: the rating behind it in its clause, else the one before.

    Where bodies are rated, the bare words do: "Xếp loại: xuất sắc 14 tập thể, tốt 57 tập thể".
    """
    at = bisect_right(page.ratings, draft.start, key=lambda rating: rating.start)
    end = max(draft.clause[1], draft.end)
    if at < len(page.ratings) and page.ratings[at].end <= end:
        return page.ratings[at].level, page.ratings[at].scale
    if at and page.ratings[at - 1].start >= draft.clause[0]:
        return page.ratings[at - 1].level, page.ratings[at - 1].scale
    found = _BARE.search(page.low, max(draft.clause[0], draft.start - 32), draft.start)
    if found and _RATED.search(page.low, max(draft.sentence[0], draft.start - 400), draft.start):
        return _BARE_LEVEL[found[1]], "new"
    return "", ""

"""The words that a figure stands in: its sentence, and its clause between the figures beside it."""

import re
from bisect import bisect_left

from .composing import Draft, Page
from .normalising import styled

WINDOW = 400  # characters that a clause may reach to either side of its figure

_CUTS = (
    re.compile(styled(r" ?(?=(?:và|với|còn) )")),  # only right behind the figure
    re.compile(styled(r"[;(,]|:(?= ?[^\W\d_])| (?=trong đó )")),
    re.compile(styled(r" (?=(?:và|còn) )")),
)
_WORDY = re.compile(r"[^\W\d_]{2}")
_JOINED = re.compile(styled(r"[,\s]*(?:(?:và|với|còn|,)\s)?\s*"))


def bound(page: Page) -> None:
    """Give every figure its sentence and its clause: between what parts it from the figures beside it.

    A figure without a word of its own shares what is said of the next: “100% đảng viên và 90% quần chúng được ...”.
    """
    drafts = page.drafts
    for draft in drafts:
        draft.sentence = page.sentences.around(draft.start)
    for index, draft in enumerate(drafts):
        low, high = draft.sentence
        if index and drafts[index - 1].sentence == draft.sentence:
            low = max(low, drafts[index - 1].clause[1])
        low = max(low, page.low.rfind(";", max(low, draft.start - WINDOW), draft.start) + 1)
        if index + 1 < len(drafts) and drafts[index + 1].sentence == draft.sentence:
            high = _cut(page, draft, drafts[index + 1])
        else:
            stop = page.low.find(";", draft.end, min(high, draft.end + WINDOW))
            high = stop if stop >= 0 else high
        draft.clause = (min(low, draft.start), max(high, draft.end))
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        low, high = max(draft.clause[0], draft.start - WINDOW), min(draft.clause[1], draft.end + WINDOW)
        if index + 1 < len(drafts) and _shares(page, draft, drafts[index + 1]):
            following = drafts[index + 1]
            draft.tail = following.tail or (following.end, following.clause[1])
            high = max(high, min(draft.tail[1], draft.end + WINDOW))
        draft.clause = _trimmed(page.low, low, high)


def _cut(page: Page, draft: Draft, following: Draft) -> int:
    """Return where the clause of `draft` ends, `following` being the next figure of its sentence."""
    if draft.end >= following.start:
        return draft.end
    semicolon = page.low.find(";", draft.end, following.start)
    if semicolon >= 0:
        return semicolon
    opened = page.low.rfind("(", draft.end, following.start)
    if opened >= 0 and page.low.find(")", opened, following.start) < 0:
        return opened
    behind, inside, last = _CUTS
    found = (
        behind.match(page.low, draft.end, following.start)
        or inside.search(page.low, draft.end, following.start)
        or last.search(page.low, draft.end, following.start)
    )
    if found:
        return found.start()
    at = bisect_left(page.ratings, draft.end, key=lambda rating: rating.start)
    if at < len(page.ratings) and page.ratings[at].end <= following.start:
        end = page.ratings[at].end
        return end + 1 if page.low[end : end + 1] in ("”", '"') else end
    return following.start


def _shares(page: Page, draft: Draft, following: Draft) -> bool:
    """Return whether the figure has no word of its own, and only a comma or “và” before one that has."""
    if draft.sentence != following.sentence or not _JOINED.fullmatch(page.low[draft.end : following.start][:16]):
        return False
    if following.start - draft.end > 16 or ")" in page.low[following.start : following.end]:
        return False
    low, high = draft.clause
    own = page.low[max(low, draft.start - WINDOW) : draft.start] + page.low[draft.end : high]
    return not _WORDY.search(own.replace(styled("và "), "").replace(styled("với "), ""))


def _trimmed(low: str, start: int, end: int) -> tuple[int, int]:
    while start < end and low[start] in " ,;:.)\n":
        start += 1
    while end > start and low[end - 1] in " ,;:(\n":
        end -= 1
    return start, end

"""Finds words again in a text that has been edited: those of a figure or an award.

A mention keeps its words with what stood before and after them. Words that stand where they stood are anchored.
Where others have come into their place the mention is changed: it points at those, keeps its own, and asks a
person. Where nothing is left of the place it is lost. It never moves to a figure that another mention stands
at, nor, without asking, to one that merely looks the same.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from articles.models.mention import Mention, common_end, common_start

NEIGHBOURHOOD = 80  # characters kept on each side
MOST_ALIGNED = 200  # mentions of one part that are looked for by their neighbourhood in one save
_NEAR = 12  # characters: where they are as they were, the side is
_NEAREST = 3  # words of a side that have to be there still
_LIKE = 0.6  # of the words of a side stand where they stood
_MOST_PLACES = 100  # of the same words
_MOST_WINDOWS = 4  # in which the neighbourhood may be
_PIECE = 16  # characters by which a neighbourhood is looked for
_WORDS_LENGTH = Mention._meta.get_field("words_now").max_length or 0
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*%?|\w+|[^\w\s]")
_DIGIT = re.compile(r"\d")


class Kept(Protocol):
    """What a mention keeps: its words, those now in their place where they have changed, and what is around."""

    words: str
    words_now: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a mention stands: in which of the texts, from `start` to `end`; nowhere where it is lost.

    `likeness` (0 to 2) says how much of the two sides of its neighbourhood stands there still.
    """

    state: str
    text: int = 0
    start: int = 0
    end: int = 0
    likeness: float = 0

    def words_in(self, texts: Sequence[str]) -> str:
        """Return the words that stand there, in the `texts` in which it was found; none where it is lost."""
        return texts[self.text][self.start : self.end] if self.end else ""

    def overlaps(self, other: "Anchor") -> bool:
        return self.text == other.text and self.start < other.end and other.start < self.end


LOST = Anchor(Mention.State.LOST)


def anchors(kept: Sequence[Kept], texts: Sequence[str]) -> list[Anchor]:
    """Return where each of `kept` stands now in `texts` (plain; those of one part of an article), in their order.

    However many there are, no more than `MOST_ALIGNED` are looked for where their words are gone: the rest is lost
    until the next save, which begins with what is kept of them.
    """
    found: list[Anchor] = []
    left = MOST_ALIGNED
    for one in kept:
        anchor, is_sure = _exact(one, texts)
        if not is_sure and left:
            left -= 1
            aligned = _aligned(one, texts)
            anchor = max(aligned, anchor, key=lambda place: place.likeness)
        found.append(anchor)
    return [LOST if _is_taken(number, kept, found, texts) else anchor for number, anchor in enumerate(found)]


def _is_taken(number: int, kept: Sequence[Kept], found: Sequence[Anchor], texts: Sequence[str]) -> bool:
    """Whether another mention stands with better right where this one would be, though it did not stand there before.

    Who is anchored there has the better right, then whose own words stand there; where they are both one's, a
    person says whose they are. Of two that are anchored at the same words, the one with more of its neighbourhood.
    """
    own, one = found[number], kept[number]
    if own.state == Mention.State.LOST or (own.state == Mention.State.ANCHORED and own.likeness == 2):
        return False  # nobody has a better one

    def right(mention: Kept, anchor: Anchor) -> float:
        if anchor.state == Mention.State.ANCHORED:
            return 4 + anchor.likeness * (mention.words == one.words)
        return 3 if anchor.words_in(texts) == mention.words else anchor.likeness

    mine = right(one, own)
    return any(
        other.overlaps(own)
        and right(rival, other) > mine
        and (own.state == Mention.State.CHANGED or rival.words == one.words)
        and (one.words, one.before, one.after) != (rival.words, rival.before, rival.after)
        for rival, other in zip(kept, found, strict=True)
        if rival is not one and other.state != Mention.State.LOST
    )


# --- The same words ----------------------------------------------------------------------------


def _exact(one: Kept, texts: Sequence[str]) -> tuple[Anchor, bool]:
    """Return where the very words of `one` stand, and whether that is sure: among the neighbours that they had.

    Among half of them they are changed, whatever they say: the same words may speak of something else there.
    """
    doubtful = LOST
    is_asked = one.words == one.words_now  # a person has not yet said whether they are still the same
    own = Mention.State.CHANGED if is_asked else Mention.State.ANCHORED
    for words, state in ((one.words, own), (one.words_now, Mention.State.CHANGED)):
        places = list(_places(one, words, texts)) if words else []
        if not places:
            continue
        _letters, number, start = max(places, key=lambda place: place[0])
        end = start + len(words)
        before, after = _sides(one, texts[number], start, end)
        if _is_there(one, before, after):
            return Anchor(state, number, start, end, before + after), True
        if max(before, after) >= _LIKE and before + after > doubtful.likeness:
            doubtful = Anchor(Mention.State.CHANGED, number, start, end, before + after)
    return doubtful, False


def _is_there(one: Kept, before: float, after: float) -> bool:
    """Whether both sides are there; one of which nothing is known says nothing."""
    return (before >= _LIKE or not one.before) and (after >= _LIKE or not one.after)


def _places(one: Kept, words: str, texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The places of `words`: (letters of the neighbourhood that stand close to them, which text, where)."""
    whole = one.before + words + one.after
    for number, text in enumerate(texts):
        start = text.find(whole) + len(one.before)
        if whole in text and not _is_cut(one, text, start, start + len(words)):
            yield len(whole), number, start  # nothing around it has been touched: the usual case, and the surest
            return
    left = _MOST_PLACES
    for number, text in enumerate(texts):
        start = text.find(words)
        while start != -1 and left:
            end = start + len(words)
            if not _is_cut(one, text, start, end):
                letters = common_end(text[max(0, start - NEIGHBOURHOOD) : start], one.before)
                letters += common_start(text[end : end + NEIGHBOURHOOD], one.after)
                yield letters, number, start
            start, left = text.find(words, start + 1), left - 1


_NUMBER_GOES_ON = re.compile(r"[.,/]?\d|\s?%")
_NUMBER_BEGAN = re.compile(r"\d[.,/]?$")


def _is_cut(one: Kept, text: str, start: int, end: int) -> bool:
    """Whether a place cuts a word or a number in two that was not cut when it was marked: 5 in 15, 147 in 147%.

    The 75 of 71/75 may be marked by itself, and of what is not known nothing is said.
    """
    words, before, after = text[start:end], text[max(0, start - 2) : start], text[end : end + 2]
    if not (one.before or one.after):
        return False
    runs_on = words[0].isalnum() and before[-1:].isalnum()
    goes_on = words[-1].isalnum() and after[:1].isalnum()
    began = words[0].isdigit() and bool(_NUMBER_BEGAN.search(before))
    ends_later = words[-1].isdigit() and bool(_NUMBER_GOES_ON.match(after))
    return (before != one.before[-2:] and (runs_on or began)) or (after != one.after[:2] and (goes_on or ends_later))


def _sides(one: Kept, text: str, start: int, end: int) -> tuple[float, float]:
    """Return how much of what stood before and after `one` stands around a place in `text`: 0 to 1 each."""
    before, after = text[max(0, start - 2 * NEIGHBOURHOOD) : start], text[end : end + 2 * NEIGHBOURHOOD]
    is_near = common_end(before, one.before) >= min(_NEAR, len(one.before))
    goes_on = common_start(after, one.after) >= min(_NEAR, len(one.after))
    return (
        1.0 if is_near and one.before else _side(one.before, before, _nearest_before),
        1.0 if goes_on and one.after else _side(one.after, after, _nearest_after),
    )


def _side(stood: str, stands: str, nearest: Callable[[str], list[str]]) -> float:
    """Return how much of a side is there; less than `_LIKE` where one of its nearest words is not.

    Words may have been written between them; where one was replaced, it may be said of something else: "Đảng bộ A
    có 5 tổ chức, Đảng bộ B có 5 tổ chức".
    """
    share = _share(stood, stands)
    wanted, there = nearest(stood)[:_NEAREST], iter(nearest(stands)[: 4 * _NEAREST])
    if not wanted:  # it begins or ends its line
        return 1.0 if stood and not nearest(stands) else share
    is_there = share > 0 and all(word in there for word in wanted)
    return max(share, _LIKE) if is_there else min(share, _LIKE - 0.01)


def _nearest_before(side: str) -> list[str]:
    """Return the words of a line that lead to a place, the nearest first."""
    return re.findall(r"\w+", side.rpartition("\n")[2].casefold())[::-1]


def _nearest_after(side: str) -> list[str]:
    return re.findall(r"\w+", side.partition("\n")[0].casefold())


def _share(stood: str, stands: str) -> float:
    """Return how much of the words of `stood` is in `stands`, in their order: 0 to 1."""
    tokens = _TOKEN.findall(stood)
    blocks = SequenceMatcher(None, tokens, _TOKEN.findall(stands), autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(tokens) if tokens else 0.0


# --- Other words in their place ----------------------------------------------------------------


def _aligned(one: Kept, texts: Sequence[str]) -> Anchor:
    """Return what now stands where `one` stood, found by laying its neighbourhood over the texts."""
    places = (
        place
        for number, text in enumerate(texts)
        for first, last in _windows(one, text)
        if (place := _between(one, text, number, first, last))
    )
    return max(places, key=lambda place: place.likeness, default=LOST)


def _windows(one: Kept, text: str) -> Iterator[tuple[int, int]]:
    """The few stretches of `text` in which a piece of the neighbourhood stands, the nearest pieces first."""
    reach = len(one.words_now or one.words) + 2 * NEIGHBOURHOOD
    pieces = [(near, one.before[-near - _PIECE : -near or None]) for near in range(0, len(one.before), _PIECE)]
    pieces += [(near, one.after[near : near + _PIECE]) for near in range(0, len(one.after), _PIECE)]
    seen: list[int] = []
    for _near, piece in sorted(pieces):
        start = text.find(piece) if len(piece.strip()) > 3 else -1
        while start != -1 and len(seen) < _MOST_WINDOWS:
            if all(abs(start - other) > NEIGHBOURHOOD for other in seen):
                seen.append(start)
                yield max(0, start - reach), start + reach
            start = text.find(piece, start + NEIGHBOURHOOD)


def _between(one: Kept, text: str, number: int, first: int, last: int) -> Anchor | None:
    """Return what stands in `text`, within a window of it, between what is left of the two sides of `one`."""
    stood = one.words_now or one.words
    before, words, after = (_TOKEN.findall(piece) for piece in (one.before, stood, one.after))
    window = list(_TOKEN.finditer(text, first, min(last, len(text))))
    start, end = len(before), len(before) + len(words)
    low: int | None = None
    high: int | None = None
    left = right = 0
    matcher = SequenceMatcher(None, [*before, *words, *after], [token[0] for token in window], autojunk=False)
    for at, there, size in matcher.get_matching_blocks():
        if at < start and (part := min(size, start - at)) >= min(2, len(before)):
            low, left = there + part, left + part
        if at + size > end and (part := at + size - max(at, end)) >= min(2, len(after)):
            high, right = there + size - part if high is None else high, right + part
    shares = (left / len(before) if before else 0.0, right / len(after) if after else 0.0)
    if max(shares) < _LIKE:
        return None
    # A side of which nothing is left ends where as many words would end as stood there.
    is_open = low is None or high is None
    low = low if low is not None else max(0, (high or 0) - len(words))
    high = high if high is not None else low + len(words)
    span = _successor(words, window[low:high], 0.6 if is_open else 0.2)
    if span is None:
        return None
    now = text[span[0] : span[1]]
    if "\n" in now or len(now) > _WORDS_LENGTH:
        return None
    is_same = now == one.words and not one.words_now and _is_there(one, *_sides(one, text, *span))
    state = Mention.State.ANCHORED if is_same else Mention.State.CHANGED
    return Anchor(state, number, *span, sum(shares))


def _successor(words: Sequence[str], window: Sequence[re.Match[str]], least: float) -> tuple[int, int] | None:
    """Return where in the text those tokens of `window` stand that have come into the place of `words`.

    They are as like to them as `least`. A figure is replaced by a figure: of words that had a digit, others without
    one are no successors.
    """
    if _DIGIT.match(words[0]):  # what leads to a figure is none of it
        window = window[next((at for at, token in enumerate(window) if _DIGIT.match(token[0])), 0) :]
    now = [token[0] for token in window]
    if not now or len(now) > len(words) + NEIGHBOURHOOD:
        return None
    sizes = range(max(1, len(words) - 2), len(words) + 3)
    spans = [(0, len(now))]  # all that stands between the sides
    if len(now) > len(words) + 2:  # a side has been rewritten as well
        spans = [(first, first + size) for size in sizes for first in range(len(now) - size + 1)]

    def likeness(span: tuple[int, int]) -> float:
        return SequenceMatcher(None, " ".join(words), " ".join(now[slice(*span)]), autojunk=False).ratio()

    best = max(spans, key=likeness)
    has_digit = _DIGIT.search(" ".join(now[slice(*best)])) or not _DIGIT.search(" ".join(words))
    if not has_digit or likeness(best) < least:
        return None
    return window[best[0]].start(), window[best[1] - 1].end()

"""A text in pieces, with the words that somebody asked for apart: whole, or the stretch that has most of them."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from newsroom.fulltext import RUN, bare_words
from newsroom.vietnamese import normalise

WINDOW = 34  # words of an excerpt
_DENSE = 26  # of which so many are searched for the most different words; the others lead up to them and on

Pieces = list[tuple[str, bool]]  # (words, whether they were asked for)


class Wanted(dict[str, frozenset[str]]):
    """The words (folded) that were asked for: of any word as it stands in a text, which of them it is.

    The texts of a page consist of much the same words: each is looked at once.
    """

    def __init__(self, bare: Iterable[str]) -> None:
        self.bare = frozenset(bare)

    def __missing__(self, run: str) -> frozenset[str]:
        found = self[run] = self.bare & bare_words(run)
        return found


def mark(text: str, wanted: Wanted) -> Pieces:
    """Return `text` in pieces, its words that are `wanted` apart."""
    pieces: Pieces = []
    at = 0
    for run in RUN.finditer(text):
        if not wanted[run[0]]:
            continue
        start, end = run.span()
        if pieces and pieces[-1][1] and not text[at:start].strip():
            pieces[-1] = (pieces[-1][0] + text[at:end], True)  # neighbours are marked as one
        else:
            pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def excerpt(text: str, wanted: Wanted) -> Pieces:
    """Return the stretch of `text`, `WINDOW` words long, with the most different words of `wanted`, in pieces.

    The text is read up to where a stretch has all of them, and no further than its end.
    """
    text = normalise(text)
    rest = RUN.finditer(text)
    runs: list[re.Match[str]] = []
    places: list[int] = []
    inside: Counter[str] = Counter()
    best, best_start, behind = 0, 0, 0
    for place, run in enumerate(rest):
        runs.append(run)
        if not (found := wanted[run[0]]):
            continue
        places.append(place)
        for word in found:
            inside[word] += 1
        while places[behind] <= place - _DENSE:
            for gone in wanted[runs[places[behind]][0]]:
                inside[gone] -= 1
                if not inside[gone]:
                    del inside[gone]
            behind += 1
        if len(inside) > best:
            best, best_start = len(inside), max(place - _DENSE + 1, 0)
            if best == len(wanted.bare):
                break
    first = max(best_start - 4, 0)
    after = first + WINDOW
    runs += islice(rest, max(after + 1 - len(runs), 0))
    if not runs:
        return []
    start = runs[first].start() if first else 0
    end = runs[after - 1].end() if len(runs) > after else len(text)
    return [
        *([("… ", False)] if start else []),
        *mark(" ".join(text[start:end].split()), wanted),
        *([(" …", False)] if end < len(text) else []),
    ]

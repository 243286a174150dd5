"""A text in pieces, with the words that somebody asked for apart: whole, or the stretch that has most of them."""

from collections import Counter

from newsroom.fulltext import spans
from newsroom.vietnamese import normalise

WINDOW = 34  # words of an excerpt
_DENSE = 26  # of which so many are searched for the most different words; the others lead up to them and on

Pieces = list[tuple[str, bool]]  # (words, whether they were asked for)


def mark(text: str, wanted: set[str]) -> Pieces:
    """Return `text` in pieces, its words that are among `wanted` (folded) apart."""
    pieces: Pieces = []
    at = 0
    for start, end, word in spans(text):
        if word.bare not in wanted:
            continue
        if pieces and pieces[-1][1] and not text[at:start].strip():
            pieces[-1] = (pieces[-1][0] + text[at:end], True)  # neighbours are marked as one
        else:
            pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def excerpt(text: str, wanted: set[str]) -> Pieces:
    """Return the stretch of `text`, `WINDOW` words long, with the most different words of `wanted`, in pieces."""
    text = " ".join(normalise(text).split())
    found = spans(text)
    places = [place for place, (_start, _end, word) in enumerate(found) if word.bare in wanted]
    inside: Counter[str] = Counter()
    best, best_start, behind = 0, 0, 0
    for place in places:
        inside[found[place][2].bare] += 1
        while places[behind] <= place - _DENSE:
            gone = found[places[behind]][2].bare
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            behind += 1
        if len(inside) > best:
            best, best_start = len(inside), max(place - _DENSE + 1, 0)
    first = max(best_start - 4, 0)
    last = min(first + WINDOW, len(found)) - 1
    if last < 0:
        return []
    start = found[first][0] if first else 0
    end = found[last][1] if last < len(found) - 1 else len(text)
    return [
        *([("… ", False)] if start else []),
        *mark(text[start:end], wanted),
        *([(" …", False)] if end < len(text) else []),
    ]

"""A text in pieces, with the words that somebody asked for apart: whole, or the stretch that has most of them."""

import re
from functools import lru_cache

from newsroom.fulltext import RUN, bare_words
from newsroom.vietnamese import normalise

WINDOW = 34  # words of an excerpt
_DENSE = 26  # of which so many are searched for the most different words; the others lead up to them and on
_STRETCH = 64  # words of a text that are read at once: of most texts all, and of none much that is not needed
_WORD = re.compile(f"({RUN.pattern})")  # splits a text into what is between its words and the words, in turn

Wanted = frozenset[str]  # the words (folded) that were asked for
Pieces = list[tuple[str, bool]]  # (words, whether they were asked for)


def mark(text: str, wanted: Wanted) -> Pieces:
    """Return `text` in pieces, its words that are `wanted` apart."""
    return _pieces(_WORD.split(text), wanted)


def excerpt(text: str, wanted: Wanted) -> tuple[Pieces, int]:
    """Return the stretch of `text`, `WINDOW` words long, with the most different words of `wanted`, in pieces; and
    how many different ones it has.

    The text is read up to where a stretch has all of them, and not much further than its end.
    """
    parts, rest = list[str](), normalise(text)
    last: dict[str, int] = {}  # where each wanted word stood last
    best, best_start = 0, 0
    while best < len(wanted):
        *more, rest = _WORD.split(rest, _STRETCH)
        if not more:
            break
        before = len(parts) // 2
        for at in _places(more, wanted):
            place = before + at
            last |= dict.fromkeys(wanted & bare_words(more[2 * at + 1]), place)
            inside = len([there for there in last.values() if there > place - _DENSE])
            if inside > best:
                best, best_start = inside, max(place - _DENSE + 1, 0)
                if best == len(wanted):
                    break
        parts += more
    parts += _WORD.split(rest, WINDOW + 1)
    if len(parts) == 1:
        return [], 0
    first = max(best_start - 4, 0)
    shown = parts[2 * first : 2 * (first + WINDOW) + 1]
    shown[::2] = map(_spaced, shown[::2])
    shown[0] = "… " if first else shown[0].lstrip()
    shown[-1] = " …" if len(parts) > 2 * (first + WINDOW) + 1 else shown[-1].rstrip()
    return _pieces(shown, wanted), best


def _pieces(parts: list[str], wanted: Wanted) -> Pieces:
    """Return a text that was split, in pieces."""
    pieces: Pieces = []
    after = 0
    for at in _places(parts, wanted):
        word, between = parts[2 * at + 1], "".join(parts[after : 2 * at + 1])
        if pieces and not between.strip():
            pieces[-1] = (pieces[-1][0] + between + word, True)  # neighbours are marked as one
        else:
            pieces += [(between, False), (word, True)]
        after = 2 * at + 2
    pieces.append(("".join(parts[after:]), False))
    return [piece for piece in pieces if piece[0]]


def _places(parts: list[str], wanted: Wanted) -> list[int]:
    """Return which words of a text that was split are `wanted`, by their numbers. Most are not, and are many."""
    are_others = map(wanted.isdisjoint, map(bare_words, parts[1::2]))
    return [at for at, is_other in enumerate(are_others) if not is_other]


@lru_cache(maxsize=1000)  # commas and spaces, nearly always
def _spaced(between: str) -> str:
    """Return what is `between` two words with single spaces."""
    return re.sub(r"\s+", " ", between)

"""Two texts held against each other, word by word, with the figures that changed set apart.

Pure functions over strings: no database and no Django. The work is bounded: texts too long to be compared
by words are compared by paragraphs first, and those whose paragraphs are too many are shown as wholes.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

# A figure is one word with all its marks (71/75, 94,67%, 14/02/2023), any other mark is a word of its own.
_WORD = re.compile(r"(?:\d+(?:[.,/:]\d+)*%?|\w+|[^\w\s])\s*|\s+")
MAX_PAIRS = 150_000  # of equal words in what differs: beyond, paragraphs are compared, then wholes


class Piece(NamedTuple):
    """A stretch of text: in both ("same"), only in the old one ("gone") or only in the new one ("new")."""

    kind: Literal["same", "gone", "new"]
    text: str


class FigureChange(NamedTuple):
    """A figure that gave way to another; empty where it has none to stand against."""

    old: str
    new: str


@dataclass(frozen=True)
class PartComparison:
    """One part of an article (its title, its body) in both versions."""

    name: str
    pieces: list[Piece]
    figures: list[FigureChange]


@dataclass(frozen=True)
class Comparison:
    """The parts that differ, in their order, and what differs in figures over all of them."""

    parts: list[PartComparison] = field(default_factory=list)

    @property
    def figures(self) -> list[FigureChange]:
        return [change for part in self.parts for change in part.figures]


def compare(old: Mapping[str, str], new: Mapping[str, str]) -> Comparison:
    """Return how the parts of `new` (name -> plain text) differ from those of `old`; equal parts are left out."""
    parts = []
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            pieces = compare_texts(before, after)
            parts.append(PartComparison(name, pieces, figures_changed(pieces)))
    return Comparison(parts)


def compare_texts(old: str, new: str) -> list[Piece]:
    """Return `old` and `new` as one run of pieces.

    All "same" and "gone" pieces together have the words of `old`, all "same" and "new" pieces those of `new`.
    """
    a, b = _WORD.findall(old), _WORD.findall(new)
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    head, tail = "".join(b[:start]), "".join(b[len(b) - end :])
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    middle = _by_words(a, b) if _pairs(a, b) <= MAX_PAIRS else _by_paragraphs("".join(a), "".join(b))
    return _joined([Piece("same", head), *middle, Piece("same", tail)])


def _pairs(a: Sequence[str], b: Sequence[str]) -> int:
    """How many pairs of equal things there are between `a` and `b`: it is these that the matcher walks through."""
    of_a, of_b = Counter(a), Counter(b)
    return sum(count * of_b[thing] for thing, count in of_a.items())


def _by_words(a: Sequence[str], b: Sequence[str]) -> list[Piece]:
    return _align(a, b, [word.rstrip() for word in a], [word.rstrip() for word in b])


def _by_paragraphs(old: str, new: str) -> list[Piece]:
    """Return the pieces of texts too long for their words: paragraphs, and inside those that changed again words."""
    a, b = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if _pairs(a, b) > MAX_PAIRS:
        return [Piece("gone", old), Piece("new", new)]
    pieces: list[Piece] = []
    left = MAX_PAIRS
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(a[a1:a2]), "".join(b[b1:b2])
        if kind == "equal":
            pieces.append(Piece("same", after))
            continue
        a_words, b_words = _WORD.findall(before), _WORD.findall(after)
        left -= _pairs(a_words, b_words)
        pieces += _by_words(a_words, b_words) if left >= 0 else [Piece("gone", before), Piece("new", after)]
    return pieces


def _align(a: Sequence[str], b: Sequence[str], a_keys: Sequence[str], b_keys: Sequence[str]) -> list[Piece]:
    """Return the pieces of `a` and `b`, which are alike where their keys are."""
    pieces = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a_keys, b_keys, autojunk=False).get_opcodes():
        if kind == "equal":
            # Where only the space behind a word differs, the wider one keeps words apart.
            pieces.append(Piece("same", "".join(map(_longer, a[a1:a2], b[b1:b2]))))
        else:
            pieces += [Piece("gone", "".join(a[a1:a2])), Piece("new", "".join(b[b1:b2]))]
    return pieces


def _longer(a: str, b: str) -> str:
    return a if len(a) > len(b) else b


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return `pieces` without empty ones, neighbours of a kind as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


_FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*%?")


def figures_changed(pieces: Sequence[Piece]) -> list[FigureChange]:
    """Return the figures that changed, in the order of the text: what stood, and what stands in its place."""
    changes: list[FigureChange] = []
    gone: list[str] = []
    new: list[str] = []

    def settle() -> None:
        for figure in [figure for figure in gone if figure in new]:  # it only stands elsewhere now
            if figure in new:
                gone.remove(figure)
                new.remove(figure)
        for place in range(max(len(gone), len(new))):
            changes.append(FigureChange(_at(gone, place), _at(new, place)))
        gone.clear()
        new.clear()

    for piece in pieces:
        if piece.kind == "same":
            if piece.text.strip():
                settle()
        else:
            (gone if piece.kind == "gone" else new).extend(_FIGURE.findall(piece.text))
    settle()
    return changes


def _at(figures: Sequence[str], place: int) -> str:
    return figures[place] if place < len(figures) else ""

"""What somebody may have meant who asked for a word that is nowhere: "Có phải bạn tìm ...".

Words are compared with those of titles that have some of their letters in a row, and the likeliest takes the place of
the one that is nowhere. What is suggested is therefore always something that is there.
"""

from collections import Counter

from newsroom.asking import MAX_TERMS, MAX_TYPED
from newsroom.fulltext import AllOf, AnyOf, Node, Phrase, Word, spans
from newsroom.search import is_somewhere, titles
from newsroom.vietnamese import fold, normalise
from newsroom.vocabulary import near

SAMPLE = 60  # titles that are looked through for how a word is written, and how often


def suggest(typed: str) -> str:
    """Return `typed` with each word that is nowhere replaced by a likely one; "" where there is nothing to suggest.

    One statement for each word, and a few more for each that is nowhere.
    """
    text = normalise(typed)[:MAX_TYPED]
    found = spans(text)[:MAX_TERMS]
    known = {word.bare for _start, _end, word in found if is_somewhere(Phrase((Word(word.bare),)))}
    suggested, has_changed = text, False
    bare = text.lower() == fold(text)
    for start, end, word in reversed(found):
        if word.bare in known or len(word.bare) < 2 or word.bare.startswith("zd"):
            continue
        meant = _likeliest(word.bare, known)
        if not meant:
            return ""
        # Who types without marks is answered without.
        suggested, has_changed = suggested[:start] + (fold(meant) if bare else meant) + suggested[end:], True
    return " ".join(suggested.split()) if has_changed else ""


def _likeliest(word: str, known: set[str]) -> str:
    """Return the word of a title that is nearest to `word`, as it is written there; "" where none is near.

    Titles that hold the known words as well come first, then any; of words as near the more frequent one.
    """
    distances = {other: distance(word, other) for other in near(word)}
    for others in ([_term(each) for each in sorted(known)], []) if known else ([],):
        for far in (1, 2) if len(word) > 4 else (1,):
            meant = {other for other in distances if distances[other] == far}
            if not meant:
                continue
            written: Counter[str] = Counter()
            node: Node = AllOf((*others, AnyOf(tuple(map(_term, sorted(meant))))))
            for title in map(normalise, titles(node, SAMPLE)):
                written.update(title[begin:end].lower() for begin, end, other in spans(title) if other.bare in meant)
            if written:
                return min(written, key=lambda each: (-written[each], each))
    return ""


def _term(bare: str) -> Phrase:
    return Phrase((Word(bare),))


def distance(a: str, b: str) -> int:
    """Return how many letters must be added, taken away, changed or swapped with their neighbour to make `b` of `a`."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]

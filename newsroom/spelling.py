"""What somebody may have meant who asked for a word that is nowhere: "Có phải bạn tìm ...".

Words are compared with those of titles that begin alike, and the likeliest takes the place of the one that is
nowhere. What is suggested is therefore always something that is there.
"""

from collections import Counter

from newsroom.fulltext import AllOf, Node, Phrase, Question, Word, spans
from newsroom.search import MAX_TERMS, MAX_TYPED, titles, which
from newsroom.vietnamese import fold, normalise

SAMPLE = 60  # titles of each kind that are looked through for a word


def suggest(typed: str) -> str:
    """Return `typed` with each word that is nowhere replaced by a likely one; "" where there is nothing to suggest.

    One statement for each word, and a few more for each that is nowhere.
    """
    text = normalise(typed)[:MAX_TYPED]
    found = spans(text)[:MAX_TERMS]
    known = [word for _start, _end, word in found if which(Question(Phrase((word,))), 1)]
    suggested, has_changed = text, False
    bare = text.lower() == fold(text)
    for start, end, word in reversed(found):
        if word in known or len(word.bare) < 2 or word.bare.startswith("zd"):
            continue
        meant = _likeliest(word, known)
        if not meant:
            return ""
        # Who types without marks is answered without.
        suggested, has_changed = suggested[:start] + (fold(meant) if bare else meant) + suggested[end:], True
    return " ".join(suggested.split()) if has_changed else ""


def _likeliest(word: Word, known: list[Word]) -> str:
    """Return the word of a title that is nearest to `word`, as it is written there; "" where none is near.

    Titles that hold the known words as well come first, then any that begin as `word` does.
    """
    start = Phrase((Word(word.bare[:2]),), is_start=True)
    nodes: list[Node] = [start]
    if known:
        nodes.insert(0, AllOf((*(Phrase((Word(each.bare),)) for each in known), start)))
    for node in nodes:
        written: Counter[str] = Counter()
        distances: dict[str, int] = {}
        for title in map(normalise, titles(Question(node), SAMPLE)):
            for begin, end, other in spans(title):
                if (far := distance(word.bare, other.bare)) <= (1 if len(word.bare) <= 4 else 2):
                    written[title[begin:end].lower()] += 1
                    distances[title[begin:end].lower()] = far
        if written:
            return min(written, key=lambda each: (distances[each], -written[each], each))
    return ""


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

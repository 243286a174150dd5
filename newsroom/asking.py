"""What somebody typed to search for, read as a question."""

import re
from collections.abc import Iterable, Sequence

from newsroom.fulltext import AllOf, AnyOf, Node, Phrase, Word, words
from newsroom.vietnamese import normalise

MAX_TYPED = 200  # characters that are read of a question
MAX_TERMS = 12

_QUOTES = str.maketrans("“”„‟«»", '""""""')
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_Bare = tuple[str, ...]


def read(typed: str, abbreviations: Iterable[tuple[str, str]] = ()) -> Node | None:
    """Return what `typed` asks for, None where it holds no word.

    Words are all wanted, a phrase in quotes as it stands; what is joined by marks (CCQ-DN, 71/75) is a phrase too.
    An abbreviation stands for its long form as well, and the long form for it.
    """
    terms: list[Phrase] = []
    for quoted, plain in _TERM.findall(normalise(typed)[:MAX_TYPED].translate(_QUOTES)):
        if (found := words(quoted or plain)) and len(terms) < MAX_TERMS:
            terms.append(Phrase(tuple(found)))
    if not terms:
        return None
    nodes = _with_long_forms(terms, [(_bare(words(short)), _bare(words(long))) for short, long in abbreviations])
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _bare(found: Sequence[Word]) -> _Bare:
    return tuple(word.bare for word in found)


def _phrase(bare: _Bare) -> Phrase:
    return Phrase(tuple(Word(each) for each in bare))


def _with_long_forms(terms: list[Phrase], abbreviations: list[tuple[_Bare, _Bare]]) -> list[Node]:
    """Return `terms` with each abbreviation or its other form beside it. The longest form wins."""
    forms: dict[_Bare, list[_Bare]] = {}
    for short, long in abbreviations:
        if short and long:
            forms.setdefault(short, []).append(long)
            forms.setdefault(long, []).append(short)
    longest = max(map(len, forms), default=0)
    nodes: list[Node] = []
    at = 0
    while at < len(terms):
        for count in range(min(longest, len(terms) - at), 0, -1):
            run = terms[at : at + count]
            others = forms.get(tuple(each for term in run for each in _bare(term.words)))
            if others and (count == 1 or all(len(term.words) == 1 for term in run)):
                own: Node = run[0] if count == 1 else AllOf(tuple(run))
                nodes.append(AnyOf((own, *map(_phrase, others))))
                at += count
                break
        else:
            nodes.append(terms[at])
            at += 1
    return nodes

"""Which abbreviations an article uses, and where each of them is to be explained."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol


class Gloss(NamedTuple):
    """A stretch of plain text, [start, end), that is an abbreviation of `long`."""

    start: int
    end: int
    long: str


class Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Glossary:
    """The abbreviations known to the newsroom, as the texts of one article are gone through in their order.

    `used` holds those that were met, each with its long form, in the order in which they came.
    """

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        self._known = dict(known)
        self._unexplained = set(self._known)
        self.used: dict[str, str] = {}
        longest_first = sorted(map(re.escape, self._known), key=len, reverse=True)
        # A whole word: CCQ is not in CCQ-DN, nor UBKT in UBKTTW.
        self._pattern = re.compile(rf"(?<!\w)(?<!\w[-&])(?:{'|'.join(longest_first) or '(?!)'})(?![-&]?\w)")

    def explain(
        self, text: str, taken: Sequence[Stretch] = (), may_stand: Callable[[int, int], bool] = lambda start, end: True
    ) -> list[Gloss]:
        """Return the abbreviations of `text` that no earlier text explained, each where it first stands free.

        One that stands in a stretch that is `taken`, or where `may_stand` refuses it, waits for its next place.
        """
        found = list[Gloss]()
        if not self._known:
            return found  # nor is the text gone through: most articles have none
        for match in self._pattern.finditer(text):
            short, (start, end) = match[0], match.span()
            self.used.setdefault(short, self._known[short])
            is_taken = any(start < other.end and other.start < end for other in taken)
            if short in self._unexplained and not is_taken and may_stand(start, end):
                self._unexplained.remove(short)
                found.append(Gloss(start, end, self._known[short]))
        return found

"""A block of a report as patterns are asked of it, with the way back to the words as printed."""

from functools import cached_property

from articles.importing.layout import Block, Layout
from articles.importing.report import Words
from committees.figures.normalising import Matching


class Passage:
    """A paragraph, a title, a caption: `low` is its matching form, places in it are turned into `Words`."""

    def __init__(self, report: str, block: Block) -> None:
        self.block = block
        self._report = report
        self._matching = Matching(block.text)

    @cached_property
    def low(self) -> str:
        """The matching form in lower case, line breaks as spaces."""
        return self._matching.low

    @cached_property
    def text(self) -> str:
        """The matching form as it was capitalised: as long as `low`."""
        return self._matching.text

    def words(self, start: int, end: int) -> Words:
        """Return the words as printed between two places of the matching form."""
        first = self.block.start + self._matching.origin(start)
        last = self.block.start + self._matching.origin(end)
        return Words(self._report[first:last], first, last)

    def place(self, given: int) -> int:
        """Return where in the matching form a place of `block.text` is."""
        return self._matching.place(given)

    def printed(self, start: int, end: int) -> str:
        """Return the words between two places as printed, with single spaces."""
        return " ".join(self.words(start, end).quote.split())


def passages(layout: Layout, *roles: str) -> list[Passage]:
    """Return the blocks of `layout` in `roles`, in the order of the text."""
    return [Passage(layout.text, block) for block in layout.of(*roles)]

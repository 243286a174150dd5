"""What the engine says of a place in a text: which rule, how heavily, and in a sentence for the person who writes."""

from dataclasses import dataclass
from enum import StrEnum

from committees.figures.figure import Reading


class Weight(StrEnum):
    """How heavily a verdict weighs: a block keeps an article from being published, until an editor gives a reason."""

    BLOCK = "block"
    WARN = "warn"
    FINE = "fine"  # it was held against something, and it agrees


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict. `start` and `end` are code points of the part's text as it was given, half open.

    rule: "R1" to "R7".
    part: the name of the part that it stands in ("title", "lead", "body", a caption's name); see `examine`.
    quote: the words from `start` to `end`.
    spans: every place that took part in it, in the same part, the first among them (start, end) itself.
    row: the index of the row that a figure was held against (R6); None otherwise.
    """

    rule: str
    weight: Weight
    message: str
    start: int
    end: int
    part: str = ""
    quote: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    row: int | None = None


def told(reading: Reading, rule: str, weight: Weight, message: str, *indexes: int) -> Verdict:
    """Return a verdict that stands at the first of the figures `indexes` and touches them all."""
    places = tuple((reading.figures[index].start, reading.figures[index].end) for index in indexes)
    start, end = places[0]
    return Verdict(rule, weight, message, start, end, quote=reading.text[start:end], spans=places)

"""Where the marks of the chart of visits stand: geometry and nothing else.

Across, a place is a share of the width, so that the columns fill a telephone and a desk alike; down, it is a number
of pixels, so that letters are never stretched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

HEIGHT = 252
TOP, BASE = 28, 184
PERIODS = 203  # where the line of names stands under the base, and under it the two lanes of what happened
CONFERENCES, ARTICLES = 220, 238
FEW = 14  # of more columns not every one is told its number
_WIDE = Decimal("0.68")  # of a column's room
_EDGE = Decimal(4)  # so near to an edge words do not stand in the middle of their column


@dataclass(frozen=True)
class Mark:
    """One column: places across are shares of the width as SVG writes them, places down are pixels."""

    left: str
    width: str
    x: str  # its middle
    slot_left: str
    slot_right: str
    slot_width: str
    top: str
    height: str
    text_y: str
    beside_y: str  # where the mark of what it is held against stands; "" for none
    anchor: str  # how words stand to its middle


def marks(numbers: Sequence[int | None], beside: Sequence[int | None]) -> list[Mark]:
    """Return a mark for each of `numbers`, with one of `beside` drawn across each. Every length begins at nought."""
    high = max([1, *(number for number in (*numbers, *beside) if number is not None)])
    slot = Decimal(100) / max(len(numbers), 1)
    unit = Decimal(BASE - TOP) / high
    found = []
    for place, (number, other) in enumerate(zip(numbers, beside, strict=True)):
        middle = slot * (place + Decimal("0.5"))
        height = max(number or 0, 0) * unit  # a correction may leave less than nought: it has no length
        # A seen column of one visit among thousands is still a column.
        height = max(height, Decimal(1)) if number and number > 0 else height
        line = None if other is None else BASE - max(other, 0) * unit
        found.append(
            Mark(
                left=_share(middle - slot * _WIDE / 2),
                width=_share(slot * _WIDE),
                x=_share(middle),
                slot_left=_share(slot * place),
                slot_right=_share(slot * (place + 1)),
                slot_width=_share(slot),
                top=_pixels(BASE - height),
                height=_pixels(height),
                text_y=_pixels(_text_y(BASE - height, line)),
                beside_y="" if line is None else _pixels(line),
                anchor="start" if middle < _EDGE else "end" if middle > 100 - _EDGE else "middle",
            )
        )
    return found


def _text_y(head: Decimal, line: Decimal | None) -> Decimal:
    """Where a number stands: over its column, and over the line across it where that would go through the number."""
    return line - 6 if line is not None and head - 20 < line < head else head - 7


def told(numbers: Sequence[int | None]) -> set[int]:
    """Return the places of the numbers that are always printed: the highest, and of few also a last one apart."""
    known = [place for place, number in enumerate(numbers) if number is not None]
    if not known:
        return set()
    highest = max(known, key=lambda place: numbers[place] or 0)
    is_apart = len(numbers) <= FEW and known[-1] - highest >= 2
    return {highest, known[-1]} if is_apart else {highest}


def _share(value: Decimal) -> str:
    return f"{value:.3f}%"


def _pixels(value: Decimal) -> str:
    return f"{value:.1f}"

"""Where the marks of a chart stand: geometry and nothing else.

Numbers go in, places come out; templates print them. A place is a string of an SVG attribute, so that no
locale can put a comma into it. Every scale begins at zero: a length is the number it stands for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 360  # about the width of a phone, so that a letter of 12 units is read there too
HEIGHT = 214
MOST_COLUMNS = 8
MOST_POINTS = 24

_TOP, _BASE, _EDGE = 30, 172, 6
_LETTER = Decimal("7.2")  # how wide a digit of a number is drawn, at most
_CAP = 34  # a column is no wider, however few there are
_WHOLE = 100
_APART, _LINE = 44, 15  # numbers nearer than this, across and down, would touch


@dataclass(frozen=True)
class Entry:
    """What a chart is asked to draw: a number, how it is printed, and its period in one or two short lines."""

    number: Decimal
    text: str
    period: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """One number of a chart. A mark of a line says it only where it `is_told`, and its period where there is room."""

    x: str  # the middle of the mark, of its number and of its period
    y: str  # where the number ends: the head of a column, the middle of a dot
    left: str
    top: str
    width: str
    height: str
    text_y: str
    text: str
    period: tuple[str, ...]
    is_told: bool
    hit_left: str  # what a finger may touch, where it tells its number
    hit_width: str


@dataclass(frozen=True)
class Drawing:
    """A chart of one series: columns, or a line where there are too many of them."""

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]  # the points of each polyline: joined neighbours
    breaks: tuple[str, ...]  # where a dashed upright parts two neighbours that are not joined
    base: str
    is_line: bool

    width = WIDTH
    height = HEIGHT
    top = _TOP
    period_y = _BASE + 18


def columns_that_fit(texts: Sequence[str]) -> int:
    """Return how many columns may stand side by side so that the numbers above them do not touch."""
    widest = max((len(text) for text in texts), default=1)
    return max(2, min(MOST_COLUMNS, int((WIDTH - 2 * _EDGE) / (_LETTER * widest + 4))))


def draw(entries: Sequence[Entry], runs: Sequence[int], *, is_share: bool = False, own: int | None = None) -> Drawing:
    """Return the drawing of `entries`, the oldest first.

    `runs` says how many neighbours in turn may be joined, and adds up to their number. A share that passes
    half of its whole is drawn on the scale of that whole. `own` is the place of the entry that the page is about:
    it says its number however many there are.
    """
    assert sum(runs) == len(entries)
    numbers = [entry.number for entry in entries]
    high, low = max([Decimal(0), *numbers]), min([Decimal(0), *numbers])
    if is_share and _WHOLE / 2 < high <= _WHOLE:
        high = Decimal(_WHOLE)
    unit = (_BASE - _TOP) / ((high - low) or Decimal(1))
    zero = _BASE + low * unit
    slot = Decimal(WIDTH - 2 * _EDGE) / len(entries)
    is_line = len(entries) > columns_that_fit([entry.text for entry in entries])
    half = Decimal(0) if is_line else min(slot * Decimal("0.36"), Decimal(_CAP))
    middles = [_EDGE + slot * (place + Decimal("0.5")) for place in range(len(entries))]
    if is_line:
        inset = 26
        step = Decimal(WIDTH - 2 * inset) / (len(entries) - 1)
        middles = [inset + step * place for place in range(len(entries))]
    heads = [zero - number * unit for number in numbers]
    texts = [_text_y(heads, place, zero, is_line=is_line) for place in range(len(entries))]
    told = dated = set(range(len(entries)))
    if is_line:
        ends = [len(entries) - 1, numbers.index(max(numbers)), numbers.index(min(numbers)), 0]
        if own is not None:
            ends.insert(0, own)
        told = _apart(
            ends,
            lambda one, other: abs(middles[one] - middles[other]) >= _APART or abs(texts[one] - texts[other]) >= _LINE,
        )
        dated = _apart(
            [place for place in (own, len(entries) - 1, 0, *ends) if place in told],
            lambda one, other: abs(middles[one] - middles[other]) >= _APART,
        )
    reach = Decimal(_APART) / 2 if is_line else slot / 2
    marks = [
        Mark(
            x=_at(x),
            y=_at(y),
            left=_at(x - half),
            top=_at(min(y, zero)),
            width=_at(2 * half),
            height=_at(abs(zero - y)),
            text_y=_at(text_y),
            text=entry.text,
            period=entry.period if place in dated else (),
            is_told=place in told,
            hit_left=_at(x - reach),
            hit_width=_at(2 * reach),
        )
        for place, (entry, x, y, text_y) in enumerate(zip(entries, middles, heads, texts, strict=True))
    ]
    lines, breaks = _joined(list(zip(middles, heads, strict=True)), runs)
    return Drawing(tuple(marks), lines if is_line else (), breaks, _at(zero), is_line)


def _text_y(heads: Sequence[Decimal], place: int, zero: Decimal, *, is_line: bool) -> Decimal:
    """Where the number of a mark stands: above it, or below where a line comes from above and leaves room."""
    y = heads[place]
    if not is_line:
        return y + 15 if y > zero else y - 6
    beside = [heads[other] for other in (place - 1, place + 1) if 0 <= other < len(heads)]
    return y + 19 if sum(beside) / len(beside) < y < _BASE - 24 else y - 10


def _apart(places: Sequence[int], are_apart: Callable[[int, int], bool]) -> set[int]:
    """Return those of `places`, the first of them before all, that stand apart from each other."""
    chosen: list[int] = []
    for place in places:
        if place not in chosen and all(are_apart(place, other) for other in chosen):
            chosen.append(place)
    return set(chosen)


def _joined(places: Sequence[tuple[Decimal, Decimal]], runs: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the polylines through the runs of `places`, and where the breaks between them stand."""
    lines, breaks, first = [], [], 0
    for length in runs:
        run = places[first : first + length]
        if first:
            breaks.append(_at((places[first - 1][0] + places[first][0]) / 2))
        if len(run) > 1:
            lines.append(" ".join(f"{_at(x)},{_at(y)}" for x, y in run))
        first += length
    return tuple(lines), tuple(breaks)


def _at(place: Decimal) -> str:
    """A place as an attribute of SVG."""
    return f"{place:.1f}".removesuffix(".0")

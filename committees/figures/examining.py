"""Holds the parts of an article against each other and against rows of data: every number gets its standing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from committees.figures import headings, rules
from committees.figures import rows as row_rules
from committees.figures.figure import Figure, Number, NumberKind, Reading
from committees.figures.reading import read
from committees.figures.rows import Bond, Row
from committees.figures.verdict import Verdict
from newsroom.vietnamese import read_number

TITLE, LEAD, BODY = "title", "lead", "body"

# A report has a hundred figures. What holds them against each other stops here, whatever is thrown at it: the
# reading itself has no such end.
MOST_FIGURES = 4000
_MOST_PARTS = 400


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article as plain text: "title", "lead", "body", or a caption under any name of its own."""

    name: str
    text: str


class Standing(StrEnum):
    """How a number stands to the data."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    NO_ROW = "no_row"  # a figure of which the data hold nothing yet
    SET_ASIDE = "set_aside"  # no figure: `kind` says what it is instead


@dataclass(frozen=True, slots=True)
class Held:
    """One number of one part, with all that was found of it.

    row: the index of the row that it was held against, or None.
    verdicts: the indexes of the verdicts (in `Examination.verdicts`) that touch it.
    figure: where the figure that it belongs to begins and ends; None for what is set aside.
    """

    part: str
    start: int
    end: int
    text: str
    kind: NumberKind
    standing: Standing
    row: int | None = None
    verdicts: tuple[int, ...] = ()
    figure: tuple[int, int] | None = None

    @property
    def is_checked(self) -> bool:
        """Whether it was held against a row, or by a rule against other numbers."""
        return self.row is not None or bool(self.verdicts)


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found of all numbers of all parts: in the order of the parts, then of their texts."""

    numbers: tuple[Held, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def coverage(self) -> tuple[int, int]:
        """How many of the numbers that are figures were held against anything, and how many there are."""
        figures = [number for number in self.numbers if number.standing != Standing.SET_ASIDE]
        return sum(number.is_checked for number in figures), len(figures)

    @property
    def against_rows(self) -> tuple[int, int]:
        """How many of the numbers that are figures were held against a row of data, and how many there are."""
        figures = [number for number in self.numbers if number.standing != Standing.SET_ASIDE]
        return sum(number.row is not None for number in figures), len(figures)


def examine(parts: Sequence[Part], rows: Sequence[Row] = ()) -> Examination:
    """Hold every part by itself (R1-R4, R7), title and lead against the rest (R5), and all against `rows` (R6).

    parts: the texts as a reader reads them; a name occurs once. Raises nothing, whatever the texts hold.
    rows: the figures that are known, as instances of Statistic or anything with its attributes.
    """
    parts = parts[:_MOST_PARTS]
    names, readings = [part.name for part in parts], [read(part.text) for part in parts]
    found, bound = _hold(names, readings, rows)
    verdicts = tuple(replace(verdict, part=names[at]) for at, verdict in found)
    return Examination(tuple(_held(readings, names, found, bound)), verdicts)


def check(text: str, *, title: str = "", lead: str = "", rows: Sequence[Row] = ()) -> list[Verdict]:
    """Return the verdicts over `text`, in the order of title, lead and text.

    With a text alone it is read as a whole raw report: R5 takes the title line that its layout shows, and R6 has
    nothing to hold it against. With `title` or `lead`, `text` is the body. Raises nothing, whatever the text holds.
    """
    parts = [(name, said) for name, said in ((TITLE, title), (LEAD, lead), (BODY, text)) if said]
    names, readings = [name for name, _said in parts], [read(said) for _name, said in parts]
    found, _bound = _hold(names, readings, rows, is_raw=not title and not lead)
    return [replace(verdict, part=names[at]) for at, verdict in found]


def _hold(
    names: Sequence[str], readings: Sequence[Reading], rows: Sequence[Row], *, is_raw: bool = False
) -> tuple[list[tuple[int, Verdict]], list[Bond]]:
    """Return the verdicts, each with the index of its part, in the order of the texts; and what is bound to a row."""
    capped = [_capped(reading) for reading in readings]
    found = [
        (at, verdict) for at, reading in enumerate(capped) for rule in rules.OF_ONE_TEXT for verdict in rule(reading)
    ]
    bodies = [reading for name, reading in zip(names, capped, strict=True) if name not in (TITLE, LEAD)]
    leads = [reading for name, reading in zip(names, capped, strict=True) if name == LEAD]
    for at, name in enumerate(names):
        if name == TITLE:
            found += [(at, verdict) for verdict in headings.of_title(capped[at], [*leads, *bodies])]
        elif name == LEAD:
            found += [(at, verdict) for verdict in headings.of_lead(capped[at], bodies)]
    if is_raw:
        found += [(at, verdict) for at, reading in enumerate(capped) for verdict in _of_title_line(reading)]
    bound = row_rules.bonds(capped, names, rows)
    found += row_rules.equals_its_row(capped, rows, bound)
    found.sort(key=lambda each: (each[0], each[1].start, each[1].rule, each[1].end))
    return found, bound


def _of_title_line(reading: Reading) -> Iterable[Verdict]:
    line = headings.title_line(reading.text)
    if line is None:
        return ()
    return headings.of_title(reading, [reading], behind=line[1])


def _capped(reading: Reading) -> Reading:
    if len(reading.figures) <= MOST_FIGURES:
        return reading
    return replace(reading, figures=reading.figures[:MOST_FIGURES])


# --- The standing of each number ---------------------------------------------------------------


def _held(
    readings: Sequence[Reading],
    names: Sequence[str],
    found: Sequence[tuple[int, Verdict]],
    bound: Sequence[Bond],
) -> list[Held]:
    bond_of = {(bond.part, bond.figure): bond for bond in bound}
    touching: dict[tuple[int, int, int], list[int]] = {}
    for index, (at, verdict) in enumerate(found):
        for span in verdict.spans:
            touching.setdefault((at, *span), []).append(index)
    held = []
    for at, reading in enumerate(readings):
        for number in reading.numbers:
            if number.kind != NumberKind.FIGURE or number.figure is None:
                held.append(Held(names[at], number.start, number.end, number.text, number.kind, Standing.SET_ASIDE))
                continue
            figure = reading.figures[number.figure]
            bond = bond_of.get((at, number.figure))
            held.append(
                Held(
                    names[at], number.start, number.end, number.text, number.kind,
                    _standing(number, figure, bond),
                    None if bond is None else bond.row,
                    tuple(touching.get((at, figure.start, figure.end), ())),
                    (figure.start, figure.end),
                )
            )  # fmt: skip
    return held


def _standing(number: Number, figure: Figure, bond: Bond | None) -> Standing:
    if bond is None:
        return Standing.NO_ROW
    field = field_of(number, figure)
    wrong = field in bond.differing if field else bool(bond.differing)
    return Standing.CONTRADICTS if wrong else Standing.AGREES


def field_of(number: Number, figure: Figure) -> str:
    """Return which field of `figure` a number of it is: value, value_max, whole, percent, plan_percent; or ""."""
    try:
        worth: Decimal | None = read_number(number.text)
    except ValueError:
        worth = None
    stated = [name for name in row_rules.FIELDS if getattr(figure, name) is not None]
    if len(stated) == 1:
        return stated[0]
    return next((name for name in stated if getattr(figure, name) == worth), "")

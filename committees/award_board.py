"""The board of awards: how many of each form, by year and committee.

A sum is the newsroom's own and says so; a part is not added to the total that itemises it. It is made
from the newest awards alone: a page costs the same however many there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from committees.models import Award
from newsroom.publishing import is_public
from newsroom.vietnamese import number

NEWEST = 400
MOST_LINES = 12
_KEPT = ("doi-tuong", "hoi-nghi")  # what narrows the list and is no side of the board


@dataclass(frozen=True)
class Cell:
    """The awards of one form that one committee reports in one year."""

    form: str
    count: int  # of those that state one
    awards: int
    unstated: int
    query: str  # of the list that holds just these

    @property
    def is_computed(self) -> bool:
        return self.awards - self.unstated > 1

    @property
    def text(self) -> str:
        """The number as it is printed; with "≥" where some state none; empty where none does."""
        if self.unstated == self.awards:
            return ""
        return f"{'≥' if self.unstated else ''}{number(self.count)}"


@dataclass(frozen=True)
class Line:
    """One committee in one year; `year` is None where no report tells it."""

    year: int | None
    committee: str
    cells: list[Cell | None]  # one for each form of the board


@dataclass(frozen=True)
class Board:
    forms: list[str]
    lines: list[Line]
    is_cut: bool  # whether there are older awards, or more lines, than are shown

    def __bool__(self) -> bool:
        return len(self.lines) > 1 or len(self.forms) > 1

    @property
    def has_computed(self) -> bool:
        return any(cell is not None and cell.is_computed for line in self.lines for cell in line.cells)


def award_board(awards: QuerySet[Award], chosen: Mapping[str, Any]) -> Board:
    """Return the board of the newest of `awards`, which are public, as far as a public conference reports them.

    `chosen` are the parameters that narrow the list: the way from a number leads to a list narrowed further.
    One query.
    """
    columns = ("pk", "form", "count", "part_of", "reported_at__sorted_on",
               "reported_at__committee", "reported_at__committee__name")  # fmt: skip
    newest = awards.filter(is_public("reported_at__")).order_by("-published_at", "pk")
    rows = list(newest.values_list(*columns)[: NEWEST + 1])
    cells: dict[tuple[int, int], dict[str, dict[int, tuple[int | None, int | None]]]] = {}
    names: dict[int, str] = {}
    for pk, form, count, part_of, day, committee, name in rows[:NEWEST]:
        names[committee] = name
        year = day.year if day > date.min else 0
        cells.setdefault((year, committee), {}).setdefault(form, {})[pk] = (count, part_of)
    used = {form for line in cells.values() for form in line}
    forms = [form for form in Award.Form.values if form in used]
    kept = {name: chosen[name] for name in _KEPT if chosen.get(name)}
    order = sorted(cells, key=lambda line: -line[0])
    lines = [
        Line(
            year or None,
            names[committee],
            [
                _cell(form, cells[year, committee][form], year, committee, kept)
                if form in cells[year, committee]
                else None
                for form in forms
            ],
        )
        for year, committee in order[:MOST_LINES]
    ]
    labels = [str(Award.Form(form).label) for form in forms]
    return Board(labels, lines, len(rows) > NEWEST or len(order) > MOST_LINES)


def _cell(
    form: str, found: dict[int, tuple[int | None, int | None]], year: int, committee: int, kept: dict[str, Any]
) -> Cell:
    """Return the cell of `found`: the count and the whole of each award by its key."""
    counts = [count for count, part_of in found.values() if part_of not in found]
    query: dict[str, Any] = {**kept, "hinh-thuc": form, "to-chuc": committee}
    if year:
        query["nam"] = year
    stated = [count for count in counts if count is not None]
    return Cell(str(Award.Form(form).label), sum(stated), len(counts), len(counts) - len(stated), urlencode(query))

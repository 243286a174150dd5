"""Figures as a reader meets them: a part stands under its whole and is drawn on its scale.

Pure arrangement of statistics that are already fetched: it asks the database nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import cached_property

from committees.models import Statistic


@dataclass
class Row:
    """One figure in an outline, with the figures inside of it ("trong đó").

    Lengths are those of a bar whose full length, 100, is the outermost whole. `length` is the figure's own
    share of it, `within` the share of the figure it is a part of; None where there is no bar to draw.
    """

    statistic: Statistic
    parts: list["Row"] = field(default_factory=list)
    length: Decimal | None = None
    within: Decimal | None = None

    @property
    def is_target(self) -> bool:
        return self.statistic.kind == Statistic.Kind.TARGET

    @cached_property
    def computed_share(self) -> str:
        """The share that the newsroom computed, where it says more than the count does: not of a whole itself."""
        return "" if self.statistic.value == self.statistic.whole else self.statistic.computed_share

    @property
    def drawn_length(self) -> str:
        """`length` as an attribute of SVG."""
        return "" if self.length is None else f"{self.length:.2f}"

    @property
    def drawn_within(self) -> str:
        """`within` as an attribute of SVG."""
        return "" if self.within is None else f"{self.within:.2f}"


def outline(statistics: Iterable[Statistic]) -> list[Row]:
    """Return the outermost of `statistics`, results before targets, each with its parts.

    A figure whose whole is not among them stands by itself; so do those that hold each other in a ring.
    """
    rows = {statistic.id: Row(statistic) for statistic in statistics}
    tops = []
    for row in rows.values():
        whole = _whole_of(row, rows)
        if whole is None:
            tops.append(row)
        else:
            whole.parts.append(row)
    for row in tops:
        row.length = row.statistic.bar
        _measure_parts(row)
    return sorted(tops, key=lambda row: row.is_target)


def has_computed(rows: Iterable[Row]) -> bool:
    """Whether any of `rows`, or of their parts, shows a share that the newsroom computed."""
    return any(bool(row.computed_share) or has_computed(row.parts) for row in rows)


def _whole_of(row: Row, rows: dict[int, Row]) -> Row | None:
    """Return the row that `row` is a part of, unless the way up leads back to `row`."""
    whole = above = rows.get(row.statistic.part_of_id or 0)
    seen = set()
    while above is not None and above.statistic.pk not in seen:
        if above is row:
            return None
        seen.add(above.statistic.pk)
        above = rows.get(above.statistic.part_of_id or 0)
    return whole


def _measure_parts(row: Row) -> None:
    """Draw the parts of `row` on its own scale, as far as the report says what they are shares of."""
    for part in row.parts:
        share, whole = part.statistic.bar, part.statistic.whole
        if share is not None and whole is not None and row.length is not None:
            if whole == row.statistic.value:
                part.length, part.within = share * row.length / 100, row.length
            elif whole == row.statistic.whole:
                part.length, part.within = share, row.length
        elif row.length is None:
            part.length = share
        _measure_parts(part)

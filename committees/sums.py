"""What several committees come to together: sums of counts, and shares as sum over sum.

A sum is the newsroom's own and says how it was made. Percentages are never added nor averaged: the share of all is
the sum of the parts over the sum of the wholes, and without those there is none. Added is only what is alike: one
indicator, exact numbers, the very same days; a committee once, and none that stands under another of them, for
whoever counts the upper one has counted the lower.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from committees.figures import computing
from committees.models import Committee, Statistic
from newsroom.vietnamese import number

MOST_SUMS = 6
MOST_TERMS = 12
PLACES = 2


@dataclass(frozen=True)
class Sum:
    """The figures of several committees for the same days, added. `whole` is None where not all print one."""

    figures: list[Statistic]  # one of each committee, the largest first
    value: Decimal
    whole: Decimal | None

    @property
    def period_label(self) -> str:
        return self.figures[0].period_label

    @property
    def text(self) -> str:
        """The sum as a count is printed: "124/135", "273"."""
        return number(self.value) if self.whole is None else f"{number(self.value)}/{number(self.whole)}"

    @property
    def share(self) -> str:
        """The share of all, two places; empty where there is none, or where it is the whole."""
        if not self.whole or self.value == self.whole:
            return ""
        return f"{number(computing.rounded_share(self.value, self.whole, PLACES), PLACES)}%"

    @property
    def working(self) -> str:
        """How it was added: "(79 + 45) / (85 + 50)"; "147 + 26"; cut off where there are many."""
        values = _terms([figure.value for figure in self.figures])
        return values if self.whole is None else f"({values}) / ({_terms([figure.whole for figure in self.figures])})"


def _terms(numbers: Sequence[Decimal | None]) -> str:
    said = " + ".join(number(each) for each in numbers[:MOST_TERMS] if each is not None)
    return f"{said} + …" if len(numbers) > MOST_TERMS else said


def sums_of(statistics: Iterable[Statistic]) -> list[Sum]:
    """Return the sums over figures of one indicator and one kind, the latest days first; at most `MOST_SUMS`.

    Each comes with its committee and the three above that one fetched. Where two reports give one committee
    different numbers for the same days, that committee is in no sum.
    """
    exact = [figure for figure in statistics if _can_be_added(figure)]
    exact.sort(key=_days, reverse=True)
    found = (_sum(list(alike)) for _days_of, alike in groupby(exact, key=_days))
    return [each for each in found if each is not None][:MOST_SUMS]


def _can_be_added(figure: Statistic) -> bool:
    return (
        figure.comparator == Statistic.Comparator.EQUAL
        and figure.part_of_id is None
        and figure.period_starts_on is not None
        and figure.period_ends_on is not None
        and computing.is_computable(figure.value)
    )


def _days(figure: Statistic) -> tuple[date, date]:
    return (figure.period_ends_on or date.min, figure.period_starts_on or date.min)


def _sum(alike: list[Statistic]) -> Sum | None:
    """Return the sum of figures for the same days; None where fewer than two committees can be added."""
    chosen = list(_one_of_each(alike))
    there = {figure.committee_id for figure in chosen}
    chosen = [figure for figure in chosen if not there & set(_above(figure.committee))]
    if len(chosen) < 2:
        return None
    chosen.sort(key=lambda figure: (-(figure.value or 0), figure.committee_id))
    shares = [(figure.value, figure.whole) for figure in chosen]
    complete = [(value, whole) for value, whole in shares if value is not None and whole is not None]
    if len(complete) == len(shares) and all(value <= whole for value, whole in complete):
        return Sum(chosen, *computing.summed(complete))
    return Sum(chosen, sum((figure.value or Decimal(0) for figure in chosen), Decimal(0)), None)


def _one_of_each(figures: Sequence[Statistic]) -> Iterator[Statistic]:
    """Yield a figure of each committee whose reports agree about it."""
    by_committee: dict[int, list[Statistic]] = {}
    for figure in figures:
        by_committee.setdefault(figure.committee_id, []).append(figure)
    for said in by_committee.values():
        if len({(figure.value, figure.whole, figure.unit_printed) for figure in said}) == 1:
            yield said[0]


def _above(committee: Committee) -> Iterator[int]:
    """Yield the keys of the committees above, as far as they were fetched: three."""
    above = committee
    for _level in range(3):
        if above.parent_id is None:
            return
        yield above.parent_id
        if above.parent is None:
            return
        above = above.parent

"""Rows of a list, under the conference or the committee that they belong to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from committees.models import Award, Conference, Statistic
from committees.outline import has_computed, outline
from newsroom.publishing import shown

# Figures are read beside their neighbours: in the order of their report, report after report.
BY_REPORT = ("-published_at", "pk")


@dataclass(frozen=True)
class Group:
    """Neighbours in a list that belong to one conference or committee, or to none (`of` is None)."""

    of: Any
    rows: list[Any]
    committee_id: int | None = None

    @property
    def has_computed(self) -> bool:
        """Whether any of its figures shows a share that the newsroom computed."""
        return has_computed(self.rows)


def figures_by_conference(figures: Iterable[Statistic]) -> list[Group]:
    """Return outlines of `figures`, in their order, under the conferences that report them.

    Each figure comes with its conference and that one's committee fetched.
    """
    return [
        Group(of, outline(rows), of.committee_id if of else None) for of, rows in _by_conference(figures, "conference")
    ]


def figures_by_committee(figures: Iterable[Statistic]) -> list[Group]:
    """Return outlines of `figures` under the committees they are about, by name; the latest period first.

    Each figure comes with its committee fetched.
    """
    rows = sorted(figures, key=lambda figure: (figure.position, figure.pk))
    rows.sort(key=_last_day, reverse=True)
    rows.sort(key=lambda figure: (figure.committee.sort_key, figure.committee_id))
    by_committee = groupby(rows, key=lambda figure: figure.committee)
    return [Group(committee, outline(rows_of_it), committee.pk) for committee, rows_of_it in by_committee]


def awards_by_conference(awards: Iterable[Award]) -> list[Group]:
    """Return `awards`, in their order, under the conferences that report them; each with its `reported_at` fetched."""
    return [Group(of, list(rows)) for of, rows in _by_conference(awards, "reported_at")]


def _by_conference(things: Iterable[Any], name: str) -> Iterator[tuple[Conference | None, Iterator[Any]]]:
    return groupby(things, key=lambda thing: shown(getattr(thing, name)))


def _last_day(figure: Statistic) -> str:
    return figure.period_ends_on.isoformat() if figure.period_ends_on else ""

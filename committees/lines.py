"""Which committees go on what others began: bodies are merged and renamed, and their figures go on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from committees.models import Committee, Statistic

MOST_BODIES = 6
FETCHED_BODIES = 4
GOES_BACK_TO = "predecessor__predecessor__predecessor"  # how far a page fetches the bodies before a committee


def bodies(committee: Committee) -> list[Committee]:
    """Return `committee` and those it goes back to, the latest first, as far as they were fetched with it."""
    found = [committee]
    while len(found) < MOST_BODIES and Committee.predecessor.is_cached(found[-1]):
        before = found[-1].predecessor
        if before is None or before in found:
            break
        found.append(before)
    return found


def of_bodies(statistics: Iterable[Statistic], known: Iterable[Committee]) -> list[Statistic]:
    """Return `statistics` as a list, each with its committee as it is `known`: with what it goes back to."""
    by_key = {committee.pk: committee for committee in known}
    found = list(statistics)
    for statistic in found:
        if (committee := by_key.get(statistic.committee_id)) is not None:
            statistic.committee = committee
    return found


@dataclass(frozen=True)
class Line:
    """Where a committee stands among those that follow each other: which line it is, and the how-manieth of it."""

    first: int
    generation: int


def lines_of(committees: Iterable[Committee]) -> dict[int, Line]:
    """Return by key the line of each of `committees`: one goes on another where it alone follows it.

    Two that were made from one body are lines of their own: which of them would its series go on in? Bodies between
    two of those given are known as far as their `predecessor` was fetched with them; nothing is asked of the database.
    """
    given = {committee.pk: committee for committee in committees}
    before = {pk: _nearest_before(committee, given) for pk, committee in given.items()}
    followers = Counter(before.values())
    lines = {}
    for pk in given:
        path = [pk]
        above = before[pk]
        while above is not None and above not in path and followers[above] == 1:
            path.append(above)
            above = before[above]
        ring = above in path and above is not None
        lines[pk] = Line(min(path) if ring else path[-1], len(path) - 1)
    return lines


def _nearest_before(committee: Committee, given: Mapping[int, Committee]) -> int | None:
    """Return the nearest of `given` that `committee` goes back to."""
    seen = {committee.pk}
    while committee.predecessor_id is not None and committee.predecessor_id not in seen:
        if committee.predecessor_id in given:
            return committee.predecessor_id
        if not Committee.predecessor.is_cached(committee):
            return None
        seen.add(committee.predecessor_id)
        committee = committee.predecessor  # type: ignore[assignment]  # its key is not None
    return None

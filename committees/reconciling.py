"""Awards held against what else is known: who is named, which rating justifies them, which years bear a streak out.

Nothing is kept and nothing is judged: each says what was announced, what the data hold of it, and where. Who asked to
be taken off the pages is counted nowhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from committees import questions
from committees.figures import normalising, ratings
from committees.figures.tokens import spelled_out
from committees.figures.units import population
from committees.models import Award, AwardRecipient, Statistic
from committees.models.statistic import Rating
from newsroom.compiled import filled

MOST_YEARS = 15

_STREAK = re.compile(normalising.styled(r"(?<!\w)năm (?:liền|liên tục|liên tiếp)(?!\w)"))


@dataclass(frozen=True)
class Ground:
    """The figure of the same report that says how many were rated so."""

    statistic: Statistic
    rating: str
    fits: bool  # whether no more are commended than were rated so


@dataclass(frozen=True)
class Evidence:
    """One year of a streak: the figure or the award by which it is known of one recipient, or None."""

    year: int
    source: Statistic | Award | None


@dataclass(frozen=True)
class Line:
    """One named recipient, and what is known of each year."""

    recipient: AwardRecipient
    years: list[Evidence]

    @property
    def known(self) -> int:
        return sum(evidence.source is not None for evidence in self.years)


@dataclass(frozen=True)
class Streak:
    """So many years in a row, as the report says it; `years` is empty where it does not say which."""

    announced: int
    years: list[int]
    lines: list[Line]  # of the recipients that are named

    @property
    def known(self) -> int:
        """How many of the years are known of every recipient: none where none is named."""
        if not self.lines:
            return 0
        return sum(all(line.years[place].source for line in self.lines) for place in range(len(self.years)))

    @property
    def has_evidence(self) -> bool:
        return any(line.known for line in self.lines)

    @property
    def misses_years(self) -> bool:
        """Whether the years that the report names are not as many as it says."""
        return bool(self.years) and len(self.years) != self.announced


@dataclass(frozen=True)
class Reconciliation:
    """What is known of an award. `named` are those who are named, of `announced`: None where it states no number."""

    announced: int | None
    named: int
    ground: Ground | None
    streak: Streak | None
    itemised: int | None  # what its parts come to, where it has parts with numbers

    def __bool__(self) -> bool:
        return bool(self.announced or self.ground or self.streak)

    @property
    def names_too_many(self) -> bool:
        return self.announced is not None and self.named > self.announced


def reconciliation(award: Award, recipients: Sequence[AwardRecipient], parts: Iterable[Award]) -> Reconciliation:
    """Return what is known of `award`, from its named `recipients` as readers see them and its public `parts`.

    One query where it is for a rating; two more where it is for a streak of known years with named recipients.
    """
    rating = _rating_in(award.achievement)
    counts = [part.count for part in parts if part.count is not None]
    return Reconciliation(
        announced=award.count,
        named=len(recipients),
        ground=_ground(award, rating) if rating else None,
        streak=_streak(award, rating, recipients),
        itemised=sum(counts) if counts else None,
    )


def _rating_in(words: str) -> str:
    """Return the level of the first rating in `words`; empty where there is none."""
    found = ratings.find(normalising.key(words))
    return found[0].level if found else ""


# --- The rating that justifies it --------------------------------------------------------------


def _ground(award: Award, rating: str) -> Ground | None:
    """Return the figure of the award's own report that counts those who were rated so; None where none does.

    The recipients begin with the very noun that the figure counts: a committee of inspection is no organization.
    """
    if award.reported_at_id is None or _streak_words(award):
        return None
    recipients = award.recipients_described or award.count_unit
    counted = population(" ".join(recipients.split()[:3]))
    if counted in ("", "mixed"):
        return None
    same = [
        figure
        for figure in questions.rated(rating)(award.reported_at_id, timezone.now())
        if population(figure.unit_printed) == counted and _is_of_its_days(award, figure)
    ]
    if len(same) != 1:
        return None
    (figure,) = same
    fits = award.count is None or figure.value is None or award.count <= figure.value
    return Ground(figure, str(Rating(rating).label), fits)


def _is_of_its_days(award: Award, figure: Statistic) -> bool:
    said = (award.period_starts_on, award.period_ends_on)
    return None in said or said == (figure.period_starts_on, figure.period_ends_on)


# --- Years in a row ----------------------------------------------------------------------------


def _streak_words(award: Award) -> int:
    """Return how many years in a row the award is for; 0 where it says nothing of the kind."""
    for words in (award.achievement, award.period_label, award.recipients_described):
        said = normalising.key(words)
        found = _STREAK.search(said)
        number = _number_before(said[: found.start()]) if found else 0
        if 1 < number <= MOST_YEARS:
            return number
    return 0


def _number_before(words: str) -> int:
    """Return the number that `words` end with, in digits or spelled out; 0 where they end with none."""
    last = words.split()[-4:]
    if last and last[-1].isdecimal():
        return int(last[-1][:3])
    for first in range(len(last)):
        tail = " ".join(last[first:])
        spelled = spelled_out(tail)
        if spelled is not None and spelled[0] == tail:
            return int(spelled[1])
    return 0


def _streak(award: Award, rating: str, recipients: Sequence[AwardRecipient]) -> Streak | None:
    announced = _streak_words(award)
    if not announced:
        return None
    first, last = award.period_starts_on, award.period_ends_on
    years = list(range(first.year, last.year + 1))[:MOST_YEARS] if first and last else []
    known = _known(award, rating, recipients) if years and recipients and rating else {}
    lines = [Line(one, [Evidence(year, known.get((one.pk, year))) for year in years]) for one in recipients]
    return Streak(announced, years, lines)


def _known(award: Award, rating: str, recipients: Sequence[AwardRecipient]) -> dict[tuple[int, int], Statistic | Award]:
    """Return by recipient and year what says of that one year that it was rated so. Two queries.

    A figure says it of a committee (its own level); another award says it of whoever is named by it again: the same
    committee or person, or a body of the same name. Of persons an equal name says nothing.
    """
    found: dict[tuple[int, int], Statistic | Award] = {}
    now = timezone.now()
    for other in questions.named_again(award.pk, now, *_likeness(recipients)):
        year = _one_year(other.award)
        if year and _rating_in(other.award.achievement) == rating and not _streak_words(other.award):
            for one in recipients:
                if _is_same(one, other):
                    found.setdefault((one.pk, year), other.award)
    bodies = {one.committee_id: one.pk for one in recipients if one.committee_id}
    for figure in questions.levels(rating, now, *filled(bodies, _STEP)) if bodies else ():
        year = _one_year(figure)
        if year:
            found[bodies[figure.committee_id], year] = figure
    return found


def _likeness(recipients: Sequence[AwardRecipient]) -> list[int | str | None]:
    """Return what others are found by that may be the same: keys of committees and people, names, parted by None."""
    committees = filled((one.committee_id for one in recipients if one.committee_id), _STEP)
    people = filled((one.person_id for one in recipients if one.person_id), _STEP)
    names = filled((one.search_key for one in recipients if not one.person_id), _STEP)
    return [*committees, None, *people, None, *names]


_STEP = 4  # of how many keys more there is a statement of its own


def _is_same(one: AwardRecipient, other: AwardRecipient) -> bool:
    if one.person_id or other.person_id:
        return one.person_id == other.person_id
    if one.committee_id and other.committee_id:
        return one.committee_id == other.committee_id
    return one.search_key == other.search_key


def _one_year(thing: Any) -> int:
    """Return the year that a figure or an award is of, 0 where its days are not those of one year."""
    first, last = thing.period_starts_on, thing.period_ends_on
    if first is None or last is None or first.year != last.year or thing.period_type not in ("", "year"):
        return 0
    return int(first.year)


# --- A conference as a whole -------------------------------------------------------------------


@dataclass(frozen=True)
class NamedOf:
    """How many of those that a conference announces awards for are named, of one kind of recipient."""

    kind: str
    announced: int
    named: int


def named_of(awards: Iterable[tuple[str, int, int]]) -> list[NamedOf]:
    """Return how many are named of those who were commended at a conference: collectives and individuals apart.

    `awards` are what was given there and states a number (committees.questions.named); a part is not added to its
    total.
    """
    found: dict[str, list[int]] = {}
    for kind, count, named in awards:
        sums = found.setdefault(kind, [0, 0])
        sums[0] += count
        sums[1] += named
    return [
        NamedOf(str(Award.RecipientKind(kind).label), *found[kind])
        for kind in Award.RecipientKind.values
        if kind in found
    ]

"""What a second report of a known conference says, held against the rows of the first: it never doubles them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from articles.models import Mention
from committees.models import Award, Conference, Statistic
from newsroom.vietnamese import fold

_PARTS = ("value", "value_max", "whole", "percent", "plan_percent")


@dataclass(frozen=True)
class Held:
    """A known row that says something of the very thing that a report speaks of: the same, or something else."""

    row: Statistic | Award
    agrees: bool
    sentence: str = ""  # the words with which an article states the row, where one does


def figures_held(proposed: Mapping[int, Statistic], conference: Conference) -> dict[int, Held]:
    """Return, for those of `proposed` (index -> unsaved figure) of which `conference` has a row, that row.

    A row is of the same thing when indicator, kind and period are the same. Where there are several (two courses of
    training) the one that agrees is meant, and else the first that no other figure of the report has claimed.
    Two queries.
    """
    rows = list(conference.statistics.order_by("position", "pk"))
    return _held(proposed, rows, _is_same_subject, figures_agree, "statistic")


def awards_held(proposed: Mapping[int, Award], conference: Conference) -> dict[int, Held]:
    """Return, for those of `proposed` (index -> unsaved award) of which `conference` has a row, that row.

    Two queries.
    """
    return _held(proposed, list(conference.awards.all()), _is_same_honour, awards_agree, "award")


def _held(proposed, rows, is_same, agree, name) -> dict[int, Held]:  # type: ignore[no-untyped-def]
    sentences = _sentences(name, rows)
    held: dict[int, Held] = {}
    for index, thing in proposed.items():
        if row := next((row for row in rows if is_same(thing, row) and agree(thing, row)), None):
            held[index] = Held(row, True, sentences.get(row.pk, ""))
    claimed = {one.row.pk for one in held.values()}
    for index, thing in proposed.items():
        if index in held:
            continue
        if row := next((row for row in rows if row.pk not in claimed and is_same(thing, row)), None):
            held[index] = Held(row, False, sentences.get(row.pk, ""))
            claimed.add(row.pk)
    return held


def _sentences(name: str, rows: Iterable[Statistic | Award]) -> dict[int, str]:
    """Return the words around the first mention of each of `rows`."""
    found: dict[int, str] = {}
    mentions = Mention.objects.filter(**{f"{name}__in": [row.pk for row in rows]}).order_by("-pk")
    for key, before, words, after in mentions.values_list(f"{name}_id", "before", "words", "after"):
        found[key] = f"{before}{words}{after}".strip()
    return found


# --- Figures -----------------------------------------------------------------------------------


def _is_same_subject(one: Statistic, other: Statistic) -> bool:
    return one.indicator_id == other.indicator_id and one.kind == other.kind and _is_same_period(one, other)


def _is_same_period(one: Statistic, other: Statistic) -> bool:
    days = [(row.period_starts_on, row.period_ends_on) for row in (one, other)]
    if all(all(pair) for pair in days):
        return days[0] == days[1]
    return fold(one.period_label) == fold(other.period_label)


def figures_agree(one: Statistic, other: Statistic) -> bool:
    """Whether two figures of one thing say the same, as far as both state it, and state anything in common."""
    if one.comparator != other.comparator:
        return False
    if one.level and other.level:
        return one.level == other.level
    common = [(a, b) for a, b in ((getattr(one, part), getattr(other, part)) for part in _PARTS) if None not in (a, b)]
    return bool(common) and all(_is_same_number(a, b) for a, b in common)


def _is_same_number(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are the same at the precision of the coarser: 94.7 % and 94.67 % are."""
    coarser = max((one.normalize(), other.normalize()), key=lambda number: number.as_tuple().exponent)
    unit = Decimal(1).scaleb(min(int(coarser.as_tuple().exponent), 0))
    return one.quantize(unit, ROUND_HALF_UP) == other.quantize(unit, ROUND_HALF_UP)


# --- Awards ------------------------------------------------------------------------------------


def _is_same_honour(one: Award, other: Award) -> bool:
    return (
        one.form == other.form
        and one.recipient_kind == other.recipient_kind
        and (awards_agree(one, other) or fold(one.achievement) == fold(other.achievement))
    )


def awards_agree(one: Award, other: Award) -> bool:
    """Whether two awards of one form and kind of recipient are of one number."""
    return one.count is not None and one.count == other.count

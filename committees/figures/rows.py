"""R6: a figure in a text equals the row of data that it reports.

A figure is bound to a row by the words in which the row is mentioned, where they are given; else where its numbers
are those of the row and its unit does not speak against it; else by likeness - the same population and the same
rating, or a label that says the same - and then only if one figure and one row are left that are so alike.
A false block is worse than silence: whatever is not certain is bound to nothing and says "no row yet".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

from committees.figures import ratings, wording
from committees.figures.computing import agrees, is_computable, means, stands_for
from committees.figures.figure import Figure, Reading
from committees.figures.normalising import key
from committees.figures.sentences import _, printed
from committees.figures.units import are_alike, conflict
from committees.figures.verdict import Verdict, Weight, told
from newsroom.vietnamese import fold


class Row(Protocol):
    """What a row of data says, as the model Statistic has it. Nothing else of it is looked at, but for `mentions`.

    `mentions`, where a row has it as a sequence, holds things with `words`, `before`, `after` and `part`: where
    the row is known to stand. `part` is the name of a part, or empty for any.
    """

    @property
    def value(self) -> Any: ...
    @property
    def value_max(self) -> Any: ...
    @property
    def whole(self) -> Any: ...
    @property
    def percent(self) -> Any: ...
    @property
    def percent_places(self) -> Any: ...
    @property
    def plan_percent(self) -> Any: ...
    @property
    def comparator(self) -> str: ...
    @property
    def unit_printed(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Bond:
    """A figure of a part and the row that it reports; `differing` names the fields in which they do not agree."""

    part: int
    figure: int
    row: int
    differing: tuple[str, ...] = ()


FIELDS = ("value", "value_max", "whole", "percent", "plan_percent")
_MOST_ROWS = 500
_MOST_ALIKE = 150  # every figure without a row is held against every row without a figure


def bonds(readings: Sequence[Reading], names: Sequence[str], rows: Sequence[Row]) -> list[Bond]:
    """Return which figures of `readings` report which of `rows`; every figure at most once."""
    rows = rows[:_MOST_ROWS]
    found: dict[tuple[int, int], Bond] = {}
    for bond in (*_mentioned(readings, names, rows), *_equal(readings, rows)):
        found.setdefault((bond.part, bond.figure), bond)
    taken = {bond.row for bond in found.values()}
    for bond in _alike(readings, rows, found.keys(), taken):
        found[bond.part, bond.figure] = bond
    return [found[key] for key in sorted(found)]


def equals_its_row(
    readings: Sequence[Reading], rows: Sequence[Row], bound: Iterable[Bond]
) -> Iterator[tuple[int, Verdict]]:
    """R6, block: yield the part and the verdict for each figure that is bound to a row."""
    for bond in bound:
        reading, row = readings[bond.part], rows[bond.row]
        said = {"figure": printed(reading.figures[bond.figure]), "row": printed_row(row), "label": row.label}
        if bond.differing:
            message = _("The text says %(figure)s, the data %(row)s (%(label)s).") % said
            verdict = told(reading, "R6", Weight.BLOCK, message, bond.figure)
        else:
            message = _("%(figure)s agrees with the data (%(label)s).") % said
            verdict = told(reading, "R6", Weight.FINE, message, bond.figure)
        yield bond.part, _of_row(verdict, bond.row)


def _of_row(verdict: Verdict, row: int) -> Verdict:
    return Verdict(
        verdict.rule, verdict.weight, verdict.message, verdict.start, verdict.end,
        quote=verdict.quote, spans=verdict.spans, row=row,
    )  # fmt: skip


def printed_row(row: Row) -> str:
    """Print the numbers of a row as those of a figure are printed."""
    return printed(
        Figure(
            0, 0, value=row.value, value_max=row.value_max, whole=row.whole, percent=row.percent,
            percent_places=row.percent_places, plan_percent=row.plan_percent,
        )
    )  # fmt: skip


def differing(figure: Figure, row: Row) -> tuple[str, ...]:
    """Return the fields that the figure prints and in which the row does not agree with it.

    A looser word for an exact row agrees ("gần 93%", "93%" for 92,94%); what is bounded in the row is bounded in the
    text. What the row leaves empty contradicts nothing, but for a percentage that its value and whole tell.
    """
    wrong = []
    for name in FIELDS:
        said, kept = getattr(figure, name), _kept(row, name)
        if said is None:
            continue
        if kept is None:
            if name == "percent" and not _may_be_share(row, said, figure):
                wrong.append(name)
        elif said != kept and not (row.comparator == "=" and _is_looser(figure, row, name, said, kept)):
            wrong.append(name)
    if not wrong and row.comparator not in ("=", figure.comparator):
        wrong.append("comparator")
    return tuple(wrong)


def _kept(row: Row, name: str) -> Any:
    """Return a field of the row. A bare percentage may be kept as either: "trên 50% các chỉ tiêu" is one of a plan."""
    kept = getattr(row, name)
    other = {"percent": "plan_percent", "plan_percent": "percent"}.get(name)
    return getattr(row, other) if kept is None and other and row.value is None else kept


def _is_looser(figure: Figure, row: Row, name: str, said: Decimal, kept: Decimal) -> bool:
    if figure.comparator != "=":
        return name in ("value", "percent") and means(figure.comparator, said, kept)
    places, finer = figure.percent_places or 0, row.percent_places or 0
    return name == "percent" and places < finer and stands_for(said, places, Fraction(kept))


def _may_be_share(row: Row, percent: Decimal, figure: Figure) -> bool:
    """Whether nothing that the row holds speaks against the percentage that the figure prints."""
    if not is_computable(row.value, row.whole) or not row.whole or figure.comparator != "=":
        return True
    return agrees(row.value, row.whole, percent, figure.percent_places or 0)


def _shared(figure: Figure, row: Row) -> list[str]:
    """Return the fields that both print, and in which they agree."""
    return [n for n in FIELDS if getattr(figure, n) is not None and getattr(figure, n) == _kept(row, n)]


# --- By the words in which the row is mentioned ------------------------------------------------


def _mentioned(readings: Sequence[Reading], names: Sequence[str], rows: Sequence[Row]) -> Iterator[Bond]:
    for row_index, row in enumerate(rows):
        mentions = getattr(row, "mentions", ())
        for mention in mentions if isinstance(mentions, list | tuple) else ():
            for part, reading in enumerate(readings):
                said = getattr(mention, "part", "")
                if said and names[part] != said and not names[part].startswith(f"{said}."):
                    continue
                span = _place_of(mention, reading.text)
                figure = None if span is None else _figure_at(reading, *span, row)
                if figure is not None:
                    yield Bond(part, figure, row_index, differing(reading.figures[figure], row))
                    break


def _place_of(mention: Any, text: str) -> tuple[int, int] | None:
    """Return where the words of a mention stand, or, if they were changed, what stands between its neighbours."""
    words, before, after = mention.words, mention.before or "", mention.after or ""
    exact = [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)] if words else []
    if exact:
        return max(exact, key=lambda span: text.endswith(before, 0, span[0]) + text.startswith(after, span[1]))
    if len(before) < 12:
        return None
    start = text.find(before)
    if start < 0 or text.find(before, start + 1) >= 0:
        return None
    start += len(before)
    end = text.find(after, start, start + len(words) + len(after) + 20) if len(after) >= 6 else -1
    return (start, end) if end >= 0 else None


def _figure_at(reading: Reading, start: int, end: int, row: Row) -> int | None:
    """Return the figure from `start` to `end` that is nearest to what the row says."""
    inside = [i for i, each in enumerate(reading.figures) if each.start < end and each.end > start]
    same = [i for i in inside if _shared(reading.figures[i], row)]
    if not same and len(inside) > 1:
        inside = [i for i in inside if are_alike(reading.figures[i].unit, row.unit_printed)]
        if len(inside) > 1:
            return None  # none of them says what the row says, and any might be meant
    if not inside:
        return None
    return max(same or inside, key=lambda i: (len(_shared(reading.figures[i], row)), _likeness(reading, i, row), -i))


# --- By equal numbers --------------------------------------------------------------------------


def _equal(readings: Sequence[Reading], rows: Sequence[Row]) -> Iterator[Bond]:
    by_number: dict[tuple[str, Decimal], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for name in ("value", "percent", "plan_percent"):
            if _kept(row, name) is not None:
                by_number[name, _kept(row, name)].append(index)
    for part, reading in enumerate(readings):
        for index, figure in enumerate(reading.figures):
            name = next((n for n in ("value", "percent", "plan_percent") if getattr(figure, n) is not None), "")
            candidates = by_number.get((name, getattr(figure, name)), []) if name else []
            fitting = [
                row
                for row in candidates
                if not differing(figure, rows[row])
                and figure.comparator == rows[row].comparator
                and not conflict(figure.unit, rows[row].unit_printed)
                and not _ratings_conflict(figure, rows[row])
                and _is_enough(reading, index, rows[row])
            ]
            if fitting:
                best = max(fitting, key=lambda row: (_likeness(reading, index, rows[row]), -row))
                yield Bond(part, index, best)


def _is_enough(reading: Reading, index: int, row: Row) -> bool:
    """Whether equal numbers tell that the figure is this row's: two of them; one with its noun, rating or words."""
    figure = reading.figures[index]
    if len(_shared(figure, row)) > 1 or are_alike(figure.unit, row.unit_printed):
        return True
    if figure.rating and figure.rating == _rating_of(row):
        return True
    return not figure.unit and len(_words(row.label)) > 2 and _likeness(reading, index, row) >= 1.6


@lru_cache(maxsize=2048)
def _rating_in(label: str) -> str:
    found = ratings.find(key(label[:300]))
    return found[0].level if found else ""


def _rating_of(row: Row) -> str:
    return _rating_in(row.label)


def _ratings_conflict(figure: Figure, row: Row) -> bool:
    return bool(figure.rating) and bool(_rating_of(row)) and figure.rating != _rating_of(row)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text[:300]))) - _EMPTY


_EMPTY = frozenset(re.findall(r"\w+", "va cua cac co duoc da trong theo voi cho la tai so nhung o ve den tu mot do"))


def _likeness(reading: Reading, index: int, row: Row) -> float:
    """Return how much of the row's label stands around the figure, 0 to 1; its rating counts most."""
    figure = reading.figures[index]
    wanted = _words(row.label)
    around = _words(wording.around(reading, figure)) | _words(figure.unit)
    share = len(wanted & around) / len(wanted) if wanted else 0.0
    return share + (figure.rating == _rating_of(row))


# --- By likeness, where the numbers differ -----------------------------------------------------


def _alike(
    readings: Sequence[Reading], rows: Sequence[Row], known: Iterable[tuple[int, int]], taken: set[int]
) -> Iterator[Bond]:
    known = set(known)
    left = [row for row in range(len(rows)) if row not in taken][:_MOST_ALIKE]
    open_figures = [
        (part, index)
        for part, reading in enumerate(readings)
        for index in range(len(reading.figures))
        if (part, index) not in known
    ][:_MOST_ALIKE]
    pairs = [
        (part, index, row)
        for row in left
        for part, index in open_figures
        if _may_be(readings[part], index, readings[part].figures[index], rows[row])
    ]
    of_figure = Counter((part, index) for part, index, _row in pairs)
    of_row = Counter(row_index for _part, _index, row_index in pairs)
    for part, index, row_index in pairs:
        wrong = differing(readings[part].figures[index], rows[row_index])
        if wrong and of_figure[part, index] == 1 and of_row[row_index] == 1:
            yield Bond(part, index, row_index, wrong)


def _may_be(reading: Reading, index: int, figure: Figure, row: Row) -> bool:
    """Whether a figure with other numbers is certainly meant to be this row's.

    Its sort of number, comparator, noun and rating are the row's. With a rating, one number has to be the same (the
    79 of 79/85 or its 85); without, the row's whole label has to stand around the figure.
    """
    if figure.comparator != row.comparator or not are_alike(figure.unit, row.unit_printed) or not figure.unit:
        return False
    if figure.rating != _rating_of(row) or wording.is_aim(reading, figure) != (row.kind == "target"):
        return False
    if not any(getattr(figure, n) is not None and getattr(row, n) is not None for n in FIELDS):
        return False
    if figure.rating:
        return bool(_shared(figure, row))
    return _likeness(reading, index, row) >= 2

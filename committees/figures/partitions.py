"""R3 over ratings: the parts of a whole that is fully divided add up to it.

Of one population in one paragraph (source: the rating scale, grammar section 10): good + done + failed, with the
excellent inside the good ("trong đó", or a whole that is the number of the good) or beside them. No other division is
guessed; two more are in `itemising`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from committees.figures import wording
from committees.figures.computing import is_computable, make_hundred
from committees.figures.figure import Figure, Reading
from committees.figures.sentences import _, count, percentage, ratio
from committees.figures.units import population
from committees.figures.verdict import Verdict, Weight, told

_RANKS = {"excellent": 0, "good": 1, "done": 2, "failed": 3}
_BODIES = {"collective", "org", "agency"}  # a report speaks of one body by all three
_BULLET = re.compile(r"\s*[-–+•*]")


@dataclass(slots=True)
class Run:
    """The ratings of one population in one paragraph: indexes of figures by rating."""

    population: str
    assessed: int | None = None  # the figure that says how many were rated
    top: dict[str, int] = field(default_factory=dict)  # those that are not inside another rating

    @property
    def last(self) -> int:
        return max(self.top.values())


def runs_of(reading: Reading) -> list[Run]:
    """Return the ratings that stand together, each population apart, in the order of the text."""
    found: list[Run] = []
    open_runs: dict[str, Run] = {}
    assessed: dict[str, int] = {}
    latest, behind = "", 0
    for index, figure in enumerate(reading.figures):
        broken = reading.text.rfind("\n", behind, max(figure.start, behind))
        behind = max(figure.end, behind)
        if broken >= 0 and not _BULLET.match(reading.text, broken + 1):
            open_runs, assessed, latest = {}, {}, ""
        counted = population(figure.unit)
        if not figure.rating:
            if figure.value is not None and counted not in ("", "mixed") and wording.is_assessed(reading, figure):
                assessed[counted] = index
            continue
        if figure.comparator != "=" or figure.plan_percent is not None:
            continue
        if wording.is_aim(reading, figure) or wording.is_award(reading, figure):
            continue
        counted = latest = counted or latest
        run = open_runs.get(counted)
        if _is_inside(reading, figure, run):
            continue
        if run is None or figure.rating in run.top:
            run = open_runs[counted] = Run(counted, _rated(reading, index, counted, assessed))
            found.append(run)
        run.top[figure.rating] = index
    return found


def parent_of(reading: Reading, figure: Figure) -> int | None:
    """Return the figure that `figure` is inside of. No rating is inside a better one, whatever commas stand there:

    "36 hoàn thành tốt, trong đó 8 hoàn thành xuất sắc, 3 hoàn thành nhiệm vụ" goes on after the 8.
    """
    if figure.part_of is None:
        return None
    above = reading.figures[figure.part_of]
    if figure.rating and above.rating and _RANKS[figure.rating] > _RANKS[above.rating]:
        return None
    return figure.part_of


def _rated(reading: Reading, index: int, counted: str, assessed: dict[str, int]) -> int | None:
    """Return the figure that says how many of `counted` were rated, before the figure `index` in its paragraph.

    "Phân tích chất lượng 65 tổ chức cơ sở đảng, có 50 đơn vị": another word for the same bodies, right before.
    """
    if counted in assessed:
        return assessed[counted]
    before = reading.figures[index - 1] if index else None
    if counted in _BODIES and before is not None and (index - 1) in assessed.values():
        return index - 1 if population(before.unit) in _BODIES else None
    return None


def _is_inside(reading: Reading, figure: Figure, run: Run | None) -> bool:
    """Whether a rating is counted inside a lower one: the text says so, or its whole is the number of that one."""
    above = parent_of(reading, figure)
    if above is not None and reading.figures[above].rating:
        return True
    if run is None or figure.rating != "excellent" or figure.whole is None or "good" not in run.top:
        return False
    return figure.whole == reading.figures[run.top["good"]].value


def ratings_add_up(reading: Reading) -> Iterator[Verdict]:
    """R3 over ratings: one whole for all of them, and parts that are as many as were rated."""
    for run in runs_of(reading):
        odd = _odd_whole(reading, run)
        if odd is not None:
            yield odd
        else:
            yield from _sum_of_counts(reading, run)
            yield from _sum_of_percentages(reading, run)


def _odd_whole(reading: Reading, run: Run) -> Verdict | None:
    """Ratings of one population, side by side, are out of one whole."""
    figures = {index: reading.figures[index] for index in run.top.values()}
    wholes = Counter(figure.whole for figure in figures.values() if figure.whole is not None)
    if len(wholes) < 2:
        return None
    (usual, times), *others = wholes.most_common()
    total = sum(figure.value or 0 for figure in figures.values())
    if len(others) > 1 or others[0][1] > 1 or (times == 1 and total not in wholes):
        return None
    if times == 1:
        usual = Decimal(total)
    index = next(i for i, figure in figures.items() if figure.whole not in (None, usual))
    message = _("%(figure)s: the ratings beside it are out of %(whole)s.") % {
        "figure": ratio(figures[index].value, figures[index].whole),
        "whole": count(usual),
    }
    return told(reading, "R3", Weight.WARN, message, index, *(i for i in figures if i != index))


def _sum_of_counts(reading: Reading, run: Run) -> Iterator[Verdict]:
    figures = {rating: reading.figures[index] for rating, index in run.top.items()}
    values = {rating: figure.value for rating, figure in figures.items() if is_computable(figure.value)}
    apart: list[Decimal] = [value for rating, value in values.items() if rating != "excellent" and value is not None]
    wholes = [figure.whole for figure in figures.values() if figure.whole is not None]
    base = wholes[0] if wholes else None
    rated = reading.figures[run.assessed] if run.assessed is not None else None
    expected = rated.value if rated is not None and rated.comparator == "=" else base
    if expected is None or not apart:
        return
    places = [*run.top.values(), *([run.assessed] if run.assessed is not None else [])]
    if run.assessed is not None and base is not None and base == expected:
        yield from _left_untold(reading, run, run.assessed)
    if rated is not None and base not in (None, rated.value, rated.whole):
        message = _("%(rated)s were rated, but the ratings are out of %(whole)s.") % {
            "rated": count(rated.value),
            "whole": count(base),
        }
        yield told(reading, "R3", Weight.WARN, message, *places)
        return
    total = sum(apart, Decimal(0))
    beside = values.get("excellent")
    sums = [total] if beside is None else [total + beside, total]
    working = " + ".join(count(value) for value in apart)
    if expected in sums and len(apart) + (sums[0] == expected and beside is not None) > 1:
        if sums[0] == expected and beside is not None:
            working = f"{count(beside)} + {working}"
        message = _("%(working)s = %(whole)s: the ratings add up.") % {"working": working, "whole": count(expected)}
        yield told(reading, "R3", Weight.FINE, message, *places)
        return
    complete = {"good", "done", "failed"} <= values.keys()
    first, last = reading.figures[min(run.top.values())], reading.figures[run.last]
    unrated = wording.says_unrated(reading, first, last)
    if total > expected or (complete and not (unrated and max(sums) < expected)):
        message = _("The ratings add up to %(working)s = %(total)s, not to %(whole)s.") % {
            "working": working,
            "total": count(total),
            "whole": count(expected),
        }
        yield told(reading, "R3", Weight.WARN, message, *places)


def _left_untold(reading: Reading, run: Run, index: int) -> Iterator[Verdict]:
    """Bodies that were rated, out of more: what of the others? Nobody rates some bodies and is silent of the rest.

    Only of bodies (members who are not rated are many, and seldom spoken of), only where all ratings are out of
    those rated, no percentage is printed, and the paragraph says of none that they were not rated.
    """
    rated = reading.figures[index]
    if rated.value is None or rated.whole is None or rated.percent is not None or rated.value >= rated.whole:
        return
    last = reading.figures[run.last]
    if run.population not in _BODIES or wording.says_unrated(reading, rated, last):
        return
    message = _("%(rated)s were rated, and the text says nothing of the other %(rest)s.") % {
        "rated": ratio(rated.value, rated.whole),
        "rest": count(rated.whole - rated.value),
    }
    yield told(reading, "R3", Weight.WARN, message, index, *run.top.values())


def _sum_of_percentages(reading: Reading, run: Run) -> Iterator[Verdict]:
    """Percentages; where a count stands beside each of them the counts are added, and R1 holds the percentages."""
    figures = {rating: reading.figures[index] for rating, index in run.top.items()}
    if any(figure.percent is None for figure in figures.values()):
        return
    if all(figure.value is not None for figure in figures.values()):
        return
    if not {"good", "done", "failed"} <= figures.keys():
        return
    printed = {rating: (figure.percent, figure.percent_places or 0) for rating, figure in figures.items()}
    said = {rating: (percent, places) for rating, (percent, places) in printed.items() if percent is not None}
    nested = [each for rating, each in said.items() if rating != "excellent"]
    if make_hundred(list(said.values())) or make_hundred(nested):
        message = _("The ratings add up to 100%.")
        yield told(reading, "R3", Weight.FINE, message, *run.top.values())
        return
    total = sum((percent for percent, _places in nested), Decimal(0))
    first, last = reading.figures[min(run.top.values())], reading.figures[run.last]
    if total < 100 and wording.says_unrated(reading, first, last):
        return
    message = _("The ratings add up to %(total)s, not to 100%%.") % {"total": percentage(total)}
    yield told(reading, "R3", Weight.WARN, message, *run.top.values())

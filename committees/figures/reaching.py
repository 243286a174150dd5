"""R7: some integer over the whole rounds to the percentage, and which whole that is.

A denominator is never guessed: a whole is taken from the words beside the percentage, from what it is inside of, or
from how many of the same population were rated in that paragraph.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from committees.figures import wording
from committees.figures.computing import Interval, agrees, is_computable, parts_of, wholes_of
from committees.figures.figure import Figure, Reading
from committees.figures.partitions import Run, parent_of, runs_of
from committees.figures.sentences import _, count, percentage
from committees.figures.units import conflict, population
from committees.figures.verdict import Verdict, Weight, told


def percentage_is_reachable(reading: Reading) -> Iterator[Verdict]:
    """R7, warn: some integer over the whole that the text gives a percentage rounds to it.

    The whole is one that the text binds to the percentage, never a guess: the one printed with it, the figure it is
    inside of, or how many of the same population were rated, in the same paragraph. A percentage beside a
    number without its whole (14 tập thể, 19,72%) is reachable if some integer is that whole.
    """
    runs = runs_of(reading)
    rated = {
        index: reading.figures[run.assessed] for run in runs if run.assessed is not None for index in run.top.values()
    }
    yield from _one_whole_for_all(reading, runs)
    for index, figure in enumerate(reading.figures):
        percent, places = figure.percent, figure.percent_places or 0
        if percent is None or figure.percent_max is not None or figure.comparator != "=":
            continue
        if not is_computable(percent) or wording.is_another_share(reading, figure):
            continue
        if not _is_one_breath(reading, figure):
            continue
        said = {"percent": percentage(percent, places), "value": count(figure.value)}
        if percent > 100:
            if population(figure.unit) or figure.rating:
                message = _("%(percent)s: a share cannot be more than 100%%.") % said
                yield told(reading, "R7", Weight.WARN, message, index)
            continue
        wholes = [whole for whole in _bound_wholes(reading, index, rated.get(index)) if is_computable(whole)]
        if figure.value is None and wholes:
            said["wholes"] = _(" or ").join(count(whole) for whole in wholes)
            if any(parts_of(percent, places, whole) for whole in wholes):
                message = _("%(percent)s can be a share of %(wholes)s.") % said
                yield told(reading, "R7", Weight.FINE, message, index)
            else:
                message = _("No number out of %(wholes)s makes %(percent)s.") % said
                yield told(reading, "R7", Weight.WARN, message, index)
        elif figure.value is not None and figure.whole is None and _is_count(figure.value):
            if any(agrees(figure.value, whole, percent, places) for whole in wholes):
                message = _("%(value)s is %(percent)s of the number that was rated.") % said
                yield told(reading, "R7", Weight.FINE, message, index)
            elif not wholes_of(figure.value, percent, places) or (wholes and population(figure.unit)):
                message = _("%(value)s and %(percent)s do not fit: no whole makes them both right.") % said
                yield told(reading, "R7", Weight.WARN, message, index)


def _is_one_breath(reading: Reading, figure: Figure) -> bool:
    """Whether a number and its percentage are certainly of one thing.

    "Qua đánh giá 25 tổ chức, có tổ chức hoàn thành tốt nhiệm vụ chiếm 64%" is none: a new clause begins between them.
    """
    if figure.value is None or figure.whole is not None or figure.percent is None:
        return True
    return not _GOES_ON.search(wording.plain(reading.text[figure.start : figure.end]))


_GOES_ON = wording.words(r"[,;:] (?:có|trong đó|thì|số|kết quả|tỷ lệ)\b")


def _one_whole_for_all(reading: Reading, runs: Sequence[Run]) -> Iterator[Verdict]:
    """Numbers with their percentages, side by side in one rating, and no whole printed: one whole makes all right."""
    for run in runs:
        low, high = 0, None
        beside = []
        for index in run.top.values():
            figure = reading.figures[index]
            if run.assessed is not None or figure.whole is not None or figure.value is None or figure.percent is None:
                continue
            if not _is_count(figure.value) or not is_computable(figure.percent) or not _is_one_breath(reading, figure):
                continue
            wholes = wholes_of(figure.value, figure.percent, figure.percent_places or 0)
            if wholes:
                beside.append(index)
                low = max(low, wholes.low)
                high = wholes.high if high is None else min(high, wholes.high or high)
        if len(beside) > 1 and not Interval(low, high):
            message = _("These numbers and their percentages do not fit: no one whole makes them all right.")
            yield told(reading, "R7", Weight.WARN, message, *beside)


def _is_count(value: Decimal) -> bool:
    return is_computable(value) and value == value.to_integral_value() and value > 0


_OUT_OF_ALL = wording.words(r"^\W*(?:\w+ ){0,6}?(?:trong|trên)(?: tổng)? số\W*$")
_OUT_OF = wording.words(r"^\W*(?:trong|trên|của)\W*$")
_AMONG = wording.words(r"\btrong(?: tổng)?(?: số)?$")


def _told_whole(reading: Reading, index: int) -> Decimal | None:
    """Return the whole that stands right behind a percentage, or that its sentence begins with: both are counts.

    "47,3% trong tổng số 12 chi bộ", "92,94% của 85 tổ chức"; "Trong 85 tổ chức, có 92,94% ..."
    """
    figure = reading.figures[index]
    behind = reading.figures[index + 1] if index + 1 < len(reading.figures) else None
    near = behind is not None and behind.sentence == figure.sentence and behind.start - figure.end < wording.REACH
    if behind is not None and near and _is_bare_count(behind):
        gap = wording.plain(reading.text[figure.end : behind.start])
        if _OUT_OF_ALL.match(gap) or (_OUT_OF.match(gap) and population(behind.unit)):
            return behind.value
    ahead = reading.figures[index - 1] if index else None
    if ahead is not None and ahead.sentence == figure.sentence and _is_bare_count(ahead) and population(ahead.unit):
        same = not figure.unit or population(figure.unit) == population(ahead.unit)
        if same and _AMONG.search(wording.before(reading, ahead).rstrip()):
            return ahead.value
    return None


def _is_bare_count(figure: Figure) -> bool:
    return figure.value is not None and figure.comparator == "=" and figure.whole is None and figure.percent is None


def _bound_wholes(reading: Reading, index: int, rated: Figure | None) -> list[Decimal]:
    """Return the wholes that the text itself binds to a percentage; none is guessed."""
    figure = reading.figures[index]
    if figure.whole is not None:
        return [figure.whole]
    told_whole = _told_whole(reading, index)
    if told_whole is not None:
        return [told_whole]
    bound, above = rated, parent_of(reading, figure)
    if above is not None:
        bound = reading.figures[above]
        if not _is_one_breath(reading, bound) or bound.comparator != "=" or conflict(figure.unit, bound.unit):
            return []
    if bound is None:
        return []
    return list(dict.fromkeys(each for each in (bound.value, bound.whole) if each is not None))

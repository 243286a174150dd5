"""R1, R2 and R4: what one figure says of itself, and what it says of the figure it is inside of.

Sources: the weights are those of the design; what is a share, a subset or a plan is the grammar's (sections 2, 10).
The arithmetic is `computing`: exact, at the printed precision, a half in either direction. R3 is in `partitions`
and `itemising`, R5 in `headings`, R6 in `rows`, R7 in `reaching`. Each rule is silent where it cannot know, and says
"fine" where it held something.
"""

from collections.abc import Callable, Iterator

from committees.figures import wording
from committees.figures.computing import agrees, is_computable, rounded_share
from committees.figures.figure import Reading
from committees.figures.itemising import items_add_up, opposites_make_hundred
from committees.figures.partitions import parent_of, ratings_add_up
from committees.figures.reaching import percentage_is_reachable
from committees.figures.sentences import _, count, percentage, ratio
from committees.figures.units import conflict, plain, population
from committees.figures.verdict import Verdict, Weight, told

Rule = Callable[[Reading], Iterator[Verdict]]


def share_agrees(reading: Reading) -> Iterator[Verdict]:
    """R1, block: n/d agrees with the printed percentage at its printed precision.

    |100 n/d - p| <= half a unit of the last printed place. A figure that is only bounded ("trên", "khoảng") is
    left alone: the bound may be of its number or of its share.
    """
    for index, figure in enumerate(reading.figures):
        if figure.comparator != "=" or figure.percent is None or figure.percent_max is not None or not figure.whole:
            continue
        if not is_computable(figure.value, figure.whole, figure.percent) or figure.value is None:
            continue
        if figure.value > figure.whole and wording.is_another_share(reading, figure):
            continue
        places = figure.percent_places or 0
        said = {
            "figure": ratio(figure.value, figure.whole),
            "printed": percentage(figure.percent, places),
            "right": percentage(rounded_share(figure.value, figure.whole, places), places),
        }
        if agrees(figure.value, figure.whole, figure.percent, places):
            yield told(reading, "R1", Weight.FINE, _("%(figure)s is %(printed)s: it agrees.") % said, index)
        else:
            message = _("%(figure)s is %(right)s, but the text says %(printed)s.") % said
            yield told(reading, "R1", Weight.BLOCK, message, index)


def part_fits_whole(reading: Reading) -> Iterator[Verdict]:
    """R2, block: n <= d, unless it is a share of a plan (which the clause says: kế hoạch, chỉ tiêu, vượt ...)."""
    for index, figure in enumerate(reading.figures):
        if figure.value is None or figure.whole is None or not is_computable(figure.value, figure.whole):
            continue
        said = {"value": count(figure.value), "whole": count(figure.whole)}
        if figure.value <= figure.whole:
            yield told(reading, "R2", Weight.FINE, _("%(value)s of %(whole)s: it fits.") % said, index)
        elif not wording.is_another_share(reading, figure):
            message = _("%(value)s cannot be a part of %(whole)s: a part is not larger than its whole.") % said
            yield told(reading, "R2", Weight.BLOCK, message, index)


def subset_is_of_its_parent(reading: Reading) -> Iterator[Verdict]:
    """R4, warn: a subset's whole is its parent's value ("trong đó": 14/71 inside 71/75), and it fits into it.

    A subset that is printed over its parent's own whole (14/75 beside 71/75) says the same in another way.
    """
    for index, figure in enumerate(reading.figures):
        above = parent_of(reading, figure) if figure.part_of is not None else _told_of(reading, index)
        if above is None or above == index:
            continue
        parent = reading.figures[above]
        if figure.value is None or parent.value is None or not is_computable(figure.value, parent.value):
            continue
        if parent.comparator != "=" or figure.comparator != "=" or conflict(figure.unit, parent.unit):
            continue
        said = {"part": count(figure.value), "parent": count(parent.value), "whole": count(figure.whole)}
        if wording.is_another_share(reading, figure):
            continue
        if figure.whole is not None and figure.whole not in (parent.value, parent.whole):
            message = _("%(part)s/%(whole)s stands inside %(parent)s: its whole should be %(parent)s.") % said
            yield told(reading, "R4", Weight.WARN, message, index, above)
        elif figure.value > parent.value:
            message = _("%(part)s cannot be inside %(parent)s.") % said
            yield told(reading, "R4", Weight.WARN, message, index, above)
        elif figure.whole is not None:
            message = _("%(part)s/%(whole)s stands inside %(parent)s: it fits.") % said
            yield told(reading, "R4", Weight.FINE, message, index, above)


_OF_THESE = wording.words(r"\btrong đó,?(?: \w+){0,3}$")


def _told_of(reading: Reading, index: int) -> int | None:
    """Return the largest figure of the same sentence and noun before one behind "trong đó" that is larger than all.

    A reading binds no subset to a parent that is too small for it: that is found here.
    """
    figure = reading.figures[index]
    if figure.value is None or not _OF_THESE.search(wording.before(reading, figure).rstrip()):
        return None
    parents = []
    for other in range(index - 1, max(index - 8, -1), -1):
        one = reading.figures[other]
        if one.sentence != figure.sentence or one.value is None or population(one.unit) in ("", "mixed"):
            break
        if population(one.unit) != population(figure.unit) or one.value >= figure.value:
            return None
        parents.append(other)
    return max(parents, key=lambda other: reading.figures[other].value or 0, default=None)


_COMMENDED = wording.words(
    r"^\W*(?:tập thể |cá nhân )?cho (?:các |những )?(?P<unit>[\w, ]{2,50}?)\W+(?:được |đạt |xếp loại |danh hiệu )*\W*"
    r"hoàn thành (?P<rating>xuất sắc|tốt) nhiệm vụ(?!.{0,60}\bnăm (?:liền|liên tục|liên tiếp)\b)"
    r"(?:.{0,30}?\bnăm (?P<year>\d{4}))?"
)
_RATINGS = {wording.plain("xuất sắc"): "excellent", wording.plain("tốt"): "good"}


def commended_were_rated(reading: Reading) -> Iterator[Verdict]:
    """R4, warn: those commended for a rating are among those who were rated so.

    "16 giấy khen cho các tổ chức cơ sở đảng Hoàn thành xuất sắc nhiệm vụ" needs 16 that were: the same noun, the
    same rating, and the year, if the award names one, told before the ratings. It bounds a rating from below only.
    """
    rated: dict[tuple[str, str], int] = {}
    for index, figure in enumerate(reading.figures):
        if figure.value is None or figure.comparator != "=":
            continue
        if not wording.is_award(reading, figure):
            if figure.rating and figure.unit:
                rated[figure.rating, plain(figure.unit)] = index
            continue
        end = min(max(figure.sentence[1], figure.end), figure.end + 200)
        found = _COMMENDED.match(wording.plain(reading.text[figure.end : end]))
        if found is None or (known := rated.get((_RATINGS[found["rating"]], plain(found["unit"])))) is None:
            continue
        those = reading.figures[known]
        if found["year"] and found["year"] not in reading.text[: those.start]:
            continue
        said = {"commended": count(figure.value), "rated": count(those.value)}
        if those.value is not None and figure.value > those.value:
            message = _("%(commended)s are commended for this rating, but %(rated)s were rated so.") % said
            yield told(reading, "R4", Weight.WARN, message, index, known)
        else:
            message = _("%(commended)s are commended, of %(rated)s that were rated so: it fits.") % said
            yield told(reading, "R4", Weight.FINE, message, index, known)


def parts_add_up(reading: Reading) -> Iterator[Verdict]:
    """R3, warn: the parts of a whole that is fully divided add up to it (see `partitions` and `itemising`)."""
    yield from ratings_add_up(reading)
    yield from opposites_make_hundred(reading)
    yield from items_add_up(reading)


# What is held over the figures of one text alone.
OF_ONE_TEXT: tuple[Rule, ...] = (
    share_agrees,
    part_fits_whole,
    parts_add_up,
    subset_is_of_its_parent,
    commended_were_rated,
    percentage_is_reachable,
)

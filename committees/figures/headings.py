"""R5: a figure in the title or in the lead is also in the body, and equal.

"Equal" is what a reader would call so: 92,9% in a title stands for 92,94% in the body (a coarser rounding), "hơn
500" for 512, "gần 400" for 395; 76/76 is 100%; a total in the title may be the sum of what one sentence of the
body lists ("46 tập thể, cá nhân": "8 tập thể và 38 cá nhân").
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from committees.figures.computing import is_computable, means, share, stands_for
from committees.figures.figure import Figure, Reading
from committees.figures.sentences import _, printed
from committees.figures.units import are_alike, conflict
from committees.figures.verdict import Verdict, Weight, told

# A raw page says much before its title. What of it is no title, and no paragraph either.
_FURNITURE = re.compile(
    r"""^(?:
        you\ are\ currently\ viewing\b.* | trang\ chủ\b.* | .*[»›>].* | \W* | [^|]{0,60}\|\s*
      | (?:cập\ nhật|đăng\ lúc|ngày\ đăng)\b.* | (?:thứ\s+\w+|chủ\s+nhật)\s*,.* | [\d\s:/.,|-]+(?:\(?gmt[^a-z]*\)?)?
      | \d{1,2}:\d{2}.* | (?:video\ clip|ảnh|tin,\ ảnh|in\ trang|lượt\ xem|chia\ sẻ)\b.*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_TITLE = 250
_LINES_BEFORE = 12
_BODIES = 4000
_LONGEST_SUM = 20


def title_line(text: str) -> tuple[int, int] | None:
    """Return where the title of a raw report stands: the first line before its first paragraph that can be one.

    A paragraph ends with a full stop (or dots, a colon, a semicolon); a title does not, and no line that begins
    with a small letter goes on from it. None where the report begins with its first paragraph.
    """
    start = 0
    for _line in range(_LINES_BEFORE):
        if start >= len(text):
            return None
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start : min(end, start + _LONGEST_TITLE + 1)].strip()
        if line and not _FURNITURE.match(line):
            ends = line.rstrip("\"”’' ")[-1:] in {".", ":", ";", "…", ","}
            goes_on = text[end : end + 40].lstrip()[:1].islower()
            if ends or goes_on or len(line) > _LONGEST_TITLE:
                return None
            return start, end
        start = end + 1
    return None


def stands_in_body(
    heading: Reading, bodies: Sequence[Reading], name: str, *, is_certain: bool, behind: int = 0
) -> Iterator[Verdict]:
    """R5, warn: hold every figure of `heading` against those of `bodies`.

    `behind` leaves out what of the bodies stands before it (the title line of a raw report itself, of which only
    the figures before `behind` are held). A figure that nothing in the body is like is told only where
    `is_certain`: where the heading was given as such.
    """
    pool = [each for body in bodies for each in body.figures if each.start >= behind][:_BODIES]
    for index, figure in enumerate(heading.figures):
        if behind and figure.start >= behind:
            break
        said = {"where": name, "figure": printed(figure)}
        if any(_is_equal(figure, other) for other in pool) or _is_a_sum(figure, pool):
            message = _("%(where)s: %(figure)s stands in the body too.") % said
            yield told(heading, "R5", Weight.FINE, message, index)
            continue
        like = [other for other in pool if _is_like(figure, other)]
        if like:
            message = _("%(where)s: %(figure)s, but the body says %(other)s.") % {**said, "other": printed(like[0])}
            yield told(heading, "R5", Weight.WARN, message, index)
        elif is_certain and pool:
            message = _("%(where)s: %(figure)s does not stand in the body.") % said
            yield told(heading, "R5", Weight.WARN, message, index)


def _is_like(one: Figure, other: Figure) -> bool:
    """Whether both certainly speak of the same: the same noun, the same rating, the same sort of number."""
    if one.rating != other.rating or not are_alike(one.unit, other.unit) or not one.unit:
        return False
    if one.percent is not None:
        return other.percent is not None or other.whole is not None
    return one.value is not None and other.value is not None


def _is_equal(one: Figure, other: Figure) -> bool:
    """Whether what `one` says, however much more loosely, is what `other` says."""
    if conflict(one.unit, other.unit) or (one.rating and other.rating and one.rating != other.rating):
        return False
    if one.percent is not None:
        return _shares_meet(one, other)
    if one.value is None:
        return one.plan_percent is not None and one.plan_percent == other.plan_percent
    if one.whole is not None:
        return one.value == other.value and one.whole == other.whole
    counts = [each for each in (other.value, other.whole) if each is not None]
    return any(means(one.comparator, one.value, each) for each in counts) or (one.value, one.value_max) == (
        other.value,
        other.value_max,
    )


def _shares_meet(one: Figure, other: Figure) -> bool:
    percent, places = one.percent or Decimal(0), one.percent_places or 0
    if other.percent is not None:
        if one.comparator == other.comparator and percent == other.percent:
            return True
        if one.comparator == "=":
            coarser = (other.percent_places or 0) > places
            return other.comparator == "=" and coarser and stands_for(percent, places, Fraction(other.percent))
        return means(one.comparator, percent, other.percent)
    if other.value is None or not other.whole or not is_computable(other.value, other.whole):
        return False
    exact = share(other.value, other.whole)
    if one.comparator == "=":
        return stands_for(percent, places, exact)
    return means(one.comparator, percent, Decimal(exact.numerator) / Decimal(exact.denominator))


def _is_a_sum(one: Figure, pool: Sequence[Figure]) -> bool:
    """Whether figures that follow each other in one sentence of the body add up to `one`."""
    if one.value is None or one.whole is not None or one.comparator != "=" or one.percent is not None:
        return False
    for first in range(len(pool)):
        total = Decimal(0)
        for each in _of_one_sentence(pool, first):
            if each.value is None or each.whole is not None:
                break
            total += each.value
            if total == one.value:
                return True
    return False


def _of_one_sentence(pool: Sequence[Figure], first: int) -> Iterable[Figure]:
    for each in pool[first : first + _LONGEST_SUM]:
        if each.sentence != pool[first].sentence:
            return
        yield each

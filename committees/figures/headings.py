"""R5: a figure in the title or in the lead is also in the body, and equal.

"Equal" is what a reader would call so: 92,9% in a title stands for 92,94% in the body (a coarser rounding), "hơn
500" for 512, "gần 400" for 395; 76/76 is 100%; a total in the title may be the sum of what one sentence of the
body lists ("46 tập thể, cá nhân": "8 tập thể và 38 cá nhân").
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from committees.figures import wording
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


def of_title(title: Reading, others: Sequence[Reading], *, behind: int = 0) -> Iterator[Verdict]:
    """R5, warn: hold every figure of a title against those of the lead and the body.

    `behind` is where the title line of a raw report ends, whose text is all of it: figures before it are held against
    those after. It may be no title at all, so that a figure which nothing is like is told only of a title that was
    given as one.
    """
    pool = [each for other in others for each in other.figures if each.start >= behind][:_BODIES]
    for index, figure in enumerate(title.figures):
        if behind and figure.start >= behind:
            break
        like = [other for other in pool if _is_like(figure, other)]
        if _is_said(figure, pool):
            yield _fine(title, index, _("Title"))
        elif like:
            yield _differs(title, index, _("Title"), like[0])
        elif pool and not behind:
            message = _("%(where)s: %(figure)s does not stand in the body.")
            yield told(title, "R5", Weight.WARN, message % {"where": _("Title"), "figure": printed(figure)}, index)


def of_lead(lead: Reading, others: Sequence[Reading]) -> Iterator[Verdict]:
    """R5, warn: hold the figures of a lead against what the body says of the very same thing.

    Short reports tell half of their figures in the lead and nowhere else: only another number for the same rating of
    the same noun, or a slip behind the same words ("kết nạp 147 đảng viên", "kết nạp 174 đảng viên"), is a fault.
    """
    pool = [(other, each) for other in others for each in other.figures][:_BODIES]
    figures = [each for _other, each in pool]
    for index, figure in enumerate(lead.figures):
        if _is_said(figure, figures):
            yield _fine(lead, index, _("Lead"))
            continue
        same = [each for other, each in pool if _is_like(figure, each) and _is_same(lead, figure, other, each)]
        if same:
            yield _differs(lead, index, _("Lead"), same[0])


def _fine(heading: Reading, index: int, where: str) -> Verdict:
    said = {"where": where, "figure": printed(heading.figures[index])}
    return told(heading, "R5", Weight.FINE, _("%(where)s: %(figure)s stands in the body too.") % said, index)


def _differs(heading: Reading, index: int, where: str, other: Figure) -> Verdict:
    said = {"where": where, "figure": printed(heading.figures[index]), "other": printed(other)}
    message = _("%(where)s: %(figure)s, but the body says %(other)s.") % said
    return told(heading, "R5", Weight.WARN, message, index)


def _is_said(figure: Figure, pool: Sequence[Figure]) -> bool:
    return any(_is_equal(figure, other) for other in pool) or _is_a_sum(figure, pool)


_FILLERS = frozenset(
    wording.plain("được đã có là cho mới thêm với các những khoảng hơn gần trên tổng số toàn và cả , : ;").split()
)


def _is_same(reading: Reading, figure: Figure, elsewhere: Reading, other: Figure) -> bool:
    """Whether two like figures are of one rating; or stand behind the same two words and are a slip apart."""
    if figure.rating:
        return True
    one, two = (
        [word for word in wording.plain(wording.before(*each)).replace(",", " ").split() if word not in _FILLERS][-2:]
        for each in ((reading, figure), (elsewhere, other))
    )
    return (
        len(one) == 2
        and one == two
        and _is_a_slip(f"{figure.value or figure.percent}", f"{other.value or other.percent}")
    )


def _is_a_slip(one: str, other: str) -> bool:
    """Whether the digits of one number are those of the other in another order (147, 174), or three and one wrong."""
    if len(one) != len(other) or len(one) < 2:
        return False
    wrong = sum(a != b for a, b in zip(one, other, strict=True))
    return sorted(one) == sorted(other) or (len(one) > 2 and wrong == 1)


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
    return one.value == other.value or any(means(one.comparator, one.value, each) for each in counts)


def _shares_meet(one: Figure, other: Figure) -> bool:
    percent, places = one.percent or Decimal(0), one.percent_places or 0
    if other.percent is not None:
        if percent == other.percent:
            return True  # a title may leave out its "trên" or "trở lên"
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

"""R3 over what a sentence divides: what was done and what was not, and items that exclude each other."""

import re
from collections.abc import Iterator
from decimal import Decimal

from committees.figures import wording
from committees.figures.computing import is_computable, make_hundred
from committees.figures.figure import Figure, Reading
from committees.figures.sentences import _, count, percentage
from committees.figures.units import population
from committees.figures.verdict import Verdict, Weight, told
from committees.figures.wording import plain, words

_NOT = words(r"\b(?:không|chưa) (?:được )?(\w+ \w+)")


def opposites_make_hundred(reading: Reading) -> Iterator[Verdict]:
    """R3 over two percentages of one sentence, of which the second says "không" or "chưa" of what the first says."""
    for index in range(len(reading.figures) - 1):
        one, other = reading.figures[index], reading.figures[index + 1]
        if not (_is_bare_percentage(one) and _is_bare_percentage(other)) or other.start - one.end > 200:
            continue
        if one.sentence != other.sentence or (
            population(one.unit) != population(other.unit) and one.unit and other.unit
        ):
            continue
        denied = _NOT.search(wording.after(reading, other))
        said = plain(reading.text[one.end : other.start])
        if denied is None or denied[1] not in said or _NOT.search(said):
            continue
        pair = [(f.percent, f.percent_places or 0) for f in (one, other) if f.percent is not None]
        total = {"total": percentage(sum((percent for percent, _places in pair), Decimal(0)))}
        if make_hundred(pair):
            yield told(reading, "R3", Weight.FINE, _("The two shares add up to 100%."), index, index + 1)
        else:
            message = _("The two shares add up to %(total)s, not to 100%%.") % total
            yield told(reading, "R3", Weight.WARN, message, index, index + 1)


def _is_bare_percentage(figure: Figure) -> bool:
    return figure.percent is not None and figure.value is None and figure.comparator == "=" and not figure.rating


# Items of one family exclude each other. What may overlap (women, minorities, religions) is in none.
_FAMILIES = [
    words(r"\b(khiển trách|cảnh cáo|cách chức|khai trừ|giải tán)\b"),
    words(r"\b(nam|nữ)\b"),
]
# These divide what is counted in both, or in neither: 46 giấy khen, 46 tập thể và cá nhân.
_KINDS = [words(r"\b(tập thể|cá nhân)\b"), words(r"\b(tổ chức|đảng viên)\b")]
_OPENS = re.compile(r"[^.;\n()]{0,40}?(\(|:|\bgồm(?:\s+có)?:?|\bhình thức:?)\s*", re.IGNORECASE)
_MANY = 12


def items_add_up(reading: Reading) -> Iterator[Verdict]:
    """R3 over items: "7 đảng viên (khiển trách: 1; cảnh cáo: 2; khai trừ: 4)"."""
    for index, total in enumerate(reading.figures[:-2]):
        if total.value is None or total.comparator != "=" or not is_computable(total.value):
            continue
        opening = _OPENS.match(reading.text, total.end)
        if opening is None or opening.end() - total.end > 60:
            continue
        ends = ")" if opening[1] == "(" else ".;\n"
        items = _items(reading, index, opening.end(), ends)
        if len(items) < 2:
            continue
        values = [reading.figures[item].value or Decimal(0) for item in items]
        whole = {"working": " + ".join(map(count, values)), "whole": count(total.value)}
        if sum(values) == total.value:
            message = _("%(working)s = %(whole)s: the items add up.") % whole
            yield told(reading, "R3", Weight.FINE, message, index, *items)
        else:
            message = _("The items add up to %(working)s = %(total)s, not to %(whole)s.") % {
                **whole,
                "total": count(sum(values)),
            }
            yield told(reading, "R3", Weight.WARN, message, index, *items)


def _items(reading: Reading, index: int, start: int, ends: str) -> list[int]:
    """Return the figures behind a total that are items of one family, each of them another; else nothing."""
    text, figures = reading.text, reading.figures
    stop = min((at for at in (text.find(end, start, start + 300) for end in ends) if at >= 0), default=start + 300)
    items: list[int] = []
    for item in range(index + 1, min(index + _MANY, len(figures))):
        if figures[item].start >= stop:
            break
        items.append(item)
    if not items or figures[items[0]].start < start or plain(text[start : start + 12]).startswith("trong đó"):
        return []
    if any(figures[item].value is None or figures[item].percent is not None for item in items):
        return []
    families = [*_FAMILIES, *(_KINDS if population(figures[index].unit) in ("", "mixed") else [])]
    edges = [start, *(figures[item].start for item in items), stop]
    for labels in (
        [plain(text[edges[k] : edges[k + 1]]) for k in range(len(items))],  # "khiển trách: 1; cảnh cáo: 2"
        [plain(text[edges[k + 1] : edges[k + 2]]) for k in range(len(items))],  # "1 khiển trách, 2 cảnh cáo"
    ):
        for family in families:
            found = [family.findall(label) for label in labels]
            if all(len(set(names)) == 1 for names in found) and len({names[0] for names in found}) == len(items):
                return items
    return []

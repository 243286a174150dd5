"""A period under the name that readers know it by, wherever they meet it.

"Trong năm", "9 tháng qua" and "quý I" say when only beside their report: with the days known, the year goes into the
name, and the words as printed are kept as the reason.
"""

import re
from datetime import date

from articles.importing.report import PeriodSaid
from committees.figures.periods import Period

_QUARTERS = ("I", "II", "III", "IV")
_POINTS = re.compile(r"\bqua\b", re.IGNORECASE)


def period_said(period: Period | None) -> PeriodSaid | None:
    """Return `period` as a proposal has it: named in full where its days are known and its words do not name them."""
    if period is None:
        return None
    printed = " ".join(period.label.split())
    label = in_full(printed, period.first, period.last)
    why = period.inferred_from
    if label.casefold() != printed.casefold():
        why = "; ".join(dict.fromkeys(words for words in (printed, why) if words))
    return PeriodSaid(label, period.type, period.first, period.last, why)


def in_full(printed: str, first: date | None, last: date | None) -> str:
    """Return the name of the days from `first` to `last` where `printed` lacks their year or points; else `printed`."""
    label = printed[:1].upper() + printed[1:]
    if first is None or (str(first.year) in printed and not _POINTS.search(printed)):
        return label
    return _named(first, last) or label


def _named(first: date, last: date | None) -> str:
    year = first.year
    if last is None:
        return f"Từ đầu năm {year}" if (first.month, first.day) == (1, 1) else ""
    months = last.month - first.month + 1
    if last.year != year or first.day != 1 or last.day < 28:
        return ""
    if months == 12:
        return f"Năm {year}"
    if months == 1:
        return f"Tháng {first.month}/{year}"
    if months == 3 and first.month % 3 == 1:
        return f"Quý {_QUARTERS[first.month // 3]}/{year}"
    if first.month == 1:
        return f"{months} tháng đầu năm {year}"
    return f"{months} tháng cuối năm {year}" if last.month == 12 else ""

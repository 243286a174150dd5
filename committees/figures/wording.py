"""The words around a figure, by which the rules know what may be held against what."""

import re
from functools import lru_cache

from committees.figures.figure import Figure, Reading
from newsroom import vietnamese

# Rules ask for the same few words over and over, and a text that is being typed hardly changes between two looks.
fold = lru_cache(maxsize=4096)(vietnamese.fold)

REACH = 90  # letters that are looked at on either side: a clause of this genre is shorter

# A share of something else than of those who are counted: growth, comparison, a plan.
_OTHER_SHARE = re.compile(
    r"\b(tang|giam|vuot|so voi|cung ky|ke hoach|chi tieu|muc tieu|dan so|nghi quyet|tang truong|toc do|he so)\b"
)
_AIM = re.compile(r"\b(phan dau|chi tieu|muc tieu)\b")
_AWARD = re.compile(
    r"\b(giay khen|bang khen|co thi dua|tang co|trao co|khen thuong|bieu duong|tuyen duong|ky niem chuong)\b"
)
_ASSESSED = re.compile(r"\b(danh gia|xep loai|phan loai|phan tich chat luong)\b")
_NOT_ASSESSED = re.compile(r"\b(khong|chua|mien)\s+(?:phai\s+|duoc\s+|thuc hien\s+)*(danh gia|xep loai|phan loai)\b")


def before(reading: Reading, figure: Figure, reach: int = REACH) -> str:
    """Return the folded words of the clause in front of `figure`."""
    start = max(figure.clause[0], figure.start - reach, 0)
    return fold(reading.text[start : figure.start])


def after(reading: Reading, figure: Figure, reach: int = REACH) -> str:
    """Return the folded words of the clause behind `figure`."""
    end = min(max(figure.clause[1], figure.end), figure.end + reach)
    return fold(reading.text[figure.end : end])


def around(reading: Reading, figure: Figure, reach: int = REACH) -> str:
    """Return the folded words of the clause of `figure`, its own among them."""
    start = max(figure.clause[0], figure.start - reach, 0)
    end = min(max(figure.clause[1], figure.end), figure.end + reach)
    return fold(reading.text[start:end])


def is_another_share(reading: Reading, figure: Figure) -> bool:
    """Whether the clause speaks of growth, of a comparison or of a plan: its percentage is no share of a whole."""
    return figure.plan_percent is not None or bool(_OTHER_SHARE.search(around(reading, figure)))


def is_aim(reading: Reading, figure: Figure) -> bool:
    """Whether the clause speaks of what is aimed at."""
    return bool(_AIM.search(around(reading, figure)))


def is_award(reading: Reading, figure: Figure) -> bool:
    """Whether the clause speaks of awards: a rating in it says what they are for."""
    return bool(_AWARD.search(around(reading, figure)))


def is_assessed(reading: Reading, figure: Figure) -> bool:
    """Whether the clause says that those counted were rated."""
    said = around(reading, figure)
    return bool(_ASSESSED.search(said)) and not _NOT_ASSESSED.search(said)


def says_unrated(reading: Reading, first: Figure, last: Figure) -> bool:
    """Whether the paragraph says, from `first` to a little behind `last`, that some were not rated."""
    end = reading.text.find("\n", last.end, last.end + 200)
    return bool(_NOT_ASSESSED.search(fold(reading.text[first.start : last.end + 200 if end < 0 else end])))

"""The words around a figure, by which the rules know what may be held against what."""

import re
from functools import lru_cache

from committees.figures.figure import Figure, Reading
from committees.figures.normalising import key, styled


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return `text` as words are looked for in it: the matching form in lower case, with single spaces.

    Marks stay: without them tặng (to give) would be tăng (to grow), and giám sát (to supervise) begin with giảm. Rules
    ask for the same few words over and over, and a text that is being typed hardly changes between two looks.
    """
    return " ".join(key(text).split())


def words(pattern: str) -> re.Pattern[str]:
    """Return `pattern`, written with its marks, as it must be to be found in `plain` text."""
    return re.compile(styled(pattern))


REACH = 90  # letters that are looked at on either side: a clause of this genre is shorter

# A share of something else than of those who are counted: growth, comparison, a plan.
_OTHER_SHARE = words(
    r"\b(tăng|giảm|vượt|so với|cùng kỳ|kế hoạch|chỉ tiêu|mục tiêu|dự toán|dân số|tốc độ|hệ số"
    r"|nghị quyết[^,;]{0,40}(đề ra|giao))\b"
)
_AIM = words(r"\b(phấn đấu|chỉ tiêu|mục tiêu)\b")
_AWARD = words(
    r"\b(giấy khen|bằng khen|cờ thi đua|tặng cờ|trao cờ|khen thưởng|biểu dương|tuyên dương|kỷ niệm chương)\b"
)
_ASSESSED = words(r"\b(đánh giá|xếp loại|phân loại|phân tích chất lượng)\b")
_NOT_ASSESSED = words(r"\b(không|chưa|miễn) (?:phải |được |thực hiện )*(đánh giá|xếp loại|phân loại)\b")


def before(reading: Reading, figure: Figure, reach: int = REACH) -> str:
    """Return the words of the clause in front of `figure`."""
    start = max(figure.clause[0], figure.start - reach, 0)
    return plain(reading.text[start : figure.start])


def after(reading: Reading, figure: Figure, reach: int = REACH) -> str:
    """Return the words of the clause behind `figure`."""
    end = min(max(figure.clause[1], figure.end), figure.end + reach)
    return plain(reading.text[figure.end : end])


def around(reading: Reading, figure: Figure, reach: int = REACH) -> str:
    """Return the words of the clause of `figure`, its own among them."""
    start = max(figure.clause[0], figure.start - reach, 0)
    end = min(max(figure.clause[1], figure.end), figure.end + reach)
    return plain(reading.text[start:end])


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
    return bool(_NOT_ASSESSED.search(plain(reading.text[first.start : last.end + 200 if end < 0 else end])))

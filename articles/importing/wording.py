"""How a line of a raw report is written for matching, and how sentences of the genre begin and end."""

import re

from committees.figures.normalising import key, normalise


def pattern(expression: str) -> re.Pattern[str]:
    """Return `expression`, in lower case and with "-" for every dash, compiled for the matching form of a text."""
    return re.compile(normalise(expression))


def plain(line: str) -> str:
    """Return `line` in the matching form of the number engine, in lower case, with single spaces."""
    return " ".join(key(line).split())


_STOP = re.compile(r"(?:[.!?…]|\./\.)[”\"’)\]]*\W*$")


def ends(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_STOP.search(line[-12:]))


_SESSION = r"(?:sáng|trưa|chiều|tối|đêm)"
_STARTS_TIME = pattern(
    rf"(?:(?:trong )?(?:{_SESSION} (?:và|,)? ?)?{_SESSION}(?: nay| qua| mai| cùng ngày)?,?(?: ?\(| ngày| hôm nay"
    rf"| thứ \w+)?,? ?\(?\d"
    rf"|{_SESSION} (?:nay|qua|hôm)|(?:trong )?(?:hai |2 |3 |ba )?ngày,? \(?\d|(?:vào )?(?:lúc )?\d+ ?(?:giờ"
    rf"|h)\b.{{0,12}}ngày|từ ngày \d|hôm (?:qua|nay|kia)\b|vừa qua\b"
    r"|mới đây\b|vừa (?:mới )?diễn ra|trong (?:hai|2|ba|3) ngày)"
)
# Of a paper: its letters, its host; of a place only before the day.
_BARE_DATELINE = (
    r"(?:[A-ZĐ]{2,8}(?:\.[Vv][Nn])?(?:\s?(?:[Oo]nline|ĐT|điện tử))?|[A-Z][A-Za-z]{2,20}\.(?:vn|com|org|net)(?:\.vn)?"
    r"|[A-ZĐÀ-Ỹ][\w.]+(?:\s[A-ZĐÀ-Ỹ]\w+){1,3}(?=\s?[–—-]\s?(?:Sáng|Chiều|Tối|Ngày|Hôm|Vừa|Mới)\b))"
)
DATELINE = re.compile(
    rf"\s*(?:(?P<round>\([^()\n]{{2,30}}\))\s*[-–—:|]?\s*"
    rf"|(?P<bare>{_BARE_DATELINE})\s?[-–—|:]\s*(?=[\w“\"(]))"
)
_OPENING = re.compile(r"(?:\([^()]{2,30}\)\s*[-:|]?|[\w.]{2,20}(?: \w+){0,3}?\s?[-|:])\s*")


def starts_with_time(line: str, *, may_have_dateline: bool = True) -> bool:
    """Whether a plain `line` begins as leads do: dateline or not, then a session, a day, "vừa qua"."""
    opening = _OPENING.match(line) if may_have_dateline else None
    return bool(_STARTS_TIME.match(line) or (opening and _STARTS_TIME.match(line[opening.end() :][:80])))

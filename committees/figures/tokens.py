"""Where the numbers of a text stand, and where its sentences and lines end."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .normalising import Matching, styled

# A run of digits with what may stand inside it: 6.027/6.110, 94,67, 10:54, 15/01/2021, 2017-2020.
_CHAIN = r"\d+(?:[.,:/-]\d+)*"
# Its second half, where the sign between stands free: "2020 - 2025", "71 / 75".
_SPACED = re.compile(rf" ?([/-]) ?({_CHAIN})(?![^\W\d_])")
_ROMAN = r"(?-i:\b(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\b)"

UNITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_TAILS = UNITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
SCALES = {"trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_WORD = "|".join(sorted({*_TAILS, *SCALES, "mười", "mươi", "linh", "lẻ", "chục"}, key=len, reverse=True))
_SPELLED = rf"\b(?:không|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|mười|nhất|nhì)\b(?: (?:{_WORD})\b){{0,12}}"
_CANDIDATE = re.compile(rf"{_CHAIN}|{styled(_SPELLED)}")
_DIGITS = re.compile(r"\d+(?:[^\w\n]{1,3}\d+){0,300}")
_ROMANS = re.compile(_ROMAN)

# Addresses: what stands between blanks and is no prose. Looked for from their own sign, so that each costs its length.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+|(?<!\S)[\w.+-]{1,64}@[\w.-]{1,200}")
_HOST = re.compile(r"(?<![\w.@/-])(?:[a-z][a-z0-9-]{0,40}\.){1,4}(?:vn|com|net|org|info)(?:/[^\s<>\"“”]*)?(?![\w-])")

# What may end a sentence: a line's end, a stop, dots, two sentences run together ("tỉnhCác"). Section 12.
_STOP = re.compile(r"\n+|[.!?]+[\"”’)\]]*|…+|(?<=[^\W\d_])(?<=\w\w)(?=[A-ZÀ-ÝĐ][^\W\d_])")
_AFTER = re.compile(r"[ ]*[\"“”‘’'(\[*•+-]*[ ]*(.?)")
_ABBREVIATED = re.compile(r"\b(?:TP|Tp|Tx|TX|ThS|Ths|TS|PGS|GS|BS|KS|NSND|Đ/c|đ/c|tr|[^\W\d_])\Z")


@dataclass(slots=True)
class Token:
    """A number where it stands in the matching form: `sort` is digits | roman | words, `value` for the last two."""

    start: int
    end: int
    text: str
    sort: str
    value: Decimal | None = None


def find(matching: Matching) -> Iterator[Token]:
    """Yield every run of digits, every Roman numeral in capitals and every number in words, in order."""
    low = matching.low
    romans = _ROMANS.finditer(matching.text)
    roman = next(romans, None)
    for found in _CANDIDATE.finditer(low):
        while roman is not None and roman.start() < found.start():
            if roman[0]:
                yield Token(*roman.span(), roman[0], "roman", Decimal(_roman(roman[0])))
            roman = next(romans, None)
        if found[0][0].isdigit():
            yield Token(*found.span(), found[0], "digits")
        elif (spelled := spelled_out(found[0])) is not None:
            words, value = spelled
            yield Token(found.start(), found.start() + len(words), words, "words", value)
    while roman is not None:
        if roman[0]:
            yield Token(*roman.span(), roman[0], "roman", Decimal(_roman(roman[0])))
        roman = next(romans, None)


def digits(low: str, place: int) -> Iterator[re.Match[str]]:
    """Yield the runs of digits from `place` on, those with nothing but signs between them as one."""
    return _DIGITS.finditer(low, place)


def spaced_half(low: str, end: int) -> re.Match[str] | None:
    """Return the second half of a range or ratio whose sign stands free behind `end`: groups 1 sign, 2 digits."""
    return _SPACED.match(low, end)


def addresses(low: str) -> list[tuple[int, int]]:
    """Return the spans of web addresses and e-mail addresses, in order, none inside another."""
    found = sorted({hit.span() for pattern in (_ADDRESS, _HOST) for hit in pattern.finditer(low)})
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def spelled_out(words: str) -> tuple[str, Decimal] | None:
    """Return the longest beginning of `words` that is one number, with its value; None where none is.

    "hai mươi lăm" is 25, "một trăm linh năm" 105, "sáu nghìn" 6000. A word that goes on no number ends it.
    """
    total = group = 0
    last = ""
    taken: list[str] = []
    for word in words.split(" "):
        if word in ("nhất", "nhì"):
            if taken:
                break
            return word, Decimal(1 if word == "nhất" else 2)
        if word in ("mười", "chục", "mươi"):
            if word == "mười" and last not in ("", "trăm", "nghìn", "ngàn", "triệu", "linh"):
                break
            if word != "mười" and last not in UNITS:
                break
            group = group + 10 if word == "mười" else group - group % 10 + (group % 10) * 10
        elif word in SCALES:
            if last in ("", "linh", "lẻ"):
                break
            if word == "trăm":
                group = group - group % 10 + (group % 10) * 100 if last in UNITS else group * 100
            else:
                total += group * SCALES[word]
                group = 0
        elif word in ("linh", "lẻ"):
            if last not in SCALES:
                break
        elif word in _TAILS:
            if last in UNITS or (last in _TAILS and last) or (word not in UNITS and last not in ("mươi", "mười", "")):
                break
            if last == "" and word not in UNITS and word != "tư":
                return None
            group += _TAILS[word]
        else:
            break
        taken.append(word)
        last = word
    while taken and taken[-1] in ("linh", "lẻ"):
        taken.pop()
    return (" ".join(taken), Decimal(total + group)) if taken else None


def _roman(numeral: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10}
    values = [worth[sign] for sign in numeral]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))


class Sentences:
    """Where the sentences and the lines of a text begin and end."""

    __slots__ = ("_bounds", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        bounds = [0]
        for found in _STOP.finditer(text):
            if found.end() > bounds[-1] and _ends_here(text, found):
                bounds.append(found.end())
        if bounds[-1] < len(text) or len(bounds) == 1:
            bounds.append(len(text))
        self._bounds = bounds

    def around(self, place: int) -> tuple[int, int]:
        """Return the sentence that holds `place`, without the blanks and the stop around it."""
        index = min(bisect_right(self._bounds, place), len(self._bounds) - 1)
        start, end = self._bounds[index - 1], self._bounds[index]
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return start, end

    def before(self, place: int) -> tuple[int, int] | None:
        """Return the sentence before the one that holds `place`; None for the first."""
        index = bisect_right(self._bounds, place)
        return self.around(self._bounds[index - 2]) if index >= 2 else None


def _ends_here(text: str, found: re.Match[str]) -> bool:
    """Return whether what may end a sentence does.

    A stop before a lower-case word is stray ("2020-2025. để"), one between digits parts thousands, one behind
    a single capital belongs to a name ("N.Mai", "T.Ư"); without a blank behind it ("quả.Công") it still ends.
    """
    start, end, sign = found.start(), found.end(), found[0][:1]
    if sign == "\n":
        return True
    if not sign:
        return text[start - 1].islower() and text[start - 2].islower() and text[start + 1].islower()
    following = text[end : end + 1]
    if sign == "." and following.isdigit() and text[start - 1 : start].isdigit():
        return False
    after = _AFTER.match(text, end)
    first = after[1] if after else ""
    if first.islower():
        return False
    if sign == "." and len(found[0]) == 1 and following.strip():
        return first.isalnum() and not _ABBREVIATED.search(text, max(0, start - 8), start)
    if sign == "." and _ABBREVIATED.search(text, max(0, start - 8), start):
        return text[start - 1].islower() or first == ""
    return True

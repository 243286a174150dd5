"""How Vietnamese is folded, ordered and printed: the one home of these rules.

Pure functions over text; no database and no Django model. Three things are easily confused:

* `normalise` keeps the words as a person wrote them and only makes equal texts equal bytes;
* `fold` throws marks and case away, to find a thing by what is typed on any keyboard;
* `sort_key` keeps marks, in the order of the Vietnamese alphabet, to put things in lists.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

# Spaces that Word and web pages leave behind, and marks that are invisible but break equality.
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")

# The order of the Vietnamese dictionary. A letter of no place here (a foreign one) sorts after them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tones are secondary: they decide only between words of the same letters, in this order.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: they make other letters
_LETTERS = {unicodedata.normalize("NFC", letter): f"{place + 20:02d}" for place, letter in enumerate(_ALPHABET)}

SORT_KEY_LENGTH = 160


def normalise(text: str) -> str:
    """Return `text` composed (NFC), with ordinary spaces for exotic ones and invisible marks gone.

    Letters, case, line breaks and runs of spaces stay as they were written. Idempotent.
    """
    if not text.replace("\n", "").isprintable():  # nearly all text is, and then has none of these
        text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the search key of `text`: lower case, without any mark, Đ as d, single spaces.

    "Đảng bộ  Khối", its decomposed form and "dang bo khoi" have one key. Idempotent.
    """
    return " ".join(text.translate(_BARE).split())


class _Bare(dict[int, str]):
    """What is left of each letter, by its code: what Unicode makes of a text it makes letter by letter."""

    def __missing__(self, code: int) -> str:
        letter = normalise(chr(code))
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
        bare = "".join(each for each in decomposed if not unicodedata.combining(each)).replace("đ", "d")
        if code < _OFTEN:
            self[code] = bare
        return bare


_OFTEN = 0x2100  # the letters of Europe, and signs; of the million others none is remembered
_BARE = _Bare()


@lru_cache(maxsize=2048)  # what stands in lists stands there again and again
def slugify(text: str, fallback: str = "") -> str:
    """Return `text` as a part of an address: ASCII letters and digits joined by hyphens.

    At most 80 characters, cut between words; `fallback` where nothing is left of the text.
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", fold(text)))
    if len(slug) > 80:
        slug = slug[:81].rpartition("-")[0] or slug[:80]
    return slug or fallback


def sort_key(text: str) -> str:
    """Return a string of digits that sorts as `text` stands in a Vietnamese list, in any database.

    Digits alone, because every collation of every engine agrees on them. Letters come first, two
    digits each (a < ă < â < b ... d < đ ...), then after "00" the tone of each letter, so that tones
    decide only between equal letters: "ban" < "bàn" < "bán" < "ban công". Numbers inside a name are
    ordered as numbers ("Chi bộ 6" < "Chi bộ 10"). At most `SORT_KEY_LENGTH` characters.
    """
    letters, tones = [], []
    for token in re.findall(r"[0-9]+|[^\W\d_]+|_|\W", normalise(text).casefold()):
        if token.isascii() and token.isdigit():
            number = token.lstrip("0")[:12]
            letters += [f"1{len(number) // 10}", f"1{len(number) % 10}", *(f"1{digit}" for digit in number)]
            tones.append("0")
        elif not token.isalpha():
            if letters and letters[-1] != "01":
                letters.append("01")
        else:
            for letter, tone in _split_tones(token):
                letters.append(_LETTERS.get(letter, "90"))
                tones.append(tone)
    if letters and letters[-1] == "01":
        letters.pop()
    primary = "".join(letters)[: SORT_KEY_LENGTH - 40]
    return f"{primary}00{''.join(tones)}"[:SORT_KEY_LENGTH]


def _split_tones(word: str) -> list[tuple[str, str]]:
    """Split `word` into (letter with its letter marks, tone digit) pairs."""
    pairs: list[tuple[str, str]] = []
    for character in unicodedata.normalize("NFD", word):
        if character in _TONES and pairs:
            pairs[-1] = (pairs[-1][0], _TONES[character])
        elif character in _LETTER_MARKS and pairs:
            pairs[-1] = (unicodedata.normalize("NFC", pairs[-1][0] + character), pairs[-1][1])
        elif not unicodedata.combining(character):
            pairs.append((character, "0"))
    return pairs


@lru_cache(maxsize=2048)  # a page prints some dozens, and most counts are small
def number(value: Decimal | int, places: int | None = None) -> str:
    """Print `value` as Vietnamese does: dots between thousands, a decimal comma (6.027 and 92,94).

    `places` fixes the digits after the comma; without it those that `value` holds, zeros cut.
    """
    if value == 0:
        value = 0  # what is remembered of a zero must not have the sign of another
    if places is not None:
        text = f"{value:,.{places}f}"
    else:
        text = f"{value:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAPPED)


_SWAPPED = str.maketrans(",.", ".,")


def signed(value: Decimal | int) -> str:
    """Print a difference with its sign: "+1.234", "−8,5" (a minus sign, not a hyphen), "0"."""
    return f"{'+' if value > 0 else _MINUS if value < 0 else ''}{number(max(value, -value))}"


_MINUS = "\u2212"

# Dots or spaces between thousands and a decimal comma; a dot that can part no thousands is a decimal point.
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>[1-9]\d{0,2}(?:[. ]\d{3})+|\d+)(?:,(?P<places>\d+))?")
_POINTED = re.compile(r"[+-]?\d+\.\d+")


def read_number(text: str) -> Decimal:
    """Return the number that a person typed as Vietnamese prints it: "94,67", "6.027", "6027", "1.234,5".

    "94.67" is read too: a single dot that cannot stand before thousands is a decimal point. "6.027" is six
    thousand. Raises `ValueError` for anything else.
    """
    typed = normalise(text).strip().replace(_MINUS, "-")
    if not typed.isascii():
        raise ValueError(text)
    if found := _NUMBER.fullmatch(typed):
        whole = found["whole"].replace(".", "").replace(" ", "")
        return Decimal(f"{found['sign']}{whole}" + (f".{found['places']}" if found["places"] else ""))
    if _POINTED.fullmatch(typed):
        return Decimal(typed)
    raise ValueError(text)


def day(value: date) -> str:
    """Print a day as dd/mm/yyyy."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def moment(value: datetime) -> str:
    """Print a moment, which knows its zone, as "14/02/2023 | 16:40 GMT+7"."""
    offset = value.utcoffset()
    if offset is None:
        raise ValueError("a moment without a zone is no moment")
    hours, minutes = divmod(int(offset.total_seconds()) // 60, 60)
    zone = f"GMT{hours:+d}" + (f":{minutes:02d}" if minutes else "")
    return f"{day(value)} | {value.hour:02d}:{value.minute:02d} {zone}"


def roman(value: int) -> str:
    """Print a positive number in Roman numerals, as terms are counted: "khóa IV"."""
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (value // worth)
        value %= worth
    return text


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

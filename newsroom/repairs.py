"""What may be mended in the letters and spaces of a Vietnamese text that came from elsewhere.

Pure functions over plain text. They find, and change nothing: the desk offers what is found, and a person
accepts it or puts it away. No word and no figure is touched, and a tone mark stays on the vowel it was put on.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong."""

    COMPOSED = "composed"  # letters whose marks stand apart: not NFC
    ODD_SPACE = "odd_space"  # a no-break or other exotic space, or a mark that nobody sees
    DOUBLED_SPACE = "doubled_space"
    SPACE_BEFORE = "space_before"  # before a full stop, a comma or a semicolon
    MISSING_SPACE = "missing_space"  # behind a full stop, a comma, a semicolon or a colon


@dataclass(frozen=True)
class Repair:
    """One place that may be mended: `text[start:end]`, which is `was`, would be `would_be`."""

    kind: Kind
    start: int
    end: int
    was: str
    would_be: str


ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
HIDDEN = "\u00ad\u200b\u2060\ufeff"
# Joiners hold emoji together; anywhere else they are a remainder.
_JOINERS = "\u200c\u200d"


def find_repairs(text: str) -> list[Repair]:
    """Return what may be mended in `text`, in order and without overlaps. Takes time in proportion to the text."""
    found = sorted([*_composed(text), *_spaces(text), *_missing(text)], key=lambda repair: (repair.start, repair.end))
    repairs: list[Repair] = []
    for repair in found:
        if not repairs or repair.start >= repairs[-1].end:
            repairs.append(repair)
    return repairs


def apply_repairs(text: str, repairs: Iterable[Repair]) -> str:
    """Return `text` with `repairs`, which were found in it, done."""
    done, last = [], 0
    for repair in repairs:
        done += [text[last : repair.start], repair.would_be]
        last = repair.end
    return "".join([*done, text[last:]])


# --- Letters -----------------------------------------------------------------------------------

# Nothing composes with a space, a digit or a sign of ASCII: between those, each piece is composed by itself.
_PIECE = re.compile(rf"[\x00-@\[-`{{-\x7f]?[^\s\x00-@\[-`{{-\x7f{ODD_SPACES}{HIDDEN}]+")


def _composed(text: str) -> Iterator[Repair]:
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    for piece in _PIECE.finditer(text):
        was, start = piece[0], piece.start()
        would_be = unicodedata.normalize("NFC", was)
        if was == would_be:
            continue
        if was[0] == would_be[0] and was[0].isascii() and not was[0].isalpha():
            was, would_be, start = was[1:], would_be[1:], start + 1
        yield Repair(Kind.COMPOSED, start, piece.end(), was, would_be)


# --- Spaces ------------------------------------------------------------------------------------

_RUN = re.compile(rf"(?:[ {ODD_SPACES}{HIDDEN}]|[{_JOINERS}](?=[\w\s{HIDDEN}{_JOINERS}]|$))+")
_UNSEEN = re.compile(rf"[{HIDDEN}{_JOINERS}]")
_ENDS = re.compile(r"[\s\"'”’»)\]]|$")


def _spaces(text: str) -> Iterator[Repair]:
    for run in _RUN.finditer(text):
        was, (start, end) = run[0], run.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        seen = _UNSEEN.sub("", was)
        if seen and before and after and _is_misplaced(before, after, text[end + 1 : end + 2]):
            yield Repair(Kind.SPACE_BEFORE, start, end, was, "")
        elif was.strip(" "):
            yield Repair(Kind.ODD_SPACE, start, end, was, " " if seen else "")
        elif len(was) > 1 and before not in {"", "\n"} and after not in {"", "\n"}:
            yield Repair(Kind.DOUBLED_SPACE, start, end, was, " ")


def _is_misplaced(before: str, sign: str, after: str) -> bool:
    """Whether a space does not belong between `before` and `sign`, which `after` follows."""
    if before.isspace() or before in ".,;:!?…":
        return False  # the beginning of a line, or dots set apart
    if sign == ".":
        return bool(_ENDS.match(after))  # not ".docx", not "..."
    return sign in {",", ";"} and not after.isdigit()


# --- A space that is missing -------------------------------------------------------------------

_STOP = re.compile(r"[.,;:!?](?=[“‘«(\[]?[^\W\d_])")
# Addresses, files and paths: their stops part no words.
_ADDRESS = re.compile(
    r"@|://|\\|\bwww\.|\.(?:vn|com|net|org|gov|edu|info|html?|docx?|xlsx?|pptx?|pdf|txt|jpe?g|png|zip|rar|mp[34])\b",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_VOWELS = frozenset("aeiouy")


def _missing(text: str) -> Iterator[Repair]:
    for token in re.finditer(r"\S+", text):
        stops = list(_STOP.finditer(token[0]))
        if not stops or _ADDRESS.search(token[0]):
            continue
        for stop in stops:
            # As far as one looks back and ahead: no syllable of Vietnamese is longer.
            before = unicodedata.normalize("NFC", token[0][max(0, stop.start() - 24) : stop.start()])
            after = unicodedata.normalize("NFC", token[0][stop.end() : stop.end() + 12]).lstrip("“‘«([")
            if (_ends_sentence if stop[0] in ".!?" else _parts_words)(before, after):
                place = token.start() + stop.end()
                yield Repair(Kind.MISSING_SPACE, place, place, "", " ")


def _ends_sentence(before: str, after: str) -> bool:
    """Whether a sentence ends between `before` and `after`: not in TP.HCM, T.Ư, Đ.T., PGS.TS, TS.Lê, v.v."""
    # A capital and small letters, or a word of one vowel ("Ở").
    begins = after[:1].isupper() and (after[1:2].islower() or (len(after) == 1 and _has_vowel(after)))
    if not begins or not before:
        return False
    if before[-1].isdigit() or before[-1] in '%)]”’"»':
        return True
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    # An abbreviation has no vowel (ThS, Tr, Bs) or is of capitals; four of them are an office (UBND).
    return (word[0][-1].islower() and _has_vowel(word[0])) or (word[0].isupper() and len(word[0]) >= 4)


def _parts_words(before: str, after: str) -> bool:
    """Whether a comma, semicolon or colon stands between two words: not in 94,67 and not in &amp;."""
    if not before or re.search(r"&\w+$", before):
        return False
    if before[-1].isdigit():
        return len(after) > 1 and after[1].isalpha()
    return before[-1] in '%)]”’"»' or (before[-1].isalpha() and (len(before) > 1 or before.islower()))


def _has_vowel(word: str) -> bool:
    return not _VOWELS.isdisjoint(unicodedata.normalize("NFD", word.casefold()))

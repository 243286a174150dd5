"""The matching form of a text, with the way back to the text as it was given."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence

# Both tone styles are one (uỷ = ủy, hoá = hóa): the tone goes to the second vowel. The grammar, its opening.
_FIRST, _SECOND = "òóỏõọ", "àáảãạ"
_STYLES = {f"{o}a": f"o{a}" for o, a in zip(_FIRST, _SECOND, strict=True)}
_STYLES |= {f"{o}e": f"o{e}" for o, e in zip(_FIRST, "èéẻẽẹ", strict=True)}
_STYLES |= {f"{u}y": f"u{y}" for u, y in zip("ùúủũụ", "ỳýỷỹỵ", strict=True)}
_STYLES |= {a.upper(): b.upper() for a, b in _STYLES.items()} | {
    a.capitalize(): b.capitalize() for a, b in _STYLES.items()
}
_STYLE = re.compile("|".join(_STYLES))

# One sign for many: of the same length, so that no place moves.
_SIGNS = str.maketrans(
    dict.fromkeys("\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-")
    | dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n")
    | {"\uff05": "%", "\u2044": "/", "\u2215": "/", "\u201f": "“", "„": "“", "«": "“", "»": "”"}
)
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
# What begins a new cluster whatever stands before it: Latin letters and ordinary signs.
_CLEAR = r"\x00-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e"
_PLAIN = re.compile(rf"[{_CLEAR}]*")
_CLUSTER = re.compile(rf".[^{_CLEAR}]*", re.DOTALL)
_CLUSTER_LIMIT = 32  # nobody's letter has more marks: what is longer stays as it is, and cannot cost its square
_PLAIN = re.compile(r"[\x00-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]*")


class Matching:
    """A text as it is matched: `text`, `low` (the same in lower case, place for place), and the way back.

    Composed (NFC), exotic spaces as spaces, every dash as "-", both tone styles as one, digits of other scripts as
    0-9, invisible marks gone. `origin(i)` is the place in the text as given at which character `i` begins; a span
    (a, b) of the matching form is (origin(a), origin(b)) of the given text.
    """

    __slots__ = ("_origins", "given", "low", "text")

    def __init__(self, given: str) -> None:
        self.given = given
        self._origins: Sequence[int]
        composed, self._origins = _compose(given)
        self.text = _one_style(composed.translate(_SIGNS))
        self.low = _lower(self.text)

    def origin(self, place: int) -> int:
        """Return where in the text as given the character at `place` begins (its length at the very end)."""
        return self._origins[place]

    def place(self, origin: int) -> int:
        """Return the first place of the matching form that does not begin before `origin`."""
        return bisect_left(self._origins, origin)

    def given_slice(self, start: int, end: int) -> str:
        """Return the words as they were given between two places of the matching form."""
        return self.given[self._origins[start] : self._origins[end]]


def normalise(text: str) -> str:
    """Return the matching form of `text`, letters in the case they were written in. Idempotent."""
    return Matching(text).text


def key(words: str) -> str:
    """Return `words` as `Matching.low` has them: what a list of words is written in, whatever its author typed."""
    return Matching(words).low


def styled(pattern: str) -> str:
    """Return a regular expression, written in lower case, in the one tone style: as it matches `Matching.low`."""
    return _one_style(unicodedata.normalize("NFC", pattern))


def _compose(text: str) -> tuple[str, Sequence[int]]:
    """Return `text` in NFC without invisible marks, and the origin of each of its characters and of its end."""
    visible = _INVISIBLE.sub("", text)
    kept: Sequence[int] = range(len(text) + 1)
    if len(visible) != len(text):
        kept = array("l", (place for place, sign in enumerate(text) if not _INVISIBLE.match(sign)))
        kept.append(len(text))
    if _PLAIN.fullmatch(visible) is not None:
        return visible, kept
    pieces: list[str] = []
    origins = array("l")
    for found in _CLUSTER.finditer(visible):
        start, cluster = found.start(), found[0]
        composed = cluster
        if len(cluster) <= _CLUSTER_LIMIT:
            composed = unicodedata.normalize("NFC", cluster)
        pieces.append(composed)
        if len(composed) == 1:
            origins.append(kept[start])
        else:
            last = len(cluster) - 1
            origins.extend(kept[start + min(place, last)] for place in range(len(composed)))
    origins.append(len(text))
    return "".join(pieces), origins


def _one_style(text: str) -> str:
    styled = _STYLE.sub(lambda found: _STYLES[found[0]], text)
    return styled if styled.isascii() else _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), styled)


_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)

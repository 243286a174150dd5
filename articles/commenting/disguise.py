"""Words of a list found in a text, however they are written: without diacritics, spaced out, in look-alike letters.

Vietnamese without its marks is still read ("do ngu" for "đồ ngu"), and whoever is refused once writes "đ.ồ n.g.u",
"ĐỒ  NGUUUU", "đồ пgu" with a Cyrillic letter, or "d0 ngu". A text is therefore read as its letters: each with its
marks apart, and with the word it stands in. Marks still count where a person wrote them: "ngủ" (to sleep) is not "ngu".
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Letters of other alphabets, and the Latin ones that they look like (after Unicode's list of confusables).
_LOOKS_LIKE = str.maketrans(
    "авекмнорстухіїјѕԁԛԝһӏѵьгпиαβγεηικνορτυχωϲϳɑɡɩʋ",
    "abekmhopctyxiijsdqwhlvbrnuabyenikvoptuxwcjagiv",
)
_DIGITS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l", "€": "e"}
_ONE = ("i", "l")  # what a 1 may stand for
_FARTHEST = 8  # signs from a digit to the letter beside which it is read as one
_D = {"đ": "d", "ð": "d", "ƌ": "d", "ı": "i", "ł": "l", "ø": "o"}
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_LETTER_MARKS = {"\u0302", "\u0306", "\u031b"}


@dataclass(frozen=True)
class _Letter:
    base: str  # a Latin letter, a digit, or a letter of another script
    mark: str  # what makes it another letter: circumflex, breve, horn, the stroke of đ
    tone: str
    word: int  # the number of the word it stands in
    place: int  # in the text


@dataclass(frozen=True)
class Found:
    """A word of a list in a text: the entry, the piece of text as it was written, and whether it can be no other."""

    entry: str
    piece: str
    is_certain: bool


@dataclass(frozen=True)
class Text:
    """A text read as its letters."""

    text: str
    letters: tuple[_Letter, ...]
    bases: str

    @classmethod
    def read(cls, text: str, one: str = "i", tick: Callable[[], None] = lambda: None) -> "Text":
        """Return `text` as letters, with a 1 among letters for `one`. `tick` is as for `find`."""
        letters = tuple(_without_stretches(_letters(text, one, tick)))
        return cls(text, letters, "".join(letter.base for letter in letters))

    def __post_init__(self) -> None:
        assert len(self.letters) == len(self.bases)

    def is_whole_words(self, start: int, end: int) -> bool:
        letters = self.letters
        return (start == 0 or letters[start - 1].word != letters[start].word) and (
            end == len(letters) or letters[end].word != letters[end - 1].word
        )


def find(entries: Iterable[str], text: str, tick: Callable[[], None] = lambda: None) -> Iterator[Found]:
    """Yield what stands of `entries` (words or phrases with their diacritics) in `text`, one at most for each.

    `tick` is called again and again; what it raises ends the search.
    """
    readings = [Text.read(text, one, tick) for one in (_ONE if "1" in text else _ONE[:1])]
    for entry in entries:
        tick()
        found = None
        for reading in readings:
            for each in _of_one(entry, reading, tick):
                found = each if found is None or each.is_certain else found
                if found.is_certain:
                    break
        if found is not None:
            yield found


def _of_one(entry: str, text: Text, tick: Callable[[], None]) -> Iterator[Found]:
    sought = _entry(entry)
    length = len(sought.bases)
    start = text.bases.find(sought.bases) if length else -1
    while start >= 0:
        tick()
        end = start + length
        if text.is_whole_words(start, end):
            letters = text.letters[start:end]
            is_same = _has_no_other_marks(letters, sought.letters)
            is_certain = is_same and _is_split_alike(letters, sought.letters)
            # A word of other marks is another word; a phrase of the same letters is worth a look.
            if is_same or sought.letters[-1].word > 0:
                yield Found(entry, text.text[letters[0].place : letters[-1].place + 1], is_certain)
        start = text.bases.find(sought.bases, start + 1)


@lru_cache(maxsize=4096)
def _entry(entry: str) -> Text:
    return Text.read(entry)


def _has_no_other_marks(written: tuple[_Letter, ...], sought: tuple[_Letter, ...]) -> bool:
    """Whether what was written has the marks of the entry, or fewer. A tone may stand on another vowel: hoà, hòa."""
    pairs = zip(written, sought, strict=True)
    tones = sorted(letter.tone for letter in sought if letter.tone)
    for letter in written:
        if letter.tone:
            if letter.tone not in tones:
                return False
            tones.remove(letter.tone)
    return all(letter.mark in {"", other.mark} for letter, other in pairs)


def _is_split_alike(written: tuple[_Letter, ...], sought: tuple[_Letter, ...]) -> bool:
    """Whether words end where those of the entry do, or nowhere, or behind every letter: "mat uy" is not "ma túy"."""
    words = {letter.word for letter in written}
    if len(words) in {1, len(written)}:
        return True
    gaps = [[a.word != b.word for a, b in pairwise(text)] for text in (written, sought)]
    return gaps[0] == gaps[1]


def _letters(text: str, one: str, tick: Callable[[], None]) -> Iterator[_Letter]:
    """Yield the letters of `text`. What shows nothing (joiners, soft hyphens, marks of direction) is not there."""
    pieces: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        spelled = unicodedata.normalize("NFKD", sign).casefold()
        pieces += [(part, place) for part in unicodedata.normalize("NFKD", spelled) if not _is_unseen(part)]
    word, is_in_word = -1, False
    current: _Letter | None = None
    for number, (sign, place) in enumerate(pieces):
        if number % 512 == 0:
            tick()  # one sign may be spelled with a dozen and a half letters
        if unicodedata.combining(sign) or unicodedata.category(sign) == "Mn":
            if current is not None:
                mark = sign if sign in _LETTER_MARKS else current.mark
                current = _Letter(
                    current.base, mark, sign if sign in _TONES else current.tone, current.word, current.place
                )
            continue
        if current is not None:
            yield current
            current = None
        base, mark = _D.get(sign, sign), "-" if sign == "đ" else ""
        base = base.translate(_LOOKS_LIKE)
        if (base in _DIGITS or base == "1") and _is_among_letters(pieces, number):
            base = one if base == "1" else _DIGITS[base]
        if base.isalnum():
            if not is_in_word:
                word += 1
            current = _Letter(base, mark, "", word, place)
        is_in_word = base.isalnum()
    if current is not None:
        yield current


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cf", "Cc"} and sign not in "\n\t\r"


def _is_among_letters(pieces: list[tuple[str, int]], number: int) -> bool:
    """Whether a digit stands for a letter: a letter is beside it, or beside the digits it stands with.

    A sign of punctuation does only between two of them: "ngu!" ends a sentence.
    """
    sides = []
    for step in (-1, 1):
        other, farthest = number + step, number + step * _FARTHEST
        while (
            0 <= other < len(pieces)
            and other != farthest
            and (pieces[other][0] in _DIGITS or unicodedata.combining(pieces[other][0]))
        ):
            other += step
        sides.append(0 <= other < len(pieces) and pieces[other][0].isalpha())
    return all(sides) if pieces[number][0] in "!|" else any(sides)


def _without_stretches(letters: Iterable[_Letter]) -> Iterator[_Letter]:
    """Leave one of three and more equal letters in a row: no Vietnamese word has them, and "nguuuu" is "ngu"."""
    run: list[_Letter] = []
    for letter in letters:
        if run and (letter.base, letter.word) != (run[0].base, run[0].word):
            yield from run[:1] if len(run) > 2 else run
            run = []
        run.append(letter)
    yield from run[:1] if len(run) > 2 else run

"""What each number of a text is: a date, an ordinal, a document's number, a name ... or how much of something."""

import re
from collections import deque
from collections.abc import Callable

from . import nouns, tokens
from .apart import of_address, of_furniture
from .counts import numeral, of_figure
from .documents import of_document
from .figure import NumberKind
from .names import of_glued, of_name
from .normalising import Matching
from .ordinals import ORDINAL, QUARTER, of_ordinal, of_roman
from .scene import PERCENT, Item, Scene
from .spelled import of_words
from .times import DATES, DAYS_MONTH, YEARS, of_clock, of_day, of_duration, of_year
from .tokens import Token

# A report has some hundreds of numbers. What stands beyond so many is a dump: its numbers are found, none is read.
MOST = 5_000
_LONGEST = 60  # characters of one run of digits
_Rule = Callable[[Scene, Token], Item | None]
_FIRST_RULES: tuple[_Rule, ...] = (of_address, of_furniture, of_glued)
_OTHER_RULES: tuple[_Rule, ...] = (
    of_document, of_clock, of_year, of_duration, of_day, of_ordinal, of_name,
)  # fmt: skip


def classify(matching: Matching) -> list[Item]:
    """Return every number of the text with its kind, in order, none inside another."""
    scene = Scene(matching, matching.low, matching.text, tokens.addresses(matching.low))
    done = looked_at = 0
    waiting: deque[Token] = deque()
    source = tokens.find(matching)
    while (token := waiting.popleft() if waiting else next(source, None)) is not None:
        if token.start < done:
            continue
        looked_at += 1
        if looked_at > MOST:
            scene.items.extend(
                Item(found.start(), found.end(), NumberKind.UNKNOWN)
                for found in tokens.digits(matching.low, token.start)
            )
            break
        if token.sort == "words":
            item = of_words(scene, token)
        elif token.sort == "roman":
            item = of_roman(scene, token)
        else:
            token, rest = _whole(scene, token)
            waiting.extend(rest)
            item = _of_digits(scene, token)
        if item is not None:
            scene.items.append(item)
            done = item.end
    return scene.items


def _of_digits(scene: Scene, token: Token) -> Item:
    if len(token.text) > _LONGEST:
        return Item(token.start, token.end, NumberKind.UNKNOWN)
    for rule in _FIRST_RULES:
        if (item := rule(scene, token)) is not None:
            return item
    if not PERCENT.match(scene.low, token.end):
        if (
            QUARTER.search(scene.before(token))
            and re.fullmatch(r"[1-4](?:[/.-](?:19|20)\d\d)?", token.text)
            and not nouns.unit(scene.low, token.end)
        ):
            return Item(token.start, token.end, NumberKind.PERIOD, "quarter")
        for rule in _OTHER_RULES:
            if (item := rule(scene, token)) is not None:
                return item
    return of_figure(scene, token)


_YEAR_AND_STOP = re.compile(r"((?:\d{1,2}/)?(?:\d{1,2}/)?(?:19|20)\d\d)\.(\d.*)")


# "6 027/6 110": blanks part the thousands on both sides of a ratio.
_GROUPS_OF = re.compile(r"[1-9]\d{0,2}(?: \d{3}){1,3}/(?:[1-9]\d{0,2}(?: \d{3}){1,3}|\d+)(?![\d.,/])")


def _whole(scene: Scene, token: Token) -> tuple[Token, list[Token]]:
    """Return the token with its free-standing second half, and what was glued to it by a lost blank.

    "2020 - 2025" and "71 / 75" are one; "năm 2022.100%" is a year, a lost blank, and a percentage.
    """
    if found := _YEAR_AND_STOP.fullmatch(token.text):
        middle = token.start + len(found[1])
        rest = Token(middle + 1, token.end, found[2], "digits")
        return Token(token.start, middle, found[1], "digits"), [rest]
    if found := _GROUPS_OF.match(scene.low, token.start):
        return Token(token.start, found.end(), found[0].replace(" ", ""), "digits"), []
    if len(token.text) < 24 and (half := tokens.spaced_half(scene.low, token.end)) and len(half[2]) < 24:
        joined = f"{token.text}{half[1]}{half[2]}"
        whole = Token(token.start, half.end(), joined, "digits")
        if YEARS.fullmatch(joined) or DATES.fullmatch(joined) or DAYS_MONTH.fullmatch(joined):
            return whole, []
        plain = numeral(token.text) is not None and numeral(half[2], True) is not None
        if plain and (half[1] == "/" or _counts(scene, whole)):
            return whole, []
    return token, []


def _counts(scene: Scene, whole: Token) -> bool:
    if whole.text.replace("-", "").isdigit() and ORDINAL.search(scene.before(whole)):
        return False
    return bool(PERCENT.match(scene.low, whole.end) or nouns.unit(scene.low, whole.end))

"""Exact arithmetic over what reports print: shares, remainders, sums, and the wholes that a percentage leaves open.

Everything is done in fractions of integers; nothing passes through binary floating point. A percentage that is
printed with p places stands for every share within half a unit of its last place: 94,67 % for all from 94,665 %
to 94,675 %, *both ends included*. An exact half rounds up in a spreadsheet and to the even digit in other programs
(1/32 = 3,125 % is printed 3,13 % or 3,12 %), so both are agreed to; no other leniency is given, and in particular a
share that was cut off instead of rounded (94,66 % for 71/75) does not agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

# Beyond these a number is no count of anything: no arithmetic is done with it.
_MOST_DIGITS = 18
_MOST_PLACES = 9


@dataclass(frozen=True, slots=True)
class Interval:
    """Integers from `low` to `high`, both included; `high` None where nothing bounds them; empty if high < low."""

    low: int
    high: int | None

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int | Decimal) and self.low <= number and (self.high is None or number <= self.high)

    def __bool__(self) -> bool:
        return self.high is None or self.low <= self.high

    @property
    def only(self) -> int | None:
        """The one integer there is, or None."""
        return self.low if self.low == self.high else None


def is_computable(*numbers: Decimal | int | None) -> bool:
    """Whether all of `numbers` are there, finite, not negative and of a size that counts something."""
    return all(
        number is not None
        and (
            isinstance(number, int)
            or (number.is_finite() and number.adjusted() < _MOST_DIGITS and _places(number) <= _MOST_PLACES)
        )
        and number >= 0
        for number in numbers
    )


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def half_unit(places: int) -> Fraction:
    """Return half a unit of the last of `places` decimals: 0.005 for two."""
    return Fraction(1, 2 * 10**places)


def share(part: Decimal | int, whole: Decimal | int) -> Fraction:
    """Return what percentage `part` is of `whole`, exactly; raises ZeroDivisionError for an empty whole."""
    return 100 * Fraction(part) / Fraction(whole)


def rounded(value: Fraction, places: int) -> Decimal:
    """Return `value`, which is not negative, with `places` decimals, a half rounded up."""
    return Decimal(floor(value * 10**places + Fraction(1, 2))).scaleb(-places)


@lru_cache(maxsize=2048)  # a page asks several times of each of its figures
def rounded_share(part: Decimal | int, whole: Decimal | int, places: int = 2) -> Decimal:
    """Return the percentage of `part` in `whole` as it is printed with `places` decimals, a half rounded up."""
    return rounded(share(part, whole), places)


def stands_for(percent: Decimal, places: int, exact: Fraction) -> bool:
    """Whether `percent`, printed with `places` decimals, stands for `exact`: within half a unit, ends included."""
    return abs(exact - Fraction(percent)) <= half_unit(places)


def agrees(part: Decimal | int, whole: Decimal | int, percent: Decimal, places: int) -> bool:
    """Whether `percent`, printed with `places` decimals, is what `part` is of `whole`: |100n/d - p"
    "| <= half a unit."""
    return whole > 0 and stands_for(percent, places, share(part, whole))


def parts_of(percent: Decimal, places: int, whole: Decimal | int) -> Interval:
    """Return which integers, out of `whole`, are printed as `percent` with `places` decimals; maybe none."""
    margin, of = half_unit(places), Fraction(whole) / 100
    low, high = (Fraction(percent) - margin) * of, (Fraction(percent) + margin) * of
    return Interval(max(ceil(low), 0), min(floor(high), floor(Fraction(whole))))


def wholes_of(part: Decimal | int, percent: Decimal, places: int, *, is_plan: bool = False) -> Interval:
    """Return which integers `part` may be `percent` of: 6.110 at 98,06 % leaves 6.231 alone.

    A whole is never smaller than its part; a plan may be (`is_plan`: 132 at 110 % leaves 120). Nothing bounds it
    above where the percentage may stand for zero.
    """
    margin, times = half_unit(places), 100 * Fraction(part)
    low = ceil(times / (Fraction(percent) + margin))
    bound = Fraction(percent) - margin
    return Interval(low if is_plan else max(low, ceil(Fraction(part))), floor(times / bound) if bound > 0 else None)


def make_hundred(percents: Sequence[tuple[Decimal, int]]) -> bool:
    """Whether percentages, each with its printed places, can be all the parts of one whole.

    Two parts of one whole err by the same amount in opposite directions: printed with the same places they make
    exactly 100. Three or more may miss it by half a unit for each of them, ends included.
    """
    total = sum((Fraction(percent) for percent, _places in percents), Fraction(0))
    if len(percents) == 2 and percents[0][1] == percents[1][1]:
        return total == 100
    return abs(total - 100) <= sum((half_unit(places) for _percent, places in percents), Fraction(0))


def means(comparator: str, bound: Decimal, number: Decimal) -> bool:
    """Whether `number` is what a text says with `comparator` and `bound`: "hơn 500" for 512, "gần 400" for 395.

    "About" and "nearly" mean within a tenth; "more than" does not mean more than twice as many.
    """
    match comparator:
        case "=":
            return number == bound
        case ">" | ">=":
            return bound <= number <= bound * 2
        case "<" | "<=":
            return number <= bound
        case "~":
            return abs(number - bound) * 10 <= bound
        case "~<":
            return bound * 9 <= number * 10 and number <= bound
    return False


def remainder(whole: Decimal, parts: Iterable[Decimal]) -> Decimal:
    """Return what of `whole` is in none of `parts`; negative where they are more than it."""
    return whole - sum(parts, Decimal(0))


def summed(shares: Iterable[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    """Return the sum of the parts and the sum of the wholes: the share of all is one over the other.

    It is never the mean of the percentages: 1 of 2 and 98 of 98 make 99 of 100, not 75 %.
    """
    parts, wholes = Decimal(0), Decimal(0)
    for part, whole in shares:
        parts, wholes = parts + part, wholes + whole
    return parts, wholes


def quantized(value: Decimal, places: int) -> Decimal:
    """Return `value` with `places` decimals, a half rounded up."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)

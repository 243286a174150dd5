"""The arithmetic of shares (committees/figures/computing.py)."""

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from committees.figures import computing

WHOLES = st.integers(1, 10**6)
PLACES = st.integers(0, 4)


@given(st.data(), WHOLES, PLACES)
def test_a_true_share_agrees_and_one_unit_off_does_not(data, whole, places):
    """Rounded half up or half to even: both are met in print. Nothing else is."""
    part = data.draw(st.integers(0, whole))
    exact = computing.share(part, whole)
    printed = computing.rounded_share(part, whole, places)
    even = Decimal(round(exact * 10**places)).scaleb(-places)
    unit = Decimal(1).scaleb(-places)
    assert computing.agrees(part, whole, printed, places)
    assert computing.agrees(part, whole, even, places)
    is_half = abs(exact - Fraction(printed)) * 2 == Fraction(unit)  # then either neighbour is as near
    for off in (printed + unit, min(printed, even) - unit):
        assert is_half or not computing.agrees(part, whole, off, places)


@given(st.data(), WHOLES, PLACES)
def test_what_a_percentage_leaves_open_holds_the_truth(data, whole, places):
    part = data.draw(st.integers(1, whole))
    printed = computing.rounded_share(part, whole, places)
    wholes, parts = computing.wholes_of(part, printed, places), computing.parts_of(printed, places, whole)
    assert whole in wholes
    assert part in parts
    beyond = [] if wholes.high is None else [wholes.high + 1]
    for edge in (wholes.low - 1, *beyond):
        assert edge < part or not computing.agrees(part, edge, printed, places)


@given(st.data(), WHOLES, PLACES)
def test_the_parts_of_one_whole_make_a_hundred(data, whole, places):
    """But for an exact half, where two parts both round up: the text then has to be told apart by its whole."""
    one = data.draw(st.integers(0, whole))
    two = data.draw(st.integers(0, whole - one))
    parts = [(computing.rounded_share(n, whole, places), places) for n in (one, two, whole - one - two)]
    assert computing.make_hundred(parts)
    other = whole - one
    pair = [(computing.rounded_share(n, whole, places), places) for n in (one, other)]
    is_a_half = (computing.share(one, whole) * 10**places).denominator == 2
    assert computing.make_hundred(pair) is not is_a_half


def test_the_members_of_a_body_follow_from_those_rated_and_their_share():
    assert computing.wholes_of(6110, Decimal("98.06"), 2).only == 6231
    assert computing.wholes_of(71, Decimal("94.67"), 2).only == 75
    several = computing.wholes_of(71, Decimal("95"), 0)
    assert (several.low, several.high, several.only) == (75, 75, 75)
    assert computing.wholes_of(6110, Decimal("98"), 0) == computing.Interval(6204, 6266)
    assert not computing.wholes_of(3, Decimal("94.67"), 2)


def test_a_sum_over_bodies_is_a_sum_of_counts():
    """The mean of 50 % and 100 % is 75 %; 99 of 100 is what was done."""
    shares = [(Decimal(1), Decimal(2)), (Decimal(98), Decimal(98))]
    assert computing.rounded_share(*computing.summed(shares)) == Decimal("99.00")
    assert computing.remainder(Decimal(75), [Decimal(71), Decimal(3)]) == 1


def test_a_half_is_rounded_up():
    assert computing.rounded_share(1, 32, 2) == Decimal("3.13")
    assert computing.agrees(1, 32, Decimal("3.125").quantize(Decimal("0.01"), ROUND_HALF_EVEN), 2)

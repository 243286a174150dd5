"""Figures as a reader meets them: parts under wholes, on one scale."""

from decimal import Decimal

import pytest

from committees.outline import has_computed, outline
from tests import situations

pytestmark = pytest.mark.django_db


def rated(**fields):
    return situations.a_statistic(**{key: Decimal(str(value)) if key in {"value", "whole", "percent"} else value
                                     for key, value in fields.items()})  # fmt: skip


def test_a_part_stands_under_its_whole():
    """“Trong đó 14/71” is read inside 71/75, and is never a figure beside it."""
    good = rated(value=71, whole=75, percent="94.67")
    excellent = rated(value=14, whole=71, percent="19.72", part_of=good)
    (row,) = outline([excellent, good])
    assert row.statistic == good
    assert [part.statistic for part in row.parts] == [excellent]


def test_a_part_is_drawn_to_the_scale_of_its_whole():
    """14 of 71 of 75 is 14 of 75: the eye may compare the two lengths."""
    good = rated(value=71, whole=75)
    part = rated(value=14, whole=71, part_of=good)
    (row,) = outline([good, part])
    assert row.drawn_length == "94.67"
    assert row.parts[0].drawn_within == "94.67"
    assert row.parts[0].length == pytest.approx(Decimal(14) / 75 * 100, abs=Decimal("0.01"))


def test_a_part_measured_in_the_outer_whole_keeps_its_own_length():
    good = rated(value=71, whole=75)
    part = rated(value=15, whole=75, part_of=good)
    (row,) = outline([good, part])
    assert row.parts[0].length == 20


def test_no_bar_is_guessed():
    """A bare percentage inside another figure does not say what it is a share of."""
    good = rated(value=71, whole=75)
    part = rated(percent="20", part_of=good)
    (row,) = outline([good, part])
    assert row.parts[0].length is None


def test_results_stand_before_targets():
    target, result = rated(value=120, kind="target"), rated(value=147)
    assert [row.statistic for row in outline([target, result])] == [result, target]


def test_a_part_whose_whole_is_not_shown_stands_by_itself():
    """The whole may be a draft's, or another article's."""
    good = rated(value=71, whole=75)
    part = rated(value=14, whole=71, part_of=good)
    assert [row.statistic for row in outline([part])] == [part]


def test_figures_that_hold_each_other_are_still_shown():
    """The form refuses a ring; a fixture could still hold one, and a page must not hang on it."""
    one, other = rated(value=1), rated(value=2)
    one.part_of, other.part_of = other, one
    assert {row.statistic for row in outline([one, other])} == {one, other}


def test_a_computed_share_is_known_as_ours():
    printed = rated(value=71, whole=75, percent="94.67")
    computed = rated(value=16, whole=79, part_of=printed)
    assert not has_computed(outline([printed]))
    assert has_computed(outline([printed, computed]))

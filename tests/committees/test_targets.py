"""What closes a target, and what that says of it."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from committees.lines import lines_of
from committees.models import Committee, Conference
from committees.targets import Standing, _entry, standing
from tests.committees.test_series import NEW, OLD, OTHER, RATED, a_figure, a_quarter, term


def told(figure, year, month=1):
    """Let `figure` be told at a conference of that month."""
    figure.conference = Conference(pk=year * 100 + month, held_on=date(year, month, 10))
    figure.published_at = timezone.make_aware(datetime(year, month, 10))
    return figure


def a_target(year=2021, value=120, **fields):
    return told(a_figure(year, value, **{"kind": "target", "comparator": ">=", **fields}), 2021)


def closed_by(target, *results, committees=()):
    lines = lines_of({figure.committee.pk: figure.committee for figure in (target, *results)}.values())
    return _entry(target, results, {**lines, **lines_of(committees)})


def test_a_result_of_the_same_period_told_later_closes_a_target():
    result = told(a_figure(2021, 147), 2022)
    entry = closed_by(a_target(), result)
    assert (entry.result, entry.standing) == (result, Standing.REACHED)


NOT_CLOSING = {
    "the year before, in the same report": lambda: told(a_figure(2020, 147), 2021),
    "the year before, told later": lambda: told(a_figure(2020, 147), 2022),
    "the same year, told in the same report": lambda: told(a_figure(2021, 147), 2021),
    "a quarter of the year": lambda: told(a_quarter(2021, 2, 200), 2022),
    "a count of more than the year": lambda: told(term(2021, 2025, 900), 2026),
    "another committee": lambda: told(a_figure(2021, 147, committee=OTHER), 2022),
    "another indicator": lambda: told(a_figure(2021, 147, indicator=RATED), 2022),
    "another target": lambda: told(a_figure(2021, 147, kind="target"), 2022),
    "a share where a count is aimed at": lambda: told(a_figure(2021, None, percent=98), 2022),
    "a part of something": lambda: told(a_figure(2021, 147, part_of=a_figure(2021, 200)), 2022),
    "a period without days": lambda: told(a_figure(2021, 147, period_ends_on=None), 2022),
}


@pytest.mark.parametrize("case", NOT_CLOSING)
def test_nothing_else_closes_a_target(case):
    entry = closed_by(a_target(), NOT_CLOSING[case]())
    assert (entry.result, entry.standing) == (None, Standing.OPEN)


def test_a_share_may_be_told_of_a_period_that_covers_the_one_aimed_at():
    target = told(a_quarter(2022, 2, None, kind="target", comparator=">", percent=50), 2022, 4)
    half = a_figure(2022, None, percent=62, period_type="half", period_ends_on=date(2022, 6, 30))
    assert closed_by(target, told(half, 2022, 7)).standing == Standing.REACHED


def test_the_body_that_goes_a_committee_on_closes_its_targets():
    result = told(a_figure(2021, 100, committee=NEW), 2022)
    assert closed_by(a_target(committee=OLD), result).standing == Standing.MISSED
    assert closed_by(a_target(committee=NEW), told(a_figure(2021, 147, committee=OLD), 2022)).result is None


def test_where_two_bodies_followed_neither_closes_its_targets():
    twin = Committee(pk=7, name="Đảng bộ thứ hai", predecessor_id=1)
    results = [told(a_figure(2021, 147, committee=each), 2022) for each in (NEW, twin)]
    assert closed_by(a_target(committee=OLD), *results).standing == Standing.OPEN


JUDGED = [
    ({"comparator": ">="}, {"value": 120}, "reached"),
    ({"comparator": ">"}, {"value": 120}, "missed"),
    ({"comparator": "="}, {"value": 147}, "reached"),
    ({"comparator": "="}, {"value": 119}, "missed"),
    ({"comparator": "<="}, {"value": 120}, "reached"),
    ({"comparator": "<"}, {"value": 120}, "missed"),
    ({"comparator": "<"}, {"value": 90}, "reached"),
    ({"comparator": "range", "value_max": 150}, {"value": 130}, "reached"),
    ({}, {"value": 120, "comparator": ">"}, "reached"),
    ({}, {"value": 100, "comparator": ">"}, "open"),
    ({}, {"value": 120, "comparator": "~<"}, "missed"),
    ({}, {"value": 120, "comparator": "~"}, "open"),
    ({}, {"value": 150, "comparator": "~"}, "reached"),
    ({}, {"value": 110, "comparator": "range", "value_max": 130}, "open"),
    ({"value": None, "percent": 90, "comparator": ">"}, {"value": 79, "whole": 85, "percent": "92.94"}, "reached"),
    ({"value": None, "percent": 95, "comparator": ">"}, {"value": 79, "whole": 85}, "missed"),
    ({"value": None, "plan_percent": 100}, {"value": None, "plan_percent": "140.8"}, "reached"),
    ({"value": None, "level": "excellent"}, {"value": None, "level": "good"}, "missed"),
    ({"value": None, "level": "good"}, {"value": None, "level": "excellent"}, "reached"),
]


@pytest.mark.parametrize(("aim", "result", "expected"), JUDGED)
def test_a_target_is_held_against_its_result_as_both_are_printed(aim, result, expected):
    assert standing(a_target(**aim), a_figure(2021, **result)) == expected

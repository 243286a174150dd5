"""What may be joined by a line: the rule, without a database."""

import random
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

import pytest

from committees.models import Committee, Indicator, Statistic
from committees.series import Measure, Reason, between, left_out, point_of, series_of

ADMITTED = Indicator(pk=1, code="member.admitted", name="Kết nạp", unit="đảng viên")
RATED = Indicator(pk=2, code="rating.org.good", name="Hoàn thành tốt", unit="tổ chức")
OLD = Committee(pk=1, name="Đảng bộ cũ")
NEW = Committee(pk=2, name="Đảng bộ mới", predecessor_id=1)
OTHER = Committee(pk=3, name="Đảng bộ khác")


def a_figure(year=2020, value=100, **fields):
    """A figure of a whole year; numbers may be given as they are printed."""
    numbers = {"value": value, **{key: fields.pop(key) for key in ("whole", "percent", "plan_percent", "value_max")
                                  if key in fields}}  # fmt: skip
    defaults = {
        "indicator": ADMITTED,
        "committee": OLD,
        "period_label": f"Năm {year}",
        "period_type": "year",
        "period_starts_on": date(year, 1, 1),
        "period_ends_on": date(year, 12, 31),
    }
    exact = {key: None if number is None else Decimal(str(number)) for key, number in numbers.items()}
    return Statistic(**{**defaults, **exact, **fields})


def a_quarter(year, quarter, value=10, **fields):
    starts = date(year, 3 * quarter - 2, 1)
    ends = date(year, 3 * quarter, 31 if quarter in (1, 4) else 30)
    return a_figure(
        year, value, period_type="quarter", period_label=f"Quý {quarter}/{year}", period_starts_on=starts,
        period_ends_on=ends, **fields,
    )  # fmt: skip


def months(year, first, last, value=10):
    ends = date(year, last, {2: 28, 6: 30, 9: 30}.get(last, 31))
    return a_figure(year, value, period_type="months", period_starts_on=date(year, first, 1), period_ends_on=ends)


def term(first, last, value=10):
    return a_figure(first, value, period_type="term", period_starts_on=date(first, 1, 1),
                    period_ends_on=date(last, 12, 31))  # fmt: skip


JOINED = {
    "years": (a_figure(2020), a_figure(2021)),
    "quarters over the turn of the year": (a_quarter(2021, 4), a_quarter(2022, 1)),
    "the same months of the next year": (months(2020, 1, 9), months(2021, 1, 9)),
    "two months, one of them in a leap year": (
        months(2023, 1, 2),
        a_figure(2024, period_type="months", period_starts_on=date(2024, 1, 1), period_ends_on=date(2024, 2, 29)),
    ),
    "terms of five years": (term(2015, 2019), term(2020, 2024)),
    "a printed share and one that we compute": (
        a_figure(2020, None, percent="94.67"),
        a_figure(2021, 71, whole=75),
    ),
    "two bounds of one kind": (a_figure(2020, comparator=">="), a_figure(2021, comparator=">=")),
    "the unit of the indicator, printed and not": (a_figure(2020), a_figure(2021, unit_printed="Đảng  viên")),
    "two parts of one figure": (
        a_figure(2020, 14, whole=71, part_of=a_figure(2020, 71, indicator=RATED)),
        a_figure(2021, 15, whole=72, part_of=a_figure(2021, 72, indicator=RATED)),
    ),
}
APART = [
    (a_figure(2020), a_figure(2021, indicator=RATED), Reason.INDICATOR),
    (a_figure(2020), a_figure(2021, committee=OTHER), Reason.COMMITTEE),
    (a_figure(2020), a_figure(2021, committee=NEW), Reason.SUCCESSOR),
    (a_figure(2020), a_figure(2021, kind="target"), Reason.KIND),
    (a_figure(2020), a_figure(2021, part_of=a_figure(2021)), Reason.INSIDE),
    (a_figure(2020), a_figure(2021, None, level="good"), Reason.NO_NUMBER),
    (a_figure(2020), a_figure(2021, comparator="range", value_max=120), Reason.NO_NUMBER),
    (a_figure(2020), a_figure(2021, None, percent=90), Reason.MEASURE),
    (a_figure(2020, None, plan_percent=90), a_figure(2021, None, percent=90), Reason.MEASURE),
    (a_figure(2020), a_figure(2021, unit_printed="quần chúng ưu tú"), Reason.UNIT),
    (a_figure(2020), a_figure(2021, period_ends_on=None), Reason.NO_PERIOD),
    (a_figure(2020), a_figure(2021, period_type=""), Reason.NO_PERIOD),
    (a_figure(2020), a_quarter(2021, 1), Reason.PERIOD_TYPE),
    (months(2020, 1, 9), months(2021, 1, 6), Reason.PERIOD_TYPE),
    (a_figure(2020), a_figure(2021, comparator=">"), Reason.BOUND),
    (a_figure(2020), a_figure(2020, 101), Reason.DISPUTED),
    (term(2015, 2019), term(2020, 2022), Reason.UNEVEN),
    (term(2015, 2019), term(2019, 2023), Reason.OVERLAP),
    (a_figure(2020), a_figure(2022), Reason.MISSING),
    (a_quarter(2021, 1), a_quarter(2022, 1), Reason.MISSING),
    (months(2020, 1, 9), months(2022, 1, 9), Reason.MISSING),
]  # fmt: skip


def why_apart(one, other):
    """Why no line leads from one figure to the other; None where one does."""
    found = series_of([one, other])
    gaps = [gap for series in found for gap in series.gaps] + between(found)
    return next((reason for _figure, reason in left_out([one, other])), gaps[0].reason if gaps else None)


@pytest.mark.parametrize("case", JOINED)
def test_what_was_counted_alike_in_two_periods_that_follow_each_other_is_joined(case):
    one, other = JOINED[case]
    assert why_apart(one, other) is None
    assert why_apart(other, one) is None


@pytest.mark.parametrize(("one", "other", "reason"), APART, ids=[str(reason) for *_pair, reason in APART])
def test_what_differs_is_not_joined_and_the_reason_is_known(one, other, reason):
    assert why_apart(one, other) == reason
    assert why_apart(other, one) == reason


def test_a_committee_without_a_predecessor_continues_nobody():
    """Two committees that both name no predecessor are no successors of each other."""
    unknown = Committee(pk=4, name="Đảng bộ nữa")
    assert why_apart(a_figure(2020, committee=OTHER), a_figure(2021, committee=unknown)) == Reason.COMMITTEE


def test_what_has_a_whole_is_a_share_of_it():
    """71 of 75 and 72 of 90 are no growth."""
    share = point_of(a_figure(value=71, whole=75))
    assert (share.measure, share.number, share.is_computed) == (Measure.SHARE, Decimal("94.67"), True)
    assert point_of(a_figure(value=71, whole=75, percent="94.7")).is_computed is False
    assert point_of(a_figure(value=147)).measure == Measure.COUNT
    assert point_of(a_figure(value=0, whole=0)) is None


def test_a_series_breaks_where_a_period_is_missing_and_says_so():
    years = [a_figure(year) for year in (2022, 2018, 2019, 2021)]
    (series,) = series_of(years)
    assert [[point.statistic.period_starts_on.year for point in run] for run in series.runs] == [
        [2018, 2019],
        [2021, 2022],
    ]
    (gap,) = series.gaps
    assert gap.reason == Reason.MISSING
    assert "Năm 2019" in str(gap)
    assert "Năm 2021" in str(gap)


def test_a_year_with_a_range_or_a_rating_is_told_from_a_year_without_a_report():
    between_them = a_figure(2020, None, level="good")
    (series,) = series_of([a_figure(2019), between_them, a_figure(2021)])
    assert [gap.reason for gap in series.gaps] == [Reason.NO_NUMBER]
    assert left_out([a_figure(2019), between_them]) == [(between_them, Reason.NO_NUMBER)]


def test_two_reports_that_agree_are_one_point():
    (series,) = series_of([a_figure(2020), a_figure(2021), a_figure(2020, "100.0")])
    assert len(series.points) == 2
    assert not series.gaps


def test_no_line_leads_to_or_from_a_period_on_which_reports_disagree():
    """Which of the two would it lead to?"""
    (series,) = series_of([a_figure(2019), a_figure(2020), a_figure(2020, 101), a_figure(2021)])
    assert [gap.reason for gap in series.gaps] == [Reason.DISPUTED] * 3
    assert [len(run) for run in series.runs] == [1, 1, 1, 1]


def test_a_series_goes_on_in_the_body_that_followed_and_says_where_it_changed():
    """What a bloc of agencies reported is where its successor begins; a line between them would compare two sizes."""
    after = [a_figure(2021, committee=NEW), a_figure(2022, committee=NEW)]
    (series,) = series_of([*after, a_figure(2019), a_figure(2020)])
    assert [[point.statistic.committee.pk for point in run] for run in series.runs] == [[1, 1], [2, 2]]
    (gap,) = series.gaps
    assert gap.reason == Reason.SUCCESSOR
    assert str(gap).startswith("Đảng bộ cũ và Đảng bộ mới:")


def test_the_day_on_which_the_body_changed_is_told_where_it_is_known():
    merged = Committee(pk=5, name="Đảng bộ hợp nhất", predecessor_id=1, active_from=date(2025, 7, 1))
    (series,) = series_of([a_figure(2024), a_figure(2025, committee=merged)])
    assert "01/07/2025" in str(series.gaps[0])


def test_a_series_goes_on_over_a_body_that_reported_nothing():
    last = Committee(pk=6, name="Đảng bộ sau nữa", predecessor=NEW)
    (series,) = series_of([a_figure(2019), a_figure(2023, committee=last)])
    assert [gap.reason for gap in series.gaps] == [Reason.SUCCESSOR]


def test_what_two_bodies_followed_goes_on_in_neither():
    """Their figures of one year would stand in one series as if reports disagreed."""
    twin = Committee(pk=7, name="Đảng bộ thứ hai", predecessor_id=1)
    found = series_of([a_figure(2020), a_figure(2021, committee=NEW), a_figure(2021, committee=twin)])
    assert [len(series.points) for series in found] == [1, 1, 1]
    assert {gap.reason for gap in between(found)} == {Reason.SUCCESSOR, Reason.COMMITTEE}


def test_both_bodies_may_report_the_year_of_the_change():
    (series,) = series_of([a_figure(2021, 90, committee=NEW), a_figure(2021, 100)])
    assert [point.number for point in series.points] == [100, 90]
    assert [gap.reason for gap in series.gaps] == [Reason.SUCCESSOR]


def test_committees_that_are_each_others_predecessor_harm_nobody():
    one = Committee(pk=8, name="Một", predecessor_id=9)
    other = Committee(pk=9, name="Hai", predecessor_id=8)
    (series,) = series_of([a_figure(2020, committee=one), a_figure(2021, committee=other)])
    assert len(series.points) == 2


def test_the_latest_of_a_series_keep_their_gaps():
    (series,) = series_of([a_figure(year) for year in (2015, 2017, 2019, 2020)])
    assert [len(run) for run in series.latest(3).runs] == [1, 2]
    assert len(series.latest(2).gaps) == 0


def test_earlier_figures_of_a_series_have_no_gap_behind_the_last_of_them():
    """The page of an old figure draws the series from there on; what is not drawn is no gap in it."""
    figures = [a_figure(2000 + 2 * number) for number in range(5)]
    (series,) = series_of(figures)
    assert [len(run) for run in series.latest(2, figures[1]).runs] == [1, 1]


# --- Whatever is thrown at it ------------------------------------------------------------------


def anything(dice):
    """A figure of which every part may be this or that."""
    make = dice.choice([a_figure, a_quarter, months, term])
    year = dice.randint(2018, 2023)
    numbers = {
        a_figure: (year,), a_quarter: (year, dice.randint(1, 4)), months: (year, 1, dice.choice([6, 9])),
        term: (year, year + dice.randint(1, 3)),
    }[make]  # fmt: skip
    figure = make(*numbers, dice.choice([None, 10, 11]))
    figure.indicator, figure.committee = dice.choice([ADMITTED, ADMITTED, RATED]), dice.choice([OLD, OLD, NEW])
    figure.kind, figure.comparator = dice.choice(["result", "result", "target"]), dice.choice(["=", "=", ">", "range"])
    figure.unit_printed = dice.choice(["", "", "đồng chí"])
    figure.percent = dice.choice([None, None, Decimal(90)])
    if dice.random() < 0.1:
        figure.period_ends_on = None
    return figure


def sides(figure):
    return (
        figure.indicator_id, figure.committee_id in (1, 2), figure.kind, figure.period_type,
        (figure.unit_printed or figure.indicator.unit), point_of(figure).measure,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_whatever_differs_is_never_joined(seed):
    figures = [anything(random.Random(f"{seed}/{number}")) for number in range(40)]
    found = series_of(figures)
    for series in found:
        assert len({sides(point.statistic) for point in series.points}) == 1
        assert [point for run in series.runs for point in run] == list(series.points)
        assert len(series.gaps) == len(series.runs) - 1
        for run in series.runs:
            for before, after in pairwise(run):
                assert why_apart(before.statistic, after.statistic) is None
                assert before.statistic.committee_id == after.statistic.committee_id
                assert before.statistic.period_ends_on < after.statistic.period_starts_on
    for one, other in combinations(found, 2):
        assert why_apart(one.points[0].statistic, other.points[0].statistic) is not None
    shown = sum(len(series.points) for series in found)
    assert shown + len(left_out(figures)) <= len(figures)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_figures_are_fetched_decides_nothing(seed):
    figures = [anything(random.Random(f"{seed}/{number}")) for number in range(25)]
    shuffled = random.Random(seed).sample(figures, len(figures))

    def said(found):
        return {
            (sides(series.points[0].statistic), tuple(point.statistic.period_starts_on for point in series.points),
             tuple(gap.reason for gap in series.gaps))
            for series in found
        }  # fmt: skip

    assert said(series_of(figures)) == said(series_of(shuffled))

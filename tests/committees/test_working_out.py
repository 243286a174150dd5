"""How figures are worked out, and what committees come to together: computed when asked, never kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from committees.sums import sums_of
from committees.working_out import working_of
from tests.situations import a_committee, a_conference, a_statistic, an_indicator, staff

pytestmark = pytest.mark.django_db
YEAR = {"period_label": "Năm 2022", "period_starts_on": date(2022, 1, 1), "period_ends_on": date(2022, 12, 31)}


@pytest.fixture
def rated():
    """What one report says of members who were rated: 98,06 % of all, and three ratings of 6.110."""
    conference = a_conference()
    rows = {}
    for place, (code, fields) in enumerate(
        {
            "assessed": {"percent": Decimal("98.06"), "percent_places": 2},
            "not_assessed": {"percent": Decimal("1.94"), "percent_places": 2},
            "good": {"value": 6027, "whole": 6110, "percent": Decimal("98.64"), "percent_places": 2},
            "excellent": {"value": 922, "whole": 6027},
            "done": {"value": 58, "whole": 6110, "percent": Decimal("0.95"), "percent_places": 2},
            "failed": {"value": 25, "whole": 6110, "percent": Decimal("0.41"), "percent_places": 2},
        }.items()
    ):
        indicator = an_indicator(f"rating.member.{code}", name=code)
        rows[code] = a_statistic(conference=conference, indicator=indicator, label=code, position=place, **fields)
        rows[code].refresh_from_db()
    rows["excellent"].part_of = rows["good"]
    rows["excellent"].save()
    return rows


def said(rows, name):
    return [(step.words, step.is_ours) for step in working_of(rows[name], rows.values())]


def test_a_printed_share_is_done_again_and_what_divides_the_whole_is_added(rated):
    assert said(rated, "good") == [
        ("6.027 : 6.110 × 100 = 98,6416…, làm tròn thành 98,64%. Báo cáo ghi 98,64%: khớp.", False),
        ("6.110 − 6.027 = 83: phần còn lại.", True),
        ("6.027 + 58 + 25 = 6.110: các phần cộng lại đúng bằng tổng.", False),
    ]


def test_a_share_that_no_report_prints_is_ours_and_what_is_inside_another_figure_is_not_added(rated):
    steps = said(rated, "excellent")
    assert steps[0] == ("922 : 6.027 × 100 = 15,2978…, làm tròn thành 15,30%.", True)
    assert ("922 nằm trong số 6.027 (good), không cộng thêm.", False) in steps
    assert ("Trên tổng số 6.110 là 15,09%: 922 : 6.110 × 100.", True) in steps


def test_how_many_there_are_in_all_follows_from_those_rated_and_their_share(rated):
    """No report prints 6.231: it is the only whole number of which 6.110 are 98,06 %."""
    assert said(rated, "assessed") == [("6.110 bằng 98,06% của 6.231; không số nguyên nào khác phù hợp.", True)]
    assert said(rated, "not_assessed")[-1] == ("6.231 − 6.110 = 121 không được đánh giá.", True)


def test_a_whole_is_an_interval_where_more_than_one_fits_and_is_not_told_where_all_do():
    indicator = an_indicator("member.official")
    several = a_statistic(indicator=indicator, value=6110, percent=Decimal(98), percent_places=0)
    (step,) = working_of(several)
    assert step.words == "6.110 bằng 98% của một tổng từ 6.204 đến 6.266: 63 số nguyên phù hợp."
    assert working_of(a_statistic(indicator=indicator, value=3, percent=Decimal(0), percent_places=0)) == []
    plan = a_statistic(indicator=indicator, value=132, plan_percent=Decimal(110))
    assert [step.words for step in working_of(plan)] == ["132 bằng 110% của 120; không số nguyên nào khác phù hợp."]


def test_a_bound_and_a_bare_number_are_not_worked_out():
    assert working_of(a_statistic(value=90, whole=100, comparator=">")) == []
    assert working_of(a_statistic(value=147)) == []


def test_the_page_of_a_figure_shows_its_working(client, rated):
    page = client.get(rated["assessed"].get_absolute_url()).content.decode()
    assert "6.110 bằng 98,06% của 6.231; không số nguyên nào khác phù hợp." in page


def test_the_desk_sees_the_working_beside_what_it_types(client, rated):
    client.force_login(staff("editor"))
    page = client.get(reverse("admin:committees_statistic_change", args=[rated["assessed"].pk])).content.decode()
    assert "6.110 bằng 98,06% của 6.231" in page
    assert client.get(reverse("admin:committees_statistic_add")).status_code == 200


# --- Committees together -----------------------------------------------------------------------


def a_figure(committee=None, **fields):
    return a_statistic(committee=committee or a_committee(), indicator=an_indicator("org.good"), **YEAR | fields)


def test_committees_come_to_the_sum_of_their_parts_over_the_sum_of_their_wholes():
    """Never to the mean of their percentages: 50 % and 100 % would be 75 %."""
    (found,) = sums_of([a_figure(value=1, whole=2), a_figure(value=98, whole=98)])
    assert (found.text, found.share, found.working) == ("99/100", "99,00%", "(98 + 1) / (98 + 2)")


def test_counts_alone_are_added_and_percentages_never():
    (found,) = sums_of([a_figure(value=147), a_figure(value=26, whole=30)])
    assert (found.text, found.share, found.working) == ("173", "", "147 + 26")
    assert sums_of([a_figure(percent=90), a_figure(percent=80)]) == []


def test_only_what_is_alike_is_added():
    upper, other = a_committee(), a_committee()
    lower = a_committee(parent=a_committee(parent=upper))
    of_other_days = {"period_starts_on": date(2021, 1, 1), "period_ends_on": date(2021, 12, 31)}
    assert sums_of([a_figure(upper, value=10), a_figure(lower, value=4)]) == [], "counted in the upper one already"
    assert sums_of([a_figure(value=10), a_figure(value=4, **of_other_days)]) == []
    assert sums_of([a_figure(value=10), a_figure(value=4, comparator=">")]) == []
    assert sums_of([a_figure(value=10), a_figure(other, value=4), a_figure(other, value=5)]) == [], "disputed"
    (found,) = sums_of([a_figure(upper, value=10), a_figure(lower, value=4), a_figure(other, value=5)])
    assert found.working == "10 + 5"


def test_the_page_of_an_indicator_adds_its_committees(client):
    figures = [a_figure(value=79, whole=85), a_figure(value=45, whole=50)]
    page = client.get(figures[0].indicator.get_absolute_url()).content.decode()
    assert "124/135 (91,85%)" in page
    assert "(79 + 45) / (85 + 50)" in page

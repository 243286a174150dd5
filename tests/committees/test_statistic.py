"""How a figure is printed, and what is computed from it."""

from datetime import date
from decimal import Decimal

import pytest

from committees.models import Statistic
from newsroom.fields import YearField
from tests.situations import a_statistic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("71/75 (94,67%)", {"value": 71, "whole": 75, "percent": Decimal("94.67"), "percent_places": 2}),
        ("6.027/6.110 (98,60%)", {"value": 6027, "whole": 6110, "percent": Decimal("98.6"), "percent_places": 2}),
        ("147", {"value": 147}),
        ("trên 90%", {"percent": 90, "percent_places": 0, "comparator": ">"}),
        ("từ 120 trở lên", {"value": 120, "comparator": ">="}),
        ("gần 400", {"value": 400, "comparator": "~<"}),
        ("90–100", {"value": 90, "value_max": 100, "comparator": "range"}),
        ("140,8% kế hoạch", {"plan_percent": Decimal("140.8")}),
        ("Hoàn thành xuất sắc nhiệm vụ", {"level": "excellent"}),
    ],
)
def test_a_figure_is_said_as_a_vietnamese_report_says_it(printed, row):
    figure = a_statistic(**row)
    figure.refresh_from_db()
    assert figure.figure == printed


def test_a_share_is_computed_only_where_none_is_printed_and_against_the_whole_as_written():
    figure = a_statistic(value=Decimal(16), whole=Decimal(79))
    assert (figure.computed_share, figure.share) == ("20,25%", "")
    assert a_statistic(value=Decimal(1), whole=Decimal(32)).computed_share == "3,13%", "a half is rounded up"
    assert a_statistic(value=Decimal(71), whole=Decimal(75), percent=Decimal("94.67")).computed_percent is None
    assert a_statistic(value=Decimal(0), whole=Decimal(0)).computed_percent is None
    assert a_statistic(value=Decimal(147)).computed_percent is None


def test_the_year_of_a_figure_that_an_old_program_saved_is_filled_in():
    """While machines are upgraded one by one; who narrows the list to that year would not find it."""
    days = [(date(2021, 1, 1), date(2021, 12, 31)), (date(2017, 1, 1), date(2021, 12, 31)), (None, date(2021, 6, 30))]
    figures = [a_statistic(period_starts_on=first, period_ends_on=last) for first, last in days]
    right = dict(Statistic.objects.values_list("pk", "period_year"))
    assert [right[figure.pk] for figure in figures] == [2021, YearField.SEVERAL, None]
    Statistic.objects.update(period_year=None)
    assert Statistic.objects.fill_years() == 2
    assert dict(Statistic.objects.values_list("pk", "period_year")) == right

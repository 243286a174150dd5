"""The ledger of targets as readers see it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from committees.models import Statistic
from committees.targets import closed, public_targets
from tests import situations
from tests.pages import read, words

pytestmark = pytest.mark.django_db

YEAR = {"period_type": "year", "period_starts_on": date(2021, 1, 1), "period_ends_on": date(2021, 12, 31)}


def told(committee, indicator, year, *, words_of_it, **fields):
    """A figure that a conference of `year` reports and an article says."""
    conference = situations.a_conference(committee, held_on=date(year, 1, 15), name=f"Hội nghị đầu năm {year}")
    figure = situations.a_statistic(
        conference=conference, committee=committee, indicator=indicator, label="Kết nạp đảng viên", whole=None,
        percent=None, percent_places=None, unit_printed="đảng viên", **fields,
    )  # fmt: skip
    article = situations.an_article(
        f"Tin đầu năm {year}", body=f"<p>Mở đầu. Đảng bộ {words_of_it} trong năm. Kết thúc.</p>", conference=conference
    )
    situations.a_mention(article, figure, words_of_it)
    return figure


@pytest.fixture
def bloc():
    return situations.a_committee("Đảng bộ Khối Thử")


@pytest.fixture
def target(bloc):
    return told(
        bloc, situations.an_indicator(), 2021, words_of_it="kết nạp 120 đảng viên trở lên",
        kind="target", comparator=">=", value=Decimal(120), period_label="Năm 2021", **YEAR,
    )  # fmt: skip


def result_of(target, year, value, committee=None, **fields):
    of = {"period_label": "Năm 2021", **YEAR, **fields}
    return told(
        committee or target.committee, target.indicator, year, words_of_it=f"đã kết nạp {value} đảng viên",
        value=Decimal(value), **of,
    )  # fmt: skip


def entry(client, query=""):
    (shown,) = read(client, f"/chi-tieu/{query}").with_class("target")
    return shown.get("data-standing"), words(shown)


def test_a_target_stands_beside_the_later_result_each_with_its_sentence(client, target):
    result_of(target, 2022, 147)
    standing, text = entry(client)
    assert standing == "reached"
    assert "Đảng bộ kết nạp 120 đảng viên trở lên trong năm." in text
    assert "Đảng bộ đã kết nạp 147 đảng viên trong năm." in text
    page = read(client, "/chi-tieu/")
    assert page.html.count("#m") >= 2


def test_a_result_of_the_year_before_closes_nothing(client, target):
    """The report that aims at 120 for 2021 tells in the same breath that 2020 had 147."""
    before = {"period_label": "Năm 2020", "period_starts_on": date(2020, 1, 1), "period_ends_on": date(2020, 12, 31)}
    result_of(target, 2021, 147, **before)
    standing, text = entry(client)
    assert standing == "open"
    assert "Chưa có số liệu" in text
    assert "147" not in text


def test_the_result_may_be_told_by_the_body_that_follows(client, target):
    after = situations.a_committee("Đảng bộ kế tục", predecessor=target.committee)
    result_of(target, 2022, 90, committee=after)
    standing, text = entry(client)
    assert standing == "missed"
    assert "Đảng bộ kế tục" in text


def test_a_result_that_is_not_public_yet_closes_nothing(client, target):
    result = result_of(target, 2022, 147)
    Statistic.objects.filter(pk=result.pk).update(published_at=timezone.now() + timedelta(days=1))
    assert entry(client)[0] == "open"


def test_a_share_of_days_that_cover_its_own_closes_a_target_and_a_count_does_not(client, target):
    longer = {"period_label": "Giai đoạn 2021–2025", **YEAR, "period_ends_on": date(2025, 12, 31)}
    result = result_of(target, 2026, 147, **longer)
    assert entry(client)[0] == "open"
    Statistic.objects.filter(pk=target.pk).update(value=None, percent=90, percent_places=0)
    Statistic.objects.filter(pk=result.pk).update(percent=93, percent_places=0)
    assert entry(client)[0] == "reached"


def test_of_several_results_the_latest_told_counts_before_all_those_of_its_very_days(client, target):
    """A later report of a longer time says less of this one; in which order they were entered says nothing."""
    longer = {"period_label": "Giai đoạn 2021–2025", "period_ends_on": date(2025, 12, 31)}
    told_in = [(2026, longer), (2025, longer), (2023, {}), (2022, {})]
    results = [result_of(target, year, year, **days) for year, days in told_in]
    Statistic.objects.update(value=None, percent=90, percent_places=0)
    for result in [results[2], results[3], results[0], results[1]]:
        (found,) = closed(public_targets(timezone.now()))
        assert found.result == result
        Statistic.objects.filter(pk=result.pk).update(published_at=timezone.now() + timedelta(days=1))
    assert entry(client)[0] == "open"


def test_the_ledger_is_narrowed_to_a_committee_and_an_indicator(client, target):
    assert entry(client, f"?to-chuc={target.committee_id}&chi-so={target.indicator_id}&nam=2021")[0] == "open"
    other = situations.a_statistic(indicator=situations.an_indicator("org.total"))
    assert not read(client, f"/chi-tieu/?chi-so={other.indicator_id}").with_class("target")


def test_pages_of_the_committee_and_of_the_target_say_what_became_of_it(client, target):
    result_of(target, 2022, 147)
    for page in (read(client, target.committee.get_absolute_url()), read(client, target.get_absolute_url())):
        (table,) = page.with_class("targets-table")
        assert words(table).endswith("Đạt")
        assert "147" in words(table)


def test_targets_without_days_or_numbers_harm_no_page(client, bloc):
    """The rating that a report aims at, and an aim without a year."""
    told(bloc, situations.an_indicator(), 2021, words_of_it="hoàn thành xuất sắc", kind="target", value=None,
         level="excellent", period_label="", period_type="", period_starts_on=None, period_ends_on=None)  # fmt: skip
    assert entry(client)[0] == "open"


def test_a_long_ledger_costs_what_a_short_one_does(client, target, django_assert_max_num_queries):
    """Targets, the bodies that follow, the results, their sentences, what to narrow by; the site's name and menu."""
    after = situations.a_committee("Đảng bộ kế tục", predecessor=target.committee)
    for number in range(30):
        result_of(target, 2022, 100 + number, committee=after)
        told(target.committee, target.indicator, 2021, words_of_it=f"kết nạp {number + 10} đảng viên", kind="target",
             value=Decimal(number), period_label="Năm 2021", **YEAR)  # fmt: skip
    with django_assert_max_num_queries(12):
        assert len(read(client, "/chi-tieu/").with_class("target")) == 12
    with django_assert_max_num_queries(16):
        assert len(read(client, target.committee.get_absolute_url()).with_class("targets-table")) == 1

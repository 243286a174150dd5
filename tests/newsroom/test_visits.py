"""What the counters say at the desk: visits of today, of the week and of all days, to those who may look."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.visits.models import Sums, VisitAdjustment, VisitDay
from tests import situations
from tests.pages import parse

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
THURSDAY = date(2024, 3, 7)


def counted(on: date, number: int, key: str = "site") -> None:
    VisitDay.objects.create(key=key, on=on, count=number)


def test_a_week_begins_on_monday_and_all_has_its_starting_total_and_corrections():
    for days_ago, number in ((-1, 1000), (0, 5), (3, 70), (4, 300), (400, 2000)):
        counted(THURSDAY - timedelta(days=days_ago), number)
    counted(THURSDAY, 9, key="article:1")
    VisitAdjustment.objects.create(kind="baseline", amount=700_000, reason="Trang cũ")
    VisitAdjustment.objects.create(amount=-5, reason="Máy của tòa soạn")
    assert VisitDay.objects.sums(THURSDAY) == Sums(today=5, week=75, ever=703_370)
    assert VisitDay.objects.sums(THURSDAY, "article:1") == Sums(9, 9, 9)


def test_what_was_counted_is_told_by_day_week_month_and_year_with_its_corrections(django_assert_num_queries):
    """One query each, whatever lies in between."""
    last_year = date(2023, 12, 31)  # a Sunday: its week began in the year before the next
    for on, number in ((last_year, 1), (date(2024, 1, 1), 20), (THURSDAY, 300)):
        counted(on, number)
    counted(THURSDAY, 7, key="referrer:a.vn")
    counted(THURSDAY, 8, key="referrer:b.vn")
    VisitAdjustment.objects.create(amount=-5, on=THURSDAY, reason="Máy của tòa soạn")
    VisitAdjustment.objects.create(amount=-5, reason="Không rõ ngày nào")
    whole = last_year, THURSDAY
    expected = {
        "day": {last_year: 1, date(2024, 1, 1): 20, THURSDAY: 295},
        "week": {date(2023, 12, 25): 1, date(2024, 1, 1): 20, date(2024, 3, 4): 295},
        "month": {date(2023, 12, 1): 1, date(2024, 1, 1): 20, date(2024, 3, 1): 295},
        "year": {date(2023, 1, 1): 1, date(2024, 1, 1): 315},
    }
    with django_assert_num_queries(len(expected) + 2):
        assert {per: VisitDay.objects.over_time(*whole, per=per) for per in expected} == expected
        assert VisitDay.objects.over_time(*whole, prefix="referrer:") == {THURSDAY: 15}
        assert VisitDay.objects.over_time(date(2025, 1, 1), date(2025, 2, 1)) == {}
    assert VisitDay.objects.sums(THURSDAY).today == 295


def test_the_most_counted_come_first_by_what_is_right(django_assert_num_queries):
    for key, number in (("referrer:a.vn", 50), ("referrer:b.vn", 30), ("referrer:c.vn", 30), ("site", 900)):
        counted(THURSDAY, number, key)
        counted(THURSDAY - timedelta(days=1), 1, key)
    VisitAdjustment.objects.create(key="referrer:a.vn", on=THURSDAY, amount=-45, reason="Một máy gửi đi gửi lại")
    VisitAdjustment.objects.create(key="referrer:c.vn", kind="baseline", amount=1000, reason="Trang cũ")
    with django_assert_num_queries(2):
        assert VisitDay.objects.top("referrer:", THURSDAY, THURSDAY, 2) == [
            ("referrer:b.vn", 30),
            ("referrer:c.vn", 30),
        ]
        assert VisitDay.objects.top("referrer:", date(2024, 3, 1), THURSDAY, 9)[2] == ("referrer:a.vn", 6)


def test_on_monday_the_week_is_today():
    monday = THURSDAY - timedelta(days=3)
    counted(monday, 4)
    counted(monday - timedelta(days=1), 50)
    assert VisitDay.objects.sums(monday) == Sums(4, 4, 54)


def test_where_nothing_was_counted_the_sums_are_nought(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert VisitDay.objects.sums(THURSDAY) == Sums(0, 0, 0)


def test_the_first_page_of_the_desk_shows_them_and_leads_to_the_days(client: Client):
    counted(timezone.localdate(), 1234)
    counted(timezone.localdate(), 1, key="article:1")
    client.force_login(situations.staff("administrator"))
    page = parse(client.get(INDEX).content.decode())
    assert page.text_of("visit-sums") == ["Hôm nay 1.234 Trong tuần 1.234 Tất cả 1.234"]
    [link] = [link for link in page.links if "visitday" in link and "key" in link]
    answer = client.get(link)
    assert [day.count for day in answer.context["cl"].result_list] == [1234]


@pytest.mark.parametrize("role", ["writer", "editor", "moderator"])
def test_who_may_not_look_at_counters_is_shown_none(client: Client, role: str):
    client.force_login(situations.staff(role))
    assert "visit-sums" not in client.get(INDEX).content.decode()


def test_who_may_look_at_counters_alone_is_shown_them(client: Client):
    auditor = situations.a_user(is_staff=True)
    administrators = situations.staff("administrator").groups.get()
    auditor.user_permissions.add(*administrators.permissions.filter(codename="view_visitday"))
    client.force_login(auditor)
    assert "visit-sums" in client.get(INDEX).content.decode()

"""The calendar of conferences: its months, and the files that a reader subscribes to."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from committees import diary, months
from tests import situations
from tests.committees.test_icalendar import lines
from tests.pages import read, words

pytestmark = pytest.mark.django_db


def held(day, name="Hội nghị", **fields):
    return situations.a_conference(held_on=day, name=name, **fields)


def cells(page):
    """Return the words of each day of a month on which something was held."""
    return page.text_of("held")


def test_a_month_is_a_table_of_weeks_that_begin_on_monday(client):
    """April 2022 began on a Friday and ended on a Saturday: five weeks, with four and one day of other months."""
    held(date(2022, 4, 8))
    page = read(client, "/lich/2022/4/")
    (table,) = page.with_class("weeks")
    assert [words(cell) for cell in table.iter("th")][::6] == ["Thứ 2", "Chủ nhật"]
    rows = [[words(cell) for cell in row.iter("td")] for row in table.iter("tr")][1:]
    assert [len(row) for row in rows] == [7] * 5
    assert rows[0] == ["", "", "", "", "1", "2", "3"]
    assert rows[4] == ["25", "26", "27", "28", "29", "30", ""]
    assert "Tháng 4 năm 2022" in page.text


def test_a_conference_stands_on_its_day_with_its_committee_and_leads_to_its_page(client):
    committee = situations.a_committee("Đảng bộ Sở Thử nghiệm")
    conference = held(date(2022, 4, 8), "Hội nghị lần thứ 7", committee=committee, session="morning")
    held(date(2022, 4, 8), "Hội nghị chiều")
    held(date(2022, 5, 1), "Hội nghị tháng sau")
    page = read(client, "/lich/2022/4/")
    (cell,) = cells(page)
    assert cell.startswith("8/4 Thứ 6") and "Hội nghị lần thứ 7 Đảng bộ Sở Thử nghiệm" in cell
    assert cell.index("lần thứ 7") < cell.index("Hội nghị chiều")
    assert conference.get_absolute_url() in page.links
    assert "Hội nghị tháng sau" not in page.text


def test_the_way_leads_over_the_months_without_a_conference(client):
    for day in (date(2020, 10, 12), date(2022, 4, 8), date(2022, 6, 30), date(2023, 2, 14)):
        held(day)
    page = read(client, "/lich/2022/4/")
    ways = {element.get("rel"): element.get("href") for element in page.with_class("months-on")}
    assert ways == {"prev": "/lich/2020/10/", "next": "/lich/2022/6/"}
    of_the_year = {link for link in page.links if link.startswith("/lich/2022/")}
    assert of_the_year == {"/lich/2022/4/", "/lich/2022/6/"}
    assert {element.get("rel") for element in read(client, "/lich/2020/10/").with_class("months-on")} == {"next"}
    assert {element.get("rel") for element in read(client, "/lich/2023/2/").with_class("months-on")} == {"prev"}


def test_a_month_without_a_conference_says_so_between_those_that_have_one_and_is_not_there_beyond_them(client):
    """Otherwise a machine that follows links, or guesses them, would never come to an end."""
    held(date(2021, 1, 15))
    held(date(2022, 4, 8))
    page = read(client, "/lich/2021/7/")
    assert page.text_of("empty") and not page.with_class("weeks")
    for beyond in ("2020/12", "2022/5", "2022/13", "2022/0", "0/1", "1/1", "9998/12", "9999/12", "99999/1"):
        assert client.get(f"/lich/{beyond}/").status_code == 404, beyond


def test_a_month_has_one_address(client):
    held(date(2022, 4, 8))
    answer = client.get("/lich/2022/04/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/lich/2022/4/")


def test_the_calendar_opens_at_the_last_month_that_has_one_whatever_day_it_is(client):
    """A page is kept for everybody: nothing in it says what day it is."""
    held(date(2022, 4, 8), "Hội nghị cũ")
    held(date(2023, 2, 14), "Hội nghị mới")
    pages = set()
    for day in (1, 400):
        with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=day)):
            pages.add(read(client, "/lich/").html)
    (html,) = pages
    assert "Hội nghị mới" in html and "Hội nghị cũ" not in html


def test_a_calendar_without_a_conference_is_a_page(client):
    assert read(client, "/lich/").text_of("empty")
    situations.a_conference(held_on=None)
    assert "1 hội nghị chưa rõ ngày" in read(client, "/lich/").text


def test_conferences_of_an_unknown_day_stand_in_no_month_and_are_said_to_be_in_the_list(client):
    held(date(2022, 4, 8))
    unknown = situations.a_conference(held_on=None, held_on_printed="8/4", name="Hội nghị không rõ năm")
    situations.a_conference(held_on=None, **situations.draft())
    page = read(client, "/lich/2022/4/")
    assert unknown.name not in page.text and "1 hội nghị chưa rõ ngày" in page.text
    (way,) = [link for link in page.links if "chua-ro" in link]
    listed = read(client, way)
    assert unknown.get_absolute_url() in listed.links and len(listed.with_class("entry")) == 1


def test_more_than_a_thousand_of_an_unknown_day_are_not_counted(client, monkeypatch):
    monkeypatch.setattr(months, "COUNTED", 2)
    for _number in range(3):
        situations.a_conference(held_on=None)
    assert "Hơn 1.000 hội nghị" in read(client, "/lich/").text


def test_a_month_shows_so_many_and_leads_to_the_rest(client, monkeypatch):
    monkeypatch.setattr(months, "MOST", 2)
    for day in (1, 2, 3):
        held(date(2022, 4, day))
    page = read(client, "/lich/2022/4/")
    assert len(cells(page)) == 2 and "/hoi-nghi/?nam=2022" in page.links


# --- Files -------------------------------------------------------------------------------------


def fetch(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
    return lines(answer.content.decode())


def names(content):
    return [line.removeprefix("SUMMARY:") for line in content if line.startswith("SUMMARY:")]


def test_a_conference_is_a_whole_day_with_its_part_of_the_day_in_words(client):
    committee = situations.a_committee("Đảng bộ Sở Thử nghiệm")
    conference = held(date(2022, 4, 8), "Hội nghị", committee=committee, session="morning", inferred_from="“năm 2021”")
    content = fetch(client, conference.get_absolute_url() + "lich.ics")
    address = f"http://testserver{conference.get_absolute_url()}"
    assert {f"UID:hoi-nghi-{conference.pk}@testserver", f"URL:{address}"} < set(content)
    assert {"DTSTART;VALUE=DATE:20220408", "DTEND;VALUE=DATE:20220409", "SUMMARY:Hội nghị"} < set(content)
    (told,) = [line for line in content if line.startswith("DESCRIPTION:")]
    assert told == "DESCRIPTION:Sáng 08/04/2022\\nĐảng bộ Sở Thử nghiệm\\nNăm được suy ra từ nội dung báo cáo."


def test_the_files_hold_all_conferences_those_of_one_committee_or_the_one(client):
    here, elsewhere = situations.a_committee(), situations.a_committee()
    first = held(date(2022, 4, 8), "Một", committee=here)
    held(date(2023, 4, 8), "Hai", committee=here)
    held(date(2024, 4, 8), "Ba", committee=elsewhere)
    assert names(fetch(client, "/lich.ics")) == ["Ba", "Hai", "Một"]
    assert names(fetch(client, here.get_absolute_url() + "lich.ics")) == ["Hai", "Một"]
    assert names(fetch(client, first.get_absolute_url() + "lich.ics")) == ["Một"]


def test_what_has_no_day_or_is_not_public_is_in_no_file(client):
    committee = situations.a_committee()
    hidden = [
        situations.a_conference(committee, held_on=None),
        situations.a_conference(committee, **situations.draft()),
    ]
    for path in ("/lich.ics", committee.get_absolute_url() + "lich.ics"):
        assert names(fetch(client, path)) == []
    for conference in hidden:
        assert client.get(conference.get_absolute_url() + "lich.ics").status_code == 404


def test_a_file_says_the_same_until_a_conference_changes_and_then_when(client):
    conference = held(date(2022, 4, 8), published_at=situations.at(2022, 4, 8))
    conference.history.all().delete()  # as a fixture brings it
    before = fetch(client, "/lich.ics")
    assert "DTSTAMP:20220408T000000Z" in before and before == fetch(client, "/lich.ics")
    conference.name = "Hội nghị tên mới"
    conference.save()
    conference.history.update(history_date=situations.at(2022, 5, 1))
    after = fetch(client, "/lich.ics")
    assert "DTSTAMP:20220501T000000Z" in after and "SUMMARY:Hội nghị tên mới" in after
    assert [line for line in after if line.startswith("UID")] == [line for line in before if line.startswith("UID")]


def test_a_file_holds_so_many_of_the_newest_for_one_query_more_than_its_name(
    client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(diary, "MOST", 2)
    for day in (1, 2, 3):
        held(date(2022, 4, day), f"Ngày {day}")
    with django_assert_num_queries(2):
        assert names(fetch(client, "/lich.ics")) == ["Ngày 3", "Ngày 2"]

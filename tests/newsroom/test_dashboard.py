"""The leaders' dashboard: figures that are held against what is like them, and nothing hostile in what was counted."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from articles.models import Comment, Moderation
from newsroom import machines
from newsroom.dashboard import drawing, pages
from newsroom.dashboard.counts import Comparison, Counts
from newsroom.dashboard.files import TABLES
from newsroom.dashboard.happenings import happenings
from newsroom.dashboard.keys import what
from newsroom.dashboard.periods import Kind, Period, Span
from newsroom.dashboard.talk import Talk, talk
from newsroom.dashboard.wording import compared, finding
from newsroom.visits.models import VisitAdjustment, VisitDay
from tests import situations
from tests.looking import look_at
from tests.pages import Page as Parsed
from tests.pages import parse, words

BOARD = reverse("dashboard")
THURSDAY = date(2024, 3, 7)
DAY = timedelta(days=1)

SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = (
    "<script>alert(1)</script>",
    "</bdi></table><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "' OR 1=1; DROP TABLE visits_visitday;--",
    "%s%(key)s%%",
    "=cmd|' /C calc'!A0",
    "+1+2",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\u202egnp.exe",
    "x" * 180,
    "\ufffd\ufffd",
)


def counted(on: date, number: int, key: str = "site") -> None:
    VisitDay.objects.create(key=key, on=on, count=number)


@pytest.fixture
def leader() -> Client:
    client = Client()
    client.force_login(situations.staff("administrator"))
    return client


def board(client: Client, kind: Kind = Kind.WEEK, day: date = THURSDAY) -> Parsed:
    answer = client.get(BOARD, {"ky": kind, "ngay": day.isoformat()})
    assert answer.status_code == 200
    return parse(answer.content.decode())


def rows(page: Parsed, name: str) -> list[list[str]]:
    """The cells of the table that stands under the heading `name`."""
    [section] = [each for each in page.root.iter("section") if each.get("aria-labelledby") == name]
    return [[words(cell) for cell in row if cell.tag in {"th", "td"}] for row in section.iter("tr")]


def taken(client: Client, table: str, kind: str, **asked: str) -> list[list[Any]]:
    """The rows of a table as its file has them."""
    answer = client.get(BOARD, {"ky": "tuan", "ngay": THURSDAY.isoformat(), **asked, "bang": table, "format": kind})
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# --- Periods -----------------------------------------------------------------------------------


def test_each_period_knows_what_it_is_held_against():
    """Days and weeks keep their weekdays; months and years their names; February is what it is."""
    told = {
        kind: [str(each) for each in (period, period.before, period.a_year_before)]
        for kind in Kind
        for period in [Period.of(kind, THURSDAY)]
    }
    assert told == {
        Kind.DAY: ["Thứ 5, 07/03/2024", "Thứ 5, 29/02/2024", "Thứ 5, 09/03/2023"],
        Kind.WEEK: ["Tuần 4–10/03/2024", "Tuần 26/2–03/03/2024", "Tuần 6–12/03/2023"],
        Kind.MONTH: ["Tháng 03/2024", "Tháng 02/2024", "Tháng 03/2023"],
        Kind.YEAR: ["Năm 2024", "Năm 2023", "Năm 2023"],
    }


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        (Kind.WEEK, date(2024, 3, 6), "26–28/02/2024"),
        (Kind.MONTH, date(2024, 3, 7), "1–07/02/2024"),
        (Kind.MONTH, date(2024, 3, 30), "1–29/02/2024"),
        (Kind.MONTH, date(2024, 3, 31), "Tháng 02/2024"),
        (Kind.YEAR, date(2024, 2, 29), "1/1–28/02/2023"),
        (Kind.YEAR, date(2024, 12, 31), "Năm 2023"),
    ],
)
def test_a_period_that_runs_is_held_against_as_much_of_another(kind: Kind, day: date, expected: str):
    period = Period.of(kind, day)
    assert str(period.as_far_as(day, period.before)) == expected


@pytest.mark.django_db
def test_an_address_that_names_no_period_still_shows_one(leader: Client):
    for asked in ("", "?ky=x&ngay=y", "?ky=tuan&ngay=0001-01-01", "?ky=nam&ngay=9999-12-31", "?ngay=%00"):
        answer = leader.get(BOARD + asked)
        assert answer.status_code == 200
        parse(answer.content.decode())


# --- Comparisons -------------------------------------------------------------------------------


def counts(days: dict[date, int], today: date = THURSDAY, since: date = date(2020, 1, 1)) -> Counts:
    return Counts(days, since, today)


def test_only_days_that_are_over_are_held_against_others():
    """Thursday has hardly begun: what is compared is Monday to Wednesday."""
    monday = THURSDAY - 3 * DAY
    days = {monday + n * DAY: 100 for n in range(3)} | {monday + (n - 7) * DAY: 80 for n in range(7)} | {THURSDAY: 5}
    tally = counts(days).tally(Period.of(Kind.WEEK, THURSDAY))
    assert (tally.count, str(tally.compared)) == (305, "4–06/03/2024")
    assert tally.comparisons[0] == Comparison(300, 240, Span(monday - 7 * DAY, monday - 5 * DAY))


def test_on_the_first_day_of_a_week_nothing_is_compared_yet():
    monday = THURSDAY - 3 * DAY
    assert counts({monday: 9}, today=monday).tally(Period.of(Kind.WEEK, monday)).comparisons == []


def test_what_was_not_counted_whole_is_no_base():
    since = THURSDAY - 7 * DAY
    [before, year] = counts({since: 50}, since=since).tally(Period.of(Kind.DAY, THURSDAY)).comparisons
    assert (before.before, year.before) == (50, None)
    [month, _year] = counts({since: 50}, since=since).tally(Period.of(Kind.MONTH, THURSDAY)).comparisons
    assert month.before is None  # February has its last day alone
    year = counts({since: 50}, since=since).tally(Period.of(Kind.YEAR, THURSDAY))
    assert (year.comparisons, year.counted_since) == ([], since)


@pytest.mark.parametrize(
    ("now", "before", "unfinished", "expected"),
    [
        (1200, 1000, False, ("more", "+200 (+20%)", "nhiều hơn tháng 02/2024 (1.000)")),
        (935, 1000, False, ("less", "−65 (−6,5%)", "ít hơn tháng 02/2024 (1.000)")),
        (1000, 1000, False, ("same", "Bằng", "tháng 02/2024 (1.000)")),
        (30, 3, False, ("more", "+27", "nhiều hơn tháng 02/2024 (3)")),  # no thousand percent of three
        (5, None, False, ("", "", "tháng 02/2024: khi ấy chưa đếm đủ")),
        (360, 1000, True, ("", "36%", "của cả ngày tháng 02/2024 (1.000)")),
        (1, 3, True, ("", "", "cả ngày tháng 02/2024: 3")),
        (1200, 1000, True, ("more", "+200 (+20%)", "nhiều hơn tháng 02/2024 (1.000)")),
    ],
)
def test_a_comparison_is_said_with_a_sign_and_in_words(now, before, unfinished, expected):
    said = compared(Comparison(now, before, Period.of(Kind.MONTH, date(2024, 2, 1)), unfinished))
    assert (said.way, said.change, said.words) == expected


# --- The chart ---------------------------------------------------------------------------------


def test_columns_stand_for_their_numbers_and_what_is_to_come_has_none():
    steps = counts({THURSDAY: 50, THURSDAY - DAY: 100, THURSDAY - 8 * DAY: 200}).steps(Period.of(Kind.WEEK, THURSDAY))
    assert [step.count for step in steps] == [0, 0, 100, 50, None, None, None]
    assert [step.before for step in steps] == [0, 0, 200, 0, 0, 0, 0]
    marks = drawing.marks([step.count for step in steps], [step.before for step in steps])
    whole = drawing.BASE - drawing.TOP
    assert [Decimal(mark.height) for mark in marks[:4]] == [0, 0, whole / 2, whole / 4]
    assert Decimal(marks[2].beside_y) == drawing.TOP


@pytest.mark.django_db
def test_a_year_is_drawn_by_months_or_by_whole_weeks(leader: Client):
    """2024 begins on a Monday and ends on a Tuesday: its last week is shared with the year after."""
    for on, number in ((THURSDAY, 7), (THURSDAY - DAY, 30), (THURSDAY - 364 * DAY, 5), (date(2022, 1, 1), 1)):
        counted(on, number)
    by_month, by_week = (taken(leader, "luot-truy-cap", "xlsx", ky="nam", cot=cot) for cot in ("thang", "tuan"))
    assert (len(by_month), by_month[3][3:]) == (13, [37, 5])
    assert (len(by_week), by_week[10][0], by_week[10][3:]) == (54, "Tuần 4–10/03/2024", [37, 5])
    assert by_week[-1][0] == "Tuần 30/12/2024–05/01/2025"
    page = parse(leader.get(BOARD, {"ky": "nam", "ngay": "2024-03-07", "cot": "tuan"}).content.decode())
    assert "Nhiều nhất là tuần 4–10/03/2024: 37 lượt truy cập" in page.text
    assert "?ky=tuan&ngay=2024-03-04" in page.links


def test_a_correction_below_nought_is_a_number_and_no_length():
    [mark] = drawing.marks([-5], [None])
    assert (mark.height, mark.top) == ("0.0", f"{drawing.BASE}.0")


@pytest.mark.django_db
def test_the_title_of_the_chart_says_what_it_finds_and_of_no_cause():
    committee = situations.a_committee()
    situations.a_conference(committee, held_on=THURSDAY - DAY)
    for hour in (8, 9):
        situations.an_article(published_at=situations.at(2024, 3, 6, hour))
    week = Period.of(Kind.WEEK, THURSDAY)
    then = happenings(week, week, 9)
    assert [
        finding(counts(days, since=since).steps(week), then)
        for days, since in (
            ({THURSDAY: 50, THURSDAY - DAY: 1100}, date(2020, 1, 1)),
            ({THURSDAY: 50, THURSDAY - 2 * DAY: 50}, date(2020, 1, 1)),
            ({}, date(2020, 1, 1)),
            ({}, THURSDAY + 30 * DAY),
        )
    ] == [
        "Nhiều nhất là thứ 4, 06/03/2024: 1.100 lượt truy cập (2 bài đăng, 1 hội nghị)",
        "Nhiều nhất 50 lượt truy cập, như thứ 3, 05/03/2024 và thứ 5, 07/03/2024",
        "Thời gian này không có lượt truy cập nào.",
        "Thời gian này chưa đếm.",
    ]


@pytest.mark.django_db
def test_what_readers_got_is_marked_on_its_day_and_leads_there(leader: Client):
    counted(THURSDAY, 10)
    article = situations.an_article("Nửa đêm", published_at=situations.at(2024, 3, 7, 0))
    for fields in ({"state": "withdrawn"}, situations.draft(), {"state": "submitted"}):
        situations.an_article(**{"published_at": situations.at(2024, 3, 7), **fields})
    held = [situations.a_conference(held_on=THURSDAY - DAY) for _ in range(2)]
    situations.a_conference(held_on=THURSDAY - DAY, **situations.draft())
    situations.a_conference(held_on=None)
    page = board(leader)
    [picture] = page.with_class("visits-picture")
    assert [(a.get("href"), a.get("aria-label")) for a in picture.iter(SVG + "a")] == [
        ("?ky=ngay&ngay=2024-03-06#chuyen-gi", "Thứ 4, 06/03/2024: 2 hội nghị"),
        (article.get_absolute_url(), "Thứ 5, 07/03/2024: 1 bài đăng"),
    ]
    [listed] = page.with_class("happened")
    assert {a.get("href") for a in listed.iter("a")} > {each.get_absolute_url() for each in (article, *held)}
    assert "1 bài đăng" in page.text_of("counters-table")[0]
    assert [row[1:] for row in taken(leader, "chuyen-gi", "csv")][1][:2] == ["Bài viết", "Nửa đêm"]


# --- The page ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_it_shows_the_day_beside_the_same_weekday_and_each_longer_period(leader: Client):
    for on, number in (
        (THURSDAY, 1500),
        (THURSDAY - 7 * DAY, 1000),
        (THURSDAY - 364 * DAY, 500),
        (date(2022, 1, 1), 1),
    ):
        counted(on, number)
    VisitAdjustment.objects.create(on=THURSDAY, amount=-300, reason="Máy của tòa soạn")
    told = board(leader, Kind.DAY).text_of("tally")
    assert told[0] == (
        "Thứ 5, 07/03/2024 1.200 lượt ▲ +200 (+20%) nhiều hơn thứ 5, 29/02/2024 (1.000) "
        "▲ +700 (+140%) nhiều hơn thứ 5, 09/03/2023 (500)"
    )
    assert [each.split(" lượt")[0] for each in told[1:]] == [
        "Tuần 4–10/03/2024 1.200",
        "Tháng 03/2024 1.200",
        "Năm 2024 2.200",
    ]


def test_every_family_of_robots_has_a_name():
    families = [*machines._FAMILIES, machines.UNNAMED]
    assert [family for family in families if what(f"robot:{family}", "robot:") == family] == []


@pytest.mark.django_db
def test_lists_show_the_first_and_say_how_much_the_others_are(leader: Client):
    counted(THURSDAY, 10)
    for place in range(12):
        counted(THURSDAY, 100 + place, f"referrer:trang-{place:02d}.vn")
        counted(THURSDAY - 7 * DAY, 9, f"referrer:trang-{place:02d}.vn")
    counted(THURSDAY, 4, "unfound:lich cong tac")
    for key, number in (
        ("robot:google", 7777),
        ("robot:archive", 9),
        ("robot:?", 5),
        ("left-out:ahead", 12),
        ("left-out:staff", 1034),
    ):
        counted(THURSDAY, number, key)
    VisitAdjustment.objects.create(key="referrer:trang-11.vn", on=THURSDAY, amount=-111, reason="Thư rác")
    page = board(leader)
    hosts = rows(page, "nguon-den")
    assert (hosts[1], hosts[-1], len(hosts)) == (["trang-10.vn", "110"], ["Còn lại", "100"], 12)
    assert rows(page, "tim-khong-thay")[1:] == [["lich cong tac", "4"]]
    assert rows(page, "may-tu-dong")[1:] == [
        ["Google", "7.777"],
        ["Kho lưu trữ web", "9"],
        ["Không đọc được, hoặc ngoài giới hạn đếm từng mục", "5"],
    ]
    assert "12 lượt trình duyệt tải trước khi có người mở, 1.034 lượt của người trong tòa soạn" in page.text
    assert "7.777" not in " ".join(page.text_of("tally"))
    assert len(taken(leader, "nguon-den", "csv")) == 12


@pytest.mark.django_db
def test_articles_are_ranked_by_the_reads_of_the_period_with_its_comments(leader: Client):
    few, many, gone = (situations.an_article(title) for title in ("Ít", "Nhiều", "Đã gỡ"))
    type(gone).objects.filter(pk=gone.pk).update(state="withdrawn")
    for article, number in ((few, 3), (many, 40), (gone, 5)):
        counted(THURSDAY, number, article.reads_key)
    counted(THURSDAY - 7 * DAY, 900, few.reads_key)
    counted(THURSDAY, 1, "article:" + "9" * 30)
    for state, day in (("approved", 7), ("approved", 6), ("approved", 1), ("pending", 7)):
        situations.a_comment(many, state=state, created_at=situations.at(2024, 3, day))
    page = board(leader)
    assert rows(page, "bai-duoc-doc")[1:4] == [
        ["Nhiều", "40", "2"],
        ["Đã gỡ (không còn công khai)", "5", "0"],
        ["Ít", "3", "0"],
    ]
    assert gone.get_absolute_url() not in page.links
    assert [row[0] for row in taken(leader, "bai-duoc-doc", "xlsx")[1:]] == ["Nhiều", "Đã gỡ", "Ít"]


@pytest.mark.django_db
def test_comments_are_told_by_what_became_of_them_and_how_long_it_took():
    """Ours are no reader's; the median is that of the middle one, and a day begins at midnight in Việt Nam."""
    article, by = situations.an_article(), situations.a_user()
    waits = {"approved": (1, 9), "rejected": (2,), "spam": (300,), "pending": (None,)}
    for state, hours in waits.items():
        for wait in hours:
            written = situations.at(2024, 3, 4, 0)
            comment = situations.a_comment(article, state=state, created_at=written)
            if wait:
                decided = {"from_state": "pending", "to_state": state, "by": by, "at": written + timedelta(hours=wait)}
                Moderation.objects.create(comment=comment, number=1, **decided)
    situations.a_comment(article, created_at=situations.at(2024, 3, 3, 23))
    situations.a_comment(article, created_at=situations.at(2024, 3, 5), is_staff_reply=True)
    assert talk(Period.of(Kind.WEEK, THURSDAY)) == Talk(5, 2, 1, 1, 1, timedelta(hours=2))
    assert talk(Span(THURSDAY, THURSDAY)) == Talk(0, 0, 0, 0, 0, None)
    assert {state.value for state in Comment.State} == waits.keys()


@pytest.mark.django_db
def test_the_total_is_shown_with_what_it_is_made_of_and_corrected_only_by_a_signed_row(leader: Client):
    counted(THURSDAY, 500)
    VisitAdjustment.objects.create(kind="baseline", amount=755_845, reason="Trang cũ")
    form = {"key": "site", "kind": "correction", "amount": "-45", "on": "7/3/2024", "reason": "Máy đo của nhà mạng"}
    assert leader.post(reverse("admin:visits_visitadjustment_add"), form).status_code == 302
    page = board(leader)
    assert page.text_of("counters-total")[0].startswith(
        "Tất cả 756.300 lượt truy cập Tổng ban đầu 755.845 Đã đếm tại đây từ 07/03/2024 500 Điều chỉnh số đếm −45"
    )
    by = str(VisitAdjustment.objects.get(amount=-45).made_by)
    assert rows(page, "tat-ca")[1][1:] == ["Toàn trang", "07/03/2024", "−45", "Máy đo của nhà mạng", by]
    assert page.text_of("tally")[0].startswith("Chủ nhật, 10/03/2024 0")
    assert "Tuần 4–10/03/2024 455 lượt" in page.text_of("tally")[1]
    assert reverse("admin:visits_visitadjustment_add") in page.links
    assert taken(leader, "dieu-chinh", "xlsx")[1][4] == -45


@pytest.mark.django_db
def test_who_may_only_look_is_shown_no_way_to_correct():
    auditor, client = situations.a_user(is_staff=True), Client()
    rights = situations.staff("administrator").groups.get().permissions
    auditor.user_permissions.add(rights.get(codename="view_visitday"))
    client.force_login(auditor)
    assert not [link for link in board(client).links if "visitadjustment" in link]
    assert BOARD in parse(client.get(reverse("admin:index")).content.decode()).links


@pytest.mark.django_db
def test_a_new_site_is_told_kindly_that_nothing_is_counted_yet(leader: Client):
    page = board(leader)
    assert page.text_of("counters-new")[0].startswith("Chưa có số liệu nào.")
    assert "Thời gian này chưa đếm." in page.text
    [baseline] = [link for link in page.links if "kind=baseline" in link]
    assert leader.get(baseline).context["adminform"].form["kind"].value() == "baseline"


@pytest.mark.django_db
def test_it_costs_the_same_whatever_there_is_and_however_long_the_period(leader: Client):
    def cost(kind: Kind) -> int:
        with CaptureQueriesContext(connection) as queries:
            board(leader, kind)
        return len(queries)

    def some(number: int) -> None:
        days = [THURSDAY - n * DAY for n in range(number)]
        articles = [situations.an_article(published_at=situations.at(2024, 3, 7)) for _ in range(number)]
        keys = ["site", *(article.reads_key for article in articles), *(f"referrer:{n}" for n in range(number))]
        VisitDay.objects.all().delete()
        VisitDay.objects.bulk_create(VisitDay(key=key, on=on, count=5) for key in keys for on in days)
        for article in articles:
            situations.a_comment(article, created_at=situations.at(2024, 3, 7))
            situations.a_conference(held_on=THURSDAY)
            VisitAdjustment.objects.create(key=article.reads_key, amount=-1, reason="thử", made_by=situations.a_user())

    some(1)
    few = cost(Kind.YEAR)
    some(6)
    assert {cost(Kind.DAY), cost(Kind.YEAR)} == {few}
    assert few < 40


# --- Files -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_table_can_be_taken_away_alike_for_programs_and_for_excel(leader: Client):
    counted(THURSDAY, 1234)
    files = {table: (taken(leader, table, "csv"), taken(leader, table, "xlsx")) for table in TABLES}
    assert [table for table, (plain, book) in files.items() if plain[0] != book[0] or len(plain) != len(book)] == []
    plain, book = files["luot-truy-cap"]
    assert plain[4] == ["Thứ 5, 07/03/2024", "2024-03-07", "2024-03-07", "1234", ""]
    assert book[4][3] == 1234


@pytest.mark.django_db
def test_there_is_no_other_file(leader: Client):
    for table, kind in (("luot-truy-cap", "exe"), ("luot-truy-cap", ""), ("../x", "csv")):
        assert leader.get(BOARD, {"bang": table, "format": kind}).status_code == 404


# --- Hostile input -----------------------------------------------------------------------------


def fill(lines: list[str]) -> None:
    """Count `lines` wherever they come in from outside, and write them wherever people write."""
    counted(THURSDAY, 10)
    VisitDay.objects.bulk_create(
        VisitDay(key=f"{prefix}{line}"[:200], on=THURSDAY, count=9)
        for prefix in ("referrer:", "unfound:", "robot:", "article:")
        for line in dict.fromkeys(line[:180] for line in lines)
    )
    VisitAdjustment.objects.bulk_create(
        VisitAdjustment(key=f"article:{line}"[:200], amount=1, on=THURSDAY, reason=line[:300]) for line in lines
    )


@pytest.mark.django_db
def test_hostile_hosts_questions_and_reasons_are_words_on_the_page_and_in_files(leader: Client, monkeypatch):
    monkeypatch.setattr(pages, "SHOWN", len(HOSTILE))
    fill(list(HOSTILE))
    page = board(leader)
    for name in ("nguon-den", "tim-khong-thay", "may-tu-dong"):
        assert {row[0] for row in rows(page, name)[1:]} == {" ".join(line.split()) for line in HOSTILE}
    assert not [link for link in page.links if "alert" in link]
    assert not [image for image in page.root.iter("img") if image.get("src") == "x"]
    for table in ("nguon-den", "tim-khong-thay", "may-tu-dong", "dieu-chinh"):
        cells = [cell for row in taken(leader, table, "csv")[1:] for cell in row if not cell.lstrip("+-").isdigit()]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    plain = {row[0] for row in taken(leader, "nguon-den", "xlsx")[1:]}
    assert plain == set(HOSTILE)


def sit_down(page: Page) -> None:
    page.goto(BOARD)
    page.fill("[name=username]", situations.staff("administrator").username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    expect(page.locator(".tallies")).to_be_visible()


@pytest.fixture
def silent(page: Page) -> Iterator[Callable[[], None]]:
    """A page on which whatever asks a person something is a script that should not have run."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))

    def check() -> None:
        assert asked == []
        made = "#content :is(script, iframe, object, embed, form, math, style, base, meta, link)"
        assert page.locator(made).count() == 0
        assert page.locator(".counters-correct").count() == 1

    yield check


@pytest.mark.browser
@pytest.mark.django_db
def test_a_leader_reads_it_on_a_telephone_and_at_a_desk(page: Page, live_server: Any, monkeypatch, silent) -> None:
    monkeypatch.setattr(pages, "SHOWN", len(HOSTILE))
    fill(list(HOSTILE))
    situations.an_article("Bài trong kỳ", published_at=situations.at(2024, 3, 7))
    situations.a_conference(held_on=THURSDAY - DAY)
    sit_down(page)
    address = f"{BOARD}?ky=tuan&ngay={THURSDAY}"
    look_at(page, address)
    silent()
    page.get_by_text("Bảng số liệu của biểu đồ").click()
    page.get_by_role("link", name="Thứ 4, 06/03/2024", exact=True).click()
    expect(page.locator("#ky")).to_have_text("Thứ 4, 06/03/2024")


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.django_db
def test_no_line_of_the_outside_collections_does_anything(
    page: Page, live_server: Any, monkeypatch, silent, payloads_dir: Path
) -> None:
    lines = [
        json.loads(line)["payload"].replace("\x00", "")
        for file in ("xss.jsonl", "naughty.jsonl")
        for line in (payloads_dir / file).read_text(encoding="utf-8").strip().split("\n")
    ]
    monkeypatch.setattr(pages, "SHOWN", len(lines))
    fill([line for line in lines if line])
    sit_down(page)
    page.goto(f"{BOARD}?ky=tuan&ngay={THURSDAY}")
    silent()

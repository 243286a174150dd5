"""A month on a page that an office prints, signs and files: right sums, and nobody who may not be named."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.desk import monthly
from articles.models import Article, Byline
from committees.models import Person
from newsroom.models import SiteIdentity
from newsroom.visits.models import VisitDay
from tests import situations
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

MONTH = reverse("admin:articles_article_month")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(situations.staff("editor", first_name="Bình", last_name="Trần Quốc"))
    return client


def an_article(title: str, day: int, *authors: Person, reads: int = 0, month: int = 3, **fields: Any) -> Article:
    article = situations.an_article(title, published_at=situations.at(2024, month, day), **fields)
    for author in authors:
        Byline.objects.create(article=article, person=author)
    if reads:
        VisitDay.objects.create(key=article.reads_key, on="2024-05-01", count=reads)
    return article


def sheet(client: Client, **asked: Any) -> monthly.Month:
    return client.get(MONTH, {"month": "2024-03", **asked}).context["month"]


def titles(month: monthly.Month) -> list[str]:
    return [line.article.title for line in month.lines]


def told(sums: list[monthly.Sum]) -> list[tuple[str, int, int, int]]:
    return [(each.name, each.articles, each.reads, each.comments) for each in sums]


# --- What stands on it -------------------------------------------------------------------------


def test_it_holds_what_readers_got_in_the_month_in_that_order(editor: Client):
    an_article("Cuối tháng", 31)
    an_article("Đầu tháng", 1)
    an_article("Tháng trước", 29, month=2)
    an_article("Tháng sau", 1, month=4)
    an_article("Đã gỡ", 5, state="withdrawn")
    assert titles(sheet(editor)) == ["Đầu tháng", "Cuối tháng"]
    assert titles(sheet(editor, month="2/2024")) == ["Tháng trước"]


def test_the_last_minute_of_a_month_is_that_months_on_the_newsrooms_clock(editor: Client):
    situations.an_article("Phút cuối", published_at=situations.at(2024, 3, 31, 23))
    situations.an_article("Phút đầu", published_at=situations.at(2024, 4, 1, 0))
    assert titles(sheet(editor)) == ["Phút cuối"]


def test_each_line_and_sum_says_how_much_was_read_and_talked_about(editor: Client):
    an, binh = situations.a_person("Lê Văn An"), situations.a_person("Trần Thị Bình")
    both = an_article("Chung", 1, binh, an, reads=1200)
    an_article("Riêng", 2, an, reads=34)
    an_article("Không tên", 3, reads=5)
    for state in ("approved", "pending"):
        situations.a_comment(both, state=state)
    month = sheet(editor)
    assert told(month.by_author) == [
        ("Lê Văn An", 2, 1234, 1), ("Trần Thị Bình", 1, 1200, 1), ("không ghi tác giả", 1, 5, 0),
    ]  # fmt: skip
    assert told([month.whole]) == [("Tổng cộng", 3, 1239, 1)]
    assert "1.239" in editor.get(MONTH, {"month": "2024-03"}).content.decode()


def test_two_authors_of_one_name_are_two(editor: Client):
    for number in (1, 2):
        an_article(f"Bài {number}", number, situations.a_person("Lê Văn An"))
    assert told(sheet(editor).by_author) == [("Lê Văn An", 1, 0, 0)] * 2


def test_one_with_two_credits_is_one_author(editor: Client):
    an = situations.a_person("Lê Văn An")
    article = an_article("Tin và ảnh", 1)
    for credit in ("text", "photo"):
        Byline.objects.create(article=article, person=an, credit=credit)
    assert told(sheet(editor).by_author) == [("Lê Văn An", 1, 0, 0)]


def test_who_asked_to_be_taken_off_the_pages_is_not_on_it(editor: Client):
    hidden = situations.a_person("Người Xin Rút", is_withheld=True)
    an_article("Bài", 1, hidden)
    assert told(sheet(editor).by_author) == [("không ghi tác giả", 1, 0, 0)]
    answer = editor.get(MONTH, {"month": "2024-03", "author": hidden.pk})
    assert "month" not in answer.context
    assert "Xin Rút" not in answer.content.decode()


def test_it_is_of_an_author_or_of_a_writer_at_the_desk(editor: Client):
    an, writer = situations.a_person("Lê Văn An"), situations.staff("writer", first_name="Hà", last_name="Lý")
    an_article("Của An", 1, an)
    an_article("Hà viết", 2, writer=writer)
    assert titles(sheet(editor, author=an.pk)) == ["Của An"]
    assert titles(sheet(editor, writer=writer.pk)) == ["Hà viết"]
    assert titles(sheet(editor, writer=writer.pk, author=an.pk)) == []


def test_its_head_and_foot_are_those_of_an_office(editor: Client):
    SiteIdentity(name="Đảng bộ Khối thử", governing_body="Tỉnh ủy thử").save()
    an_article("Bài", 1)
    page = parse(editor.get(MONTH, {"month": "2024-03"}).content.decode())
    [head], [foot] = page.text_of("sheet-head"), page.text_of("sheet-signatures")
    for told_there in ("Tỉnh ủy thử", "Đảng bộ Khối thử", "Tháng 03/2024"):
        assert told_there in head
    assert foot.startswith("Người lập biểu (Ký, ghi rõ họ tên) Trần Quốc Bình")
    assert "Thủ trưởng đơn vị (Ký, đóng dấu)" in foot
    [table] = page.with_class("sheet-scroll")
    assert [words(head) for head in next(table.iter("thead")).iter("th")] == [
        "STT", "Tiêu đề", "Chuyên mục", "Tác giả", "Nguồn", "Đã đăng", "Cập nhật", "Lượt đọc", "Bình luận",
    ]  # fmt: skip


def test_the_files_beside_it_hold_the_same_articles(editor: Client):
    writer, an = situations.staff("writer"), situations.a_person("Lê Văn An")
    an_article("Đúng", 31, an, writer=writer)
    an_article("Của người khác", 31, an)
    an_article("Tháng khác", 1, an, writer=writer, month=4)
    answer = editor.get(MONTH, {"month": "2024-03", "author": an.pk, "writer": writer.pk})
    [_excel, (_name, address)] = answer.context["files"]
    assert address.replace("&", "&amp;") in answer.content.decode()
    text = b"".join(editor.get(address).streaming_content).decode()
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == ["Đúng"]


# --- What cannot be ----------------------------------------------------------------------------


@pytest.mark.parametrize("month", ["", "x", "2024-13", "0001-01", "9999-12", "2024-03\x00"])
def test_a_month_that_cannot_be_is_said_so_on_the_form(editor: Client, month: str):
    answer = editor.get(MONTH, {"month": month})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_without_a_month_it_is_this_one(editor: Client):
    situations.an_article("Vừa đăng", **situations.published(0))
    assert titles(editor.get(MONTH).context["month"]) == ["Vừa đăng"]


def test_what_is_too_long_for_a_page_is_offered_as_a_file(editor: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(monthly, "MOST", 2)
    for number in range(1, 3):
        an_article(f"Bài {number}", number)
    assert not sheet(editor).is_too_long
    an_article("Một bài nữa", 3)
    answer = editor.get(MONTH, {"month": "2024-03"})
    assert answer.context["month"].is_too_long
    assert "sheet-table" not in answer.content.decode()
    assert reverse("admin:articles_article_export") in answer.content.decode()


@pytest.mark.parametrize("role", ["writer", "moderator"])
def test_it_is_for_those_who_may_take_lists_away(client: Client, role: str):
    client.force_login(situations.staff(role))
    assert client.get(MONTH).status_code == 403
    assert MONTH not in client.get(reverse("admin:articles_article_changelist")).content.decode()


def test_the_list_of_articles_leads_to_it(editor: Client):
    assert MONTH in editor.get(reverse("admin:articles_article_changelist")).content.decode()


def test_a_full_month_costs_what_an_empty_one_costs(editor: Client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(MONTH, {"month": "2024-03"}).status_code == 200
        return len(queries)

    an_article("Bài đầu", 1, situations.a_person("Lê Văn An"), reads=1)
    cost()
    few = cost()
    for number in range(2, 12):
        situations.a_comment(an_article(f"Bài {number}", number, situations.a_person(f"Người {number}"), reads=1))
    assert cost() == few
    assert few <= 12


# --- In a browser ------------------------------------------------------------------------------


@pytest.mark.browser
def test_on_paper_stand_the_sheet_and_nothing_of_the_desk(page: Page, live_server: Any) -> None:
    SiteIdentity(name="Đảng bộ Khối thử", governing_body="Tỉnh ủy thử").save()
    for number in range(30):
        an_article(f"Bài có một tiêu đề dài như thường lệ, số {number}", 1 + number, situations.a_person())
    address = f"{MONTH}?month=2024-03"
    page.goto(address)
    page.fill("[name=username]", situations.staff("editor").username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    expect(page.get_by_role("button", name="In", exact=True)).to_be_visible()
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in ("#header", ".desks", ".breadcrumbs", ".month-choice"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".sheet-signatures")).to_be_visible()
    assert page.locator(".sheet").evaluate("sheet => getComputedStyle(sheet).color") == "rgb(0, 0, 0)"
    paper = page.pdf(prefer_css_page_size=True)
    pages = paper.count(b"/Type /Page\n")
    assert pages >= 2
    assert paper.count(b"[0 0 841.") == pages  # A4, across

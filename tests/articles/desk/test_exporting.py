"""Lists handed to leaders and auditors: right figures, nothing that runs, nothing that readers may not see."""

import csv
import importlib
import io
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from articles.desk.exporting import columns
from articles.models import Article, Byline, Publication
from newsroom.publishing import State
from newsroom.visits.models import VisitAdjustment, VisitDay
from tests import situations

pytestmark = pytest.mark.django_db

EXPORT = reverse("admin:articles_article_export")
TITLE, STATE, CATEGORY, PUBLISHED, UPDATED, AUTHOR, SOURCE, READS, COMMENTS, ADDRESS = range(10)


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(situations.staff("editor"))
    return client


def csv_of(client: Client, **asked: Any) -> list[list[str]]:
    answer = client.get(EXPORT, {"format": "csv", **asked})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text[1:], newline=""))
    assert head == columns()
    return rows


def sheet_of(client: Client, **asked: Any) -> Any:
    answer = client.get(EXPORT, {"format": "xlsx", **asked})
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def titles(client: Client, **asked: Any) -> list[str]:
    return [row[TITLE] for row in csv_of(client, **asked)]


def an_article_with_everything() -> Article:
    article = situations.an_article(
        "Hơn 94,67% tập thể, ẨN Ý Ế Ổ",
        published_at=situations.at(2024, 3, 1, 16),
        updated_at=situations.at(2024, 3, 2, 7),
        publication=Publication.objects.create(name="Báo Thử"),
    )
    author = situations.a_person("Đặng Thị Ưu")
    for credit in ("text", "photo"):
        Byline.objects.create(article=article, person=author, credit=credit)
    Byline.objects.create(article=article, person=situations.a_person("Lê Văn Thử"), credit="photo")
    for number in range(3):
        VisitDay.objects.create(key=article.reads_key, on=f"2024-03-0{number + 1}", count=10)
    VisitAdjustment.objects.create(key=article.reads_key, amount=-4, reason="Máy của tòa soạn")
    for state in ("approved", "approved", "pending", "spam"):
        situations.a_comment(article, state=state)
    return article


# --- What it says ------------------------------------------------------------------------------


def test_a_row_says_who_when_from_where_and_how_often_it_was_read(editor: Client):
    article = an_article_with_everything()
    [row] = csv_of(editor)
    assert row == [
        "Hơn 94,67% tập thể, ẨN Ý Ế Ổ",
        str(State.PUBLISHED.label),
        "Tin thử",
        "2024-03-01 16:00",
        "2024-03-02 07:00",
        "Đặng Thị Ưu, Lê Văn Thử",
        "Báo Thử",
        "26",
        "2",
        f"http://testserver{article.get_absolute_url()}",
    ]


def test_in_a_workbook_days_are_days_numbers_are_numbers_and_the_head_stays(editor: Client):
    """Who sums or sorts a column of words gets nonsense."""
    an_article_with_everything()
    sheet = sheet_of(editor)
    head, row = sheet.iter_rows()
    assert [cell.value for cell in head] == columns()
    assert sheet.freeze_panes == "A2"
    assert row[TITLE].value == "Hơn 94,67% tập thể, ẨN Ý Ế Ổ"
    assert row[PUBLISHED].value == datetime(2024, 3, 1, 16)
    assert row[PUBLISHED].is_date
    assert (row[READS].value, row[COMMENTS].value) == (26, 2)
    assert row[READS].data_type == "n"


def test_the_newest_comes_first(editor: Client):
    for title, hours in (("Cũ", 9), ("Mới", 1), ("Giữa", 5)):
        situations.an_article(title, **situations.published(hours))
    assert titles(editor) == ["Mới", "Giữa", "Cũ"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_title_is_run_as_a_formula(editor: Client, start: str):
    """What a reader or a source wrote must not be run on the machine of whoever opens the list."""
    hostile = f'{start}HYPERLINK("http://bad.example","Bấm vào đây")'
    situations.an_article(hostile, publication=Publication.objects.create(name=hostile[:100]))
    [row] = csv_of(editor)
    assert row[TITLE] == f"'{hostile}"
    assert row[SOURCE].startswith("'")
    [_head, cells] = sheet_of(editor).iter_rows()
    assert (cells[TITLE].value, cells[TITLE].data_type) == (hostile, "s")
    assert cells[TITLE].quotePrefix


@pytest.mark.parametrize("title", ['"Ngoặc", phẩy; và\tthẻ', "<script>alert(1)</script>", "Ký tự \x0b lạ"])
def test_an_odd_title_breaks_no_row(editor: Client, title: str):
    article = situations.an_article(title)
    [row] = csv_of(editor)
    assert (row[TITLE], len(row)) == (article.title, len(columns()))
    assert sheet_of(editor)["A2"].value == article.title.replace("\x0b", "")


def test_who_asked_to_be_taken_off_the_pages_is_in_no_list(editor: Client):
    article = situations.an_article()
    person = situations.a_person("Người Xin Rút", is_withheld=True)
    Byline.objects.create(article=article, person=person)
    [row] = csv_of(editor)
    assert row[AUTHOR] == ""
    assert editor.get(EXPORT, {"format": "csv", "author": person.pk}).context["form"].errors


# --- What is in it -----------------------------------------------------------------------------


def test_what_readers_do_not_see_is_in_it_only_when_asked_for(editor: Client):
    situations.an_article("Công khai")
    for title, state in {
        "Nháp": situations.draft(),
        "Đã gửi": {"state": State.SUBMITTED, "published_at": None},
        "Hẹn giờ": situations.published(hours_ago=-1),
        "Đã gỡ": {"state": State.WITHDRAWN},
    }.items():
        situations.an_article(title, **state)
    assert titles(editor) == ["Công khai"]
    rows = {row[TITLE]: row for row in csv_of(editor, with_unpublished="on")}
    assert rows.keys() == {"Công khai", "Nháp", "Đã gửi", "Hẹn giờ", "Đã gỡ"}
    # An address that nobody can open is none.
    assert [title for title, row in rows.items() if row[ADDRESS]] == ["Công khai"]


def test_a_period_counts_its_first_and_last_day_in_on_the_newsrooms_clock(editor: Client):
    for title, moment in {
        "trước": situations.at(2024, 2, 29, 23),
        "đầu": situations.at(2024, 3, 1, 0),
        "cuối": situations.at(2024, 3, 31, 23),
        "sau": situations.at(2024, 4, 1, 0),
    }.items():
        situations.an_article(title, published_at=moment)
    assert titles(editor, first_day="2024-03-01", last_day="2024-03-31") == ["cuối", "đầu"]
    assert titles(editor, first_day="2024-04-01") == ["sau"]
    assert titles(editor, last_day="2024-02-29") == ["trước"]


def test_a_list_is_of_one_author_or_category(editor: Client):
    article, _other = situations.an_article("Của Ưu"), situations.an_article("Của ai khác")
    person = situations.a_person("Đặng Thị Ưu")
    for credit in ("text", "photo"):
        Byline.objects.create(article=article, person=person, credit=credit)
    situations.an_article("Khác mục", category=situations.a_category("Mục khác"))
    assert titles(editor, author=person.pk) == ["Của Ưu"]
    assert titles(editor, category=situations.a_category("Mục khác").pk) == ["Khác mục"]


@pytest.mark.parametrize(
    "asked",
    [
        {"first_day": "2024-03-02", "last_day": "2024-03-01"},
        {"first_day": "hôm qua"},
        {"first_day": "0001-01-01"},
        {"last_day": "9999-12-31"},
        {"writer": "987654"},
        {"author": "987654"},
        {"category": "x"},
        {"format": "pdf"},
    ],
)
def test_what_cannot_be_asked_is_said_so_on_the_form(editor: Client, asked: dict[str, str]):
    answer = editor.get(EXPORT, {"format": "csv", **asked})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_a_list_is_of_one_writer_at_the_desk(editor: Client):
    """Who wrote it at the desk is another question than whom readers see as its author."""
    writer = situations.staff("writer")
    situations.an_article("Của người viết này", writer=writer)
    situations.an_article("Của người khác", writer=situations.staff("writer"))
    assert titles(editor, writer=writer.pk) == ["Của người viết này"]


# --- Who may, and what it costs ----------------------------------------------------------------


@pytest.mark.parametrize("role", ["writer", "moderator"])
def test_lists_are_for_those_with_the_right(client: Client, role: str):
    client.force_login(situations.staff(role))
    assert client.get(EXPORT, {"format": "csv"}).status_code == 403
    assert EXPORT not in client.get(reverse("admin:articles_article_changelist")).content.decode()


def test_the_list_of_articles_leads_to_it(editor: Client):
    assert EXPORT in editor.get(reverse("admin:articles_article_changelist")).content.decode()


def test_who_may_not_work_on_others_drafts_is_not_handed_them(client: Client):
    """A group with this right alone opens no drawer."""
    auditor = situations.staff("writer")
    auditor.user_permissions.add(*Group.objects.get(role__role="editor").permissions.filter(codename="export_article"))
    client.force_login(auditor)
    situations.an_article("Nháp của người khác", writer=situations.staff("writer"), **situations.draft())
    situations.an_article("Nháp của mình", writer=auditor, **situations.draft())
    assert titles(client, with_unpublished="on") == ["Nháp của mình"]


def test_groups_made_before_are_given_the_right_once():
    migration = importlib.import_module("articles.migrations.0003_export_article")
    for group in Group.objects.all():
        group.permissions.remove(*group.permissions.filter(codename="export_article"))
    migration.grant(apps, SimpleNamespace(connection=connection))
    holders = Group.objects.filter(permissions__codename="export_article").values_list("role__role", flat=True)
    assert set(holders) == {"editor", "administrator"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_costs_the_same_however_long_it_is(editor: Client, form: str):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = editor.get(EXPORT, {"format": form})
            assert b"".join(answer.streaming_content)
        return len(queries)

    an_article_with_everything()
    cost()
    few = cost()
    for number in range(10):
        article = situations.an_article()
        Byline.objects.create(article=article, person=situations.a_person(f"Người {number}"))
        situations.a_comment(article)
        VisitDay.objects.create(key=article.reads_key, on="2024-03-01", count=1)
    assert cost() == few
    assert few <= 10

"""Lists to take away: the same rows as the list, in three formats, and never more than readers see."""

import csv
import io
import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from articles.models import Article, Byline
from articles.tables import ARTICLES
from committees.models import Attendance, Award, AwardRecipient, Statistic
from committees.tables import STATISTICS, TABLES
from newsroom import tables
from newsroom.models import SiteIdentity
from tests import situations
from tests.committees.conftest import Report, a_report
from tests.pages import read, words, words_of_file

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

LISTS = {
    "/bai-viet/": ARTICLES,
    **{f"/{table.name}/": table for table in TABLES},
}


@pytest.fixture
def report() -> Report:
    return a_report()


def bytes_of(client: Client, address: str, format: str, **query: Any) -> bytes:
    answer = client.get(address, {"format": format, **query})
    assert answer.status_code == 200
    return answer.getvalue()


def json_of(client: Client, address: str, **query: Any) -> list[dict[str, Any]]:
    return json.loads(bytes_of(client, address, "json", **query))["rows"]


def csv_of(client: Client, address: str, **query: Any) -> list[dict[str, str]]:
    text = bytes_of(client, address, "csv", **query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet_of(client: Client, address: str, **query: Any) -> list[dict[str, Any]]:
    book = load_workbook(io.BytesIO(bytes_of(client, address, "xlsx", **query)))
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def figure(rows: list[dict[str, Any]], thing: Statistic) -> dict[str, Any]:
    return next(row for row in rows if int(row["id"]) == thing.pk)


# --- What a row says ---------------------------------------------------------------------------


def test_a_figure_comes_with_all_that_makes_it_one(client: Client, report: Report):
    """A number without its definition, its unit, its period and its source says nothing."""
    Article.objects.update(source_url="https://bao.example/1", retrieved_on="2024-05-06")
    row = figure(json_of(client, "/so-lieu/"), report.whole)
    home = "http://testserver"
    assert row == row | {
        "address": home + report.whole.get_absolute_url(),
        "committee": "Đảng bộ Sở Thử nghiệm",
        "indicator_code": "rating.org.good",
        "unit": "tổ chức",
        "definition": "Đếm tổ chức được xếp loại tốt.",
        "kind": "result",
        "comparator": "equal",
        "value": 79,
        "whole": 85,
        "percent": 92.94,
        "computed_percent": None,
        "printed": "79/85 (92,94%)",
        "period_type": "year",
        "period_starts_on": "2022-01-01",
        "conference": "Hội nghị tổng kết năm 2022",
        "held_on": "2023-02-14",
        "source_title": report.article.title,
        "source_address": home + report.article.get_absolute_url(),
        "original_address": "https://bao.example/1",
        "retrieved_on": "2024-05-06",
    }


def test_in_csv_a_program_reads_numbers_days_and_moments(client: Client, report: Report):
    row = figure(csv_of(client, "/so-lieu/"), report.whole)
    assert (row["value"], row["percent"], row["printed"]) == ("79", "92.94", "79/85 (92,94%)")
    assert (row["held_on"], row["value_max"]) == ("2023-02-14", "")
    assert row["published_at"].endswith("+07:00")
    part = figure(csv_of(client, "/so-lieu/"), report.part)
    assert (part["part_of"], part["computed_percent"]) == (str(report.whole.pk), "20.25")


def test_in_a_workbook_a_person_reads_words_and_excel_numbers(client: Client, report: Report):
    [row] = sheet_of(client, "/so-lieu/", loai="target")
    comparator = str(Statistic.Comparator.GREATER.label)
    assert (row["Loại"], row["So sánh"], row["Phần trăm"]) == ("Chỉ tiêu", comparator, 90)
    assert isinstance(row["Đăng lúc"], datetime)


def test_a_workbook_says_whose_it_is_and_what_its_columns_are(client: Client, report: Report):
    SiteIdentity(name="Trang Thử", reuse_line="Ghi rõ nguồn.").save()
    book = load_workbook(io.BytesIO(bytes_of(client, "/so-lieu/", "xlsx")))
    words = {str(value) for row in book.worksheets[1].iter_rows(values_only=True) for value in row}
    assert {"Trang Thử", "Ghi rõ nguồn.", "computed_percent", "http://testserver/du-lieu/"} <= words


def test_a_comparator_reaches_a_spreadsheet_as_a_word(client: Client, report: Report):
    """ "=" and ">" would be kept from running as a formula by an apostrophe, and then mean nothing to a program."""
    for comparator in Statistic.Comparator:
        upper = 9 if comparator == Statistic.Comparator.RANGE else None
        situations.a_statistic(value=5, value_max=upper, comparator=comparator)
    assert {row["comparator"] for row in csv_of(client, "/so-lieu/")} == {
        "equal", "greater", "at_least", "less", "at_most", "about", "nearly", "range",
    }  # fmt: skip


def test_the_source_is_the_first_public_article_that_says_it(client: Client, report: Report):
    """Neither a draft that mentions it, nor a later report of the same."""
    situations.a_mention(situations.an_article("Bản nháp", **situations.draft()), report.whole, "79/85")
    situations.a_mention(situations.an_article("Bài trước", **situations.published(9)), report.whole, "79/85")
    rows = json_of(client, "/so-lieu/")
    assert figure(rows, report.whole)["source_title"] == "Bài trước"
    # What no article mentions was reported by that of its conference.
    assert figure(rows, report.part)["source_title"] == report.article.title


def test_a_figure_that_no_public_article_reports_has_no_source(client: Client):
    situations.a_statistic()
    [row] = json_of(client, "/so-lieu/")
    assert (row["source_title"], row["source_address"], row["retrieved_on"]) == ("", "", None)


def test_what_a_row_points_at_is_named_only_where_readers_may_see_it(client: Client):
    """A figure or an award may be public when its conference, or the figure it is a part of, is not."""
    hidden = situations.a_conference(situations.a_committee("Chưa công bố"), name="Hội nghị kín", **situations.draft())
    whole = situations.a_statistic(**situations.draft())
    situations.a_statistic(conference=hidden, part_of=whole, committee=situations.a_committee("Đảng bộ Thử"))
    situations.an_award(reported_at=hidden)
    situations.an_article(conference=hidden)
    for address in ("/so-lieu/", "/khen-thuong/", "/bai-viet/"):
        [row] = json_of(client, address)
        assert (row["conference"], row["conference_address"], row["held_on"]) == ("", "", None)
        assert "Hội nghị kín" not in str(row)
        assert "Chưa công bố" not in str(row)
        assert row.get("part_of") is None


@pytest.mark.parametrize("address", LISTS)
def test_every_list_is_had_in_every_format_with_the_same_rows(client: Client, report: Report, address: str):
    taken = [[int(row["id"]) for row in of(client, address)] for of in (csv_of, json_of)]
    label = LISTS[address].columns[0].title
    taken.append([row[label] for row in sheet_of(client, address)])
    assert taken[0]
    assert taken[0] == taken[1] == taken[2]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_words_are_run_as_a_formula(client: Client, start: str):
    hostile = f'{start}HYPERLINK("http://bad.example")'
    situations.an_article(hostile)
    [row] = csv_of(client, "/bai-viet/")
    assert row["title"] == f"'{hostile}"
    book = load_workbook(io.BytesIO(bytes_of(client, "/bai-viet/", "xlsx")))
    cell = book.worksheets[0].cell(2, 3)
    assert (cell.value, cell.data_type) == (hostile, "s")


# --- Which rows --------------------------------------------------------------------------------


def test_a_file_is_narrowed_as_the_list_is(client: Client, report: Report):
    a_report("Đảng bộ Khác")
    [row] = json_of(client, "/hoi-nghi/", **{"to-chuc": report.committee.pk})
    assert row["id"] == report.conference.pk
    assert json_of(client, "/hoi-nghi/", nam="2019") == json_of(client, "/hoi-nghi/")  # not offered: left out
    rows = json_of(client, report.indicator.get_absolute_url())
    assert {row["indicator_code"] for row in rows} == {"rating.org.good"}


@pytest.mark.parametrize("format", tables.FORMATS)
def test_nobody_who_was_taken_off_the_pages_is_in_a_file(client: Client, report: Report, format: str):
    withheld = situations.a_person("Trần Văn Xinẩn", is_withheld=True)
    Byline.objects.create(article=report.article, person=withheld)
    AwardRecipient.objects.create(award=report.award, name=withheld.name, person=withheld)
    assert report.award.presented_by in words_of_file(bytes_of(client, "/khen-thuong/", format))
    Attendance.objects.create(conference=report.conference, person=withheld)
    Award.objects.update(presented_by=f"đồng chí {withheld.name}, Bí thư")
    for address in LISTS:
        assert withheld.name not in words_of_file(bytes_of(client, address, format))


def test_a_file_that_ends_before_the_list_says_how_to_go_on(client: Client, monkeypatch: pytest.MonkeyPatch):
    for bound in ("ROWS", "SHEET", "ANSWER"):
        monkeypatch.setattr(tables, bound, 2)
    made = {situations.an_article().pk for _ in range(5)}
    for format in tables.FORMATS:
        found, address, pages = set(), f"/bai-viet/?format={format}&chuyen-muc={situations.a_category().pk}", 0
        while address:
            answer = client.get(address)
            content, pages = answer.getvalue(), pages + 1
            link = answer.headers.get("Link", "")
            address = link.partition(">")[0].removeprefix("<").removeprefix("http://testserver")
            assert ("http://testserver/bai-viet/?" in words_of_file(content).split("next")[-1]) or not address
            found |= {pk for pk in made if f"-{pk}/" in words_of_file(content)}
            assert ("# " in words_of_file(content)) == bool(address) or format != "csv"
            if format == "json":
                assert (json.loads(content)["next"] or "").removeprefix("http://testserver") == address
        assert (found, pages) == (made, 3)


# --- What it costs, and what it is sent with ---------------------------------------------------


@pytest.mark.parametrize("address", LISTS)
def test_ten_times_the_rows_cost_the_same(client: Client, address: str):
    def queries(format: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            bytes_of(client, address, format)
        return len(asked)

    a_report("Đảng bộ Một")
    few = [queries(format) for format in tables.FORMATS]
    for number in range(10):
        a_report(f"Đảng bộ {number}")
    assert [queries(format) for format in tables.FORMATS] == few
    assert max(few) <= 8


def test_a_format_that_is_not_ours_is_the_ordinary_page(client: Client, report: Report):
    for format in ("pdf", "", "CSV", "\x00"):
        assert read(client, "/so-lieu/", format=format).with_class("data-links")


def test_files_have_names_that_say_what_is_in_them_and_no_search_engine_keeps_them(client: Client, report: Report):
    year = {"nam": "2023", "to-chuc": report.committee.pk}
    for format in tables.FORMATS:
        answer = client.get("/hoi-nghi/", {"format": format, **year})
        assert f'filename="hoi-nghi-to-chuc-{report.committee.pk}-nam-2023.{format}"' in answer["Content-Disposition"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert ("Access-Control-Allow-Origin" in answer) == (format == "json")
        assert not answer.cookies


def test_what_has_not_changed_is_not_sent_again(client: Client, report: Report):
    tag = client.get("/so-lieu/", {"format": "json"})["ETag"]
    again = client.get("/so-lieu/", {"format": "json"}, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    Statistic.objects.filter(pk=report.part.pk).update(label="Khác")
    assert client.get("/so-lieu/", {"format": "json"}, headers={"if-none-match": tag}).status_code == 200


# --- The way there -----------------------------------------------------------------------------


def test_under_a_list_stand_its_files_narrowed_as_the_reader_narrowed_it(client: Client, report: Report):
    page = read(client, "/hoi-nghi/", nam="2023", sau="20990101~1", **{"to-chuc": report.committee.pk})
    links = [link for link in page.links if "format=" in link]
    assert links == [f"?nam=2023&to-chuc={report.committee.pk}&format={format}" for format in tables.FORMATS]


def test_the_figures_of_a_conference_and_of_a_committee_are_had_from_their_pages(client: Client, report: Report):
    for thing, name in ((report.conference, "hoi-nghi"), (report.committee, "to-chuc")):
        links = [link for link in read(client, thing.get_absolute_url()).links if "format=json" in link]
        assert links == [f"/so-lieu/?{name}={thing.pk}&format=json"]
        assert {row["id"] for row in json.loads(client.get(links[0]).content)["rows"]} == {
            report.whole.pk,
            report.part.pk,
            report.target.pk,
        }


def test_the_page_on_the_data_names_every_column_and_every_filter(client: Client):
    page = read(client, "/du-lieu/")
    for table in (ARTICLES, STATISTICS, *TABLES):
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names))
        told = {words(element) for element in page.root.iter("code")}
        assert {*names, *(key for key, _label in table.narrowed_by)} <= told

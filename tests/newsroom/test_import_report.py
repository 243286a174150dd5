"""The command that tells what raw reports propose."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.importing.proposing import propose
from articles.models import Article
from committees.models import Committee, Statistic
from newsroom.management.commands import import_report
from tests.situations import a_committee, staff

REPORT = """Đảng ủy Khối tổng kết công tác năm 2021
Sáng 8/1, Đảng ủy Khối Doanh nghiệp tỉnh tổ chức hội nghị tổng kết công tác năm 2021. Đảng bộ kết nạp 12 đảng viên.
"""


def told(*files: object, **options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_report", *map(str, files), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.txt"
    file.write_bytes(REPORT.encode("utf-8-sig"))
    return file


def test_json_is_one_object_and_nothing_else(report):
    """Other programs read it: a word beside the object would stop them."""
    out, err = told(report, as_json=True)
    said = json.loads(out)
    assert err == ""
    assert said["schema"] == "report/1"
    assert said["article"]["title"] == "Đảng ủy Khối tổng kết công tác năm 2021"
    assert said["article"]["event_date"] == "2022-01-08"
    assert [(one["value"], one["indicator"]) for one in said["statistics"]] == [(12, "member.admitted")]


def test_several_files_are_an_object_a_line(report):
    out, _err = told(report, report, as_json=True)
    assert [json.loads(line)["schema"] for line in out.splitlines()] == ["report/1"] * 2


def test_without_json_a_person_is_told(report):
    out, _err = told(report)
    assert "Đảng ủy Khối tổng kết công tác năm 2021" in out
    assert "2022-01-08" in out


def test_a_file_that_cannot_be_read_gets_a_sentence_and_the_others_are_read(report, tmp_path):
    out, err = io.StringIO(), io.StringIO()
    wrong = tmp_path / "report.pdf"
    wrong.write_bytes(b"%PDF-1.4")
    with pytest.raises(CommandError):
        call_command("import_report", str(wrong), str(tmp_path), str(report), "--json", stdout=out, stderr=err)
    assert json.loads(out.getvalue())["schema"] == "report/1"
    assert [str(wrong) in line or str(tmp_path) in line for line in err.getvalue().splitlines()] == [True, True]


# --- Saving ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_report_is_saved_as_a_draft_of_whoever_is_named_and_once(report):
    writer = staff("writer")
    out, _err = told(report, commit=True, writer=writer.username)
    article = Article.objects.get()
    assert (article.writer, article.state) == (writer, "draft") and article.title in out
    assert [row.value for row in Statistic.objects.all()] == [12]
    again, _err = told(report, report, commit=True)
    assert again.count(article.title) == 2 and Article.objects.count() == 1


@pytest.mark.django_db
def test_a_report_that_a_person_has_to_decide_over_is_left_alone_and_the_others_are_saved(report, tmp_path):
    known = a_committee("Đảng bộ Khối Núi Hồng")
    doubtful = tmp_path / "doubtful.txt"
    doubtful.write_text("Hội nghị\nNgày 9/1/2022, Đảng bộ Khối Núi Hồng tổ chức hội nghị, kết nạp 5 đảng viên.\n")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_report", str(doubtful), str(report), "--commit", stdout=out, stderr=err)
    assert f"Đảng bộ Khối Núi Hồng ({known.pk})" in err.getvalue() and Article.objects.count() == 1
    told(doubtful, commit=True, committee=known.pk)
    assert Statistic.objects.get(value=5).committee == known


@pytest.mark.django_db
def test_what_was_saved_before_it_was_stopped_stays_and_the_rest_follows(report, tmp_path, monkeypatch):
    other = tmp_path / "other.txt"
    other.write_text(REPORT.replace("12", "13").replace("2021", "2022"))
    read = iter([propose, stop])
    monkeypatch.setattr(import_report, "propose", lambda text: next(read)(text))
    with pytest.raises(CommandError) as stopped:
        told(report, other, commit=True)
    assert stopped.value.returncode == 130 and Article.objects.count() == 1
    monkeypatch.undo()
    committee = Committee.objects.get()
    told(report, other, commit=True, committee=committee.pk)
    assert sorted(row.value for row in Statistic.objects.all()) == [12, 13]


def stop(text: str) -> None:
    raise KeyboardInterrupt


@pytest.mark.django_db
@pytest.mark.parametrize("option", [{"writer": "không có"}, {"committee": 0}])
def test_who_or_what_is_not_there_is_said_before_anything_is_saved(report, option):
    with pytest.raises(CommandError):
        told(report, commit=True, **option)
    assert not Article.objects.exists()

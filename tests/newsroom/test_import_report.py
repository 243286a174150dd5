"""The command that tells what raw reports propose."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

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

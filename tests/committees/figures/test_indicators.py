"""From the words around a figure to what it counts."""

import re

import pytest

from committees.figures.indicators import INDICATORS, Context, code_of


def code(words, **more):
    """Return the code of `words`, in which # stands for the number and [..] holds its unit."""
    before, unit, after = re.fullmatch(r"(.*)# ?(?:\[(.*)\])?(.*)", words).groups()
    return code_of(Context(before.strip(), unit or "", after.strip(), **more))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Đảng bộ đã kết nạp được # [đảng viên mới]", "member.admitted"),
        ("xét kết nạp # [quần chúng ưu tú] vào Đảng", "member.admitted"),
        ("công nhận # [đảng viên] chính thức", "member.official"),
        ("chuyển đảng chính thức cho # [đồng chí]", "member.official"),
        ("chuyển sinh hoạt đảng đi cho # [đồng chí]", "member.transfer_out"),
        ("tiếp nhận # [đảng viên] đến sinh hoạt", "member.transfer_in"),
        ("thi hành kỷ luật # [đảng viên]", "member.disciplined"),
        ("khiển trách # [tổ chức đảng]", "org.disciplined"),
        ("xoá tên # [đảng viên]", "member.removed"),
        ("đưa ra khỏi Đảng # [đảng viên]", "member.expelled_admin"),
        ("kiểm tra, giám sát # [tổ chức và đảng viên]", "inspection.total"),
        ("kiểm tra # [tổ chức đảng]", "inspection.org"),
        ("giám sát chuyên đề # [đảng viên]", "supervision.member"),
        ("kiểm tra tài chính đảng # [tổ chức]", "inspection.finance"),
        ("kiểm tra # [đảng viên] khi có dấu hiệu vi phạm", "inspection.violation_member"),
        ("thành lập # [chi bộ]", "org.established"),
        ("kiện toàn, củng cố cấp uỷ của # [TCCS đảng]", "org.committee_strengthened"),
        ("chỉ đạo # [TCCSĐ] tổ chức đại hội thành công", "org.congress_held"),
        ("mở # [lớp bồi dưỡng]", "training.classes"),
        ("ban hành # [văn bản]", "documents.issued"),
        ("hoàn thành # [nhiệm vụ]", "tasks.completed"),
        ("trồng # [cây xanh]", ""),
        ("tiếp nhận # [lượt khách]", ""),
        ("tiếp nhận # [lượt] hồ sơ chuyển sinh hoạt đảng đến", "member.transfer_in"),
        ("kiểm tra # [lượt hộ kinh doanh]", ""),
    ],
)
def test_words_of_the_genre_have_their_code(words, expected):
    assert code(words) == expected


@pytest.mark.parametrize(
    ("unit", "parent"), [("ha", "org.total"), ("triệu đồng", "training.classes"), ("chi bộ", "member.admitted")]
)
def test_what_stands_inside_a_figure_keeps_its_code_only_if_the_same_is_counted(unit, parent):
    assert code(f"trong đó # [{unit}]", parent=parent) == ""


def test_a_code_never_says_result_or_target():
    assert not [one for one in INDICATORS if re.search(r"(^|\.)(result|target)s?($|\.)", one)]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("tập thể cấp ủy", "rating.committee.good"),
        ("tổ chức cơ sở đảng", "rating.org.good"),
        ("chi bộ, đảng bộ cơ sở", "rating.org.good"),
        ("chi bộ trực thuộc", "rating.cell.good"),
        ("đảng viên", "rating.member.good"),
    ],
)
def test_a_rating_is_of_those_who_are_rated(unit, expected):
    """75 committees and 85 organizations are two populations: a series must not join them."""
    assert code(f"có # [{unit}] “Hoàn thành tốt nhiệm vụ”", rating="good", rating_scale="new") == expected


def test_who_is_rated_is_told_once_and_holds_for_those_inside():
    assert code("trong đó # “Hoàn thành xuất sắc nhiệm vụ”", rating="excellent", parent="rating.org.good") == (
        "rating.org.excellent"
    )


def test_assessed_and_not_assessed_are_two_things():
    assert code("có # [đảng viên] được cấp ủy đánh giá, xếp loại") == "rating.member.assessed"
    assert code("có # [đảng viên] không được đánh giá, xếp loại") == "rating.member.not_assessed"


def test_the_nearest_verb_governs_a_list():
    opening = "kiểm tra 5 tổ chức đảng và 12 đảng viên; giám sát 3 tổ chức đảng và"
    assert code("và # [đảng viên]", opening=opening) == "supervision.member"

"""Figures as rows: a result or an aim, told once, and never an award."""

from decimal import Decimal

import pytest

from articles.importing.facts import facts_in
from articles.importing.layout import layout_of
from committees.figures.reading import read

LEAD = "Ngày 15/1/2023, Đảng ủy Khối tổ chức hội nghị tổng kết công tác năm 2022, triển khai nhiệm vụ năm 2023."


def rows_of(body, title="Đảng ủy Khối tổng kết năm 2022"):
    text = f"{title}\n\n{LEAD}\n\n{body}\n"
    return facts_in(layout_of(text), read(text)).statistics


def kinds(rows):
    return [(int(row.value if row.value is not None else row.percent), row.kind) for row in rows]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Năm 2022, Đảng bộ kết nạp 120 đảng viên.", "result"),
        ("Năm 2023, Đảng bộ kết nạp 120 đảng viên.", "target"),
        ("Thời gian tới, các chi bộ làm tốt hơn.\n\nKết nạp 120 đảng viên.", "target"),
        ("Năm 2022, Đảng ủy đề ra chỉ tiêu kết nạp 120 đảng viên.", "target"),
        ("Năm 2022, hoàn thành 120 nhiệm vụ đề ra.", "result"),
        ("Thời gian tới, phát huy kết quả đã kết nạp 120 đảng viên.", "result"),
        ("Phát huy kết quả đạt được, năm 2023, Đảng bộ kết nạp 120 đảng viên.", "target"),
        ("Phát biểu kết luận hội nghị, đồng chí Lê Văn An đề nghị kết nạp 120 đảng viên.", "target"),
        ("Phát biểu kết luận hội nghị, đồng chí Lê Văn An ghi nhận việc kết nạp 120 đảng viên.", "result"),
        ("Nửa cuối nhiệm kỳ, Huyện ủy kết nạp 120 đảng viên.", "target"),
        ("Tuy nhiên, còn 120 đảng viên chưa được học tập.", "result"),
    ],
)
def test_a_figure_is_an_aim_by_its_own_words_or_by_the_part_it_stands_in(body, kind):
    assert kinds(rows_of(body)) == [(120, kind)]


def test_what_the_lead_announces_is_still_to_come():
    """A monthly report names the months alone."""
    lead = "Chiều 29/5/2025, Đảng ủy Khối họp đánh giá công tác tháng 5, triển khai nhiệm vụ tháng 6."
    body = "Trong tháng, Đảng bộ kết nạp 12 đảng viên.\n\nTháng 6, Đảng ủy mở 4 lớp bồi dưỡng."
    text = f"Đảng ủy Khối họp thường kỳ\n\n{lead}\n\n{body}\n"
    assert kinds(facts_in(layout_of(text), read(text)).statistics) == [(12, "result"), (4, "target")]


def test_a_list_of_aims_goes_on_without_a_verb():
    rows = rows_of("Năm 2023, Đảng bộ phấn đấu kết nạp 90 đảng viên.\n\n100% chi bộ có chủ đề năm; mở 12 lớp.")
    assert kinds(rows) == [(90, "target"), (100, "target"), (12, "target")]


def test_a_number_of_an_award_is_no_statistic():
    assert rows_of("Dịp này, khen thưởng 12 tập thể, trao Huy hiệu Đảng cho 3 đồng chí 30 năm tuổi Đảng.") == []


def test_awards_behind_the_tasks_end_them_without_a_word_of_the_occasion():
    body = "Trong quý II, Đảng ủy đề ra: kết nạp 12 đảng viên.\n\nĐảng ủy Khối đã khen thưởng 9 tập thể, 31 cá nhân."
    text = f"Họp quý I\n\nĐảng ủy Khối đánh giá quý I, triển khai nhiệm vụ quý II.\n\n{body}\n"
    found = facts_in(layout_of(text), read(text))
    assert kinds(found.statistics) == [(12, "target")]
    assert [award.count for award in found.awards] == [9, 31]


def test_the_title_repeats_what_the_body_says():
    [row] = rows_of("Năm 2022, có 79/85 chi bộ (92,94%) hoàn thành tốt nhiệm vụ.", "Năm 2022: 92,94% chi bộ làm tốt")
    assert [mention.quote for mention in row.other_mentions] == ["Năm 2022: 92,94% chi bộ làm tốt"]


def test_a_share_of_the_plan_belongs_to_the_figure_before_it():
    [row] = rows_of("Năm 2022, Đảng bộ kết nạp 132 đảng viên, đạt 110% kế hoạch.")
    assert (row.value, row.percent, row.plan_percent) == (132, None, 110)


def test_a_share_in_a_bracket_is_of_the_count_before_it():
    """Whatever is counted: abbreviations and bare ratings are no nouns of any list."""
    [row] = rows_of("Năm 2022, Đảng bộ huyện kết nạp 241 ĐV (đạt 160% kế hoạch).")
    assert (row.value, row.plan_percent, row.unit, row.indicator) == (241, 160, "ĐV", "member.admitted")
    [row] = rows_of("Năm 2022, xếp loại chi bộ: 38 hoàn thành tốt nhiệm vụ (74,5%).")
    assert (str(row.value), str(row.percent)) == ("38", "74.5")


def test_growth_in_a_bracket_is_no_figure_of_its_own():
    [row] = rows_of("Năm 2022, kiểm tra 267 tổ chức đảng (tăng 53,45% so với cùng kỳ).")
    assert row.value == 267


@pytest.mark.parametrize(
    ("words", "label", "why"),
    [
        ("Trong năm,", "Năm 2022", "Trong năm"),
        ("Trong quý I vừa qua,", "Quý I/2022", "quý I vừa qua"),
        ("Trong 9 tháng qua,", "9 tháng đầu năm 2022", "9 tháng qua"),
        ("6 tháng cuối năm,", "6 tháng cuối năm 2022", "6 tháng cuối năm"),
        ("Từ đầu năm đến nay,", "Năm 2022", "Từ đầu năm đến nay"),
    ],
)
def test_a_period_has_the_name_it_is_known_by_and_the_printed_words_as_its_reason(words, label, why):
    """ "Trong năm" says nothing on a page that stands without its report."""
    text = f"Đảng ủy Khối họp\n\nNgày 15/12, Đảng ủy tổng kết năm 2022.\n\n{words} Đảng bộ kết nạp 120 đảng viên.\n"
    [row] = facts_in(layout_of(text), read(text)).statistics
    assert row.period.label == label
    assert row.period.inferred_from.split("; ")[0] == why


def test_in_the_year_is_the_year_that_is_reviewed_and_not_the_one_to_come():
    [row] = rows_of("Trong năm, Đảng bộ kết nạp 120 đảng viên.")
    assert (row.kind, row.period.label) == ("result", "Năm 2022")


def test_a_year_that_goes_on_has_no_last_day():
    text = "Ngày 15/8, Đảng ủy Khối họp theo kế hoạch năm 2023.\n\nTừ đầu năm đến nay, Đảng bộ kết nạp 12 đảng viên.\n"
    [row] = facts_in(layout_of(text), read(text)).statistics
    assert (row.period.label, row.period.end) == ("Từ đầu năm 2023", None)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (
            "Các cấp Hội đã xây mới và sửa chữa 7 căn nhà “Mái ấm”, trị giá lớn",
            "Căn nhà “Mái ấm” được xây mới và sửa chữa",
        ),
        ("bà con cùng nhau làm sạch 12 km kênh nội đồng và cống", "Kênh nội đồng"),
        ("nhân dân trồng 1.200 cây xanh trong dịp Tết", "Cây xanh được trồng"),
        ("doanh thu vận tải, kho bãi ước đạt 3.100 tỷ đồng", "Doanh thu vận tải, kho bãi"),
        ("giảm tỷ lệ hộ cận nghèo xuống còn 2,5%", "Tỷ lệ hộ cận nghèo"),
        ("phấn đấu 80% hộ trở lên dùng nước sạch, điện an toàn", "Hộ dùng nước sạch"),
    ],
)
def test_a_figure_that_no_indicator_counts_is_called_by_a_few_clean_words(words, label):
    [row] = rows_of(f"Năm 2022, {words}.")
    assert (row.indicator, row.label) == ("", label)


def test_what_there_is_left_is_a_figure_and_the_growth_behind_it_none():
    [row] = rows_of("Năm 2022, tỷ lệ chi bộ yếu giảm còn 1,5% (giảm 2% so với năm 2021).")
    assert row.percent == Decimal("1.5")


def test_parts_are_inside_their_whole():
    whole, *parts = rows_of("Năm 2022, thi hành kỷ luật 7 đảng viên (khiển trách: 4; cảnh cáo: 3).")
    assert (whole.indicator, whole.part_of) == ("member.disciplined", None)
    assert [(part.value, part.part_of) for part in parts] == [(4, 0), (3, 0)]


def test_a_rating_without_a_number_is_a_level():
    [row] = rows_of("Năm 2023, Đảng bộ Khối hoàn thành xuất sắc nhiệm vụ.")
    assert (row.indicator, row.level, row.kind, row.value) == ("rating.committee_self", "excellent", "target", None)


def test_nobody_rated_so_is_zero():
    [row] = rows_of("Năm 2022, không có tổ chức cơ sở đảng không hoàn thành nhiệm vụ.")
    assert (row.indicator, row.value) == ("rating.org.failed", 0)


def test_excellent_stands_inside_good_where_the_report_says_so():
    good, excellent = rows_of(
        "Năm 2022, có 71/75 chi bộ hoàn thành tốt nhiệm vụ, trong đó 14/71 chi bộ hoàn thành xuất sắc nhiệm vụ."
    )
    assert (good.rating_includes, excellent.part_of) == ("excellent", 0)
    good, excellent = rows_of(
        "Năm 2022, có 57/75 chi bộ hoàn thành tốt nhiệm vụ; 14/75 chi bộ hoàn thành xuất sắc nhiệm vụ."
    )
    assert (good.rating_includes, excellent.part_of) == ("", None)


@pytest.mark.parametrize(
    "text", ["", " ", "(", "71/", "%", "“", "tặng", "trong đó " * 50, "5 tập thể " * 50, "\x00é̂" * 9]
)
def test_no_text_raises(text):
    facts_in(layout_of(text), read(text))

"""Awards as reports tell them: each way of saying it, and what only looks like one."""

import pytest

from articles.importing.facts import facts_in
from articles.importing.layout import layout_of
from committees.figures.reading import read

LEAD = "Ngày 15/1/2023, Đảng ủy Khối tổ chức hội nghị tổng kết công tác năm 2022."


def awards_of(sentence):
    """Return the awards of a report whose last paragraph is `sentence`."""
    text = f"Đảng ủy Khối tổng kết năm 2022\n\n{LEAD}\n\n{sentence}\n"
    return facts_in(layout_of(text), read(text)).awards


def short(awards):
    return [(award.form, award.count, award.recipient_kind) for award in awards]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Tại hội nghị, Đảng ủy Khối tặng giấy khen cho 7 tập thể và 12 cá nhân.",
            [("giấy khen", 7, "collective"), ("giấy khen", 12, "individual")],
        ),
        (
            "Dịp này, Đảng ủy Khối tặng 15 giấy khen tập thể và 9 giấy khen cá nhân.",
            [("giấy khen", 15, "collective"), ("giấy khen", 9, "individual")],
        ),
        (
            "Nhân dịp này, 2 tập thể, ba cá nhân được UBND tỉnh tặng bằng khen; 1 chi bộ nhận cờ thi đua.",
            [("bằng khen", 2, "collective"), ("bằng khen", 3, "individual"), ("cờ", 1, "collective")],
        ),
        (
            "Đảng ủy Khối đã khen thưởng; cho 05 đảng viên và 12 Đảng ủy, Chi bộ.",
            [(None, 5, "individual"), (None, 12, "collective")],
        ),
        ("Tại hội nghị, Đảng ủy Khối biểu dương 20 gương sáng.", [("biểu dương", 20, None)]),
        ("Tại hội nghị, khen thưởng 25 tập thể, cá nhân.", [(None, 25, None)]),
        ("Dịp này, tặng cờ cho Đảng bộ Sở A, Chi bộ Báo B và 6 tổ chức cơ sở đảng.", [("cờ", None, "collective")]),
        ("Tại hội nghị, trao bằng khen của UBND tỉnh tặng 1 tập thể.", [("bằng khen", 1, "collective")]),
        (
            "Tại hội nghị, có 4 tập thể và 7 cá nhân tiêu biểu được Đảng ủy khen thưởng.",
            [(None, 4, "collective"), (None, 7, "individual")],
        ),
        ("Trong tổng số 120 đảng viên, có 15 đảng viên được tặng giấy khen.", [("giấy khen", 15, "individual")]),
        ("Dịp này, tặng giấy khen cho 4 CĐCS.", [("giấy khen", 4, "collective")]),
        ("Đảng bộ có 85 chi bộ, 2.300 đảng viên, được Tỉnh ủy tặng bằng khen.", []),
        ("Tại hội nghị, trao 20 suất quà cho 20 hộ nghèo.", []),
        ("Công tác thi đua, khen thưởng được 45 đơn vị quan tâm.", []),
        ("Thời gian tới, phấn đấu có 5 tập thể được tặng bằng khen.", []),
        ("Chi bộ đã treo 300 lá cờ Tổ quốc trên 5 tuyến phố.", []),
        ("Trao Huy hiệu Đảng cho 16 đ/c.", [("huy hiệu Đảng", 16, "individual")]),
        ("Dịp này, Đảng ủy Khối khen 12 tập thể.", [(None, 12, "collective")]),
    ],
)
def test_each_way_of_saying_it_is_read(sentence, expected):
    assert short(awards_of(sentence)) == expected


def test_who_grants_is_not_always_who_hands_over():
    [award] = awards_of("Tại hội nghị, Đảng ủy Khối trao cờ của Ban Thường vụ Tỉnh ủy cho 1 tập thể.")
    assert (award.granted_by, award.presented_by) == ("Ban Thường vụ Tỉnh ủy", "Đảng ủy Khối")
    [award] = awards_of("Dịp này, 3 cá nhân được Chủ tịch UBND tỉnh tặng bằng khen.")
    assert (award.granted_by, award.presented_by) == ("Chủ tịch UBND tỉnh", None)


def test_names_are_parted_where_a_new_body_begins_and_nowhere_else():
    """ "Sở Thông tin và Truyền thông" is one name, a cell "trực thuộc" another body is one recipient."""
    [award] = awards_of(
        "Dịp này, 3 tập thể được nhận bằng khen của Tỉnh ủy là Đảng bộ Sở Thông tin và Truyền thông, "
        "Chi bộ 4 trực thuộc Đảng bộ Trường Y tế và Đảng bộ Kho bạc."
    )
    assert award.recipients == (
        "Đảng bộ Sở Thông tin và Truyền thông",
        "Chi bộ 4 trực thuộc Đảng bộ Trường Y tế",
        "Đảng bộ Kho bạc",
    )
    [award] = awards_of("Dịp này, khen thưởng 3 cá nhân gồm: Lê Văn An, Trần Thị Bình và Võ Minh Cảnh.")
    assert award.recipients == ("Lê Văn An", "Trần Thị Bình", "Võ Minh Cảnh")


def test_names_stand_behind_a_comma_too():
    [award] = awards_of(
        "Dịp này, có 2 tập thể được nhận bằng khen của Tỉnh ủy, gồm: Chi bộ Sở Y tế và Đảng bộ Sở Nội vụ."
    )
    assert award.recipients == ("Chi bộ Sở Y tế", "Đảng bộ Sở Nội vụ")


def test_a_total_holds_its_parts():
    total, *parts = awards_of(
        "Toàn Khối có 96 đảng viên được trao Huy hiệu Đảng. Trong đó có 2 đồng chí nhận Huy hiệu 60 năm tuổi Đảng, "
        "94 đồng chí 40, 30 năm tuổi Đảng."
    )
    assert (total.count, total.part_of) == (96, None)
    assert [(part.count, part.level, part.part_of) for part in parts] == [
        (2, "60 năm tuổi Đảng", 0),
        (94, "40, 30 năm tuổi Đảng", 0),
    ]


def test_what_is_announced_and_then_itemised_is_counted_once():
    awards = awards_of(
        "Dịp này, Đảng ủy Khối trao cờ, bằng khen của Tỉnh ủy cho các tập thể, cá nhân đạt thành tích 5 năm liền. "
        "Trong đó, có 1 tập thể được nhận cờ; 3 cá nhân được nhận bằng khen."
    )
    assert short(awards) == [("cờ", 1, "collective"), ("bằng khen", 3, "individual")]


def test_an_award_of_the_year_before_was_not_given_here():
    past, here = awards_of(
        "Năm 2022, Đảng ủy Khối đã khen thưởng 66 điển hình.\n\nTại hội nghị, Đảng ủy Khối khen thưởng 5 tập thể."
    )
    assert (past.is_of_this_conference, here.is_of_this_conference) == (False, True)

"""What the rules of the number engine say, and where they are silent."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from committees.figures import Weight, check, computing
from newsroom.vietnamese import number

ROOT = Path(__file__).resolve().parent.parent.parent.parent
RATED = (
    "Có 40/40 tổ chức cơ sở đảng được đánh giá, xếp loại. Kết quả, có {good}/40 tổ chức cơ sở đảng ({share})"
    " “Hoàn thành tốt nhiệm vụ”, trong đó {best}/{of} tổ chức cơ sở đảng “Hoàn thành xuất sắc nhiệm vụ”;"
    " {done} tổ chức cơ sở đảng “Hoàn thành nhiệm vụ”; {failed}/40 tổ chức cơ sở đảng “Không hoàn thành nhiệm vụ”."
)
TRUE = {"good": "36", "share": "90%", "best": "08", "of": "36", "done": "03/40", "failed": "01"}


def objections(text: str, **heading: str) -> list[tuple[str, str]]:
    return [(verdict.rule, str(verdict.weight)) for verdict in check(text, **heading) if verdict.weight != Weight.FINE]


def test_what_is_right_meets_no_objection():
    text = RATED.format(**TRUE)
    assert objections(text) == []
    assert {"R1", "R2", "R3", "R4"} == {verdict.rule for verdict in check(text)}, "all four were held"


@pytest.mark.parametrize(
    ("wrong", "rule", "weight"),
    [
        ({"share": "91%"}, "R1", "block"),
        ({"failed": "41"}, "R2", "block"),
        ({"failed": "02"}, "R3", "warn"),  # 36 + 3 + 2
        ({"done": "03/41"}, "R3", "warn"),  # beside two that are out of 40
        ({"of": "35"}, "R4", "warn"),
    ],
)
def test_each_rule_sees_its_fault(wrong, rule, weight):
    assert (rule, weight) in objections(RATED.format(**TRUE | wrong))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        # R2: a part of a whole, not a share of a plan
        ("Có 43/41 đảng viên dự bị được công nhận chính thức.", "R2"),
        ("Đã tặng quà cho 43/41 đảng viên; giám sát 12 chi bộ.", "R2"),  # tặng is not tăng, giám sát not giảm
        # R3: what was done and what was not; items that exclude each other; bodies of which nothing is told
        ("97,5% đảng viên được đánh giá, xếp loại; 2,4% đảng viên không được đánh giá.", "R3"),
        ("Đã thi hành kỷ luật 7 đảng viên (khiển trách: 1; cảnh cáo: 2; khai trừ: 3).", "R3"),
        ("Đã thi hành kỷ luật 7 đảng viên, với hình thức khiển trách 1, cảnh cáo 2, khai trừ 3.", "R3"),
        ("Khen thưởng 46 tập thể, cá nhân, gồm 8 tập thể và 37 cá nhân.", "R3"),
        (
            "12% chi bộ hoàn thành xuất sắc nhiệm vụ; 80% chi bộ hoàn thành tốt nhiệm vụ;"
            " 6% chi bộ hoàn thành nhiệm vụ; 5% chi bộ không hoàn thành nhiệm vụ.",
            "R3",
        ),
        (
            "Có 75/85 tập thể được đánh giá, xếp loại. Kết quả, 71/75 tập thể hoàn thành tốt nhiệm vụ;"
            " 3/75 tập thể hoàn thành nhiệm vụ; 1/75 tập thể không hoàn thành nhiệm vụ.",
            "R3",
        ),
        # R4: a part of a part, and those who are commended for a rating
        ("Kết nạp 120 đảng viên, trong đó có 121 đảng viên nữ.", "R4"),
        (
            "Có 14/40 tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ. Tại hội nghị, Đảng ủy tặng 16 giấy khen tập thể"
            " cho các tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ.",
            "R4",
        ),
        # R7: reachable over the whole that the text gives, or over any
        ("Trong 8 chi bộ được đánh giá, có 90% chi bộ hoàn thành tốt nhiệm vụ.", "R7"),
        ("Có 92,95% trong tổng số 85 tổ chức cơ sở đảng đạt loại tốt.", "R7"),
        ("Trong số 85 tổ chức cơ sở đảng, có 79 tổ chức (92,49%) đã học tập nghị quyết.", "R7"),
        ("Có 3 tập thể (94,67%) hoàn thành tốt nhiệm vụ.", "R7"),
        (
            "Có 50 đơn vị (76,92%) hoàn thành tốt nhiệm vụ; 4 đơn vị (6,25%) hoàn thành nhiệm vụ.",
            "R7",
        ),
    ],
)
def test_faults_of_other_shapes_are_seen_too(text, rule):
    assert [rule] == [found for found, _weight in objections(text)]


@pytest.mark.parametrize(
    "text",
    [
        # shares of a plan, growth, bounds
        "Kết nạp 147/120 đảng viên, đạt 122,5% kế hoạch.",
        "Kiểm tra 267 tổ chức đảng (tăng 53,45% so cùng kỳ).",
        "Có hơn 400/500 đảng viên (trên 80%) tham gia.",
        # overlapping parts are no division
        "Kết nạp 120 đảng viên (nữ 60, dân tộc thiểu số 80, tôn giáo 5).",
        "Kỷ luật 12 đảng viên, trong đó khiển trách 3, cảnh cáo 2.",
        # excellent beside good, and inside it
        "Trong 68 chi bộ được xếp loại, có 17/68 chi bộ (25%) hoàn thành xuất sắc nhiệm vụ; 45/68 chi bộ (66,18%)"
        " hoàn thành tốt nhiệm vụ; 5/68 chi bộ (7,35%) hoàn thành nhiệm vụ; 1/68 chi bộ (1,47%) không hoàn"
        " thành nhiệm vụ.",
        # commas alone: what follows an excellent part is no part of the good
        "Kết quả có 77 chi bộ hoàn thành tốt nhiệm vụ (85%), trong đó 14 chi bộ hoàn thành xuất sắc nhiệm vụ (18%), 9"
        " chi bộ hoàn thành nhiệm vụ (10%), 5 chi bộ không hoàn thành nhiệm vụ (5%).",
        # how many were rated, and a share that a new clause tells
        "Qua đánh giá 25 TCCSĐ, có TCCSĐ hoàn thành tốt nhiệm vụ chiếm 88%; TCCSĐ hoàn thành nhiệm vụ chiếm 12%.",
        # the whole of the next sentence is none of this one
        "Có 3 tổ chức (5,8%) hoàn thành nhiệm vụ.\n\nTrong tổng số 2.180 đảng viên, có 9 đảng viên (0,41%) vi phạm.",
        # those who were not rated are spoken of, or are members
        "Có 75/76 tập thể được đánh giá; 1 tập thể chưa được đánh giá. Có 70/75 tập thể hoàn thành tốt nhiệm vụ.",
        "Có 2.268/2.315 đảng viên được đánh giá. Kết quả, 2.204/2.268 đảng viên hoàn thành tốt nhiệm vụ.",
        # a part over the whole of its parent
        "Có 71/75 tập thể hoàn thành tốt nhiệm vụ, trong đó 14/75 tập thể hoàn thành xuất sắc nhiệm vụ.",
        # a rounded half either way; a share of three that misses a hundred by a half for each
        "Có 1/32 chi bộ (3,12%) và 1/32 đảng bộ (3,13%).",
        # dates, terms, ranges, streaks
        "Sáng 8/4, Hội nghị lần thứ 7, khóa IV, nhiệm kỳ 2020-2025; khen 5 cá nhân 5 năm liền (từ năm 2017 – 2021).",
    ],
)
def test_what_may_be_true_meets_no_objection(text):
    """A false alarm costs as much as a miss: who is warned for nothing reads no warning."""
    assert objections(text) == []


BODY = (
    "Toàn Đảng bộ có 79/85 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ (92,94%). Khen thưởng 8 tập thể và 38 cá nhân."
    " Trong năm đã kết nạp được 147 đảng viên."
)


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("Năm 2022: 92,94% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", []),
        ("Gần 93% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", []),
        ("92,9% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", []),
        ("Khen thưởng 46 tập thể, cá nhân", []),
        ("92,49% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", [("R5", "warn")]),
        ("Khen thưởng 39 cá nhân", [("R5", "warn")]),
        ("Mở 12 lớp tập huấn", [("R5", "warn")]),
    ],
)
def test_a_title_says_what_the_body_says(title, seen):
    assert objections(BODY, title=title) == seen


@pytest.mark.parametrize(
    ("lead", "seen"),
    [
        ("Năm 2022, có 92,49% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ.", [("R5", "warn")]),
        ("Đảng ủy khen thưởng 39 cá nhân.", []),  # others, perhaps: "và" stands before those of the body
        ("Đảng bộ kết nạp 174 đảng viên.", [("R5", "warn")]),
        ("Chi bộ Một kết nạp 9 đảng viên.", []),
        ("Đảng ủy mở 12 lớp tập huấn cho 230 cá nhân.", []),  # told in the lead and nowhere else
    ],
)
def test_a_lead_says_nothing_else_of_the_same_thing_than_the_body(lead, seen):
    assert objections(BODY, lead=lead) == seen


def test_a_title_may_repeat_the_lead():
    assert objections(BODY, title="Mở 12 lớp tập huấn", lead="Đảng ủy mở 12 lớp tập huấn.") == []


def test_the_title_line_of_a_raw_report_is_held_against_what_follows():
    page = "Thứ ba,  18/01/2022\n\n{}\nCập nhật ngày: 15/01/2021 | 10:54 GMT+7\n\n" + BODY
    assert objections(page.format("92,94% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ")) == []
    assert objections(page.format("92,49% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ")) == [("R5", "warn")]
    assert objections(page.format("Đảng ủy Khối mở 12 lớp tập huấn")) == [], "it may be no title at all"


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.integers(0, 2))
@example(1, 32, 2)
def test_a_true_ratio_never_alarms_and_one_unit_off_does(one, other, places):
    part, whole = sorted((one, other))
    printed = computing.rounded_share(part, whole, places)
    text = f"Có {number(part)}/{number(whole)} đảng viên ({{}}%) tham gia học tập."
    assert objections(text.format(number(printed, places))) == []
    off = printed + 1 / computing.Decimal(10**places)
    assert ("R1", "block") in objections(text.format(number(off, places)))


@given(st.text(st.sampled_from(list("0123456789/.,%()-–:; \n“”đảngviêtỉquýIVX")) | st.characters(), max_size=300))
def test_no_text_raises_and_every_verdict_shows_its_place(text):
    for verdict in check(text, title=text[:80], lead=text[80:160]):
        assert verdict.message
        assert verdict.quote
        assert verdict.spans[0] == (verdict.start, verdict.end)


@pytest.mark.parametrize("path", sorted((ROOT / "fixtures/reports").glob("*.txt")), ids=lambda path: path.stem[:2])
def test_our_own_reports_meet_no_objection(path):
    assert objections(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "fixtures/reports/wrong").glob("*.json")), ids=lambda path: path.stem[:2]
)
def test_the_faults_that_were_planted_are_found_and_no_others(path):
    faults = json.loads(path.read_text(encoding="utf-8"))["faults"]
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert sorted(objections(text)) == sorted((fault["rule"], fault["weight"]) for fault in faults)


def test_the_five_real_reports_meet_no_objection(reports_dir):
    for path in sorted(reports_dir.glob("report_*.txt")):
        assert objections(path.read_text(encoding="utf-8")) == [], path.name

"""What a text says in numbers: the grammar of the genre, phrase by phrase, and the five real reports."""

import json
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees.figures.figure import Figure, NumberKind
from committees.figures.reading import read
from newsroom import vietnamese

ROOT = Path(__file__).resolve().parents[3]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(number.text, number.kind.value) for number in read(text).numbers]


def said(figure: Figure) -> tuple[str, ...]:
    """Return what a figure says, as briefly as it can be written down."""
    ends = figure.percent_max if figure.percent_max is not None else figure.value_max
    parts = [
        figure.comparator if figure.comparator != "=" else "",
        "" if figure.value is None else f"{figure.value}",
        "" if figure.whole is None else f"of {figure.whole}",
        "" if figure.percent is None else f"{figure.percent}%",
        "" if figure.plan_percent is None else f"plan {figure.plan_percent}%",
        "" if ends is None else f"to {ends}",
        figure.unit,
    ]
    return tuple(part for part in parts if part)


def figures(text: str) -> list[tuple[str, ...]]:
    return [said(figure) for figure in read(text).figures]


# --- Figures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("có 71/75 tập thể (94,67%)", [("71", "of 75", "94.67%", "tập thể")]),
        ("6.027/6.110 đảng viên", [("6027", "of 6110", "đảng viên")]),
        ("tổ chức 02 lớp", [("2", "lớp")]),
        ("662 trong tổng số 686 đảng viên", [("662", "of 686", "đảng viên")]),
        ("92,94% tổ chức cơ sở đảng", [("92.94%", "tổ chức cơ sở đảng")]),
        ("79/85 chi bộ “Hoàn thành tốt nhiệm vụ” (92,94%)", [("79", "of 85", "92.94%", "chi bộ")]),
        ("14 tập thể, chiếm 19,72%", [("14", "19.72%", "tập thể")]),
        ("66/158 xã đạt chuẩn năm 2022 (41,77%)", [("66", "of 158", "41.77%", "xã")]),
        ("395 đồng chí dưới 40 tuổi (đạt tỉ lệ 30,69%)", [("395", "30.69%", "đồng chí")]),
        ("12 xã trong quý I, bằng 60% kế hoạch", [("12", "plan 60%", "xã")]),
        ("năm 2022 kết nạp 120 đảng viên, năm 2023 đạt 95%", [("120", "đảng viên"), ("95%",)]),
        ("45 chi bộ hoàn thành trước 30/6 (90%)", [("45", "90%", "chi bộ")]),
        ("xây mới 14 “Mái ấm công đoàn”", [("14",)]),
        ("kết nạp 241 ĐV", [("241", "ĐV")]),
        ("4 doanh nghiệp có vốn đầu tư nước ngoài", [("4", "doanh nghiệp")]),
        ("nâng tổng số đảng viên lên 1.200", [("1200",)]),
        ("94,67% (71/75 tập thể)", [("71", "of 75", "94.67%", "tập thể")]),
        ("đạt 140,8% kế hoạch năm", [("plan 140.8%",)]),
        ("đạt 67% chỉ tiêu", [("plan 67%",)]),
        ("hoàn thành trên 50% các chỉ tiêu", [(">", "50%", "chỉ tiêu")]),
        ("trên 90% quần chúng", [(">", "90%", "quần chúng")]),
        ("hơn 500 đảng viên", [(">", "500", "đảng viên")]),
        ("phấn đấu 90% trở lên các cơ quan, đơn vị", [(">=", "90%", "cơ quan, đơn vị")]),
        ("kết nạp 120 đảng viên trở lên", [(">=", "120", "đảng viên")]),
        ("từ 3% trở lên", [(">=", "3%")]),
        ("80% chi bộ hoàn thành tốt nhiệm vụ trở lên", [("80%", "chi bộ")]),
        ("đơn vị cao nhất đạt 96,5%", [("96.5%",)]),
        ("gần bằng 40% số thu", [("~<", "40%", "số thu")]),
        ("Đảng bộ Khối có tổng số 2.135 đảng viên.", [("2135", "đảng viên")]),
        ("ra mắt hai mô hình và năm câu lạc bộ", [("2", "mô hình"), ("5", "câu lạc bộ")]),
        ("mở hai lớp tập huấn trong năm và năm tới", [("2", "lớp tập huấn")]),
        ("ít nhất 10 đảng viên", [(">=", "10", "đảng viên")]),
        ("không quá 5% chi bộ", [("<=", "5%", "chi bộ")]),
        ("gần 6 ngàn lượt người", [("~<", "6000", "lượt người")]),
        ("khoảng 3,9% dân số", [("~", "3.9%", "dân số")]),
        ("6,5 vạn lượt người", [("65000", "lượt người")]),
        ("từ 180 - 200 đảng viên", [("range", "180", "to 200", "đảng viên")]),
        ("90 - 100% chi bộ", [("range", "90%", "to 100", "chi bộ")]),
        ("từ 90% đến 95% hội viên", [("range", "90%", "to 95", "hội viên")]),
        ("25 tổ chức và đảng viên", [("25", "tổ chức và đảng viên")]),
        ("50 tập thể, cá nhân", [("50", "tập thể, cá nhân")]),
        ("15 giấy khen tập thể và 15 giấy khen cá nhân", [("15", "giấy khen tập thể"), ("15", "giấy khen cá nhân")]),
        ("không chi bộ nào yếu kém", [("0", "chi bộ")]),
        ("tổ chức một lớp tập huấn", [("1", "lớp tập huấn")]),
        ("1.836.000 đồng", [("1836000", "đồng")]),
        ("hơn 12,5 tỷ đồng", [(">", "12.5", "tỷ đồng")]),
        ("1 tỷ 500 triệu đồng", [("1500000000", "đồng")]),
        ("thu 1.200 triệu đồng, bằng 105% so với cùng kỳ", [("1200", "triệu đồng"), ("105%",)]),
        ("15/15 (100%) chi bộ tổ chức đại hội", [("15", "of 15", "100%", "chi bộ")]),
        ("đạt và vượt 18/18 chỉ tiêu", [("18", "of 18", "chỉ tiêu")]),
        ("tuổi bình quân 28,5", [("28.5",)]),
        ("425 triệu đồng/400 triệu đồng", [("425", "of 400", "triệu đồng")]),
        ("57/57 chi bộ nhiệm kỳ 2020-2025 (đạt 100%)", [("57", "of 57", "100%", "chi bộ")]),
        ("100.000đ, 25kg, 9.000m2", [("100000", "đ"), ("25", "kg"), ("9000", "m2")]),
        ("3 tỷ 250 triệu 500 nghìn đồng", [("3250500000", "đồng")]),
        ("giải ngân 245,6 tỷ đồng/300 tỷ đồng", [("245.6", "of 300", "tỷ đồng")]),
        ("98 đồng chí, đạt 98% kế hoạch (98/100)", [("98", "of 100", "plan 98%", "đồng chí")]),
        ("120/100 đảng viên (đạt 120%)", [("120", "of 100", "plan 120%", "đảng viên")]),
        ("74.108 người, chiếm 68,7% phụ nữ", [("74108", "68.7%", "người")]),
        ("đạt 50% kế hoạch năm trở lên", [(">=", "plan 50%")]),
        ("vượt 12% dự toán", [("12%",)]),
        ("03 (ba) đồng chí", [("3", "đồng chí")]),
        ("6 027/6 110 đảng viên", [("6027", "of 6110", "đảng viên")]),
        ("12 chi bộ, tổ chức sinh hoạt", [("12", "chi bộ")]),
        ("có71/75 tập thể", [("71", "of 75", "tập thể")]),
        ("trên 5 lĩnh vực", [("5", "lĩnh vực")]),
        ("hai mươi lăm đồng chí; là một đảng viên; một bộ phận", [("25", "đồng chí")]),
        ("kết nạp 12 đảng viên (tăng 08)", [("12", "đảng viên"), ("8",)]),
    ],
)
def test_a_figure_is_read_as_it_is_printed(text, expected):
    assert figures(text) == expected


def test_a_denominator_is_never_guessed():
    assert read("có 75 tập thể được đánh giá; 71 tập thể (94,67%) đạt").figures[1].whole is None


def test_parts_know_the_figure_that_they_are_inside_of():
    text = "71/75 tập thể “Hoàn thành tốt nhiệm vụ”; trong đó, 14/71 tập thể xuất sắc; 03/75 tập thể khác"
    assert [figure.part_of for figure in read(text).figures] == [None, 0, None]


def test_a_breakdown_in_brackets_is_inside_the_figure_before_it():
    found = read("thi hành kỷ luật 7 đảng viên (khiển trách: 1; cảnh cáo: 2; khai trừ: 4), xóa tên 3 đảng viên").figures
    assert [figure.value for figure in found] == [7, 1, 2, 4, 3]
    assert [figure.part_of for figure in found] == [None, 0, 0, 0, None]
    assert found[2].subject == "cảnh cáo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45 TCCSĐ với 2.350 đảng viên, trong đó có 12 đảng bộ, 33 chi bộ cơ sở", [None, None, 0, 0]),
        ("512 đảng viên, gồm 388 đảng viên nam, 124 đảng viên nữ", [None, 0, 0]),
        ("kỷ luật 5 đảng viên: khiển trách 3, cảnh cáo 1, khai trừ 1", [None, 0, 0, 0]),
        ("cho 25 đồng chí, trong đó 60 năm: 2 đồng chí; 50 năm: 8 đồng chí", [None, 0, 0]),
        ("52 tập thể, 138 cá nhân, trong đó: 5 tập thể, 12 cá nhân; 47 tập thể", [None, None, 0, 1, 0]),
        ("54/57 chi bộ được xếp loại (3 chi bộ chưa xếp loại)", [None, None]),
        ("tổ chức 12 lớp, trong đó có 145 người dự", [None, None]),
        ("kết nạp 12 đảng viên (tăng 3 đảng viên)", [None, None]),
    ],
)
def test_what_a_text_lists_under_a_figure_is_inside_it(text, expected):
    assert [figure.part_of for figure in read(text).figures] == expected


def test_figures_share_what_is_said_of_the_last_of_them():
    first, second = read("100% đảng viên và trên 90% quần chúng được học tập nghị quyết").figures
    assert first.subject == second.subject == "được học tập nghị quyết"


@pytest.mark.parametrize(
    ("text", "rating", "scale"),
    [
        ("3 chi bộ “Không hoàn thành nhiệm vụ”", "failed", "new"),
        ("3 chi bộ “Hoàn thành xuất sắc nhiệm vụ; ", "excellent", "new"),
        ("Hoàn thành nhiệm vụ: 3 chi bộ", "done", "new"),
        ("3 chi bộ trong sạch, vững mạnh tiêu biểu", "excellent", "old"),
        ("3 đảng viên vi phạm tư cách", "failed", "old"),
        ("Xếp loại: xuất sắc 14 tập thể", "excellent", "new"),
        ("3 đảng viên mới", "", ""),
    ],
)
def test_a_rating_belongs_to_its_figure(text, rating, scale):
    found = read(text).figures[0]
    assert (found.rating, found.rating_scale) == (rating, scale)


# --- What is no figure --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sáng ngày 8/4, Hội nghị lần thứ 7, khóa IV", [("8/4", "date"), ("7", "ordinal"), ("IV", "term")]),
        ("quý I/2022 và quý II", [("I/2022", "period"), ("II", "period")]),
        ("nhiệm kỳ 2020 – 2025", [("2020 – 2025", "period")]),
        ("Nhâm Dần 2022", [("2022", "year")]),
        ("lần thứ hai, năm 2022", [("hai", "ordinal"), ("2022", "year")]),
        ("Thứ Hai, 27/08/2018", [("27/08/2018", "date")]),
        ("Cập nhật lúc 10:29 (GMT+7)", [("10:29", "time"), ("7", "time")]),
        ("Quyết định 217, 218-QĐ/TW", [("217", "document"), ("218-QĐ/TW", "document")]),
        ("Chỉ thị 05, Nghị quyết Trung ương 4 khóa XII", [("05", "document"), ("4", "document"), ("XII", "term")]),
        ("Covid-19, Ban Chỉ đạo 35, Chi bộ 6", [("19", "name"), ("35", "name"), ("6", "name")]),
        ("phương châm “4 tại chỗ”", [("4", "name")]),
        ("5 năm liền, hơn 3 năm qua", [("5", "streak"), ("3", "streak")]),
        ("Năm năm qua", [("Năm", "streak")]),
        ("9 tháng đầu năm 2020", [("9", "period"), ("2020", "year")]),
        ("133 năm ngày sinh (19/5/1890 - 19/5/2023)", [("133", "anniversary"), ("19/5/1890 - 19/5/2023", "date")]),
        ("2 đồng chí 30, 40 năm tuổi Đảng", [("2", "figure"), ("30", "level"), ("40", "level")]),
        ("Nguồn: http://vi.du/202204/lan-thu-8", [("202204", "address"), ("8", "address")]),
        ("• Tất cả: 755845", [("755845", "furniture")]),
        ("Tin, ảnh: A\n\n2,120\nViết", [("2,120", "furniture")]),
        (
            "(1) Đổi mới; (2) Học tập. 3. 100% chi bộ",
            [("1", "ordinal"), ("2", "ordinal"), ("3", "ordinal"), ("100%", "figure")],
        ),
        (
            "ngày 15 tháng 6 năm 2022, từ 15-20/3",
            [("15", "date"), ("6", "date"), ("2022", "year"), ("15-20/3", "date")],
        ),
        ("Nghị quyết Trung ương 6, 7, 8 khóa XII", [*((n, "document") for n in "678"), ("XII", "term")]),
        ("Huy hiệu 30 năm, 8 đồng chí 40 năm", [("30", "level"), ("8", "figure"), ("40", "level")]),
        ("Chi bộ 1, 2 và 5", [("1", "name"), ("2", "name"), ("5", "name")]),
        ("“3 xây, 3 chống”, “1 triệu cây xanh”", [("3", "name"), ("3", "name"), ("1", "name")]),
        ("12/01/2022 | Lượt xem: 1.245", [("12/01/2022", "date"), ("1.245", "furniture")]),
        ("© 2021 Bản quyền", [("2021", "year")]),
        ("xếp thứ 3/63 tỉnh; mỗi quý 1 lần", [("3/63", "ordinal"), ("1", "figure")]),
        ("ĐT: 0261.3544.567; số 45 đường Lê Lợi", [("0261.3544.567", "address"), ("45", "address")]),
        ("lúc 7h30, 14 giờ 30 phút", [("7h30", "time"), ("14 giờ 30 phút", "time")]),
        ("đợt 7/11 trao 40 Huy hiệu, đợt 3-2", [("7/11", "date"), ("40", "figure"), ("3-2", "date")]),
        ("đa số, nhiều, một số đảng viên", []),
    ],
)
def test_what_is_no_figure_is_told_by_name(text, expected):
    assert kinds(text) == expected


def test_what_cannot_be_told_is_not_taken_for_a_figure():
    assert kinds("được 2,120 phiếu") == [("2,120", "unknown")]


# --- Any text -----------------------------------------------------------------------------------

_PHRASES = """71/75|(94,67%)|94,67%|trong đó|; | và |, |. |tập thể|đảng viên|trở lên|từ|đến|-|khóa IV|quý I/2022|“|”|năm
|hai|không|nào|tỷ đồng|217, 218-QĐ/TW|ngày|(|)|:|1.000|%|Covid-19|05|hoàn thành tốt nhiệm vụ|http://a.vn/1|\ud800|\x00|…"""
PHRASES = st.sampled_from(_PHRASES.split("|"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(PHRASES, st.text(max_size=6)), max_size=40))
def test_every_span_points_at_what_it_claims_whatever_the_text(pieces):
    text = " ".join(pieces)
    reading = read(text)
    last = 0
    for number in reading.numbers:
        assert last <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.text
        assert (number.kind is NumberKind.FIGURE) == (number.figure is not None)
        last = number.end
    for index, figure in enumerate(reading.figures):
        mine = [number for number in reading.numbers if number.figure == index]
        assert mine
        assert all(figure.start <= number.start < number.end <= figure.end for number in mine)
        assert figure.sentence[0] <= figure.start
        assert figure.part_of is None or figure.part_of < index


@given(st.integers(0, 10**9), st.integers(0, 10**4), st.integers(1, 10**4))
def test_formatting_and_reading_are_inverse(count, top, bottom):
    found = read(f"có {vietnamese.number(count)} đảng viên").figures
    assert [figure.value for figure in found] == [count]
    share = Decimal(top) / 100
    printed = vietnamese.number(share, 2)
    (ratio,) = read(f"có {vietnamese.number(bottom)}/{vietnamese.number(bottom + top)} tập thể ({printed}%)").figures
    assert (ratio.value, ratio.whole, ratio.percent, ratio.percent_places) == (bottom, bottom + top, share, 2)


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "1/",
        "1 ",
        "(",
        "(1)",
        "“1",
        "I ",
        ",",
        ".",
        "trong đó ",
        "trong đó 5 đảng viên, ",
        "71/75 (94,67%) ",
        "a\u0301",
        "một ",
        "@",
        "5 tỷ 3 triệu đồng ",
    ],
)
def test_a_megabyte_of_anything_is_read_at_once(piece):
    """A text that costs its square would let one pasted page stop the desk."""
    read((piece * 10**6)[:1000])
    started = time.process_time()
    read((piece * 10**6)[: 10**6])
    assert time.process_time() - started < 5


def test_the_engine_needs_no_django():
    code = "import sys; import committees.figures.reading; sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=20)


# --- The five reports ---------------------------------------------------------------------------

_KINDS = {
    "date": "date", "time": "time", "utc_offset": "time", "year": "year", "term": "period", "quarter": "period",
    "months": "period", "year_range": "period", "duration": "streak period", "ordinal": "ordinal",
    "ordinal_spelled": "ordinal", "congress_ordinal": "ordinal", "term_number": "term", "name_part": "name",
    "document_number": "document", "statistic": "figure", "award_count": "figure", "ratio": "figure",
    "percent": "figure", "view_count": "furniture", "counter": "furniture", "party_age": "level",
    "url_digits": "address",
}  # fmt: skip


@pytest.mark.parametrize("index", range(5))
def test_each_number_of_a_real_report_is_what_its_annotation_says(reports_dir, index):
    text = (reports_dir / f"report_00{index}.txt").read_bytes().decode()
    gold = json.loads((reports_dir / f"report_00{index}.gold.json").read_text())
    reading = read(text)
    for entry in gold["numbers"]:
        mine = [one for one in reading.numbers if one.start < entry["end"] and one.end > entry["start"]]
        allowed = {*_KINDS[entry["kind"]].split(), *(("year",) if entry["kind"] in ("quarter", "months") else ())}
        assert mine, entry
        assert {one.kind.value for one in mine} <= allowed, entry
    known = [(entry["start"], entry["end"]) for entry in gold["numbers"]]
    assert all(any(one.start < end and one.end > start for start, end in known) for one in reading.numbers)


@pytest.mark.parametrize("index", range(5))
def test_each_statistic_of_a_real_report_is_one_figure_with_exactly_its_numbers(reports_dir, index):
    text = (reports_dir / f"report_00{index}.txt").read_bytes().decode()
    gold = json.loads((reports_dir / f"report_00{index}.gold.json").read_text())
    reading = read(text)
    places: dict[str, Figure] = {}
    for entry in gold["statistics"]:
        if entry["value"] is None:
            continue
        low, high = entry["clause"]["start"], entry["clause"]["end"]
        mine = {
            one.figure
            for one in reading.numbers
            for number in gold["numbers"]
            if number["ref"] == entry["id"] and number["kind"] in ("statistic", "ratio", "percent")
            if low <= number["start"] < high and one.start < number["end"] and one.end > number["start"]
        }
        assert len(mine) == 1, entry["id"]
        figure = reading.figures[mine.pop() or 0]
        count = entry["numerator"] if entry["percent"] is not None or entry["numerator"] else entry["value"]
        wanted = (count, entry["denominator"], entry["percent"], entry["comparator"], entry["rating"] or "")
        got = (figure.value, figure.whole, figure.percent, figure.comparator, figure.rating)
        assert [None if each is None else f"{each}" for each in wanted] == [
            None if each is None else f"{each.normalize():f}" if isinstance(each, Decimal) else each for each in got
        ], entry["id"]
        assert figure.sentence == (entry["sentence"]["start"], entry["sentence"]["end"])
        places[entry["id"]] = figure
    for entry in gold["statistics"]:
        if entry["id"] in places:
            parent = places[entry["id"]].part_of
            assert (reading.figures[parent] if parent is not None else None) == places.get(entry["subset_of"] or "")

"""The role of every line of a raw report."""

import json

import pytest

from articles.importing.layout import layout_of

PAGE = """Trang chủ
Giới thiệu
Đảng bộ Khối Cơ quan tỉnh
Đảng ủy Khối tổng kết công tác năm 2021
16:29, Thứ Hai, 22/07/2019 (GMT+7)
* Khen thưởng 8 tập thể và 38 cá nhân
LÊ VĂN |
(QNO) - Sáng qua 30.9, Đảng ủy Khối tổ chức hội nghị tổng kết công tác năm.
Đồng chí Lê Văn A, Bí thư Đảng ủy Khối; đồng chí Lê Thị B, Phó Bí thư chủ trì.

Đồng chí Lê Văn A trao giấy khen cho các tập thể
Đồng chí Lê Văn A trao giấy khen cho các tập thể

Đồng chí Lê Thị B trao giấy khen cho các cá nhân
có thành tích xuất sắc

năm 2021

Kết quả nổi bật
Trong năm, Đảng bộ đã kết nạp 12 đảng viên; thi hành kỷ luật 3 đảng viên.
Video clip:
Thời gian tới, Đảng ủy Khối tập trung

củng cố cấp ủy của 5 tổ chức cơ sở đảng./.
LÊ VĂN
Nguồn:
https://example.vn/202204/bai-3110557
1,204
BÌNH LUẬN
Thống kê truy cập
• Hôm nay: 191
"""


def roles(text: str) -> list[tuple[str, str]]:
    return [(block.role, block.words) for block in layout_of(text).blocks]


@pytest.mark.parametrize("index", range(5))
def test_every_line_of_the_annotated_reports_has_its_role(reports_dir, index):
    text = (reports_dir / f"report_00{index}.txt").read_bytes().decode()
    wanted = json.loads((reports_dir / f"report_00{index}.gold.json").read_text())["layout"]
    assert [(line.number, line.start, line.end, line.role) for line in layout_of(text).lines] == [
        (line["line"], line["start"], line["end"], line["role"]) for line in wanted
    ]


def test_a_page_is_taken_apart():
    """Every kind of line that the genre's pages have stands here once."""
    assert [role for role, _ in roles(PAGE)] == [
        *["furniture", "furniture", "kicker", "title", "published", "sub_line", "byline", "lead", "paragraph"],
        *["caption_alt", "caption", "caption", "paragraph", "paragraph", "video_marker", "paragraph", "byline"],
        *["source", "view_count", "comment_marker", "furniture", "furniture"],
    ]


def test_wrapped_and_broken_lines_are_joined():
    words = dict(reversed(roles(PAGE)))
    assert words["caption"] == "Đồng chí Lê Văn A trao giấy khen cho các tập thể"
    captions = [block.words for block in layout_of(PAGE).captions]
    assert captions[1] == "Đồng chí Lê Thị B trao giấy khen cho các cá nhân có thành tích xuất sắc năm 2021"
    assert layout_of(PAGE).body[-1].words.startswith("Thời gian tới, Đảng ủy Khối tập trung củng cố cấp ủy")


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\u2028"])
def test_a_block_stands_where_it_says(breaks):
    """Figures are found in the words of a block, and marked in the text as read."""
    text = PAGE.replace("\n", breaks)
    for block in layout_of(text).blocks:
        assert len(block.text) == block.end - block.start
        assert block.text.split() == text[block.start : block.end].split()
    assert layout_of(text).title.words == "Đảng ủy Khối tổng kết công tác năm 2021"


def test_a_text_wrapped_at_a_width_is_read_by_paragraphs():
    text = """Đảng ủy Khối sơ kết công tác 6 tháng

Sáng 7/7, Đảng ủy Khối các cơ quan tỉnh tổ chức hội nghị Ban Chấp hành lần
thứ 5, khóa X, nhiệm kỳ 2020-2025. Hội nghị do đồng chí Trần Văn B, Bí thư
Đảng ủy Khối chủ trì.

Trong 6 tháng đầu năm, Đảng bộ đã kết nạp 57 đảng viên. Công tác kiểm tra,
giám sát được 12 tổ chức. Đảng ủy Khối tặng giấy khen cho 5 tập thể và các
cá nhân của Đảng bộ Khối.

Đại biểu biểu quyết thông qua nghị quyết
"""
    assert [role for role, _ in roles(text)] == ["title", "lead", "paragraph", "caption"]


def test_what_stands_below_the_article_is_signed_or_of_the_page():
    """A bar behind a name is no credit of a picture, and the stars of readers are no figures."""
    prose = "Đảng ủy Khối sơ kết\n\nSáng 7/7, Đảng ủy Khối tổ chức hội nghị.\n\n"
    text = f"{prose}ĐỖ BẢO – HÀ TRANG |\n\nĐánh giá bài viết: 5/5 (3 phiếu)\n"
    assert [role for role, _ in roles(text)] == ["title", "lead", "byline", "furniture"]


def test_stamp_and_byline_beside_other_words_are_cut_off():
    text = (
        "Hội nghị tổng kết công tác năm 2020 của Đảng ủy Khối Cập nhật ngày: 15/01/2021 | 10:54 GMT+7 Ngày 15/1, Ban "
        "Chấp hành Đảng bộ Khối họp. Đảng bộ đã kết nạp 147 đảng viên. Tin, ảnh: Lê Văn"
    )
    assert [role for role, _ in roles(text)] == ["title", "updated", "lead", "byline"]


SCRAPS = ["", "62", "\n", "\ufeff", " \u00a0\n\r", "a", "./.", "|", "(", "Tin, ảnh:", "Nguồn:\n", "1\n" * 9]


@pytest.mark.parametrize("text", SCRAPS)
def test_nothing_is_too_little_to_be_read(text):
    for block in layout_of(text).blocks:
        assert block.role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Quang cảnh hội nghị", "caption"),
        ("Đồng chí Lê Văn Thanh trao giấy khen cho các tập thể", "caption"),
        ("Lãnh đạo Đảng ủy Khối trao giấy khen cho 5 tập thể", "caption"),
        ("Đại biểu dự hội nghị.", "caption"),
        ("Đại diện các tập thể nhận giấy khen. Ảnh: H.L", "caption"),
        ("Đồng chí Lê Văn Thanh, Bí thư Đảng ủy Khối; đồng chí Vũ Thị Bình, Phó Bí thư chủ trì.", "paragraph"),
        ("Dự hội nghị có đồng chí Lê Văn Thanh, Bí thư Tỉnh ủy.", "paragraph"),
        ("Đảng ủy Khối tặng giấy khen cho 5 tập thể", "paragraph"),
        ("Đồng chí Lê Văn Thanh trao giấy khen cho 5 tập thể và 12 cá nhân", "paragraph"),
        ("Kết quả nổi bật", "paragraph"),
        ("Nguồn vốn đầu tư: 120 tỷ đồng", "paragraph"),
        ("PV: Xin đồng chí cho biết kết quả nổi bật?", "paragraph"),
    ],
)
def test_a_caption_is_told_from_the_chair_and_from_what_counts(line, role):
    """A paragraph taken for a caption would lose its figures; a caption taken for a paragraph would double them."""
    lead = "Sáng 7/4, Đảng ủy Khối tổ chức hội nghị sơ kết quý I."
    text = f"{lead}\n\n{line}\n\nToàn Khối kết nạp 38 đảng viên mới trong quý.\n"
    assert [found for found, words in roles(text) if words == line] == [role]

"""What a raw report proposes of its article, its conference and its people."""

import json
import textwrap
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing.proposing import propose
from articles.importing.report import as_json
from tests.articles.importing.scoring import annotated_reports, annotation_of, score

EVERY_FACT = pytest.mark.parametrize("report", annotated_reports(), ids=lambda path: path.stem)


@pytest.mark.parametrize("index", range(5))
def test_every_fact_of_the_annotated_reports_is_found(reports_dir, index):
    text = (reports_dir / f"report_00{index}.txt").read_bytes().decode()
    gold = json.loads((reports_dir / f"report_00{index}.gold.json").read_text())
    found = as_json(propose(text))
    assert score(gold, found).facts.missed == []
    assert found["article"]["lead"] == gold["article"]["lead"]["value"]
    assert found["article"]["dateline"] == gold["article"]["dateline"]["value"]
    assert found["article"]["updated_at"] == gold["article"]["updated"]["value"]
    assert found["article"]["captions"] == [caption["value"] for caption in gold["article"]["captions"]]
    assert (found["article"]["source"] or {}).get("name") == gold["article"]["source_name"]["value"]
    assert found["committee"]["name"].casefold() == gold["committee"]["name"]["value"].casefold()
    assert found["committee"]["province"] == gold["committee"]["province"]["value"]
    said = [(person["name"], len(person["acts"]) > 0) for person in found["officials"]]
    assert said == [(person["name"], len(person["acts"]) > 0) for person in gold["officials"]]


@EVERY_FACT
def test_every_fact_of_the_sample_reports_is_found(report):
    annotation, text = annotation_of(report), report.read_text(encoding="utf-8")
    found = as_json(propose(text))
    assert score(annotation, found).facts.missed == []
    stated = annotation["article"]
    for name in ("dateline", "published_at", "updated_at"):
        assert found["article"][name] == stated.get(name)
    assert found["article"]["captions"] == stated.get("captions", [])
    assert found["conference"]["review"] == annotation["conference"].get("review", "none")
    people = {person["name"]: person for person in annotation.get("officials", [])}
    assert {one["name"]: one["roles"] for one in found["officials"]} == {
        name: one["roles"] for name, one in people.items()
    }
    for one in found["officials"]:
        assert set(one["acts"]) >= set(people[one["name"]]["acts"])


@EVERY_FACT
def test_every_word_stands_where_it_is_said_to_stand(report):
    """An editor is shown the place; a person's name or a day that stands elsewhere would be believed."""
    text = report.read_text(encoding="utf-8")
    said = propose(text)
    places = [*said.article.places.values(), *said.conference.places.values()]
    places += [person.words for person in said.officials] + [document.words for document in said.documents]
    assert places
    for words in places:
        assert text[words.start : words.end] == words.quote


LEAD = "{} Ban Chấp hành Đảng bộ Khối Doanh nghiệp tỉnh tổ chức hội nghị {}.\n"


@pytest.mark.parametrize(
    ("said", "day", "session"),
    [
        ("Sáng ngày 8/4,", "2022-04-08", "morning"),
        ("Sáng qua 30.3,", "2022-03-30", "morning"),
        ("Chiều 13-4,", "2022-04-13", "afternoon"),
        ("Chiều nay (12/4),", "2022-04-12", "afternoon"),
        ("Sáng nay, ngày 7/4,", "2022-04-07", "morning"),
        ("Tối 7/4,", "2022-04-07", "evening"),
        ("Hôm qua 12.4,", "2022-04-12", None),
        ("Chiều thứ Sáu (8/4),", "2022-04-08", "afternoon"),
        ("Ngày 12 tháng 4 năm 2021,", "2021-04-12", None),
        ("Trong 2 ngày 7 và 8/4,", "2022-04-07", None),
        ("(NVO) - Ngày 5/1,", "2022-01-05", None),
        ("NVO- Vừa qua,", None, None),
        ("Ngày 31/6,", None, None),
        ("Ngày 28/12,", "2021-12-28", None),
        ("Thứ Sáu, 8/4,", "2022-04-08", None),
        ("Từ ngày 7 đến 8/4,", "2022-04-07", None),
        ("Sáng mùng 8 tháng 4,", "2022-04-08", "morning"),
        ("Thực hiện Kế hoạch số 12-KH/ĐUK ngày 15/3/2022, chiều 8/4,", "2022-04-08", "afternoon"),
        ("Nhân ngày thành lập Đảng 3/2, tối 8/4,", "2022-04-08", "evening"),
    ],
)
def test_the_day_is_read_in_every_form_and_its_year_follows_from_the_lead(said, day, session):
    found = propose(LEAD.format(said, "sơ kết công tác quý I, triển khai nhiệm vụ quý II năm 2022"))
    assert (found.article.event_date, found.conference.session) == (day, session)


def test_a_conference_that_sums_up_a_year_in_february_is_held_in_the_next():
    lead = LEAD.format("Chiều 14/02,", "tổng kết công tác năm 2022, phương hướng, nhiệm vụ năm 2023")
    assert propose(lead).article.event_date == "2023-02-14"
    lead = LEAD.format("Chiều 28/12,", "tổng kết công tác năm 2022, phương hướng, nhiệm vụ năm 2023")
    assert propose(lead).article.event_date == "2022-12-28"


def test_the_stamp_of_the_page_tells_the_year_and_the_day_of_its_opening_never():
    lead = LEAD.format("Chiều 28/12,", "thường kỳ")
    stamped = propose(f"Hội nghị thường kỳ của Đảng bộ Khối\nCập nhật ngày: 03/01/2021 | 10:54 GMT+7\n{lead}")
    assert stamped.article.event_date == "2020-12-28"
    assert stamped.article.event_date_inferred_from == "Cập nhật ngày: 03/01/2021 | 10:54 GMT+7"
    opened = propose(f"Thứ ba, 18/01/2022\nHội nghị thường kỳ của Đảng bộ Khối\n{lead}")
    assert opened.article.event_date == "--12-28"


@pytest.mark.parametrize(
    ("stamp", "published", "updated"),
    [
        ("Cập nhật lúc 10:29, Thứ Hai, 27/08/2018 (GMT+7)", None, "2018-08-27T10:29:00+07:00"),
        ("Cập nhật ngày: 05/04/2013 06:24:24", None, "2013-04-05T06:24:24+07:00"),
        ("16:29, Thứ Hai, 22/07/2019 (GMT+7)", "2019-07-22T16:29:00+07:00", None),
        ("THỨ NĂM, 27/02/2020 07:31:10", "2020-02-27T07:31:10+07:00", None),
        ("11/06/2017 - 18:19", "2017-06-11T18:19:00+07:00", None),
        ("Xã hội - Ngày đăng : 14:32, 25/10/2020", "2020-10-25T14:32:00+07:00", None),
        ("Thứ Tư, 08/04/2015, 08:11 [GMT+7]", "2015-04-08T08:11:00+07:00", None),
        ("15/01/2021 10:54 PM | Lượt xem: 1.234", "2021-01-15T22:54:00+07:00", None),
        ("2021-01-15 10:54", "2021-01-15T10:54:00+07:00", None),
        ("Tháng Mười Hai 8, 2022 10:54", "2022-12-08T10:54:00+07:00", None),
        ("8 Tháng Tư, 2022 10:54", "2022-04-08T10:54:00+07:00", None),
        ("Thứ Hai, 22/07/2019", None, None),
        ("Cập nhật ngày: 31/02/2019 10:00", None, None),
    ],
)
def test_a_stamp_with_cap_nhat_is_the_update_and_a_bare_one_the_publication(stamp, published, updated):
    said = propose(f"Hội nghị thường kỳ của Đảng bộ Khối\n{stamp}\n{LEAD.format('Vừa qua,', 'thường kỳ')}").article
    assert (said.published_at, said.updated_at) == (published, updated)
    assert said.view_count == (1234 if "Lượt xem" in stamp else None)
    assert said.title == "Hội nghị thường kỳ của Đảng bộ Khối"


@pytest.mark.parametrize(
    ("line", "byline", "credits"),
    [
        ("Tin, ảnh: Lê Văn", "Lê Văn", [("both", "Lê Văn", "")]),
        ("Tin, ảnh: Lê Văn – Chi bộ Sở Y", "Lê Văn – Chi bộ Sở Y", [("both", "Lê Văn", "Chi bộ Sở Y")]),
        ("Lê Văn – Hồ Thị", "Lê Văn – Hồ Thị", [("text", "Lê Văn", ""), ("text", "Hồ Thị", "")]),
        ("T.LOAN - V.KỲ", "T.LOAN - V.KỲ", [("text", "T.LOAN", ""), ("text", "V.KỲ", "")]),
        ("Bài và ảnh:\nT.THUẬN", "T.THUẬN", [("both", "T.THUẬN", "")]),
        ("T/h: Lê Văn", "Lê Văn", [("text", "Lê Văn", "")]),
        ("Kim Thủy (CTV)", "Kim Thủy (CTV)", [("text", "Kim Thủy", "CTV")]),
        ("Tin: Lê Văn; ảnh: Hồ Thị", "Lê Văn; ảnh: Hồ Thị", [("text", "Lê Văn", ""), ("photo", "Hồ Thị", "")]),
        ("\u00a0" * 50 + " Lê Văn", "Lê Văn", [("text", "Lê Văn", "")]),
        ("PV", "PV", [("text", "PV", "")]),
        ("Công Minh-Đài TT-TH", "Công Minh-Đài TT-TH", [("text", "Công Minh", "Đài TT-TH")]),
        ("Ban biên tập", "Ban biên tập", [("text", "Ban biên tập", "")]),
        ("Ảnh: H.L", None, [("photo", "H.L", "")]),
        ("VĂN BẢN MỚI", None, []),
        ("Theo báo cáo tại hội nghị", None, []),
    ],
)
def test_a_byline_is_told_from_a_credit_of_photos_and_from_a_heading(line, byline, credits):
    said = propose(
        f"{LEAD.format('Vừa qua,', 'thường kỳ')}\nToàn Khối đã kết nạp 38 đảng viên mới.\n\n{line}\n"
    ).article
    assert said.byline == byline
    assert [(one.role, one.name, one.unit) for one in said.credits] == credits


@pytest.mark.parametrize(
    ("said", "ordinal", "term", "kind", "review"),
    [
        ("hội nghị Ban Chấp hành lần thứ 8, khóa VIII, nhiệm kỳ 2020 – 2025", 8, (8, 2020), "regular", "none"),
        ("Hội nghị lần thứ hai mươi (mở rộng), khoá XIV để sơ kết quý I", 20, (14, None), "extended", "interim"),
        ("hội nghị mở rộng lần thứ XI tổng kết năm 2021", 11, (None, None), "extended", "summary"),
        ("phiên họp thứ 5", 5, (None, None), "regular", "none"),
        ("hội nghị báo cáo kết quả kỳ họp thứ 12 HĐND tỉnh", None, (None, None), "regular", "none"),
        ("hội nghị tổng kết Hội khỏe lần thứ VIII", None, (None, None), "regular", "summary"),
        ("hội nghị tổng kết Đại hội lần thứ IX, nhiệm kỳ 2020-2025", None, (None, None), "regular", "summary"),
        ("hội nghị quán triệt Nghị quyết Hội nghị lần thứ 4 Ban Chấp hành Trung ương khóa XII", None, (None, None),
         "regular", "none"),
        ("hội nghị sơ kết 5 năm thực hiện Chỉ thị 05 của Bộ Chính trị (khóa XII)", None, (None, None), "thematic",
         "interim"),
    ],
)  # fmt: skip
def test_a_number_counts_with_the_word_it_belongs_to(said, ordinal, term, kind, review):
    found = propose(f"Ngày 8/4, Đảng ủy Khối Doanh nghiệp tỉnh tổ chức {said}.\n").conference
    assert (found.ordinal, (found.term_number, found.term_start)) == (ordinal, term)
    assert (found.kind, found.review) == (kind, review)


@pytest.mark.parametrize(
    ("year", "term"), [(2022, (6, 2020, 2025)), (2020, (None, None, None)), (None, (None, None, None))]
)
def test_the_term_is_that_of_the_congress_whose_years_hold_the_day(year, term):
    """A congress that is still prepared has not opened its term."""
    said = propose(
        f"Ngày 8/4{f'/{year}' if year else ''}, Đảng ủy Khối Doanh nghiệp tỉnh tổ chức hội nghị thường kỳ.\n\n"
        "Các cấp ủy đã học tập Nghị quyết Đại hội Đảng bộ Khối lần thứ VI, nhiệm kỳ 2020-2025 trong quý.\n"
    ).conference
    assert (said.term_number, said.term_start, said.term_end) == term


def test_a_conference_has_its_printed_name_and_news_without_one_has_none():
    said = propose("Chiều 14/02, Đảng ủy Khối tỉnh tổ chức hội nghị tổng kết công tác dân vận năm 2022.\n").conference
    assert (said.name, said.convened_by) == ("Hội nghị tổng kết công tác dân vận năm 2022", "Đảng ủy Khối")
    said = propose("Trong năm 2022, Đảng bộ Khối các cơ quan tỉnh đã kết nạp 12 đảng viên mới.\n").conference
    assert (said.name, said.convened_by) == (None, None)


def test_people_keep_their_roles_before_and_behind_and_share_what_is_shared():
    said = propose(
        "Hội nghị do các đồng chí: Lê Văn Thanh – Bí thư Đảng ủy Khối; Vũ Thị Bình và Cao Bá Lan – Phó Bí thư "
        "Đảng ủy Khối chủ trì. Dự hội nghị có bà Tạ Thị Đào (Trưởng Ban Dân vận Tỉnh ủy).\n"
        "Phát biểu kết luận, Bí thư Đảng ủy Khối Lê Văn Thanh đề nghị các cấp ủy giữ nghiêm kỷ cương.\n"
        "Đảng ủy Khối tặng giấy khen cho đồng chí Hồ Thị Gấm.\n"
    )
    assert [(person.name, person.roles, person.acts) for person in said.officials] == [
        ("Lê Văn Thanh", ("Bí thư Đảng ủy Khối",), ("chaired", "spoke", "concluded")),
        ("Vũ Thị Bình", ("Phó Bí thư Đảng ủy Khối",), ("chaired",)),
        ("Cao Bá Lan", ("Phó Bí thư Đảng ủy Khối",), ("chaired",)),
        ("Tạ Thị Đào", ("Trưởng Ban Dân vận Tỉnh ủy",), ("attended",)),
    ]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Sáng 8/4, Thị ủy Hưng Bàn tổ chức hội nghị sơ kết quý I.", "Thị ủy Hưng Bàn"),
        ("Ngày 8/4, Huyện ủy Năm Sông họp thường kỳ.", "Huyện ủy Năm Sông"),
        ("Ngày 8/4, Ban Chấp hành Đảng bộ TX. Sông Mây khóa VII họp lần thứ 3.", "Đảng bộ TX. Sông Mây"),
        ("Ngày 8/4, Đảng ủy Khối Doanh nghiệp bàn công tác quý II.", "Đảng ủy Khối Doanh nghiệp"),
        ("Họp lần thứ 3 Ban Chấp hành Đảng bộ TP. Hàm Sơn. Đảng bộ có 12 chi bộ.", "Đảng bộ TP. Hàm Sơn"),
    ],
)
def test_a_name_ends_neither_at_a_shortened_word_nor_at_a_syllable_that_is_a_verb_elsewhere(sentence, name):
    assert propose(f"{sentence}\n").committee.name == name


@pytest.mark.parametrize("behind", ["tại hội nghị lần thứ 3", "cho biết, quý I vượt kế hoạch", "nhấn mạnh", "yêu cầu"])
def test_a_role_ends_where_the_sentence_goes_on_and_its_beginning_is_no_second_one(behind):
    text = f"Ông Lê Văn Thanh, Bí thư Thành ủy Hàm Sơn {behind}.\nBí thư Thành ủy Lê Văn Thanh kết luận hội nghị.\n"
    [person] = propose(text).officials
    assert person.roles == ("Bí thư Thành ủy Hàm Sơn",)


def test_a_role_before_a_list_is_of_all_and_a_province_is_no_part_of_a_name():
    said = propose(
        "Đồng chí Lê Văn Thanh - Bí thư Đảng ủy Khối và các đồng chí Phó Bí thư Đảng ủy Khối: Vũ Thị Bình, Cao Bá Lan "
        "đồng chủ trì.\nPhát biểu chỉ đạo, Phó Bí thư Tỉnh ủy Lâm Đồng Tạ Thị Đào biểu dương Đảng bộ Khối.\n"
        "Bí thư Tỉnh đoàn Ngô Văn Được kết luận hội nghị.\n"
    )
    assert [(person.name, person.roles, person.acts) for person in said.officials] == [
        ("Lê Văn Thanh", ("Bí thư Đảng ủy Khối",), ("chaired",)),
        ("Vũ Thị Bình", ("Phó Bí thư Đảng ủy Khối",), ("chaired",)),
        ("Cao Bá Lan", ("Phó Bí thư Đảng ủy Khối",), ("chaired",)),
        ("Tạ Thị Đào", ("Phó Bí thư Tỉnh ủy Lâm Đồng",), ("spoke",)),
        ("Ngô Văn Được", ("Bí thư Tỉnh đoàn",), ("concluded",)),
    ]


@pytest.mark.parametrize(
    ("said", "documents"),
    [
        ("Nghị quyết số 21-NQ/TW của Ban Bí thư", [("21-NQ/TW", "Nghị quyết", "Ban Bí thư")]),
        ("Chỉ thị 05 và Chỉ thị số 05-CT/TW của Bộ Chính trị (khóa XII)",
         [("05-CT/TW", "Chỉ thị", "Bộ Chính trị (khóa XII)")]),
        ("Quyết định 217, 218-QĐ/TW", [("217-QĐ/TW", "Quyết định", None), ("218-QĐ/TW", "Quyết định", None)]),
        ("Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị", [("01-KL/TW", "Kết luận", "Bộ Chính trị")]),
        ("Nghị quyết Trung ương 4 khóa XII",
         [("Trung ương 4", "Nghị quyết", "Ban Chấp hành Trung ương (khóa XII)")]),
        ("kỷ luật 12 đảng viên, vượt kế hoạch 20 đảng viên, Kế hoạch 2022", []),
    ],
)  # fmt: skip
def test_a_document_is_cited_by_its_number_in_every_form(said, documents):
    found = propose(f"Ngày 8/4, Đảng ủy Khối họp để thực hiện {said}.\n").documents
    assert [(one.number, one.type, one.issuer) for one in found] == documents


# Pieces of the genre, of pages and of nothing at all: what a text is made of that somebody pastes.
_PIECES = (
    "Sáng 7/4, ¦Ngày 15/1, ¦Chiều nay (12/10), ¦Cập nhật ngày: 15/01/2021 | 10:54 GMT+7¦Đồng chí ¦Lê Văn Thanh"
    "¦, Bí thư Đảng ủy Khối¦ chủ trì¦; ¦. ¦\n¦\n\n¦\r\n¦\u00a0¦\u200b¦(¦)¦“¦Tin, ảnh: ¦Nguồn: http://a.vn/202204/b¦2,120"
    "¦BÌNH LUẬN¦Ban Chấp hành Đảng bộ Khối các cơ quan tỉnh ¦khóa IV ¦hội nghị lần thứ 3 (mở rộng) "
    "¦nhiệm kỳ 2020-2025 ¦tổng kết năm 2020, nhiệm vụ quý II năm 2021 "
    "¦kết nạp 147 đảng viên¦71/75 tập thể (94,67%) ¦Video clip:¦./."
    "¦tặng giấy khen cho 5 cá nhân ¦Kết luận số 01-KL/TW ¦(LĐ online) – ¦a\u0323\u0302"
)
PIECES = st.sampled_from(_PIECES.split("¦"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
def test_no_text_raises_and_every_place_is_true(text):
    said = propose(text)
    json.dumps(as_json(said))
    places = [*said.article.places.values(), *said.conference.places.values()]
    for one in (*said.officials, *said.documents, *said.statistics, *said.awards):
        places.append(one.words)
    for words in places:
        assert text[words.start : words.end] == words.quote


MENU = "Trang chủ\nGiới thiệu\nHọc tập và làm theo tư tưởng Hồ Chí Minh\nLiên hệ\nTrang chủ > Tin tức\n\n"
FOOT = (
    "\n\nChia sẻ bài viết\nGửi bình luận của bạn\nCác tin, bài viết khác\nKết nạp 12 đảng viên mới tại Chi bộ Sở Y tế\n"
    "Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 4\nĐịa chỉ: 12 Trần Phú\n"
    "Hôm nay: 1.200\nTổng lượt truy cập: 3.456.789\n"
)
FORMS = {
    "with the menus of its page": lambda text: MENU + text + FOOT,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "from Windows": lambda text: text.replace("\n", "\r\n"),
    "without blank lines": lambda text: "\n".join(line for line in text.split("\n") if line.strip()),
    "indented": lambda text: "\n".join(f"\u00a0\t {line} \u00a0" for line in text.split("\n")),
    "wrapped": lambda text: "\n\n".join(
        textwrap.fill(line, 72, break_on_hyphens=False, break_long_words=False)
        for line in text.split("\n")
        if line.strip()
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_report_says_the_same_in_whatever_form_it_is_copied(form):
    """One report of each kind of page: with a stamp and a dateline, with kicker and sub-line, with a source."""
    for report in (annotated_reports()[at] for at in (0, 3, 11, 14)):
        text = FORMS[form](report.read_text(encoding="utf-8"))
        found = json.loads(unicodedata.normalize("NFC", json.dumps(as_json(propose(text)), ensure_ascii=False)))
        assert score(annotation_of(report), found).facts.missed == []

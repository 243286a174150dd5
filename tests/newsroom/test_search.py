"""Search: the same is found on either engine, whichever way it is typed, and in an order that can be told."""

import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from committees.models import CommitteeAlias, Conference, Statistic
from newsroom import finding, fulltext
from newsroom.excerpts import Wanted, excerpt, mark
from newsroom.findable import KINDS
from newsroom.fulltext import SHARES, is_in_sample
from newsroom.indexing import install
from newsroom.models import Abbreviation
from newsroom.postgresql.repeated import CHANGING
from newsroom.spelling import distance, suggest
from tests.situations import (
    a_category,
    a_committee,
    a_conference,
    a_document,
    a_statistic,
    an_article,
    an_award,
    an_indicator,
    draft,
    published,
)

pytestmark = pytest.mark.django_db


def ask(client: Any, typed: str, **chosen: Any) -> Any:
    return client.get("/tim-kiem/?" + urlencode({"q": typed, **chosen}))


def found(client: Any, typed: str, **chosen: Any) -> list[str]:
    """What is found, in its order, as it is called."""
    answer = ask(client, typed, **chosen).context.get("answer")
    return [str(hit.thing) for hit in answer.hits] if answer else []


@pytest.fixture
def plain() -> None:
    """An article that answers to nothing that is asked for here."""
    an_article("Chuyện khác", lead="Không liên quan.", body="<p>Gì đó.</p>")


# --- Words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "dang bo khoi",
        "Đảng bộ Khối",
        unicodedata.normalize("NFD", "Đảng bộ Khối"),
        "Đảng\u00a0bộ\u202fKhối",
        "ĐẢNG BỘ KHỐI",
        "khoi dang bo",
        '"đảng bộ khối"',
        "“Đảng bộ Khối”",
    ],
)
def test_however_it_is_typed_the_same_is_found(typed: str, client: Any, plain: None):
    an_article("Tin trong tuần", lead="Đảng bộ Khối họp.", **published(1))
    an_article("Đảng bộ Khối tổng kết", **published(2))
    assert found(client, typed) == ["Đảng bộ Khối tổng kết", "Tin trong tuần"]


@pytest.mark.parametrize(("written", "typed"), [("ủy ban", "uỷ ban"), ("hóa học", "hoá học"), ("thúy", "thuý")])
def test_a_tone_is_the_same_wherever_it_is_put(written: str, typed: str, client: Any, plain: None):
    for number in range(2):
        an_article(f"Về {written} {number}", **published(number))
    # A word of the same letters and another tone is newer, and stands behind.
    an_article(f"Về {written.translate(str.maketrans('ủóú', 'ụòù'))}", **published(0))
    names = found(client, typed)
    assert names[:2] == [f"Về {written} 0", f"Về {written} 1"]
    assert found(client, written) == names


def test_words_are_all_wanted_and_phrases_as_they_stand(client: Any):
    an_article("Khen thưởng cuối năm", lead="", **published(1))
    an_article("Thưởng cho ai được khen", lead="", **published(2))
    an_article("Chỉ có khen", lead="", **published(3))
    assert found(client, "khen thưởng") == ["Khen thưởng cuối năm", "Thưởng cho ai được khen"]
    assert found(client, '"khen thưởng"') == ["Khen thưởng cuối năm"]


def test_a_phrase_of_many_words_is_more_than_its_pairs(client: Any):
    """PostgreSQL finds pairs of neighbours: a text that has each pair elsewhere is not what was asked for."""
    an_article("Một", lead="", body="<p>Học tập và làm theo, rồi và làm, tập và.</p>", **published(1))
    an_article("Hai", lead="", body="<p>Học tập và nghỉ, tập và làm, và làm theo.</p>", **published(2))
    assert found(client, '"học tập và làm theo"') == ["Một"]
    assert found(client, '"tập và làm"') == ["Một", "Hai"]
    assert found(client, '"học theo"') == []


def test_a_phrase_reaches_over_no_edge_of_a_title_or_lead(client: Any):
    an_article("Họp cuối năm", lead="Học tập nghị quyết.", body="<p>Thi đua.</p>")
    for phrase in ('"năm học"', '"quyết thi"'):
        assert found(client, phrase) == []
    assert found(client, "năm học thi đua") == ["Họp cuối năm"]


def test_a_figure_is_found_as_it_is_printed(client: Any, plain: None):
    an_article("Có số", body="<p>Kết quả 71/75 tập thể, 94,67%, theo Quyết định số 12-QĐ/ĐU.</p>")
    an_article("Số khác", body="<p>Có 75 và 71, 67 và 94.</p>")
    for typed in ("71/75", "94,67%", "12-QĐ/ĐU"):
        assert found(client, typed) == ["Có số"]


def test_an_abbreviation_finds_its_long_form_and_back(client: Any, plain: None):
    Abbreviation.objects.create(short="TCCSĐ", long="tổ chức cơ sở đảng")
    Abbreviation.objects.create(short="CCQ-DN", long="các cơ quan và doanh nghiệp")
    an_article("Xếp loại TCCSĐ", **published(1))
    an_article("Các tổ chức cơ sở đảng vững mạnh", **published(2))
    an_article("Khối CCQ-DN", **published(3))
    an_article("Khối các cơ quan và doanh nghiệp", **published(4))
    both = ["Các tổ chức cơ sở đảng vững mạnh", "Xếp loại TCCSĐ"]
    for typed in ("TCCSĐ", "tccsd", "tổ chức cơ sở đảng", '"to chuc co so dang"'):
        assert sorted(found(client, typed)) == both
    for typed in ("CCQ-DN", "cac co quan va doanh nghiep"):
        assert sorted(found(client, typed)) == ["Khối CCQ-DN", "Khối các cơ quan và doanh nghiệp"]


# --- Order -------------------------------------------------------------------------------------


def test_title_before_lead_before_body_and_the_newest_first(client: Any):
    an_article("Một", lead="", body="<p>Có thi đua.</p>", **published(1))
    an_article("Hai", lead="Có thi đua.", body="", **published(2))
    an_article("Ba thi đua", lead="", body="", **published(4))
    an_article("Bốn thi đua", lead="", body="", **published(3))
    assert found(client, "thi đua") == ["Bốn thi đua", "Ba thi đua", "Hai", "Một"]


def test_who_types_marks_sees_what_has_those_marks_first(client: Any):
    an_article("Bộ trưởng", lead="", **published(5))
    an_article("Bò trường", lead="", **published(1))
    assert found(client, "bộ trưởng") == ["Bộ trưởng", "Bò trường"]
    assert found(client, "bò trường") == ["Bò trường", "Bộ trưởng"]
    assert found(client, "bo truong") == ["Bò trường", "Bộ trưởng"]  # the newest, where no mark says more


def test_a_committee_comes_before_what_is_said_of_it(client: Any):
    committee = a_committee("Đảng bộ Xã Mới")
    an_article("Đảng bộ Xã Mới họp")
    assert found(client, "đảng bộ xã mới") == [str(committee), "Đảng bộ Xã Mới họp"]


# --- What is found -----------------------------------------------------------------------------


def test_what_answers_by_marks_and_without_them_is_counted_once(client: Any):
    """A committee is found by its name and by its other names; of its words those with marks are looked for apart."""
    committee = a_committee("Hội Nông dân")
    CommitteeAlias.objects.create(committee=committee, name="Hoi Nong dan")
    an_article("Hội nông dân", body="<p>Hoi nong dan</p>")
    answer = ask(client, "hội nông dân").context["answer"]
    assert [choice.count for choice in answer.kinds] == [1, 1]
    assert [(choice.label, choice.count) for choice in answer.committees] == [(committee, 1)]


def test_things_of_every_kind_are_found(client: Any):
    committee = a_committee("Đảng bộ Hoa Sen")
    CommitteeAlias.objects.create(committee=a_committee("Tên chính"), name="Chi bộ Hoa Sen")
    conference = a_conference(committee, name="Hội nghị Hoa Sen")
    things = [
        an_article("Bài Hoa Sen"), conference, committee, an_award(achievement="Phong trào Hoa Sen"),
        a_statistic(conference=conference, label="Số Hoa Sen"), a_document("Kế hoạch Hoa Sen"),
    ]  # fmt: skip
    assert sorted(found(client, "hoa sen")) == sorted([*map(str, things), "Tên chính"])
    answer = ask(client, "hoa sen").context["answer"]
    assert [(choice.value, choice.count) for choice in answer.kinds] == [
        ("bai-viet", 1), ("hoi-nghi", 1), ("to-chuc", 2), ("khen-thuong", 1), ("so-lieu", 1), ("van-ban", 1)
    ]  # fmt: skip


def test_an_award_is_found_by_the_name_of_its_form(client: Any):
    """The form is a choice, and its name no text of the row: it is searched as reports call it."""
    awards = {form: an_award(form=form, achievement="Phong trào") for form in ("certificate", "badge", "unstated")}
    for typed, form in {"bang khen": "certificate", '"Huy hiệu Đảng"': "badge", "khen thưởng": "unstated"}.items():
        assert found(client, typed) == [str(awards[form])], typed


def test_what_readers_may_not_see_is_not_found(client: Any):
    conference = a_conference(name="Hội nghị Kín", **draft())
    an_article("Bài Kín", **draft())
    an_article("Bài Kín hẹn giờ", **published(-1))
    an_award(achievement="Khen Kín", **draft())
    a_statistic(label="Số Kín", conference=conference, committee=a_committee(), **draft())
    answer = ask(client, "kín").context["answer"]
    assert answer.found_nothing
    assert answer.kinds == []


def test_an_index_follows_every_door(client: Any):
    article = an_article("Tên cũ")
    article.title = "Tên mới tinh"
    article.save()
    Article.objects.bulk_create([Article(title="Thêm nhiều bài", **published())])
    assert found(client, "tên cũ") == []
    assert found(client, "tinh") == ["Tên mới tinh"]
    assert found(client, "thêm nhiều") == ["Thêm nhiều bài"]
    Article.objects.filter(title="Thêm nhiều bài").delete()
    assert found(client, "thêm nhiều") == []


def test_an_index_is_whole_again_after_a_migration_made_its_table_anew(client: Any):
    """SQLite leaves triggers behind with the old table: what is saved meanwhile must not stay unfound."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'articles_article_search_words%%'"
            )
            names = [name for (name,) in cursor.fetchall()]
            assert len(names) == 3
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")
    an_article("Viết giữa chừng")
    install()
    assert found(client, "giữa chừng") == ["Viết giữa chừng"]
    an_article("Viết giữa chừng nữa")
    assert len(found(client, "giữa chừng")) == 2


@pytest.mark.parametrize("step", [1, 13, 64, 640])
def test_a_sample_has_its_share_of_rows_in_any_steps(step: int):
    """Each report has its figures in the same order, so the keys of one kind of figure go in steps."""
    keys = f"SELECT 7 UNION ALL SELECT id + {step} FROM k WHERE id < {step * 12_800}"
    found = []
    with connection.cursor() as cursor:
        for share in SHARES:
            cursor.execute(f"WITH RECURSIVE k (id) AS ({keys}) SELECT id FROM k WHERE {is_in_sample('k.id', share)}")
            found.append({key for (key,) in cursor.fetchall()})
    assert found[0] < found[1] < found[2] < found[3]
    assert 180 < len(found[2]) < 220  # of 200
    assert 760 < len(found[3]) < 840  # of 800


# --- Narrowing ---------------------------------------------------------------------------------


def test_an_answer_is_narrowed_by_kind_committee_year_and_category(client: Any):
    first, second = a_committee("Tổ chức Một"), a_committee("Tổ chức Hai")
    culture, party = a_category("Văn hóa"), a_category("Xây dựng Đảng")
    one = an_article("Thi đua một", category=culture, published_at="2021-05-01T00:00Z", state="published")
    two = an_article("Thi đua hai", category=party, published_at="2022-05-01T00:00Z", state="published")
    one.committees.add(first)
    two.committees.add(first, second)
    a_conference(second, name="Thi đua ba", held_on="2022-06-01")

    assert found(client, "thi đua", **{"to-chuc": first.pk}) == ["Thi đua hai", "Thi đua một"]
    assert found(client, "thi đua", **{"to-chuc": second.pk}) == ["Thi đua ba", "Thi đua hai"]
    assert found(client, "thi đua", nam=2021) == ["Thi đua một"]
    assert found(client, "thi đua", nam=2022) == ["Thi đua ba", "Thi đua hai"]
    assert found(client, "thi đua", **{"chuyen-muc": party.pk}) == ["Thi đua hai"]
    assert found(client, "thi đua", **{"chuyen-muc": culture.pk}) == ["Thi đua một"]
    assert found(client, "thi đua", loai="hoi-nghi") == ["Thi đua ba"]
    assert found(client, "thi đua", loai="bai-viet", nam=2022, **{"to-chuc": second.pk}) == ["Thi đua hai"]

    answer = ask(client, "thi đua").context["answer"]
    assert [(str(choice.label), choice.count) for choice in answer.years] == [("2022", 2), ("2021", 1)]
    assert {(choice.label, choice.count) for choice in answer.committees} == {(first, 2), (second, 2)}
    assert {(choice.label, choice.count) for choice in answer.categories} == {(culture, 1), (party, 1)}
    # What is chosen stays a way back, and the others stay in reach.
    narrowed = ask(client, "thi đua", nam=2021).context["answer"]
    assert [(choice.value, choice.is_chosen) for choice in narrowed.years] == [("2022", False), ("2021", True)]


def test_an_award_is_of_the_committee_and_the_year_that_report_it(client: Any):
    committee = a_committee("Tổ chức Một")
    dated, undated = (
        a_conference(committee, held_on="2021-05-01"),
        a_conference(a_committee("Tổ chức Hai"), held_on=None),
    )
    one = an_award(achievement="Thi đua", reported_at=dated)
    an_award(achievement="Thi đua", reported_at=undated)
    answer = ask(client, "thi đua").context["answer"]
    assert [(choice.value, choice.count) for choice in answer.years] == [("2021", 1)]
    assert len(answer.committees) == 2
    for chosen in ({"nam": 2021}, {"to-chuc": committee.pk}):
        assert [hit.thing for hit in ask(client, "thi đua", **chosen).context["answer"].hits] == [one]


@pytest.mark.parametrize("name", ["loai", "to-chuc", "nam", "chuyen-muc", "trang"])
@pytest.mark.parametrize("value", ["", "0", "1", "-1", "9999", "99999999999999999999", "²", "x' OR 1=1", "\x00"])
def test_a_choice_that_is_none_is_an_ordinary_page(name: str, value: str, client: Any):
    an_article("Thi đua")
    assert ask(client, "thi đua", **{name: value}).status_code == 200


def test_counts_end_at_five_hundred(client: Any):
    Article.objects.bulk_create([Article(title=f"Thi đua {number}", **published(number)) for number in range(502)])
    answer = ask(client, "thi đua").context["answer"]
    assert [(choice.count, choice.is_more) for choice in answer.kinds] == [(500, True)]
    assert ">500+<" in ask(client, "thi đua").content.decode()


def test_what_is_found_in_great_numbers_is_not_counted_and_is_the_same(client: Any, monkeypatch: Any):
    """Where a sample says that there are far more, what comes first is looked for among the newest, then in all."""
    parts = [
        {"title": "Thi đua {}"},
        {"title": "{}", "lead": "Thi đưa."},
        {"title": "{}", "body": "<p>Họp thi đua.</p>"},
    ]
    category = a_category("Thi đua")
    Article.objects.bulk_create(
        Article(**{part: said.format(n) for part, said in parts[n % 3].items()}, category=category, **published(n))
        for n in range(200)
    )
    pages = [("thi đua", 1), ("thi đua", 2), ("thi đua", 4), ("thi dua", 4)]
    exact = [found(client, typed, trang=page) for typed, page in pages]
    assert [count.count for count in ask(client, "thi đua").context["answer"].kinds] == [200]
    monkeypatch.setattr("newsroom.gathering.ENOUGH", {512: 200, 64: 2, 16: 200})
    monkeypatch.setattr("newsroom.search._SURE", {64: 2})
    for window, few in ((2, 0), (40, 0), (40, 1000)):
        kinds = tuple(replace(kind, windows=(window,) * 3) for kind in KINDS)
        monkeypatch.setattr("newsroom.gathering.KINDS", kinds)
        monkeypatch.setattr("newsroom.finding._kept", {})
        monkeypatch.setattr("newsroom.finding.FEW", few)
        assert [found(client, typed, trang=page) for typed, page in pages] == exact
    answer = ask(client, "thi đua").context["answer"]
    assert [(choice.count, choice.is_more) for choice in answer.kinds] == [(500, True)]
    assert [(choice.label, choice.count, choice.is_more) for choice in answer.categories] == [(category, 500, True)]
    for sql, _params, slots in filter(None, finding._kept.values()):  # PostgreSQL is told each text once
        changing = [{slots[at] for at in places} for places in CHANGING[sql]]
        assert changing == [{slot} for slot in dict.fromkeys(slots.values())]


def test_what_is_found_in_great_numbers_of_one_year_is_the_same(client: Any, monkeypatch: Any):
    """The newest of a year are reached past what is newer, whatever else is told of their conferences, or nothing."""
    committee, indicator = a_committee("Tổ chức"), an_indicator()
    held = Conference.objects.bulk_create(
        Conference(committee=committee, name=f"Thi đua {n}", held_on=date(2020 + n % 2, 5, 1 + n % 28), **published(n))
        for n in range(400)
    )
    of_figures = {"committee": committee, "indicator": indicator, "label": "Thi đua"}
    Statistic.objects.bulk_create(
        Statistic(value=n, conference=held[-n], **of_figures, **published(n)) for n in range(1, 399)
    )
    for other in ({}, published(399)):  # of the newest of them
        Statistic.objects.create(value=0, conference=held[-2], **of_figures, **other)
    exact = [found(client, "thi đua", nam=2020, trang=page) for page in (1, 2)]
    monkeypatch.setattr("newsroom.gathering.ENOUGH", {4096: 200, 512: 200, 64: 2, 16: 200})
    monkeypatch.setattr("newsroom.search._SURE", {64: 2})
    monkeypatch.setattr("newsroom.finding._kept", {})
    monkeypatch.setattr("newsroom.finding.FEW", 0)
    assert [found(client, "thi đua", nam=2020, trang=page) for page in (1, 2)] == exact
    kinds = ask(client, "thi đua", nam=2020).context["answer"].kinds
    assert [(choice.count, choice.is_more) for choice in kinds] == [(500, True)] * 2


def test_an_answer_is_read_page_by_page_to_its_end(client: Any):
    Article.objects.bulk_create([Article(title=f"Thi đua {number}", **published(number)) for number in range(250)])
    seen: list[str] = []
    for page in range(1, 12):
        seen += found(client, "thi đua", trang=page)
        has_next = f"trang={page + 1}" in ask(client, "thi đua", trang=page).content.decode()
        assert has_next == (page < 10)
    assert seen[:200] == [f"Thi đua {number}" for number in range(200)]


# --- Typing errors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khen thuongg", "khen thuong"),
        ("khne thưởng", "khen thưởng"),
        ("kheen", "khen"),
        ("xhen thưởng", "khen thưởng"),
        ("khen thưởng", ""),
        ("xyzxyz", ""),
        ("", ""),
    ],
)
def test_what_was_meant_is_suggested(typed: str, meant: str):
    an_article("Khen thưởng cuối năm")
    assert suggest(typed) == meant


def test_what_is_suggested_is_what_readers_may_see(client: Any):
    """A suggestion is taken from titles, whichever door they came through, and from none that is not out."""
    an_article("Gương sáng", **draft())
    Article.objects.bulk_create([Article(title="Gường ngủ", **published(1)), Article(title="Giường", **published(2))])
    assert suggest("guongg") == "guong"
    assert suggest("gươngg") == "gường"
    Article.objects.filter(title="Gường ngủ").update(state="withdrawn")
    assert suggest("guongg") == "giuong"


def test_what_is_suggested_is_found(client: Any):
    an_article("Khen thưởng cuối năm")
    page = ask(client, "khen thuongg")
    assert f"?{urlencode({'q': page.context['suggestion']})}" in page.content.decode()
    assert found(client, page.context["suggestion"]) == ["Khen thưởng cuối năm"]


def test_the_distance_of_words_counts_swaps_as_one():
    assert [distance(*pair) for pair in (("khen", "khen"), ("khne", "khen"), ("khe", "khen"), ("xhen", "khen"))] == [
        0, 1, 1, 1
    ]  # fmt: skip


# --- Hostile and odd questions -----------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        ".*[(\\", "'", '"', '"""', "%", "_", "\\", ":*", "a:*", "!a", "a & | b", "(", "NOT", "AND OR", "NEAR(a b)",
        "a:b", "{a} : b", "^a", "-a", "*", "\x00", "\u200b", "đ" * 10_000, "a " * 5_000, '"' * 5_000,
        "1e5 0x1F 1.5.2.3", "<script>alert(1)</script>", "漢字", "🎉", "zd1 zm ze zz", "\ufffd",
    ],
)  # fmt: skip
def test_anything_is_an_ordinary_page(typed: str, client: Any):
    an_article("Một bài")
    answer = ask(client, typed)
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_a_question_of_nothing_asks_nothing(client: Any):
    assert client.get("/tim-kiem/").status_code == 200
    assert "answer" not in ask(client, "   ").context
    assert "answer" not in ask(client, "... !").context


def test_words_of_any_shape_are_one_word_on_either_engine(client: Any):
    """What the engines' own tokenizers would split, round or drop is found as it was written."""
    for odd in ("1e5", "0x1F", "b52", "52b", "zalo", "và", "không", "2020-2025", "user@example.com", "v1.2.3"):
        an_article(f"Chữ {odd} ở đây", lead="", body="")
        assert found(client, f"{odd} đây") == [f"Chữ {odd} ở đây"], odd


def test_a_long_text_is_kept_whole_up_to_a_bound(client: Any):
    many = " ".join(f"từ{number}" for number in range(fulltext.MAX_WORDS - 1))
    an_article("Bài dài", body=f"<p>{many} cuối đuôi</p>")
    assert found(client, f'"từ{fulltext.MAX_WORDS - 2} cuối"') == ["Bài dài"]
    assert found(client, "đuôi") == []


# --- Snippets ----------------------------------------------------------------------------------


def test_the_words_that_were_asked_for_are_marked_in_a_snippet(client: Any):
    filler = "chữ " * 100
    an_article("Tin", lead="", body=f"<p>{filler}</p><p>Công tác <b>thi đua</b> &amp; khen thưởng.</p><p>{filler}</p>")
    (hit,) = ask(client, "thi dua khen").context["answer"].hits
    assert [text for text, is_wanted in hit.snippet if is_wanted] == ["thi đua", "khen"]
    assert len("".join(text for text, _ in hit.snippet).split()) < 45
    page = ask(client, "thi dua khen").content.decode()
    assert "<mark>thi đua</mark> &amp; <mark>khen</mark>" in page


def test_a_lead_that_says_it_in_one_piece_is_shown_before_a_body_that_says_it_in_two(client: Any):
    an_article("Tin", lead="Hội thi đua khen thưởng.", body="<p>Thi đua, nhiều tập thể được khen.</p>")
    (hit,) = ask(client, "thi đua khen").context["answer"].hits
    assert hit.snippet == [("Hội ", False), ("thi đua khen", True), (" thưởng.", False)]


@pytest.mark.parametrize(("lead", "told"), [("Tóm tắt.", "Tóm tắt."), ("", "Đoạn nói về thi đua.")])
def test_of_an_article_whose_title_says_it_the_lead_is_shown(client: Any, lead: str, told: str):
    an_article("Thi đua", lead=lead, body="<p>Đoạn nói về thi đua.</p>")
    (hit,) = ask(client, "thi đua").context["answer"].hits
    assert "".join(text for text, _is_wanted in hit.snippet) == told


def test_an_excerpt_loses_and_adds_no_word():
    text = " ".join(f"t{number}" for number in range(200))
    pieces, words = excerpt(text, Wanted({"t150", "t152"}))
    assert words == 2
    said = "".join(text for text, _ in pieces).strip("… ")
    assert said in text and "t150" in said and "t152" in said
    assert mark("Đảng bộ", Wanted({"dang", "bo"})) == [("Đảng bộ", True)]
    assert excerpt("", Wanted({"a"})) == ([], 0)


# --- Costs, and what machines see --------------------------------------------------------------


def test_a_search_costs_the_same_however_much_it_finds(client: Any):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ask(client, "thi đua").status_code == 200
        return len(queries)

    def add(count: int) -> None:
        for number in range(count):
            conference = a_conference(name=f"Thi đua {number}")
            an_article(f"Thi đua {number}", conference=conference)
            an_award(achievement=f"Thi đua {number}", reported_at=conference)
            a_statistic(label=f"Thi đua {number}", conference=conference)

    add(30)
    few = cost()
    add(30)
    assert cost() == few <= (12 if connection.vendor == "postgresql" else 24)  # which is asked kind by kind


def test_a_search_page_is_in_no_index_of_others(client: Any):
    assert 'name="robots" content="noindex' in ask(client, "gì").content.decode()


def test_every_page_asks_for_a_question(client: Any):
    assert 'action="/tim-kiem/"' in client.get("/").content.decode()

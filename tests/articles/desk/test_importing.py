"""A raw report at the desk: handed in, looked over, and saved when a person says so, never before."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from articles.desk import importing
from articles.desk.import_sheet import MOST, Sheet
from articles.importing.report import Dropped
from articles.models import Article, RawReport
from committees.models import Award, Committee, Conference, Document, Indicator, Person, Statistic
from newsroom.models import User
from tests.articles.importing.made import FURNITURE, SECOND_TEXT, TEXT, a_report, a_second_report, words
from tests.articles.importing.test_raw_reports import a_raw_picture
from tests.forms import filled
from tests.situations import a_category, a_committee, a_person, an_indicator, staff

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

HAND_IN = reverse("admin:articles_article_import")
FACTS = (Article, Statistic, Award, Conference, Committee, Indicator, Person, Document)


@pytest.fixture(autouse=True)
def _read_by_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Our own two reports are proposed of as a person would: this is about what is done with it."""

    def propose(text: str) -> Any:
        report = a_second_report() if text.startswith(SECOND_TEXT) else a_report()
        report.text = text
        place = words(FURNITURE)
        report.dropped = [Dropped(FURNITURE, "widget", place.start, place.end)]
        return report

    monkeypatch.setattr(importing, "propose", propose)
    yield


def desk_of(who: User | str) -> Client:
    client = Client()
    client.force_login(staff(who) if isinstance(who, str) else who)
    return client


def handed_in(desk: Client, text: str = TEXT) -> str:
    """The address at which a report that has been handed in is looked over."""
    answer = desk.post(HAND_IN, {"text": text})
    assert answer.status_code == 302
    return answer.headers["Location"]


def saved(desk: Client, text: str = TEXT, **typed: Any) -> Any:
    address = handed_in(desk, text)
    return desk.post(address, filled(desk.get(address), save="1", **typed))


def counted() -> list[int]:
    return [model.objects.count() for model in FACTS]


# --- Handing in --------------------------------------------------------------------------------


def test_a_report_that_is_handed_in_is_read_and_nothing_is_saved():
    desk, before = desk_of("editor"), counted()
    page = desk.get(handed_in(desk)).content.decode()
    assert counted() == before
    for name in ("figure-0", "award-0", "document-0", "official-0", "committee", "conference"):
        assert f'id="{name}"' in page


def test_an_empty_report_and_one_that_is_none_keep_what_was_typed():
    desk = desk_of("writer")
    assert "Hãy dán" in desk.post(HAND_IN, {"text": " \n "}).content.decode()
    long = "Đầu báo cáo " + "x" * importing.MOST
    page = desk.post(HAND_IN, {"text": long}).content.decode()
    assert "Đầu báo cáo" in page and not RawReport.objects.exists()


def test_a_file_is_read_or_refused_with_a_sentence_and_a_text_beside_it_is_kept():
    desk = desk_of("writer")
    answer = desk.post(HAND_IN, {"text": "", "file": ContentFile(TEXT.encode(), name="báo cáo.txt")})
    assert answer.status_code == 302
    raw = RawReport.objects.get()
    assert (raw.text, raw.name) == (TEXT, "báo cáo.txt")
    page = desk.post(HAND_IN, {"text": "", "file": ContentFile(b"PK", name="bao-cao.docx")}).content.decode()
    assert "errorlist" in page and "Hãy chọn lại tệp" in page
    page = desk.post(HAND_IN, {"text": "Chữ đã gõ", "file": ContentFile(b"x", name="x.txt")}).content.decode()
    assert "Chữ đã gõ" in page and RawReport.objects.count() == 1


def test_what_no_database_takes_is_left_out_of_the_text():
    desk = desk_of("writer")
    handed_in(desk, "một\x00\r\nhai")
    assert RawReport.objects.get().text == "một\nhai"


def test_a_report_handed_in_twice_waits_once_and_is_for_its_owner_and_for_editors():
    owner = staff("writer")
    desk = desk_of(owner)
    address = handed_in(desk)
    assert handed_in(desk) == address and RawReport.objects.count() == 1
    assert desk_of("writer").get(address).status_code == 404
    assert address in desk_of("editor").get(HAND_IN).content.decode()
    assert address not in desk_of("writer").get(HAND_IN).content.decode()


def test_a_report_that_is_an_article_already_is_offered_as_that():
    desk = desk_of("editor")
    saved(desk)
    article = Article.objects.get()
    page = desk.post(HAND_IN, {"text": TEXT.replace("\n", " \n")}).content.decode()
    assert reverse("admin:articles_article_change", args=[article.pk]) in page and article.title in page
    # Who may not open it is told who has it, and not what it says.
    page = desk_of("writer").post(HAND_IN, {"text": TEXT}).content.decode()
    assert reverse("admin:articles_article_change", args=[article.pk]) not in page and str(article.writer) in page


def test_a_report_can_be_thrown_away():
    desk = desk_of("writer")
    address = handed_in(desk)
    desk.post(address, {"discard": "1"})
    assert not RawReport.objects.exists() and not Article.objects.exists()


# --- Deciding ----------------------------------------------------------------------------------


def test_what_is_accepted_as_proposed_becomes_a_draft_with_all_of_it():
    editor = staff("editor")
    desk = desk_of(editor)
    category = a_category()
    answer = saved(desk, **{"article-category": category.pk})
    article = Article.objects.get()
    assert answer.headers["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert (article.writer, article.category, article.state) == (editor, category, "draft")
    assert article.conference is not None and article.conference.statistics.count() == 4
    assert article.mentions.count() == 6 and article.documents.count() == 1 and article.bylines.count() == 1
    assert Award.objects.get().recipients.count() == 3
    assert "40/50 (80%)" in {row.figure for row in Statistic.objects.all()}
    page = desk.get(answer.headers["Location"]).content.decode()
    assert "4 số liệu" in page and "1 khen thưởng" in page


def test_what_is_changed_is_saved_changed_and_what_is_dropped_is_not_saved():
    desk = desk_of("editor")
    typed = {
        "article-title": "Tiêu đề sửa", "official-0-acts": "has_spoken",
        "figure-2-label": "Nhãn sửa", "figure-2-value": "13",
        "award-0-recipients": "Chi bộ Một\n\nChi bộ Bốn", "put-back": "0", "figure-0-percent": "80,0",
    }  # fmt: skip
    address = handed_in(desk)
    form = filled(desk.get(address), save="1", **typed)
    for name in ("figure-3-keep", "document-0-keep", "credit-0-keep"):
        del form[name]
    desk.post(address, form)
    article = Article.objects.get()
    assert article.title == "Tiêu đề sửa" and not article.documents.exists() and not article.bylines.exists()
    assert {(row.label, row.figure) for row in Statistic.objects.all()} >= {("Nhãn sửa", "13")}
    assert Statistic.objects.count() == 3 and Statistic.objects.get(value=40).share == "80,0%"
    assert [recipient.name for recipient in Award.objects.get().recipients.all()] == ["Chi bộ Một", "Chi bộ Bốn"]
    assert article.conference.attendances.get().acts == ["phát biểu"]
    assert article.body.endswith(f"<p>{FURNITURE}</p>")


def test_a_refused_form_keeps_all_that_was_decided_and_saves_nothing():
    desk = desk_of("editor")
    address = handed_in(desk)
    before = counted()
    form = filled(desk.get(address), save="1", **{"article-title": "", "figure-2-label": "Nhãn sửa", "put-back": "0"})
    del form["figure-3-keep"]
    answer = desk.post(address, form)
    assert answer.status_code == 200 and counted() == before
    again = filled(answer)
    assert again["figure-2-label"] == "Nhãn sửa" and "figure-3-keep" not in again and again["put-back"] == "0"
    assert "Chưa lưu gì" in answer.content.decode()
    desk.post(address, {**again, "save": "1", "article-title": "Có rồi"})
    assert Article.objects.get().title == "Có rồi"


def test_a_double_click_makes_one_article():
    desk = desk_of("editor")
    address = handed_in(desk)
    form = filled(desk.get(address), save="1")
    first, second = desk.post(address, form), desk.post(address, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Article.objects.count() == 1 and Statistic.objects.count() == 4


def test_a_report_that_is_read_otherwise_by_now_is_not_saved_by_old_numbers():
    desk = desk_of("editor")
    address = handed_in(desk)
    desk.post(address, filled(desk.get(address), save="1", mark="0123456789abcdef"))
    assert not Article.objects.exists()


def test_a_committee_is_confirmed_by_a_person():
    """Likeness of names is no identity: nothing is chosen for whoever does not choose."""
    known = a_committee("Đảng bộ Khối Bến Mới tỉnh Sông Lam")
    desk = desk_of("editor")
    assert saved(desk).status_code == 200 and not Article.objects.exists()
    saved(desk, **{"committee-choice": str(known.pk)})
    assert Conference.objects.get().committee == known and Committee.objects.count() == 1


def test_another_committee_is_found_by_what_is_typed_of_its_name():
    other = a_committee("Đảng bộ Khối Núi Hồng")
    a_committee("Đảng bộ Khối Núi Xanh")
    desk = desk_of("editor")
    address = handed_in(desk)
    form = filled(desk.get(address), save="1", **{"committee-choice": "other", "committee-other": "khoi nui"})
    page = desk.post(address, form).content.decode()  # both are offered, none is taken
    assert "Đảng bộ Khối Núi Xanh" in page and not Article.objects.exists()
    desk.post(address, {**form, "committee-other": "nui hong"})
    assert Conference.objects.get().committee == other


def test_without_a_committee_the_article_alone_is_saved():
    desk = desk_of("editor")
    saved(desk, **{"committee-choice": "none"})
    assert Article.objects.get().conference is None and not Statistic.objects.exists() and not Award.objects.exists()


def test_a_writer_chooses_committees_and_indicators_and_makes_none():
    desk, known = desk_of("writer"), a_committee("Đảng bộ Khối Bến Mới tỉnh Sông Lam")
    address = handed_in(desk)
    form = filled(desk.get(address), save="1")
    assert "committee-name" not in form and "figure-0-code" not in form
    before = counted()
    for forged in (
        {"committee-choice": "new", "committee-name": "x"},
        {"figure-0-indicator": "new", "figure-0-code": "a.b"},
    ):
        assert desk.post(address, {**form, "committee-choice": str(known.pk), **forged}).status_code == 200
    assert counted() == before
    # What the genre counts everywhere is nobody's invention: it is there as soon as a figure needs it.
    desk.post(address, {**form, "committee-choice": str(known.pk)})
    assert {row.indicator.name for row in Statistic.objects.all()} >= {"Đảng viên được kết nạp"}
    assert Statistic.objects.count() == 4 and Committee.objects.count() == 1


def test_a_figure_that_nobody_has_an_indicator_for_is_left_out_until_somebody_chooses_one(monkeypatch):
    report = a_report()
    report.statistics[0] = replace(report.statistics[0], indicator="")
    monkeypatch.setattr(importing, "propose", lambda text: report)
    desk, indicator = desk_of("editor"), an_indicator("models.registered", name="Mô hình đăng ký")
    address = handed_in(desk)
    page = desk.get(address)
    assert "1 số liệu chưa có chỉ số" in page.content.decode() and "figure-0-keep" not in filled(page)
    desk.post(address, filled(page, save="1", **{"figure-0-keep": "on"}))
    assert not Article.objects.exists()  # kept, and not said as what
    desk.post(address, filled(page, save="1", **{"figure-0-keep": "on", "figure-0-indicator": str(indicator.pk)}))
    assert Statistic.objects.get(value=40).indicator == indicator


def test_two_figures_of_one_new_indicator_make_it_once():
    desk = desk_of("editor")
    new = {"code": "hall.rented", "indicator_name": "Hội trường thuê"}
    typed = {f"figure-{i}-{name}": value for i in (0, 1) for name, value in {**new, "indicator": "new"}.items()}
    saved(desk, **typed)
    assert Indicator.objects.get(code="hall.rented").statistics.count() == 2


def test_a_person_of_the_same_name_is_offered_and_not_taken():
    stranger = a_person("Lê Thử", note="Chi bộ 6")
    desk = desk_of("editor")
    address = handed_in(desk)
    page = desk.get(address)
    assert "Chi bộ 6" in page.content.decode()
    desk.post(address, filled(page, save="1", **{"official-0-person": str(stranger.pk)}))
    assert Conference.objects.get().attendances.get().person == stranger


def test_the_fullest_page_is_not_too_large_to_be_sent(settings):
    """Django refuses a form of more fields than that, without a word to whoever filled it in."""
    sheet = Sheet(a_report(), staff("editor"))
    fields = sum(most * len(getattr(sheet, name)[0].fields) for name, most in MOST.items())
    assert fields + 200 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


# --- A second report of a known conference -----------------------------------------------------


@pytest.fixture
def second() -> tuple[Client, str]:
    """An editor who looks over the second report of a conference whose first has been saved."""
    desk = desk_of("editor")
    saved(desk)
    return desk, handed_in(desk, SECOND_TEXT)


def test_a_contradiction_is_shown_with_both_values_and_both_sentences(second: tuple[Client, str]):
    desk, address = second
    page = desk.get(address).content.decode()
    assert "40/50 (80%)" in page and "41/50" in page and "Năm 2021, có 40/50 chi bộ" in page
    assert page.count("proposal-clash") == 1 and page.count("proposal-known") == 2  # a figure and an award agree


def test_a_contradiction_waits_for_a_person_and_known_rows_are_never_doubled(second: tuple[Client, str]):
    desk, address = second
    form = filled(desk.get(address), save="1")
    answer = desk.post(address, form)
    assert "trái nhau" in answer.content.decode() and Article.objects.count() == 1
    desk.post(address, {**form, "figure-1-use_known": "on"})
    article = Article.objects.order_by("-pk")[0]
    assert Conference.objects.count() == 1 and Statistic.objects.count() == 5 and Award.objects.count() == 1
    good = Statistic.objects.get(indicator__code="rating.cell.good")
    assert good.value == 40 and [m.words for m in good.mentions.filter(article=article)] == ["41/50 chi bộ"]


def test_what_contradicts_may_be_dropped(second: tuple[Client, str]):
    desk, address = second
    form = filled(desk.get(address), save="1")
    del form["figure-1-keep"]
    desk.post(address, form)
    assert Statistic.objects.count() == 5 and Article.objects.count() == 2
    assert (
        Statistic.objects.get(indicator__code="rating.cell.good").mentions.filter(article__fingerprint="").count() == 0
    )


def test_who_names_the_conference_has_named_its_committee(second: tuple[Client, str]):
    desk, address = second
    Committee.objects.update(province="")  # now nothing but the name is the same
    page = desk.get(address)
    form = filled(page, save="1", **{"conference-known": str(Conference.objects.get().pk)})
    assert "committee-choice" not in form
    answer = desk.post(address, {**form, "figure-1-use_known": "on"})
    assert answer.status_code == 302 and Conference.objects.get().articles.count() == 2


def test_a_known_conference_is_not_made_again(second: tuple[Client, str]):
    desk, address = second
    form = filled(desk.get(address), save="1", **{"conference-known": "new"})
    assert "đã có hội nghị này" in desk.post(address, form).content.decode()
    assert Conference.objects.count() == 1


# --- Pictures ----------------------------------------------------------------------------------


def test_pictures_of_a_report_become_photos_with_its_captions(media):
    desk = desk_of("editor")
    address = handed_in(desk)
    picture = a_raw_picture(RawReport.objects.get())
    desk.post(address, filled(desk.get(address), save="1", **{"photo-0-alt": "Toàn cảnh"}))
    photo = Article.objects.get().photos.get()
    assert (photo.image.name, photo.caption, photo.alt) == (picture.image.name, "Quang cảnh hội nghị", "Toàn cảnh")
    assert photo.width == 320 and not Article.objects.get().note

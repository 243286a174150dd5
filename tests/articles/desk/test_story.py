"""The stories the whole house is built for, told in a real browser: from an empty form to a reader, and beyond."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from articles.models import Article
from newsroom.publishing import State
from tests.looking import until
from tests.situations import a_category, a_committee, an_indicator, picture_bytes, staff

pytestmark = pytest.mark.browser

TITLE = "Hơn chín trong mười tập thể hoàn thành tốt nhiệm vụ"
CONFERENCE = "Hội nghị tổng kết công tác năm 2022"


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext]) -> Callable[[str], Page]:
    """Seats somebody in a role at the desk, in a browser of their own."""

    def sit_down(role: str) -> Page:
        person = staff(role)
        page = new_context().new_page()
        page.goto("/quan-tri/")
        page.fill("[name=username]", person.username)
        page.fill("[name=password]", "mật khẩu của bài thử")
        page.click("[type=submit]")
        expect(page.locator("#logout-form")).to_be_visible()
        return page

    return sit_down


def choose(page: Page, field: Locator | str, typed: str, choice: str) -> None:
    """Type a few letters into an autocomplete, without diacritics, and take what it offers."""
    select = page.locator(field) if isinstance(field, str) else field
    select.locator("xpath=following-sibling::span[contains(@class, 'select2')]").first.click()
    page.locator(".select2-search__field:visible").last.fill(typed)
    page.locator(".select2-results__option", has_text=choice).first.click()


def add_row(page: Page, prefix: str) -> None:
    page.locator(f"#{prefix}-group .add-row a").click()


def enter_the_conference(page: Page) -> None:
    page.goto("/quan-tri/committees/conference/add/")
    page.fill("#id_name", CONFERENCE)
    choose(page, "#id_committee", "dang bo khoi", "Đảng bộ Khối")
    page.fill("#id_held_on", "14/02/2023")
    add_row(page, "statistics")
    page.fill("#id_statistics-0-label", "Tập thể hoàn thành tốt nhiệm vụ")
    choose(page, "#id_statistics-0-indicator", "to chuc xep loai", "Tổ chức xếp loại")
    page.fill("#id_statistics-0-value", "71/75 (94,67%)")
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_contain_text(CONFERENCE)


def write_the_article(page: Page) -> None:
    page.goto("/quan-tri/articles/article/add/")
    page.fill("#id_title", TITLE)
    page.fill("#id_lead", "Hội nghị chiều 14/02 công bố kết quả đánh giá các tập thể.")
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.insert_text("Chào các đồng chí: 71/75 tập thể hoàn thành tốt nhiệm vụ.")
    choose(page, "#id_conference", "hoi nghi tong ket", CONFERENCE)
    choose(page, "#id_category", "xay dung", "Xây dựng Đảng")
    for number, caption in enumerate(("Đại biểu dự hội nghị", "Trao giấy khen")):
        add_row(page, "photos")
        page.set_input_files(
            f"#id_photos-{number}-image",
            {"name": f"anh-{number}.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(1600, 900)},
        )
        page.fill(f"#id_photos-{number}-alt", caption)
        page.fill(f"#id_photos-{number}-caption", caption)


def test_a_report_goes_from_its_writer_over_an_editor_to_a_reader(
    desk: Callable[[str], Page], new_context: Callable[..., BrowserContext], media: Any
) -> None:
    """A writer enters a conference with a figure and writes an article with two photos; an editor publishes; a
    reader reads title, figure, pictures and the way to the conference."""
    a_committee("Đảng bộ Khối các cơ quan tỉnh")
    an_indicator("org.rated", name="Tổ chức xếp loại")
    a_category("Xây dựng Đảng")

    writer = desk("writer")
    enter_the_conference(writer)
    write_the_article(writer)
    writer.click("button[value=submit]")
    expect(writer.locator(".messagelist .success")).to_contain_text(TITLE)
    expect(writer.locator("button[value=publish]")).to_have_count(0)

    article = Article.objects.get()
    assert article.body == "<p>Chào các đồng chí: 71/75 tập thể hoàn thành tốt nhiệm vụ.</p>"

    editor = desk("editor")
    editor.goto(f"/quan-tri/articles/article/{article.pk}/change/")
    expect(editor.locator(".cke_wysiwyg_div")).to_contain_text("Chào các đồng chí")
    editor.click("button[value=publish]")
    expect(editor.locator(".messagelist .success")).to_contain_text(TITLE)

    reader = new_context().new_page()
    reader.goto(article.get_absolute_url())
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("main")).to_contain_text("71/75")
    expect(reader.locator("main")).to_contain_text("94,67%")
    for caption in ("Đại biểu dự hội nghị", "Trao giấy khen"):
        picture = reader.get_by_role("img", name=caption)
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("picture => picture.naturalWidth") > 0
    reader.get_by_role("link", name=CONFERENCE).first.click()
    expect(reader.locator("h1")).to_contain_text(CONFERENCE)
    expect(reader.locator("main")).to_contain_text("94,67%")


FORM = "/quan-tri/articles/article/{}/change/"
STATE = "#draft-state"


def text_of(page: Page) -> Locator:
    """The body in its editor, once that is ready."""
    until(page, "window.CKEDITOR?.instances.id_body?.status === 'ready'")
    return page.locator(".cke_wysiwyg_div")


def press(page: Page, name: str) -> None:
    """Press one of the buttons that move an article on, and see that it did."""
    page.click(f"button[name=_move][value={name}]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def draft_from_the_conference(page: Page) -> None:
    """From the conference's own page: what is known of it is in the form already."""
    page.goto("/quan-tri/committees/conference/")
    page.get_by_role("link", name=CONFERENCE).click()
    page.get_by_role("link", name="Viết bài về hội nghị này").click()
    expect(page.locator("#id_title")).to_have_value(CONFERENCE)
    expect(page.locator("#id_conference")).to_contain_text(CONFERENCE)
    expect(page.locator("#id_committees")).to_contain_text("Đảng bộ Khối")
    text_of(page)
    page.fill("#id_title", TITLE)
    page.fill("#id_lead", "Hội nghị chiều 14/02 công bố kết quả đánh giá các tập thể trong toàn Đảng bộ năm qua.")
    choose(page, "#id_category", "xay dung", "Xây dựng Đảng")
    text_of(page).click()
    page.keyboard.insert_text("Có 71/75 tập thể hoàn thành tốt nhiệm vụ.")
    expect(page.locator(STATE)).to_contain_text("Đã lưu lúc")


def lose_the_browser(page: Page) -> Page:
    """Write on, and lose the page before anything can reach the server. Return where its person goes on."""
    page.context.set_offline(True)
    page.keyboard.insert_text(" Ba tập thể hoàn thành nhiệm vụ.")
    until(page, "Object.values(localStorage).some((copy) => copy.includes('Ba tập thể'))")
    page.close()
    page.context.set_offline(False)
    return page.context.new_page()


def get_the_text_back(page: Page) -> None:
    """The draft waits on the desk's first page, and what is newer than it in the browser."""
    page.goto("/quan-tri/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(text_of(page)).not_to_contain_text("Ba tập thể")
    page.locator("#draft-offer [data-answer=take]").click()
    expect(text_of(page)).to_contain_text("Ba tập thể hoàn thành nhiệm vụ.")


def test_a_report_is_drafted_lost_found_returned_mended_scheduled_read_and_corrected(
    desk: Callable[[str], Page], new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """The whole way of an article: no word is lost, nothing is seen before its minute, and all of it can be told."""
    a_committee("Đảng bộ Khối các cơ quan tỉnh")
    an_indicator("org.rated", name="Tổ chức xếp loại")
    a_category("Xây dựng Đảng")

    writer = desk("writer")
    enter_the_conference(writer)
    draft_from_the_conference(writer)
    writer = lose_the_browser(writer)
    get_the_text_back(writer)
    press(writer, "submit")
    article = Article.objects.get()
    assert "Ba tập thể hoàn thành nhiệm vụ." in article.body
    assert (article.state, article.conference.name) == (State.SUBMITTED, CONFERENCE)

    editor = desk("editor")
    editor.goto("/quan-tri/")
    editor.get_by_role("link", name=TITLE).first.click()
    editor.fill("#id_reason", "Thiếu tập thể không hoàn thành nhiệm vụ.")
    press(editor, "return")

    writer.goto("/quan-tri/")
    expect(writer.locator("body")).to_contain_text("Thiếu tập thể không hoàn thành nhiệm vụ.")
    writer.get_by_role("link", name=TITLE).first.click()
    expect(writer.locator(".last-word")).to_contain_text("Thiếu tập thể không hoàn thành nhiệm vụ.")
    text_of(writer).click()
    writer.keyboard.press("Control+End")
    writer.keyboard.insert_text(" Một tập thể không hoàn thành.")
    press(writer, "submit")

    minute = (timezone.localtime() + timedelta(hours=3)).replace(second=0, microsecond=0)
    editor.goto(FORM.format(article.pk))
    editor.fill("#id_at", minute.strftime("%Y-%m-%dT%H:%M"))
    press(editor, "publish")
    expect(editor.locator(".messagelist .success")).to_contain_text("hẹn giờ")

    reader = new_context().new_page()
    reader.goto("/")
    expect(reader.locator("body")).not_to_contain_text(TITLE)
    with patch("django.utils.timezone.now", return_value=minute):
        reader.goto("/")
        reader.get_by_role("link", name=TITLE).first.click()
        expect(reader.locator("main")).to_contain_text("Một tập thể không hoàn thành.")
        expect(reader.locator("main")).to_contain_text("94,67%")

    Article.objects.update(published_at=timezone.now())  # the rest of the day is told without waiting for it
    editor.goto(FORM.format(article.pk))
    editor.fill("#id_lead", "Hội nghị sáng 14/02 công bố kết quả đánh giá các tập thể trong toàn Đảng bộ năm qua.")
    expect(editor.locator(STATE)).to_contain_text("Đã lưu lúc")
    reader.goto(article.get_absolute_url())
    expect(reader.locator("main")).to_contain_text("chiều 14/02")  # nothing saves itself into what readers see
    press(editor, "publish")
    editor.get_by_role("link", name="Đăng đính chính").click()
    editor.fill("#id_stood", "chiều 14/02")
    editor.fill("#id_right", "sáng 14/02")
    editor.click("[name=_save]")
    expect(editor.locator(".messagelist .success")).to_be_visible()
    reader.reload()
    expect(reader.locator("main")).to_contain_text("sáng 14/02 công bố")
    expect(reader.locator("main")).to_contain_text("Đính chính")
    reader.goto("/dinh-chinh/")
    expect(reader.locator("main")).to_contain_text(TITLE)

    auditor = desk("administrator")
    auditor.goto("/quan-tri/articles/article/")
    auditor.get_by_role("link", name="Xuất danh sách").click()
    with auditor.expect_download() as download:
        auditor.click("#export_form [type=submit]")
    download.value.save_as(tmp_path / "bai-viet.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "bai-viet.xlsx").active.values)  # type: ignore[union-attr]
    assert [cell for row in rows for cell in row if cell == TITLE] == [TITLE]

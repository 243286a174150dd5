"""The story the whole house is built for, told once in a real browser: from an empty form to a reader."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from articles.models import Article
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

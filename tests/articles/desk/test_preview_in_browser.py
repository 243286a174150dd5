"""A preview and its links in a real browser: from whoever makes a link to whoever opens it without an account."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from articles.models import Article
from newsroom.models import User
from tests import situations
from tests.looking import look_at

pytestmark = pytest.mark.browser

TITLE = "Quý I kết nạp 26 quần chúng ưu tú"


@pytest.fixture
def writer(live_server: Any) -> User:
    return situations.staff("writer")


@pytest.fixture
def article(writer: User) -> Article:
    conference = situations.a_conference(name="Hội nghị chưa công bố", **situations.draft())
    body = "<p>Có 71/75 tập thể hoàn thành tốt; tặng 5 giấy khen.</p>"
    article = situations.an_article(TITLE, writer=writer, body=body, conference=conference, **situations.draft())
    figure = situations.a_statistic(conference=conference, **situations.draft())
    situations.a_mention(article, figure, "71/75 tập thể")
    situations.an_award(reported_at=conference, **situations.draft())
    return article


def sit_down(page: Page, person: User) -> Page:
    page.goto("/quan-tri/")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    expect(page.locator("#logout-form")).to_be_visible()
    return page


def test_a_link_is_made_sent_opened_counted_and_revoked(
    new_context: Callable[..., BrowserContext], writer: User, article: Article, expected_noise: list[str]
):
    expected_noise.append(r"404 for GET .*/xem-truoc/")
    desk = sit_down(new_context(permissions=["clipboard-read", "clipboard-write"]).new_page(), writer)
    desk.goto(f"/quan-tri/articles/article/{article.pk}/change/")
    desk.get_by_role("link", name="Liên kết xem trước").click()
    desk.get_by_label("Tên liên kết").fill("Đ/c Nam, góp ý số liệu")
    desk.get_by_role("button", name="Tạo liên kết").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Đ/c Nam")
    expect(desk.get_by_text("Chưa ai mở.")).to_be_visible()
    desk.get_by_role("button", name="Chép địa chỉ").click()
    expect(desk.get_by_role("button", name="Đã chép")).to_be_visible()
    address = desk.evaluate("navigator.clipboard.readText()")

    outside = new_context()
    reader = outside.new_page()
    reader.goto(address)
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator(".preview-band")).to_contain_text("Bạn đọc chưa thấy trang này")
    expect(reader.locator("main")).to_contain_text("Hội nghị chưa công bố")
    assert reader.locator(".figures a[href]:not([href^='#'])").count() == 0  # but to its sentence, on this page
    reader.reload()
    assert outside.cookies() == []

    desk.reload()
    desk.get_by_text("Đã mở 2 lần").click()
    expect(desk.locator(".link-openings li")).to_have_count(2)
    desk.get_by_role("button", name="Thu hồi").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Đã thu hồi")

    reader.reload()
    expect(reader.locator("h1")).to_have_text("Liên kết này không mở được")


def test_links_are_made_and_revoked_without_a_script(
    new_context: Callable[..., BrowserContext], writer: User, article: Article
):
    desk = sit_down(new_context(java_script_enabled=False).new_page(), writer)
    desk.goto(f"/quan-tri/articles/article/{article.pk}/xem-truoc/lien-ket/")
    desk.get_by_label("Tên liên kết").fill("Văn phòng")
    desk.get_by_role("button", name="Tạo liên kết").click()
    expect(desk.get_by_label("Địa chỉ của liên kết “Văn phòng”")).to_be_visible()
    expect(desk.get_by_role("button", name="Chép địa chỉ")).to_have_count(0)
    desk.get_by_role("button", name="Thu hồi").click()
    assert article.preview_links.get().revoked_by == writer


def test_a_preview_opens_beside_the_form(new_context: Callable[..., BrowserContext], writer: User, article: Article):
    """The form stays as it is, with what has not been saved in it."""
    desk = sit_down(new_context().new_page(), writer)
    desk.goto(f"/quan-tri/articles/article/{article.pk}/change/")
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Xem trước bản đã lưu").click()
    expect(opened.value.locator("h1")).to_have_text(TITLE)
    assert "/change/" in desk.url


def test_a_preview_can_be_read_by_everyone(page: Page, article: Article, expected_noise: list[str]):
    expected_noise.append(r"404 for GET .*/xem-truoc/")
    look_at(page, situations.a_preview_link(article).get_absolute_url())
    look_at(page, "/xem-truoc/khong-co/")

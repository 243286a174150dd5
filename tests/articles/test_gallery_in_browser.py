"""The pictures of an article in a real browser: how they arrive, and how they open large."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from playwright.sync_api import BrowserContext, Page, expect

from articles.models import Article
from newsroom.staticfiles import bind
from tests import situations

pytestmark = pytest.mark.browser


@pytest.fixture
def page(page: Page) -> Page:
    """A page that is given the scripts of an article as an installation serves them: bound into one file."""
    storage = FileSystemStorage(settings.BASE_DIR / "static")
    paths = {f"js/{name}": (storage, f"js/{name}") for name in storage.listdir("js")[1]}
    bound = bind("js/article.js", paths)
    page.route("**/js/article.js", lambda route: route.fulfill(body=bound, content_type="text/javascript"))
    return page


@pytest.fixture
def article(live_server, media: Path) -> Article:
    article = situations.an_article(body="<p>Một đoạn.</p>" * 12)
    for place in range(3):
        situations.a_photo(article, 1200, position=place, alt=f"Cảnh {place}", caption=f"Chú thích {place}")
    return article


def place_of(page: Page) -> str:
    return page.locator("dialog[open] .viewer-place").inner_text()


def test_a_picture_opens_large_and_the_next_is_one_key_away(page: Page, article: Article):
    page.goto(article.get_absolute_url())
    link = page.get_by_role("link", name="Phóng to ảnh: Cảnh 1")
    link.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog")
    expect(viewer.get_by_role("img", name="Cảnh 1")).to_be_visible()
    expect(viewer).to_contain_text("Chú thích 1")
    assert place_of(page) == "2/3"
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("img", name="Cảnh 2")).to_be_visible()
    viewer.get_by_role("button", name="Ảnh sau").click()
    assert place_of(page) == "1/3"
    viewer.get_by_role("button", name="Ảnh trước").click()
    assert place_of(page) == "3/3"
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.get_by_role("link", name="Phóng to ảnh: Cảnh 2")).to_be_focused()


def test_the_open_picture_can_be_read_by_everyone(page: Page, article: Article):
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(article.get_absolute_url())
        page.locator("[data-enlarge]").first.click()
        found = Axe().run(page, context="dialog", options={"preload": False})
        assert found.violations_count == 0, found.generate_report()


def test_without_a_script_a_picture_is_a_link_to_the_large_one(
    new_context: Callable[..., BrowserContext], article: Article
):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(article.get_absolute_url())
    address = page.locator("[data-enlarge]").first.get_attribute("href")
    answer = page.goto(address or "")
    assert answer and answer.status == 200
    assert answer.headers["content-type"] == "image/webp"


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_pictures_come_in_the_size_that_they_are_shown_in_and_move_nothing(page: Page, article: Article, width: int):
    """`sizes` tells the truth: what is said and what is drawn differ by a tenth at most."""
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(article.get_absolute_url())
    page.mouse.wheel(0, 4000)
    page.wait_for_load_state("networkidle")
    pictures = page.evaluate(
        """() => [...document.querySelectorAll('.photo')].map(photo => {
            const [, rem] = photo.querySelector('source').sizes.match(/([0-9]+)rem,/);
            const [, from] = photo.querySelector('source').sizes.match(/min-width: ([0-9]+)rem/);
            return [innerWidth >= from * 16 ? rem * 16 : innerWidth, photo.querySelector('img').clientWidth];
        })"""
    )
    assert len(pictures) == 3
    assert [pair for pair in pictures if not 0.9 <= pair[0] / pair[1] <= 1.12] == []
    assert page.evaluate("window.moved") < 0.01

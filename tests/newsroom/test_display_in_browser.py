"""Text size and theme as a reader chooses them, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from newsroom.models import SiteIdentity
from tests import situations
from tests.looking import look_at

pytestmark = pytest.mark.browser

GROUND = "getComputedStyle(document.body).backgroundColor"
LETTER = "parseFloat(getComputedStyle(document.body).fontSize)"
BROWSERS_OWN = "document.querySelector('meta[name=theme-color][media=all]')?.content ?? ''"


@pytest.fixture(autouse=True)
def front_page(live_server: Any) -> None:
    SiteIdentity(name="Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh", kind="Trang thông tin điện tử").save()
    situations.an_article("TỔNG KẾT NĂM 2022", body="<p>Thân bài.</p>")


def test_what_is_chosen_holds_at_once_and_on_the_next_page(page: Page):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light, letter = page.evaluate(GROUND), page.evaluate(LETTER)
    page.locator(".display summary").click()
    page.get_by_role("radio", name="Tối", exact=True).check()
    page.get_by_role("radio", name="Rất lớn", exact=True).check()
    dark = page.evaluate(GROUND)
    assert dark != light
    assert page.evaluate(LETTER) == pytest.approx(letter * 1.3, rel=0.05)
    page.goto("/bai-viet/")
    assert page.evaluate(GROUND) == dark
    assert page.evaluate(LETTER) == pytest.approx(letter * 1.3, rel=0.05)
    page.locator(".display summary").click()
    expect(page.get_by_role("radio", name="Tối")).to_be_checked()
    page.get_by_role("radio", name="Theo thiết bị", exact=True).check()
    assert page.evaluate(GROUND) == light


def test_a_remembered_theme_is_there_before_anything_is_drawn(page: Page):
    """The browser's own colour goes with it, and no other script had to run."""
    page.emulate_media(color_scheme="light")
    page.goto("/")
    page.evaluate("localStorage.setItem('display.theme', 'dark')")
    page.route("**/js/display.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto("/bai-viet/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate(BROWSERS_OWN) == "#16130f"
    assert page.locator("meta[name=color-scheme]").get_attribute("content") == "dark"
    assert page.evaluate("document.head.querySelector('script, link').src.includes('js/first.js')")


def test_the_choices_are_made_with_the_keyboard_alone(page: Page):
    page.goto("/")
    button = page.locator(".display summary")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Vừa")).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.get_by_role("radio", name="Vừa")).to_be_hidden()


def test_the_choices_close_when_the_reader_goes_on(page: Page):
    page.goto("/bai-viet/")
    page.locator(".display summary").click()
    page.locator("h1").click()
    assert not page.locator(".display").evaluate("box => box.open")


def test_without_a_script_nothing_is_offered_that_could_not_work(new_context: Callable[..., BrowserContext]):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    expect(page.locator(".display")).to_be_hidden()


def test_no_cookie_remembers_it(page: Page):
    page.goto("/")
    page.locator(".display summary").click()
    page.get_by_role("radio", name="Sáng", exact=True).check()
    assert page.context.cookies() == []


def test_a_chosen_theme_and_the_largest_text_can_be_read_by_everyone(page: Page):
    """The theme of the device is another one at times, and the choices stand open."""
    page.goto("/")
    page.evaluate("localStorage.setItem('display.theme', 'dark'); localStorage.setItem('display.size', 'larger')")
    # Opened as soon as it is there, so that the choices are looked at too.
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.querySelector('.display').open = true; })"
    )
    look_at(page, "/bai-viet/")

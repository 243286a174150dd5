"""The second factor as a person meets it: set up with a telephone, asked for at the next sign-in."""

import time
from base64 import b32decode
from collections.abc import Callable

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import BrowserContext, Page, expect

from tests.looking import look, look_at
from tests.situations import staff

pytestmark = pytest.mark.browser

PASSWORD = "mật khẩu của bài thử"


def shown_by(telephone: bytes, steps: int = 0) -> str:
    """What the app on the telephone shows, now or in so many steps."""
    totp = TOTP(telephone)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def begin_to_sign_in(page: Page, name: str) -> None:
    page.goto("/quan-tri/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")


def give(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    page.click("[type=submit]")


def sign_out(page: Page) -> None:
    page.click("#logout-form button")
    expect(page.locator("#logout-form")).to_have_count(0)


def test_a_person_sets_the_second_factor_up_and_signs_in_with_it(
    new_context: Callable[..., BrowserContext],
) -> None:
    name = staff("editor", username="lan").username
    page = new_context().new_page()
    begin_to_sign_in(page, name)
    page.click("#user-tools >> text=Xác thực hai bước")
    expect(page.locator(".drawing svg")).to_be_visible()
    telephone = b32decode("".join(page.locator(".key span").all_inner_texts()))
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", shown_by(telephone))
    page.click("text=Bật xác thực hai bước")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    recovery = page.locator(".recovery-codes li").all_inner_texts()
    page.click("text=Tôi đã cất các mã này")
    expect(page.locator("#content")).to_contain_text("Bạn còn 10 mã khôi phục")
    sign_out(page)

    begin_to_sign_in(page, name)
    expect(page.locator("[name=code]")).to_be_focused()
    expect(page.locator("#logout-form")).to_have_count(0)
    give(page, shown_by(telephone, steps=1))
    expect(page.locator("#logout-form")).to_be_visible()
    sign_out(page)

    begin_to_sign_in(page, name)
    give(page, recovery[0])
    expect(page.locator(".messagelist")).to_contain_text("bạn còn 9 mã")
    sign_out(page)

    begin_to_sign_in(page, name)
    give(page, recovery[0])
    expect(page.locator(".errorlist")).to_contain_text("đã được dùng")
    page.goto("/quan-tri/articles/article/")
    expect(page.locator("[name=password]")).to_be_visible()


@pytest.mark.long
def test_every_page_of_the_second_factor_is_open_to_everyone(new_context: Callable[..., BrowserContext]) -> None:
    """Whom the desk asks for a code may be blind as well: each page of the way, and what it says of a mistake."""
    page = new_context(reduced_motion="reduce").new_page()
    name = staff("editor", username="lan").username
    begin_to_sign_in(page, name)
    look_at(page, "/quan-tri/hai-buoc/", thoroughly=True)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", "000000")
    page.click("text=Bật xác thực hai bước")
    expect(page.locator(".errorlist").first).to_be_visible()
    look(page, thoroughly=True)
    telephone = b32decode("".join(page.locator(".key span").all_inner_texts()))
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", shown_by(telephone))
    page.click("text=Bật xác thực hai bước")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    look(page, thoroughly=True)
    for path in ("hai-buoc/", "hai-buoc/ma-khoi-phuc/", "hai-buoc/tat/"):
        look_at(page, f"/quan-tri/{path}", thoroughly=True)
    page.goto("/quan-tri/")
    sign_out(page)
    begin_to_sign_in(page, name)
    look(page, thoroughly=True)
    give(page, "000000")
    expect(page.locator(".errorlist")).to_be_visible()
    look(page, thoroughly=True)

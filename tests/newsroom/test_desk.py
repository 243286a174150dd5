"""The editors' desk, opened in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.situations import a_user

pytestmark = pytest.mark.browser


def test_a_person_with_an_account_comes_in_through_the_login_page(page: Page) -> None:
    """Whatever else may fail at the desk, people must be able to sit down at it."""
    a_user("lan", is_staff=True, is_superuser=True)
    page.goto("/quan-tri/")
    page.fill("[name=username]", "lan")
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    expect(page.locator("#logout-form")).to_be_visible()

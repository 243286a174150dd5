"""The pages of this app in a real browser: narrowed, followed and walked through. That everyone can read them is
shown in `tests/test_everyone.py`.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import situations
from tests.committees.conftest import Report

pytestmark = pytest.mark.browser


def test_a_list_is_narrowed_with_the_keyboard_alone(page: Page, report: Report) -> None:
    """The filters are a plain form: they need no pointer and no script."""
    page.goto("/so-lieu/")
    page.get_by_role("combobox").nth(3).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.locator("form.filters button").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("loai=target"))
    expect(page.get_by_role("link", name=report.target.label)).to_be_visible()
    expect(page.get_by_role("link", name=report.whole.label)).to_have_count(0)


def test_a_figure_leads_to_its_sentence_and_back(page: Page, report: Report) -> None:
    """From the number to the words in the article, and from the words to the number."""
    report.article.mentions.filter(statistic=report.whole).update(words="79/85 tổ chức (92,94%)")
    page.goto(report.whole.get_absolute_url())
    page.locator("blockquote a").click()
    words = page.locator(":target")
    expect(words).to_be_in_viewport()
    expect(words).to_contain_text("79/85")
    words.click()
    expect(page.locator(".reading-number")).to_have_text("79/85 (92,94%)")


def test_a_reader_walks_out_and_back_through_a_list(page: Page, report: Report) -> None:
    for _number in range(21):
        situations.a_document()
    page.goto("/van-ban/")
    first = page.locator("tbody th").all_inner_texts()
    page.locator(".pager-older").click()
    expect(page.locator(".pager-newer")).to_be_visible()
    page.locator(".pager-newer").click()
    expect(page.locator(".pager-newer")).to_have_count(0)
    assert page.locator("tbody th").all_inner_texts() == first

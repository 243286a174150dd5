"""The pages of this app in a real browser: narrowed, followed and walked through. That everyone can read them is
shown in `tests/test_everyone.py`.
"""

import re
from datetime import date
from decimal import Decimal

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
    """From the words in the article to the point of its chart, from the point to the words, and back by the browser."""
    year = {"period_type": "year", "period_starts_on": date(2021, 1, 1), "period_ends_on": date(2021, 12, 31)}
    situations.a_statistic(
        committee=report.committee, indicator=report.indicator, value=Decimal(70), whole=Decimal(84), **year
    )
    page.goto(report.article.get_absolute_url())
    words = page.locator(".prose .figure-link").first
    words.click()
    point = page.locator(":target")
    expect(point).to_have_attribute("aria-current", "true")
    expect(point).to_be_in_viewport()
    expect(point).to_contain_text("92,94%")
    point.click()
    told = page.locator(".prose :target")
    expect(told).to_be_in_viewport()
    expect(told).to_contain_text("79/85")
    assert told.evaluate("words => getComputedStyle(words).outlineStyle") == "solid"
    page.go_back()
    expect(point).to_have_attribute("aria-current", "true")


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

"""A raw report in a real browser: nothing typed is lost, and a proposal and its words light up together."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.desk import importing
from articles.models import Article
from tests.articles.desk.test_preview_in_browser import sit_down
from tests.articles.importing.made import TEXT, a_report
from tests.situations import a_category, staff

pytestmark = pytest.mark.browser


def test_a_report_is_pasted_looked_over_with_the_keyboard_and_saved(
    live_server: Any, page: Page, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importing, "propose", lambda text: a_report())
    a_category("Tin hội nghị")
    sit_down(page, staff("editor"))
    page.get_by_role("link", name="Nhập báo cáo").click()
    page.wait_for_load_state()
    page.get_by_label("Nội dung báo cáo").fill(TEXT)
    page.goto("/quan-tri/")  # the tab was left by mistake
    page.get_by_role("link", name="Nhập báo cáo").click()
    expect(page.get_by_label("Nội dung báo cáo")).to_have_value(TEXT)
    page.get_by_role("button", name="Đọc báo cáo").click()
    page.wait_for_load_state()

    figure, words = page.locator("#figure-2"), page.locator("[data-said~=figure-2]")
    words.focus()
    expect(figure).to_have_class("proposal proposal-figure is-lit")
    page.keyboard.press("Enter")
    expect(figure.get_by_role("checkbox").first).to_be_focused()
    page.keyboard.press("Space")  # dropped
    page.reload()
    expect(page.get_by_text("Những gì bạn đã sửa")).to_be_visible()
    expect(figure.get_by_role("checkbox").first).not_to_be_checked()
    figure.get_by_role("link", name="xem trong").click()
    expect(words).to_be_focused()
    page.locator("#award-0").hover()
    expect(page.locator("[data-said~=award-0]")).to_have_class("said said-award is-lit")

    page.get_by_label("Chuyên mục").select_option("Tin hội nghị")
    page.get_by_role("button", name="Lưu thành bản nháp").click()
    expect(page.locator(".messagelist .success")).to_contain_text("3 số liệu")
    assert Article.objects.get().mentions.count() == 5
    page.goto("/quan-tri/articles/article/nhap-bao-cao/")
    expect(page.get_by_label("Nội dung báo cáo")).to_have_value("")

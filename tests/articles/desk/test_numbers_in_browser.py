"""The numbers beside the editor: they follow what is typed, and lead to where they stand."""

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.articles.test_admin import change
from tests.situations import a_conference, a_statistic, an_article, draft, staff

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_number_that_is_mistyped_is_told_beside_the_editor_and_found_from_there(page: Page, live_server: Any) -> None:
    conference, person = a_conference(**draft()), staff("writer")
    figures = {"value": Decimal(71), "whole": Decimal(75), "unit_printed": "tập thể"}
    a_statistic(conference=conference, label="Hoàn thành tốt nhiệm vụ", **figures, **draft())
    body = "<p>Có 71/75 tập thể.</p><p>Năm 2021, có <strong>71/75</strong> tập thể hoàn thành tốt nhiệm vụ.</p>"
    article = an_article("Tổng kết", body=body, conference=conference, writer=person, **draft())
    page.goto(f"{live_server.url}{change(article)}")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")

    said = page.locator(".numbers-said")
    expect(said).to_have_text("Đã kiểm 2/2 số.")
    page.locator(".cke_wysiwyg_div strong").dblclick()
    page.wait_for_function("CKEDITOR.instances.id_body.status === 'ready'")
    page.evaluate("document.querySelector('.cke_wysiwyg_div strong').textContent = '81/75'")
    page.keyboard.press("End")
    page.keyboard.type(" ")
    expect(said).to_contain_text("Mâu thuẫn: 1.")

    page.fill("#id_title", "81/75 tập thể và 81/75 tập thể")
    expect(page.locator(".numbers-contradicts li")).to_have_count(3)
    page.locator(".numbers-contradicts .numbers-words").nth(1).click()
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["id_title", 17]
    page.locator(".numbers-contradicts .numbers-words").nth(2).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("getSelection().toString()").startswith("81/75 tập thể")
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width

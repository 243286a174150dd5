"""The numbers beside the editor: they follow what is typed, and lead to where they stand."""

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Mention
from newsroom.models import User
from tests.articles.test_admin import change
from tests.looking import until
from tests.situations import a_conference, a_statistic, an_article, an_indicator, draft, staff

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def come_in(page: Page, person: User, article: Article) -> None:
    page.goto(change(article))
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    until(page, "window.CKEDITOR?.instances.id_body?.status === 'ready'")


def test_a_number_that_is_mistyped_is_told_beside_the_editor_and_found_from_there(page: Page, live_server: Any) -> None:
    conference, person = a_conference(**draft()), staff("writer")
    figures = {"value": Decimal(71), "whole": Decimal(75), "unit_printed": "tập thể"}
    a_statistic(conference=conference, label="Hoàn thành tốt nhiệm vụ", **figures, **draft())
    body = "<p>Có 71/75 tập thể.</p><p>Năm 2021, có <strong>71/75</strong> tập thể hoàn thành tốt nhiệm vụ.</p>"
    article = an_article("Tổng kết", body=body, conference=conference, writer=person, **draft())
    come_in(page, person, article)
    said = page.locator(".numbers-said")
    expect(said).to_have_text("Đã kiểm 2/2 số.")
    page.locator(".cke_wysiwyg_div strong").dblclick()
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


def test_a_number_without_a_row_gets_one_and_is_marked_with_it(page: Page, live_server: Any) -> None:
    """The form of a figure is filled in from the text; thought better of, it leaves nothing behind."""
    person, indicator = staff("writer"), an_indicator()
    body = "<p>Mở 12 lớp bồi dưỡng.</p>"
    article = an_article("Lớp mới", body=body, conference=a_conference(**draft()), writer=person, **draft())
    come_in(page, person, article)
    page.locator(".numbers-no_row summary").click()
    with page.expect_popup() as opened:
        page.locator(".numbers-new").click()
    opened.value.close()
    expect(page.locator("[name=mentions-TOTAL_FORMS]")).to_have_value("0")

    with page.expect_popup() as opened:
        page.locator(".numbers-new").click()
    popup = opened.value
    popup.wait_for_load_state()
    popup.evaluate(f"document.getElementById('id_indicator').add(new Option('', '{indicator.pk}', true, true))")
    popup.locator("[name=_save]").click()
    expect(page.locator(".numbers-said")).to_have_text("Đã kiểm 1/1 số.")
    page.click("[name=_continue]")
    page.wait_for_url("**/change/")
    expect(page.locator(".messagelist .success")).to_be_visible()
    mention = Mention.objects.get()
    assert (mention.words, mention.part, mention.statistic.value) == ("12 lớp bồi dưỡng", "body", 12)  # type: ignore[union-attr]

"""An editor mends a figure that readers have before them, and goes through what says it."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Correction
from committees.models import Statistic
from tests.looking import until
from tests.situations import a_conference, a_mention, a_statistic, an_article, staff

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_figure_is_mended_with_all_that_says_it_and_readers_are_told(page: Page, live_server: Any) -> None:
    """What contradicts the new value is shown before anything is saved, and no text is left to be forgotten."""
    editor, conference = staff("editor"), a_conference()
    figure = a_statistic(label="Hoàn thành tốt", value=Decimal(71), whole=Decimal(75), conference=conference)
    sentence = "Có 71/75 tập thể hoàn thành tốt nhiệm vụ."
    article = an_article("Tổng kết năm", body=f"<p>{sentence}</p>", conference=conference)
    a_mention(article, figure, "71/75 tập thể")
    page.goto(reverse("admin:committees_statistic_change", args=[figure.pk]))
    page.fill("[name=username]", editor.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")

    page.fill("#id_value", "72")
    page.click("[name=_save]")
    expect(page.locator(".ripple-spots mark")).to_have_text("71/75 tập thể")
    expect(page.locator(".ripple-spots .ripple-against")).to_contain_text("72/75")
    assert Statistic.objects.get().value == 71
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        until(page, f"document.documentElement.scrollWidth <= {width}")
    page.locator("[name$=-right]").fill("Hoàn thành tốt: 72/75 tập thể")
    page.click(".submit-row .default")

    expect(page.locator(".ripple-places blockquote")).to_have_text(sentence)
    assert Statistic.objects.get().value == 72
    expect(page.locator(".ripple-fix [name=right]")).to_have_value("Hoàn thành tốt: 72/75 tập thể")
    page.click("[name=apply]")
    expect(page.locator(".ripple-done")).to_contain_text(str(editor))
    page.goto(article.get_absolute_url())
    expect(page.locator("#main, main").first).to_contain_text("Hoàn thành tốt: 72/75 tập thể")
    assert Correction.objects.get().corrected_by == editor

"""The story of one comment: a reader writes it, a moderator lets it stand, the reader sees it, and all count as one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, expect

from newsroom.models import SiteIdentity
from newsroom.visits.collecting import Collector
from newsroom.visits.models import VisitDay
from tests.articles.commenting.sending import rules
from tests.situations import an_article, staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WORDS = "Xin hỏi: 26 quần chúng ưu tú này thuộc những chi bộ nào?"


@pytest.fixture(autouse=True)
def _no_midnight_comes_between():
    with patch("django.utils.timezone.now", return_value=datetime.fromisoformat("2024-03-05T12:00:00+07:00")):
        yield


def test_a_reader_comments_without_a_script_a_moderator_presses_a_key_and_the_reader_sees_it(
    new_context: Callable[..., BrowserContext], live_server: Any, counters: Collector
):
    SiteIdentity.objects.create(name="Trang tin của Đảng bộ Sở Thử nghiệm")
    rules(fewest_seconds=0)  # a machine fills the form in
    article = an_article("Quý I kết nạp 26 quần chúng ưu tú")
    reader = new_context(java_script_enabled=False, user_agent="Mozilla/5.0 (no scripts)").new_page()
    reader.goto(article.get_absolute_url())
    form = reader.locator("#comment-form")
    form.locator("[name=text]").fill(WORDS)
    form.locator("[name=name]").fill("Lê Thị Thử")
    form.locator("[name=consent]").check()
    form.get_by_role("button").click()
    expect(reader.locator("#comment-sent")).to_contain_text(WORDS)
    reader.goto(article.get_absolute_url())
    expect(reader.get_by_text(WORDS)).to_have_count(0)

    client = Client()
    client.force_login(staff("moderator"))
    desk = new_context()
    desk.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    queue = desk.new_page()
    queue.goto(reverse("admin:articles_comment_queue"))
    expect(queue.locator(".queue-item")).to_be_focused()
    queue.keyboard.press("a")
    expect(queue.locator("[data-count=approved]")).to_have_text("1")

    reader.goto(article.get_absolute_url())
    expect(reader.locator(".comment .text")).to_have_text(WORDS)
    assert reader.context.cookies() == []
    assert counters.write()
    assert {day.key: day.count for day in VisitDay.objects.all()} == {"site": 1, article.reads_key: 1}

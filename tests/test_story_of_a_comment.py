"""The whole way of a comment: a reader writes it, a moderator approves it, all see it, and one reader is counted."""

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
from tests import situations
from tests.articles.commenting.sending import rules

pytestmark = pytest.mark.browser

WORDS = "Mong trang có thêm số liệu các năm trước."


@pytest.fixture(autouse=True)
def _no_midnight_comes_between():
    with patch("django.utils.timezone.now", return_value=datetime.fromisoformat("2024-03-05T12:00:00+07:00")):
        yield


def test_a_comment_is_written_without_a_script_approved_with_the_keyboard_and_seen(
    live_server: Any, new_context: Callable[..., BrowserContext], base_url: str, counters: Collector
):
    SiteIdentity(name="Trang thử").save()
    rules(fewest_seconds=0)
    article = situations.an_article()
    reader = new_context(java_script_enabled=False).new_page()
    with reader.expect_response("**/dem/*"):
        reader.goto(article.get_absolute_url())
    reader.get_by_label("Bình luận của bạn").fill(WORDS)
    reader.get_by_label("Tên của bạn").fill("Lê Thị Thử")
    reader.get_by_label("Tôi đồng ý").check()
    reader.get_by_role("button", name="Gửi bình luận").click()
    expect(reader.locator("#comment-sent")).to_contain_text("đang chờ duyệt")

    desk, client = new_context(), Client()
    client.force_login(situations.staff("moderator"))
    desk.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    queue = desk.new_page()
    queue.goto(reverse("admin:articles_comment_queue"))
    queue.wait_for_selector(".queue[data-ready]")
    queue.keyboard.press("a")
    expect(queue.locator("[data-count=approved]")).to_have_text("1")
    queue.goto(article.get_absolute_url())  # whoever is signed in at the desk is no reader
    expect(queue.locator(".thread")).to_contain_text(WORDS)

    reader.reload()
    expect(reader.locator("#comment-sent")).to_contain_text("đã được đăng")
    with reader.expect_response("**/dem/*"):
        reader.goto(article.get_absolute_url())
    expect(reader.locator(".thread")).to_contain_text(WORDS)
    assert reader.context.cookies() == []
    queue.wait_for_load_state("networkidle")
    assert counters.write()
    counted = {day.key: day.count for day in VisitDay.objects.all()}
    assert counted == {"site": 1, article.reads_key: 1, "left-out:staff": 1}

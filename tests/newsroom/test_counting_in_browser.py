"""Counters in a real browser: one page opened is one visit and one read, with JavaScript and without, and no more."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from newsroom.models import SiteIdentity
from newsroom.visits.collecting import Collector
from newsroom.visits.models import VisitAdjustment, VisitDay
from tests import situations
from tests.looking import look_at

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _no_midnight_comes_between():
    with patch("django.utils.timezone.now", return_value=datetime.fromisoformat("2024-03-05T12:00:00+07:00")):
        yield


@pytest.fixture
def article(live_server: Any):
    SiteIdentity.objects.create(name="Trang tin của Đảng bộ Sở Thử nghiệm")
    VisitAdjustment.objects.create(kind="baseline", amount=755_845, reason="Trang cũ")
    return situations.an_article("Quý I kết nạp 26 quần chúng ưu tú")


def write(counters: Collector) -> dict[str, int]:
    assert counters.write()
    cache.clear()
    return {day.key: day.count for day in VisitDay.objects.all()}


def open_page(page: Page, address: str) -> None:
    with page.expect_response("**/dem/*"):
        page.goto(address)


def shown(page: Page) -> list[str]:
    places = page.locator(".visits dd")
    expect(places.last).not_to_have_text("–")
    return places.all_text_contents()


def test_one_reader_moves_the_counters_by_exactly_one(
    page: Page, new_context: Callable[..., BrowserContext], article: Any, counters: Collector
):
    page.add_init_script(
        "window.moved = []; const within = node => (node?.closest ? node : node?.parentElement)?.closest('.visits');"
        "new PerformanceObserver(list => moved.push(...list.getEntries().flatMap(entry => entry.sources)"
        ".filter(({node}) => within(node)))).observe({type: 'layout-shift', buffered: true})"
    )
    address = article.get_absolute_url()
    for _again in range(2):
        open_page(page, address)
        assert write(counters) == {"site": 1, article.reads_key: 1}
    assert shown(page) == ["1", "1", "1", "755.846"]
    assert page.evaluate("moved.length") == 0
    assert page.context.cookies() == []

    # Without JavaScript it is another browser here: as with it, and a page leads to the numbers.
    plain = new_context(java_script_enabled=False, user_agent="Mozilla/5.0 (no scripts)").new_page()
    open_page(plain, address)
    assert write(counters) == {"site": 2, article.reads_key: 2}
    expect(plain.locator(".visits dl")).to_be_hidden()
    plain.get_by_role("link", name="Chúng tôi đếm thế nào").click()
    expect(plain.locator(".numbers")).to_contain_text("755.847")

    # A page that the browser fetches ahead counts once its reader looks at it, and says where he came from.
    ahead = new_context(user_agent="Mozilla/5.0 (ahead)").new_page()
    ahead.add_init_script(
        "Object.defineProperty(document, 'prerendering', {value: true, configurable: true});"
        "Object.defineProperty(document, 'referrer', {value: 'https://tin.example.vn/bai?ten=An'})"
    )
    ahead.goto(address)
    ahead.wait_for_load_state("networkidle")
    assert write(counters)["site"] == 2
    with ahead.expect_request("**/dem/*") as told:
        ahead.evaluate(
            "Object.defineProperty(document, 'prerendering', {value: false});"
            "document.dispatchEvent(new Event('prerenderingchange'))"
        )
    told.value.response()
    assert write(counters) == {"site": 3, article.reads_key: 3, "referrer:tin.example.vn": 1}


def test_the_page_of_the_counters_shuts_nobody_out(page: Page, article: Any):
    look_at(page, "/luot-truy-cap/")

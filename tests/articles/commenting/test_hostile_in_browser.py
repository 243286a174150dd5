"""Whatever readers write stands in the page as words: nothing of it runs, loads or leaves its place."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from articles.models import Comment
from newsroom.models import SiteIdentity
from tests import hostile, situations
from tests.articles.commenting.sending import rules, send

pytestmark = pytest.mark.browser


@pytest.fixture
def article(live_server):
    rules(most_in_ten_minutes=30_000, most_in_a_day=30_000, links_allowed=1000, shortest=1)
    SiteIdentity(name="Trang thử").save()  # a page without a name has no footer
    return situations.an_article()


def wrong_on(page, article, lines, emails):
    """Send each of `lines` as words and as name, and `emails` as e-mail; show all, and look at every page of them."""
    client = Client()
    for number, line in enumerate(lines):
        answer = send(client, article, text=f"{number}: {line}", name=line[:80])
        if answer.status_code == 422:  # it is no name, such as a link, and may be words
            answer = send(client, article, text=f"{number}: {line}")
        assert answer.status_code in {303, 422}, line
    for line in emails:
        assert send(client, article, email=line, text=f"Thư: {line}").status_code in {303, 422}, line
    Comment.objects.update(state="approved")
    assert Comment.objects.count() >= len(lines)
    heard, wrong, further = hostile.listen(page), [], ""
    while further is not None:
        page.goto(f"{article.get_absolute_url()}binh-luan/{further}")
        wrong += hostile.made_of_words(page, ".thread")
        wrong += [] if page.get_by_role("contentinfo").count() == 1 else [f"{further} has no end"]
        older = page.locator(".pager-older")
        further = older.get_attribute("href") if older.count() else None
    return heard + wrong


def test_what_readers_write_is_words_wherever_it_stands(page, article):
    assert wrong_on(page, article, hostile.LINES, hostile.LINES[::8]) == []


def test_what_is_given_back_in_the_form_is_words_too(page, article, expected_noise):
    expected_noise.append("422 for POST .*/binh-luan/")
    heard = hostile.listen(page)
    everything = " ".join(" ".join(hostile.LINES[:36]).split())
    page.goto(article.get_absolute_url())
    for _time in range(2):
        page.fill("#comment-text", everything)
        page.fill("#comment-name", hostile.LINES[22])
        page.fill("#comment-email", hostile.LINES[23])
        page.locator("#comment-form").evaluate("form => HTMLFormElement.prototype.submit.call(form)")
        expect(page.get_by_role("contentinfo")).to_be_attached()
        expect(page.locator(".comment-form .refused")).to_be_visible()
        assert page.input_value("#comment-text") == everything
        assert heard + hostile.made_of_words(page, ".comment-form .refused, .comment-form .field p") == []


@pytest.mark.long
def test_thousands_of_lines_are_words(page, article, payloads_dir):
    lines = hostile.outside(payloads_dir)
    assert wrong_on(page, article, lines, lines) == []

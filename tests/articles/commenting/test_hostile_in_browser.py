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


def wrong_on(page, article, lines):
    """Send each of `lines` as words and as name; show all, and look at every page of them."""
    client = Client()
    for number, line in enumerate(lines):
        answer = send(client, article, text=f"{number}: {line}", name=line[:80])
        if answer.status_code == 422:  # it is no name, such as a link, and may be words
            answer = send(client, article, text=f"{number}: {line}")
        assert answer.status_code in {303, 422}, line
    Comment.objects.update(state="approved")
    assert Comment.objects.count() >= 0.9 * len(lines)
    heard, wrong, further = hostile.listen(page), [], ""
    while further is not None:
        page.goto(f"{article.get_absolute_url()}binh-luan/{further}")
        wrong += hostile.made_of_words(page, ".thread")
        wrong += [] if page.get_by_role("contentinfo").count() == 1 else [f"{further} has no end"]
        older = page.locator(".pager-older")
        further = older.get_attribute("href") if older.count() else None
    return heard + wrong


def wrong_in_form(page, article, lines):
    """Send `lines`, many at a time, in every field of the form, and look at it when it comes back refused."""
    heard, wrong = hostile.listen(page), []
    page.goto(article.get_absolute_url())
    for start in range(0, len(lines), 50):
        # Without NUL and without ends of lines, which a field of one line has none of.
        typed = " ".join(" ".join(lines[start : start + 50]).replace("\ufffd", "").split())
        for field in ("text", "name", "email"):
            page.fill(f"#comment-{field}", typed)
        with page.expect_navigation():
            page.locator("#comment-form").evaluate("form => HTMLFormElement.prototype.submit.call(form)")
        assert page.input_value("#comment-text").split() == typed.split()
        expect(page.get_by_role("contentinfo")).to_be_attached()
        wrong += hostile.made_of_words(page, ".comment-form .refused, .comment-form .field p")
    return heard + wrong


def test_what_readers_write_is_words_wherever_it_stands(page, article):
    assert wrong_on(page, article, hostile.LINES) == []


def test_what_is_given_back_in_the_form_is_words_too(page, article, expected_noise):
    expected_noise.append("422 for POST .*/binh-luan/")
    assert wrong_in_form(page, article, hostile.LINES) == []


@pytest.mark.long
def test_thousands_of_lines_are_words(page, article, payloads_dir, expected_noise):
    expected_noise.append("422 for POST .*/binh-luan/")
    lines = hostile.outside(payloads_dir)
    assert wrong_in_form(page, article, lines) == []
    assert wrong_on(page, article, lines) == []

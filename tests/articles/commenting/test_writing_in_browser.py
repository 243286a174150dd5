"""A reader writes a comment: with a script the page stays, without one the browser leads on. Nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from articles.models import Comment
from tests import situations
from tests.articles.commenting.sending import TEXT, rules

pytestmark = pytest.mark.browser

WAITS = "Bình luận của bạn đang chờ duyệt"


@pytest.fixture
def article(live_server, expected_noise):
    expected_noise += ["422 for POST .*/binh-luan/", "failed request: .*/binh-luan/ .net::ERR_FAILED"]
    rules(fewest_seconds=0, banned_words="đồ ngốc")
    return situations.an_article()


def write(page, text=TEXT):
    page.get_by_label("Bình luận của bạn").fill(text)
    page.get_by_label("Tên của bạn").fill("Lê Thị Thử")
    page.get_by_label("Tôi đồng ý").check()
    page.get_by_role("button", name="Gửi bình luận").click()


def test_with_a_script_a_comment_is_sent_in_place_and_what_went_wrong_is_said_where_the_reader_is(page, article):
    asked = situations.a_comment(article, "Câu hỏi")
    page.goto(article.get_absolute_url())
    address = page.url
    write(page, "Lời của đồ ngốc")
    expect(page.get_by_role("alert")).to_contain_text("Xin diễn đạt cách khác")
    expect(page.locator(".refused")).to_be_focused()
    expect(page.get_by_label("Bình luận của bạn")).to_have_value("Lời của đồ ngốc")
    # The line is cut and comes back.
    page.route("**/binh-luan/", lambda route: route.abort())
    write(page)
    expect(page.locator(".comments-live")).to_contain_text("Chưa gửi được")
    expect(page.get_by_label("Bình luận của bạn")).to_have_value(TEXT)
    page.unroute("**/binh-luan/")
    page.get_by_role("button", name="Gửi bình luận").dblclick()
    expect(page.locator("#comment-sent")).to_contain_text(WAITS)
    expect(page.locator("#comment-sent")).to_be_focused()
    expect(page.get_by_label("Bình luận của bạn")).to_have_value("")
    assert page.url == address
    page.get_by_role("link", name="Trả lời Bạn đọc").click()
    write(page, "Câu đáp")
    expect(page.locator("#comment-sent")).to_contain_text("Câu đáp")
    assert Comment.objects.filter(state="pending").values_list("text", "parent").count() == 2
    assert asked.replies.get().text == "Câu đáp"


def test_without_a_script_the_browser_leads_to_what_happens_next(new_context, article):
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(article.get_absolute_url())
    write(page, "Lời của đồ ngốc")
    expect(page.get_by_role("alert")).to_contain_text("Xin diễn đạt cách khác")
    write(page)
    expect(page.locator("#comment-sent")).to_contain_text(WAITS)
    page.reload()
    expect(page.locator("#comment-sent")).to_contain_text(TEXT)
    assert Comment.objects.get().text == TEXT and context.cookies() == []

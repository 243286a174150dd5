"""A moderator clears the queue with the keyboard; what does not arrive is said, and nothing is lost."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from articles.models import Article, Comment, CommentReport, FigureReport, Moderation
from articles.moderating import queue
from articles.moderating.deciding import decide
from newsroom.models import User
from tests import hostile
from tests.looking import look_at
from tests.situations import a_doubt, a_user, an_article, staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

QUEUE = reverse("admin:articles_comment_queue")
READY = ".queue[data-ready]"
SAID = ".queue-said"
TROUBLE = ".queue-trouble"


@pytest.fixture
def moderator(live_server: object) -> User:
    return staff("moderator")


@pytest.fixture
def desk(context: BrowserContext, moderator: User, base_url: str) -> Page:
    client = Client()
    client.force_login(moderator)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    return context.new_page()


def fill(count: int, article: Article | None = None) -> list[Comment]:
    """So many comments that wait, the first the longest."""
    now, about = timezone.now(), article or an_article()
    return Comment.objects.bulk_create(
        Comment(
            article=about, name=f"Người {number}", text=f"Ý {number}", created_at=now - timedelta(hours=99 - number)
        )
        for number in range(count)
    )


def opened(page: Page) -> Page:
    page.goto(QUEUE)
    page.wait_for_selector(READY)
    return page


def item(page: Page, comment: Comment):
    return page.locator(f"#comment-{comment.pk}")


def count(page: Page, name: str):
    return page.locator(f"[data-count={name}]")


def test_fifty_comments_are_cleared_with_the_keyboard(desk: Page, moderator: User):
    comments = fill(50)
    opened(desk)
    expect(item(desk, comments[0])).to_be_focused()
    for _comment, key in zip(comments, cycle(["a", "r", "s", "2", "a"]), strict=False):
        desk.keyboard.press(key)
    expect(count(desk, "pending")).to_have_text("0")
    expect(desk.locator(".queue-done a")).to_be_focused()
    stands = {state: Comment.objects.filter(state=state).count() for state in Comment.State}
    assert stands == {"pending": 0, "approved": 20, "rejected": 20, "spam": 10}
    assert Moderation.objects.filter(reason="insult", by=moderator).count() == 10
    desk.keyboard.press("Enter")
    expect(desk.locator(".queue-empty")).to_be_visible()


def test_keys_lead_on_and_back_choose_and_take_back_and_leave_what_is_typed_alone(desk: Page):
    one, two, three = fill(3)
    opened(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(item(desk, two)).to_be_focused()
    desk.keyboard.press("a")
    expect(desk.locator(SAID)).to_have_text("Đã duyệt: bình luận của Người 1.")
    expect(item(desk, three)).to_be_focused()
    desk.keyboard.press("u")
    expect(item(desk, two)).to_be_focused()
    expect(count(desk, "approved")).to_have_text("0")
    # An input method composes a letter, somebody copies, a key is held down: none of it is a decision.
    desk.evaluate("""() => {
      const told = { bubbles: true, code: "KeyA", key: "a" };
      for (const more of [{ isComposing: true }, { keyCode: 229 }, { ctrlKey: true }, { repeat: true }]) {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...told, ...more }));
      }
    }""")
    desk.keyboard.press("t")
    desk.keyboard.type("asru 12")
    expect(item(desk, two).locator("textarea")).to_have_value("asru 12")
    item(desk, two).locator(".queue-text").click()
    # Whatever the input method makes of a letter, the key is the key.
    desk.evaluate("""() => document.activeElement.dispatchEvent(
      new KeyboardEvent("keydown", { bubbles: true, code: "KeyS", key: "ş" }))""")
    expect(count(desk, "spam")).to_have_text("1")
    desk.locator(".queue-keys summary").click()
    desk.locator("#queue-keys").uncheck()
    opened(desk)
    item(desk, one).focus()
    desk.keyboard.press("a")
    desk.locator(".queue-keys summary").click()
    desk.locator("#queue-keys").check()
    item(desk, one).focus()
    desk.keyboard.press("u")  # of what was decided before the page was loaded again
    expect(item(desk, two)).to_be_focused()
    expect(count(desk, "pending")).to_have_text("3")
    assert list(Moderation.objects.order_by("pk").values_list("to_state", flat=True)) == [
        "approved", "pending", "spam", "pending",
    ]  # fmt: skip


def test_many_are_chosen_and_decided_and_an_answer_is_sent_in_place(desk: Page):
    one, *others = fill(4)
    opened(desk)
    item(desk, one).get_by_text("Trả lời", exact=True).first.click()
    item(desk, one).locator("textarea").fill("Cảm ơn bạn đọc.")
    item(desk, one).get_by_role("button", name="Duyệt và trả lời").click()
    expect(count(desk, "approved")).to_have_text("2")
    desk.locator("#queue-all").check()
    desk.locator(".queue-many").get_by_role("button", name="Rác").click()
    expect(count(desk, "spam")).to_have_text("3")
    assert one.replies.get().is_staff_reply
    assert Moderation.objects.filter(comment__in=others).values("act").distinct().count() == 1


def test_what_does_not_arrive_is_said_and_sent_again_and_a_colleague_is_named(
    desk: Page, context: BrowserContext, expected_noise: list[str]
):
    expected_noise += ["failed request: .*/gui/", "422|401"]
    one, two, three = fill(3)
    opened(desk)
    context.set_offline(True)
    desk.keyboard.press("a")
    desk.keyboard.press("a")
    expect(desk.locator(TROUBLE)).to_contain_text("Chưa gửi được: 2")
    assert not Moderation.objects.exists()
    decide({two.pk: 0}, Comment.State.SPAM, a_user("lan"))
    context.set_offline(False)
    expect(item(desk, two).locator(".queue-refused")).to_contain_text("lan đã quyết định trước")
    expect(desk.locator(TROUBLE)).to_be_hidden()
    one.refresh_from_db()
    assert one.state == "approved"
    expect(item(desk, two).locator(".queue-whole")).to_be_visible()
    # The session ends meanwhile: what is decided waits until somebody has signed in again.
    cookies = context.cookies()
    context.clear_cookies(name="sessionid")
    item(desk, three).focus()
    desk.keyboard.press("a")
    expect(desk.locator(f"{TROUBLE} a")).to_have_text("Đăng nhập trong thẻ mới")
    context.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])
    desk.locator(TROUBLE).get_by_role("button", name="Thử lại").click()
    expect(count(desk, "pending")).to_have_text("0")


def test_the_queue_is_open_to_all_at_every_width(desk: Page):
    article = an_article()
    first = fill(1, article)[0]
    decide({first.pk: 0}, Comment.State.APPROVED, a_user())
    Comment.objects.create(
        article=article, parent=first, name="Người đáp", text="Ý đáp", sender="s" * 64, notes=[{"note": "Có liên kết"}]
    )
    look_at(desk, QUEUE)
    look_at(desk, reverse("articles:comment_report", args=[first.pk]))


SHOWN = ".queue-text, .queue-about h2, .queue-excerpt, .queue-parent p, .queue-reports li, .queue-notes li, .queue-said"


def say_everywhere(lines: Sequence[str]) -> None:
    """Make each of `lines` the words, the name and the e-mail of a comment, and of what is said about it."""
    article, now = an_article(), timezone.now()
    first = Comment.objects.create(article=article, name="Đầu", text="Ý đầu", state="approved")
    said = Comment.objects.bulk_create(
        Comment(article=article, parent=first, name=line[:80], email=line[:200], text=line, reported_at=now,
                notes=[{"note": line}])
        for line in lines
    )  # fmt: skip
    CommentReport.objects.bulk_create(
        CommentReport(comment=comment, reason="other", words=comment.text[:300]) for comment in said
    )


def hold_inert(page: Page, lines: Sequence[str], heard: list[str]) -> None:
    """Fail where one of `lines` is more than words on the page, or is not there."""
    shown = page.locator(".queue-item > .queue-whole > .queue-text").all_text_contents()
    assert sorted(" ".join(text.split()) for text in shown) == sorted(" ".join(line.split()) for line in lines)
    assert hostile.made_of_words(page, SHOWN) == []
    assert heard == []
    expect(page.locator(".queue-foot")).to_be_attached()


def test_what_strangers_write_is_words_in_the_queue_and_nothing_else(desk: Page):
    say_everywhere(hostile.LINES)
    heard = hostile.listen(desk)
    opened(desk)
    hold_inert(desk, hostile.LINES, heard)
    desk.keyboard.press("s")
    expect(count(desk, "spam")).to_have_text("1")
    hold_inert(desk, hostile.LINES, heard)
    # What was taken back after a reload is put into the page by the script.
    opened(desk)
    desk.locator(".queue-acts button").click()
    expect(count(desk, "spam")).to_have_text("0")
    hold_inert(desk, hostile.LINES, heard)


@pytest.mark.long
def test_no_line_of_the_outside_collections_does_anything_in_the_queue(
    desk: Page, payloads_dir: Path, monkeypatch: pytest.MonkeyPatch
):
    heard = hostile.listen(desk)
    monkeypatch.setattr(queue, "SIZE", 250)
    lines = hostile.outside(payloads_dir)
    for start in range(0, len(lines), 250):
        CommentReport.objects.all().delete()
        Comment.objects.filter(parent__isnull=False).delete()
        say_everywhere(lines[start : start + 250])
        opened(desk)
        hold_inert(desk, lines[start : start + 250], heard)


def test_figures_that_readers_hold_wrong_are_cleared_with_the_same_keys(desk: Page):
    handed, answered, dismissed = (a_doubt(words=f"Sai {number}") for number in range(3))
    desk.goto(f"{QUEUE}?muc=figures")
    desk.wait_for_selector(READY)
    expect(desk.locator(f"#report-{handed.pk}")).to_be_focused()
    desk.keyboard.press("e")
    desk.keyboard.press("t")
    desk.keyboard.type("Đã thư trả lời")
    desk.locator(f"#report-{answered.pk} .queue-answer button").click()
    desk.keyboard.press("d")
    expect(count(desk, "figures")).to_have_text("0")
    desk.keyboard.press("u")
    expect(count(desk, "figures")).to_have_text("1")
    states = {report.pk: (report.state, report.answer) for report in FigureReport.objects.all()}
    assert states == {
        handed.pk: ("handed", ""), answered.pk: ("answered", "Đã thư trả lời"), dismissed.pk: ("open", "")
    }  # fmt: skip

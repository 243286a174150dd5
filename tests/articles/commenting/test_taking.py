"""A comment comes in: held against the checks, and shown to nobody but its sender until it is approved."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from articles.commenting import checks, taking, views
from articles.commenting.attempt import Hold
from articles.commenting.stamp import stamp
from articles.models import Comment, CommentSettings
from tests import situations
from tests.articles.commenting.sending import TEXT, is_kept, rules, send, typed
from tests.pages import parse, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return situations.an_article()


def notes() -> dict[str, str]:
    return {note["check"]: note["note"] for note in Comment.objects.latest("pk").notes}


# --- What happens with a comment ----------------------------------------------------------------


def test_a_reader_sees_the_own_comment_wait_and_nobody_else_does(client, article):
    answer = send(client, article, email="thu@example.org")
    assert answer.status_code == 303
    own = client.get(answer.headers["Location"])
    assert (own.headers["Cache-Control"], own.headers["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert not answer.cookies and not own.cookies
    page = parse(own.content.decode())
    assert "đang chờ duyệt" in page.text and TEXT in page.text
    assert "thu@example.org" not in page.html
    for path in ("", "binh-luan/", "luu/"):
        assert TEXT not in Client().get(article.get_absolute_url() + path).content.decode()
    comment = Comment.objects.get()
    assert (comment.state, comment.notes, comment.is_staff_reply, comment.account) == ("pending", [], False, None)
    assert comment.consented_at is not None


@pytest.mark.parametrize(
    ("state", "words"), [("approved", "đã được đăng"), ("rejected", "không được đăng"), ("spam", "không được đăng")]
)
def test_whoever_comes_back_is_told_what_was_decided(client, article, state, words):
    location = send(client, article).headers["Location"]
    Comment.objects.update(state=state)
    page = parse(client.get(location).content.decode())
    assert [words in text for text in page.text_of("comment-sent")] == [True]
    assert (TEXT in page.text) == (state == "approved")


def test_the_way_to_ones_own_comment_ends_and_cannot_be_made_up(client, article):
    location = send(client, article).headers["Location"].partition("#")[0]
    forged = location.replace("/da-gui/", "/da-gui/1")
    of_another = location.replace(article.get_absolute_url(), situations.an_article().get_absolute_url())
    for path in (forged, of_another):
        answer = client.get(path)
        assert answer.status_code == 302 and TEXT not in answer.content.decode()
    Comment.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert client.get(location).headers["Location"] == article.get_absolute_url()


def test_an_address_is_kept_as_a_code_alone(client, article):
    send(client, article, address="203.0.113.7", email="Thu@Example.org")
    comment = Comment.objects.get()
    assert len(comment.sender) == len(comment.correspondent) == 64
    assert "203.0.113.7" not in str(vars(comment))
    send(client, article, address="203.0.113.7", email="thu@example.ORG", text="Một ý khác.")
    send(client, article, address="203.0.113.8", text="Một ý nữa của người khác.")
    first, second, other = Comment.objects.order_by("pk")
    assert (first.sender, first.correspondent) == (second.sender, second.correspondent)
    assert other.sender != first.sender and other.correspondent == ""


def test_a_reply_stands_under_what_it_answers(client, article):
    asked = situations.a_comment(article, "Câu hỏi")
    page = read(client, f"{article.get_absolute_url()}binh-luan/{asked.pk}/")
    (field,) = [element for element in page.root.iter("input") if element.get("name") == "parent"]
    assert send(client, article, parent=field.get("value")).status_code == 303
    assert asked.replies.get().text == TEXT


# --- What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "hours_ago"), [("draft", None), ("submitted", None), ("withdrawn", 1), ("published", -1)]
)
def test_what_readers_do_not_see_takes_no_comment(client, state, hours_ago):
    at = None if hours_ago is None else timezone.now() - timedelta(hours=hours_ago)
    article = situations.an_article(state=state, published_at=at)
    assert send(client, article).status_code == 404
    assert not Comment.objects.exists()


def test_an_article_is_asked_again_when_the_comment_comes(client, article, monkeypatch):
    """It may have been withdrawn between the look at it and the storing."""

    def withdrawn_meanwhile(*asked):
        type(article).objects.filter(pk=article.pk).update(state="withdrawn")
        return attempt(*asked)

    attempt = views._attempt
    monkeypatch.setattr(views, "_attempt", withdrawn_meanwhile)
    assert is_kept(send(client, article))


@pytest.mark.parametrize(
    ("rule", "allowed", "words"),
    [
        ({"is_open": False}, True, "tạm ngừng"),
        ({}, False, "không mở bình luận"),
        ({"closes_after_days": 7}, True, "trong 7 ngày"),
    ],
)
def test_a_closed_article_says_so_kindly_and_takes_nothing(client, rule, allowed, words):
    article = situations.an_article(allow_comments=allowed, **situations.published(24 * 7))
    made = typed(article)
    rules(**rule)
    page = read(client, article.get_absolute_url())
    assert words in " ".join(page.text_of("closed")) and 'id="comment-form"' not in page.html
    answer = client.post(f"{article.get_absolute_url()}binh-luan/", made)
    assert answer.status_code == 403 and is_kept(answer)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": " \n "}, "Xin viết bình luận"),
        ({"name": " "}, "Xin cho biết tên"),
        ({"consent": None}, "Xin đánh dấu vào ô đồng ý"),
        ({"email": "không phải thư"}, "Xin xem lại thư điện tử"),
        ({"text": "x" * 2001}, "tối đa 2000"),
        ({"text": "x"}, "Bình luận quá ngắn"),
        ({"website": "https://quang-cao.example"}, "Một ô cần để trống"),
        ({"made": ""}, "gửi lại"),
        ({"made": "1.1:abc"}, "gửi lại"),
        ({"name": "Xem www.quang-cao.example"}, "Tên không chứa liên kết"),
        ({"text": "a.com b.vn"}, "tối đa 1 liên kết"),
        ({"text": "Đồ NGỐC nghếch"}, "Xin diễn đạt cách khác"),
        ({"name": "d0 ng0c"}, "Xin diễn đạt cách khác"),
        ({"text": "một\x00hai"}, "Lời bạn viết vẫn còn đây"),
        ({"text": "một\ufffdhai"}, "ký tự bị hỏng"),
        ({"state": "approved"}, "Biểu mẫu đã bị thay đổi"),
        ({"is_staff_reply": "on"}, "Biểu mẫu đã bị thay đổi"),
        ({"account": "1"}, "Biểu mẫu đã bị thay đổi"),
    ],
)
def test_what_is_refused_says_what_to_do_and_keeps_what_was_typed(client, article, changed, words):
    rules(banned_words="đồ ngốc")
    answer = send(client, article, **changed)
    assert words in parse(answer.content.decode().replace("\x00", "")).text
    typed_name = changed.get("name", "Lê Thị Thử").strip()
    assert is_kept(answer, typed_name) if "text" in changed else is_kept(answer)


def test_an_email_is_asked_for_where_the_rules_say_so(client, article):
    rules(needs_email=True)
    assert is_kept(send(client, article))
    assert send(client, article, email="thu@example.org").status_code == 303


def test_a_machine_is_quicker_than_a_person_who_waits_a_moment_and_sends_the_same(client, article):
    """The clock does not start again with the refusal, and a page may be as old as it likes."""
    made = stamp(article, timezone.now())
    answer = send(client, article, made=made)
    assert is_kept(answer) and made in answer.content.decode()
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=300)):
        assert send(client, article, made=made).status_code == 303


def test_a_stamp_of_one_article_opens_no_other(client, article):
    assert is_kept(send(client, article, made=typed(situations.an_article())["made"]))


@pytest.mark.parametrize("where", ["another article", "pending", "a reply", "nowhere"])
def test_only_a_shown_comment_of_the_same_article_is_answered(client, article, where):
    parent = situations.a_comment(article)
    pk = {
        "another article": lambda: situations.a_comment(situations.an_article()).pk,
        "pending": lambda: situations.a_comment(article, state="pending").pk,
        "a reply": lambda: situations.a_comment(article, parent=parent).pk,
        "nowhere": lambda: 2**40,
    }[where]()
    before = Comment.objects.count()
    answer = send(client, article, parent=pk)
    assert answer.status_code == 422 and "không còn hiển thị" in answer.content.decode()
    assert TEXT in answer.content.decode() and f'value="{pk}"' not in answer.content.decode()
    assert Comment.objects.count() == before


def test_another_site_posts_nothing_here(article):
    client = Client(enforce_csrf_checks=True)
    path = f"{article.get_absolute_url()}binh-luan/"
    assert client.post(path, typed(article), headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(path, typed(article), headers={"origin": "https://other.example"}).status_code == 403
    assert not Comment.objects.exists()
    assert client.post(path, typed(article), headers={"origin": "http://testserver"}).status_code == 303


@pytest.mark.parametrize(
    "body", [b"text=%ff%fe%00&name=%c3%28&consent=on", b"\xff\xfe\x00", b"text=" + b"x" * 1_000_000, b"=&&&=%"]
)
def test_bytes_that_are_no_text_are_a_form_error(client, article, body):
    path = f"{article.get_absolute_url()}binh-luan/"
    answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
    assert 400 <= answer.status_code < 500 and not Comment.objects.exists()


# --- How often ----------------------------------------------------------------------------------


def test_an_address_is_slowed_down_and_told_until_when(client, article):
    rules(most_in_ten_minutes=2)
    for text in ("Ý thứ nhất.", "Ý thứ hai."):
        assert send(client, article, text=text, address="203.0.113.7").status_code == 303
    answer = send(client, article, text="Ý thứ ba.", address="203.0.113.7")
    assert answer.status_code == 429 and 0 < int(answer.headers["Retry-After"]) <= 600
    assert "Ý thứ ba." in answer.content.decode()
    # One network of the sixth version is one customer; another address is another reader.
    assert send(client, article, text="Ý thứ ba.", address="203.0.113.8").status_code == 303
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert send(client, article, text="Ý thứ ba, gửi lại.", address="203.0.113.7").status_code == 303


def test_only_the_proxy_is_believed_where_a_comment_comes_from(client, article, settings):
    """Whoever writes an address of his own into the header before it is still one sender."""
    settings.TRUSTED_PROXIES = 1
    for number, text in enumerate(("Một ý.", "Hai ý.")):
        claimed = f"198.51.100.{number}, 203.0.113.9"
        path = f"{article.get_absolute_url()}binh-luan/"
        client.post(path, typed(article, text=text), headers={"x-forwarded-for": claimed})
    assert len(set(Comment.objects.values_list("sender", flat=True))) == 1


def test_the_same_words_again_are_refused_from_one_and_pointed_out_from_many(client, article):
    send(client, article, address="203.0.113.7")
    again = send(client, situations.an_article(), address="203.0.113.7", text=TEXT.upper())
    assert again.status_code == 422 and Comment.objects.count() == 1
    send(client, article, address="203.0.113.8", name="Người khác")
    assert notes().keys() == {"repetition"}


# --- What is pointed out ------------------------------------------------------------------------


def test_a_link_and_a_suspect_word_are_taken_and_pointed_out(client, article):
    rules(suspect_words="vay nhanh\n\n  cá độ ")
    send(client, article, text="Xem www.vay.example, vay  nhánh và ca do")
    assert notes().keys() == {"links", "words"}
    assert "ca do" in notes()["words"] and "vay  nhánh" in notes()["words"]


def test_a_check_that_breaks_lets_nothing_past_and_loses_nothing(client, article, monkeypatch):
    """Not even one that breaks the transaction it asks in."""

    def broken(attempt, tick):
        list(Comment.objects.raw("SELECT nothing FROM nowhere"))

    monkeypatch.setattr(checks, "CHECKS", (("broken", broken), ("after", lambda attempt, tick: Hold("Đến lượt."))))
    assert send(client, article).status_code == 303
    assert Comment.objects.get().state == "pending"
    assert notes().keys() == {"broken", "after"}


def test_a_check_has_only_so_much_time(client, article, monkeypatch):
    rules(banned_words="\n".join(f"từ cấm {number}" for number in range(50)))
    monkeypatch.setattr(taking, "TIME_OF_A_CHECK", -1)
    assert send(client, article).status_code == 303
    assert "thời gian" in notes()["words"]


# --- The page -----------------------------------------------------------------------------------


def test_a_page_is_the_same_for_every_reader_and_its_box_is_unticked(article):
    rules()
    with patch("django.utils.timezone.now", return_value=timezone.now()):
        pages = {Client(REMOTE_ADDR=address).get(article.get_absolute_url()).content for address in ("::1", "10.0.0.1")}
    assert len(pages) == 1
    page = parse(pages.pop().decode())
    (consent,) = [element for element in page.root.iter("input") if element.get("name") == "consent"]
    assert "checked" not in consent.attrib
    assert "30 ngày" in " ".join(page.text_of("consent"))


def test_the_rules_begin_as_the_house_has_them_and_are_made_once(client, article):
    send(client, article)
    send(client, article, text="Một ý khác.")
    assert CommentSettings.objects.get().pk == 1


def test_a_clock_of_ours_that_was_wrong_holds_up_nobody(client, article):
    """One machine made the page, another takes the comment: their clocks need not agree."""
    made = stamp(article, timezone.now() + timedelta(hours=7))
    assert send(client, article, made=made).status_code == 303

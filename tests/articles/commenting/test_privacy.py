"""What is kept of a reader ends by itself, and what a reader has written can be handed out or freed of the name."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.commenting.traces import correspondent_of, sender_of
from articles.models import Ban, Comment, CommentReport
from articles.moderating.banning import ban
from newsroom import housekeeping
from newsroom.models import Page
from tests import situations
from tests.articles.commenting.sending import rules
from tests.pages import read

pytestmark = pytest.mark.django_db

NAME, EMAIL = "Phạm Thị Tên Riêng", "ten.rieng@example.org"


def a_comment(days_ago: float = 0, *, article=None, email: str = EMAIL, **fields):
    """A comment as one that came in."""
    traces = {
        "sender": sender_of("203.0.113.7"),
        "correspondent": correspondent_of(email),
        "key": fields.pop("key", ""),
    }
    fields = {"name": NAME, "created_at": timezone.now() - timedelta(days=days_ago), **traces, **fields}
    return situations.a_comment(article or situations.an_article(), email=email, **fields)


def test_housekeeping_forgets_a_sender_when_the_days_are_over_and_nothing_else(capsys):
    rules(sender_days=10)
    old, new = a_comment(11, key="a"), a_comment(9, key="b")
    over = {"created_at": old.created_at, "ends_at": timezone.now(), "created_by": situations.a_user()}
    Ban.objects.create(sender=old.sender, name=NAME, **over)
    just_now = a_comment(0.5, key="c")
    report = CommentReport.objects.create(
        comment=old, reason="other", sender="x" * 64, at=timezone.now() - timedelta(days=11)
    )
    for _time in range(2):
        call_command("housekeeping")
        for row in (old, new, just_now, report):
            row.refresh_from_db()
        assert (old.sender, report.sender, Ban.objects.count()) == ("", "", 0) and new.sender and just_now.sender
        assert (old.key, new.key, just_now.key) == ("", "", "c")
        assert old.correspondent and old.email == EMAIL
    assert "1 bình luận" in capsys.readouterr().out


def test_the_page_on_privacy_says_for_how_long_a_sender_is_known(client):
    """Written into its text it would be untrue as soon as somebody changes the rules."""
    privacy, other = (Page.objects.create(slug=slug, title=slug) for slug in ("rieng-tu", "khac"))
    rules(sender_days=12, privacy_page=privacy)
    assert "bị xóa sau 12 ngày" in read(client, privacy.get_absolute_url()).text
    assert "12 ngày" not in read(client, other.get_absolute_url()).text


def test_a_chore_that_fails_keeps_no_other_from_its_turn(monkeypatch, capsys):
    def broken() -> str:
        raise RuntimeError

    monkeypatch.setattr(housekeeping, "CHORES", (broken, *housekeeping.CHORES))
    old = a_comment(400)
    with pytest.raises(CommandError, match="broken"):
        call_command("housekeeping")
    old.refresh_from_db()
    assert old.sender == ""


def test_the_comments_of_an_email_are_handed_out_whole_and_nobody_elses(capsys):
    a_comment(text="Lời một"), a_comment(1, text="Lời hai", email=EMAIL.upper(), state="spam")
    a_comment(text="Lời người khác", email="khac@example.org")
    a_comment(text="Tòa soạn trả lời", is_staff_reply=True)
    call_command("reader_comments", "--email", EMAIL.title())
    told = json.loads(capsys.readouterr().out)
    assert [row["Nội dung"] for row in told] == ["Lời hai", "Lời một"]
    assert {row["Thư điện tử"].lower() for row in told} == {EMAIL}


def test_without_an_email_only_the_same_name_at_the_same_address_is_the_same_reader(capsys):
    """A whole office may share an address, and many people a name."""
    one = a_comment(text="Lời một", email="")
    a_comment(text="Lời hai", email="")
    a_comment(text="Đồng nghiệp", email="", name="Người khác")
    a_comment(text="Trùng tên", email="", sender=sender_of("203.0.113.99"))
    call_command("reader_comments", "--comment", str(one.pk))
    assert {row["Nội dung"] for row in json.loads(capsys.readouterr().out)} == {"Lời một", "Lời hai"}


def test_a_name_is_taken_off_everywhere_and_replies_keep_their_place(client):
    article = situations.an_article()
    asked = a_comment(article=article, text="Câu hỏi", key="k", notes=[{"check": "words", "note": NAME}])
    situations.a_comment(article, "Câu đáp", parent=asked)
    LogEntry.objects.log_actions(situations.staff("moderator").pk, [asked], 2, "xem")
    other = a_comment(email="khac@example.org", name="Người khác")
    ban(asked, timezone.now() + timedelta(days=5), situations.staff("moderator"))
    for _time in range(2):
        call_command("reader_comments", "--comment", str(asked.pk), "--anonymise")
    asked.refresh_from_db()
    other.refresh_from_db()
    assert asked.text == "Câu hỏi" and other.name == "Người khác"
    kept = json.dumps(
        [*Comment.objects.filter(pk=asked.pk).values(), *LogEntry.objects.values(), *Ban.objects.values("name")],
        default=str,
    )
    for trace in (NAME, "pham thi ten rieng", EMAIL, asked.text and "203.0.113.7"):
        assert trace not in kept
    assert (asked.sender, asked.correspondent, asked.key) == ("", "", "")
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Câu đáp" in page and "Câu hỏi" in page and NAME not in page


def test_an_unknown_comment_is_said_to_be_unknown():
    with pytest.raises(CommandError, match="no comment 12345"):
        call_command("reader_comments", "--comment", "12345")


# --- At the desk --------------------------------------------------------------------------------


def act(role: str, action: str, *comments: Comment, **more):
    client = Client()
    client.force_login(situations.staff(role))
    data = {"action": action, "_selected_action": [comment.pk for comment in comments], **more}
    return client.post(reverse("admin:articles_comment_changelist"), data, follow=True)


def test_an_administrator_hands_out_what_a_reader_has_written():
    comment = a_comment(text="Lời một", state="rejected")
    a_comment(text="Lời hai")
    answer = act("administrator", "hand_out", comment)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [row["Nội dung"] for row in json.loads(answer.content)] == ["Lời một", "Lời hai"]


def test_an_administrator_takes_a_name_off_after_a_look_at_what_loses_it():
    comment, again = a_comment(text="Lời một"), a_comment(text="Lời hai")
    look = act("administrator", "take_name_off", comment)
    assert "Lời hai" in look.content.decode()
    again.refresh_from_db()
    assert again.name == NAME
    act("administrator", "take_name_off", comment, confirmed="1")
    again.refresh_from_db()
    assert again.name == "Bạn đọc"
    assert not LogEntry.objects.filter(object_repr__contains=NAME).exists()


def test_a_moderator_does_neither_and_several_writers_are_not_one():
    one, other = a_comment(), a_comment(email="khac@example.org")
    act("moderator", "take_name_off", one, confirmed="1")
    answer = act("administrator", "take_name_off", one, other, confirmed="1")
    assert "Hãy chọn một bình luận" in answer.content.decode()
    one.refresh_from_db()
    assert one.name == NAME

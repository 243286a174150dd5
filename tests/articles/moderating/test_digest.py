"""Moderators are written to once a day, where something waits; no word of a stranger is in that mail."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from articles.models import Comment, DigestDay, FigureReport
from articles.moderating.digest import send_digest
from newsroom.models import SiteIdentity, User
from tests import hostile
from tests.situations import a_comment, a_doubt, an_article, staff

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:articles_comment_queue")
HOSTILE = "<script>alert(1)</script>\r\nBcc: ai@example.com"


@pytest.fixture
def waiting() -> None:
    staff("moderator", email="kiemduyet@example.com")
    a_comment(an_article(), HOSTILE, name=HOSTILE, email="ai@example.com", state=Comment.State.PENDING)
    a_comment(an_article(), HOSTILE, reported_at=timezone.now())


def test_each_moderator_gets_one_mail_a_day_with_numbers_alone(waiting: None):
    staff("editor", email="bientap@example.com")
    staff("writer", email="phongvien@example.com")
    staff("moderator")  # without an address
    staff("moderator", email="da-nghi@example.com", is_active=False)
    SiteIdentity.objects.create(name="Cổng tin")
    assert [send_digest(), send_digest()] == [2, 0]
    assert {tuple(each.recipients()) for each in mail.outbox} == {("kiemduyet@example.com",), ("bientap@example.com",)}
    one = mail.outbox[0]
    assert one.subject == "2 bình luận đang chờ bạn – Cổng tin"
    assert "1 bình luận bị bạn đọc báo cáo." in one.body
    assert "1 bình luận chờ quyết định." in one.body
    text = one.message().as_string() + one.body
    assert one.message().get_content_type() == "text/plain"
    assert not any(words in text for words in ("alert(1)", "ai@example.com", "Bcc"))


def test_reports_of_figures_are_told_with_where_they_wait():
    """A figure that a reader holds wrong is no less urgent than a comment, and nobody looked for it in that mail."""
    staff("moderator", email="kiemduyet@example.com")
    a_doubt(words=HOSTILE)
    decided = {"decided_by": staff("moderator"), "decided_at": timezone.now()}
    a_doubt(state=FigureReport.State.HANDED, **decided)
    assert send_digest() == 1
    one = mail.outbox[0]
    assert one.subject == "1 báo cáo số liệu đang chờ bạn"
    assert f"1 báo cáo của bạn đọc về số liệu chờ xem tại bàn biên tập: {QUEUE}?muc=figures" in one.body
    assert "alert(1)" not in one.body and "bình luận" not in one.body


def test_the_next_day_has_its_own_and_an_empty_queue_has_none(waiting: None):
    send_digest()
    DigestDay.objects.update(on="2020-01-01")
    assert send_digest() == 1
    DigestDay.objects.all().delete()
    Comment.objects.update(state=Comment.State.APPROVED, reported_at=None)
    assert send_digest() == 0
    assert not DigestDay.objects.exists()


def test_a_mail_server_that_fails_is_asked_again_the_same_day(waiting: None, caplog: Any):
    with patch("articles.moderating.digest.get_connection", side_effect=OSError):
        assert send_digest() == 0
    assert "could not be sent" in caplog.text
    assert send_digest() == 1


def test_a_site_that_sends_no_mail_sends_none(waiting: None, settings: Any):
    settings.SENDS_MAIL = False
    assert send_digest() == 0
    assert not DigestDay.objects.exists()


def test_no_line_of_a_stranger_is_in_it_nor_becomes_a_header_of_it():
    article = an_article()
    for line in hostile.LINES:
        a_comment(article, line, name=line[:80], state=Comment.State.PENDING)
    moderator = staff("moderator", email="kiemduyet@example.com")
    for line in hostile.LINES:
        # Whoever may name the site or an account can still not write the mail's head.
        SiteIdentity(name=line[:200]).save()
        User.objects.filter(pk=moderator.pk).update(last_name=line[:150])
        assert send_digest() == 1
        DigestDay.objects.all().delete()
    assert len(mail.outbox) == len(hostile.LINES)
    for one in mail.outbox:
        message = one.message()
        assert "\n" not in one.subject
        assert [name for name, _value in message.items() if name in {"To", "Cc", "Bcc"}] == ["To"]
        assert (message.get_content_type(), message.is_multipart()) == ("text/plain", False)

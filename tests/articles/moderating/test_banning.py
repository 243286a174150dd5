"""One writer's comments are hidden at once, and for a while no more are taken."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.commenting.traces import correspondent_of, sender_of
from articles.models import Ban, Comment, CommentSettings
from articles.moderating.banning import ban, hide_all
from articles.moderating.deciding import undo
from tests.articles.commenting.sending import send
from tests.situations import a_ban, a_comment, a_user, an_article, staff

pytestmark = pytest.mark.django_db

State = Comment.State
WEEK = timedelta(days=7)
ADDRESS = "203.0.113.7"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(staff("moderator"))
    return client


def written(text: str = "Lời", *, email: str = "", address: str = "", **fields) -> Comment:
    keys = {"correspondent": correspondent_of(email), "sender": sender_of(address or None)}
    return a_comment(an_article(), text, **{"state": State.PENDING, **keys, **fields})


def test_all_by_one_writer_is_hidden_and_nobody_elses_and_taken_back_at_once():
    article = an_article()
    mine = written(email="Ai@example.com")
    written(email="ai@example.com", state=State.APPROVED)
    written(email="ai@example.com", state=State.REJECTED)
    others = [written(email="khac@example.com"), written(), a_comment(article, is_staff_reply=True)]
    by = a_user()
    outcome = hide_all(mine, State.SPAM, by, act=uuid4())
    assert len(outcome.done) == 2
    assert Comment.objects.filter(state=State.SPAM).count() == 2
    assert [Comment.objects.get(pk=other.pk).state for other in others] == [other.state for other in others]
    undo(outcome.act, by)
    assert not Comment.objects.filter(state=State.SPAM).exists()


def test_a_form_that_is_sent_again_after_it_was_taken_back_hides_nothing():
    """The page of a writer is still there behind the browser's Back."""
    mine, by, act = written(email="ai@example.com"), a_user(), uuid4()
    hide_all(mine, State.SPAM, by, act=act)
    undo(act, by)
    assert hide_all(mine, State.SPAM, by, act=act).refused.keys() == {mine.pk}
    mine.refresh_from_db()
    assert mine.state == State.PENDING


def test_a_writer_without_an_e_mail_is_known_by_the_address_while_that_is_kept():
    first = written(address=ADDRESS)
    written(address=ADDRESS)
    assert len(hide_all(first, State.REJECTED, a_user(), act=None).done) == 2
    made = ban(first, timezone.now() + timedelta(days=900), a_user())
    assert made is not None
    days = CommentSettings.current().sender_days
    assert made.ends_at <= timezone.now() + timedelta(days=days)
    assert ban(written(), timezone.now() + WEEK, a_user()) is None  # nobody is known


def test_who_is_banned_is_told_until_when_and_others_still_write(client: Client):
    article = an_article()
    ban(written(email="ai@example.com"), timezone.now() + WEEK, a_user())
    ban(written(address=ADDRESS), timezone.now() + WEEK, a_user())
    for known in ({"email": "AI@example.com"}, {"address": ADDRESS}):
        answer = send(client, article, **known)
        assert answer.status_code == 403
        assert "không nhận bình luận của bạn đến" in answer.content.decode()
    assert send(client, article, email="khac@example.com", address="198.51.100.4").status_code == 303


def test_a_ban_ends_by_itself_or_is_lifted_or_cut_short_at_the_desk(client: Client, desk: Client):
    article, now = an_article(), timezone.now()
    over, standing = a_ban(created_at=now - WEEK, ends_at=now), a_ban()
    assert list(Ban.objects.in_force()) == [standing]
    form = reverse("admin:articles_ban_change", args=[standing.pk])
    moment = timezone.localtime(now + timedelta(days=2))
    typed = {"ends_at_0": f"{moment:%d/%m/%Y}", "ends_at_1": f"{moment:%H:%M}", "reason": "Đã xin lỗi"}
    assert desk.post(form, typed).status_code == 302
    standing.refresh_from_db()
    assert abs(standing.ends_at - moment) < timedelta(minutes=1)
    assert desk.post(form, {**typed, "ends_at_0": "01/01/2020"}).status_code == 200  # told that it is lifted instead
    desk.post(reverse("admin:articles_ban_changelist"), {"action": "lift", "_selected_action": [standing.pk, over.pk]})
    assert not Ban.objects.in_force().exists()
    assert desk.get(form).status_code == 200
    Ban.objects.filter(pk=standing.pk).update(correspondent=correspondent_of("ai@example.com"))
    assert send(client, article, email="ai@example.com").status_code == 303


def test_a_writer_is_banned_once_and_a_second_ban_changes_the_first():
    comment, by = written(email="ai@example.com"), a_user()
    first = ban(comment, timezone.now() + WEEK, by)
    second = ban(comment, timezone.now() + 2 * WEEK, by, "Vẫn tiếp tục")
    assert first == second
    assert Ban.objects.get().reason == "Vẫn tiếp tục"


def test_the_database_keeps_what_a_ban_is():
    a_ban(correspondent="k" * 64)
    now = timezone.now()
    for wrong in (
        {"correspondent": "k" * 64},
        {"correspondent": ""},
        {"correspondent": "a" * 64, "sender": "b" * 64},
        {"created_at": now, "ends_at": now},
        {"lifted_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_ban(**wrong)


def test_the_page_of_a_writer_hides_and_bans(desk: Client):
    comment = written("Lời một", email="ai@example.com")
    written("Lời hai", email="ai@example.com", state=State.APPROVED)
    page = reverse("admin:articles_comment_writer", args=[comment.pk])
    shown = desk.get(page).content.decode()
    assert "Lời một" in shown
    assert "Lời hai" in shown
    desk.post(page, {"hide": "1", "act": uuid4(), "to": "rejected", "reason": "insult"})
    assert Comment.objects.filter(state=State.REJECTED).count() == 2
    assert desk.post(page, {"ban": "1", "until": "2020-01-01"}).context["bans"].errors
    last_day = timezone.localdate() + WEEK
    desk.post(page, {"ban": "1", "until": last_day.isoformat(), "why": "Nhiều lần"})
    made = Ban.objects.get()
    assert timezone.localtime(made.ends_at).date() == last_day + timedelta(days=1)
    assert (made.comment, made.reason) == (comment, "Nhiều lần")
    assert str(made.ends_at.year) in desk.get(page).content.decode()


def test_of_a_writer_nothing_tells_of_nothing_is_done(desk: Client):
    comment, other = written(), written()
    page = reverse("admin:articles_comment_writer", args=[comment.pk])
    for typed in ({"hide": "1", "act": uuid4(), "to": "spam"}, {"ban": "1", "until": "2999-01-01"}):
        assert desk.post(page, typed).status_code == 200
    assert Comment.objects.filter(pk__in=[comment.pk, other.pk], state=State.PENDING).count() == 2
    assert not Ban.objects.exists()

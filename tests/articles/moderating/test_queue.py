"""The queue shows what waits, to those who decide, with all they need to know, and its plain forms do all there is."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Comment, CommentReport, Moderation
from articles.moderating import queue
from articles.moderating.deciding import decide
from newsroom.models import User
from tests.situations import a_ban, a_comment, a_user, an_article, staff

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:articles_comment_queue")
SENT = reverse("admin:articles_comment_decide")
State = Comment.State


@pytest.fixture
def moderator() -> User:
    return staff("moderator")


@pytest.fixture
def desk(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def waiting(text: str = "Chờ duyệt", minutes: float = 5, **fields: Any) -> Comment:
    written = timezone.now() - timedelta(minutes=minutes)
    article = fields.pop("article", None) or an_article()
    return a_comment(article, text, **{"state": State.PENDING, "created_at": written, **fields})


def reported(comment: Comment, reason: str = "untrue", words: str = "") -> Comment:
    report = CommentReport.objects.create(comment=comment, reason=reason, words=words, sender=uuid4().hex)
    Comment.objects.filter(pk=comment.pk).update(reported_at=report.at)
    return comment


def listed(answer: Any) -> list[str]:
    return [item.comment.text for item in answer.context["items"]]


def send(desk: Client, to: str, *comments: Comment, number: int = 0, address: str = QUEUE, **typed: Any) -> Any:
    chosen = [f"{comment.pk}:{number}" for comment in comments]
    return desk.post(address, {"act": uuid4(), "comment": chosen, "to": to, **typed}, follow=address == QUEUE)


# --- What stands there -------------------------------------------------------------------------


def test_what_was_reported_stands_first_and_else_what_has_waited_longest(desk: Client):
    waiting("Sau", 1)
    waiting("Trước", 9)
    assert listed(desk.get(QUEUE)) == ["Trước", "Sau"]
    reported(a_comment(an_article(), "Bị báo"), words="Sai số liệu")
    page = desk.get(QUEUE)
    assert listed(page) == ["Bị báo"]
    assert "Sai số liệu" in page.content.decode()
    assert [(tab.name, tab.count) for tab in page.context["tabs"]] == [
        ("reported", 1),
        ("pending", 2),
        ("approved", 1),
        ("rejected", 0),
        ("spam", 0),
    ]


def test_a_moderator_sees_the_article_the_thread_the_writer_and_what_the_checks_found(desk: Client, moderator: User):
    article = an_article("Bài được bàn")
    first = a_comment(article, "Ý đầu", name="Người mở lời")
    a_comment(article, "Ý bên cạnh", parent=first)
    known = {"correspondent": "k" * 64, "article": article}
    decide({waiting("Cũ", **known).pk: 0}, State.REJECTED, moderator)
    note = {"check": "links", "note": "Có một liên kết"}
    a_ban(correspondent="k" * 64)
    waiting("Ý mới", parent=first, notes=[note], **known)
    page = desk.get(QUEUE, {"muc": "pending"}).content.decode()
    for words in (
        "Bài được bàn",
        "Người mở lời",
        "Ý đầu",
        "Ý bên cạnh",
        "Có một liên kết",
        "không duyệt 1",
        "đang bị chặn",
    ):
        assert words in page


def test_a_writer_is_known_by_the_address_where_there_is_no_e_mail_and_else_not_at_all(desk: Client):
    waiting(sender="s" * 64, state=State.SPAM)
    for text, fields in {"Cùng": {"sender": "s" * 64}, "Lạ": {}}.items():
        waiting(text, **fields)
    histories = {item.comment.text: item.history for item in desk.get(QUEUE).context["items"]}
    assert (histories["Cùng"].spam, histories["Cùng"].pending) == (1, 0)
    assert histories["Lạ"] is None


def test_how_long_people_wait_is_told(desk: Client, moderator: User):
    assert queue.pace() == queue.Pace(None, None)
    for minutes in (10, 20, 60):
        decide({waiting(minutes=minutes).pk: 0}, State.APPROVED, moderator)
    waiting(minutes=181)
    pace = queue.pace()
    assert pace.typical is not None
    assert 20 <= pace.typical.total_seconds() / 60 < 21
    assert "3 giờ, 1 phút" in desk.get(QUEUE).content.decode().replace("\xa0", " ")


def test_a_long_queue_costs_what_a_short_one_costs_and_is_paged(desk: Client, moderator: User, monkeypatch: Any):
    monkeypatch.setattr(queue, "SIZE", 4)
    monkeypatch.setattr(queue, "COUNTED", 5)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(QUEUE, {"muc": "pending"})
        return len(queries)

    root = a_comment(an_article(), "Gốc")
    decide({waiting().pk: 0}, State.SPAM, moderator)
    waiting("0", 9, parent=root, article=root.article, sender="s" * 64)
    reported(waiting("1", 8, correspondent="k" * 64))
    cost()
    few = cost()
    for number in range(2, 7):
        reported(waiting(str(number), 8 - number, parent=root, article=root.article, sender="s" * 64))
    assert cost() == few
    page = desk.get(QUEUE, {"muc": "pending"})
    assert listed(page) == ["0", "1", "2", "3"]
    pending = page.context["tabs"][1]
    assert (pending.count, pending.has_more) == (5, True)
    assert listed(desk.get(f"{QUEUE}?{page.context['page'].older}")) == ["4", "5", "6"]


# --- What is done there, without a script ------------------------------------------------------


def test_a_button_decides_tells_so_and_leads_back(desk: Client, moderator: User):
    comment = waiting()
    page = send(desk, "rejected", comment, reason="off_topic", words="Hỏi chuyện khác")
    assert "Không duyệt: 1 bình luận." in page.content.decode()
    assert page.context["asked"] == "pending"
    row = Moderation.objects.get()
    assert (row.to_state, row.reason, row.words, row.by) == ("rejected", "off_topic", "Hỏi chuyện khác", moderator)


def test_all_of_a_page_are_chosen_by_a_link_and_decided_at_once(desk: Client):
    comments = [waiting(str(number)) for number in range(3)]
    page = desk.get(QUEUE, {"muc": "pending", "chon": "1"}).content.decode()
    assert page.count("checked>") >= 3
    send(desk, "approved", *comments)
    assert Comment.objects.filter(state=State.APPROVED).count() == 3


def test_what_was_decided_last_is_taken_back_after_a_reload(desk: Client, moderator: User):
    comments = [waiting(str(number)) for number in range(2)]
    send(desk, "spam", *comments)
    (act,) = desk.get(QUEUE).context["acts"]
    assert (act.one.comment, act.count) == (comments[1], 2)
    desk.post(QUEUE, {"undo": act.one.act})
    assert Comment.objects.filter(state=State.PENDING).count() == 2
    assert desk.get(QUEUE).context["acts"] == []


def test_the_newsroom_answers_from_the_queue_under_its_badge(desk: Client):
    comment = waiting()
    typed = {"act": uuid4(), "comment": f"{comment.pk}:0", "name": "Tòa soạn", "reply": "Cảm ơn bạn."}
    desk.post(QUEUE, typed)
    assert [reply.text for reply in comment.replies.approved()] == ["Cảm ơn bạn."]


@pytest.mark.parametrize(
    "typed",
    [
        {"to": "shown"},
        {"to": "approved", "comment": ["1:0", "x"]},
        {"to": "approved", "comment": []},
        {"to": "rejected", "reason": "because"},
        {"to": "approved", "act": "no uuid"},
        {"undo": "no uuid"},
        {"name": "", "reply": ""},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence_and_changes_nothing(desk: Client, typed: dict[str, Any]):
    comment = waiting()
    said = {"act": str(uuid4()), "comment": f"{comment.pk}:0", **typed}
    assert desk.post(QUEUE, said, follow=True).context["messages"]
    answer = desk.post(SENT, said)
    assert (answer.status_code, bool(answer.json()["sentence"])) == (422, True)
    assert not Moderation.objects.exists()


# --- What the script sends ---------------------------------------------------------------------


def test_the_script_is_told_what_was_done_and_what_was_not(desk: Client, moderator: User):
    mine, taken = waiting("Của tôi"), waiting("Đã xong")
    decide({taken.pk: 0}, State.SPAM, a_user("lan"))
    said = send(desk, "approved", mine, taken, address=SENT).json()
    assert said["items"][str(mine.pk)] == {"number": 1, "state": "approved", "refused": ""}
    assert "lan đã quyết định trước" in said["items"][str(taken.pk)]["refused"]
    assert said["counts"] == {"reported": "0", "pending": "0", "approved": "1", "rejected": "0", "spam": "1"}
    back = desk.post(SENT, {"undo": mine.moderations.get().act, "shown": ""}).json()
    assert f'id="comment-{mine.pk}"' in back["html"]


def test_nobody_else_decides(client: Client):
    comment = waiting()
    assert send(client, "approved", comment, address=SENT).status_code == 401
    client.force_login(staff("writer"))
    assert send(client, "approved", comment, address=SENT).status_code == 403
    assert send(client, "approved", comment).status_code == 403
    assert not Moderation.objects.exists()


# --- Beside the queue --------------------------------------------------------------------------


def test_the_form_of_a_comment_decides_by_the_same_way(desk: Client, moderator: User):
    comment = waiting()
    form = reverse("admin:articles_comment_change", args=[comment.pk])
    page = desk.get(form)
    decide({comment.pk: 0}, State.SPAM, a_user("lan"))
    late = desk.post(form, {"state": "approved", "reason": "", "code": "", "seen": "0"})
    assert "lan đã quyết định trước" in late.content.decode()
    desk.post(form, {"state": "rejected", "reason": "Nặng lời", "code": "insult", "seen": "1"})
    assert [row.why for row in comment.moderations.order_by("number")] == ["", "Xúc phạm, thô tục: Nặng lời"]
    assert page.status_code == 200


def test_what_readers_have_seen_is_not_deleted(client: Client):
    client.force_login(a_user(is_staff=True, is_superuser=True))
    comment, by = waiting(), a_user()
    decide({comment.pk: 0}, State.APPROVED, by)
    decide({comment.pk: 1}, State.SPAM, by)
    client.post(reverse("admin:articles_comment_delete", args=[comment.pk]), {"post": "yes"})
    assert Comment.objects.filter(pk=comment.pk).exists()

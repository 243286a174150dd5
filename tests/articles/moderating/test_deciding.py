"""The state of a comment changes in one place, with a record, and of two who decide at once one decides."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from articles.models import Comment, CommentReport, Moderation
from articles.moderating.answering import NotAnswered, answer
from articles.moderating.deciding import decide, undo
from tests.situations import a_comment, a_user, an_article

pytestmark = pytest.mark.django_db

State = Comment.State


def waiting(text: str = "Chờ duyệt", **fields) -> Comment:
    return a_comment(an_article(), text, state=State.PENDING, **fields)


def reported(comment: Comment) -> CommentReport:
    report = CommentReport.objects.create(comment=comment, reason="untrue", sender=uuid4().hex)
    Comment.objects.filter(pk=comment.pk).update(reported_at=report.at)
    return report


def test_a_decision_is_written_with_who_from_what_to_what_and_why():
    comment, by = waiting(), a_user()
    outcome = decide({comment.pk: 0}, State.REJECTED, by, reason="insult", words="Nặng lời")
    (row,) = comment.moderations.all()
    assert outcome.done == [row]
    assert (row.number, row.from_state, row.to_state, row.by) == (1, "pending", "rejected", by)
    assert row.why == "Xúc phạm, thô tục: Nặng lời"
    comment.refresh_from_db()
    assert (comment.state, comment.reason, comment.moderated_by) == ("rejected", row.why, by)
    assert comment.moderated_at == row.at


def test_whoever_decides_second_is_told_who_was_faster_and_changes_nothing():
    comment, first, second = waiting(), a_user("lan"), a_user("minh")
    decide({comment.pk: 0}, State.APPROVED, first)
    outcome = decide({comment.pk: 0}, State.SPAM, second)
    assert outcome.done == []
    assert "lan đã quyết định trước" in outcome.refused[comment.pk]
    comment.refresh_from_db()
    assert (comment.state, comment.moderations.count()) == ("approved", 1)
    # Who has seen the decision may overrule it.
    assert decide({comment.pk: 1}, State.SPAM, second).refused == {}


def test_what_stands_so_already_is_decided_by_nobody():
    comment = a_comment(an_article(), state=State.APPROVED)
    outcome = decide({comment.pk: None, comment.pk + 1: None}, State.APPROVED, a_user())
    assert outcome.refused.keys() == {comment.pk, comment.pk + 1}
    assert not Moderation.objects.exists()


def test_a_decision_that_is_sent_twice_is_one_and_is_answered_alike():
    """The answer to the first may have been lost on the way."""
    comment, by, act = waiting(), a_user(), uuid4()
    first, second = (decide({comment.pk: 0}, State.APPROVED, by, act=act) for _ in range(2))
    assert first.done == second.done
    assert second.refused == {}
    back, again = (undo(act, by) for _ in range(2))
    assert back.done == again.done
    assert Moderation.objects.count() == 2


def test_undoing_brings_back_what_stood_before_and_leaves_both_on_record():
    comment, by = waiting(), a_user()
    decide({comment.pk: 0}, State.REJECTED, by, reason="untrue")
    act = decide({comment.pk: 1}, State.APPROVED, by).act
    undo(act, by)
    comment.refresh_from_db()
    assert (comment.state, comment.reason) == ("rejected", "Sai sự thật, không có căn cứ")
    assert comment.moderated_at == comment.moderations.get(number=1).at
    assert [row.number for row in comment.moderations.order_by("pk")] == [1, 2, 3]
    undo(comment.moderations.get(number=1).act, by)  # it is no longer the last word
    comment.refresh_from_db()
    assert comment.state == "rejected"


def test_nobody_takes_back_what_a_colleague_decided_or_has_decided_since():
    comment, by, colleague = waiting(), a_user(), a_user("lan")
    act = decide({comment.pk: 0}, State.APPROVED, by).act
    assert undo(act, colleague).done == []
    decide({comment.pk: 1}, State.SPAM, colleague)
    assert "lan đã quyết định trước" in undo(act, by).refused[comment.pk]
    comment.refresh_from_db()
    assert comment.state == "spam"


def test_many_are_decided_in_one_go_and_taken_back_in_one_go(django_assert_num_queries):
    comments, by = [waiting() for _ in range(6)], a_user()
    reported(comments[0])
    decide({comments[5].pk: 0}, State.SPAM, by)
    with django_assert_num_queries(8):
        outcome = decide({comment.pk: 0 for comment in comments}, State.REJECTED, by)
    assert (len(outcome.done), list(outcome.refused)) == (5, [comments[5].pk])
    assert Comment.objects.filter(state="rejected").count() == 5
    with django_assert_num_queries(11):
        undo(outcome.act, by)
    assert Comment.objects.filter(state="pending").count() == 5


def test_reports_are_dealt_with_by_the_decision_and_open_again_with_its_undoing():
    comment, by = a_comment(an_article()), a_user()
    report = reported(comment)
    kept = decide({comment.pk: 0}, State.APPROVED, by)
    report.refresh_from_db()
    comment.refresh_from_db()
    assert (report.decision, comment.reported_at, comment.state) == (kept.done[0], None, "approved")
    undo(kept.act, by)
    report.refresh_from_db()
    comment.refresh_from_db()
    assert (report.decision, comment.reported_at) == (None, report.at)


def test_the_database_keeps_the_order_of_decisions():
    comment, by = waiting(), a_user()
    row = decide({comment.pk: 0}, State.APPROVED, by).done[0]
    said = {"comment": comment, "from_state": "approved", "to_state": "spam", "by": by, "at": timezone.now()}
    wrong = [{"number": 1}, {"number": 2, "act": row.act}, {"number": 2, "to_state": "approved"}]
    wrong += [{"number": 2, "to_state": "shown"}, {"number": 2, "reason": "because"}]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Moderation.objects.create(**{**said, **fields})


def test_the_newsrooms_answer_stands_at_once_and_shows_what_it_answers():
    comment, by, act = waiting(), a_user(), uuid4()
    for _twice in range(2):
        answer(comment.pk, 0, by, name="Tòa soạn", text="Cảm ơn bạn.", act=act)
    reply = Comment.objects.get(parent=comment)
    comment.refresh_from_db()
    assert (comment.state, reply.state, reply.is_staff_reply, reply.account) == ("approved", "approved", True, by)
    assert reply.moderations.get().act == comment.moderations.get().act == act
    # An answer to an answer stands in the same thread; readers see no deeper.
    answer(reply.pk, 1, by, name="Tòa soạn", text="Nói thêm.", act=uuid4())
    assert set(comment.replies.values_list("text", flat=True)) == {"Cảm ơn bạn.", "Nói thêm."}


def test_nobody_answers_what_a_colleague_has_just_put_away():
    comment, by = waiting(), a_user()
    decide({comment.pk: 0}, State.SPAM, a_user("lan"))
    with pytest.raises(NotAnswered):
        answer(comment.pk, 0, by, name="Tòa soạn", text="Cảm ơn bạn.", act=uuid4())
    decide({comment.pk: 1}, State.PENDING, by)
    with pytest.raises(NotAnswered, match="đã quyết định trước"):
        answer(comment.pk, 0, by, name="Tòa soạn", text="Cảm ơn bạn.", act=uuid4())
    assert not comment.replies.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_decide_at_the_same_moment_one_decides():
    comment, people = waiting(), [a_user(), a_user()]
    start = Barrier(2)

    def race(place: int) -> int:
        try:
            start.wait(timeout=10)
            to = [State.APPROVED, State.REJECTED][place]
            return len(decide({comment.pk: 0}, to, people[place]).refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(race, range(2))) == [0, 1]
    assert comment.moderations.count() == 1
    comment.refresh_from_db()
    assert comment.state == comment.moderations.get().to_state


def test_no_other_module_puts_a_comment_into_a_state():
    """Forms make comments that wait; whatever else happens to one has a row that says who and why."""
    packages = Path(__file__).resolve().parents[3] / "articles"
    writers = {
        path.relative_to(packages).as_posix()
        for path in packages.rglob("*.py")
        if "moderated_at=" in path.read_text() or ".moderated_at =" in path.read_text()
    }
    assert writers == {"moderating/deciding.py"}

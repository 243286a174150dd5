"""From draft to reader: who may do what, and what goes along."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.checking import check
from articles.models import Article, Revision
from articles.workflow import TRANSITIONS, NotPossible, available, perform
from committees.models import Award, Conference, Statistic
from newsroom.publishing import State
from tests.situations import a_conference, a_mention, a_statistic, a_user, an_article, an_award, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return a_user()


@pytest.fixture
def editor():
    user = a_user()
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["publish_article", "edit_others_article", "change_article"])
    )
    return user


def test_an_article_goes_from_its_writer_over_an_editor_to_the_readers_and_back(writer, editor):
    article = an_article(writer=writer, **draft())
    states = []
    for name, by, reason in (
        ("submit", writer, ""),
        ("return", editor, "Thiếu nguồn số liệu"),
        ("submit", writer, ""),
        ("publish", editor, ""),
        ("withdraw", editor, "Đăng nhầm"),
        ("restore", editor, ""),
    ):
        states.append(perform(article, name, by, reason=reason).state)
    assert states == ["submitted", "returned", "submitted", "published", "withdrawn", "draft"]
    kept = [(revision.transition, revision.made_by) for revision in article.revisions.order_by("version")]
    assert kept == [
        ("submit", writer), ("return", editor), ("submit", writer),
        ("publish", editor), ("withdraw", editor), ("restore", editor),
    ]  # fmt: skip
    assert [revision.reason for revision in article.revisions.order_by("version")][1] == "Thiếu nguồn số liệu"
    assert article.version == 7


def test_the_history_knows_every_transition_of_the_table_and_no_other():
    assert set(Revision.Transition.values) == TRANSITIONS.keys() | {Revision.Transition.GIVE}


@pytest.mark.parametrize("fields", [{"transition": "approve"}, {"transition": "return", "reason": ""}])
def test_the_database_keeps_no_decision_of_another_name_and_no_return_without_a_reason(fields):
    article = an_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(article=article, version=1, snapshot={}, **fields)


def test_a_writer_never_publishes_and_never_submits_what_another_wrote(writer, editor):
    own, other = an_article(writer=writer, **draft()), an_article(writer=editor, **draft())
    assert [transition.name for transition in available(own, writer)] == ["submit"]
    assert available(other, writer) == []
    for article, name in ((own, "publish"), (other, "submit")):
        with pytest.raises(NotPossible):
            perform(article, name, writer)
    assert Article.objects.filter(state=State.DRAFT).count() == 2


def test_required_fields_bind_on_submission_and_not_on_a_draft(writer):
    article = an_article(writer=writer, lead="", body="", **draft())
    with pytest.raises(NotPossible) as refusal:
        perform(article, "submit", writer)
    required = check(article).required
    assert len(required) == 2
    assert all(found.sentence in str(refusal.value) for found in required)


def test_a_return_or_a_withdrawal_without_a_reason_is_refused(writer, editor):
    article = perform(an_article(writer=writer, **draft()), "submit", writer)
    with pytest.raises(NotPossible):
        perform(article, "return", editor, reason="  ")
    assert Article.objects.get().state == State.SUBMITTED


def test_the_second_of_two_clicks_is_refused(editor):
    article = an_article(**draft())
    stale = Article.objects.get()
    perform(article, "publish", editor)
    with pytest.raises(NotPossible):
        perform(stale, "publish", editor)
    assert article.revisions.count() == 1


def test_publishing_carries_the_conference_its_figures_and_its_awards_along(editor):
    conference = a_conference(**draft())
    figure = a_statistic(conference=conference, **draft())
    award = an_award(reported_at=conference, **draft())
    elsewhere = a_statistic(**draft())
    article = an_article(conference=conference, **draft())
    mentioned = a_statistic(**draft())
    a_mention(article, mentioned, "Thân bài")
    moment = timezone.now() + timedelta(hours=3)

    perform(article, "publish", editor, at=moment)

    for model, thing in ((Conference, conference), (Statistic, figure), (Statistic, mentioned), (Award, award)):
        assert not model.objects.public().exists()
        assert thing in model.objects.public(at=moment)
    elsewhere.refresh_from_db()
    assert elsewhere.state == State.DRAFT


def test_figures_that_only_another_draft_mentions_stay_hidden(editor):
    conference = a_conference(**draft())
    figure = a_statistic(conference=conference, **draft())
    a_mention(an_article(conference=conference, **draft()), figure, "Thân bài")
    perform(an_article(conference=conference, **draft()), "publish", editor)
    assert Conference.objects.public().exists()
    assert not Statistic.objects.public().exists()


def test_withdrawing_takes_back_only_what_no_other_public_article_reports(editor):
    conference = a_conference(**draft())
    shared, alone = a_statistic(conference=conference, **draft()), a_statistic(conference=conference, **draft())
    first, second = (an_article(conference=conference, **draft()) for _ in range(2))
    for article in (first, second):
        a_mention(article, shared, "Thân bài")
    a_mention(first, alone, "thử")
    for article in (first, second):
        perform(article, "publish", editor)

    perform(first, "withdraw", editor, reason="Trùng bài")
    assert list(Statistic.objects.public()) == [shared]
    assert Conference.objects.public().exists()
    perform(second, "withdraw", editor, reason="Trùng bài")
    assert not Statistic.objects.public().exists() and not Conference.objects.public().exists()


def test_the_first_publication_time_never_changes(editor):
    article = perform(an_article(**draft()), "publish", editor)
    first = article.published_at
    perform(article, "withdraw", editor, reason="Sửa")
    perform(article, "restore", editor)
    assert perform(article, "publish", editor).published_at == first


def test_a_schedule_withdrawn_before_its_time_leaves_no_moment_behind(editor):
    article = perform(an_article(**draft()), "publish", editor, at=timezone.now() + timedelta(days=1))
    assert perform(article, "withdraw", editor, reason="Hoãn").published_at is None


def test_a_revision_holds_the_whole_article(editor):
    article = an_article("Bài có số liệu", **draft())
    mention = a_mention(article, a_statistic(), "Thân bài")
    perform(article, "publish", editor)
    whole = article.revisions.get().snapshot
    assert whole["title"] == "Bài có số liệu"
    assert [row["words"] for row in whole["mentions"]] == [mention.words]
    assert whole["category"] == article.category_id

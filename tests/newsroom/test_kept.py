"""What a process keeps goes at the change that makes it untrue, whichever door the change came through."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, Comment
from newsroom.housekeeping import forget_changes
from newsroom.models import MenuItem, SiteIdentity
from newsroom.pagecache import changes, kept, kept_as_read
from newsroom.pagecache.changes import book
from newsroom.pagecache.models import Change
from newsroom.pagecache.pages import pages
from newsroom.pagecache.reading import read
from tests import situations

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(followed):
    """All that the book says while the test runs: (tags, whether something is taken away)."""
    told = []

    def hear(tags, removes):
        told.append((tags, removes))

    book.listen(hear)
    yield told
    book._listeners.remove(hear)


def news(heard):
    book.look()
    told = list(heard)
    heard.clear()
    return told


@pytest.fixture
def labels(followed):
    """A kept value, and how often it was made."""
    made = []

    @kept(MenuItem)
    def labels():
        made.append(1)
        return [item.label for item in MenuItem.objects.all()]

    labels.made = made
    return labels


def test_a_kept_value_is_made_once_until_a_row_of_its_model_changes(labels):
    MenuItem.objects.create(label="Tin", address="/")
    book.look()
    assert [labels(), labels(), len(labels.made)] == [["Tin"], ["Tin"], 1]
    for change in (
        lambda: MenuItem.objects.update(label="Bài"),
        lambda: connection.cursor().execute("UPDATE newsroom_menuitem SET label = 'Thơ'"),
        lambda: MenuItem.objects.bulk_create([MenuItem(label="Ảnh", address="/", position=1)]),
        lambda: MenuItem.objects.filter(label="Ảnh").delete(),
    ):
        change()
        book.look()
        assert labels() == [item.label for item in MenuItem.objects.all()]


def test_a_kept_value_stays_when_other_rows_change(labels):
    labels()
    SiteIdentity.objects.create(name="Trang")
    situations.an_article()
    book.look()
    assert (labels(), len(labels.made)) == ([], 1)


def test_within_a_transaction_nothing_is_kept(labels):
    """It may be taken back, and others never see it."""
    labels()
    with transaction.atomic():
        MenuItem.objects.create(label="Tin", address="/")
        assert labels() == ["Tin"]
        transaction.set_rollback(True)
    assert labels() == []


def test_nothing_is_kept_while_nobody_watches(labels, monkeypatch):
    monkeypatch.setattr("newsroom.watch.is_on", lambda: False)
    assert [labels(), labels(), len(labels.made)] == [[], [], 2]


def test_nothing_is_kept_once_the_watch_has_stopped_looking(labels, monkeypatch):
    labels()
    monkeypatch.setattr(book, "_looked_at", book._looked_at - 60)
    assert [labels(), len(labels.made)] == [[], 2]
    monkeypatch.setattr("newsroom.watch.database_is_down", lambda: True)
    assert [labels(), len(labels.made)] == [[], 2]


def test_what_was_changed_while_a_value_was_being_made_is_not_missed(followed):
    @kept(MenuItem)
    def labels():
        found = [item.label for item in MenuItem.objects.all()]
        if not found:
            MenuItem.objects.create(label="Tin", address="/")
            book.look()
        return found

    assert [labels(), labels()] == [[], ["Tin"]]


def test_who_saves_something_sees_it_at_the_commit(labels, django_capture_on_commit_callbacks):
    labels()
    with django_capture_on_commit_callbacks(execute=True):
        MenuItem.objects.create(label="Tin", address="/")
        assert labels() == []
    assert labels() == ["Tin"]


@pytest.fixture
def titles(followed):
    """What is kept by what it has read: the public articles of a category; and of which it was made, how often."""
    made = []

    @kept_as_read
    def titles(category):
        made.append(category)
        return [article.title for article in Article.objects.public().filter(category=category).order_by("title")]

    titles.made = made
    pages.look()
    yield titles
    pages.clear()


def test_what_is_kept_as_read_is_made_anew_when_what_it_has_read_changes_and_no_other(titles):
    one, two = (situations.an_article(name, category=situations.a_category(name)) for name in ("Một", "Hai"))
    book.look()
    for _again in range(2):
        assert (titles(one.category_id), titles(two.category_id)) == (["Một"], ["Hai"])
    Article.objects.filter(pk=one.pk).update(title="Mốt")
    MenuItem.objects.create(label="Tin", address="/")
    book.look()
    assert (titles(one.category_id), titles(two.category_id)) == (["Mốt"], ["Hai"])
    assert titles.made == [one.category_id, two.category_id, one.category_id]


def test_what_is_kept_as_read_changes_with_the_clock_alone(titles, monkeypatch):
    """What is scheduled for noon is read at noon, although nothing is saved then."""
    article = situations.an_article("Trưa", **situations.published(hours_ago=-1 / 60))
    book.look()
    pages.look()
    assert [titles(article.category_id), titles(article.category_id), len(titles.made)] == [[], [], 1]
    noon = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    book.look()
    assert titles(article.category_id) == ["Trưa"]


def test_a_page_with_what_is_kept_as_read_depends_on_what_that_has_read(titles):
    """Be it made for this page, or for another one before."""
    article = situations.an_article()
    book.look()
    for _again in range(2):
        with read() as reading:
            titles(article.category_id)
        assert f"articles_article.category_id={article.category_id}" in reading.tags


def test_a_draft_changes_nothing_that_readers_see(heard):
    article = situations.an_article(**situations.draft())
    situations.a_mention(article, situations.a_statistic(**situations.draft()), "71/75")
    news(heard)
    article.body = "<p>Khác.</p>"
    article.save()
    article.tags.create(name="thẻ")
    assert [tags for tags, _ in news(heard) if not any(tag.startswith("articles_tag") for tag in tags)] == []


def test_what_the_desk_alone_sees_changes_nothing(heard):
    article = situations.an_article()
    comment = situations.a_comment(article, state=Comment.State.PENDING)
    news(heard)
    article.note = "Gọi lại"
    article.version += 1
    article.save()
    comment.state = Comment.State.SPAM
    comment.save()
    assert news(heard) == []


def test_a_publication_takes_nothing_away_and_a_withdrawal_does(heard):
    article = situations.an_article(**situations.draft())
    comment = situations.a_comment(article, state=Comment.State.PENDING)
    news(heard)
    type(article).objects.update(**situations.published())
    Comment.objects.update(state=Comment.State.APPROVED)
    assert [removes for _, removes in news(heard)] == [False, False]
    type(article).objects.update(state="withdrawn")
    Comment.objects.update(state=Comment.State.REJECTED)
    told = news(heard)
    assert [removes for _, removes in told] == [True, True]
    assert f"articles_article.id={article.pk}" in told[0][0]
    assert {f"articles_comment.id={comment.pk}", f"articles_comment.article_id={article.pk}"} <= told[1][0]


def test_an_article_says_with_whom_it_is_found(heard):
    person, figure = situations.a_person(), situations.a_statistic()
    article = situations.an_article(**situations.draft())
    article.bylines.create(person=person)
    article.committees.add(figure.committee)
    situations.a_mention(article, figure, "71/75")
    news(heard)
    type(article).objects.update(**situations.published())
    ((tags, _),) = news(heard)
    assert {
        f"articles_byline.person_id={person.pk}",
        f"articles_article_committees.committee_id={figure.committee_id}",
        f"articles_mention.statistic_id={figure.pk}",
        f"articles_article.category_id={article.category_id}",
    } <= tags


def test_after_bulk_work_without_triggers_everything_goes(heard):
    changes.remove()
    situations.an_article()
    assert news(heard) == []
    changes.install()
    assert [tags for tags, _ in news(heard)] == [{"*"}]
    changes.install()
    assert news(heard) == []
    situations.an_article()
    assert news(heard) != []


def test_who_has_missed_something_begins_anew(heard):
    situations.an_article()
    news(heard)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pagecache_change")
    book._position = 2**50 if connection.vendor == "postgresql" else book._position
    assert [tags for tags, _ in news(heard)] == [{"*"}]


def test_what_every_process_has_seen_is_forgotten_after_a_day_but_for_the_last(heard):
    for _ in range(3):
        situations.an_article()
    Change.objects.update(made_at=timezone.now() - timedelta(days=2))
    news(heard)
    assert f"{Change.objects.count() - 1}" in forget_changes()
    assert Change.objects.count() == 1
    situations.an_article()
    assert all("*" not in tags for tags, _ in news(heard))

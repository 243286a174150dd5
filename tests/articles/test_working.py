"""The working copy: what readers see is changed beside it, and only a publication puts the change before them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from articles.models import Article, Byline, Photo, Revision, WorkingCopy
from articles.revisions import record, snapshot
from articles.workflow import NotPossible, available, perform, restore_revision
from articles.working import tried_on
from committees.models import Conference, Statistic
from newsroom.publishing import State
from tests.articles.test_admin import Desk, change, said
from tests.forms import filled
from tests.situations import (
    a_conference,
    a_mention,
    a_person,
    a_photo,
    a_statistic,
    an_article,
    draft,
    picture_bytes,
    published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def writer() -> Desk:
    return Desk("writer")


@pytest.fixture
def editor() -> Desk:
    return Desk("editor")


def rows(article: Article) -> dict[str, Any]:
    """What the database holds for readers."""
    return snapshot(Article.objects.get(pk=article.pk))


@pytest.mark.parametrize("hours_ago", [1, -5])
def test_what_is_saved_over_a_published_or_scheduled_article_is_not_what_readers_see(editor: Desk, hours_ago: int):
    article = an_article("Tên đã đăng", **published(hours_ago))
    before = rows(article)
    editor.save(article, title="Tên đang sửa", lead="Sapo đang sửa.")
    assert rows(article) == before
    assert filled(editor.open(article))["title"] == "Tên đang sửa"
    article.refresh_from_db()
    assert (article.version, article.updated_at) == (2, None)
    kept = [(revision.version, revision.is_working_copy) for revision in article.revisions.all()]
    assert kept == [(2, True), (1, False)]


def test_readers_see_the_changes_when_they_are_published(editor: Desk, client: Client):
    article = an_article("Tên đã đăng")
    editor.save(article, title="Tên mới")
    assert "Tên đã đăng" in client.get("/").content.decode()
    first = article.published_at
    answer = editor.move(article, "publish", lead="Sửa thêm khi đăng.")
    assert "Tên mới" in said(answer)
    article.refresh_from_db()
    assert (article.title, article.lead, article.published_at) == ("Tên mới", "Sửa thêm khi đăng.", first)
    assert article.updated_at is not None
    assert not WorkingCopy.objects.exists()
    assert "Tên mới" in client.get("/").content.decode()


def test_rows_of_every_kind_wait_in_the_working_copy(editor: Desk, media: Any):
    """Credits, captions and new pictures are part of the text: none reaches readers before the rest."""
    article = an_article()
    photo = a_photo(article, caption="Chú thích đã đăng")
    byline = article.bylines.create(person=a_person("Người Đã Đăng"))
    before = rows(article)
    new = {"bylines-TOTAL_FORMS": 2, "bylines-1-credit": "", "bylines-1-unit": "", "bylines-1-position": 1}
    person = a_person("Người Mới")
    editor.save(
        article, **new, **{"bylines-1-person": person.pk, "photos-0-caption": "Chú thích mới", "bylines-0-DELETE": "on"}
    )
    assert rows(article) == before
    form = filled(editor.open(article))
    assert (form["photos-0-caption"], form["bylines-0-person"]) == ("Chú thích mới", str(person.pk))
    editor.move(article, "publish")
    assert [each.person.name for each in article.bylines.all()] == ["Người Mới"]
    kept = article.photos.get()
    assert (kept.pk, kept.caption, kept.image.name) == (photo.pk, "Chú thích mới", photo.image.name)
    assert not Byline.objects.filter(pk=byline.pk).exists()


def test_a_picture_added_to_a_published_article_is_kept_until_it_is_published(editor: Desk, media: Any):
    article = an_article()
    file = SimpleUploadedFile("anh.jpg", picture_bytes(), "image/jpeg")
    new = {"photos-TOTAL_FORMS": 1, "photos-0-alt": "Ảnh mới", "photos-0-position": 0, "photos-0-image": file}
    editor.save(article, **new)
    assert not Photo.objects.exists()
    assert filled(editor.open(article))["photos-0-alt"] == "Ảnh mới"
    editor.save(article, **{"photos-0-caption": "Chú thích thêm"})
    editor.move(article, "publish")
    photo = article.photos.get()
    assert photo.caption == "Chú thích thêm"
    assert photo.image.file.read(3) == b"\xff\xd8\xff"


def test_a_row_that_only_a_working_copy_holds_keeps_its_number(editor: Desk):
    """Else a form opened before somebody else's row took that number could not be saved."""
    article, other = an_article(), an_article(**draft())
    new = {"bylines-TOTAL_FORMS": 1, "bylines-0-credit": "", "bylines-0-unit": "", "bylines-0-position": 0}
    editor.save(article, **new, **{"bylines-0-person": a_person("Người Chờ").pk})
    opened = filled(editor.open(article), title="Tên khác")
    taken = other.bylines.create(person=a_person("Người Đến Sau"))
    assert opened["bylines-0-id"] != str(taken.pk)
    assert editor.client.post(change(article), opened).status_code == 302
    editor.move(article, "publish")
    assert article.bylines.get().person.name == "Người Chờ"
    assert other.bylines.get() == taken


def test_what_readers_see_is_back_in_its_rows_after_a_refused_save(editor: Desk):
    article = an_article("Tên đã đăng")
    before = rows(article)
    answer = editor.save(article, title="")
    assert answer.status_code == 200 and answer.context["errors"]
    assert rows(article) == before
    assert not WorkingCopy.objects.exists()


def test_a_newer_save_of_the_working_copy_is_guarded_as_any(editor: Desk):
    article = an_article("Tên đã đăng")
    second = Desk("editor")
    form = filled(second.open(article))
    editor.save(article, lead="Có 72/75 tập thể.")
    answer = second.client.post(change(article), {**form, "lead": "Có 73/75 tập thể."})
    assert [(c.old, c.new) for c in answer.context["clash"].comparison.figures] == [("72/75", "73/75")]
    assert filled(answer)["lead"] == "Có 73/75 tập thể."
    assert WorkingCopy.objects.get().snapshot["lead"] == "Có 72/75 tập thể."


# --- Its own workflow --------------------------------------------------------------------------


def names(article: Article, desk: Desk) -> list[str]:
    return [move.name for move in available(Article.objects.get(pk=article.pk), desk.person)]


def test_a_writer_prepares_a_change_and_an_editor_decides_over_it(writer: Desk, editor: Desk):
    article = an_article("Tên đã đăng", writer=writer.person)
    assert names(article, writer) == ["submit"]
    writer.move(article, "submit", title="Tên đề nghị")
    assert WorkingCopy.objects.get().state == State.SUBMITTED
    assert names(article, writer) == ["take_back"]
    assert filled(writer.open(article)).get("title") is None  # to be read, not to be changed
    assert "Tên đề nghị" in writer.open(article).content.decode()

    editor.move(article, "return", reason="Thiếu nguồn")
    assert WorkingCopy.objects.get().state == State.RETURNED
    assert "Thiếu nguồn" in writer.open(article).content.decode()
    writer.move(article, "submit", title="Tên đề nghị lần hai")
    editor.move(article, "publish")
    article.refresh_from_db()
    assert (article.title, article.state) == ("Tên đề nghị lần hai", State.PUBLISHED)


@pytest.mark.parametrize("name", ["publish", "withdraw", "return"])
def test_a_writer_decides_over_no_change_by_a_crafted_post(name: str, writer: Desk):
    article = an_article("Tên đã đăng", writer=writer.person)
    writer.move(article, name, title="Sửa trộm", reason="x")
    article.refresh_from_db()
    assert (article.title, article.state) == ("Tên đã đăng", State.PUBLISHED)


def test_a_change_of_anothers_article_is_not_for_a_writer(writer: Desk):
    article = an_article("Tên đã đăng")
    form = {**filled(Desk("editor").open(article)), "title": "Sửa trộm"}
    assert writer.client.post(change(article), form).status_code == 403
    assert not WorkingCopy.objects.exists()


def test_changes_that_are_dropped_stay_in_the_history(editor: Desk):
    article = an_article("Tên đã đăng")
    assert "drop" not in names(article, editor)
    editor.save(article, title="Tên bỏ")
    editor.move(article, "drop")
    assert not WorkingCopy.objects.exists()
    assert filled(editor.open(article))["title"] == "Tên đã đăng"
    titles = [revision.snapshot["title"] for revision in article.revisions.order_by("version")]
    assert titles == ["Tên đã đăng", "Tên bỏ", "Tên đã đăng"]


def test_there_is_nothing_to_publish_where_nothing_has_changed(editor: Desk):
    article = an_article()
    editor.move(article, "publish")
    article.refresh_from_db()
    assert (article.version, article.updated_at) == (1, None)
    with pytest.raises(NotPossible):
        perform(article, "publish", editor.person)


def test_a_change_that_takes_away_what_is_required_is_not_published(editor: Desk):
    article = an_article(lead="Sapo đã đăng.")
    editor.move(article, "publish", lead="")
    article.refresh_from_db()
    assert article.lead == "Sapo đã đăng."
    assert WorkingCopy.objects.get().snapshot["lead"] == ""


def test_withdrawing_leaves_the_newest_text_at_the_desk(editor: Desk):
    """Readers see neither any more; what was being written is what goes on."""
    article = an_article("Tên đã đăng")
    editor.save(article, title="Tên đang sửa")
    editor.move(article, "withdraw", reason="Đăng nhầm")
    article.refresh_from_db()
    assert (article.title, article.state) == ("Tên đang sửa", State.WITHDRAWN)
    assert not WorkingCopy.objects.exists()


def test_a_scheduled_article_keeps_its_moment_through_a_change(editor: Desk):
    moment = timezone.now() + timedelta(hours=5)
    article = an_article("Tên đã hẹn", state=State.PUBLISHED, published_at=moment)
    editor.move(article, "publish", title="Tên mới hẹn")
    article.refresh_from_db()
    assert (article.title, article.published_at, article.updated_at) == ("Tên mới hẹn", moment, None)


# --- What goes along ---------------------------------------------------------------------------


def test_what_the_changes_newly_report_is_public_with_them_and_not_before(editor: Desk):
    article, conference = an_article(), a_conference(**draft())
    statistic = a_statistic(conference=conference, **draft())
    a_mention(article, statistic, "5")
    editor.save(article, conference=conference.pk)
    assert not Conference.objects.public().exists() and not Statistic.objects.public().exists()
    editor.move(article, "publish")
    assert Conference.objects.public().get() == conference
    assert Statistic.objects.public().get() == statistic


def test_what_the_changes_no_longer_report_is_no_longer_public(editor: Desk):
    """An article moved to another conference leaves nothing behind that no article reports."""
    old, new = a_conference(**draft()), a_conference(**draft())
    a_statistic(conference=old, **draft())
    article = an_article(conference=old, **draft())
    editor.move(article, "publish")
    editor.save(article, conference=str(new.pk))
    assert Conference.objects.public().get() == old
    editor.move(article, "publish")
    assert Conference.objects.public().get() == new
    assert not Statistic.objects.public().exists()


# --- Restoring ---------------------------------------------------------------------------------


def test_an_older_text_of_a_public_article_is_restored_into_the_working_copy(editor: Desk):
    article = an_article("Tên đầu")
    record(article, None)
    editor.move(article, "publish", title="Tên hai")
    article.refresh_from_db()
    restored = restore_revision(article.revisions.get(version=1), editor.person, seen=str(article.version))
    assert (restored.is_working_copy, restored.snapshot["title"]) == (True, "Tên đầu")
    article.refresh_from_db()
    assert article.title == "Tên hai"
    editor.move(article, "publish")
    article.refresh_from_db()
    assert article.title == "Tên đầu"


def test_a_working_copy_can_be_tried_on_and_leaves_no_trace(editor: Desk):
    article = an_article("Tên đã đăng")
    editor.save(article, title="Tên đang sửa")
    with tried_on(article) as tried:
        assert (tried.title, Article.objects.get().title) == ("Tên đang sửa", "Tên đang sửa")
        Revision.objects.all().delete()
    assert Article.objects.get().title == "Tên đã đăng"
    assert Revision.objects.count() == 2

"""The desk of articles: writers write, editors decide, moderators approve, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Comment, Correction, Photo, Revision
from newsroom.publishing import State
from tests.forms import filled
from tests.newsroom.test_pictures import bomb
from tests.situations import (
    a_category,
    a_comment,
    a_person,
    a_photo,
    an_article,
    draft,
    picture_bytes,
    published,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ADD = reverse("admin:articles_article_add")
LIST = reverse("admin:articles_article_changelist")


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


class Desk:
    """Somebody in a role, at the desk."""

    def __init__(self, role: str) -> None:
        self.person = staff(role)
        self.client = Client()
        self.client.force_login(self.person)

    def open(self, article: Article) -> Any:
        return self.client.get(change(article))

    def save(self, article: Article, **typed: Any) -> Any:
        return self.client.post(change(article), filled(self.open(article), **typed), follow=True)

    def move(self, article: Article, name: str, **typed: Any) -> Any:
        """Press the button `name`, with what a person may type into the form before."""
        return self.save(article, _move=name, **typed)


@pytest.fixture
def writer() -> Desk:
    return Desk("writer")


@pytest.fixture
def editor() -> Desk:
    return Desk("editor")


@pytest.fixture
def moderator() -> Desk:
    return Desk("moderator")


def buttons(answer: Any) -> set[str]:
    return {move.name for move in answer.context["moves"]}


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


# --- Writing -----------------------------------------------------------------------------------


def test_a_draft_belongs_to_who_wrote_it_and_needs_a_title_alone(writer: Desk):
    answer = writer.client.post(ADD, filled(writer.client.get(ADD), title="Bài đầu tay"))
    article = Article.objects.get()
    assert answer.status_code == 302
    assert (article.writer, article.state, article.version) == (writer.person, State.DRAFT, 1)
    assert Revision.objects.get().made_by == writer.person


def test_each_change_raises_the_version_and_keeps_a_revision_and_no_change_does_not(writer: Desk):
    article = an_article(writer=writer.person, **draft())
    writer.save(article, title="Tên khác")
    writer.save(article)
    article.refresh_from_db()
    assert (article.title, article.version) == ("Tên khác", 2)
    kept = [(revision.version, revision.made_by) for revision in article.revisions.all()]
    assert kept == [(2, writer.person), (1, None)]  # and what stood before, which no save at the desk had kept


@pytest.mark.parametrize("typed", ["Hội\u00a0nghị  tổng kết", "Hội nghị tổng kết"])
def test_what_a_line_puts_in_order_is_said_and_nothing_else_is(typed: str, writer: Desk):
    """A title is stored with single spaces and composed letters; whoever typed it otherwise is told."""
    article = an_article(writer=writer.person, **draft())
    answer = writer.save(article, title=typed, note="Hai  khoảng trắng")
    article.refresh_from_db()
    assert article.title == "Hội nghị tổng kết"
    assert ("Tiêu đề" in said(answer)) == (typed != article.title)


def test_what_stood_before_the_first_save_at_the_desk_is_kept(editor: Desk):
    """An article that came through another door has no revision yet; its first text must not be lost."""
    article = an_article("Tên lúc đầu")
    editor.save(article, title="Tên về sau")
    titles = [revision.snapshot["title"] for revision in article.revisions.order_by("version")]
    assert titles == ["Tên lúc đầu", "Tên về sau"]


def test_an_article_is_written_with_its_parts_in_one_form(writer: Desk, media: Any):
    person = a_person("Nguyễn Thị Thử")
    sent = filled(writer.client.get(ADD), title="Bài có ảnh", lead="Sapo", body="<p>Thân</p>", category=a_category().pk)
    sent |= {
        "photos-TOTAL_FORMS": 2,
        "photos-0-image": SimpleUploadedFile("mot.jpg", picture_bytes()),
        "photos-0-caption": "Ảnh thứ nhất",
        "photos-0-position": 0,
        "photos-1-image": SimpleUploadedFile("hai.png", picture_bytes(kind="PNG")),
        "photos-1-caption": "Ảnh thứ hai",
        "photos-1-position": 1,
        "bylines-TOTAL_FORMS": 1,
        "bylines-0-person": person.pk,
        "bylines-0-credit": "both",
        "bylines-0-position": 0,
    }
    answer = writer.client.post(ADD, sent)
    assert answer.status_code == 302
    article = Article.objects.get()
    assert [photo.caption for photo in article.photos.all()] == ["Ảnh thứ nhất", "Ảnh thứ hai"]
    assert [byline.person for byline in article.bylines.all()] == [person]


def test_the_body_is_edited_in_the_hardened_editor_and_cleaned(writer: Desk):
    article = an_article(writer=writer.person, **draft())
    assert 'data-type="ckeditortype"' in writer.open(article).content.decode()
    writer.save(article, body="<p onclick=alert(1)>Ch&agrave;o<script>alert(1)</script></p>")
    article.refresh_from_db()
    assert article.body == "<p>Chào</p>"


REFUSED = {
    "bom.png": (lambda: bomb(30_000, 30_000), "triệu điểm ảnh|million pixels"),
    "cut.jpg": (lambda: picture_bytes()[:-3000], "hỏng|damaged"),
    "anh.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "JPEG, PNG"),
    "anh.gif": (lambda: b"GIF89a\x01\0\x01\0\0\0\0;", "JPEG, PNG"),
    "trang.jpg": (lambda: b"<!doctype html><script>alert(1)</script>", "JPEG, PNG"),
    "to.jpg": (lambda: b"\xff\xd8\xff" + b"\0" * (15 * 1024 * 1024), "15 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_picture_costs_nothing_that_was_typed(name: str, writer: Desk, media: Any):
    """The sentence says what to do, the words are still there, and the form says which files to choose again."""
    content, sentence = REFUSED[name]
    sent = filled(writer.client.get(ADD), title="Còn đây", lead="Sapo còn đây", body="<p>Thân còn đây</p>")
    sent |= {
        "photos-TOTAL_FORMS": 2,
        "photos-0-image": SimpleUploadedFile(name, content()),
        "photos-0-caption": "Chú thích còn đây",
        "photos-0-position": 0,
        "photos-1-image": SimpleUploadedFile("tot.jpg", picture_bytes()),
        "photos-1-caption": "Ảnh tốt còn đây",
        "photos-1-position": 1,
    }
    answer = writer.client.post(ADD, sent)
    page = answer.content.decode()
    [error] = answer.context["inline_admin_formsets"][0].formset.forms[0].errors["image"]
    assert any(words in error for words in sentence.split("|"))
    for typed in ("Còn đây", "Sapo còn đây", "Thân còn đây", "Chú thích còn đây", "Ảnh tốt còn đây"):
        assert typed in page
    assert answer.context["files_to_choose_again"] == [name, "tot.jpg"]
    assert f"{name}, tot.jpg" in page
    assert not Article.objects.exists()
    assert not list(media.rglob("*.jpg"))


# --- Whose it is -------------------------------------------------------------------------------


def test_a_writer_sees_own_work_and_what_is_public_and_nothing_else(writer: Desk):
    own = an_article("Bản nháp của tôi", writer=writer.person, **draft())
    public = an_article("Bài đã đăng", writer=staff("writer"))
    other = an_article("Bản nháp của người khác", writer=staff("writer"), **draft())
    scheduled = an_article("Bài hẹn giờ", writer=staff("writer"), **published(-5))
    page = writer.client.get(LIST).content.decode()
    assert own.title in page
    assert public.title in page
    assert other.title not in page
    assert scheduled.title not in page
    for hidden in (other, scheduled):
        assert writer.client.get(change(hidden)).status_code == 302  # as a thing that is not there
        assert writer.client.post(change(hidden), {"title": "Sửa trộm"}).status_code == 403
        hidden.refresh_from_db()
        assert hidden.title != "Sửa trộm"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.WITHDRAWN])
def test_a_writer_changes_own_work_only_while_it_is_a_draft(state: str, writer: Desk):
    moment = None if state == State.SUBMITTED else published()["published_at"]
    article = an_article(writer=writer.person, state=state, published_at=moment)
    page = writer.open(article)
    assert b'name="_save"' not in page.content
    assert writer.client.post(change(article), {"title": "Sửa trộm"}).status_code == 403


def test_an_editor_works_on_everybodys(editor: Desk, writer: Desk):
    for state in (draft(), {"state": State.SUBMITTED}, {"state": State.RETURNED}):
        article = an_article(writer=writer.person, **state)
        editor.save(article, title="Biên tập")
        article.refresh_from_db()
        assert (article.title, article.writer) == ("Biên tập", writer.person)


def test_only_what_readers_never_saw_is_deleted_and_by_whom_it_belongs_to(editor: Desk, writer: Desk):
    own, others = an_article(writer=writer.person, **draft()), an_article(writer=editor.person, **draft())
    public, gone = (
        an_article(writer=writer.person),
        an_article(state=State.WITHDRAWN, published_at=timezone.now()),
    )
    for article in (own, others, public, gone):
        writer.client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})
    assert set(Article.objects.all()) == {others, public, gone}
    everything = list(Article.objects.values_list("pk", flat=True))
    editor.client.post(LIST, {"action": "delete_selected", "_selected_action": everything, "post": "yes"})
    assert Article.objects.count() == 3
    editor.client.post(LIST, {"action": "delete_selected", "_selected_action": [others.pk], "post": "yes"})
    assert set(Article.objects.all()) == {public, gone}


# --- Moving on ---------------------------------------------------------------------------------


def test_the_buttons_are_those_of_the_workflow(writer: Desk, editor: Desk):
    article = an_article(writer=writer.person, **draft())
    assert buttons(writer.client.get(ADD)) == buttons(writer.open(article)) == {"submit"}
    assert buttons(editor.open(article)) == {"submit", "publish"}
    writer.move(article, "submit")
    assert buttons(writer.open(article)) == {"take_back"}
    assert buttons(editor.open(article)) == {"take_back", "return", "publish"}


def test_a_button_saves_what_was_typed_first(writer: Desk):
    article = an_article(writer=writer.person, **draft())
    answer = writer.move(article, "submit", title="Tên mới nhất")
    article.refresh_from_db()
    assert (article.title, article.state) == ("Tên mới nhất", State.SUBMITTED)
    assert "Tên mới nhất" in said(answer)


def test_a_new_article_is_submitted_straight_away(writer: Desk):
    typed = {"title": "Bài mới", "lead": "Sapo", "body": "<p>Thân</p>", "category": a_category().pk}
    writer.client.post(ADD, filled(writer.client.get(ADD), _move="submit", **typed))
    assert Article.objects.get().state == State.SUBMITTED


def test_a_writer_takes_a_submitted_article_back_without_a_right_to_change_it(writer: Desk):
    article = an_article(writer=writer.person, state=State.SUBMITTED, published_at=None)
    writer.client.post(change(article), filled(writer.open(article), _move="take_back", lead="Sửa trộm"))
    article.refresh_from_db()
    assert article.state == State.DRAFT
    assert article.lead != "Sửa trộm"


def test_what_an_article_still_lacks_is_said_and_what_was_typed_is_kept(writer: Desk):
    article = an_article(writer=writer.person, lead="", **draft())
    answer = writer.move(article, "submit", title="Thiếu sapo")
    article.refresh_from_db()
    assert (article.title, article.state) == ("Thiếu sapo", State.DRAFT)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_an_editor_returns_an_article_with_a_reason_that_its_writer_reads(writer: Desk, editor: Desk):
    article = an_article(writer=writer.person, state=State.SUBMITTED, published_at=None)
    assert "error" in {message.level_tag for message in editor.move(article, "return").context["messages"]}
    editor.move(article, "return", reason="Thiếu nguồn của con số 94,67%")
    article.refresh_from_db()
    assert article.state == State.RETURNED
    assert "Thiếu nguồn của con số 94,67%" in writer.open(article).content.decode()


def test_an_editor_publishes_now_or_at_a_moment_and_withdraws(editor: Desk, client: Client):
    article = an_article(state=State.SUBMITTED, published_at=None)
    moment = timezone.localtime() + timedelta(days=2)
    editor.move(article, "publish", at=f"{moment:%Y-%m-%dT%H:%M}")
    article.refresh_from_db()
    assert article.is_scheduled
    assert f"{timezone.localtime(article.published_at):%Y-%m-%dT%H:%M}" == f"{moment:%Y-%m-%dT%H:%M}"
    editor.move(article, "withdraw", reason="Hẹn nhầm ngày")
    editor.move(article, "restore")
    editor.move(article, "publish")
    article.refresh_from_db()
    assert article.is_public
    assert client.get(article.get_absolute_url()).status_code == 200
    editor.move(article, "withdraw", reason="Sai nguồn")
    assert client.get(article.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("at", ["hôm qua", "2024-13-01T00:00", "31/02/2024 10:00"])
def test_a_moment_that_is_none_publishes_nothing(at: str, editor: Desk):
    article = an_article(state=State.SUBMITTED, published_at=None)
    answer = editor.move(article, "publish", at=at)
    article.refresh_from_db()
    assert article.state == State.SUBMITTED
    assert said(answer)


@pytest.mark.alike
@pytest.mark.parametrize("name", ["publish", "withdraw", "return", "restore", "no-such-move", ""])
def test_a_writer_cannot_decide_by_a_crafted_post(name: str, writer: Desk):
    """Buttons that are not shown can still be sent."""
    for state in (draft(), {"state": State.SUBMITTED, "published_at": None}, published()):
        article = an_article(writer=writer.person, **state)
        before = article.state
        writer.client.post(change(article), {"_move": name, "reason": "x"})
        writer.client.post(change(article), filled(writer.open(article), _move=name, reason="x"))
        article.refresh_from_db()
        assert article.state == before


def test_a_writer_cannot_publish_through_fields(writer: Desk):
    """State, moment, place on the front page and writer have no field in a writer's form."""
    article = an_article(writer=writer.person, **draft())
    writer.save(
        article,
        title="Đã lưu",
        state="published",
        published_at="2024-01-01 00:00",
        published_at_0="01/01/2024",
        published_at_1="00:00",
        featured_position="1",
        writer=staff("editor").pk,
        version="99",
        fingerprint="x" * 64,
    )
    article.refresh_from_db()
    assert article.title == "Đã lưu"
    assert (article.state, article.published_at, article.featured_position) == (State.DRAFT, None, None)
    assert (article.writer, article.version, article.fingerprint) == (writer.person, 2, "")


def test_opening_and_saving_a_public_article_tells_readers_of_no_update(editor: Desk):
    article = an_article()
    editor.save(article)
    article.refresh_from_db()
    assert (article.updated_at, article.version) == (None, 1)


# --- Comments and corrections ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "state"),
    [("approve", Comment.State.APPROVED), ("reject", Comment.State.REJECTED), ("mark_as_spam", Comment.State.SPAM)],
)
def test_a_moderator_decides_over_many_comments_at_once(action: str, state: str, moderator: Desk):
    comments = [a_comment(an_article(), state=Comment.State.PENDING) for _ in range(3)]
    address = reverse("admin:articles_comment_changelist")
    answer = moderator.client.post(
        address, {"action": action, "_selected_action": [comment.pk for comment in comments[:2]]}, follow=True
    )
    assert said(answer)
    assert [comment.state for comment in Comment.objects.order_by("pk")] == [state, state, Comment.State.PENDING]
    assert Comment.objects.filter(moderated_by=moderator.person, moderated_at__isnull=False).count() == 2


def test_a_moderator_decides_over_words_and_does_not_change_them(moderator: Desk):
    comment = a_comment(an_article(), "Nguyên văn", state=Comment.State.PENDING)
    address = reverse("admin:articles_comment_change", args=[comment.pk])
    typed = {"state": "rejected", "reason": "Lạc đề", "text": "Sửa lời", "name": "Tên khác"}
    moderator.client.post(address, filled(moderator.client.get(address), **typed))
    comment.refresh_from_db()
    assert (comment.text, comment.name, comment.state) == ("Nguyên văn", "Bạn đọc", Comment.State.REJECTED)
    assert (comment.moderated_by, comment.reason) == (moderator.person, "Lạc đề")


def test_a_writer_reads_comments_and_decides_over_none(writer: Desk):
    comment = a_comment(an_article(), state=Comment.State.PENDING)
    address = reverse("admin:articles_comment_changelist")
    assert writer.client.get(address).status_code == 200
    writer.client.post(address, {"action": "approve", "_selected_action": [comment.pk]})
    assert (
        writer.client.post(
            reverse("admin:articles_comment_change", args=[comment.pk]), {"state": "approved"}
        ).status_code
        == 403
    )
    comment.refresh_from_db()
    assert comment.state == Comment.State.PENDING


def test_the_newsroom_answers_under_a_name(moderator: Desk):
    comment = a_comment(an_article())
    address = reverse("admin:articles_comment_add")
    typed = {
        "article": comment.article_id, "parent": comment.pk, "name": "Tòa soạn", "text": "Cảm ơn bạn.",
        "is_staff_reply": "on", "state": "approved",
    }  # fmt: skip
    moderator.client.post(address, filled(moderator.client.get(address), **typed))
    answer = Comment.objects.get(parent=comment)
    assert (answer.account, answer.moderated_by) == (moderator.person, moderator.person)


def test_a_correction_says_who_made_it_and_stays_while_readers_know_of_it(editor: Desk):
    article = an_article()
    address = reverse("admin:articles_correction_add")
    typed = {"article": article.pk, "stood": "70 tập thể", "right": "71 tập thể"}
    editor.client.post(address, filled(editor.client.get(address), **typed))
    correction = Correction.objects.get()
    assert correction.corrected_by == editor.person
    editor.client.post(reverse("admin:articles_correction_delete", args=[correction.pk]), {"post": "yes"})
    assert Correction.objects.exists()


# --- Costs -------------------------------------------------------------------------------------


def test_the_form_of_an_article_costs_the_same_with_more_photos(editor: Desk, media: Any):
    article = an_article()
    a_photo(article)
    editor.open(article)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            editor.open(article)
        return len(queries)

    few = cost()
    for _ in range(5):
        a_photo(article)
    assert Photo.objects.count() == 6
    assert cost() == few

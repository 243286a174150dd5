"""The history of an article: every save can be read, two compared, and any one restored, whole."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.anchoring import find_again
from articles.comparing import FigureChange
from articles.models import Article, Revision, Tag
from articles.revisions import record, snapshot
from articles.workflow import perform
from newsroom.publishing import State
from tests.forms import filled
from tests.situations import (
    a_committee,
    a_conference,
    a_document,
    a_mention,
    a_person,
    a_photo,
    a_statistic,
    a_user,
    an_article,
    draft,
    published,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def at_the_desk(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def editor() -> Client:
    return at_the_desk(staff("editor"))


def history(article: Article) -> str:
    return reverse("admin:articles_article_history", args=[article.pk])


def comparison(article: Article, old: Any, new: Any) -> str:
    return reverse("admin:articles_article_compare", args=[article.pk]) + f"?old={old}&new={new}"


def restore(client: Client, article: Article, version: int, seen: int | None = None) -> Any:
    address = reverse("admin:articles_article_restore", args=[article.pk, version])
    seen = Article.objects.get(pk=article.pk).version if seen is None else seen
    return client.post(address, {"_version": seen}, follow=True)


def save(client: Client, article: Article, **typed: Any) -> None:
    address = reverse("admin:articles_article_change", args=[article.pk])
    assert client.post(address, filled(client.get(address), **typed)).status_code == 302


def whole(article: Article) -> dict[str, Any]:
    return snapshot(Article.objects.get(pk=article.pk))


@pytest.fixture
def article(media: Any) -> Article:
    """A draft with all that an article may have, its first version kept."""
    conference = a_conference(**draft())
    article = an_article(
        "Tên đầu",
        lead="Có 71/75 tập thể.",
        body="<p>Thân <b>đầu</b>: 16 đảng viên.</p>",
        dateline="LĐ online",
        conference=conference,
        note="Ghi chú",
        **draft(),
    )
    article.tags.add(Tag.objects.create(name="thi đua"))
    article.committees.add(a_committee("Đảng bộ thử"))
    article.bylines.create(person=a_person("Người Thứ Nhất"), unit="Đơn vị đầu")
    article.citations.create(document=a_document(), printed="Kế hoạch số 1")
    article.videos.create(address="https://example.org/video", caption="Video thử")
    a_photo(article, caption="Ảnh đầu")
    a_mention(article, a_statistic(conference=conference, **draft()), "71/75", "lead")
    find_again(article)
    record(article, None)
    return article


def test_every_save_is_listed_with_who_and_why(editor: Client, article: Article):
    save(editor, article, title="Tên hai")
    Revision.objects.create(
        article=article, version=99, snapshot=snapshot(article), made_by=a_user("nguoi-luu"), is_autosave=True
    )
    page = editor.get(history(article)).content.decode()
    for said in ("nguoi-luu", "tự lưu", ">1</th>", ">2</th>", ">99</th>"):
        assert said in page


def test_the_list_is_paged(editor: Client, article: Article, django_assert_max_num_queries: Any):
    Revision.objects.bulk_create(Revision(article=article, version=n, snapshot={}) for n in range(2, 122))
    with django_assert_max_num_queries(20):
        page = editor.get(history(article)).content.decode()
    assert ">121</th>" in page
    assert ">1</th>" not in page
    assert ">1</th>" in editor.get(history(article) + "?p=3").content.decode()


def test_any_two_are_compared_word_by_word_with_figures_apart(editor: Client, article: Article):
    save(editor, article, lead="Có 72/75 tập thể.", **{"photos-0-caption": "Ảnh hai"})
    for pair in ((1, 2), (2, 1)):
        answer = editor.get(comparison(article, *pair))
        assert answer.context["comparison"].figures == [FigureChange("71/75", "72/75")]
        assert {part.name for part in answer.context["comparison"].parts} == {"lead", "photos"}
        assert "<del>71/75 </del><ins>72/75 </ins>" in answer.content.decode()


def test_words_that_look_like_html_are_shown_as_words(editor: Client, article: Article):
    save(editor, article, lead="<script>alert(1)</script>")
    assert b"<script>alert" not in editor.get(comparison(article, 1, 2)).content


@pytest.mark.parametrize("pair", [("", ""), ("1", "7"), ("x", "1"), ("²", "1"), ("-1", "1"), ("9" * 50, "1")])
def test_a_version_that_is_none_is_not_found(pair: tuple[str, str], editor: Client, article: Article):
    assert editor.get(comparison(article, *pair)).status_code == 404


def test_any_revision_is_restored_whole_as_a_new_one(editor: Client, article: Article):
    before = whole(article)
    article.photos.all().delete()
    article.bylines.all().delete()
    article.citations.all().delete()
    article.videos.all().delete()
    article.mentions.all().delete()
    article.tags.clear()
    article.committees.clear()
    save(editor, article, title="Tên hai", lead="", body="", dateline="", note="", conference="")
    restore(editor, article, 1)
    assert whole(article) == before
    latest = Revision.objects.filter(article=article).latest("version")
    assert (latest.version, latest.reason, latest.snapshot) == (3, "khôi phục phiên bản 1", before)
    assert Article.objects.get(pk=article.pk).photos.get().image.file.read(3) == b"\xff\xd8\xff"


def test_what_has_been_deleted_meanwhile_is_left_out_and_said(editor: Client, article: Article):
    """A restore must neither fail nor be silent where a tag, a person or a figure is no more."""
    Tag.objects.all().delete()
    byline = article.bylines.get()
    person = byline.person
    byline.delete()
    person.delete()
    restore(editor, article, 1)
    assert not article.bylines.exists()
    reason = article.revisions.latest("version").reason
    assert "thẻ" in reason
    assert "tác giả" in reason


def test_a_restore_over_a_newer_save_is_refused(editor: Client, article: Article):
    save(editor, article, title="Tên hai")
    save(editor, article, title="Tên ba")
    answer = restore(editor, article, 1, seen=2)
    article.refresh_from_db()
    assert (article.title, article.version) == ("Tên ba", 3)
    assert [message.level_tag for message in answer.context["messages"]][-1] == "error"


def test_only_who_may_edit_it_now_restores_it():
    """A writer restores an own draft, and no longer what readers see; a restore is no way around the desk."""
    writer = staff("writer")
    client, other, moderator = at_the_desk(writer), at_the_desk(staff("writer")), at_the_desk(staff("moderator"))
    article = an_article("Tên đầu", writer=writer, **draft())
    record(article, None)
    save(client, article, title="Tên hai")
    restore(client, article, 1)
    assert Article.objects.get().title == "Tên đầu"

    for person in (other, moderator):
        Article.objects.update(**published(), title="Tên đăng")
        assert b"restore" not in person.get(history(article)).content
        restore(person, article, 1)
        assert Article.objects.get().title == "Tên đăng"


def test_a_history_is_read_by_who_may_see_the_article():
    article = an_article(writer=staff("writer"), **draft())
    record(article, None)
    stranger = at_the_desk(staff("writer"))
    addresses = (history(article), comparison(article, 1, 1))
    assert {stranger.get(address).status_code for address in addresses} == {403}
    assert restore(stranger, article, 1).status_code == 403
    editor = at_the_desk(staff("editor"))
    assert {editor.get(address).status_code for address in addresses} == {200}


def test_restoring_is_no_link(editor: Client, article: Article):
    assert editor.get(reverse("admin:articles_article_restore", args=[article.pk, 1])).status_code == 405


def test_each_button_that_restores_carries_the_token_of_its_page(article: Article):
    """A form without it is refused to a real browser, which the client of the tests does not notice by itself."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff("editor"))
    Article.objects.update(title="Tên hai", version=2)
    record(Article.objects.get(), None)
    for page in (strict.get(history(article)), strict.get(comparison(article, 1, 2))):
        token = re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)">\s*<input type="hidden" name="_version"', _text(page)
        )
        assert token
        address = reverse("admin:articles_article_restore", args=[article.pk, 1])
        assert strict.post(address, {"_version": 2, "csrfmiddlewaretoken": token[1]}).status_code == 302


def _text(answer: Any) -> str:
    return answer.content.decode()


def test_the_history_says_what_was_decided_by_whom_and_why(editor: Client):
    article = an_article(state=State.SUBMITTED, published_at=None)
    chief = staff("editor", last_name="Lê", first_name="Hoa")
    perform(article, "return", chief, reason="Thiếu nguồn")
    page = re.sub(r"\s+", " ", editor.get(history(article)).content.decode())
    assert "<td>Lê Hoa</td> <td><b>Trả lại</b> – Thiếu nguồn" in page
    assert (
        "Trả lại: <b>Lê Hoa</b>"
        in editor.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    )

"""Giving a draft to a colleague: who may, who can be given one, and what both see of it."""

from typing import Any

import pytest
from django.urls import reverse

from articles.desk.first_page import panels
from articles.desk.giving import receivers
from articles.models import Article
from newsroom.publishing import State
from tests.articles.test_admin import Desk, change, said
from tests.forms import filled
from tests.situations import a_user, an_article, draft, published, staff

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def giving(article: Article) -> str:
    return reverse("admin:articles_article_give", args=[article.pk])


def hand_over(desk: Desk, article: Article, to: Any, **typed: Any) -> Any:
    return desk.client.post(giving(article), filled(desk.client.get(giving(article)), to=to.pk, **typed), follow=True)


@pytest.fixture
def writer() -> Desk:
    return Desk("writer")


@pytest.fixture
def colleague() -> Desk:
    desk = Desk("writer")
    desk.person.last_name, desk.person.first_name = "Lê", "Hoa"
    desk.person.save()
    return desk


@pytest.mark.parametrize("role", ["writer", "editor"])
@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_a_writer_or_an_editor_gives_a_draft_to_a_colleague_who_goes_on(role: str, state: str, colleague: Desk):
    giver = Desk(role)
    author = giver if role == "writer" else Desk("writer")
    article = an_article("Bài dở dang", writer=author.person, state=state, published_at=None)
    assert giving(article) in giver.open(article).content.decode()
    answer = hand_over(giver, article, colleague.person, word="Còn thiếu ảnh")
    assert "Bài dở dang" in said(answer)
    article.refresh_from_db()
    assert (article.writer, article.state, article.version) == (colleague.person, state, 2)
    colleague.save(article, title="Bài đã xong")
    author.client.post(change(article), {"title": "Sửa trộm", "_version": "3"})
    article.refresh_from_db()
    assert article.title == "Bài đã xong"
    assert author.open(article).status_code == 302  # as a thing that is not there


def test_who_gave_it_and_with_which_words_is_in_the_history_and_on_the_first_page(writer: Desk, colleague: Desk):
    article = an_article("Bài dở dang", writer=writer.person, **draft())
    an_article("Bài của tôi", writer=colleague.person, **draft())
    hand_over(writer, article, colleague.person, word="Còn thiếu ảnh")
    revision = article.revisions.first()
    assert (revision.transition, revision.made_by) == ("give", writer.person)
    history = colleague.client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "cho Lê Hoa: Còn thiếu ảnh" in history
    (panel,) = [panel for panel in panels(colleague.person) if panel.name == "drafts"]
    assert {entry.words: entry.note for entry in panel.entries} == {
        "Bài dở dang": f"{writer.person} giao cho Lê Hoa: Còn thiếu ảnh",
        "Bài của tôi": "",
    }


def test_only_who_sits_at_the_desk_and_writes_can_be_given_an_article(writer: Desk, colleague: Desk):
    article = an_article(writer=writer.person, **draft())
    stranger, gone = a_user(), staff("writer", is_active=False)
    moderator, editor = staff("moderator"), staff("editor")
    assert set(receivers(article)) == {colleague.person, editor}
    for other in (stranger, gone, moderator, writer.person):
        answer = writer.client.post(giving(article), {"to": other.pk, "_version": "1"})
        assert answer.context["form"].errors["to"]
    article.refresh_from_db()
    assert article.writer == writer.person


@pytest.mark.parametrize(
    "state", [{"state": State.SUBMITTED, "published_at": None}, published(), {"state": State.WITHDRAWN}]
)
def test_what_is_no_draft_any_more_is_given_to_nobody(state: dict[str, Any], colleague: Desk):
    for role in ("writer", "editor"):
        desk = Desk(role)
        article = an_article(writer=desk.person, **state)
        answer = desk.client.post(giving(article), {"to": colleague.person.pk, "_version": "1"})
        article.refresh_from_db()
        assert (answer.status_code, article.writer) == (403, desk.person)
        assert giving(article) not in desk.open(article).content.decode()


def test_nobody_gives_away_or_takes_what_another_writes(writer: Desk, colleague: Desk):
    article = an_article(writer=colleague.person, **draft())
    answer = writer.client.post(giving(article), {"to": writer.person.pk, "_version": "1"})
    article.refresh_from_db()
    assert (answer.status_code, article.writer) == (403, colleague.person)


def test_an_article_saved_since_the_page_was_shown_is_not_given_and_the_word_is_kept(writer: Desk, colleague: Desk):
    article = an_article(writer=writer.person, **draft())
    page = filled(writer.client.get(giving(article)), to=colleague.person.pk, word="Còn thiếu ảnh")
    Desk("editor").save(article, title="Tên mới")
    answer = writer.client.post(giving(article), page)
    article.refresh_from_db()
    assert article.writer == writer.person
    assert answer.context["form"].non_field_errors()
    assert "Còn thiếu ảnh" in answer.content.decode()

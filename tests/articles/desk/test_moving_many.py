"""Moving many articles at once: one page first, each by itself, and never past the workflow."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk.moving_many import MOST
from articles.models import Article, Override
from newsroom.publishing import State
from tests.articles.test_admin import LIST, Desk, said
from tests.forms import filled
from tests.situations import a_photo, an_article, draft, published, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Desk:
    return Desk("editor")


@pytest.fixture
def writer() -> Desk:
    return Desk("writer")


def submitted(title: str = "", **fields: Any) -> Article:
    return an_article(title, **{"state": State.SUBMITTED, "published_at": None, **fields})


def choose(desk: Desk, name: str, *articles: Article, **sent: Any) -> Any:
    """The page that comes when somebody has chosen articles in the list, and what to do with them."""
    chosen = {"action": f"move_{name}", "_selected_action": [article.pk for article in articles]}
    return desk.client.post(LIST, {**chosen, **sent})


def confirm(desk: Desk, page: Any, **typed: Any) -> Any:
    return desk.client.post(LIST, filled(page, confirmed="1", **typed), follow=True)


def titles(page: Any, name: str) -> list[str]:
    return sorted(row.article.title for row in page.context[name])


def states(*articles: Article) -> list[str]:
    return [Article.objects.get(pk=article.pk).state for article in articles]


OFFERED = {
    "writer": {"submit", "take_back"},
    "editor": {"submit", "take_back", "return", "publish", "withdraw", "restore"},
    "administrator": {"submit", "take_back", "return", "publish", "withdraw", "restore"},
    "moderator": set(),
}


@pytest.mark.parametrize("role", OFFERED)
def test_a_role_is_offered_what_it_may_ever_do(role: str):
    desk = Desk(role)
    an_article()
    form = desk.client.get(LIST).context["action_form"]
    offered = {name for name, _label in form.fields["action"].choices} if form else set()
    assert {name.removeprefix("move_") for name in offered if name.startswith("move_")} == OFFERED[role]
    for name in OFFERED["editor"] - OFFERED[role]:
        article = submitted(writer=desk.person)
        choose(desk, name, article, confirmed="1", reason="Ép", **{f"seen-{article.pk}": "1"})
        assert states(article) == [State.SUBMITTED]


def test_the_page_says_what_will_happen_and_what_cannot_and_why(editor: Desk):
    ready, doubtful = submitted("Bài chờ"), submitted("Bài ngờ", source_label="Theo")
    unchanged = an_article("Bài không đổi")
    bare, public = submitted("Bài thiếu", lead=""), an_article("Bài đã ra", state=State.WITHDRAWN, published_at=None)
    page = choose(editor, "publish", ready, doubtful, bare, public, unchanged)
    assert titles(page, "possible") == ["Bài chờ", "Bài ngờ"]
    assert titles(page, "refused") == ["Bài không đổi", "Bài thiếu", "Bài đã ra"]
    assert all(row.refusal for row in page.context["refused"])
    assert states(ready, doubtful) == [State.SUBMITTED] * 2  # nothing has happened yet

    done = confirm(editor, page)
    assert states(ready, doubtful, bare, public) == ["published", "published", "submitted", "withdrawn"]
    assert ": 2 bài" in said(done)
    assert ready.revisions.get().transition == "publish"


def test_many_are_returned_with_one_reason_and_none_without(editor: Desk):
    articles = [submitted(writer=staff("writer")) for _ in range(2)]
    page = choose(editor, "return", *articles)
    again = editor.client.post(LIST, filled(page, confirmed="1", reason="  "))
    assert again.context["form"].errors["reason"]
    assert states(*articles) == [State.SUBMITTED] * 2
    confirm(editor, again, reason="Thiếu nguồn")
    assert states(*articles) == [State.RETURNED] * 2
    assert {article.revisions.get().reason for article in articles} == {"Thiếu nguồn"}


def test_a_block_is_not_overridden_in_bulk(editor: Desk, media: Any):
    held, free = submitted("Bài có ảnh"), submitted("Bài không ảnh")
    a_photo(held, alt="")
    [block] = Desk.open(editor, held).context["checks"][0].lines
    page = choose(editor, "publish", held, free)
    assert titles(page, "refused") == ["Bài có ảnh"]
    sent = {f"seen-{held.pk}": held.version, block.finding.name: "Lách"}
    choose(editor, "publish", held, confirmed="1", **sent)
    assert states(held) == [State.SUBMITTED]
    assert not Override.objects.exists()


def test_what_changed_since_the_page_was_shown_stays_and_the_rest_moves(editor: Desk):
    """Each article moves by itself: one that a colleague has saved meanwhile holds no other up."""
    saved, other = submitted("Bài vừa lưu"), submitted("Bài kia")
    page = choose(editor, "publish", saved, other)
    Desk("editor").save(saved, title="Tên mới")
    done = confirm(editor, page)
    assert states(saved, other) == [State.SUBMITTED, State.PUBLISHED]
    assert "Tên mới" in said(done)


def test_a_writer_moves_own_articles_alone(writer: Desk):
    own, other = an_article("Của tôi", writer=writer.person, **draft()), an_article("Của bạn", **published())
    page = choose(writer, "submit", own, other)
    assert (titles(page, "possible"), titles(page, "refused")) == (["Của tôi"], ["Của bạn"])
    choose(writer, "submit", own, other, confirmed="1", **{f"seen-{each.pk}": "1" for each in (own, other)})
    assert states(own, other) == [State.SUBMITTED, State.PUBLISHED]


def test_nobody_moves_more_than_can_be_looked_over(editor: Desk):
    articles = Article.objects.bulk_create(
        Article(title=f"Bài {number}", state=State.SUBMITTED) for number in range(MOST + 1)
    )
    answer = choose(editor, "take_back", *articles, follow=True)
    assert answer.status_code == 302
    assert str(MOST) in said(editor.client.get(LIST))
    assert Article.objects.filter(state=State.SUBMITTED).count() == MOST + 1


def test_the_page_costs_the_same_however_many_are_chosen(editor: Desk):
    articles = [submitted(writer=staff("writer")) for _ in range(6)]

    def cost(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            choose(editor, "publish", *articles[:number])
        return len(queries)

    cost(1)
    assert cost(2) == cost(6)

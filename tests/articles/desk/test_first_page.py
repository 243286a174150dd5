"""The first page of the desk: what waits for whom, in short lists that lead on."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.desk.first_page import SHOWN, Panel, panels
from articles.models import Article, Comment
from articles.workflow import perform, restore_revision
from newsroom.models import User
from newsroom.publishing import State
from tests import situations

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


def waiting(person: User) -> dict[str, list[str]]:
    return {panel.name: [entry.words for entry in panel.entries] for panel in panels(person)}


def panel(person: User, name: str) -> Panel:
    return next(panel for panel in panels(person) if panel.name == name)


def desk_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def noon() -> Any:
    """Noon on the newsroom's clock, so that there is a rest of today whenever the tests run."""
    moment = timezone.make_aware(datetime(2024, 3, 5, 12))
    with patch("django.utils.timezone.now", return_value=moment):
        yield moment


def scheduled(title: str, moment: datetime, **fields: Any) -> Article:
    return situations.an_article(title, state=State.PUBLISHED, published_at=moment, **fields)


# --- Who is shown what -------------------------------------------------------------------------

LISTS = {
    "writer": ["returned", "scheduled", "drafts"],
    "editor": ["returned", "submitted", "failing", "comments", "figures", "ripples", "scheduled", "drafts"],
    "administrator": ["returned", "submitted", "failing", "comments", "figures", "ripples", "scheduled", "drafts"],
    "moderator": ["comments", "figures"],
}


@pytest.mark.parametrize("role", LISTS)
def test_each_role_is_shown_the_lists_it_can_do_something_about(role: str):
    person = situations.staff(role)
    assert [panel.name for panel in panels(person)] == LISTS[role]
    page = desk_of(person).get(INDEX).content.decode()
    assert [name for name in LISTS["editor"] if f'id="waits-{name}"' in page] == sorted(
        LISTS[role], key=LISTS["editor"].index
    )


def test_an_account_without_a_role_is_shown_none():
    assert desk_of(situations.a_user(is_staff=True)).get(INDEX).status_code == 200
    assert panels(situations.a_user(is_staff=True)) == []


def test_the_login_page_asks_for_no_list(client: Client):
    answer = client.get(INDEX, follow=True)
    assert answer.status_code == 200
    assert "waits" not in answer.content.decode()


# --- What stands in them -----------------------------------------------------------------------


def test_a_returned_article_comes_back_to_its_writer_with_the_reason():
    writer, editor = situations.staff("writer"), situations.staff("editor")
    article = situations.an_article("Bài bị trả", writer=writer, state=State.SUBMITTED, published_at=None)
    perform(article, "return", editor, reason="Thiếu nguồn")
    article.refresh_from_db()
    restore_revision(article.revisions.get(), writer, seen=str(article.version))  # what the writer does is no answer
    situations.an_article("Của người khác", writer=situations.staff("writer"), state=State.RETURNED, published_at=None)
    assert waiting(writer)["returned"] == ["Bài bị trả"]
    assert waiting(editor)["returned"] == []
    page = desk_of(writer).get(INDEX).content.decode()
    assert "Thiếu nguồn" in page
    assert reverse("admin:articles_article_change", args=[article.pk]) in page


def test_what_was_submitted_first_waits_on_top():
    for title in ("Trước", "Sau"):
        situations.an_article(title, state=State.SUBMITTED, published_at=None)
    assert waiting(situations.staff("editor"))["submitted"] == ["Trước", "Sau"]


def test_a_draft_is_on_the_page_of_its_writer_alone():
    writer = situations.staff("writer")
    situations.an_article("Nháp của tôi", writer=writer, **situations.draft())
    assert waiting(writer)["drafts"] == ["Nháp của tôi"]
    for other in ("writer", "editor"):
        person = situations.staff(other)
        assert waiting(person)["drafts"] == []
        assert "Nháp của tôi" not in desk_of(person).get(INDEX).content.decode()


def test_scheduled_today_is_from_now_to_midnight_on_the_newsrooms_clock(noon: datetime):
    writer, editor = situations.staff("writer"), situations.staff("editor")
    midnight = noon + timedelta(hours=12)
    scheduled("Đã ra", noon - timedelta(minutes=1))
    scheduled("Tối nay", midnight - timedelta(minutes=1))
    scheduled("Chiều nay", noon + timedelta(hours=3), writer=writer)
    scheduled("Ngày mai", midnight)
    assert waiting(editor)["scheduled"] == ["Chiều nay", "Tối nay"]
    assert waiting(writer)["scheduled"] == ["Chiều nay"]


def test_only_comments_that_wait_are_shown_those_that_are_reported_and_then_the_oldest_first():
    article = situations.an_article("Bài được bàn")
    situations.a_comment(article, "Bị báo cáo", reported_at=timezone.now())
    situations.a_comment(article, "Đã duyệt")
    for text in ("Chờ lâu", "Chờ ít"):
        situations.a_comment(article, text, state=Comment.State.PENDING)
    moderator = situations.staff("moderator")
    assert waiting(moderator)["comments"] == ["Bị báo cáo", "Chờ lâu", "Chờ ít"]
    page = desk_of(moderator).get(INDEX).content.decode()
    assert "Bị báo cáo · Bạn đọc · Bài được bàn" in page


def test_what_people_typed_is_shown_and_never_run():
    hostile = "<script>alert(1)</script>"
    editor = situations.staff("editor")
    article = situations.an_article(hostile, state=State.SUBMITTED, published_at=None)
    situations.a_comment(article, hostile, name=hostile, state=Comment.State.PENDING)
    page = desk_of(editor).get(INDEX).content.decode()
    assert hostile not in page
    assert "&lt;script&gt;alert(1)" in page


# --- How long they are, and what they cost -----------------------------------------------------


def fill(writer: User, number: int) -> None:
    soon = timezone.now() + timedelta(minutes=1)
    for _ in range(number):
        situations.an_article(writer=writer, **situations.draft())
        situations.an_article(writer=writer, state=State.RETURNED, published_at=None)
        situations.an_article(writer=situations.a_user(), state=State.SUBMITTED, published_at=None)
        scheduled("Hẹn", soon, writer=situations.a_user())
        situations.a_comment(situations.an_article(), state=Comment.State.PENDING)
        situations.a_doubt()
        situations.a_ripple(writer)


def test_a_long_list_is_cut_off_and_leads_to_all_of_it(noon: datetime):
    editor = situations.staff("editor")
    fill(editor, SHOWN)
    lists = [panel for panel in panels(editor) if panel.name != "failing"]  # of which there is no list to lead to
    assert [(len(panel.entries), panel.has_more) for panel in lists] == [(SHOWN, False)] * 7
    fill(editor, 2)
    client = desk_of(editor)
    for found in panels(editor):
        if not found.address:
            continue
        assert (len(found.entries), found.has_more) == (SHOWN, True)
        answer = client.get(found.address)
        assert answer.status_code == 200, found.address
        whole = (
            len(answer.context["items"]) if found.name in {"comments", "figures"} else answer.context["cl"].result_count
        )
        assert whole == SHOWN + 2, found.name


def test_the_first_page_costs_the_same_however_much_waits(noon: datetime):
    editor = situations.staff("administrator")
    client = desk_of(editor)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(INDEX).status_code == 200
        return len(queries)

    fill(editor, 1)
    cost()  # what is cached once, such as content types
    few = cost()
    fill(editor, 9)
    assert cost() == few
    editor.has_perm("articles.view_article")  # permissions are asked once for the whole page
    with CaptureQueriesContext(connection) as queries:
        panels(editor)
    assert (
        len(queries) == len(LISTS["administrator"]) + 5
    )  # parts of what is checked, who gave drafts, what is reported


@pytest.mark.browser
def test_the_first_page_is_tidy_at_every_width(page: Any, live_server: Any) -> None:
    editor = situations.staff("editor")
    fill(editor, 3)
    page.goto(INDEX)
    page.fill("[name=username]", editor.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".waits-submitted li a").first.click()
    assert "/articles/article/" in page.url

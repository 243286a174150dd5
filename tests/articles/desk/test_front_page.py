"""Editors order the front page by hand, in one list, and no order is lost to a colleague's."""

import importlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.desk import front_page
from articles.desk.front_page import FOUND, MOST, NewerOrder, Places, mark, put_in_order
from articles.models import Article
from newsroom.publishing import State
from tests import situations
from tests.forms import filled
from tests.looking import look_at

pytestmark = pytest.mark.django_db

FRONT = reverse("admin:articles_article_front")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(situations.staff("editor"))
    return client


def feature(*titles: str, **fields: Any) -> list[Article]:
    """Articles that stand on the front page, in this order."""
    return [situations.an_article(title, featured_position=place, **fields) for place, title in enumerate(titles, 1)]


def held() -> list[Article]:
    return list(Article.objects.filter(featured_position__isnull=False).order_by("featured_position"))


def order() -> list[str]:
    assert [article.featured_position for article in held()] == list(range(1, len(held()) + 1))
    return [article.title for article in held()]


def press(client: Client, answer: Any, name: str, value: Any = "1", **typed: Any) -> Any:
    """Press a button on the page `answer`, with what somebody types into it before."""
    return client.post(FRONT, {**filled(answer), **typed, name: str(value)})


def listed(answer: Any) -> list[str]:
    return [row.article.title for row in answer.context["rows"]]


# --- Ordering ----------------------------------------------------------------------------------


def test_buttons_move_an_article_and_nothing_is_saved_before_it_is_said(editor: Client):
    one, two, three = feature("Một", "Hai", "Ba")
    page = press(editor, editor.get(FRONT), "up", three.pk)
    assert (listed(page), order()) == (["Một", "Ba", "Hai"], ["Một", "Hai", "Ba"])
    page = press(editor, page, "down", one.pk)
    page = press(editor, page, "off", two.pk)
    assert (listed(page), order()) == (["Ba", "Một"], ["Một", "Hai", "Ba"])
    assert press(editor, page, "save").status_code == 302
    assert order() == ["Ba", "Một"]


@pytest.mark.parametrize(("button", "number"), [("up", 0), ("down", 2), ("up", 9), ("off", 9), ("sideways", 0)])
def test_a_move_that_leads_nowhere_changes_nothing(editor: Client, button: str, number: int):
    keys = [article.pk for article in feature("Một", "Hai", "Ba")]
    page = press(editor, editor.get(FRONT), button, dict(enumerate(keys)).get(number, "x"))
    assert listed(page) == ["Một", "Hai", "Ba"]


def test_an_article_is_found_without_diacritics_and_put_on_top(editor: Client):
    feature("Một")
    new = situations.an_article("Đại hội điểm", **situations.published(99))
    for number in range(FOUND):
        situations.an_article(f"Mới hơn {number}")
    page = press(editor, editor.get(FRONT), "find", words="dai hoi")
    assert [article.title for article in page.context["offered"]] == ["Đại hội điểm"]
    page = press(editor, page, "put", new.pk)
    assert listed(page) == ["Đại hội điểm", "Một"]
    press(editor, page, "save")
    assert order() == ["Đại hội điểm", "Một"]


def test_only_what_readers_see_or_will_see_can_be_put_there(editor: Client):
    scheduled = situations.an_article("Hẹn giờ", **situations.published(-1))
    hidden = [
        situations.an_article("Nháp", **situations.draft()),
        situations.an_article("Đã gỡ", state=State.WITHDRAWN),
    ]
    page = editor.get(FRONT)
    assert [article.title for article in page.context["offered"]] == ["Hẹn giờ"]
    for article in hidden:
        page = press(editor, page, "put", article.pk)
        assert page.context["refusal"]
    page = press(editor, page, "put", scheduled.pk)
    assert listed(page) == ["Hẹn giờ"]
    # Nor past the buttons.
    page = editor.post(FRONT, {**filled(page), "article": [scheduled.pk, hidden[0].pk], "save": "1"})
    assert page.status_code == 200
    assert order() == []


def test_made_up_rows_are_passed_over(editor: Client):
    [article] = feature("Một")
    keys = [article.pk, article.pk, "x", "-1", "9" * 40, "987654", "\x00"]
    assert editor.post(FRONT, {**filled(editor.get(FRONT)), "article": keys, "save": "1"}).status_code == 302
    assert order() == ["Một"]


def test_a_list_has_an_end(editor: Client):
    keys = [situations.an_article().pk for _ in range(MOST + 1)]
    page = editor.post(FRONT, {**filled(editor.get(FRONT)), "article": keys, "save": "1"})
    assert page.context["refusal"]
    assert len(listed(page)) == MOST + 1
    assert order() == []


# --- Until when --------------------------------------------------------------------------------


def test_an_article_leaves_at_its_last_moment_by_itself(editor: Client):
    [article] = feature("Đến mai")
    tomorrow = timezone.localtime() + timedelta(days=1)
    press(editor, editor.get(FRONT), "save", **{f"until-{article.pk}": f"{tomorrow:%Y-%m-%dT%H:%M}"})
    article.refresh_from_db()
    assert article.featured_until == tomorrow.replace(second=0, microsecond=0)
    assert f'value="{tomorrow:%Y-%m-%dT%H:%M}"' in editor.get(FRONT).content.decode()
    assert [*Article.objects.featured()] == [article]
    with patch("django.utils.timezone.now", return_value=article.featured_until):
        assert [*Article.objects.featured()] == []


@pytest.mark.parametrize("moment", ["2020-01-01T07:00", "mai", "2024-13-45T99:99"])
def test_a_moment_that_cannot_be_is_said_and_nothing_typed_is_lost(editor: Client, moment: str):
    one, two = feature("Một", "Hai")
    page = press(editor, press(editor, editor.get(FRONT), "up", two.pk), "save", **{f"until-{one.pk}": moment})
    assert listed(page) == ["Hai", "Một"]
    assert [bool(row.error) for row in page.context["rows"]] == [False, True]
    assert f'value="{moment}"' in page.content.decode()
    assert order() == ["Một", "Hai"]


def test_who_has_left_by_the_clock_makes_room_with_the_next_save(editor: Client):
    gone, _stays = feature("Hết hạn", "Ở lại")
    Article.objects.filter(pk=gone.pk).update(featured_until=timezone.now())
    page = editor.get(FRONT)
    assert listed(page) == ["Ở lại"]
    press(editor, page, "save")
    assert order() == ["Ở lại"]


def test_a_withdrawn_article_is_shown_as_such_until_it_is_taken_off(editor: Client):
    gone, _stays = feature("Đã gỡ", "Ở lại")
    Article.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
    page = press(editor, editor.get(FRONT), "save")
    assert page.context["rows"][0].error
    press(editor, press(editor, page, "off", gone.pk), "save")
    assert order() == ["Ở lại"]


# --- Two editors -------------------------------------------------------------------------------


def test_who_saves_second_is_told_and_both_orders_are_on_the_page(editor: Client):
    _one, two, three = feature("Một", "Hai", "Ba")
    colleague = Client()
    colleague.force_login(situations.staff("editor"))
    mine, theirs = (press(who, who.get(FRONT), "up", two.pk) for who in (editor, colleague))
    press(colleague, press(colleague, theirs, "off", three.pk), "save")
    page = press(editor, mine, "save")
    assert order() == ["Hai", "Một"]
    assert [row.article.title for row in page.context["newer"]] == ["Hai", "Một"]
    assert listed(page) == ["Hai", "Một", "Ba"]
    # Having seen it, they may put theirs in its place.
    press(editor, page, "save")
    assert order() == ["Hai", "Một", "Ba"]


def test_the_mark_tells_places_and_last_moments_apart():
    one, two = feature("Một", "Hai")
    stands = mark(held())
    assert put_in_order({one.pk: None, two.pk: None}, stands) == {}
    assert mark(held()) == stands
    put_in_order({one.pk: timezone.now() + timedelta(days=1), two.pk: None}, stands)
    with pytest.raises(NewerOrder):
        put_in_order({two.pk: None}, stands)
    assert order() == ["Một", "Hai"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("stands", [[], ["Đã đứng đó"]])
def test_of_two_who_save_at_the_same_moment_one_is_told(stands: list[str], monkeypatch: pytest.MonkeyPatch):
    """Of one article, which both have moved; and into an empty list, where there is no row to wait for."""
    articles = feature(*stands) * 2 or [situations.an_article(title) for title in ("Của tôi", "Của bạn")]
    wishes = [{article.pk: timezone.now() + timedelta(days=n)} for n, article in enumerate(articles, 1)]
    seen, start, looked, told = mark(held()), Barrier(2), Barrier(2), []

    def look_together(articles: Any) -> str:
        """Both have looked before either writes, where the database lets both in so far."""
        found = mark(articles)
        with suppress(BrokenBarrierError):
            looked.wait(0.3)
        return found

    monkeypatch.setattr(front_page, "mark", look_together)

    def save(wish: Places) -> None:
        start.wait()
        try:
            put_in_order(wish, seen)
        except NewerOrder:
            told.append(wish)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as editors:
        list(editors.map(save, wishes))
    assert len(told) == 1
    assert [{article.pk: article.featured_until} for article in held()] == [w for w in wishes if w not in told]


def test_the_database_keeps_one_article_a_place():
    keys = [situations.an_article().pk for _ in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk__in=keys).update(featured_position=1)


def test_the_database_keeps_a_last_moment_to_a_place():
    article = situations.an_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(featured_until=timezone.now())


# --- What is kept, who may, and what it costs --------------------------------------------------


def test_an_order_is_told_in_the_history_of_each_article_it_concerns_and_is_no_new_version(editor: Client):
    one, two, three = feature("Một", "Hai", "Ba")
    page = press(editor, press(editor, editor.get(FRONT), "off", two.pk), "save")
    assert page.status_code == 302
    assert {entry.object_id for entry in LogEntry.objects.all()} == {str(two.pk), str(three.pk)}
    two.refresh_from_db()
    assert (two.version, two.revisions.count()) == (1, 0)
    assert one.featured_position == 1


def test_no_article_form_sets_a_place(editor: Client):
    article = situations.an_article()
    address = reverse("admin:articles_article_change", args=[article.pk])
    page = editor.get(address)
    assert "featured" not in page.content.decode()
    editor.post(address, {**filled(page), "title": "Tên khác", "featured_position": "1"})
    assert order() == []


def test_the_list_of_articles_leads_editors_there_and_no_writer(editor: Client, client: Client):
    assert FRONT in editor.get(reverse("admin:articles_article_changelist")).content.decode()
    client.force_login(situations.staff("writer"))
    assert FRONT not in client.get(reverse("admin:articles_article_changelist")).content.decode()


def test_the_page_says_how_much_room_the_front_page_has(editor: Client):
    assert "Có chỗ cho 5 bài" in editor.get(FRONT).content.decode()


def test_a_long_list_costs_what_a_short_one_costs(editor: Client):
    def cost(*articles: Article) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(FRONT)
        shown = len(queries)
        with CaptureQueriesContext(connection) as queries:
            assert press(editor, page, "save").status_code == 302
        return shown, len(queries)

    feature("Một")
    cost()
    few = cost()
    for place in range(2, 20):
        situations.an_article(featured_position=place)
    assert cost() == few


def test_the_places_that_were_given_before_are_made_dense():
    migration = importlib.import_module("articles.migrations.0007_dense_front_page")
    for place, title in ((7, "Bốn"), (2, "Một"), (3, "Hết hạn"), (5, "Ba")):
        until = timezone.now() if title == "Hết hạn" else None
        situations.an_article(title, featured_position=place, featured_until=until)
    migration.close_ranks(apps, SimpleNamespace(connection=connection))
    assert order() == ["Một", "Ba", "Bốn"]


# --- In a browser ------------------------------------------------------------------------------


def sit_down(page: Page) -> None:
    page.goto(FRONT)
    page.fill("[name=username]", situations.staff("editor").username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")


@pytest.mark.browser
def test_the_front_page_is_ordered_with_keys_by_dragging_and_by_buttons(page: Page, live_server: Any) -> None:
    feature("Một", "Hai", "Ba", "Bốn")
    sit_down(page)
    titles = page.locator(".front-order .front-article a")
    handles = page.locator(".front-handle")
    expect(handles.first).to_be_visible()  # the script has taken hold
    handles.nth(2).press("ArrowUp")
    handles.nth(1).press("ArrowUp")
    expect(titles).to_have_text(["Ba", "Một", "Hai", "Bốn"])
    expect(handles.nth(0)).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("“Ba” nay đứng ở vị trí 1.")
    handles.nth(3).drag_to(page.locator(".front-order > li").nth(1), target_position={"x": 30, "y": 3})
    expect(titles).to_have_text(["Ba", "Bốn", "Một", "Hai"])
    page.get_by_role("button", name="Bỏ: “Một”").click()
    page.get_by_role("button", name="Xuống: “Ba”").click()
    expect(titles).to_have_text(["Bốn", "Ba", "Hai"])
    expect(page.get_by_text("Chưa lưu.")).to_be_visible()
    assert order() == ["Một", "Hai", "Ba", "Bốn"]
    page.get_by_role("button", name="Lưu thứ tự").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert order() == ["Bốn", "Ba", "Hai"]
    look_at(page, FRONT)

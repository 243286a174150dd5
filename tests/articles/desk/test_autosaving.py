"""Autosave: a form saves itself by the way of a save by hand, and nothing half written gets in its way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Presence, Revision
from articles.revisions import record
from newsroom.publishing import State
from newsroom.roles import keep_groups
from tests.forms import filled
from tests.situations import a_person, a_photo, a_user, an_article, draft, staff

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ADD = reverse("admin:articles_article_add")
NEW = reverse("admin:articles_article_autosave_new")


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


class Window:
    """An open form of somebody at the desk, which carries after each autosave what its script would set."""

    def __init__(self, user: Any, article: Article | None = None) -> None:
        self.user, self.article = user, article
        self.client = Client()
        self.client.force_login(user)
        self.page = self.client.get(change(article) if article else ADD)
        self.form = filled(self.page)
        self.address = reverse("admin:articles_article_autosave", args=[article.pk]) if article else NEW

    def autosave(self, **typed: Any) -> Any:
        self.form |= typed
        answer = self.client.post(self.address, self.form)
        if answer.status_code == 200:
            self.form |= answer.json()["fields"]
            self.address = answer.json()["addresses"]["autosave"]
        return answer

    def lost_autosave(self, **typed: Any) -> None:
        """One that arrives, and whose answer does not."""
        self.form |= typed
        assert self.client.post(self.address, self.form).status_code == 200

    def save(self, **typed: Any) -> Any:
        self.form |= typed
        return self.client.post(change(self.article) if self.article else ADD, self.form)

    def ping(self) -> Any:
        assert self.article
        address = reverse("admin:articles_article_presence", args=[self.article.pk])
        return self.client.post(address, {name: self.form[name] for name in ("_version", "_page")})


@pytest.fixture
def editor() -> Any:
    return staff("editor", last_name="Trần", first_name="Biên")


@pytest.fixture
def article() -> Article:
    """A draft with a row, whose first version is kept."""
    article = an_article("Tên đầu", lead="Có 71/75 tập thể.", body="<p>Thân đầu.</p>", **draft())
    article.bylines.create(person=a_person("Người Thứ Nhất"), unit="Đơn vị đầu")
    record(article, None)
    return article


@pytest.fixture
def window(editor: Any, article: Article) -> Window:
    return Window(editor, article)


def new_byline(number: int, **typed: Any) -> dict[str, Any]:
    """What a page sends for a byline that somebody is adding."""
    start = f"bylines-{number}-"
    empty = {"person": "", "credit": "", "unit": "", "position": "0", "id": ""}
    return {"bylines-TOTAL_FORMS": number + 1, **{start + name: value for name, value in {**empty, **typed}.items()}}


# --- What it saves -----------------------------------------------------------------------------


def test_a_form_saves_itself_and_says_when(window: Window, article: Article):
    answer = window.autosave(title="Tên mới")
    article.refresh_from_db()
    assert (article.title, article.version) == ("Tên mới", 2)
    said = answer.json()
    assert (said["version"], said["left_out"]) == (2, False)
    assert said["saved_at"] == timezone.localtime(article.revisions.latest("version").made_at).strftime("%H:%M")
    assert said["saved_at"] in said["sentence"]


def test_what_changed_nothing_is_no_version(window: Window, article: Article):
    saved_at = Article.objects.get().saved_at
    assert window.autosave().json()["version"] == 1
    article.refresh_from_db()
    assert (article.version, article.saved_at, article.revisions.count()) == (1, saved_at, 1)


def test_autosaves_of_one_person_are_one_revision_and_each_is_a_version(window: Window, article: Article):
    for number in range(2, 6):
        assert window.autosave(title=f"Tên {number}").json()["version"] == number
    first, last = article.revisions.order_by("version")
    assert (last.version, last.snapshot["title"], last.is_autosave, last.made_by) == (5, "Tên 5", True, window.user)
    assert first.version == 1


def test_a_save_by_hand_ends_the_revision_of_autosaves(window: Window, article: Article):
    window.autosave(title="Tên hai")
    assert window.save(title="Tên ba").status_code == 302
    window = Window(window.user, article)
    window.autosave(title="Tên bốn")
    kept = list(article.revisions.order_by("version").values_list("version", "is_autosave"))
    assert kept == [(1, False), (2, True), (3, False), (4, True)]


def test_a_save_by_hand_of_what_is_saved_already_makes_it_one_by_hand(window: Window, article: Article):
    window.autosave(title="Tên hai")
    assert window.save().status_code == 302
    article.refresh_from_db()
    assert (article.version, article.revisions.get(version=2).is_autosave) == (2, False)


def test_another_persons_save_ends_it_too(window: Window, article: Article):
    window.autosave(title="Tên hai")
    other = Window(staff("editor"), article)
    other.autosave(title="Tên ba")
    window = Window(window.user, article)
    window.autosave(title="Tên bốn")
    assert list(article.revisions.values_list("version", flat=True)) == [4, 3, 2, 1]


def test_of_two_people_neither_replaces_the_others_autosave(article: Article):
    for version, user in enumerate((staff("editor"), staff("editor")), start=2):
        article.version = version
        record(article, user, is_autosave=True)
    assert list(article.revisions.values_list("version", flat=True)) == [3, 2, 1]


def test_a_version_from_which_a_form_began_is_kept(window: Window, article: Article):
    """Else a colleague whose save is refused would be shown every difference there is, and keep none by itself."""
    window.autosave(title="Tên hai")
    other = Window(staff("editor"), article)
    window.autosave(title="Tên ba")
    answer = other.save(lead="Sapo của đồng nghiệp")
    assert {part.name for part in answer.context["clash"].comparison.parts} == {"lead"}
    # The refusal is a form that begins from version 3.
    window.autosave(title="Tên bốn")
    assert list(article.revisions.values_list("version", flat=True)) == [4, 3, 2, 1]


def test_a_form_that_is_only_read_pins_nothing_for_others(window: Window, article: Article):
    window.autosave(title="Tên hai")
    reader = Client()
    reader.force_login(staff("moderator"))
    assert reader.get(change(article)).status_code in {302, 403}
    window.autosave(title="Tên ba")
    assert list(article.revisions.values_list("version", flat=True)) == [3, 1]


def test_the_history_says_that_it_saved_itself(window: Window, article: Article):
    window.autosave(title="Tên hai")
    page = window.client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "tự lưu" in page


def test_the_log_of_the_desk_is_not_filled_by_it(window: Window):
    window.autosave(title="Tên hai")
    assert not LogEntry.objects.exists()


def test_what_readers_see_is_left_alone_and_the_working_copy_is_saved(editor: Any):
    article = an_article("Tên đăng", lead="Sapo đăng")
    window = Window(editor, article)
    for number, title in enumerate(("Tên sẽ đăng", "Tên sẽ đăng khác"), start=2):
        answer = window.autosave(title=title, **new_byline(0, person=a_person().pk))
        assert (answer.status_code, answer.json()["version"]) == (200, number)
    article = Article.objects.get()
    assert (article.title, article.state, article.bylines.count()) == ("Tên đăng", State.PUBLISHED, 0)
    assert article.working_copy.snapshot["title"] == "Tên sẽ đăng khác"
    assert len(article.working_copy.snapshot["bylines"]) == 1
    autosave = article.revisions.latest("version")
    assert (autosave.is_autosave, autosave.is_working_copy) == (True, True)
    assert article.revisions.count() == 2


# --- What it leaves to its person --------------------------------------------------------------


def test_a_field_that_is_not_yet_right_stays_as_it_is_stored(window: Window, article: Article):
    answer = window.autosave(title="", lead="Sapo mới", source_url="không phải địa chỉ", retrieved_on="31/02/20")
    assert answer.json()["left_out"]
    assert "trừ" in answer.json()["sentence"]
    article.refresh_from_db()
    assert (article.title, article.lead) == ("Tên đầu", "Sapo mới")
    assert (article.source_url, article.retrieved_on) == ("", None)


def test_half_a_moment_does_not_take_the_other_half_away(window: Window, article: Article):
    moment = timezone.now().replace(second=0, microsecond=0)
    Article.objects.update(source_published_at=moment)
    window = Window(window.user, article)
    assert window.autosave(lead="Sapo mới", source_published_at_1="2").json()["left_out"]
    article.refresh_from_db()
    assert (article.lead, article.source_published_at) == ("Sapo mới", moment)


def test_a_row_that_is_not_yet_right_stays_as_it_is_stored(window: Window, article: Article):
    answer = window.autosave(title="Tên mới", **{"bylines-0-person": "", "bylines-0-unit": "Đơn vị khác"})
    assert answer.json()["left_out"]
    article.refresh_from_db()
    assert (article.title, article.bylines.get().unit) == ("Tên mới", "Đơn vị đầu")
    assert not window.autosave(**{"bylines-0-person": article.bylines.get().person_id}).json()["left_out"]
    assert article.bylines.get().unit == "Đơn vị khác"


def test_new_rows_are_saved_up_to_the_first_that_is_not_yet_right(window: Window, article: Article):
    person = a_person("Người Mới").pk
    rows = {
        **new_byline(1, person=person, unit="Một"),
        **new_byline(2, unit="chưa có người"),
        **new_byline(3, person=a_person("Người Thứ Ba").pk, unit="Ba"),
    }
    answer = window.autosave(**rows).json()
    _first, second = article.bylines.all()
    assert (second.unit, answer["left_out"]) == ("Một", True)
    assert answer["fields"]["bylines-INITIAL_FORMS"] == "2"
    assert answer["fields"]["bylines-1-id"] == str(second.pk)
    assert window.autosave(**{"bylines-2-person": person}).json()["left_out"]  # the same person twice
    assert article.bylines.count() == 2
    assert not window.autosave(**{"bylines-2-person": a_person().pk}).json()["left_out"]
    assert [byline.unit for byline in article.bylines.order_by("pk")] == ["Đơn vị đầu", "Một", "chưa có người", "Ba"]
    assert window.save().status_code == 302
    assert article.bylines.count() == 4


def test_a_row_behind_an_empty_one_waits_for_it(window: Window, article: Article):
    """Saved rows stand before new ones in a form, so none may be saved past an empty one."""
    person = a_person().pk
    rows = {**new_byline(1), **new_byline(2, person=person, unit="Hai")}
    assert window.autosave(title="Tên mới", **rows).json()["left_out"]
    assert article.bylines.count() == 1
    assert window.save().status_code == 302
    assert article.bylines.count() == 2


def test_deleting_a_row_is_left_to_its_person(window: Window, article: Article):
    assert window.autosave(title="Tên mới", **{"bylines-0-DELETE": "on"}).json()["left_out"]
    assert article.bylines.count() == 1
    assert window.save().status_code == 302
    assert not article.bylines.exists()


def test_a_picture_keeps_its_file_and_its_caption_is_saved(article: Article, editor: Any, media: Any):
    photo = a_photo(article)
    window = Window(editor, article)
    assert window.autosave(**{"photos-0-caption": "Chú thích mới", "photos-0-image-clear": "on"}).status_code == 200
    kept = article.photos.get()
    assert (kept.caption, kept.image.name) == ("Chú thích mới", photo.image.name)


def test_rows_without_their_numbers_of_forms_change_nothing(window: Window, article: Article):
    answer = window.autosave(title="Tên mới", **{"bylines-TOTAL_FORMS": "x", "photos-INITIAL_FORMS": ""})
    assert answer.status_code == 200
    article.refresh_from_db()
    assert (article.title, article.bylines.count()) == ("Tên mới", 1)


def test_a_row_of_another_article_is_not_taken(window: Window, article: Article):
    other = an_article(**draft()).bylines.create(person=a_person(), unit="Của bài khác")
    answer = window.autosave(title="Tên mới", **{"bylines-0-id": other.pk, "bylines-0-unit": "Trộm"})
    assert answer.status_code == 200
    other.refresh_from_db()
    assert (other.unit, article.bylines.get().unit) == ("Của bài khác", "Đơn vị đầu")


def test_it_moves_nothing_on(window: Window, article: Article):
    assert window.autosave(_move="publish", _take="title", title="Tên mới").status_code == 200
    article.refresh_from_db()
    assert (article.state, article.title) == (State.DRAFT, "Tên mới")


@pytest.mark.parametrize("title", ["Đầy đủ", ""])
def test_it_asks_the_database_a_bounded_number_of_questions(
    title: str, window: Window, django_assert_max_num_queries: Any
):
    with django_assert_max_num_queries(60 if title else 112):
        assert window.autosave(title=title, lead="Sapo mới").status_code == 200


# --- Whom it refuses ---------------------------------------------------------------------------


def test_over_a_colleagues_save_nothing_is_saved_and_it_says_whose(window: Window, article: Article, editor: Any):
    other = Window(staff("editor"), article)
    assert window.save(title="Tên của Biên").status_code == 302
    answer = other.autosave(title="Tên khác")
    article.refresh_from_db()
    assert (answer.status_code, article.title) == (409, "Tên của Biên")
    assert "Trần Biên" in answer.json()["sentence"]


def test_over_a_move_nothing_is_saved(window: Window, article: Article):
    other = Window(staff("editor"), article)
    window.save(_move="submit")
    assert other.autosave(title="Tên khác").status_code == 409


def test_a_session_that_has_ended_is_told_as_such(window: Window, article: Article):
    window.client.logout()
    answer = window.autosave(title="Tên khác")
    assert (answer.status_code, bool(answer.json()["sentence"])) == (401, True)
    assert window.ping().status_code == 401
    assert Article.objects.get().title == "Tên đầu"


def test_a_page_that_somebody_left_open_does_not_save_for_who_signs_in_next(window: Window, article: Article):
    window.client.force_login(staff("editor"))
    answer = window.autosave(title="Tên khác")
    assert (answer.status_code, bool(answer.json()["sentence"])) == (401, True)
    assert Article.objects.get().title == "Tên đầu"


def test_who_may_not_edit_it_is_told_so(article: Article):
    Article.objects.update(writer=(writer := staff("writer")))
    window = Window(writer, article)
    Article.objects.update(state=State.SUBMITTED)
    for answer in (window.autosave(title="Tên khác"), window.ping()):
        assert (answer.status_code, bool(answer.json()["sentence"])) == (403, True)
    assert Article.objects.get().title == "Tên đầu"


def test_without_a_token_of_the_session_nothing_is_saved(window: Window, article: Article):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(window.user)
    answer = strict.post(window.address, {**window.form, "title": "Tên khác"})
    assert (answer.status_code, bool(answer.json()["sentence"])) == (403, True)
    token = strict.get(change(article)).cookies["csrftoken"].value
    sent = {**window.form, "title": "Tên khác", "csrfmiddlewaretoken": ""}
    assert strict.post(window.address, sent, headers={"X-CSRFToken": token}).status_code == 200


# --- A new article -----------------------------------------------------------------------------


@pytest.fixture
def writer() -> Any:
    return staff("writer")


def test_a_new_article_is_made_as_soon_as_it_has_a_title(writer: Any):
    window = Window(writer)
    assert window.autosave(lead="Sapo trước").status_code == 422
    answer = window.autosave(title="Bài mới", **new_byline(0, person=a_person().pk))
    article = Article.objects.get()
    assert (article.lead, article.writer, article.state) == ("Sapo trước", writer, State.DRAFT)
    assert answer.json()["addresses"]["change"] == change(article)
    window.autosave(lead="Sapo sau")
    window.article = article
    assert window.save(title="Bài mới lắm").status_code == 302
    article.refresh_from_db()
    assert (article.title, article.lead, article.version) == ("Bài mới lắm", "Sapo sau", 3)
    assert article.bylines.count() == 1


def test_a_new_article_with_something_not_yet_right_is_made_without_it(writer: Any):
    answer = Window(writer).autosave(title="Bài mới", source_url="x", **new_byline(0, unit="chưa có người"))
    article = Article.objects.get()
    assert (article.title, article.source_url, answer.json()["left_out"]) == ("Bài mới", "", True)
    assert not article.bylines.exists()


def test_a_page_makes_one_article_however_often_it_asks(writer: Any):
    window = Window(writer)
    rows = new_byline(0, person=a_person().pk)
    window.lost_autosave(title="Bài mới", **rows)
    window.lost_autosave(title="Bài mới hơn")
    assert window.autosave(lead="Sapo").json()["version"] == 3
    article = Article.objects.get()
    assert (article.title, article.lead, article.bylines.count()) == ("Bài mới hơn", "Sapo", 1)


@pytest.mark.parametrize("button", ["_save", "_continue"])
def test_saving_a_new_article_by_hand_goes_on_with_the_one_that_saved_itself(writer: Any, button: str):
    window = Window(writer)
    window.lost_autosave(title="Bài mới", **new_byline(0, person=a_person().pk))
    answer = window.save(lead="Sapo", **{button: "1"})
    article = Article.objects.get()
    assert (article.lead, article.bylines.count()) == ("Sapo", 1)
    assert answer.headers["Location"] == (
        change(article) if button == "_continue" else reverse("admin:articles_article_changelist")
    )


def test_a_double_click_makes_one_article(writer: Any):
    window = Window(writer)
    assert [window.save(title="Bài mới").status_code for _click in range(2)] == [302, 302]
    assert Article.objects.get().version == 1


def test_nobody_goes_on_with_a_page_of_somebody_else(writer: Any):
    window, other = Window(writer), Window(staff("writer"))
    window.autosave(title="Bài của tôi")
    answer = other.autosave(title="Bài của người khác", _page=window.form["_page"])
    assert (answer.status_code, Article.objects.get().title) == (422, "Bài của tôi")
    assert other.save().status_code == 302
    assert set(Article.objects.values_list("title", flat=True)) == {"Bài của tôi", "Bài của người khác"}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_page_that_asks_twice_at_the_same_moment_makes_one_article():
    keep_groups()
    user = a_user(is_staff=True)
    user.groups.add(Group.objects.get(role__role="writer"))
    window = Window(user)
    together = Barrier(2)

    def ask(by_hand: bool) -> int:
        try:
            client = Client()
            client.force_login(user)
            together.wait()
            return client.post(ADD if by_hand else NEW, {**window.form, "title": "Bài mới"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, [False, True])) == [200, 302]
    assert Article.objects.count() == 1


# --- A lost answer -----------------------------------------------------------------------------


def test_a_save_whose_answer_was_lost_is_no_colleagues(window: Window, article: Article):
    rows = new_byline(1, person=a_person().pk, unit="Mới")
    window.lost_autosave(title="Tên hai", **rows)
    assert window.save(lead="Sapo mới").status_code == 302
    article.refresh_from_db()
    assert (article.title, article.lead, article.version) == ("Tên hai", "Sapo mới", 3)
    assert article.bylines.count() == 2


def test_a_row_taken_away_after_a_lost_answer_is_shown_rather_than_guessed(window: Window, article: Article):
    window.lost_autosave(**new_byline(1, person=a_person().pk, unit="Mới"))
    window.form["bylines-TOTAL_FORMS"] = 1
    assert window.autosave(title="Tên hai").status_code == 409
    assert "clash" in window.save().context


def test_the_same_page_of_somebody_else_is_a_colleagues(window: Window, article: Article):
    other = Window(staff("editor"), article)
    window.autosave(title="Tên hai")
    assert other.autosave(title="Tên ba", _page=window.form["_page"]).status_code == 409


# --- What the browser keeps --------------------------------------------------------------------

TOKEN = "0123456789abcdef"


def test_an_autosave_says_which_copy_it_has_saved(window: Window):
    assert window.autosave(title="Tên hai", _copy=TOKEN).json()["copy"] == TOKEN


@pytest.mark.parametrize("move", [{}, {"_move": "submit"}])
def test_a_save_by_hand_says_so_to_the_next_page(window: Window, move: dict[str, str]):
    cookie = window.save(title="Tên hai", _copy=TOKEN, **move).cookies["saved_copy"]
    assert (cookie.value, cookie["path"], cookie["max-age"]) == (TOKEN, "/quan-tri/", 60)


def test_nor_does_a_new_article_keep_it_from_the_next_page(writer: Any):
    assert Window(writer).save(title="Bài mới", _copy=TOKEN).cookies["saved_copy"].value == TOKEN


def test_a_refused_save_says_nothing_of_the_kind(window: Window, article: Article):
    other = Window(staff("editor"), article)
    window.save(title="Tên hai")
    assert "saved_copy" not in other.save(title="Tên ba", _copy=TOKEN).cookies
    window = Window(window.user, article)
    assert "saved_copy" not in window.save(title="", _copy=TOKEN).cookies
    window.client.logout()
    assert "saved_copy" not in window.save(title="Tên ba", _copy=TOKEN).cookies


@pytest.mark.parametrize("token", ["", "a b; c=d", "x" * 50])
def test_no_cookie_is_set_for_what_is_no_token(window: Window, token: str):
    assert "saved_copy" not in window.save(title="Tên hai", _copy=token).cookies


# --- Who has it open ---------------------------------------------------------------------------


def test_a_colleague_who_has_it_open_is_named(window: Window, article: Article):
    other = Window(staff("editor", last_name="Lê", first_name="Đồng Nghiệp"), article)
    assert "Trần Biên" in other.page.content.decode()
    assert "Trần Biên" not in window.page.content.decode()
    assert "Lê Đồng Nghiệp" in window.ping().json()["colleagues"]
    Presence.objects.filter(user=other.user).update(seen_at=timezone.now() - timedelta(minutes=2))
    assert window.ping().json()["colleagues"] == ""


def test_a_save_of_a_colleague_is_told_before_one_types_on(window: Window, article: Article):
    other = Window(staff("editor"), article)
    assert other.ping().json()["newer"] == ""
    window.lost_autosave(title="Tên hai")
    assert "Trần Biên" in other.ping().json()["newer"]
    assert window.ping().json()["newer"] == ""


def test_whoever_is_there_is_there_once_and_old_rows_go(window: Window, article: Article):
    Presence.objects.create(article=an_article(), user=a_user(), seen_at=timezone.now() - timedelta(days=2))
    window.ping()
    window.ping()
    assert Presence.objects.get().user == window.user


def test_who_may_only_read_it_has_it_not_open(article: Article):
    """The notice warns of two who write; whoever reads disturbs nobody."""
    article = an_article()
    reader = Client()
    reader.force_login(staff("moderator"))
    assert reader.get(change(article)).status_code == 200
    assert not Presence.objects.exists()


# --- What cannot be saved any more -------------------------------------------------------------


def test_what_was_typed_into_an_article_that_has_moved_on_is_given_back(article: Article):
    """A writer has the form open while the article is submitted in another window."""
    Article.objects.update(writer=(writer := staff("writer")))
    window = Window(writer, article)
    Article.objects.update(state=State.SUBMITTED)
    typed = {"lead": "Sapo vừa viết", "body": "<p>Thân <b>vừa</b> viết<script>alert(1)</script></p>"}
    for move in ({}, {"_move": "submit"}):
        answer = window.save(**typed, **{"bylines-0-unit": "Đơn vị vừa viết"}, **move)
        page = answer.content.decode()
        assert answer.status_code == 403
        for words in ("Sapo vừa viết", "<strong>vừa</strong> viết", "Đơn vị vừa viết", "không còn sửa được"):
            assert words in page
        assert "<script>alert" not in page
    assert Article.objects.get().lead == "Có 71/75 tập thể."


def test_so_is_what_was_typed_into_an_article_given_to_somebody_else(article: Article):
    Article.objects.update(writer=(writer := staff("writer")))
    window = Window(writer, article)
    Article.objects.update(writer=staff("writer"), title="Tên bí mật")
    answer = window.save(lead="Sapo vừa viết")
    assert answer.status_code == 403
    assert "Sapo vừa viết" in answer.content.decode()
    assert "Tên bí mật" not in answer.content.decode()


def test_every_revision_of_an_article_holds_what_stood(window: Window, article: Article):
    window.autosave(title="Tên hai")
    assert Revision.objects.get(version=2).snapshot["title"] == Article.objects.get().title

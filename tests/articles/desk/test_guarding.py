"""The stale-write guard: nobody saves over what they have not seen, and nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.comparing import FigureChange
from articles.models import Article
from articles.revisions import record
from newsroom.publishing import State
from newsroom.roles import keep_groups
from tests.forms import filled
from tests.situations import a_category, a_person, a_photo, a_user, an_article, draft, staff

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def desk(role: str = "editor") -> Client:
    client = Client()
    client.force_login(staff(role))
    return client


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


@pytest.fixture
def article() -> Article:
    """A draft with two rows, whose first version is kept."""
    article = an_article("Tên đầu", lead="Có 71/75 tập thể.", body="<p>Thân <b>đầu</b>.</p>", **draft())
    article.bylines.create(person=a_person("Người Thứ Nhất"), unit="Đơn vị đầu")
    record(article, None)
    return article


@pytest.fixture
def two(article: Article) -> Any:
    """Two editors, each with the form open at the same version."""

    class Two:
        def __init__(self) -> None:
            self.first, self.second = desk(), desk()
            self.first_form = filled(self.first.get(change(article)))
            self.second_form = filled(self.second.get(change(article)))

        def save_first(self, **typed: Any) -> Any:
            return self.first.post(change(article), {**self.first_form, **typed})

        def save_second(self, **typed: Any) -> Any:
            return self.second.post(change(article), {**self.second_form, **typed})

    return Two()


def parts(answer: Any) -> set[str]:
    return {part.name for part in answer.context["clash"].comparison.parts}


def test_a_save_over_a_newer_one_is_refused_and_shows_both_texts(two: Any, article: Article):
    assert two.save_first(lead="Có 72/75 tập thể.").status_code == 302
    answer = two.save_second(lead="Có 73/75 tập thể.")
    article.refresh_from_db()
    assert (article.lead, article.version) == ("Có 72/75 tập thể.", 2)
    assert answer.context["clash"].comparison.figures == [FigureChange("72/75", "73/75")]
    assert filled(answer)["lead"] == "Có 73/75 tập thể."
    page = answer.content.decode()
    assert "<del>72/75 </del><ins>73/75 </ins>" in page


def test_what_was_kept_is_saved_on_top_of_the_newer_version(two: Any, article: Article):
    two.save_first(title="Tên của người thứ nhất")
    answer = two.save_second(title="Tên của người thứ hai")
    assert two.second.post(change(article), filled(answer)).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.version) == ("Tên của người thứ hai", 3)


def test_what_only_the_colleague_touched_is_as_they_left_it(two: Any, article: Article):
    """Saving again after a refusal must not undo, in passing, what this person never looked at."""
    two.save_first(title="Tên mới", body="<p>Thân mới.</p>")
    answer = two.save_second(lead="Sapo mới.")
    assert parts(answer) == {"lead"}
    two.second.post(change(article), filled(answer))
    article.refresh_from_db()
    assert (article.title, article.lead, article.body) == ("Tên mới", "Sapo mới.", "<p>Thân mới.</p>")


def test_without_a_kept_version_to_judge_by_every_difference_is_shown_and_all_typed_stays(two: Any, article: Article):
    two.save_first(title="Tên mới")
    article.revisions.filter(version=1).delete()
    answer = two.save_second(lead="Sapo mới.")
    assert parts(answer) == {"title", "lead"}
    assert (filled(answer)["title"], filled(answer)["lead"]) == ("Tên đầu", "Sapo mới.")


@pytest.mark.parametrize(("name", "theirs"), [("title", "Tên A"), ("lead", "Sapo A"), ("body", "<p>Thân A</p>")])
def test_a_part_of_the_newer_text_is_taken_over_into_the_form(two: Any, article: Article, name: str, theirs: str):
    two.save_first(**{name: theirs})
    answer = two.save_second(**{name: "Của tôi", "note": "Ghi chú của tôi"})
    again = two.second.post(change(article), {**filled(answer), "_take": name, "_version": "1"})
    assert filled(again)[name] == theirs
    assert filled(again)["note"] == "Ghi chú của tôi"
    article.refresh_from_db()
    assert article.version == 2


def test_taking_over_saves_nothing_even_when_the_version_is_the_newest(two: Any, article: Article):
    two.save_first(title="Tên A")
    answer = two.save_second(title="Tên B")
    again = two.second.post(change(article), {**filled(answer), "_take": "title"})
    article.refresh_from_db()
    assert (article.version, filled(again)["title"]) == (2, "Tên A")


def test_a_row_added_by_a_colleague_stays_and_a_row_of_ones_own_is_kept(two: Any, article: Article):
    added, own = a_person("Người Thêm"), a_person("Người Của Tôi")
    new = {"bylines-TOTAL_FORMS": 2, "bylines-1-credit": "", "bylines-1-unit": "", "bylines-1-position": 1}
    two.save_first(**new, **{"bylines-1-person": added.pk})
    answer = two.save_second(**new, **{"bylines-1-person": own.pk})
    assert parts(answer) == {"bylines"}
    assert two.second.post(change(article), filled(answer)).status_code == 302
    assert {byline.person.name for byline in article.bylines.all()} == {
        "Người Thứ Nhất",
        "Người Thêm",
        "Người Của Tôi",
    }


def test_a_row_that_a_colleague_took_away_is_not_lost_to_who_wrote_in_it(two: Any, article: Article):
    two.save_first(**{"bylines-0-DELETE": "on"})
    answer = two.save_second(**{"bylines-0-unit": "Đơn vị tôi viết"})
    assert "Đơn vị tôi viết" in answer.content.decode()
    assert two.second.post(change(article), filled(answer)).status_code == 302
    assert article.bylines.get().unit == "Đơn vị tôi viết"


def test_a_row_that_a_colleague_took_away_does_not_come_back_by_itself(two: Any, article: Article):
    two.save_first(**{"bylines-0-DELETE": "on"})
    answer = two.save_second(title="Tên khác")
    assert two.second.post(change(article), filled(answer)).status_code == 302
    assert not article.bylines.exists()


def test_captions_are_compared_and_pictures_keep_their_files(article: Article, media: Any):
    photo = a_photo(article, caption="Có 5 đại biểu")
    article.revisions.all().delete()
    record(article, None)
    first, second = desk(), desk()
    forms = [filled(client.get(change(article))) for client in (first, second)]
    first.post(change(article), {**forms[0], "photos-0-caption": "Có 6 đại biểu"})
    answer = second.post(change(article), {**forms[1], "photos-0-caption": "Có 7 đại biểu"})
    assert answer.context["clash"].comparison.figures == [FigureChange("6", "7")]
    assert second.post(change(article), filled(answer)).status_code == 302
    kept = article.photos.get()
    assert (kept.caption, kept.image.name) == ("Có 7 đại biểu", photo.image.name)


def test_only_what_differs_is_shown_to_differ(article: Article, two: Any, media: Any):
    """A picture that nobody touched and a day in the clothes of a form are no differences."""
    Article.objects.filter(pk=article.pk).update(retrieved_on=date(2022, 1, 18), source_url="https://example.com/bai/")
    a_photo(article)
    article.revisions.all().delete()
    pair = type(two)()
    pair.save_first(lead="Có 72/75 tập thể.")
    answer = pair.save_second(lead="Có 73/75 tập thể.", **{"photos-0-image": ""})
    assert parts(answer) == {"lead"}
    assert answer.context["clash"].comparison.figures == [FigureChange("72/75", "73/75")]


@pytest.mark.parametrize("version", ["", "0", "99", "²", "-1", "x" * 5000, "1 OR 1=1"])
def test_a_form_without_a_version_of_its_own_saves_nothing(version: str, article: Article):
    client = desk()
    answer = client.post(change(article), {**filled(client.get(change(article))), "_version": version, "title": "X"})
    assert answer.status_code == 200
    article.refresh_from_db()
    assert article.version == 1


def test_a_button_does_not_move_on_what_its_person_has_not_seen(two: Any, article: Article):
    two.save_first(lead="Sapo mới nhất")
    for typed in ({}, {"title": "Tên khác"}):
        answer = two.save_second(_move="publish", **typed)
        article.refresh_from_db()
        assert article.state == State.DRAFT
        assert answer.context["clash"]


def test_nor_does_a_button_of_who_may_only_move_it_on():
    writer = staff("writer")
    article = an_article(writer=writer, state=State.SUBMITTED, published_at=None)
    client, editor = Client(), desk()
    client.force_login(writer)
    opened = filled(client.get(change(article)), _move="take_back")
    editor.post(change(article), filled(editor.get(change(article)), title="Biên tập đã sửa"))
    answer = client.post(change(article), opened, follow=True)
    article.refresh_from_db()
    assert (article.title, article.state) == ("Biên tập đã sửa", State.SUBMITTED)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    client.post(change(article), filled(client.get(change(article)), _move="take_back"))
    article.refresh_from_db()
    assert article.state == State.DRAFT


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_editors_who_save_at_the_same_moment_one_is_first_and_the_others_are_refused():
    keep_groups()
    group = Group.objects.get(role__role="editor")
    a_category()
    article = an_article(**draft())
    record(article, None)
    clients, forms, people = [], [], 4
    for _number in range(people):
        user = a_user(is_staff=True)
        user.groups.add(group)
        client = Client()
        client.force_login(user)
        clients.append(client)
        forms.append(filled(client.get(change(article))))
    for turn in range(2, 5):
        together = Barrier(people)

        def save(number: int, turn: int = turn, together: Barrier = together, forms: Any = forms) -> int:
            try:
                together.wait()
                typed = {**forms[number], "title": f"Tên {turn} của {number}"}
                return clients[number].post(change(article), typed).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(people) as pool:
            answers = list(pool.map(save, range(people)))
        assert sorted(answers) == [200] * (people - 1) + [302]
        article.refresh_from_db()
        assert (article.version, article.title) == (turn, f"Tên {turn} của {answers.index(302)}")
        assert article.revisions.count() == turn
        forms = [filled(client.get(change(article))) for client in clients]

"""A change of a figure that readers have before them: shown before it is saved, corrected place by place after it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from articles.models import Article, Correction, Ripple, RipplePlace
from articles.reach import Change, change_of, reach_of
from articles.revisions import snapshot
from articles.ripple import AlreadyDecidedError, apply, skip
from articles.working import keep
from committees.models import Award, Statistic
from tests.forms import filled
from tests.pages import read
from tests.situations import (
    a_conference,
    a_mention,
    a_statistic,
    an_article,
    an_award,
    an_indicator,
    draft,
    staff,
)

pytestmark = pytest.mark.django_db

SENTENCE = "Có 71/75 tập thể (94,67%) hoàn thành tốt nhiệm vụ."


@pytest.fixture
def figure() -> Statistic:
    return a_statistic(
        label="Tập thể hoàn thành tốt nhiệm vụ", unit_printed="tập thể", value=Decimal(71), whole=Decimal(75),
        percent=Decimal("94.67"), percent_places=2, conference=a_conference(),
    )  # fmt: skip


@pytest.fixture
def article(figure: Statistic) -> Article:
    article = an_article(
        "94,67% tập thể hoàn thành tốt nhiệm vụ", conference=figure.conference,
        body=f"<p>Câu trước. {SENTENCE} Câu sau.</p><p>Ngày 14/02 có 2 lớp.</p>",
    )  # fmt: skip
    a_mention(article, figure, "71/75 tập thể (94,67%)")
    return article


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(staff("editor"))
    return client


def changed(figure: Statistic, **fields: Any) -> Change:
    """The change of `figure` to `fields`, which then stand in its row."""
    before = Statistic.objects.get(pk=figure.pk)
    Statistic.objects.filter(pk=figure.pk).update(**fields)
    change = change_of(before, Statistic.objects.get(pk=figure.pk))
    assert change is not None
    return change


def form_of(thing: Any) -> str:
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def agreed(page: Any, **typed: Any) -> dict[str, Any]:
    """The fields of the page that shows what a change reaches, as a browser sends them."""
    return {**filled(page), **typed}


# --- What it reaches ---------------------------------------------------------------------------


def test_a_change_reaches_every_place_that_says_it_marked_or_not(figure: Statistic, article: Article):
    """The title says the percentage though nobody has marked it there; a date and another number are not it."""
    later = an_article(body="<p>Năm qua có 71/75 tập thể (94,67%) tốt.</p>", **draft())
    a_mention(later, figure, "71/75 tập thể (94,67%)")
    whole = snapshot(article)
    whole["lead"] = "Sắp tới: 71/75 tập thể (94,67%)."
    keep(article, whole, staff("editor"))
    reach = reach_of(changed(figure, value=Decimal(72), percent=Decimal("96.00")))
    assert [(spot.article.pk, spot.is_working_copy, spot.part) for spot in reach.spots] == [
        (article.pk, False, "title"), (article.pk, False, "body"), (later.pk, False, "body"),
        (article.pk, True, "title"), (article.pk, True, "lead"), (article.pk, True, "body"),
    ]  # fmt: skip
    assert reach.spots[1].sentence == SENTENCE
    assert [spot.is_read for spot in reach.spots] == [True, True, False, False, False, False]
    assert reach.contradictions == 6
    assert "96%" in reach.spots[1].contradictions[0].replace("96,00%", "96%")


def test_a_change_reaches_its_indicators_its_parts_its_awards_and_what_is_computed(article, figure):
    good, other = an_indicator("rating.org.good", name="Tốt"), an_indicator("rating.org.other", name="Khác")
    part = a_statistic(part_of=figure, value=Decimal(14), whole=Decimal(71))
    rated = {"achievement": "Hoàn thành tốt nhiệm vụ năm 2022", "recipients_described": "tập thể"}
    award = an_award(reported_at=figure.conference, **rated)
    an_award(reported_at=figure.conference, achievement="Phong trào khác")
    Statistic.objects.filter(pk=figure.pk).update(indicator=other, percent=None, percent_places=None)
    reach = reach_of(changed(figure, indicator=good, value=Decimal(72)))
    assert set(reach.indicators) == {good, other}
    assert (list(reach.around), list(reach.awards)) == ([part], [award])
    assert "96,00%" in reach.computed[0]


def test_a_change_that_contradicts_its_own_row_or_what_is_inside_of_it_is_told_at_once(figure: Statistic):
    """A value was mended, and the percentage beside it and the “trong đó” below it were forgotten."""
    a_statistic(part_of=figure, value=Decimal(14), whole=Decimal(71), unit_printed="tập thể")
    for value in (3, 1):
        a_statistic(conference=figure.conference, value=Decimal(value), whole=Decimal(75), unit_printed="tập thể")
    told = " ".join(reach_of(changed(figure, value=Decimal(72))).against)
    assert "96" in told and "14/71" in told and "72 + 3 + 1 = 76" in told
    whole = {"value": Decimal(71), "whole": Decimal(75)}
    assert not reach_of(changed(figure, **whole)).against


def test_committees_together_are_among_what_is_computed_from_it(figure: Statistic):
    year = {"period_label": "Năm 2022", "period_starts_on": date(2022, 1, 1), "period_ends_on": date(2022, 12, 31)}
    Statistic.objects.filter(pk=figure.pk).update(**year)
    a_statistic(indicator=figure.indicator, value=Decimal(40), whole=Decimal(50), **year)
    assert "110/125" in " ".join(reach_of(changed(figure, value=Decimal(70))).computed)


def test_what_becomes_of_a_target_is_told_with_what_became_of_it(figure: Statistic):
    year = {"period_label": "Năm 2023", "period_starts_on": date(2023, 1, 1), "period_ends_on": date(2023, 12, 31)}
    Statistic.objects.filter(pk=figure.pk).update(**year, period_type="year")
    target = a_statistic(
        committee=figure.committee, indicator=figure.indicator, kind="target", comparator=">=", percent=Decimal(95),
        conference=a_conference(held_on=date(2022, 12, 1)), period_type="year", **year,
    )  # fmt: skip
    (judged,) = reach_of(changed(figure, value=Decimal(72), percent=Decimal("96.00"))).judged
    assert (judged.target, judged.stood, judged.right) == (target, "Chưa đạt", "Đạt")
    (judged,) = reach_of(changed(target, percent=Decimal(97))).judged
    assert (judged.stood, judged.right) == ("Đạt", "Chưa đạt")


def test_what_no_text_chart_or_sum_leans_on_is_no_change(figure: Statistic):
    before = Statistic.objects.get(pk=figure.pk)
    figure.note, figure.position = "Ghi chú", 7
    assert change_of(before, figure) is None


# --- Before it is saved ------------------------------------------------------------------------


def test_a_change_is_shown_before_it_is_saved_and_kept_with_what_is_right(editor: Client, article, figure):
    typed = filled(editor.get(form_of(figure)), value="72", percent="96,00")
    page = editor.post(form_of(figure), typed)
    shown = page.content.decode()
    for words in ("71/75 tập thể (94,67%)", article.title, "Chưa lưu gì cả", "72"):
        assert words in shown
    assert str(Statistic.objects.get(pk=figure.pk).value) == "71.0000"
    assert not Ripple.objects.exists() and figure.history.count() == 1
    answer = editor.post(form_of(figure), agreed(page))
    ripple = Ripple.objects.get()
    assert answer.headers["Location"] == reverse("admin:articles_ripple_change", args=[ripple.pk])
    figure.refresh_from_db()
    assert (figure.value, figure.history.count()) == (72, 2)
    assert (ripple.stood, ripple.right) == (f"{figure.label}: 71/75 (94,67%)", f"{figure.label}: 72/75 (96,00%)")
    assert [place.part for place in ripple.places.all()] == ["title", "body"]
    article.refresh_from_db()
    assert SENTENCE in article.body and not article.corrections.exists()


def test_without_what_stood_or_once_more_places_say_it_nothing_is_saved(editor: Client, article, figure):
    typed = filled(editor.get(form_of(figure)), value="72", percent="96,00")
    page = editor.post(form_of(figure), typed)
    empty = {name: "" for name in agreed(page) if name.endswith("-right")}
    assert "errorlist" in editor.post(form_of(figure), agreed(page, **empty)).content.decode()
    a_mention(an_article(body="<p>Vẫn 71/75 tập thể.</p>"), figure, "71/75 tập thể")
    again = editor.post(form_of(figure), agreed(page)).content.decode()
    assert "đã khác so với lúc bạn xem" in again and "Vẫn" in again
    figure.refresh_from_db()
    assert figure.value == 71 and not Ripple.objects.exists()


def test_what_no_reader_sees_and_what_says_nothing_else_is_saved_at_once(editor: Client, article, figure):
    unread = a_statistic(value=Decimal(5), **draft())
    for thing, typed in ((unread, {"value": "6"}), (figure, {"note": "Ghi chú"})):
        answer = editor.post(form_of(thing), filled(editor.get(form_of(thing)), **typed))
        assert answer.status_code == 302
    assert (Statistic.objects.get(pk=unread.pk).value, Statistic.objects.get(pk=figure.pk).note) == (6, "Ghi chú")
    assert not Ripple.objects.exists()


def test_a_figure_in_the_form_of_its_conference_is_shown_first_too(editor: Client, article, figure):
    """It is the same figure whichever door it is changed through; an award is too."""
    award = an_award(reported_at=figure.conference, count=5)
    a_mention(article, award, "2 lớp")
    form = form_of(figure.conference)
    page = editor.get(form)
    names = filled(page)
    value = next(name for name in names if name.startswith("statistics-") and name.endswith("-value"))
    count = next(name for name in names if name.startswith("awards-") and name.endswith("-count"))
    shown = editor.post(form, {**names, value: "72", count: "6"})
    assert str(figure) in shown.content.decode() and str(award) in shown.content.decode()
    assert Award.objects.get(pk=award.pk).count == 5
    editor.post(form, agreed(shown))
    assert {ripple.thing for ripple in Ripple.objects.all()} == {figure, award}
    assert Award.objects.get(pk=award.pk).count == 6


def test_a_writer_is_refused_as_ever(article, figure):
    client = Client()
    client.force_login(staff("writer"))
    assert client.post(form_of(figure), {"value": "72"}).status_code == 403
    assert not Ripple.objects.exists()


# --- After it is saved -------------------------------------------------------------------------


@pytest.fixture
def places(figure: Statistic, article: Article) -> list[RipplePlace]:
    ripple = Ripple.objects.create(
        statistic=figure, changed=[{"field": "giá trị", "stood": "71", "right": "72"}], stood="71/75", right="72/75",
        made_by=staff("editor"),
    )  # fmt: skip
    common = {"ripple": ripple, "article": article, "words": "71/75", "sentence": SENTENCE, "part": "body"}
    return [
        RipplePlace.objects.create(**common),
        RipplePlace.objects.create(**{**common, "part": "title"}),
        RipplePlace.objects.create(**common, is_working_copy=True),
    ]


def test_a_place_is_applied_with_a_dated_correction_or_skipped_with_a_reason(editor: Client, places, client):
    body, title, copy = places
    address = reverse("admin:articles_ripple_change", args=[body.ripple_id])
    page = editor.get(address).content.decode()
    assert SENTENCE in page and "Bài vẫn còn nguyên văn câu này." in page
    editor.post(address, {"place": body.pk, "apply": "1", "stood": "71/75 tập thể", "right": "72/75 tập thể"})
    editor.post(address, {"place": title.pk, "skip": "1", "reason": "Tiêu đề không nêu số này"})
    editor.post(address, {"place": copy.pk, "apply": "1", "stood": "71/75", "right": "72/75"})
    states = [(place.state, place.reason) for place in RipplePlace.objects.order_by("pk")]
    assert states == [("applied", ""), ("skipped", "Tiêu đề không nêu số này"), ("applied", "")]
    correction = Correction.objects.get()  # of what nobody has read there is none
    assert (correction.stood, correction.right) == ("71/75 tập thể", "72/75 tập thể")
    assert "72/75 tập thể" in read(client, body.article.get_absolute_url()).text
    article = Article.objects.get(pk=body.article_id)
    assert SENTENCE in article.body and article.updated_at is not None
    assert correction.corrected_by == RipplePlace.objects.get(pk=body.pk).decided_by


def test_what_is_refused_is_said_beside_the_place_and_nothing_typed_is_lost(editor: Client, places):
    address = reverse("admin:articles_ripple_change", args=[places[0].ripple_id])
    answer = editor.post(address, {"place": places[0].pk, "apply": "1", "stood": "Đã gõ", "right": ""})
    assert answer.status_code == 422 and "Đã gõ" in answer.content.decode()
    assert editor.post(address, {"place": places[0].pk, "skip": "1", "reason": ""}).status_code == 422
    assert editor.post(address, {"place": "x", "skip": "1", "reason": "vì"}).status_code == 404
    assert RipplePlace.objects.waiting().count() == 3


def test_of_two_who_decide_over_a_place_one_does(places):
    first, second = staff("editor"), staff("editor")
    skip(places[0], "Không cần", first)
    with pytest.raises(AlreadyDecidedError) as faster:
        apply(places[0], "a", "b", second)
    assert faster.value.place.decided_by == first
    assert not Correction.objects.exists()


def test_the_database_keeps_who_decided_and_why(places):
    for wrong in ({"state": "applied"}, {"state": "skipped", "decided_by": staff("editor")}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RipplePlace.objects.filter(pk=places[0].pk).update(**wrong)


def test_what_waits_stands_on_the_first_page_of_editors(editor: Client, places):
    page = editor.get(reverse("admin:index")).content.decode()
    assert "waits-ripples" in page and f"#place-{places[0].pk}" in page

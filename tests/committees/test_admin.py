"""The desk of committees: figures are typed as they are printed, and what readers see is changed by editors alone."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committees.models import Attendance, Award, Committee, Conference, Statistic
from newsroom.publishing import State
from tests.forms import filled
from tests.situations import (
    a_committee,
    a_conference,
    a_mention,
    a_person,
    a_statistic,
    an_article,
    an_award,
    an_indicator,
    draft,
    published,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ADD = reverse("admin:committees_conference_add")


def change(thing: Any) -> str:
    return reverse(f"admin:committees_{thing._meta.model_name}_change", args=[thing.pk])


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(staff("editor"))
    return client


@pytest.fixture
def writer() -> Client:
    client = Client()
    client.force_login(staff("writer"))
    return client


def rows(prefix: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """New rows of an inline, as a browser sends them after "add another"."""
    sent: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def a_figure(**typed: Any) -> dict[str, Any]:
    """A row of a figure as a person fills it in."""
    indicator = an_indicator()
    base = {"label": "Tập thể", "indicator": indicator.pk, "kind": "result", "comparator": "=", "origin": "quoted"}
    return {**base, "position": 0, **typed}


def errors(answer: Any) -> dict[str, Any]:
    found = dict(answer.context["adminform"].form.errors)
    for formset in answer.context["inline_admin_formsets"]:
        for form in formset.formset:
            found |= form.errors
    return found


def entered(client: Client, **typed: Any) -> Statistic:
    """The figure that is stored when `typed` is entered in a conference's form."""
    committee = a_committee()
    sent = filled(client.get(ADD), name="Hội nghị thử", committee=committee.pk, **rows("statistics", a_figure(**typed)))
    answer = client.post(ADD, sent)
    assert answer.status_code == 302, errors(answer)
    statistic = Statistic.objects.get()
    assert statistic.committee == committee  # nobody typed it
    return statistic


def test_a_conference_is_entered_with_its_figures_awards_and_people_in_one_form(editor: Client):
    committee, person = a_committee(), a_person()
    sent = filled(editor.get(ADD), name="Hội nghị tổng kết", committee=committee.pk, held_on="14/02/2023")
    sent |= rows("statistics", a_figure(value="71", whole="75", percent="94,67"), a_figure(value="147"))
    sent |= rows("awards", {"form": "flag", "recipient_kind": "collective", "count": "1.016", "position": 0})
    sent |= rows("attendances", {"person": person.pk, "role": "Bí thư", "has_chaired": "on", "position": 0})
    answer = editor.post(ADD, sent)
    assert answer.status_code == 302, errors(answer)
    conference = Conference.objects.get()
    assert str(conference.held_on) == "2023-02-14"
    assert conference.state == State.DRAFT
    assert [str(s.figure) for s in conference.statistics.all()] == ["71/75 (94,67%)", "147"]
    assert Award.objects.get().count == 1016
    assert Attendance.objects.get().has_chaired


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("94,67", "94.67"),
        ("6.027", "6027"),
        ("6027", "6027"),
        ("6 027", "6027"),
        ("6\u00a0027", "6027"),
        ("1.234,5", "1234.5"),
        ("94.67", "94.67"),
        ("0,5", "0.5"),
        ("-3", "-3"),
    ],
)
def test_numbers_are_typed_as_vietnamese_prints_them(typed: str, stored: str, editor: Client):
    assert entered(editor, value=typed).value == Decimal(stored)


@pytest.mark.parametrize("typed", ["khoảng 5", "1,2,3", "1.23.456", "1e5", "٥"])
def test_what_is_no_number_is_refused_and_still_in_the_form(typed: str, editor: Client):
    sent = filled(editor.get(ADD), name="Hội nghị thử", committee=a_committee().pk)
    answer = editor.post(ADD, sent | rows("statistics", a_figure(value=typed)))
    assert answer.status_code == 200
    assert "value" in errors(answer)
    assert f'value="{typed}"' in answer.content.decode()
    assert not Conference.objects.exists()


@pytest.mark.parametrize(
    ("typed", "value", "whole", "percent", "places", "unit"),
    [
        ("71/75 (94,67%)", "71", "75", "94.67", 2, ""),
        ("71/75 tập thể (94,67%)", "71", "75", "94.67", 2, "tập thể"),
        ("6.027/6.110 (98,64 %)", "6027", "6110", "98.64", 2, ""),
        ("71 / 75", "71", "75", None, None, ""),
        ("147 đảng viên", "147", None, None, None, "đảng viên"),
        ("15 (90%)", "15", None, "90", 0, ""),
        ("98,6%", None, None, "98.6", 1, ""),
    ],
)
def test_a_whole_figure_may_be_typed_at_once(
    typed: str, value: str | None, whole: str | None, percent: str | None, places: int | None, unit: str, editor: Client
):
    """A writer reads "71/75 (94,67%)" and types it so; five small fields would invite slips."""
    statistic = entered(editor, value=typed)
    wanted = [None if number is None else Decimal(number) for number in (value, whole, percent)]
    assert [statistic.value, statistic.whole, statistic.percent] == wanted
    assert (statistic.percent_places, statistic.unit_printed) == (places, unit)


def test_what_stands_in_its_own_field_is_not_overwritten(editor: Client):
    sent = filled(editor.get(ADD), name="Hội nghị thử", committee=a_committee().pk)
    answer = editor.post(ADD, sent | rows("statistics", a_figure(value="71/75", whole="80")))
    assert "value" in errors(answer)


@pytest.mark.parametrize(("typed", "places"), [("94,67", 2), ("94,60", 2), ("94", 0), ("94,6", 1)])
def test_a_percentage_keeps_the_digits_with_which_it_is_printed(typed: str, places: int, editor: Client):
    """94,60% is not 94,6%: the rules that check a figure look at its printed precision."""
    statistic = entered(editor, percent=typed)
    assert statistic.percent_places == places
    page = editor.get(change(statistic)).content.decode()
    assert f'name="percent" value="{typed}"' in page


def test_a_form_that_nobody_touched_saves_back_what_it_showed(editor: Client):
    """Dots and commas must survive the way out and in, however often a form is saved."""
    statistic = a_statistic(
        conference=a_conference(),
        value=Decimal("6027"),
        whole=Decimal("6110"),
        percent=Decimal("98.60"),
        percent_places=2,
    )
    before = Statistic.objects.filter(pk=statistic.pk).values()[0]
    for thing in (statistic, statistic.conference):
        page = editor.get(change(thing))
        assert 'value="6.027"' in page.content.decode()
        assert 'value="98,60"' in page.content.decode()
        assert editor.post(change(thing), filled(page)).status_code == 302
        assert Statistic.objects.filter(pk=statistic.pk).values()[0] == before


def test_a_figure_may_be_about_another_committee_than_its_conference(editor: Client):
    other = a_committee("Chi bộ khác")
    sent = filled(editor.get(ADD), name="Hội nghị thử", committee=a_committee().pk)
    editor.post(ADD, sent | rows("statistics", a_figure(value="5", committee=other.pk)))
    assert Statistic.objects.get().committee == other


def test_rows_are_still_there_when_the_conference_itself_is_refused(editor: Client):
    """Nothing that was typed is lost, and no figure is stored without its conference."""
    sent = filled(editor.get(ADD), name="", committee="") | rows("statistics", a_figure(label="Còn đây", value="5"))
    answer = editor.post(ADD, sent)
    assert answer.status_code == 200
    assert "Còn đây" in answer.content.decode()
    assert not Statistic.objects.exists()


def test_a_date_is_read_day_first(editor: Client):
    """8/4 is the eighth of April, whatever Django's defaults say."""
    editor.post(ADD, filled(editor.get(ADD), name="Hội nghị thử", committee=a_committee().pk, held_on="8/4/2024"))
    assert str(Conference.objects.get().held_on) == "2024-04-08"


# --- What readers see ---------------------------------------------------------------------------


def test_a_writer_reads_what_is_public_and_changes_it_not(writer: Client):
    conference = a_conference(name="Hội nghị đã đăng")
    statistic, award = a_statistic(conference=conference), an_award(reported_at=conference)
    for thing in (conference, statistic, award):
        page = writer.get(change(thing))
        assert page.status_code == 200
        assert b'name="_save"' not in page.content
        assert writer.post(change(thing), {"name": "Khác", "label": "Khác"}).status_code == 403
    conference.refresh_from_db()
    assert conference.name == "Hội nghị đã đăng"


def test_a_writer_changes_a_draft_but_not_a_public_figure_inside_of_it(writer: Client):
    """A figure can be public through another report while this conference is still a draft."""
    conference = a_conference(**draft())
    public = a_statistic(conference=conference, label="Đã đăng", **published())
    own = a_statistic(conference=conference, label="Bản nháp", **draft())
    sent = filled(writer.get(change(conference)), name="Tên mới")
    sent |= {"statistics-0-label": "Sửa trộm", "statistics-0-DELETE": "on", "statistics-1-label": "Bản nháp đã sửa"}
    answer = writer.post(change(conference), sent)
    assert answer.status_code == 302, errors(answer)
    conference.refresh_from_db(), public.refresh_from_db(), own.refresh_from_db()
    assert (conference.name, public.label, own.label) == ("Tên mới", "Đã đăng", "Bản nháp đã sửa")


def test_nobody_publishes_a_fact_by_a_crafted_post(editor: Client):
    """Facts follow their articles; their state has no field in any form."""
    conference = a_conference(**draft())
    statistic = a_statistic(conference=conference, **draft())
    for thing in (conference, statistic):
        page = editor.get(change(thing))
        editor.post(
            change(thing), filled(page, state="published", published_at="2024-01-01", published_at_0="01/01/2024")
        )
        thing.refresh_from_db()
        assert (thing.state, thing.published_at) == (State.DRAFT, None)


def test_a_new_figure_in_a_public_conference_waits_for_an_article(editor: Client):
    conference = a_conference()
    sent = filled(editor.get(change(conference))) | rows("statistics", a_figure(value="5"))
    answer = editor.post(change(conference), sent, follow=True)
    assert Statistic.objects.get().state == State.DRAFT
    assert [message.level_tag for message in answer.context["messages"]] == ["warning", "success"]


# --- What may go --------------------------------------------------------------------------------


def test_only_what_readers_never_saw_is_deleted(editor: Client):
    seen, withdrawn = a_conference(), a_conference(state=State.WITHDRAWN, published_at=published()["published_at"])
    scheduled, never = a_conference(**published(-5)), a_conference(**draft())
    address = reverse("admin:committees_conference_changelist")
    for conference in (seen, withdrawn, scheduled, never):
        editor.post(reverse("admin:committees_conference_delete", args=[conference.pk]), {"post": "yes"})
        editor.post(address, {"action": "delete_selected", "_selected_action": [conference.pk], "post": "yes"})
    assert set(Conference.objects.all()) == {seen, withdrawn, scheduled}


def test_the_action_that_deletes_says_why_it_does_not(editor: Client):
    seen, never = a_conference(name="Hội nghị đã đăng"), a_conference(**draft())
    answer = editor.post(
        reverse("admin:committees_conference_changelist"),
        {"action": "delete_selected", "_selected_action": [seen.pk, never.pk]},
        follow=True,
    )
    assert "Hội nghị đã đăng" in str(next(iter(answer.context["messages"])))
    assert Conference.objects.count() == 2


def test_a_public_figure_is_not_deleted_from_inside_its_conference(editor: Client):
    conference = a_conference()
    a_statistic(conference=conference)
    sent = filled(editor.get(change(conference))) | {"statistics-0-DELETE": "on"}
    assert editor.post(change(conference), sent).status_code == 200
    assert Statistic.objects.exists()


def test_a_figure_that_an_article_mentions_is_not_deleted_from_inside_its_conference(editor: Client):
    conference = a_conference(**draft())
    statistic = a_statistic(conference=conference, **draft())
    a_mention(an_article(**draft()), statistic, "5")
    sent = filled(editor.get(change(conference))) | {"statistics-0-DELETE": "on"}
    assert editor.post(change(conference), sent).status_code == 200
    assert Statistic.objects.exists()


# --- History ------------------------------------------------------------------------------------


def test_who_changed_a_fact_is_kept_and_can_be_read_but_not_put_back(editor: Client):
    """An older version may have been public under another state: putting it back would publish or withdraw."""
    committee = a_committee("Tên cũ")
    editor.post(change(committee), filled(editor.get(change(committee)), name="Tên mới"))
    newest = committee.history.first()
    assert newest.history_user == editor.get("/quan-tri/").wsgi_request.user
    assert "Tên cũ" in editor.get(reverse("admin:committees_committee_history", args=[committee.pk])).content.decode()
    older = reverse(
        "admin:committees_committee_simple_history", args=[committee.pk, committee.history.last().history_id]
    )
    assert editor.get(older).status_code == 200
    assert editor.post(older, {"name": "Tên cũ"}).status_code == 403
    assert Committee.objects.get().name == "Tên mới"

"""The desks: every one opens, lists cost the same however long, and things are found as they are typed."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Ban, Category, Comment, CommentSettings, Correction, Publication, Ripple, Tag
from committees.models import Award, Committee, Conference, Document, Indicator, Person, Statistic
from newsroom.models import Abbreviation, MenuItem, Page, SiteIdentity, User
from newsroom.visits.models import VisitAdjustment, VisitDay
from tests.forms import filled
from tests.situations import (
    a_ban,
    a_comment,
    a_committee,
    a_conference,
    a_document,
    a_person,
    a_photo,
    a_ripple,
    a_statistic,
    a_user,
    an_article,
    an_award,
    an_indicator,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
_next = count(1)


def a_row_of_conference() -> Conference:
    conference = a_conference()
    a_statistic(conference=conference)
    an_award(reported_at=conference)
    return conference


# One of each thing that has a desk, with what a list shows of it.
ROWS: dict[type[models.Model], Callable[[], Any]] = {
    Abbreviation: lambda: Abbreviation.objects.create(short=f"UBKT{next(_next)}", long="Ủy ban Kiểm tra"),
    Article: lambda: an_article(conference=a_conference(), writer=a_user()),
    Ban: a_ban,
    Category: lambda: Category.objects.create(name=f"Chuyên mục {next(_next)}"),
    Comment: lambda: a_comment(an_article(), moderated_by=a_user()),
    CommentSettings: lambda: CommentSettings.objects.create(),
    Correction: lambda: Correction.objects.create(article=an_article(), stood="70", right="71", corrected_by=a_user()),
    Ripple: lambda: a_ripple(a_user(), a_statistic()),
    Publication: lambda: Publication.objects.create(name=f"Báo {next(_next)}"),
    Tag: lambda: Tag.objects.create(name=f"Thẻ {next(_next)}"),
    Award: lambda: an_award(reported_at=a_conference()),
    Committee: lambda: a_committee(parent=a_committee()),
    Conference: a_row_of_conference,
    Document: a_document,
    Indicator: lambda: an_indicator(f"thu.{'abcdefghij'[next(_next) % 10]}{'k' * next(_next)}"[:60]),
    Person: a_person,
    Statistic: lambda: a_statistic(conference=a_conference()),
    MenuItem: lambda: MenuItem.objects.create(label="Mục", address="/hoi-nghi/"),
    Page: lambda: Page.objects.create(slug=f"trang-{next(_next)}", title="Trang"),
    SiteIdentity: lambda: SiteIdentity(name="Trang thử").save(),
    User: a_user,
    VisitAdjustment: lambda: VisitAdjustment.objects.create(
        key=f"site{next(_next)}", amount=755_845, reason="Chuyển từ trang cũ", made_by=a_user()
    ),
    VisitDay: lambda: VisitDay.objects.create(key="site", on=date(2024, 1, 1) + timedelta(days=next(_next)), count=9),
    AccessAttempt: lambda: AccessAttempt.objects.create(
        username=f"ai{next(_next)}", ip_address="203.0.113.9", failures_since_start=5
    ),
    Group: lambda: Group.objects.create(name=f"Nhóm {next(_next)}"),
}


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(staff("administrator"))
    return client


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_everything_that_has_a_desk_is_tried_here():
    assert admin.site._registry.keys() == ROWS.keys()


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_an_administrator_opens_every_page_of_every_desk(model: type[models.Model], administrator: Client):
    ROWS[model]()
    row = model._default_manager.first()
    assert row is not None
    desk = admin.site._registry[model]
    listed = administrator.get(address(model, "changelist"), follow=True)
    assert listed.status_code == 200
    assert administrator.get(address(model, "change", row.pk)).status_code == 200
    assert administrator.get(address(model, "history", row.pk)).status_code == 200
    added = administrator.get(address(model, "add"))
    assert added.status_code == (200 if desk.has_add_permission(added.wsgi_request) else 403)


@pytest.mark.parametrize(
    "model", [model for model in ROWS if model not in (SiteIdentity, CommentSettings)], ids=lambda m: m.__name__
)
def test_a_list_costs_the_same_however_long_it_is(model: type[models.Model], administrator: Client):
    """A query for each row is not felt in a demo and stops a newsroom."""

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert administrator.get(address(model, "changelist")).status_code == 200
        return len(queries)

    for _ in range(2):
        ROWS[model]()
    cost()  # what is cached once, such as content types
    few = cost()
    for _ in range(18):
        ROWS[model]()
    assert cost() == few
    assert few < 20


NAME = "Đảng bộ Khối các cơ quan"


@pytest.mark.parametrize(
    "typed",
    [
        "dang bo khoi",
        "ĐẢNG BỘ KHỐI",
        unicodedata.normalize("NFD", "Đảng bộ Khối"),
        "Đảng\u00a0bộ\u00a0Khối",
        "khối  đảng",
    ],
)
def test_things_are_found_however_they_are_typed(typed: str, administrator: Client):
    """No keyboard, no Word file and no haste should hide a committee."""
    wanted, other = a_committee(NAME), a_committee("Chi bộ Văn phòng")
    page = administrator.get(address(Committee, "changelist"), {"q": typed}).content.decode()
    assert address(Committee, "change", wanted.pk) in page
    assert address(Committee, "change", other.pk) not in page
    offered = administrator.get(
        reverse("admin:autocomplete"),
        {"term": typed, "app_label": "committees", "model_name": "conference", "field_name": "committee"},
    ).json()
    assert [row["text"] for row in offered["results"]] == [NAME]


def test_a_committee_is_found_by_another_of_its_names(administrator: Client):
    committee = a_committee("Đảng bộ Khối Doanh nghiệp")
    committee.aliases.create(name="Đảng ủy Khối DN")
    page = administrator.get(address(Committee, "changelist"), {"q": "dang uy khoi dn"}).content.decode()
    assert address(Committee, "change", committee.pk) in page


def test_an_account_is_found_by_its_name_without_diacritics(administrator: Client):
    person = a_user(last_name="Đặng Thị", first_name="Ưu")
    page = administrator.get(address(User, "changelist"), {"q": "dang thi uu"}).content.decode()
    assert address(User, "change", person.pk) in page
    assert "Đặng Thị Ưu" in page


def test_a_search_with_a_null_byte_is_an_empty_search(administrator: Client):
    """PostgreSQL refuses such a text, and a page must not fall over it."""
    answer = administrator.get(
        reverse("admin:autocomplete"),
        {"term": "a\x00b", "app_label": "committees", "model_name": "conference", "field_name": "committee"},
    )
    assert answer.status_code == 200


def test_the_site_has_one_identity_and_its_list_leads_to_it(administrator: Client):
    answer = administrator.get(address(SiteIdentity, "changelist"), follow=True)
    assert answer.redirect_chain[-1][0] == address(SiteIdentity, "add")
    administrator.post(address(SiteIdentity, "add"), filled(answer, name="Đảng bộ thử"))
    answer = administrator.get(address(SiteIdentity, "changelist"), follow=True)
    assert answer.redirect_chain[-1][0] == address(SiteIdentity, "change", 1)
    administrator.post(address(SiteIdentity, "change", 1), filled(answer, name="Đảng bộ thử mới"))
    assert [identity.name for identity in SiteIdentity.objects.all()] == ["Đảng bộ thử mới"]
    assert administrator.get(address(SiteIdentity, "add")).status_code == 403
    assert administrator.post(address(SiteIdentity, "delete", 1), {"post": "yes"}).status_code == 403


def test_the_desk_bears_the_name_of_the_body_that_runs_the_site(client: Client):
    SiteIdentity(name="Đảng bộ Khối thử").save()
    page = client.get(reverse("admin:login")).content.decode()
    assert "Đảng bộ Khối thử</title>" in page
    assert "css/admin.css" in page


def test_an_administrator_makes_no_superuser_and_touches_none(administrator: Client):
    """Groups are the administrators' own; what is past them is not."""
    root, person = a_user(is_staff=True, is_superuser=True), a_user()
    page = administrator.get(address(User, "change", person.pk))
    assert b"is_superuser" not in page.content
    administrator.post(address(User, "change", person.pk), filled(page, is_superuser="on", last_name="Trần"))
    person.refresh_from_db()
    assert (person.last_name, person.is_superuser) == ("Trần", False)
    assert administrator.post(address(User, "change", root.pk), {"username": "x"}).status_code == 403
    assert administrator.get(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403


def test_an_account_with_a_role_is_made_at_the_desk(administrator: Client):
    page = administrator.get(address(User, "add"))
    typed = {
        "username": "lan",
        "last_name": "Lê",
        "first_name": "Lan",
        "password1": "hoa-sen-7",
        "password2": "hoa-sen-7",
    }
    answer = administrator.post(address(User, "add"), filled(page, **typed), follow=True)
    group = Group.objects.get(role__role="writer")
    lan = User.objects.get(username="lan")
    administrator.post(address(User, "change", lan.pk), filled(answer, is_staff="on", groups=[group.pk]))
    lan.refresh_from_db()
    assert lan.is_staff
    assert lan.has_perm("articles.add_article")
    assert not lan.has_perm("articles.publish_article")


def test_visits_are_corrected_by_signed_rows_alone(administrator: Client):
    """Nobody edits a total; who doubts one finds who added what, and why."""
    page = administrator.get(address(VisitAdjustment, "add"))
    typed = {"kind": "baseline", "amount": "755.845", "reason": "Chuyển từ trang cũ"}
    administrator.post(address(VisitAdjustment, "add"), filled(page, **typed))
    row = VisitAdjustment.objects.get()
    assert row.amount == 755_845
    assert row.made_by == page.wsgi_request.user
    assert administrator.post(address(VisitAdjustment, "change", row.pk), {"amount": "1"}).status_code == 403
    assert administrator.post(address(VisitAdjustment, "delete", row.pk), {"post": "yes"}).status_code == 403
    day = VisitDay.objects.create(key="site", on=date(2024, 1, 1), count=3)
    assert administrator.post(address(VisitDay, "change", day.pk), {"count": "99"}).status_code == 403
    assert administrator.get(address(VisitDay, "add")).status_code == 403


def test_what_something_else_needs_is_not_deleted_and_the_page_names_it(administrator: Client):
    conference = a_conference(a_committee("Đảng bộ thử"))
    answer = administrator.post(address(Committee, "delete", conference.committee_id), {"post": "yes"})
    assert answer.status_code == 200
    assert conference.name in answer.content.decode()
    assert Committee.objects.exists()


def test_a_photo_is_listed_with_its_article_for_whoever_may_only_read(client: Client, media: Any):
    photo = a_photo(an_article())
    client.force_login(staff("writer"))
    page = client.get(address(Article, "change", photo.article_id)).content.decode()
    assert photo.image.url in page
    assert '<div class="read-body"><p>Thân bài thử.</p></div>' in page

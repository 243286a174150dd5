"""An article on a conference begins with what is known of it: every word from data, nothing invented."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk.from_conference import AT_HAND, opening
from articles.models import Article, Publication
from committees.models import Attendance, Conference
from tests import situations
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ADD = reverse("admin:articles_article_add")


def desk_of(role: str) -> Client:
    client = Client()
    client.force_login(situations.staff(role))
    return client


def begun(conference: Conference) -> str:
    return f"{ADD}?conference={conference.pk}"


def attend(conference: Conference, name: str, role: str = "", **acts: Any) -> Attendance:
    person = situations.a_person(name, is_withheld=acts.pop("is_withheld", False))
    return Attendance.objects.create(
        conference=conference, person=person, role=role, position=conference.attendances.count(), **acts
    )


@pytest.fixture
def conference() -> Conference:
    """A conference of which everything is known."""
    return situations.a_conference(
        situations.a_committee("Đảng bộ Khối A"), name="Hội nghị lần thứ 7", convened_by="Ban Chấp hành",
        held_on=date(2024, 4, 8), session="morning", term_number=4, term_start=2020, term_end=2025,
        review="interim", period_label="Quý I/2024",
    )  # fmt: skip


# --- The first words ---------------------------------------------------------------------------


def test_the_lead_says_when_who_held_what_and_who_chaired_it(conference: Conference):
    attend(conference, "Lê Văn An", "Bí thư Đảng ủy", has_chaired=True)
    attend(conference, "Trần Thị Bình", has_chaired=True)
    first, chairs = opening(conference)["lead"].split(". ")
    assert first == (
        "Sáng 08/04/2024, Ban Chấp hành Đảng bộ Khối A tổ chức Hội nghị lần thứ 7, khóa IV, nhiệm kỳ 2020–2025, "
        "sơ kết quý I/2024"
    )
    assert chairs == "Chủ trì hội nghị có các đồng chí: Lê Văn An, Bí thư Đảng ủy; Trần Thị Bình."


def test_the_body_says_what_the_others_did_and_gives_each_role_once(conference: Conference):
    attend(conference, "Lê Văn An", "Bí thư", has_chaired=True, has_concluded=True)
    attend(conference, "Trần Thị Bình", "Phó Bí thư", has_spoken=True, has_presented=True)
    attend(conference, "Đỗ <b>Văn</b> Ưu", "Chủ tịch")
    assert opening(conference)["body"] == (
        "<p>Dự hội nghị có đồng chí Đỗ &lt;b&gt;Văn&lt;/b&gt; Ưu, Chủ tịch.</p>"
        "<p>Phát biểu tại hội nghị có đồng chí Trần Thị Bình, Phó Bí thư.</p>"
        "<p>Trao khen thưởng tại hội nghị có đồng chí Trần Thị Bình.</p>"
        "<p>Kết luận hội nghị là đồng chí Lê Văn An.</p>"
    )


def test_what_is_not_known_is_not_said():
    bare = situations.a_conference(situations.a_committee("Chi bộ 6"), name="Hội nghị của Chi bộ 6", held_on=None)
    begins = opening(bare)
    assert begins["lead"] == "Hội nghị của Chi bộ 6 đã diễn ra."
    assert (begins["dateline"], begins["body"]) == ("", "")


@pytest.mark.parametrize(
    ("known", "lead"),
    [
        ({"held_on": date(2024, 1, 15)}, "Ngày 15/01/2024, Đảng bộ B tổ chức Họp."),
        ({"held_on_printed": "15/1", "session": "evening"}, "Tối 15/1, Đảng bộ B tổ chức Họp."),
        ({"name": "Hội nghị Đảng bộ B khoá IV", "term_number": 4}, "Hội nghị Đảng bộ B khoá IV đã diễn ra."),
        ({"name": "Họp sơ kết", "review": "interim", "period_label": "Năm 2023"}, "Đảng bộ B tổ chức Họp sơ kết."),
        ({"review": "summary"}, "Đảng bộ B tổ chức Họp."),
        ({"convened_by": "Đảng ủy"}, "Đảng ủy B tổ chức Họp."),
        ({"convened_by": "Ban Thường vụ Đảng bộ B"}, "Ban Thường vụ Đảng bộ B tổ chức Họp."),
        ({"convened_by": "Huyện ủy"}, "Huyện ủy (Đảng bộ B) tổ chức Họp."),
        ({"convened_by": "Đảng ủy C"}, "Đảng ủy C (Đảng bộ B) tổ chức Họp."),
    ],
)
def test_what_the_name_says_already_is_not_said_again(known: dict[str, Any], lead: str):
    fields = {"name": "Họp", "held_on": None, **known}
    assert opening(situations.a_conference(situations.a_committee("Đảng bộ B"), **fields))["lead"] == lead


def test_who_asked_not_to_be_named_is_not_named(conference: Conference):
    attend(
        conference, "Người Xin Rút", "Bí thư", has_chaired=True, is_withheld=True, committee=situations.a_committee()
    )
    begins = opening(conference)
    assert "Xin Rút" not in str(begins) and "Chủ trì" not in begins["lead"]
    assert begins["committees"] == [conference.committee_id]
    assert "Xin Rút" not in desk_of("writer").get(begun(conference)).content.decode()


def test_a_name_too_long_for_a_title_is_cut_between_words():
    title = opening(situations.a_conference(name="Hội nghị " + "tổng kết " * 30))["title"]
    assert len(title) <= 200
    assert title.endswith((" tổng…", " kết…"))


def test_its_committees_are_its_own_and_those_that_figures_and_officials_bring(conference: Conference):
    subject, office = situations.a_committee("Chi bộ được nói đến"), situations.a_committee("Tỉnh ủy")
    situations.a_statistic(conference=conference, committee=subject)
    situations.a_statistic(conference=conference)
    attend(conference, "Lê Văn An", committee=office)
    committees = opening(conference)["committees"]
    assert committees[0] == conference.committee_id
    assert sorted(committees[1:]) == sorted([subject.pk, office.pk])


def test_the_dateline_is_ours_where_our_own_articles_agree_on_one(conference: Conference):
    """A dateline is the mark of a paper. What others' reports bear is no mark of ours."""
    situations.an_article(dateline="LSO", publication=Publication.objects.create(name="Báo khác"))
    assert opening(conference)["dateline"] == ""
    for _ in range(2):
        situations.an_article(dateline="ĐK online")
    assert opening(conference)["dateline"] == "ĐK online"
    situations.an_article(dateline="Bản tin")
    assert opening(conference)["dateline"] == ""


# --- At the desk -------------------------------------------------------------------------------


def test_the_button_on_a_conference_leads_to_a_form_that_is_filled_in_and_saves(conference: Conference):
    writer = desk_of("writer")
    attend(conference, "Lê Văn An", "Bí thư", has_chaired=True, has_spoken=True)
    page = writer.get(reverse("admin:committees_conference_change", args=[conference.pk])).content.decode()
    assert begun(conference) in page
    writer.post(begun(conference), filled(writer.get(begun(conference))))
    article = Article.objects.get()
    begins = opening(conference)
    assert (article.title, article.lead, article.body) == (begins["title"], begins["lead"], begins["body"])
    assert (article.conference, [*article.committees.all()]) == (conference, [conference.committee])


def test_who_may_not_write_has_no_button_and_no_form(conference: Conference):
    reader = situations.a_user(is_staff=True)
    reader.user_permissions.add(*situations.staff("writer").groups.get().permissions.filter(codename="view_conference"))
    client = Client()
    client.force_login(reader)
    page = client.get(reverse("admin:committees_conference_change", args=[conference.pk]))
    assert page.status_code == 200
    assert begun(conference) not in page.content.decode()
    assert client.get(begun(conference)).status_code == 403


@pytest.mark.parametrize("key", ["987654", "x", "", "1\x00", "9" * 40])
def test_a_conference_that_is_not_there_is_passed_over(key: str):
    answer = desk_of("writer").get(ADD, {"conference": key})
    assert answer.status_code == 200
    assert not filled(answer)["title"]


def test_a_conference_that_one_may_not_see_is_passed_over(conference: Conference):
    author = situations.a_user(is_staff=True)
    author.user_permissions.add(
        *situations.staff("writer").groups.get().permissions.filter(codename__in=["add_article", "view_article"])
    )
    client = Client()
    client.force_login(author)
    answer = client.get(begun(conference))
    assert answer.status_code == 200
    assert conference.name not in answer.content.decode()


def test_figures_and_awards_are_at_hand_as_printed(conference: Conference):
    """While writing and while mending: they are what the text has to agree with."""
    situations.a_statistic(
        conference=conference, label="Tập thể hoàn thành tốt", unit_printed="tập thể", value=Decimal(71),
        whole=Decimal(75), percent=Decimal("94.67"), percent_places=2, **situations.draft(),
    )  # fmt: skip
    situations.an_award(reported_at=conference, count=8, recipients_described="cho 8 tập thể")
    writer = desk_of("writer")
    article = situations.an_article(conference=conference)
    for address in (begun(conference), reverse("admin:articles_article_change", args=[article.pk])):
        page = writer.get(address).content.decode()
        assert "Tập thể hoàn thành tốt: <b>71/75 tập thể (94,67%)</b>" in page
        assert "cho 8 tập thể" in page


def test_a_form_on_a_long_conference_costs_no_more_than_on_a_short_one(conference: Conference):
    writer = desk_of("writer")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert writer.get(begun(conference)).status_code == 200
        return len(queries)

    for number in range(2):
        situations.a_statistic(conference=conference)
        situations.an_award(reported_at=conference)
        attend(conference, f"Người {number}", has_spoken=True)
    cost()
    few = cost()
    for _ in range(AT_HAND):
        situations.a_statistic(conference=conference)
    for number in range(9):
        situations.an_award(reported_at=conference)
        attend(conference, f"Người nữa {number}", has_spoken=True)
    assert cost() == few
    assert writer.get(begun(conference)).context["at_hand"].has_more

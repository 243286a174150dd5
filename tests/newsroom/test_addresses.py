"""A thing has one address; every other leads there."""

import pytest
from django.test import RequestFactory

from articles.models import Byline, Tag
from newsroom.addresses import elsewhere, of_key, whole_of
from tests import situations
from tests.committees.conftest import a_report
from tests.situations import a_committee

pytestmark = pytest.mark.django_db


def test_the_right_address_leads_nowhere_else():
    committee = a_committee("Đảng bộ Sở Y tế")
    assert elsewhere(RequestFactory().get(committee.get_absolute_url()), committee) is None


@pytest.mark.parametrize("slug", ["dang-bo", "x", "DANG-BO-SO-Y-TE"])
def test_an_old_slug_leads_to_the_right_one_for_good(slug):
    committee = a_committee("Đảng bộ Sở Y tế")
    answer = elsewhere(RequestFactory().get(f"/to-chuc/{slug}-{committee.pk}/"), committee)
    assert (answer.status_code, answer["Location"]) == (301, f"/to-chuc/dang-bo-so-y-te-{committee.pk}/")


def test_the_query_string_goes_along():
    """A page of a list stays that page when the thing it belongs to is renamed."""
    committee = a_committee("Đảng bộ Sở Y tế")
    answer = elsewhere(RequestFactory().get(f"/to-chuc/x-{committee.pk}/?sau=20230214T000000Z~12&nam=2023"), committee)
    assert answer["Location"] == f"/to-chuc/dang-bo-so-y-te-{committee.pk}/?sau=20230214T000000Z~12&nam=2023"


@pytest.fixture
def things():
    """One public thing of every kind that has a page of its own."""
    report = a_report()
    tag, writer = Tag.objects.create(name="thẻ thử"), situations.a_person("Lê An")
    report.article.tags.add(tag)
    Byline.objects.create(article=report.article, person=writer)
    return [*report.details.values(), report.article, report.article.category, tag, writer]


def renamed(thing):
    """The address of `thing` under a title it no longer has."""
    folder, _slug, _ = thing.get_absolute_url().rsplit("/", 2)
    return f"{folder}/ten-da-doi-{thing.pk}/"


def test_a_link_to_an_old_title_of_anything_leads_to_its_page_in_one_step(client, things):
    """Links in other pages, in mails and in search engines outlive titles."""
    for thing in things:
        answer = client.get(renamed(thing) + "?nguon=zalo")
        assert (answer.status_code, answer.headers["Location"]) == (301, thing.get_absolute_url() + "?nguon=zalo")
        assert not answer.cookies
        assert client.get(thing.get_absolute_url()).status_code == 200


def test_the_way_to_a_page_tells_no_title_that_readers_do_not_see(client):
    """A redirect bears the title: what is not public has none, whatever address is tried."""
    unseen = situations.draft()
    hidden = [
        situations.an_article("Bài nháp", **unseen),
        situations.a_conference(name="Hội nghị nháp", **unseen),
        situations.an_award(**unseen),
        situations.a_statistic(**unseen),
        situations.an_article("Bài hẹn giờ", **situations.published(-1)),
        situations.a_person("Phạm Ẩn Danh", is_withheld=True),
        Tag.objects.create(name="thẻ của bài nháp"),
    ]
    for thing in hidden:
        answer = client.get(renamed(thing))
        assert answer.status_code == 404
        assert "Location" not in answer.headers


@pytest.mark.alike
@pytest.mark.parametrize(
    "place", ["/", "/bai-viet/a-1/#m2", "//x.example/a", "/a/../b", "/./a", "/ă?q=“", "a", "/%C4%83"]
)
def test_an_address_is_made_whole_as_django_makes_it(place):
    request = RequestFactory().get("/to-chuc/x-1/")
    assert whole_of(request)(place) == request.build_absolute_uri(place)


@pytest.mark.alike
def test_what_has_no_words_has_an_address_of_its_key_alone():
    assert of_key("articles:comment_report", 120) == "/binh-luan/120/bao-cao/"

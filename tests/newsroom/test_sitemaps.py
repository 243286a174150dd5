"""Sitemaps: every public page is in one, with its last change, and nothing else is."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Byline, Tag
from committees.models import Conference, Person
from newsroom import sitemaps
from newsroom.models import SiteIdentity
from tests import situations
from tests.committees.conftest import Report, a_report

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture(autouse=True)
def one_stretch(monkeypatch) -> None:
    """Keys go on growing from test to test on PostgreSQL: here all of them stand in the first stretch of a list."""
    monkeypatch.setattr(sitemaps, "SIZE", 10**6)


@pytest.fixture
def report() -> Report:
    return a_report()


def parsed(client, path, root):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    assert not answer.cookies
    tree = ElementTree.fromstring(answer.content)
    assert tree.tag == f"{MAP}{root}"
    return tree


def listed(client, path):
    """The addresses of one list as paths, each with its last change."""
    urls = parsed(client, path, "urlset").findall(f"{MAP}url")
    return {urlsplit(url.findtext(f"{MAP}loc")).path: url.findtext(f"{MAP}lastmod") for url in urls}


def lists(client):
    """The addresses of all lists that the index names."""
    found = [place.text for place in parsed(client, "/sitemap.xml", "sitemapindex").iter(f"{MAP}loc")]
    assert all(address.startswith("http://testserver/sitemap-") for address in found)
    return [address.removeprefix("http://testserver") for address in found]


def test_every_page_of_a_report_is_listed_once_and_is_there(client, report):
    found = [path for place in lists(client) if "tin-moi" not in place for path in listed(client, place)]
    pages = {*report.pages.values(), report.article.get_absolute_url(), "/", "/bai-viet/"}
    assert pages <= set(found)
    assert len(found) == len(set(found))
    assert {client.get(path).status_code for path in found} == {200}


def test_what_readers_do_not_see_is_in_no_list(client):
    hidden = [situations.an_article("Nháp", **situations.draft()), situations.an_article(state="withdrawn")]
    hidden += [situations.a_conference(**situations.draft()), situations.an_award(**situations.published(-1))]
    found = {path for section in sitemaps.SECTIONS for path in listed(client, f"/sitemap-{section}.xml")}
    assert not found & {thing.get_absolute_url() for thing in hidden}


def test_the_last_change_of_an_article_is_one_that_readers_can_see(client):
    published = datetime(2023, 2, 14, tzinfo=UTC)
    same = situations.an_article(published_at=published)
    changed = situations.an_article(published_at=published, updated_at=published + timedelta(days=3))
    found = listed(client, "/sitemap-bai-viet.xml")
    assert found[same.get_absolute_url()] == "2023-02-14"
    assert found[changed.get_absolute_url()] == "2023-02-17"


def test_a_conference_changes_with_its_facts_and_with_what_is_told_of_it(client):
    moment = datetime(2023, 2, 14, tzinfo=UTC)
    conference = situations.a_conference(published_at=moment)
    Conference.history.update(history_date=moment - timedelta(days=1))

    def changed():
        return listed(client, "/sitemap-hoi-nghi.xml")[conference.get_absolute_url()]

    assert changed() == "2023-02-14"
    situations.an_article(conference=conference, published_at=moment + timedelta(days=2))
    situations.an_article(conference=conference, **situations.published(-1))
    assert changed() == "2023-02-16"
    Conference.history.update(history_date=moment + timedelta(days=5))
    assert changed() == "2023-02-19"


def test_a_tag_and_an_author_are_listed_with_their_first_public_article(client):
    """Before that their pages are not there; and whoever asked to be taken off is in no list."""
    tag, person, withheld = Tag.objects.create(name="Học tập"), situations.a_person(), situations.a_person("Ẩn Danh")
    gathered = {"/sitemap-the.xml": tag, "/sitemap-tac-gia.xml": person}
    for article in (hidden := situations.an_article(**situations.draft())), situations.an_article():
        article.tags.add(tag)
        for who in (person, withheld):
            Byline.objects.create(article=article, person=who)
        if article == hidden:
            assert not any(listed(client, place) for place in gathered)
    Person.objects.filter(pk=withheld.pk).update(is_withheld=True)
    for place, thing in gathered.items():
        assert listed(client, place) == {thing.get_absolute_url(): timezone.localdate(article.published_at).isoformat()}


def test_a_list_goes_on_in_stretches_of_keys(client, monkeypatch):
    """No stretch grows, and each page is in one of them."""
    monkeypatch.setattr(sitemaps, "SIZE", 3)
    articles = [situations.an_article() for _ in range(8)]
    places = [place for place in lists(client) if "bai-viet" in place]
    stretches = [listed(client, place) for place in places]
    assert max(len(stretch) for stretch in stretches) <= 3
    found = [path for stretch in stretches for path in stretch]
    assert sorted(found) == sorted(article.get_absolute_url() for article in articles)


@pytest.mark.parametrize(
    "path", ["/sitemap-khong-co.xml", *(f"/sitemap-bai-viet.xml?p={p}" for p in ("0", "99999", "x"))]
)
def test_a_list_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_news_are_those_of_two_days(client):
    SiteIdentity.objects.create(name="Trang tin & thử")
    fresh = situations.an_article("Mới <nhất> &\x01nóng", **situations.published(47))
    situations.an_article("Hôm kia", **situations.published(49))
    situations.an_article("Ngày mai", **situations.published(-1))
    (url,) = parsed(client, "/sitemap-tin-moi.xml", "urlset").findall(f"{MAP}url")
    assert url.findtext(f"{MAP}loc") == f"http://testserver{fresh.get_absolute_url()}"
    news = url.find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "Mới <nhất> & nóng"
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "Trang tin & thử"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "vi"
    moment = datetime.fromisoformat(news.findtext(f"{NEWS}publication_date"))
    assert moment == fresh.published_at


def test_there_may_be_no_news(client):
    assert listed(client, "/sitemap-tin-moi.xml") == {}
    assert set(lists(client)) == {"/sitemap-trang.xml", "/sitemap-tin-moi.xml"}


# what is asked for -> how many queries it may ask
COSTS = {"": 12, "-trang": 1, "-tin-moi": 2} | {
    f"-{name}": 2 for name in sitemaps.SECTIONS if name not in ("trang", "tin-moi")
}


def test_a_sitemap_costs_the_same_however_much_it_lists(client, report):
    def cost():
        costs = {}
        for name in COSTS:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/sitemap{name}.xml").status_code == 200
            costs[name] = len(asked)
        return costs

    assert cost() == COSTS
    for number in range(5):
        a_report(f"Đảng bộ {number}")
    assert cost() == COSTS


def test_an_article_of_today_has_a_day(client):
    """On the newsroom's clock or not, a last change is never ahead."""
    situations.an_article()
    (day,) = listed(client, "/sitemap-bai-viet.xml").values()
    assert day <= timezone.localdate().isoformat()

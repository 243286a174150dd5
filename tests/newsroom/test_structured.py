"""What a page says to machines: its one address, its card, and data held against what schema.org asks for."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import gettext

from articles.models import Article, Byline, Publication
from newsroom.models import SiteIdentity
from newsroom.structured import block
from tests import situations
from tests.committees.conftest import Report, a_report
from tests.pages import parse, read

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

HOST = "http://testserver"
HOSTILE = '</script><script>alert("1")</script> & <!-- \u2028'

# What a search engine needs of each kind (Google's documentation of its rich results; schema.org for the rest).
REQUIRED = {
    "NewsArticle": {"headline", "url", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"},
    "Organization": {"name"},
    "WebSite": {"name", "url"},
    "Event": {"name", "url", "organizer"},
    "Dataset": {"name", "description", "url", "creator"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Person": {"name"},
    "ImageObject": {"url"},
    "CorrectionComment": {"text", "datePublished"},
    "PropertyValue": {"name"},
    "Thing": {"name", "url"},
    "DataDownload": {"encodingFormat", "contentUrl"},
    "SearchAction": {"target", "query-input"},
}


@pytest.fixture(autouse=True)
def site():
    return SiteIdentity.objects.create(name="Trang tin thử", governing_body="Cơ quan thử", email="a@example.vn")


@pytest.fixture
def report() -> Report:
    return a_report()


def data(client, thing):
    """The structured data of a page by its kinds, each with all that is required of it."""
    page = read(client, thing if isinstance(thing, str) else thing.get_absolute_url())
    (script,) = [element for element in page.root.iter("script") if element.get("type") == "application/ld+json"]
    told = json.loads(script.text)
    assert told["@context"] == "https://schema.org"
    for part in told["@graph"]:
        is_held(part)
    return {part["@type"]: part for part in told["@graph"]}


def is_held(part):
    """Fail where a thing, or one inside of it, lacks what is required, is empty, or is at no whole address."""
    if isinstance(part, list):
        for other in part:
            is_held(other)
    if not isinstance(part, dict):
        assert part not in (None, "", [])
        return
    assert REQUIRED.get(part["@type"], set()) <= part.keys(), part
    assert all(part[name].startswith("http") for name in ("url", "@id", "item") if name in part), part
    for value in part.values():
        is_held(value)


def card(client, path):
    """The card of a page: its properties by name, and its one address."""
    page = read(client, path)
    metas = {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.root.iter("meta")}
    canonical = [link.get("href") for link in page.root.iter("link") if link.get("rel") == "canonical"]
    return metas, canonical


def steps(told):
    return [(step["name"], step["item"].removeprefix(HOST)) for step in told["BreadcrumbList"]["itemListElement"]]


# --- Data --------------------------------------------------------------------------------------


def test_an_article_says_all_that_is_known_of_it_and_names_nobody_withheld(client, report, media):
    article = report.article
    published = datetime(2023, 2, 14, 7, tzinfo=UTC)
    publication = Publication.objects.create(name="Báo Thử")
    Article.objects.update(
        published_at=published, updated_at=published + timedelta(days=1), publication=publication,
        source_url="https://bao.example/1", source_published_at=published - timedelta(days=1),
    )  # fmt: skip
    for position, (name, credit, hidden) in enumerate(
        [("Lê An", "text", False), ("Trần Bình", "photo", False), ("Phạm Ẩn Danh", "both", True)]
    ):
        person = situations.a_person(name, is_withheld=hidden)
        Byline.objects.create(article=article, person=person, credit=credit, position=position)
    article.corrections.create(stood="78/85", right="79/85")
    photo = situations.a_photo(article, 1200)
    told = data(client, article)["NewsArticle"]
    assert told["headline"] == article.title
    assert told["datePublished"] == "2023-02-14T14:00:00+07:00"
    assert told["dateModified"] == "2023-02-15T14:00:00+07:00"
    assert [author["name"] for author in told["author"]] == ["Lê An"]
    assert [other["name"] for other in told["contributor"]] == ["Trần Bình"]
    assert "Ẩn Danh" not in json.dumps(told, ensure_ascii=False)
    assert (told["publisher"]["name"], told["publisher"]["url"]) == ("Trang tin thử", f"{HOST}/")
    assert told["image"][0]["url"] == HOST + photo.image.url
    assert (told["image"][0]["width"], told["image"][0]["height"]) == (1200, 675)
    (correction,) = told["correction"]
    assert "78/85" in correction["text"] and "79/85" in correction["text"]
    assert [thing["name"] for thing in told["about"]] == [report.conference.name]
    assert told["isBasedOn"]["url"] == "https://bao.example/1"
    assert told["isBasedOn"]["datePublished"] == "2023-02-13T14:00:00+07:00"


def test_an_article_that_nobody_signed_is_the_sites_own_and_was_changed_when_it_came_out(client):
    told = data(client, situations.an_article())["NewsArticle"]
    assert told["author"]["name"] == "Trang tin thử"
    assert told["dateModified"] == told["datePublished"]


def test_a_conference_that_is_not_public_is_no_subject(client):
    hidden = situations.a_conference(name="Hội nghị kín", **situations.draft())
    page = read(client, situations.an_article(conference=hidden).get_absolute_url())
    assert "Hội nghị kín" not in page.html


def test_a_conference_begins_on_its_day_and_on_none_that_is_not_known(client, report):
    told = data(client, report.conference)
    assert told["Event"]["startDate"] == "2023-02-14"
    assert told["Event"]["organizer"]["name"] == report.committee.name
    unknown = situations.a_conference(held_on=None, held_on_printed="8/4")
    assert "startDate" not in data(client, unknown)["Event"]


def test_figures_say_of_what_time_they_are_and_who_gathered_them(client, report):
    told = data(client, report.indicator)["Dataset"]
    assert told["name"] == "Tổ chức hoàn thành tốt"
    assert "Đếm tổ chức được xếp loại tốt." in told["description"]
    assert 50 <= len(told["description"]) <= 5000
    assert told["temporalCoverage"] == "2022-01-01/2022-12-31"
    assert told["variableMeasured"]["unitText"] == "tổ chức"
    assert told["creator"]["name"] == "Trang tin thử"
    assert data(client, report.whole)["Dataset"]["temporalCoverage"] == "2022-01-01/2022-12-31"
    assert data(client, "/so-lieu/")["Dataset"]["name"] == gettext("Figures")


def test_what_can_be_taken_away_of_figures_is_there(client, report):
    for page in (report.indicator, "/so-lieu/"):
        for download in data(client, page)["Dataset"]["distribution"]:
            answer = client.get(download["contentUrl"].removeprefix(HOST))
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].partition(";")[0] == download["encodingFormat"]
    assert "distribution" not in data(client, report.whole)["Dataset"]


def test_the_front_page_says_whose_site_it_is(client):
    told = data(client, "/")
    assert told["Organization"]["parentOrganization"]["name"] == "Cơ quan thử"
    assert told["WebSite"]["name"] == "Trang tin thử"


def test_a_site_without_a_name_gives_itself_none(client, site, report):
    site.delete()
    assert "publisher" not in read(client, report.article.get_absolute_url()).html
    assert read(client, "/")


def test_every_page_of_a_thing_knows_the_way_to_it(client, report):
    article = report.article
    assert steps(data(client, article))[1:] == [
        ("Tin thử", article.category.get_absolute_url()),
        (article.title, article.get_absolute_url()),
    ]
    assert steps(data(client, article.category))[-1] == ("Tin thử", article.category.get_absolute_url())
    for thing in report.details.values():
        way = steps(data(client, thing))
        assert way[0] == (gettext("Home"), "/")
        assert way[-1][1] == thing.get_absolute_url()
        assert {client.get(path).status_code for _name, path in way} == {200}


def test_nothing_in_a_title_ends_its_data_or_its_card(client):
    """The title comes back whole, and the page has no script but the site's own."""
    conference = situations.a_conference(name=HOSTILE)
    article = situations.an_article(HOSTILE, lead=HOSTILE, conference=conference)
    assert data(client, article)["NewsArticle"]["headline"] == article.title
    assert data(client, conference)["Event"]["name"] == conference.name
    metas, _ = card(client, article.get_absolute_url())
    assert metas["og:title"] == " ".join(article.title.split())
    assert "alert" not in [script.text for script in parse(client.get("/").content.decode()).root.iter("script")]


def test_data_is_written_in_letters():
    """A title in escapes would weigh three times as much on a slow line."""
    assert "Đảng bộ" in block([{"@type": "Thing", "name": "Đảng bộ"}])


def test_a_block_of_data_is_inert():
    text = block([{"@type": "Thing", "name": HOSTILE}])
    assert text.startswith('<script type="application/ld+json">')
    assert text.count("<") == 2
    assert "&" not in text


# --- Cards -------------------------------------------------------------------------------------


def test_an_article_has_a_card_with_its_picture_and_its_moments(client, media):
    moment = datetime(2023, 2, 14, 7, tzinfo=UTC)
    article = situations.an_article('Bài "có" & ảnh', lead="Câu <mở> đầu.", published_at=moment)
    photo = situations.a_photo(article, 1200)
    metas, canonical = card(client, f"{article.get_absolute_url()}?utm_source=zalo")
    assert canonical == [metas["og:url"]] == [HOST + article.get_absolute_url()]
    assert metas["og:title"] == 'Bài "có" & ảnh'
    assert metas["description"] == metas["og:description"] == "Câu <mở> đầu."
    assert (metas["og:type"], metas["og:locale"], metas["og:site_name"]) == ("article", "vi_VN", "Trang tin thử")
    assert (metas["og:image"], metas["og:image:width"]) == (HOST + photo.image.url, "1200")
    assert metas["og:image:alt"] == photo.alt
    assert metas["article:published_time"] == metas["article:modified_time"] == "2023-02-14T07:00:00+00:00"


def test_every_page_has_a_card(client, report):
    for path in ["/", "/bai-viet/", *report.pages.values()]:
        metas, canonical = card(client, path)
        assert canonical == [HOST + path]
        for name in ("description", "og:title", "og:description", "og:type", "og:url", "og:image", "og:image:width"):
            assert metas[name], (path, name)


def test_a_place_in_a_list_is_a_page_of_its_own_and_a_narrowed_list_is_none(client):
    for _ in range(25):
        situations.an_article()
    first = read(client, "/bai-viet/?nam=")
    (older,) = [link.get("href") for link in first.with_class("pager-older")]
    assert "nam=" in older
    _, canonical = card(client, f"/bai-viet/{older}")
    assert canonical == [f"{HOST}/bai-viet/{older.replace('nam=&', '')}"]
    category = situations.a_category()
    assert card(client, f"/bai-viet/?chuyen-muc={category.pk}")[1] == [f"{HOST}/bai-viet/"]


def test_what_is_not_to_be_found_has_neither_card_nor_data(client):
    """A preview's address is a secret, a search is no page of the site, and what is not there is nowhere."""
    article = situations.an_article("Bài chưa đăng", **situations.draft())
    preview = situations.a_preview_link(article).get_absolute_url()
    reader = {"user-agent": "Mozilla/5.0"}
    for path in (preview, preview[:-3] + "/", "/tim-kiem/?q=thu", "/khong-co/"):
        html = client.get(path, headers=reader).content.decode()
        assert not any(mark in html for mark in ("canonical", "og:", "ld+json")), path
    for path in (preview, preview[:-3] + "/", "/tim-kiem/"):
        assert 'name="robots" content="noindex' in client.get(path, headers=reader).content.decode(), path


def test_a_forged_host_stands_in_no_page(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400

"""Who gets through the doors of the site: what is public is behind every one of them, and nothing else is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import Byline, Tag
from newsroom.models import MenuItem
from newsroom.publishing import State
from tests import situations
from tests.pages import read

pytestmark = pytest.mark.django_db

NOT_PUBLIC = {
    "draft": situations.draft(),
    "submitted": {"state": State.SUBMITTED},
    "returned": {"state": State.RETURNED},
    "withdrawn": {"state": State.WITHDRAWN, "published_at": timezone.now() - timedelta(days=1)},
    "scheduled": situations.published(hours_ago=-1),
}
TITLE = "Cánh cửa này mở hay đóng"


@pytest.fixture
def tag():
    return Tag.objects.create(name="kiểm tra")


@pytest.fixture
def person():
    return situations.a_person("Trần Thị Ký Tên")


@pytest.fixture
def known(tag, person):
    """A public article that everything else is filed beside, so that every door is open."""
    article = situations.an_article("Bài đã đăng", conference=situations.a_conference())
    article.tags.add(tag)
    Byline.objects.create(article=article, person=person)
    article.committees.add(article.conference.committee)
    return article


def filed_beside(known, tag, person, **state):
    """An article that would stand on each of the doors if it were public."""
    article = situations.an_article(TITLE, category=known.category, conference=known.conference, **state)
    article.tags.add(tag)
    Byline.objects.create(article=article, person=person)
    article.committees.add(known.conference.committee)
    article.corrections.create(stood="72/75", right="71/75")
    return article


def doors(known, tag, person):
    """Every page of articles that may list another."""
    return {
        "home": "/",
        "list": "/bai-viet/",
        "filtered": f"/bai-viet/?chuyen-muc={known.category_id}&the={tag.pk}&to-chuc={known.conference.committee_id}",
        "year": f"/bai-viet/?nam={timezone.localtime().year}",
        "category": known.category.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "author": person.get_absolute_url(),
        "related": known.get_absolute_url(),
        "corrections": "/dinh-chinh/",
    }


DOORS = ["home", "list", "filtered", "year", "category", "tag", "author", "related", "corrections"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("state", NOT_PUBLIC)
def test_what_is_not_public_is_behind_no_door(client, known, tag, person, state, door):
    """A scheduled article is behind none a minute before its time, and needs no job to come out."""
    article = filed_beside(known, tag, person, **NOT_PUBLIC[state])
    article.featured_position = 1
    article.save()
    page = read(client, doors(known, tag, person)[door])
    assert TITLE not in page.html
    assert article.get_absolute_url() not in page.html


@pytest.mark.parametrize("door", DOORS)
def test_what_is_public_is_behind_every_door(client, known, tag, person, door):
    article = filed_beside(known, tag, person)
    page = read(client, doors(known, tag, person)[door])
    assert TITLE in page.text
    assert article.get_absolute_url() in page.links


def test_a_tag_or_an_author_of_drafts_alone_is_not_there(client, known):
    """Their names would tell what is being written."""
    draft = situations.an_article(**situations.draft())
    tag = Tag.objects.create(name="việc chưa công bố")
    draft.tags.add(tag)
    writer = situations.a_person("Người Viết Nháp")
    Byline.objects.create(article=draft, person=writer)
    for path in (tag.get_absolute_url(), writer.get_absolute_url()):
        assert client.get(path).status_code == 404
    assert tag.name not in read(client, "/the/").text
    assert writer.name not in read(client, "/tac-gia/").text


def test_a_withheld_person_is_behind_no_door(client, known, person):
    """Whoever asks to be taken off the pages is taken off all of them; the article stays."""
    person.is_withheld = True
    person.save()
    assert client.get(person.get_absolute_url()).status_code == 404
    for path in ("/", "/bai-viet/", "/tac-gia/", known.get_absolute_url()):
        assert person.name not in read(client, path).html


def test_an_old_address_leads_to_the_new_one(client, known):
    """A title is mended, and with it the slug; links that others keep still arrive, their query too."""
    answer = client.get(f"/bai-viet/tieu-de-cu-{known.pk}/?tu=thu")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{known.get_absolute_url()}?tu=thu"


@pytest.mark.parametrize("kind", ["category", "tag", "person"])
def test_what_gathers_articles_has_one_address_too(client, known, tag, person, kind):
    thing = {"category": known.category, "tag": tag, "person": person}[kind]
    start = thing.get_absolute_url().rsplit("/", 2)[0]
    answer = client.get(f"{start}/ten-cu-{thing.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, thing.get_absolute_url())


def test_every_missing_page_is_the_same_page(client, known, tag):
    """A 404 that told a draft from nothing would tell that there is a draft."""
    MenuItem.objects.create(label="Tin tức", address="/bai-viet/")
    hidden = {state: situations.an_article(**fields) for state, fields in NOT_PUBLIC.items()}
    paths = [
        "/khong-co-gi/",
        "/bai-viet/khong-co-987654/",
        "/bai-viet/khong-co-" + "9" * 30 + "/",
        "/bai-viet/khong-co-" + "9" * 5000 + "/",
        *(article.get_absolute_url() for article in hidden.values()),
        *(f"/bai-viet/sai-ten-{article.pk}/" for article in hidden.values()),
        "/bai-viet/?sau=khong-phai-khoa",
        "/bai-viet/?sau=20000101T000000Z~1",
        "/bai-viet/?truoc=99990101T000000Z~1",
        f"{tag.get_absolute_url()}?sau=x~y~z",
        "/chuyen-muc/khong-co-987654/",
        "/the/khong-co-987654/",
        "/tac-gia/khong-co-987654/",
    ]
    answers = {path: client.get(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 404} == {}
    assert len({answer.content for answer in answers.values()}) == 1


@pytest.mark.parametrize(
    "query",
    ["chuyen-muc=987654", "chuyen-muc=abc", "chuyen-muc=" + "9" * 40, "nam=1066", "thang=13", "to-chuc=%27"],
)
def test_what_a_list_does_not_offer_is_left_out_and_said_so(client, known, query):
    """A filter with a slip in it is no reason to show nothing."""
    answer = client.get(f"/bai-viet/?{query}")
    assert answer.status_code == 200
    assert known.title in answer.content.decode()
    assert gettext("This is not among the choices, and was left out.") in answer.content.decode()


def test_a_null_character_in_a_filter_breaks_nothing(client, known):
    assert known.title in client.get("/bai-viet/?the=%00").content.decode()


@pytest.mark.parametrize("path", ["/", "/bai-viet/", "/chuyen-muc/", "/the/", "/tac-gia/", "/dinh-chinh/"])
def test_pages_are_only_read(client, path):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405

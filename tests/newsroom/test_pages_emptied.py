"""A change empties the pages that it changes, all of them, and as good as no other.

What the cache gives after a change is held against what the view answers, byte for byte, on every page there is.
"""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline, Category, Citation, Comment, CommentSettings, Mention, Tag
from committees.models import Attendance, AwardRecipient, Conference
from newsroom.models import Abbreviation, MenuItem, Page, SiteIdentity
from newsroom.pagecache.changes import book
from newsroom.pagecache.pages import pages
from newsroom.sitemaps import SECTIONS
from tests import situations

pytestmark = pytest.mark.django_db


class Family:
    """An article with all that belongs to it, and none of which belongs to another family's."""

    def __init__(self, name: str) -> None:
        self.committee = situations.a_committee(f"Đảng bộ {name}")
        self.person, self.document = situations.a_person(f"Người {name}"), situations.a_document(f"Văn bản {name}")
        self.category, self.tag = situations.a_category(f"Mục {name}"), Tag.objects.create(name=f"thẻ {name}")
        self.indicator = situations.an_indicator(f"chi.so.{name}", name=f"Chỉ số {name}")
        self.conference = situations.a_conference(self.committee, name=f"Hội nghị {name}")
        Attendance.objects.create(conference=self.conference, person=self.person, role="Bí thư", has_chaired=True)
        told = {"conference": self.conference, "indicator": self.indicator}
        self.figure = situations.a_statistic(**told, label=f"Số {name}", value=71, whole=75)
        self.part = situations.a_statistic(**told, label=f"Phần {name}", value=14, whole=71, part_of=self.figure)
        self.award = situations.an_award(reported_at=self.conference, achievement=f"Thành tích {name}")
        AwardRecipient.objects.create(award=self.award, name=f"Tập thể {name}", committee=self.committee)
        body = "<p>Có 71/75 tập thể. Tặng 5 giấy khen. TCCSĐ.</p>"
        filed = {"category": self.category, "conference": self.conference}
        self.article = situations.an_article(f"Bài {name}", body=body, **filed)
        self.sibling = situations.an_article(f"Bài cùng hội nghị {name}", **filed)
        situations.a_mention(self.article, self.figure, "71/75")
        situations.a_mention(self.article, self.award, "5 giấy khen")
        for article in (self.article, self.sibling):
            article.tags.add(self.tag)
            article.committees.add(self.committee)
            Byline.objects.create(article=article, person=self.person)
        Citation.objects.create(article=self.article, document=self.document)
        self.article.corrections.create(stood="70", right="71")
        self.comment = situations.a_comment(self.article, f"Lời bàn {name}")
        self.waiting = situations.a_comment(self.article, f"Lời chờ {name}", state=Comment.State.PENDING)

    @property
    def pages(self) -> dict[str, str]:
        """What is of this family alone."""
        own = ("committee", "person", "document", "category", "tag", "indicator", "conference", "figure", "part")
        found = {name: getattr(self, name).get_absolute_url() for name in (*own, "award", "article", "sibling")}
        article, committee = found["article"], found["committee"]
        return found | {
            "kept article": f"{article}luu/",
            "comments": f"{article}binh-luan/",
            "comment": f"{article}binh-luan/{self.comment.pk}/",
            "calendar of committee": f"{committee}lich.ics",
            "calendar of conference": f"{found['conference']}lich.ics",
            "feed of category": f"/rss/chuyen-muc-{self.category.pk}/",
            "feed of committee": f"/atom/to-chuc-{self.committee.pk}/",
            "feed of comments": f"/rss/binh-luan-bai-{self.article.pk}/",
            "feed of indicator": f"/atom/chi-so-{self.indicator.pk}/",
            "file of indicator": f"{found['indicator']}?format=json",
        }


_LISTS = (
    *("", "bai-viet/", "chuyen-muc/", "the/", "tac-gia/", "dinh-chinh/", "to-chuc/", "hoi-nghi/", "khen-thuong/"),
    *("so-lieu/", "chi-tieu/", "chi-so/", "van-ban/", "lich/", "lich.ics", "rss/", "atom/dinh-chinh/", "du-lieu/"),
    *("trang/gioi-thieu/", "robots.txt", "manifest.webmanifest", "sitemap.xml", "so-lieu/?format=json"),
    *(f"sitemap-{section}.xml" for section in SECTIONS),
)


@pytest.fixture
def families(cached: Any) -> Iterator[tuple[Family, Family]]:
    """Two families, with the clock stopped: a page that was made twice is the same."""
    moment = timezone.now()
    with patch("django.utils.timezone.now", return_value=moment):
        SiteIdentity.objects.create(name="Trang thử", email="toasoan@example.vn")
        MenuItem.objects.create(label="Tin", address="/bai-viet/")
        Page.objects.create(slug="gioi-thieu", title="Giới thiệu", has_identity=True)
        Abbreviation.objects.create(short="TCCSĐ", long="tổ chức cơ sở đảng")
        yield Family("nhất"), Family("nhì")


def publish_beside(one: Family) -> None:
    """An article that has nothing with the family's but the tag."""
    article = situations.an_article("Bài khác", category=situations.a_category("Mục khác"), **situations.draft())
    article.tags.add(one.tag)
    Article.objects.filter(pk=article.pk).update(state="published", published_at=timezone.now())


def save(thing: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


def publish(one: Family) -> None:
    """A new report of the same committee: its own conference, figures, award and article, through the workflow."""
    draft = situations.draft()
    conference = situations.a_conference(one.committee, name="Hội nghị mới", **draft)
    figure = situations.a_statistic(conference=conference, label="Số mới", indicator=one.indicator, **draft)
    article = situations.an_article("Bài mới", category=one.category, conference=conference, **draft)
    article.tags.add(one.tag)
    article.committees.add(one.committee)
    Byline.objects.create(article=article, person=one.person)
    Citation.objects.create(article=article, document=one.document)
    situations.a_mention(article, figure, "thân bài")
    Article.objects.filter(pk=article.pk).update(state="published", published_at=timezone.now())
    Conference.objects.filter(pk=conference.pk).update(state="published", published_at=timezone.now())
    type(figure).objects.filter(pk=figure.pk).update(state="published", published_at=timezone.now())


# What somebody at the desk does to the first family.
CHANGES: dict[str, Callable[[Family], Any]] = {
    "publishes": publish,
    "publishes beside": publish_beside,
    "withdraws": lambda one: workflow.perform(one.article, "withdraw", situations.staff("editor"), reason="Nhầm"),
    "edits the text": lambda one: save(one.article, body="<p>Có 72/75.</p>", title="Tên mới"),
    "puts it on the front page": lambda one: save(one.article, featured_position=1),
    "files it elsewhere": lambda one: save(one.sibling, category=situations.a_category("Mục khác"), conference=None),
    "corrects": lambda one: one.article.corrections.create(stood="71", right="72"),
    "approves a comment": lambda one: save(one.waiting, state=Comment.State.APPROVED),
    "hides a comment": lambda one: save(one.comment, state=Comment.State.REJECTED),
    "answers a comment": lambda one: situations.a_comment(one.article, "Trả lời", parent=one.comment),
    "corrects a figure": lambda one: save(one.figure, value=72),
    "corrects a part": lambda one: save(one.part, value=15, note="cho tòa soạn"),
    "withdraws a figure": lambda one: save(one.figure, state="withdrawn"),
    "takes a figure out of another": lambda one: save(one.part, part_of=None),
    "corrects an award": lambda one: save(one.award, achievement="Thành tích khác"),
    "names a recipient": lambda one: AwardRecipient.objects.create(award=one.award, name="Thêm", person=one.person),
    "renames a conference": lambda one: save(one.conference, name="Hội nghị khác"),
    "moves a conference": lambda one: save(one.conference, held_on=one.conference.held_on.replace(year=2020)),
    "renames a committee": lambda one: save(one.committee, name="Đảng bộ khác"),
    "names a committee otherwise": lambda one: one.committee.aliases.create(name="ĐB"),
    "renames a category": lambda one: save(one.category, name="Mục đổi tên"),
    "renames a tag": lambda one: save(one.tag, name="thẻ đổi tên"),
    "adds a tag": lambda one: one.sibling.tags.create(name="thẻ thêm"),
    "takes a tag away": lambda one: one.article.tags.clear(),
    "renames an indicator": lambda one: save(one.indicator, name="Chỉ số khác", unit="tổ chức"),
    "renames a document": lambda one: save(one.document, name="Văn bản khác", subject="Về việc khác"),
    "cites no more": lambda one: Citation.objects.all().delete(),
    "withholds a name": lambda one: save(one.person, is_withheld=True),
    "signs": lambda one: Byline.objects.create(article=one.sibling, person=situations.a_person("Thêm"), unit="Ban"),
    "points elsewhere": lambda one: Mention.objects.filter(article=one.article).update(words="tập thể"),
    "adds a photo": lambda one: situations.a_photo(one.article),
    "changes a caption": lambda one: situations.a_photo(one.sibling, caption="Khác"),
    "renames the site": lambda one: save(SiteIdentity.current(), name="Trang khác"),
    "changes the menu": lambda one: MenuItem.objects.update(label="Tin tức"),
    "changes a page of the site": lambda one: save(Page.objects.get(), title="Về chúng tôi"),
    "explains an abbreviation": lambda one: Abbreviation.objects.update(long="tổ chức của Đảng ở cơ sở"),
    "closes all comments": lambda one: save(CommentSettings.current(), is_open=False),
    "adds a category": lambda one: Category.objects.create(name="Mục thêm"),
    "takes part": lambda one: Attendance.objects.create(
        conference=one.conference, person=situations.a_person("Thêm"), role="Phó", has_chaired=True
    ),
}


def untrue_after(change: Callable[[Family], Any], one: Family, addresses: list[str]) -> set[str]:
    """Return the addresses at which the cache gives something else after `change` than the view answers."""
    look()
    assert {Client().get(address).status_code for address in addresses} == {200}
    change(one)
    look()
    given = {address: Client().get(address).content for address in addresses}
    with override_settings(PAGE_CACHE_MB=0):
        return {address for address in addresses if Client().get(address).content != given[address]}


def look() -> None:
    book.look()
    pages.look()


def test_what_is_published_and_what_is_hidden_shows_at_once(families):
    """The pages that matter most; the next test looks at all of them, and at every kind of change."""
    one, _other = families
    names = ("committee", "conference", "figure", "indicator", "article", "sibling", "comments", "feed of category")
    addresses = [*(one.pages[name] for name in names), "/", "/bai-viet/", "/rss/", "/tac-gia/"]
    for name in ("publishes beside", "publishes", "hides a comment"):
        assert untrue_after(CHANGES[name], one, addresses) == set(), name


@pytest.mark.long
@pytest.mark.parametrize("name", CHANGES)
def test_after_any_change_no_page_is_what_it_was(families, media, name):
    one, other = families
    addresses = [*one.pages.values(), *other.pages.values(), *(f"/{path}" for path in _LISTS)]
    assert untrue_after(CHANGES[name], one, addresses) == set()


def still_kept(addresses: dict[str, str]) -> set[str]:
    """Return the names of those that are given without asking the database."""
    asked: list[str] = []
    found = set()
    with connection.execute_wrapper(lambda execute, sql, *more: asked.append(sql) or execute(sql, *more)):
        for name, address in addresses.items():
            asked.clear()
            Client().get(address)
            if not asked:
                found.add(name)
    return found


# What somebody does to one report, its facts and its comments; a name that many pages print concerns many.
OF_ONE_REPORT = (
    *("publishes", "withdraws", "edits the text", "corrects", "approves a comment", "hides a comment"),
    *("corrects a figure", "withdraws a figure", "corrects an award", "renames a conference", "points elsewhere"),
)


def left_alone(change: Callable[[Family], Any], one: Family, addresses: dict[str, str]) -> set[str]:
    look()
    for address in addresses.values():
        Client().get(address)
    change(one)
    look()
    return still_kept(addresses)


def test_a_publication_leaves_the_pages_of_others_alone(families):
    one, other = families
    assert left_alone(CHANGES["publishes"], one, other.pages) == other.pages.keys()


@pytest.mark.long
@pytest.mark.parametrize("name", OF_ONE_REPORT)
def test_a_change_leaves_the_pages_of_others_alone(families, name):
    one, other = families
    assert left_alone(CHANGES[name], one, other.pages) == other.pages.keys()

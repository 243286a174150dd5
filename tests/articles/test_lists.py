"""Lists of articles: how they are narrowed, how one walks through them, what they cost."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import Byline, Citation, Photo, Tag
from committees.models import Attendance, Committee
from newsroom import filtering
from newsroom.models import MenuItem
from newsroom.visits.models import VisitDay
from tests import situations
from tests.pages import read, words

pytestmark = pytest.mark.django_db


def titles(page):
    return [words(item.find(".//h2")) for item in page.with_class("item")]


def test_the_newest_article_comes_first(client):
    situations.an_article("Cũ", **situations.published(9))
    situations.an_article("Mới", **situations.published(1))
    assert titles(read(client, "/bai-viet/")) == ["Mới", "Cũ"]


def test_a_list_is_narrowed_by_all_that_is_chosen(client):
    about, other = situations.a_committee(), situations.a_committee()
    tag = Tag.objects.create(name="thẻ thử")
    right = situations.an_article("Đúng", published_at=situations.at(2023, 2, 14))
    wrong_year = situations.an_article("Sai năm", published_at=situations.at(2022, 2, 14))
    wrong_month = situations.an_article("Sai tháng", published_at=situations.at(2023, 3, 14))
    wrong_body = situations.an_article("Sai tổ chức", published_at=situations.at(2023, 2, 14))
    for article in (right, wrong_year, wrong_month):
        article.committees.add(about)
    wrong_body.committees.add(other)
    for article in (right, wrong_year, wrong_month, wrong_body):
        article.tags.add(tag)
    chosen = {
        "to-chuc": about.pk, "the": tag.pk, "nam": 2023, "thang": 2, "chuyen-muc": right.category_id
    }  # fmt: skip
    assert titles(read(client, "/bai-viet/", **chosen)) == ["Đúng"]


def test_a_year_is_the_newsrooms_own(client):
    """New Year's morning in Vietnam is still the old year in Greenwich."""
    situations.an_article("Sáng mồng một", published_at=situations.at(2023, 1, 1, 6))
    assert titles(read(client, "/bai-viet/?nam=2023")) == ["Sáng mồng một"]


def test_the_last_month_of_a_year_ends_with_the_year(client):
    """From midnight to midnight on the newsroom's clock, whatever the length of the month."""
    for title, moment in {
        "trước": situations.at(2023, 11, 30, 23),
        "đầu": situations.at(2023, 12, 1, 0),
        "cuối": situations.at(2023, 12, 31, 23),
        "sau": situations.at(2024, 1, 1, 0),
    }.items():
        situations.an_article(title, published_at=moment)
    assert titles(read(client, "/bai-viet/?nam=2023&thang=12")) == ["cuối", "đầu"]
    assert titles(read(client, "/bai-viet/?thang=12")) == ["cuối", "đầu"]


def test_an_empty_list_says_whose_choice_emptied_it(client):
    article = situations.an_article(published_at=situations.at(2023, 2, 14))
    page = read(client, f"/bai-viet/?thang=5&chuyen-muc={article.category_id}")
    (empty,) = page.with_class("empty")
    assert [link.get("href") for link in empty.iter("a")] == ["?"]


def test_choices_do_not_grow_and_the_chosen_one_is_among_them(client, monkeypatch):
    """A thousand committees would make every page of the list a page of committees."""
    monkeypatch.setattr(filtering, "CHOICES", 3)
    committees = [situations.a_committee(f"Đảng bộ {number:02d}") for number in range(6)]
    for committee in committees:
        situations.an_article().committees.add(committee)
    last = Committee.objects.last()
    page = read(client, f"/bai-viet/?to-chuc={last.pk}")
    (select,) = [element for element in page.root.iter("select") if element.get("name") == "to-chuc"]
    assert [words(option) for option in select.iter("option")] == [
        gettext("All"), "Đảng bộ 00", "Đảng bộ 01", "Đảng bộ 02", last.name
    ]  # fmt: skip


def test_a_list_is_walked_to_its_end_and_back(client):
    for number in range(25):
        situations.an_article(f"Bài {number:02d}", **situations.published(25 - number))
    first = read(client, "/bai-viet/")
    (older,) = [link.get("href") for link in first.with_class("pager-older")]
    second = read(client, f"/bai-viet/{older}")
    assert titles(first) + titles(second) == [f"Bài {number:02d}" for number in reversed(range(25))]
    (newer,) = [link.get("href") for link in second.with_class("pager-newer")]
    assert titles(read(client, f"/bai-viet/{newer}")) == titles(first)


def test_a_category_without_an_article_is_still_a_page(client):
    assert read(client, situations.a_category("Chưa có bài").get_absolute_url()).with_class("empty")


# --- What a page costs -------------------------------------------------------------------------


def a_full_article(number=0, riches=1):
    """An article with `riches` of everything that may belong to one."""
    conference = situations.a_conference()
    article = situations.an_article(f"Bài đầy đủ {number}", body="<p>71/75 tập thể</p>", conference=conference)
    for place in range(riches):
        person = situations.a_person(f"Người {number} {place}")
        Attendance.objects.create(conference=conference, person=person, has_chaired=True)
        Byline.objects.create(article=article, person=person, credit="text")
        Citation.objects.create(article=article, document=situations.a_document())
        Photo.objects.create(article=article, image="photos/thu.jpg", width=1200, height=675, position=place)
        article.tags.add(Tag.objects.create(name=f"thẻ {number} {place}"))
        article.committees.add(situations.a_committee())
        article.videos.create(address="https://video.example/")
        article.corrections.create(stood="Cũ", right="Mới")
        figure = situations.a_statistic(conference=conference)
        situations.a_mention(article, figure, "71/75")
        situations.a_mention(article, situations.an_award(reported_at=conference), "tập thể")
        situations.a_comment(article, parent=situations.a_comment(article))
        situations.an_article(conference=conference)
    for day in (timezone.localdate(), timezone.localdate() + timedelta(days=1)):  # midnight may be near
        VisitDay.objects.create(key=article.reads_key, on=day, count=1)
    return article


def cost(client, path):
    """How many questions a reader's page asks. Savepoints are there only because a test is one transaction."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        read(client, path)
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


# page -> (its path, how many queries it may ask); two of them are the site's name and its menu
BUDGETS = {
    "home": (lambda article: "/", 9),
    "list": (lambda article: "/bai-viet/", 7),
    "list, narrowed": (
        lambda article: (
            f"/bai-viet/?chuyen-muc={article.category_id}&the={article.tags.first().pk}"
            f"&to-chuc={article.committees.first().pk}&nam={article.published_at.year}"
        ),
        10,
    ),
    "categories": (lambda article: "/chuyen-muc/", 3),
    "category": (lambda article: article.category.get_absolute_url(), 4),
    "tags": (lambda article: "/the/", 3),
    "tag": (lambda article: article.tags.first().get_absolute_url(), 4),
    "authors": (lambda article: "/tac-gia/", 3),
    "author": (lambda article: article.bylines.first().person.get_absolute_url(), 5),
    "corrections": (lambda article: "/dinh-chinh/", 3),
}


@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_keeps_its_budget_when_there_is_ten_times_as_much(client, page):
    """A page that asks once more for every row is slow on the day it matters."""
    MenuItem.objects.create(label="Tin tức", address="/bai-viet/")
    article = a_full_article()
    path_of, budget = BUDGETS[page]
    path = path_of(article)
    before = cost(client, path)
    assert before <= budget
    for number in range(1, 10):
        a_full_article(number)
    assert cost(client, path) == before


def test_an_article_asks_eight_questions_at_most_however_much_belongs_to_it(client, followed):
    """What stands on every page, and the rules for comments, a process keeps."""
    little = a_full_article(1).get_absolute_url()
    first = cost(client, little)  # it makes what it keeps
    before = cost(client, little)
    assert first > before
    much, *_others = (a_full_article(number, riches=4).get_absolute_url() for number in range(2, 5))
    assert before <= 8
    assert cost(client, little) <= before
    assert cost(client, much) <= before

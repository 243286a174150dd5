"""What stands beside bylines, and beside those who sign: whichever door an article or a byline comes through."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Byline
from committees.models import Person
from newsroom.publishing import State
from tests import situations
from tests.pages import read

pytestmark = pytest.mark.django_db


def moments(article):
    return list(Byline.objects.filter(article=article).values_list("published_at", flat=True))


def test_the_moment_of_an_article_stands_beside_its_bylines():
    article = situations.an_article()
    byline = Byline.objects.create(article=article, person=situations.a_person())
    assert moments(article) == [article.published_at]
    byline.unit = "Ban Tuyên giáo"
    byline.save()  # with the moment that it does not know
    Byline.objects.filter(pk=byline.pk).update(published_at=None)
    assert moments(article) == [article.published_at]


def test_a_byline_follows_its_article_out_and_in_again():
    article = situations.an_article()
    Byline.objects.bulk_create([Byline(article=article, person=situations.a_person())])
    for state, moment in ((State.WITHDRAWN, None), (State.PUBLISHED, article.published_at)):
        Article.objects.filter(pk=article.pk).update(state=state)
        assert moments(article) == [moment]
    later = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=article.pk).update(published_at=later)
    assert moments(article) == [later]


def test_it_stands_beside_a_person_whether_the_name_is_under_an_article(client):
    """Those who sign are found by it among the many whom reports only name."""
    named, writer, other = (situations.a_person(name) for name in ("Chủ trì", "Phóng viên", "Cộng tác viên"))
    byline = Byline.objects.create(article=situations.an_article(), person=writer)
    named.save()
    writer.save()  # with what it does not know
    assert set(Person.objects.filter(has_signed=True)) == {writer}
    Byline.objects.filter(pk=byline.pk).update(person=other)
    html = read(client, "/tac-gia/").html
    assert other.name in html
    assert named.name not in html
    assert writer.name not in html


def test_an_article_with_two_credits_of_one_person_is_listed_once(client):
    article, person = situations.an_article(), situations.a_person()
    for credit in (Byline.Credit.TEXT, Byline.Credit.PHOTO):
        Byline.objects.create(article=article, person=person, credit=credit)
    assert read(client, person.get_absolute_url()).html.count(article.title) == 1

"""The moment of an article beside its bylines: whichever door an article or a byline comes through."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Byline
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


def test_an_article_with_two_credits_of_one_person_is_listed_once(client):
    article, person = situations.an_article(), situations.a_person()
    for credit in (Byline.Credit.TEXT, Byline.Credit.PHOTO):
        Byline.objects.create(article=article, person=person, credit=credit)
    assert read(client, person.get_absolute_url()).html.count(article.title) == 1

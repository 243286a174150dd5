"""What is public: the one rule."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article
from newsroom.publishing import State
from tests.situations import an_article, draft, published

pytestmark = pytest.mark.django_db


def test_only_what_is_published_and_whose_moment_has_come_is_public():
    seen = an_article("Đã đăng")
    for hidden in (draft(), published(hours_ago=-1), {**published(), "state": State.WITHDRAWN}):
        an_article(**hidden)
    assert list(Article.objects.public()) == [seen]


def test_a_scheduled_article_becomes_public_at_its_minute_without_any_job():
    scheduled = an_article(**published(hours_ago=-1))
    before, after = timezone.now(), timezone.now() + timedelta(hours=2)
    assert scheduled.is_scheduled and not scheduled.is_public
    assert list(Article.objects.public(at=before)) == []
    assert list(Article.objects.public(at=after)) == [scheduled]


def test_the_database_itself_refuses_a_published_thing_without_a_moment():
    with pytest.raises(IntegrityError), transaction.atomic():
        an_article(state=State.PUBLISHED, published_at=None)
    article = an_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(state="gone")

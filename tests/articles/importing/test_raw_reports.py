"""A raw report is kept while somebody decides what becomes of it, and not for ever."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from articles.models import Photo, RawPicture, RawReport
from articles.models.raw_report import KEPT
from newsroom.housekeeping import forget_raw_reports
from tests.situations import a_user, an_article, draft, picture_bytes

pytestmark = pytest.mark.django_db


def a_raw_picture(report: RawReport) -> RawPicture:
    picture = RawPicture(report=report)
    picture.image.save("x", ContentFile(picture_bytes(320, 200)), save=False)
    picture.save()
    return picture


def test_a_report_left_lying_is_forgotten_with_its_pictures_and_none_that_an_article_has(media):
    owner = a_user()
    kept, gone, fresh = (RawReport.objects.create(owner=owner, text=f"Báo cáo {n}") for n in range(3))
    taken, left = a_raw_picture(kept), a_raw_picture(gone)
    Photo.objects.create(article=an_article(**draft()), image=taken.image.name)
    RawReport.objects.exclude(pk=fresh.pk).update(created_at=timezone.now() - KEPT * 2)
    assert "2" in forget_raw_reports()
    assert list(RawReport.objects.all()) == [fresh]
    storage = taken.image.storage
    assert storage.exists(taken.image.name) and not storage.exists(left.image.name)

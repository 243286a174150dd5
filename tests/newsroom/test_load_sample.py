"""Loading the sample: it fills an empty newsroom, once, and leaves any other alone."""

import io
from collections import Counter

import pytest
from django.core.files.storage import Storage
from django.core.management import call_command

from articles.models import Article, Category, Photo
from newsroom.management.commands.load_sample import FOLDER
from newsroom.models import MenuItem, Page, SiteIdentity, User
from newsroom.pictures import rendition_name, rendition_widths, write_renditions
from newsroom.visits.models import VisitDay
from tests.situations import a_category, a_committee, an_article
from tests.test_sample_newsroom import rows_of_the_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_renditions(media, monkeypatch):
    """The storage with the pictures but not their WebP renditions, which take most of the time of loading."""
    monkeypatch.setattr("newsroom.management.commands.load_sample.write_renditions", lambda storage, name: None)


def run_load_sample() -> str:
    said = io.StringIO()
    call_command("load_sample", stdout=said)
    return said.getvalue()


def test_loading_fills_an_empty_database_and_the_storage(media):
    said = run_load_sample()
    assert "loaded" in said and Article.objects.public().count() == 5
    for photo in Photo.objects.all():
        for name in (photo.image.name, *(rendition_name(photo.image.name, width) for width in rendition_widths(1600))):
            assert (media / name).stat().st_size > 1000
        assert photo.srcset.count("photos/sample/") == 3


def test_after_loading_new_rows_find_free_keys(without_renditions):
    """PostgreSQL counts keys apart from the rows: a loader that forgets it breaks the first save."""
    run_load_sample()
    an_article("Bài mới")
    a_committee("Tổ chức mới")
    a_category("Chuyên mục mới")
    assert Article.objects.count() == 6


def test_a_second_start_changes_nothing(without_renditions):
    run_load_sample()
    Article.objects.filter(pk=1).update(title="Sửa rồi")
    said = run_load_sample()
    assert "not empty" in said
    assert Article.objects.get(pk=1).title == "Sửa rồi" and Article.objects.count() == 5


@pytest.mark.parametrize(
    "something",
    [
        lambda: a_committee(),
        lambda: Category.objects.create(name="Tin"),
        lambda: VisitDay.objects.create(key="site", on="2026-01-01", count=1),
        lambda: SiteIdentity.objects.create(name="Trang của chúng tôi"),
        lambda: MenuItem.objects.create(label="Tin", address="/bai-viet/"),
        lambda: Page.objects.create(slug="lien-he", title="Liên hệ"),
    ],
)
def test_a_database_that_holds_anything_is_left_alone(something, media):
    something()
    before = Counter(type(thing).__name__ for thing in rows_of_the_sample())
    said = run_load_sample()
    assert "not empty" in said and said.count("\n") == 1
    assert Counter(type(thing).__name__ for thing in rows_of_the_sample()) == before
    assert not list(media.rglob("*.jpg"))


def test_accounts_do_not_keep_the_sample_out(without_renditions):
    User.objects.create_user("ai-do")
    run_load_sample()
    assert Article.objects.count() == 5


@pytest.mark.alike
def test_a_picture_left_by_an_earlier_sample_is_replaced(media, monkeypatch):
    """Its renditions too; those of the others take their time, and are held above."""

    def write_its(storage: Storage, name: str) -> None:
        if name.endswith("/hoi-truong.jpg"):
            write_renditions(storage, name)

    monkeypatch.setattr("newsroom.management.commands.load_sample.write_renditions", write_its)
    left = media / "photos/sample/hoi-truong.jpg"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"old")
    run_load_sample()
    assert left.read_bytes() == (FOLDER / "pictures/hoi-truong.jpg").read_bytes()
    assert len(list(left.parent.glob("hoi-truong*"))) == 4


def test_every_row_of_the_sample_is_valid(without_renditions):
    run_load_sample()
    for thing in rows_of_the_sample():
        thing.full_clean()

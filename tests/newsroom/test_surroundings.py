"""What stands around every page is made once by a process, and anew as soon as the desk has changed it."""

import pytest

from newsroom.models import MenuItem, SiteIdentity
from newsroom.surroundings import surroundings
from tests.pages import read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    MenuItem.objects.create(label="Bài viết", address="/bai-viet/")
    return SiteIdentity.objects.create(name="Cổng tin")


def test_a_process_that_follows_the_book_asks_once_for_what_stands_around_its_pages(
    client, site, followed, django_assert_num_queries
):
    first = client.get("/chuyen-muc/").content
    with django_assert_num_queries(1):  # for the categories themselves
        assert client.get("/chuyen-muc/").content == first


def test_a_new_name_or_entry_stands_on_the_next_page(client, site, followed):
    """Whichever door it came through: these changes save nothing that a signal would tell of."""
    read(client, "/bai-viet/")
    SiteIdentity.objects.update(name="Trang tin")
    MenuItem.objects.update(label="Tin tức")
    followed.look()
    page = read(client, "/bai-viet/")
    assert [words(name) for name in page.with_class("name")] == ["Trang tin", "Trang tin"]
    assert "Tin tức" in words(page.root.find(".//nav[@class='menu']"))


def test_what_is_kept_does_not_grow_with_the_pages(client, site, followed):
    """Whoever asks for a thousand addresses fills nobody's memory."""
    for path in ("/", "/bai-viet/", "/bai-viet/?trang=1", *(f"/bai-viet/khong-co-{number}/" for number in range(5))):
        client.get(path)
    kept = len(surroundings()._made)
    for number in range(5, 20):
        client.get(f"/bai-viet/khong-co-{number}/")
        client.get(f"/chuyen-muc/?q={number}")
    assert len(surroundings()._made) == kept

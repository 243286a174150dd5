"""What people uploaded, where the site itself serves it."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@pytest.fixture
def text_file():
    name = default_storage.save("van-ban/ke-hoach.txt", ContentFile("Kế hoạch".encode()))
    yield name
    default_storage.delete(name)


@pytest.mark.django_db
def test_a_stored_file_is_served_and_its_kind_is_not_guessed(client, text_file):
    answer = client.get(default_storage.url(text_file))
    assert b"".join(answer.streaming_content).decode() == "Kế hoạch"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "van-ban/", "khong-co.txt", "../test.sqlite3", quote("../test.sqlite3", safe="")])
def test_folders_and_what_lies_beside_them_are_not_there(client, text_file, path):
    """The database file is the neighbour of the media folder."""
    assert client.get(f"{settings.MEDIA_URL}{path}").status_code in {400, 404}

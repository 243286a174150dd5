"""A picture inside edited text comes in the width that a screen asks for, and nothing else of the text is touched."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsroom.embedded import with_renditions
from newsroom.pictures import new_name, place, read_picture, write_renditions
from newsroom.richtext import clean
from tests.situations import picture_bytes

pytestmark = pytest.mark.alike


@pytest.fixture
def picture(media: Path) -> str:
    """The name of a picture as the editor stores it, 1200 pixels wide."""
    name = default_storage.save(place("editor", new_name()), read_picture(ContentFile(picture_bytes())))
    write_renditions(default_storage, name)
    return name


def test_a_phone_is_offered_a_picture_of_its_own_width(picture: str):
    """Whole, it weighs as much as all else of the page together."""
    bare = picture.removesuffix(".jpg")
    shown = with_renditions(clean(f'<p>Một</p><img src="/media/{picture}" alt="Ảnh" width="600" height="300">'), "9rem")
    assert shown == (
        '<p>Một</p><picture><source type="image/webp" '
        f'srcset="/media/{bare}-480.webp 480w, /media/{bare}-960.webp 960w, /media/{bare}-1200.webp 1200w" '
        f'sizes="9rem"><img alt="Ảnh" height="300" src="/media/{picture}" width="600" loading="lazy" decoding="async">'
        "</picture>"
    )


def test_a_picture_without_a_size_has_its_own(picture: str):
    """Else the text jumps when it comes."""
    assert 'width="1200" height="675"' in with_renditions(f'<img alt="" src="/media/{picture}">', "9rem")


def test_only_what_lies_there_is_offered(picture: str):
    default_storage.delete(f"{picture.removesuffix('.jpg')}-960.webp")
    assert "960w" not in with_renditions(f'<img alt="" src="/media/{picture}">', "9rem")


@pytest.mark.parametrize(
    "rich",
    [
        "<p>Không có ảnh.</p>",
        '<img alt="" src="/media/editor/2026/01/0123456789abcdef.jpg">',
        '<img alt="" src="/media/editor/2026/01/khac.jpg">',
        '<img alt="" src="/media/../x/2026/01/0123456789abcdef.jpg">',
        '<a href="/" title="<img alt=">a</a>',
        '<td headers="<img src=">',
    ],
)
def test_what_is_no_picture_of_ours_stays_as_it_is(media: Path, rich: str):
    assert with_renditions(rich, "9rem") == rich

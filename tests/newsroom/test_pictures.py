"""Pictures: what is refused, with which sentence, and what is kept of the rest."""

import io
import struct
import tracemalloc
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image

from articles.models import Photo
from newsroom import pictures
from newsroom.pictures import MAX_HEIGHT, MAX_WIDTH, read_picture, rendition_name
from tests.situations import a_photo, an_article, picture_bytes


def bomb(width: int, height: int) -> bytes:
    """A PNG of one bit a pixel, all black: small to send, huge to decode."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(b"\0" * ((width + 7) // 8 + 1)) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refusal(content: bytes, name: str = "anh.jpg") -> str:
    with pytest.raises(ValidationError) as caught:
        read_picture(SimpleUploadedFile(name, content))
    assert caught.value.message.endswith(".")
    return str(caught.value.code)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "anh.svg", "not_a_picture"),
        (b"<!doctype html><script>alert(1)</script>", "anh.jpg", "not_a_picture"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "anh.gif", "not_a_picture"),
        (b"RIFF\x04\0\0\0WAVE", "anh.webp", "not_a_picture"),
        (b"%PDF-1.7", "anh.jpg", "not_a_picture"),
        (b"", "anh.jpg", "not_a_picture"),
        (picture_bytes()[:-2000], "anh.jpg", "damaged"),
        (picture_bytes(kind="PNG")[:900], "anh.png", "damaged"),
        (picture_bytes(kind="WEBP")[:200], "anh.webp", "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 500, "anh.jpg", "damaged"),
    ],
)
def test_each_is_refused_with_its_own_sentence(content: bytes, name: str, code: str):
    assert refusal(content, name) == code


def test_a_bomb_of_pixels_is_refused_before_it_is_decoded():
    """900 million pixels in 109 KB: decoding it would take the server down."""
    content = bomb(30_000, 30_000)
    assert len(content) < 120_000
    tracemalloc.start()
    assert refusal(content, "bom.png") == "too_many_pixels"
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_picture_just_beyond_the_limit_of_pixels_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1200 * 675 - 1)
    assert refusal(picture_bytes(1200, 675)) == "too_many_pixels"


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "MAX_BYTES", 1000)
    assert refusal(picture_bytes()) == "too_big"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_kept_is_a_jpeg_of_our_own(kind: str):
    picture = read_picture(ContentFile(picture_bytes(800, 450, kind)))
    assert (picture.width, picture.height) == (800, 450)
    assert Image.open(picture).format == "JPEG"


def test_a_phone_photo_is_turned_upright_and_tells_nothing_of_its_owner():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x9286] = "Ghi chú riêng"
    exif[0x8825] = {1: "N", 2: (10.0, 2.0, 3.0), 3: "E", 4: (105.0, 0.0, 0.0)}
    picture = read_picture(ContentFile(picture_bytes(800, 450, exif=exif)))
    assert (picture.width, picture.height) == (450, 800)
    kept = Image.open(picture)
    assert not kept.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & kept.info.keys()


def test_a_comment_in_the_file_is_not_kept():
    content = picture_bytes(comment=b"<script>alert(1)</script>")
    assert b"<script>" in content
    assert b"<script>" not in read_picture(ContentFile(content)).read()


def test_what_is_transparent_stands_on_white_paper():
    file = io.BytesIO()
    Image.new("RGBA", (60, 40), (255, 0, 0, 0)).save(file, "PNG")
    red, green, blue = Image.open(read_picture(ContentFile(file.getvalue()))).getpixel((30, 20))
    assert min(red, green, blue) > 250


@pytest.mark.parametrize("size", [(4000, 1000), (100, 9000), (9000, 3), (1, 1)])
def test_any_shape_fits_into_the_frame(size: tuple[int, int]):
    """A strip as high as a tower would otherwise fail in its WebP renditions."""
    picture = read_picture(ContentFile(picture_bytes(*size, kind="PNG")))
    assert 1 <= picture.width <= MAX_WIDTH
    assert 1 <= picture.height <= MAX_HEIGHT


def test_hostile_files_of_the_outside_collection_are_refused_or_made_anew(payloads_dir: Path):
    """A picture with a script in its metadata is a picture; what is kept of it is pixels alone."""
    for path in sorted((payloads_dir / "files").iterdir()):
        try:
            kept = read_picture(ContentFile(path.read_bytes(), name=path.name)).read()
        except ValidationError as refused:
            assert refused.code in {"not_a_picture", "damaged"}, path.name
        else:
            assert not any(word in kept.lower() for word in (b"script", b"onclick", b"svg", b"alert(")), path.name


@pytest.mark.django_db
def test_a_photo_is_stored_with_its_renditions_under_a_name_of_ours(media: Path):
    photo = a_photo(an_article(), 1200)
    assert photo.image.name.startswith("photos/")
    assert "thu" not in photo.image.name
    assert (photo.width, photo.height) == (1200, 675)
    for width in (480, 960, 1200):
        with Image.open(media / rendition_name(photo.image.name, width)) as rendition:
            assert (rendition.format, rendition.width) == ("WEBP", width)
    assert photo.srcset.count("w,") == 2
    assert Photo.objects.get().image.name == photo.image.name


@pytest.mark.django_db
def test_deleting_a_picture_takes_its_renditions_along(media: Path):
    photo = a_photo(an_article(), 1200)
    assert len(list(media.rglob("*.*"))) == 4
    photo.image.delete(save=False)
    assert list(media.rglob("*.*")) == []


@pytest.mark.django_db
@pytest.mark.alike
def test_renditions_that_are_missing_are_written_again(media):
    """After a move that lost some, or with other widths; a picture that is gone itself is named and stops nobody."""
    article = an_article()
    gone, lacking, stale = (a_photo(article, 1200, position=number).image.name for number in range(3))
    (media / gone).unlink()
    lost, old = media / rendition_name(lacking, 480), media / rendition_name(stale, 480)
    lost.unlink()
    old.write_bytes(b"of an earlier version")
    for options, is_old in (([], True), (["--all"], False)):
        err = io.StringIO()
        with pytest.raises(CommandError, match="1"):
            call_command("write_renditions", *options, stdout=io.StringIO(), stderr=err)
        assert gone in err.getvalue()
        assert lost.read_bytes().startswith(b"RIFF")
        assert (old.read_bytes() == b"of an earlier version") == is_old

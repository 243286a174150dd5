"""The editor of rich text: hard by configuration, and its pictures come in through one guarded door."""

import json
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.staticfiles.finders import find, get_finders
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from newsroom import richtext
from newsroom.editor import FORBIDDEN_PLUGINS, PLUGINS, EditorWidget
from newsroom.pictures import rendition_name
from tests.situations import a_user, picture_bytes


def rendered_config() -> dict[str, Any]:
    """The configuration as the page hands it to the browser."""
    html = EditorWidget().render("body", "<p>chào</p>", {"id": "id_body"})
    return json.loads(unescape(html.split('data-config="')[1].split('"')[0]))


def test_the_page_hands_the_browser_the_hard_configuration():
    config = rendered_config()
    assert set(config["plugins"].split(",")) == set(PLUGINS)
    assert set(config["removePlugins"].split(",")) == set(FORBIDDEN_PLUGINS)
    assert not set(PLUGINS) & set(FORBIDDEN_PLUGINS)
    assert not any(config[key] for key in ("entities", "entities_latin", "entities_greek", "versionCheck"))
    assert config["language"] == "vi"
    assert config["allowedContent"].keys() == richtext.TAGS
    assert config["uploadUrl"] == config["filebrowserUploadUrl"] == reverse("editor-upload")


def test_the_widget_asks_for_nothing_that_is_not_served():
    """A trimmed folder must not leave the editor without a file it loads."""
    for script in EditorWidget().media._js:
        path = str(getattr(script, "path", script)).removeprefix("/static/")
        assert find(path), path
    for plugin in ("divarea", "image2", "autolink"):
        assert find(f"ckeditor/ckeditor/plugins/{plugin}/plugin.js")
    assert find("ckeditor/ckeditor/lang/vi.js")


def test_leftovers_of_the_editor_are_neither_found_nor_collected():
    """Samples, adapters, other plugins and other languages are attack surface that nobody needs."""
    collected = {path for finder in get_finders() for path, _storage in finder.list([]) if path.startswith("ckeditor/")}
    assert "ckeditor/ckeditor/ckeditor.js" in collected
    for part in ("samples", "adapters", "vendor", "galleriffic", "file-icons", "skins/moono/", "lang/fr.js"):
        assert not [path for path in collected if part in path], part
    for plugin in ("iframe", "flash", "exportpdf", "scayt", "wsc", "docprops", "codesnippetgeshi", "templates"):
        assert not [path for path in collected if f"plugins/{plugin}/" in path], plugin
        assert not find(f"ckeditor/ckeditor/plugins/{plugin}/plugin.js")


# --- The upload view ---------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def writer_client(**options: Any) -> Client:
    writer = a_user(is_staff=True)
    writer.user_permissions.add(Permission.objects.get(codename="add_photo"))
    client = Client(**options)
    client.force_login(writer)
    return client


def send(client: Client, content: bytes | None = None, name: str = "anh.jpg", **headers: Any) -> Any:
    content = picture_bytes() if content is None else content
    return client.post(reverse("editor-upload"), {"upload": SimpleUploadedFile(name, content)}, **headers)


def test_a_writers_picture_is_kept_under_a_name_of_ours_with_renditions():
    answer = send(writer_client(), picture_bytes(1200, 675, "PNG"), name="../../ảnh <hội nghị>.php.png")
    told = answer.json()
    assert (answer.status_code, told["uploaded"], told["width"], told["height"]) == (200, 1, 1200, 675)
    name = told["url"].removeprefix("/media/")
    assert name.startswith("editor/")
    assert name.endswith(".jpg")
    assert "php" not in name
    assert Image.open(default_storage.open(name)).format == "JPEG"
    assert default_storage.exists(rendition_name(name, 480))
    assert richtext.clean(f'<p><img src="{told["url"]}" alt=""></p>').count("<img") == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("anh.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("anh.gif", b"GIF89a" + b"\0" * 40),
        ("anh.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        ("anh.jpg", b""),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence_and_nothing_is_kept(name: str, content: bytes, media: Path):
    answer = send(writer_client(), content, name)
    told = answer.json()
    assert (answer.status_code, told["uploaded"]) == (400, 0)
    assert len(told["error"]["message"]) > 20
    assert not list(media.iterdir())


def test_nobody_uploads_without_the_permission(media: Path):
    """Neither a stranger nor an account without the right; both get JSON, not a login page."""
    client = Client()
    assert send(client).status_code == 403
    client.force_login(a_user(is_staff=True))
    answer = send(client)
    assert answer.status_code == 403
    assert answer.json()["error"]["message"]
    assert not list(media.iterdir())


def test_nobody_uploads_without_the_token(media: Path):
    """Another site must not be able to make a writer's browser store files here."""
    client = writer_client(enforce_csrf_checks=True)
    assert send(client).status_code == 403
    assert not list(media.iterdir())
    client.cookies["csrftoken"] = token = "a" * 32
    assert send(client, headers={"X-CSRFToken": token}).status_code == 200


def test_the_door_is_for_posts_alone():
    client = writer_client()
    for method in (client.get, client.head, client.put, client.delete):
        assert method(reverse("editor-upload")).status_code == 405


def test_a_post_without_a_file_is_told_so():
    answer = writer_client().post(reverse("editor-upload"), {"upload": "không phải tệp"})
    assert (answer.status_code, answer.json()["uploaded"]) == (400, 0)


def test_metadata_stays_behind():
    """A photo from a phone says where its owner lives."""
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh thử"
    exif[0x8825] = {1: "N", 2: (10.0, 2.0, 3.0)}
    told = send(writer_client(), picture_bytes(exif=exif)).json()
    with default_storage.open(told["url"].removeprefix("/media/")) as file:
        kept = file.read()
    assert b"Exif" not in kept
    assert not Image.open(BytesIO(kept)).getexif()

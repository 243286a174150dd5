"""What machines ask for unasked: it answers, and says nothing that is not so."""

from datetime import datetime, timedelta

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from newsroom.models import SiteIdentity
from tools import draw_icons

pytestmark = pytest.mark.django_db


def test_robots_are_kept_from_the_desk_the_search_and_previews_and_shown_the_rest(client):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert closed == ["/quan-tri/", "/tim-kiem/", "/xem-truoc/"]
    assert reverse("articles:preview", args=["abc"]).startswith(closed[-1])
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
    assert client.get("/robots.txt", headers={"host": "evil.example"}).status_code == 400


def test_a_weakness_is_told_to_the_address_of_the_site(client):
    SiteIdentity.objects.create(name="Trang thử", email="toasoan@example.vn")
    text = client.get("/.well-known/security.txt").content.decode()
    told = dict(line.split(": ", 1) for line in text.splitlines())
    assert told["Contact"] == "mailto:toasoan@example.vn"
    assert told["Canonical"] == "http://testserver/.well-known/security.txt"
    expires = datetime.fromisoformat(told["Expires"])
    assert timezone.now() + timedelta(days=90) < expires < timezone.now() + timedelta(days=365)


def test_nobody_is_promised_an_answer_while_there_is_no_address(client):
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_manifest_bears_the_name_of_the_site(client):
    SiteIdentity.objects.create(name="Trang </script> thử")
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["name"], told["lang"], told["start_url"]) == ("Trang </script> thử", "vi", "/")
    for icon in told["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        if icon["type"] == "image/png":
            assert "{}x{}".format(*Image.open(path).size) == icon["sizes"]


@pytest.mark.parametrize("name", ["favicon.ico", "apple-touch-icon.png"])
def test_an_icon_is_found_at_the_root(client, name):
    answer = client.get(f"/{name}")
    assert answer.status_code == 302
    assert finders.find(answer.headers["Location"].removeprefix("/static/"))


def test_the_icons_show_the_mark(client):
    """A mark that is changed and icons that are not would be two sites to who keeps both."""
    for name, is_round in {"icon-192.png": True, "icon-512.png": False, "apple-touch-icon.png": False}.items():
        kept = Image.open(finders.find(f"img/{name}"))
        drawn = draw_icons.draw(kept.width, round_corners=is_round).convert(kept.mode)
        assert kept.tobytes() == drawn.tobytes(), name

"""An article as a file to keep, and as a page on paper."""

import re
from datetime import date

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import keeping
from newsroom.models import Abbreviation, SiteIdentity
from tests import situations
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(media):
    SiteIdentity(name="Trang tin thử", licence_number="12/GP", reuse_line="Ghi rõ nguồn khi phát hành lại.").save()
    default_storage.save("editor/a.jpg", ContentFile(situations.picture_bytes(600, 300)))
    conference = situations.a_conference(name="Hội nghị tổng kết")
    article = situations.an_article(
        "Kết nạp 98.765 đảng viên",
        body='<p>UBKT họp. <a href="/hoi-nghi/">Hội nghị</a></p>'
        '<figure><img src="/media/editor/a.jpg" alt="Cảnh"></figure>',
        conference=conference,
        retrieved_on=date(2024, 3, 5),
        source_url="https://bao.example/1",
    )
    whole = situations.a_statistic(conference=conference, label="Được xếp loại", value=75)
    situations.a_statistic(conference=conference, label="Hoàn thành tốt", value=71, whole=75, part_of=whole)
    Abbreviation.objects.create(short="UBKT", long="Ủy ban Kiểm tra")
    for place in range(2):
        situations.a_photo(article, position=place)
    return article


def kept(client, article):
    answer = client.get(f"{article.get_absolute_url()}luu/")
    assert answer.status_code == 200
    return answer


def test_the_file_is_whole_by_itself(client, article):
    """Opened from a disk, far from the site, it asks nobody for anything: pictures and style are inside."""
    text = kept(client, article).content.decode()
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert not list(root.iter("script")) and not list(root.iter("link"))
    pictures = [image.get("src") for image in root.iter("img")]
    assert len(pictures) == 3 and all(src.startswith("data:image/") for src in pictures)
    assert not re.search(r"url\(|@import|srcset", text)
    (base,) = root.iter("base")
    assert base.get("href") == f"http://testserver{article.get_absolute_url()}"


def test_the_file_says_where_it_is_from_and_that_it_is_a_copy(client, article):
    answer = kept(client, article)
    text = answer.content.decode()
    for words in (
        f"http://testserver{article.get_absolute_url()}",
        "https://bao.example/1",
        "05/03/2024",
        "12/GP",
        "Ghi rõ nguồn khi phát hành lại.",
        "Ủy ban Kiểm tra",
        "Hoàn thành tốt",
        "Hội nghị tổng kết",
    ):
        assert words in text
    assert '<meta name="robots" content="noindex">' in text
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies


def test_the_name_of_the_file_is_safe_on_any_disk(client, article):
    article.title = 'Bài "thử"/../\\: ' + "dài " * 45
    article.save()
    disposition = kept(client, article)["Content-Disposition"]
    assert re.fullmatch(rf'attachment; filename="[a-z0-9-]{{1,80}}-{article.pk}\.html"', disposition)


def test_pictures_beyond_the_room_leave_their_words(client, article, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_BYTES", 3000)
    text = kept(client, article).content.decode()
    assert len(text) < 30_000
    assert text.count("<img") < 3
    assert text.count("Chú thích thử") == 2


def test_a_picture_that_is_lost_is_left_out(client, article, media):
    for file in media.rglob("*.*"):
        file.unlink()
    assert "<img" not in kept(client, article).content.decode()


def test_an_old_address_of_the_file_leads_to_the_new_one(client, article):
    answer = client.get(f"/bai-viet/ten-cu-{article.pk}/luu/")
    assert (answer.status_code, answer["Location"]) == (301, f"{article.get_absolute_url()}luu/")


def test_the_file_costs_no_more_with_more_figures(client, article):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            kept(client, article)
        return len(queries)

    few = asked()
    for number in range(12):
        situations.a_statistic(conference=article.conference, label=f"Số {number}")
        situations.an_award(reported_at=article.conference)
    assert asked() == few <= 25


def test_the_page_offers_the_file_and_a_letter(client, article):
    page = read(client, article.get_absolute_url())
    assert "luu/" in page.links
    (letter,) = [link for link in page.links if link.startswith("mailto:?")]
    assert "K%E1%BA%BFt%20n%E1%BA%A1p" in letter and "http%3A%2F%2Ftestserver%2Fbai-viet%2F" in letter
    (provenance,) = page.text_of("provenance")
    assert f"http://testserver{article.get_absolute_url()}" in provenance and "05/03/2024" in page.text


def test_a_preview_is_not_to_be_kept(client, article):
    link = situations.a_preview_link(situations.an_article("Chưa đăng", **situations.draft()))
    answer = client.get(link.get_absolute_url(), headers={"user-agent": "Mozilla/5.0"})
    assert answer.status_code == 200
    assert 'href="luu/"' not in answer.content.decode()

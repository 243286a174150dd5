"""Feeds: what is new, whole, for those who read it elsewhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Byline, Comment
from newsroom.models import SiteIdentity
from newsroom.richtext import with_whole_addresses
from newsroom.syndication import ITEMS
from tests import situations
from tests.committees.conftest import Report, a_report
from tests.feeds import ATOM, CONTENT, CREATOR, read_atom, read_rss
from tests.pages import read

pytestmark = pytest.mark.django_db


def titles(feed):
    return [item.findtext("title") for item in feed.findall("item")]


@pytest.fixture
def site():
    return SiteIdentity.objects.create(name="Trang tin thử", reuse_line="Ghi rõ nguồn khi đăng lại")


@pytest.fixture
def article(site):
    article = situations.an_article(
        "Kết nạp 147 đảng viên <mới> & trẻ",
        lead="Câu mở đầu <b>không</b> in đậm.",
        body='<p>Xem <a href="/hoi-nghi/">hội nghị</a> và <img src="/media/a.jpg" alt="ảnh">.</p>',
        published_at=situations.at(2023, 2, 14),
    )
    Byline.objects.create(article=article, person=situations.a_person("Lê An"), credit="text", position=1)
    Byline.objects.create(article=article, person=situations.a_person("Trần Bình"), credit="photo", position=2)
    hidden = situations.a_person("Phạm Ẩn Danh", is_withheld=True)
    Byline.objects.create(article=article, person=hidden, credit="text", position=3)
    return article


@pytest.fixture
def report() -> Report:
    return a_report()


def every_feed(report):
    """The addresses of all feeds but for their beginning, each with an item of this report."""
    report.article.corrections.create(stood="78", right="79")
    situations.a_comment(report.article)
    return [
        "/",
        "/dinh-chinh/",
        f"/chuyen-muc-{report.article.category_id}/",
        f"/to-chuc-{report.committee.pk}/",
        f"/chi-so-{report.indicator.pk}/",
        f"/binh-luan-bai-{report.article.pk}/",
    ]


def test_every_feed_is_whole_as_rss_and_as_atom(client, report, site):
    for end in every_feed(report):
        rss, atom = read_rss(client, f"/rss{end}"), read_atom(client, f"/atom{end}")
        assert len(rss.findall("item")) == len(atom.findall(f"{ATOM}entry")) > 0, end
        assert "Trang tin thử" in rss.findtext("title") == atom.findtext(f"{ATOM}title")


def test_an_item_says_all_that_is_known_of_its_article(client, article, media):
    photo = situations.a_photo(article)
    (item,) = read_rss(client, "/rss/").findall("item")
    assert item.findtext("title") == "Kết nạp 147 đảng viên <mới> & trẻ"
    assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}"
    assert item.findtext("description") == "<p>Câu mở đầu &lt;b&gt;không&lt;/b&gt; in đậm.</p>"
    assert item.findtext("pubDate") == "Tue, 14 Feb 2023 00:00:00 +0000"
    assert item.findtext("category") == "Tin thử"
    assert [creator.text for creator in item.findall(CREATOR)] == ["Lê An", "Trần Bình"]
    assert 'href="http://testserver/hoi-nghi/"' in item.findtext(CONTENT)
    assert 'src="http://testserver/media/a.jpg"' in item.findtext(CONTENT)
    enclosure = item.find("enclosure")
    assert enclosure.get("url") == f"http://testserver{photo.image.url}"
    assert int(enclosure.get("length")) == photo.image.size
    (entry,) = read_atom(client, "/atom/").findall(f"{ATOM}entry")
    assert [name.text for name in entry.iter(f"{ATOM}name")] == ["Lê An", "Trần Bình"]
    assert entry.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}updated") == "2023-02-14T00:00:00+00:00"


def test_who_is_withheld_is_in_no_feed(client, article):
    for path in ("/rss/", "/atom/", f"/rss/chuyen-muc-{article.category_id}/"):
        assert "Phạm Ẩn Danh" not in client.get(path).content.decode()


def test_a_change_is_told_and_the_item_stays_the_same(client, article):
    """A reader shows a renamed article in its place, and not a second time."""
    (before,) = read_atom(client, "/atom/").findall(f"{ATOM}entry")
    later = article.published_at + timedelta(days=2)
    Article.objects.update(title="Tên khác", updated_at=later)
    (after,) = read_atom(client, "/atom/").findall(f"{ATOM}entry")
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}published") == before.findtext(f"{ATOM}published")
    assert after.findtext(f"{ATOM}updated") == "2023-02-16T00:00:00+00:00"
    (item,) = read_rss(client, "/rss/").findall("item")
    assert item.findtext("guid") == after.findtext(f"{ATOM}id")


def test_a_narrower_feed_holds_what_belongs_to_it_and_no_more(client, article):
    committee = situations.a_committee("Đảng bộ Một")
    article.committees.add(committee)
    situations.an_article("Bài khác", category=situations.a_category("Mục khác"))
    for end, about in ((f"chuyen-muc-{article.category_id}", "Tin thử"), (f"to-chuc-{committee.pk}", "Đảng bộ Một")):
        feed = read_rss(client, f"/rss/{end}/")
        assert titles(feed) == [article.title]
        assert feed.findtext("title") == f"{about} – Trang tin thử"
    assert client.get("/rss/chuyen-muc-999/").status_code == 404
    assert client.get("/atom/to-chuc-99999999999999999999/").status_code == 404


def test_a_feed_of_figures_says_whose_they_are_and_hides_a_conference_that_is_not_public(client, report):
    situations.a_statistic(
        indicator=report.indicator, value=5, conference=situations.a_conference(name="Hội nghị kín", state="draft")
    )
    channel = read_rss(client, f"/rss/chi-so-{report.indicator.pk}/")
    assert f"Tổ chức cơ sở hoàn thành tốt: 79/85 (92,94%) – {report.committee}" in titles(channel)
    told = " ".join(item.findtext("description") for item in channel.findall("item"))
    assert "Hội nghị tổng kết năm 2022" in told
    assert "Hội nghị kín" not in told


def test_a_correction_leads_to_where_it_stands(client, article):
    article.corrections.create(stood="146 <b>", right="147")
    (item,) = read_rss(client, "/rss/dinh-chinh/").findall("item")
    assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}#corrections"
    assert "<del>146 &lt;b&gt;</del>" in item.findtext("description")


def test_letters_that_xml_cannot_hold_do_not_break_a_feed(client, site):
    """Word leaves a vertical tab where a line was broken by hand."""
    site.name = "Trang\x0btin"
    site.save()
    article = situations.an_article("Một\x0bhai\x01", lead="Ba\x08\ufffe", body="<p>Bốn\x0c</p>")
    person = situations.a_person("Lê\x1fAn")
    Byline.objects.create(article=article, person=person)
    article.corrections.create(stood="a\x0b", right="b\x0b")
    Comment.objects.filter(pk=situations.a_comment(article).pk).update(text="c\x0b", name="d\x0b")
    assert titles(read_rss(client, "/rss/")) == ["Một hai "]
    read_atom(client, "/atom/")
    read_atom(client, "/atom/dinh-chinh/")
    read_atom(client, f"/atom/binh-luan-bai-{article.pk}/")


def test_an_empty_feed_is_a_feed(client):
    """And the same one a minute later: it is asked for every hour."""
    assert titles(read_rss(client, "/rss/")) == []
    assert read_atom(client, "/atom/").findtext(f"{ATOM}updated") == "2000-01-01T00:00:00+00:00"


def test_who_has_the_newest_feed_is_told_so_and_who_has_a_withdrawn_article_is_not(client, article):
    etag = client.get("/rss/").headers["ETag"]
    assert client.get("/rss/", headers={"if-none-match": etag}).status_code == 304
    soon = "Fri, 01 Jan 2100 00:00:00 GMT"
    Article.objects.update(state="withdrawn")
    assert client.get("/rss/", headers={"if-none-match": etag}).status_code == 200
    assert client.get("/rss/", headers={"if-modified-since": soon}).status_code == 200


def test_a_forged_host_gets_no_feed(client, article):
    assert client.get("/rss/", headers={"host": "evil.example"}).status_code == 400


def test_a_picture_whose_file_is_gone_is_left_out(client, article, media):
    situations.a_photo(article).image.delete(save=False)
    Article.objects.get(pk=article.pk).photos.update(image="photos/mat.jpg")
    assert read_rss(client, "/rss/").find("item/enclosure") is None


def test_a_feed_neither_grows_nor_asks_more(client, article):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            number = len(read_rss(client, f"/rss/chuyen-muc-{article.category_id}/").findall("item"))
        return len(asked), number

    assert cost() == (5, 1)
    for _ in range(ITEMS + 2):
        other = situations.an_article(category=article.category)
        Byline.objects.create(article=other, person=situations.a_person())
    assert cost() == (5, ITEMS)


def test_a_page_names_its_feeds(client, report):
    def feeds(path):
        return {
            link.get("href") for link in read(client, path).root.iter("link") if link.get("rel") == "alternate"
        }  # fmt: skip

    everything = {"/rss/", "/atom/"}
    assert feeds("/") == everything
    assert feeds("/dinh-chinh/") == everything | {"/rss/dinh-chinh/", "/atom/dinh-chinh/"}
    for thing, name in (
        (report.article.category, "chuyen-muc"),
        (report.committee, "to-chuc"),
        (report.indicator, "chi-so"),
    ):
        assert feeds(thing.get_absolute_url()) == everything | {
            f"/{kind}/{name}-{thing.pk}/" for kind in ("rss", "atom")
        }


@pytest.mark.parametrize(
    ("rich", "whole"),
    [
        ('<a href="/b/">x</a>', '<a href="https://a.vn/b/">x</a>'),
        ('<a href="#x">x</a>', '<a href="https://a.vn/bai/#x">x</a>'),
        ('<a href="mailto:a@b.vn">x</a>', '<a href="mailto:a@b.vn">x</a>'),
        ('<a href="/?a=1&amp;b=2">x</a>', '<a href="https://a.vn/?a=1&amp;b=2">x</a>'),
        ('<img alt="href=" src="/media/a.jpg">', '<img alt="href=" src="https://a.vn/media/a.jpg">'),
        ('<p>viết href="/b/" thế này</p>', '<p>viết href="/b/" thế này</p>'),
        ('<a href="//[">x</a>', '<a href="//[">x</a>'),
    ],
)
def test_addresses_of_a_text_are_made_whole_and_nothing_else_is_touched(rich, whole):
    assert with_whole_addresses(rich, "https://a.vn/bai/") == whole

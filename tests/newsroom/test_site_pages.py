"""The site's own pages: about, contact, rules, privacy, access."""

import pytest

from newsroom.models import Page, SiteIdentity
from tests.pages import read
from tests.situations import staff

pytestmark = pytest.mark.django_db


def a_page(slug="gioi-thieu", title="Giới thiệu", **fields):
    return Page.objects.create(slug=slug, title=title, **fields)


def test_a_page_shows_its_text_and_the_way_to_the_others(client):
    page = a_page(body="<h2>Mục một</h2><p>Lời giới thiệu.</p>", position=2)
    first, last = a_page("lien-he", "Liên hệ", position=1), a_page("tiep-can", "Tiếp cận", position=3)
    shown = read(client, page.get_absolute_url())
    assert "Mục một" in shown.text and "Lời giới thiệu." in shown.text
    ways = [link for link in shown.links if link.startswith("/trang/")]
    assert ways == [first.get_absolute_url(), last.get_absolute_url()]


def test_a_page_that_is_not_there_is_not_found(client):
    assert client.get("/trang/khong-co/").status_code == 404


def test_the_text_of_a_page_is_cleaned_whichever_door_it_comes_through(client):
    page = a_page(body="<p>Một</p><script>alert(1)</script>")
    Page.objects.update(body='<p onclick="x()">Hai</p><iframe src="//example.org"></iframe>')
    shown = read(client, page.get_absolute_url())
    assert "Hai" in shown.text and "alert" not in shown.html and "<iframe" not in shown.html


def test_only_the_page_of_contact_says_how_to_reach_the_body_that_runs_the_site(client):
    SiteIdentity.objects.create(
        name="Trang thử", governing_body="Tỉnh ủy", address="1 Lê Lợi", phone="0123", licence_number="12/GP"
    )
    contact, about = a_page("lien-he", "Liên hệ", has_identity=True), a_page()
    (facts,) = read(client, contact.get_absolute_url()).text_of("facts")
    for said in ("Tỉnh ủy", "1 Lê Lợi", "0123", "12/GP"):
        assert said in facts
    assert not read(client, about.get_absolute_url()).with_class("facts")


def test_what_is_not_entered_of_the_identity_has_no_line(client):
    page = a_page(has_identity=True)
    assert not read(client, page.get_absolute_url()).with_class("facts")
    SiteIdentity.objects.create(name="Trang thử", email="a@example.vn")
    (facts,) = read(client, page.get_absolute_url()).text_of("facts")
    assert facts.endswith("a@example.vn") and "Địa chỉ" not in facts


def test_a_page_keeps_to_its_budget_however_many_there_are(client, django_assert_num_queries):
    """The page and the others, and whether it is that on privacy; the site and its menu."""
    page = a_page(has_identity=True)
    for number in range(25):
        a_page(f"trang-{number}", f"Trang {number}")
    with django_assert_num_queries(5):
        shown = read(client, page.get_absolute_url())
    assert len([link for link in shown.links if link.startswith("/trang/")]) == 20


def test_an_administrator_edits_a_page_and_readers_see_it_at_once(client):
    client.force_login(staff("administrator"))
    form = {"title": "Liên hệ", "slug": "lien-he", "body": "<p>Gọi cho chúng tôi.</p>", "position": "1"}
    answer = client.post("/quan-tri/newsroom/page/add/", form)
    assert answer.status_code == 302
    client.logout()
    assert "Gọi cho chúng tôi." in read(client, "/trang/lien-he/").text


def test_two_pages_do_not_share_an_address(client):
    a_page()
    client.force_login(staff("administrator"))
    form = {"title": "Giới thiệu", "slug": "gioi-thieu", "body": "<p>Chữ vừa gõ.</p>", "position": "1"}
    answer = client.post("/quan-tri/newsroom/page/add/", form)
    assert answer.status_code == 200 and "Chữ vừa gõ." in answer.content.decode()
    assert Page.objects.count() == 1

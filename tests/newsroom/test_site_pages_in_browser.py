"""The site's own pages in a real browser: readable to everyone, on a phone and at a desk, by day and by night."""

import pytest
from playwright.sync_api import Page as BrowserPage

from newsroom.models import Page, SiteIdentity
from tests.looking import look_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_page_of_the_site_shuts_nobody_out(page: BrowserPage) -> None:
    SiteIdentity.objects.create(name="Trang tin của Đảng bộ Sở Thử nghiệm", address="1 Lê Lợi " * 20, email="a@b.vn")
    for slug in ("gioi-thieu", "lien-he"):
        body = '<p>Lời giới thiệu, xem <a href="/">trang đầu</a>.</p><h2>Mục</h2><ul><li>một</li></ul>'
        Page.objects.create(slug=slug, title="Một trang mang tên khá dài", body=body, has_identity=True)
    look_at(page, "/trang/lien-he/")

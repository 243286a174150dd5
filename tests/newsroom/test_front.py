"""The front page, and what every page says of the site."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django.views.defaults import bad_request, permission_denied, server_error

from newsroom.models import MenuItem, SiteIdentity
from tests import situations
from tests.pages import parse, read, words

pytestmark = pytest.mark.django_db


def headings(page):
    return page.text_of("card-title")


# --- What leads ----------------------------------------------------------------------------------


def test_an_empty_newsroom_says_so_kindly(client):
    """The first thing a keeper sees after the two commands is a page, not a hole."""
    page = read(client, "/")
    assert page.with_class("notice")
    assert not page.with_class("card") and not page.with_class("band")


def test_what_editors_feature_leads_and_then_the_newest(client):
    situations.an_article("Mới nhất", **situations.published(1))
    situations.an_article("Cũ hơn", **situations.published(2))
    situations.an_article("Được chọn", featured_position=1, **situations.published(9))
    assert headings(read(client, "/"))[:2] == ["Được chọn", "Mới nhất"]


def test_a_featured_article_steps_back_when_its_time_is_over(client):
    situations.an_article("Mới nhất", **situations.published(1))
    situations.an_article("Hết hạn", featured_position=1, featured_until=timezone.now(), **situations.published(9))
    assert headings(read(client, "/"))[0] == "Mới nhất"


def test_an_article_stands_once_on_the_front_page(client):
    for number in range(14):
        situations.an_article(f"Bài {number:02d}", featured_position=1 if number == 3 else None)
    page = read(client, "/")
    shown = [*headings(page), *(words(link) for lines in page.with_class("lines") for link in lines.iter("a"))]
    assert len(shown) == len(set(shown)) == 11


# --- Its figures and conferences -------------------------------------------------------------------


def figures_on(page):
    return page.text_of("tile-label")


def test_key_figures_are_results_that_stand_by_themselves(client):
    """A target is not yet so, and a part cannot be read without its whole."""
    conference = situations.a_conference()
    good = situations.a_statistic(label="Kết quả", conference=conference, value=Decimal(71), whole=Decimal(75))
    situations.a_statistic(label="Trong đó", conference=conference, part_of=good)
    situations.a_statistic(label="Chỉ tiêu", conference=conference, kind="target")
    situations.a_statistic(label="Chưa công bố", conference=conference, **situations.draft())
    situations.a_statistic(label="Hẹn giờ", conference=conference, **situations.published(-1))
    assert figures_on(read(client, "/")) == ["Kết quả"]


def test_what_a_report_puts_in_its_title_is_its_key_figure(client):
    """The report's own judgement decides, and not the order in which it tells."""
    conference = situations.a_conference()
    for number in range(3):
        situations.a_statistic(label=f"Số {number}", conference=conference, percent=Decimal(50), position=number)
    key = situations.a_statistic(label="Số ở tiêu đề", conference=conference, position=9)
    article = situations.an_article("Kết nạp 147 đảng viên", conference=conference)
    situations.a_mention(article, key, "147", part="title")
    assert figures_on(read(client, "/"))[0] == "Số ở tiêu đề"


def test_one_report_does_not_fill_all_tiles(client):
    rich, poor = situations.a_conference(), situations.a_conference()
    situations.a_statistic(label="Của hội nghị kia", conference=poor, **situations.published(5))
    for number in range(9):
        situations.a_statistic(label=f"Số {number}", conference=rich)
    assert "Của hội nghị kia" in figures_on(read(client, "/"))[:3]


def test_a_tile_prints_a_share_as_the_report_did(client):
    figure = situations.a_statistic(
        value=Decimal(6027), whole=Decimal(6110), percent=Decimal("98.64"), percent_places=2, unit_printed="đảng viên"
    )
    page = read(client, "/")
    assert page.text_of("tile-number") == ["98,64%"]
    assert "6.027/6.110 đảng viên" in page.text_of("tile-note")[0]
    (bar,) = page.with_class("bar-share")
    assert bar.get("width") == "98.64"
    assert figure.get_absolute_url() in page.links


def test_a_conference_counts_only_what_is_public(client):
    conference = situations.a_conference(name="Hội nghị lần thứ bảy")
    for state in (situations.published(), situations.published(), situations.draft()):
        situations.a_statistic(conference=conference, **state)
    situations.an_award(reported_at=conference)
    situations.an_award(reported_at=conference, **situations.published(-1))
    situations.a_conference(name="Hội nghị chưa công bố", **situations.draft())
    (entry,) = read(client, "/").with_class("entry")
    counts = [words(span) for span in entry.iter("span") if span.get("class") == "nowrap"]
    assert [count.split()[0] for count in counts] == ["2", "1"]


# --- What every page says of the site --------------------------------------------------------------


def test_the_site_is_named_as_the_desk_has_entered_it(client):
    SiteIdentity(
        name="Đảng bộ Khối thử", kind="Trang thông tin", governing_body="Tỉnh ủy", email="ban@thu.example",
        licence_number="12/GP", licensed_on=timezone.localdate(), motto="Đúng con số",
    ).save()  # fmt: skip
    page = read(client, "/")
    assert page.text_of("brand") == ["Trang thông tin Đảng bộ Khối thử"]
    assert "mailto:ban@thu.example" in page.links
    assert f"{timezone.localdate():%d/%m/%Y}" in page.text_of("footer")[0]


def test_what_nobody_entered_leaves_no_trace(client):
    """A label without its value would look like a mistake of the body that runs the site."""
    SiteIdentity(name="Chỉ có tên").save()
    (footer,) = read(client, "/").text_of("footer")
    assert footer.partition(" Lượt truy cập ")[0] == "Chỉ có tên"


def test_a_logo_stands_in_the_place_of_the_drawn_mark(client):
    site = SiteIdentity(name="Có logo")
    site.logo.save("logo.png", ContentFile(situations.picture_bytes(80, 80, "PNG")), save=False)
    site.save()
    (emblem,) = read(client, "/").with_class("emblem")
    assert emblem.get("src") == site.logo.url


def test_the_menu_says_where_the_reader_is(client):
    MenuItem.objects.create(label="Trang nhất", address="/")
    MenuItem.objects.create(label="Tin tức", address="/bai-viet/")
    MenuItem.objects.create(label="Giới thiệu", address="https://gioi-thieu.example/", place="footer")
    article = situations.an_article()

    def current(path):
        (menu,) = read(client, path).with_class("menu")
        return {words(link): link.get("aria-current") for link in menu.iter("a") if link.get("aria-current")}

    assert current("/") == {"Trang nhất": "page"}
    assert current("/bai-viet/") == {"Tin tức": "page"}
    assert current(article.get_absolute_url()) == {"Tin tức": "true"}


# --- When something is wrong -----------------------------------------------------------------------


def test_a_missing_page_wears_the_sites_own_dress(client):
    SiteIdentity(name="Đảng bộ Khối thử").save()
    page = read(client, "/khong-co-gi/", status=404)
    assert page.text_of("code") == ["404"]
    assert "Đảng bộ Khối thử" in page.text


def test_a_fault_of_ours_is_answered_without_the_database(rf, django_assert_num_queries):
    """The database may be what has failed."""
    for view, arguments in ((server_error, []), (bad_request, [ValueError()])):
        with django_assert_num_queries(0):
            answer = view(rf.get("/"), *arguments)
        assert parse(answer.content.decode()).text_of("code") == [str(answer.status_code)]


def test_a_form_that_has_expired_says_what_to_do():
    """Whoever wrote long should not lose it to a page that says “Forbidden”."""
    answer = Client(enforce_csrf_checks=True).post("/quan-tri/login/", {"username": "ai"})
    assert answer.status_code == 403
    assert parse(answer.content.decode()).text_of("code") == ["403"]


def test_what_an_account_may_not_see_is_refused_in_the_same_hand(rf):
    answer = permission_denied(rf.get("/"), PermissionDenied("vì sao"))
    page = parse(answer.content.decode())
    assert page.text_of("code") == ["403"] and "vì sao" not in page.text

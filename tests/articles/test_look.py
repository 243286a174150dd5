"""The pages of articles in a real browser. Whatever it complains of fails the test (see `tests/conftest.py`)."""

from decimal import Decimal

import pytest

from articles.models import Byline, Citation, Correction, Publication, Tag, Video
from newsroom.models import MenuItem, SiteIdentity
from tests import situations
from tests.looking import look_at

pytestmark = pytest.mark.browser

_LONG = (
    "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh tổng kết công tác xây dựng tổ chức cơ sở đảng, công tác "
    "dân vận và Quy chế dân chủ ở cơ sở năm 2022 (TCCSĐ, UBKT, CCQ&DN)"
)


@pytest.fixture
def article(live_server):
    """An article with all that its page may show, and a few others beside it."""
    SiteIdentity(
        name="Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh", kind="Trang thông tin điện tử",
        governing_body="Tỉnh ủy", email="ban@thu.example", motto="Gần cơ sở, đúng con số",
    ).save()  # fmt: skip
    for place in MenuItem.Place.values:
        for label, address in (("Tin tức", "/bai-viet/"), ("Khen thưởng", "/khen-thuong/"), ("Số liệu", "/so-lieu/")):
            MenuItem.objects.create(label=label, address=address, place=place)
    conference = situations.a_conference(name=_LONG, ordinal=7, term_number=4, term_start=2020, term_end=2025)
    article = situations.an_article(
        _LONG,
        lead="Ở những cơ sở ấy, ẨN Ý, Ế, Ổ, Ỗ, Ậ, Ặ, Ữ: dấu chồng dấu không được cắt cụt.",
        dateline="LĐ online",
        body="<h2>Kết quả</h2><p>Có 71/75 tập thể, trong đó 14/71. <a href='https://bao.example/'>Nguồn</a></p>"
        "<blockquote><p>Lời phát biểu.</p></blockquote><ul><li>Một</li></ul>"
        f"<table><thead><tr><th>Tổ chức</th><th>2022</th></tr></thead><tbody><tr><td>{'ABCDEFGH' * 9}</td><td>1</td>"
        "</tr></tbody></table>",
        conference=conference,
        publication=Publication.objects.create(name="Báo Thử"),
        source_label="Theo",
        source_url="https://bao.example/bai-1",
        source_published_at=situations.at(2023, 2, 14),
    )
    good = situations.a_statistic(conference=conference, value=Decimal(71), whole=Decimal(75), label=_LONG)
    part = situations.a_statistic(conference=conference, value=Decimal(14), whole=Decimal(71), part_of=good)
    target = situations.a_statistic(conference=conference, percent=Decimal(90), comparator=">", kind="target")
    rating = situations.a_statistic(conference=conference, level="excellent", kind="target", label="Mức xếp loại")
    situations.a_mention(article, rating, "tập thể")
    award = situations.an_award(reported_at=conference, achievement=_LONG)
    for thing, words in ((good, "71/75 tập thể"), (part, "14/71"), (target, "Kết quả"), (award, "trong đó")):
        situations.a_mention(article, thing, words)
    for number in range(12):
        situations.a_mention(article, situations.a_statistic(conference=conference, label=f"Số {number}"), "75")
    Citation.objects.create(article=article, document=situations.a_document(subject=_LONG))
    Byline.objects.create(article=article, person=situations.a_person(), credit="both", unit=_LONG)
    Correction.objects.create(article=article, stood="72/75", right="71/75")
    Video.objects.create(article=article, address="https://video.example/1", caption="Phóng sự")
    for place in range(3):
        situations.a_photo(article, position=place, credit="Ảnh minh họa")
    article.tags.add(Tag.objects.create(name="kiểm tra, giám sát"))
    comment = situations.a_comment(article, "Một câu hỏi\n\nhai đoạn " + "dài" * 60)
    situations.a_comment(article, "Một câu trả lời", parent=comment, is_staff_reply=True)
    for number in range(25):
        other = situations.an_article(f"Bài {number}: {_LONG}"[:200], **situations.published(30 + number))
        other.tags.add(article.tags.get())
    situations.a_photo(other)
    return article


def test_the_front_page_can_be_read_by_everyone(page, article):
    look_at(page, "/")


def test_an_article_can_be_read_by_everyone(page, article):
    look_at(page, article.get_absolute_url())


def test_lists_can_be_read_by_everyone(page, article):
    for path in ("/bai-viet/", "/bai-viet/?to-chuc=&nam="):
        look_at(page, path)


def test_what_gathers_articles_can_be_read_by_everyone(page, article):
    author = article.bylines.get().person
    for thing in (article.category, article.tags.get(), author):
        look_at(page, thing.get_absolute_url())
    for path in ("/chuyen-muc/", "/the/", "/tac-gia/", "/dinh-chinh/"):
        look_at(page, path)


def test_an_empty_newsroom_can_be_read_by_everyone(page, live_server):
    for path in ("/", "/bai-viet/", "/the/", "/dinh-chinh/"):
        look_at(page, path)


def test_a_missing_page_can_be_read_by_everyone(page, article, expected_noise):
    expected_noise.append(r"404 for GET .*/khong-co-gi/")
    look_at(page, "/khong-co-gi/")


def test_a_reader_without_a_mouse_can_skip_to_the_article(page, article):
    page.goto(article.get_absolute_url())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_words_of_a_figure_lead_to_it_and_the_box_does_too(page, article):
    page.goto(article.get_absolute_url())
    words = page.locator(".prose .figure-link").filter(has_text="71/75 tập thể")
    assert words.get_attribute("href") == page.locator(".figures .figure-label").first.get_attribute("href")
    words.click()
    assert "/so-lieu/" in page.url


def test_the_newsroom_reads_the_same_without_a_script(page, article, new_context):
    """Whatever comes later as a script is a comfort: the buttons that print and copy are all it adds."""
    bare = new_context(java_script_enabled=False).new_page()
    bare.goto(article.get_absolute_url())
    page.goto(article.get_absolute_url())
    page.locator(".ways button").evaluate_all("buttons => buttons.forEach(button => { button.hidden = true; })")
    assert bare.locator("main").inner_text() == page.locator("main").inner_text()


def test_a_theme_can_be_chosen_over_the_systems(page, article):
    """`data-theme` on the root is all that a later switch has to set."""
    page.emulate_media(color_scheme="light")
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    dark = page.evaluate(ground)
    assert dark != light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == dark


def test_nothing_that_can_be_pressed_is_smaller_than_a_fingertip(page, article):
    """WCAG 2.2 asks for 24 px; links inside running text are excepted."""
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("/", "/bai-viet/", article.get_absolute_url()):
        page.goto(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll('nav a, .kicker, .more, .tags a, .pager a, button, select, summary')]
                .map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
                .filter(([, box]) => box.height && box.height < 24).map(([text]) => text)"""
        )
        assert small == []

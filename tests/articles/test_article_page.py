"""The page of one article: all that belongs to it, and nothing that is not public."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import gettext

from articles.commenting.thread import arrange
from articles.models import Byline, Citation, Comment, Correction, Publication, Tag, Video
from articles.story import credit
from newsroom.visits.models import VisitAdjustment
from tests import situations
from tests.pages import read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return situations.an_article(
        "Năm 2022: 71/75 tập thể hoàn thành tốt nhiệm vụ",
        lead="Hội nghị chiều 14/02 nghe báo cáo.",
        dateline="LĐ online",
        body="<p>Có 71/75 tập thể hoàn thành tốt, trong đó 14/71 xuất sắc.</p>",
        conference=situations.a_conference(name="Hội nghị tổng kết năm 2022"),
    )


def page_of(client, article):
    return read(client, article.get_absolute_url())


# --- Its head ----------------------------------------------------------------------------------


def test_it_says_when_it_was_published_on_the_newsrooms_clock(client, article):
    article.published_at = situations.at(2023, 2, 14, 16)
    article.updated_at = situations.at(2023, 2, 14, 18)
    article.save()
    (meta,) = page_of(client, article).with_class("head")
    assert "14/02/2023 | 16:00 GMT+7" in words(meta)
    assert "14/02/2023 | 18:00 GMT+7" in words(meta)


def test_an_article_that_was_not_changed_names_no_other_time(client, article):
    assert page_of(client, article).html.count("<time") == 1


def test_it_says_how_often_it_was_read(client, article):
    """A site that moves here brings the counts of its articles."""
    VisitAdjustment.objects.create(key=article.reads_key, kind="baseline", amount=2120, reason="Số của trang cũ")
    assert "2.120" in page_of(client, article).text_of("meta")[0]


def test_its_lead_begins_with_its_dateline(client, article):
    assert page_of(client, article).text_of("lede") == ["(LĐ online) – Hội nghị chiều 14/02 nghe báo cáo."]


# --- Its figures, awards and conference --------------------------------------------------------


@pytest.fixture
def figures(article):
    good = situations.a_statistic(
        conference=article.conference, value=Decimal(71), whole=Decimal(75), percent=Decimal("94.67"), percent_places=2
    )
    part = situations.a_statistic(
        conference=article.conference, value=Decimal(14), whole=Decimal(71), part_of=good, label="Xuất sắc"
    )
    situations.a_mention(article, good, "71/75 tập thể")
    situations.a_mention(article, part, "14/71")
    return good, part


def test_its_figures_stand_beside_it_a_part_under_its_whole(client, article, figures):
    good, part = figures
    (box,) = page_of(client, article).with_class("figures")
    (outer,) = box.findall("./ol/li")
    (inner,) = outer.findall("./ol/li")
    assert "71/75 (94,67%)" in words(outer)
    assert [link.get("href") for link in outer.findall("./div/a")] == [good.get_absolute_url()]
    assert [link.get("href") for link in inner.findall("./div/a")] == [part.get_absolute_url()]


def test_a_share_that_is_ours_says_so(client, article, figures):
    (ours,) = page_of(client, article).text_of("ours")
    assert "19,72%" in ours
    assert gettext("(computed by us)") in ours


def test_its_figures_are_marked_in_its_text(client, article, figures):
    page = page_of(client, article)
    assert [words(link) for link in page.with_class("figure-link")] == ["71/75 tập thể", "14/71"]


def test_a_figure_that_is_mentioned_twice_stands_once(client, article, figures):
    situations.a_mention(article, figures[0], "71/75 tập thể", part="title")
    assert len(page_of(client, article).with_class("figure")) == 2


def test_a_figure_or_an_award_that_is_not_public_is_nowhere(client, article):
    """A figure may be withdrawn while the article stays."""
    hidden = situations.a_statistic(label="Số liệu kín", conference=article.conference, **situations.draft())
    award = situations.an_award(achievement="Thành tích kín", reported_at=article.conference, **situations.draft())
    situations.a_mention(article, hidden, "71/75 tập thể")
    situations.a_mention(article, award, "14/71")
    page = page_of(client, article)
    assert "kín" not in page.html
    assert not page.with_class("figure-link")


def test_figures_of_its_conference_that_nobody_mentions_stand_beside_it_too(client, article):
    """They were entered for this report; what another article reports by its words is that article's."""
    own = situations.a_statistic(conference=article.conference, label="Không câu nào nhắc")
    others = situations.a_statistic(conference=article.conference, label="Bài khác nhắc")
    situations.a_mention(situations.an_article(), others, "5")
    (box,) = page_of(client, article).with_class("figures")
    assert own.label in words(box)
    assert others.label not in words(box)


def test_its_awards_and_its_conference_stand_beside_it(client, article):
    award = situations.an_award(achievement="Phong trào thi đua", count=16, reported_at=article.conference)
    situations.a_mention(article, award, "trong đó")
    page = page_of(client, article)
    (listed,) = page.text_of("awards")
    assert listed.startswith("16 ")
    assert {award.get_absolute_url(), article.conference.get_absolute_url()} <= set(page.links)


def test_a_conference_that_is_not_public_is_not_named(client, article):
    article.conference.state = "withdrawn"
    article.conference.save()
    assert article.conference.name not in page_of(client, article).html


def test_the_documents_it_cites_lead_to_their_pages(client, article):
    document = situations.a_document("Nghị quyết số 21-NQ/TW", issued_on=date(2022, 6, 16))
    Citation.objects.create(article=article, document=document)
    page = page_of(client, article)
    assert document.get_absolute_url() in page.links
    assert "16/06/2022" in page.text


# --- Its pictures ------------------------------------------------------------------------------


def test_pictures_come_in_the_widths_that_screens_ask_for(client, article):
    """The first is fetched at once, what lies below the fold when it is reached; none moves the text."""
    situations.a_photo(article, 1200, caption="Ảnh một", credit="Ảnh minh họa")
    situations.a_photo(article, caption="Ảnh hai", position=1)
    page = page_of(client, article)
    first, second = (figure.find(".//img") for figure in page.with_class("photo"))
    assert (first.get("width"), first.get("height")) == ("1200", "675")
    assert (first.get("loading"), second.get("loading")) == (None, "lazy")
    (source, _) = page.root.iter("source")
    assert [part.split()[1] for part in source.get("srcset").split(", ")] == ["480w", "960w", "1200w"]
    assert page.text.count("Ảnh minh họa") == 1


def test_a_video_elsewhere_is_a_link_and_one_that_is_nowhere_is_nothing(client, article):
    """A report may announce a video without saying where it is."""
    Video.objects.create(article=article, caption="Video chưa có")
    Video.objects.create(article=article, caption="Phóng sự", address="https://truyenhinh.example/phong-su")
    page = page_of(client, article)
    assert len(page.with_class("video")) == 1
    assert "https://truyenhinh.example/phong-su" in page.links


# --- How it ends -------------------------------------------------------------------------------


def a_byline(name, credit="", unit=""):
    return Byline(person=situations.a_person(name), credit=credit, unit=unit)


@pytest.mark.parametrize(
    ("bylines", "lines"),
    [
        ([("An", "both", "")], [("Text, photos", ["An"])]),
        ([("An", "text", ""), ("Bình", "text", "")], [("Text", ["An", "Bình"])]),
        ([("An", "text", ""), ("Bình", "photo", "")], [("Text", ["An"]), ("Photos", ["Bình"])]),
        ([("An", "", "")], [("", ["An"])]),
        ([], []),
    ],
)
def test_a_byline_says_who_did_what(bylines, lines):
    told = credit([a_byline(*byline) for byline in bylines])
    assert [(line.what, [byline.person.name for byline in line.bylines]) for line in told] == [
        (gettext(what) if what else "", names) for what, names in lines
    ]


def test_text_and_photos_by_one_person_are_one_credit():
    person = situations.a_person("An")
    (line,) = credit([Byline(person=person, credit="text"), Byline(person=person, credit="photo")])
    assert (line.what, len(line.bylines)) == (gettext("Text, photos"), 1)


def test_a_byline_names_the_unit_after_a_dash(client, article):
    Byline.objects.create(article=article, person=situations.a_person("Bùi Văn Thử"), credit="both", unit="Chi bộ 1")
    (line,) = page_of(client, article).text_of("byline")
    assert line == f"{gettext('Text, photos')}: Bùi Văn Thử – Chi bộ 1"


@pytest.mark.parametrize(
    ("name", "address", "source_url", "shown", "href"),
    [
        ("Báo Thử", "", "https://bao.example/bai-1", "Báo Thử", "https://bao.example/bai-1"),
        ("", "https://www.bao.example/", "", "bao.example", "https://www.bao.example/"),
        ("Báo Thử", "", "", "Báo Thử", None),
    ],
)
def test_it_says_whose_report_it_was(client, article, name, address, source_url, shown, href):
    article.publication = Publication.objects.create(name=name, address=address)
    article.source_label, article.source_url = "Theo", source_url
    article.save()
    (line,) = page_of(client, article).with_class("byline")
    assert words(line) == f"Theo: {shown}"
    assert [link.get("href") for link in line.iter("a")] == ([href] if href else [])


def test_a_correction_tells_what_stood_and_what_is_right(client, article):
    Correction.objects.create(article=article, stood="72/75 tập thể", right="71/75 tập thể")
    (told,) = page_of(client, article).with_class("corrections")
    assert [words(mark) for mark in told.iter("del")] == ["72/75 tập thể"]
    assert [words(mark) for mark in told.iter("ins")] == ["71/75 tập thể"]


# --- What is near it ---------------------------------------------------------------------------


def test_nearest_of_all_are_articles_of_the_same_conference(client, article):
    """Then those about its committees, with its tags, of its category; each newest first, each once."""
    category, conference = article.category, article.conference
    article.committees.add(conference.committee)
    elsewhere = situations.a_category("Chuyên mục khác")
    far = situations.an_article("Cùng chuyên mục", category=category, **situations.published(1))
    near = situations.an_article("Cùng tổ chức", category=elsewhere, **situations.published(2))
    near.committees.add(conference.committee)
    tagged = situations.an_article("Cùng thẻ", category=elsewhere, **situations.published(3))
    for other in (article, tagged):
        other.tags.add(Tag.objects.get_or_create(name="dân vận khéo")[0])
    nearest = situations.an_article(
        "Cùng hội nghị", category=category, conference=conference, **situations.published(9)
    )
    nearest.committees.add(conference.committee)
    situations.an_article("Không liên quan", category=elsewhere)
    (related,) = page_of(client, article).with_class("related")
    found = [link.get("href") for link in related.iter("a")]
    assert found == [other.get_absolute_url() for other in (nearest, near, tagged, far)]


def test_the_conferences_before_and_after_lead_on(client, article):
    """Those of the same committee and organ: what another organ held is another series."""
    conference = article.conference
    committee, day = conference.committee, conference.held_on
    before, after = (
        situations.a_conference(committee, name=name, held_on=day + timedelta(days=days))
        for name, days in (("Hội nghị trước", -90), ("Hội nghị sau", 90))
    )
    situations.a_conference(committee, name="Của ban khác", convened_by="Ban khác", held_on=day + timedelta(days=1))
    situations.a_conference(name="Của tổ chức khác", held_on=day + timedelta(days=1))
    draft = situations.a_conference(committee, held_on=day + timedelta(days=1), **situations.draft())
    (ways,) = page_of(client, article).with_class("lines-nav")
    assert [link.get("href") for link in ways.iter("a")] == [each.get_absolute_url() for each in (before, after)]
    assert str(draft) not in words(ways)


# --- What readers say --------------------------------------------------------------------------


def test_only_approved_comments_are_shown_and_no_address_ever(client, article):
    situations.a_comment(article, "Câu được duyệt", email="ban.doc@example.org")
    for state in ("pending", "rejected", "spam"):
        situations.a_comment(article, f"Câu {state}", state=state)
    page = page_of(client, article)
    assert page.text_of("text") == ["Câu được duyệt"]
    assert "ban.doc@" not in page.html


def test_a_reply_of_the_newsroom_carries_its_badge(client, article):
    comment = situations.a_comment(article, "Câu hỏi")
    situations.a_comment(article, "Câu trả lời", parent=comment, is_staff_reply=True)
    (replies,) = page_of(client, article).with_class("replies")
    assert "Câu trả lời" in words(replies)
    assert any(element.get("class") == "badge" for element in replies.iter())


def test_a_reply_keeps_its_place_when_its_parent_is_taken_down(client, article):
    rejected = situations.a_comment(article, "Câu bị gỡ", state="rejected")
    situations.a_comment(article, "Câu đáp", parent=rejected)
    page = page_of(client, article)
    assert page.text_of("gone") and "Câu bị gỡ" not in page.html
    assert page.text_of("text") == ["Câu đáp"]


def test_the_newest_thread_stands_first_and_its_replies_in_the_order_they_came(article):
    first, second = situations.a_comment(article, "Một"), situations.a_comment(article, "Hai")
    replies = [situations.a_comment(article, words, parent=first) for words in ("Đáp một", "Đáp hai")]
    threads = arrange(Comment.objects.order_by("pk"))
    assert [(thread.comment, thread.replies) for thread in threads] == [(second, []), (first, replies)]


# --- Hostile words -----------------------------------------------------------------------------


def test_what_people_type_is_shown_and_never_run(client):
    """Titles, names and comments are words, whatever they look like; the page still parses strictly."""
    hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)> & 'quoted' </title>"
    article = situations.an_article(
        hostile, lead=hostile, dateline=hostile[:60], category=situations.a_category(hostile[:80])
    )
    Byline.objects.create(article=article, person=situations.a_person(hostile[:120]), unit=hostile)
    situations.a_comment(article, hostile, name=hostile[:80])
    situations.a_photo(article, alt=hostile, caption=hostile, credit=hostile)
    figure = situations.a_statistic(label=hostile)
    situations.a_mention(article, figure, "<script>", part="title")
    article.publication = Publication.objects.create(name=hostile[:120])
    article.save()
    for path in (article.get_absolute_url(), "/", "/bai-viet/", "/chuyen-muc/", "/tac-gia/"):
        assert "<script>" not in read(client, path).html
    assert "alert(1)" in page_of(client, article).text

"""One test asks every door: before its minute a scheduled article is nowhere, from its minute on everywhere.

With it come its conference, its figures and its awards. The doors are read from the site's own
addresses: a new page without a row in `doors` fails here before it can leak anything.
"""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from articles import workflow
from articles.commenting.own import token_of
from articles.models import Article, Byline, Citation, Tag
from committees.models import Statistic
from newsroom.models import Page, SiteIdentity
from newsroom.sitemaps import SECTIONS
from newsroom.tables import FORMATS
from newsroom.vietnamese import slugify
from tests import situations
from tests.pages import words_of_file

pytestmark = pytest.mark.django_db

ARTICLE, CONFERENCE, FIGURE, AWARD = "BàiHẹnGiờ", "HộiNghịHẹnGiờ", "SốLiệuHẹnGiờ", "KhenThưởngHẹnGiờ"
NUMBER = "98.765"  # the figure itself: a list may print it without its label
TOGETHER = "cùngmộtlúc"  # a word in the name of each, by which one search finds them all
MARKS = {ARTICLE, CONFERENCE, FIGURE, AWARD, NUMBER}


def named(mark: str) -> str:
    return f"{mark} {TOGETHER}"


@pytest.fixture
def minute():
    return timezone.now() + timedelta(hours=2)


@pytest.fixture
def doors(minute) -> dict[str, tuple[str, set[str]]]:
    """Build what is scheduled, filed under things that are public already.

    Returns every door by the name of its address: where it is, and which marks stand there in the end.
    """
    scheduled = {"state": "published", "published_at": minute}
    committee, indicator = situations.a_committee("Đảng bộ thử"), situations.an_indicator()
    person, document = situations.a_person(), situations.a_document()
    category, tag = situations.a_category(), Tag.objects.create(name="thẻ thử")

    conference = situations.a_conference(committee, name=named(CONFERENCE), **scheduled)
    figure = situations.a_statistic(
        conference=conference,
        indicator=indicator,
        label=named(FIGURE),
        value=98765,
        kind=Statistic.Kind.RESULT,
        **scheduled,
    )
    award = situations.an_award(reported_at=conference, achievement=named(AWARD), **scheduled)
    body = "<p>Kết nạp 98.765 người. Tặng 5 giấy khen.</p>"
    article = situations.an_article(named(ARTICLE), category=category, conference=conference, body=body, **scheduled)
    situations.a_mention(article, figure, "98.765 người")
    situations.a_mention(article, award, "5 giấy khen")
    article.tags.add(tag)
    article.committees.add(committee)
    Byline.objects.create(article=article, person=person)
    Citation.objects.create(article=article, document=document)
    article.corrections.create(stood="98.764", right="98.765")
    comment = situations.a_comment(article, "Lời bình luận của bạn đọc")

    SiteIdentity.objects.create(name="Trang thử", email="toasoan@example.vn")

    def at(thing) -> str:
        return thing.get_absolute_url()

    return {
        "home": ("/", {ARTICLE, CONFERENCE, FIGURE, NUMBER}),
        "search": (f"/tim-kiem/?q={TOGETHER}", MARKS),
        "visits": ("/luot-truy-cap/", set()),
        "visit-numbers": ("/luot-truy-cap.json", set()),
        "beacon": ("/dem/", set()),
        "data": ("/du-lieu/", set()),
        "page": (Page.objects.create(slug="gioi-thieu", title="Giới thiệu").get_absolute_url(), set()),
        "articles": ("/bai-viet/", {ARTICLE}),
        "article": (at(article), MARKS),
        "article_save": (f"{at(article)}luu/", MARKS),
        "comments": (f"{at(article)}binh-luan/", {ARTICLE}),
        "comment": (f"{at(article)}binh-luan/{comment.pk}/", {ARTICLE}),
        "comment_sent": (f"{at(article)}binh-luan/da-gui/{token_of(comment)}/", MARKS),
        "comment_report": (f"/binh-luan/{comment.pk}/bao-cao/", {ARTICLE}),
        "comment_reported": ("/binh-luan/bao-cao/da-gui/", set()),
        "figure_report": (f"/so-lieu/{figure.pk}/bao-sai/", {FIGURE, NUMBER}),
        "figure_reported": ("/so-lieu/bao-sai/da-gui/", set()),
        "categories": ("/chuyen-muc/", set()),
        "category": (at(category), {ARTICLE}),
        "tags": ("/the/", set()),
        "tag": (at(tag), {ARTICLE}),
        "authors": ("/tac-gia/", set()),
        "author": (at(person), {ARTICLE}),
        "corrections": ("/dinh-chinh/", {ARTICLE, NUMBER}),
        "committees": ("/to-chuc/", set()),
        "committee": (at(committee), MARKS),
        "conferences": ("/hoi-nghi/", {CONFERENCE}),
        "conference": (at(conference), MARKS),
        "calendar": ("/lich/", {CONFERENCE}),
        "month": (f"/lich/{conference.held_on:%Y}/{conference.held_on.month}/", {CONFERENCE}),
        "calendar-file": ("/lich.ics", {CONFERENCE}),
        "committee-file": (at(committee) + "lich.ics", {CONFERENCE}),
        "conference-file": (at(conference) + "lich.ics", {CONFERENCE}),
        "awards": ("/khen-thuong/", {AWARD, CONFERENCE}),
        "award": (at(award), {AWARD, ARTICLE, CONFERENCE}),
        "statistics": ("/so-lieu/", {FIGURE, NUMBER, CONFERENCE}),
        "statistic": (at(figure), {FIGURE, NUMBER, ARTICLE, CONFERENCE}),
        "targets": ("/chi-tieu/", set()),
        "indicators": ("/chi-so/", {NUMBER}),
        "indicator": (at(indicator), {FIGURE, NUMBER, CONFERENCE}),
        "documents": ("/van-ban/", set()),
        "document": (at(document), {ARTICLE}),
        "sitemap": ("/sitemap.xml", set()),
        "sitemap-section: bai-viet": ("/sitemap-bai-viet.xml", {ARTICLE}),
        "sitemap-section: tin-moi": ("/sitemap-tin-moi.xml", {ARTICLE}),
        "sitemap-section: hoi-nghi": ("/sitemap-hoi-nghi.xml", {CONFERENCE}),
        "sitemap-section: khen-thuong": ("/sitemap-khen-thuong.xml", {AWARD}),
        "sitemap-section: so-lieu": ("/sitemap-so-lieu.xml", {FIGURE}),
        **{
            f"sitemap-section: {section}": (f"/sitemap-{section}.xml", set())
            for section in ("trang", "chuyen-muc", "the", "tac-gia", "to-chuc", "chi-so", "van-ban")
        },
        "robots": ("/robots.txt", set()),
        "security": ("/.well-known/security.txt", set()),
        "manifest": ("/manifest.webmanifest", set()),
        "rss": ("/rss/", {ARTICLE, NUMBER}),
        "atom": ("/atom/", {ARTICLE, NUMBER}),
        "category-rss": (f"/rss/chuyen-muc-{category.pk}/", {ARTICLE, NUMBER}),
        "category-atom": (f"/atom/chuyen-muc-{category.pk}/", {ARTICLE, NUMBER}),
        "committee-rss": (f"/rss/to-chuc-{committee.pk}/", {ARTICLE, NUMBER}),
        "committee-atom": (f"/atom/to-chuc-{committee.pk}/", {ARTICLE, NUMBER}),
        "comments-rss": (f"/rss/binh-luan-bai-{article.pk}/", {ARTICLE}),
        "comments-atom": (f"/atom/binh-luan-bai-{article.pk}/", {ARTICLE}),
        "corrections-rss": ("/rss/dinh-chinh/", {ARTICLE, NUMBER}),
        "corrections-atom": ("/atom/dinh-chinh/", {ARTICLE, NUMBER}),
        "indicator-rss": (f"/rss/chi-so-{indicator.pk}/", {FIGURE, NUMBER, CONFERENCE}),
        "indicator-atom": (f"/atom/chi-so-{indicator.pk}/", {FIGURE, NUMBER, CONFERENCE}),
    }


def seen(doors: dict[str, tuple[str, set[str]]]) -> Iterator[tuple[str, int, set[str]]]:
    """Open every door, and yield its name, its status and the marks that stand there."""
    for name, (address, _marks) in doors.items():
        answer = Client().get(address)
        text = answer.content.decode()
        # A sitemap says a thing by its address alone.
        is_map = answer.headers["Content-Type"] == "application/xml"
        yield name, answer.status_code, {mark for mark in MARKS if mark in text or (is_map and slugify(mark) in text)}


# What stands in the end in the files of each list that gives any.
FILES = {
    "articles": {ARTICLE, CONFERENCE},
    "committees": set(),
    "conferences": {CONFERENCE, ARTICLE},
    "awards": {AWARD, CONFERENCE, ARTICLE},
    "statistics": {FIGURE, NUMBER, CONFERENCE, ARTICLE},
    "indicators": set(),
    "indicator": {FIGURE, NUMBER, CONFERENCE, ARTICLE},
    "documents": {ARTICLE},
}


def in_files(doors: dict[str, tuple[str, set[str]]]) -> dict[str, list[set[str]]]:
    """Return the marks that stand in each file of each list."""
    found: dict[str, list[set[str]]] = {}
    for name in FILES:
        for format in FORMATS:
            text = words_of_file(Client().get(doors[name][0], {"format": format}).getvalue())
            found.setdefault(name, []).append({mark for mark in MARKS if mark in text})
    return found


def public_addresses() -> set[str]:
    """The names of all public pages, as the site's own list of addresses knows them: all but the desk's."""
    names = set()
    for part in get_resolver().url_patterns:
        if str(part.pattern).startswith("quan-tri/"):
            continue
        if isinstance(part, URLPattern):
            names.add(part.name)
        else:
            names |= {pattern.name for pattern in part.url_patterns if isinstance(pattern, URLPattern)}
    return names - {None}


# The one door made to show what is not public yet: to whoever was given its link, and to nobody else.
ON_PURPOSE = {"preview"}
ICONS = {"favicon", "touch-icon"}  # files


def test_every_door_has_a_row(doors):
    assert public_addresses() - ON_PURPOSE - ICONS == {name.partition(":")[0] for name in doors}
    assert {name.partition(": ")[2] for name in doors if ":" in name} == SECTIONS.keys()


def test_a_preview_shows_all_before_its_minute_and_leads_to_the_page_from_its_minute_on(doors, minute):
    article = Article.objects.get(title=named(ARTICLE))
    link = situations.a_preview_link(article).get_absolute_url()
    reader = Client(headers={"user-agent": "Mozilla/5.0"})
    shown = reader.get(link)
    assert shown.status_code == 200
    assert {mark for mark in MARKS if mark in shown.content.decode()} == MARKS
    made_up = reader.get(link[:-2] + "/")
    assert made_up.status_code == 404
    assert not any(mark in made_up.content.decode() for mark in MARKS)
    with patch("django.utils.timezone.now", return_value=minute):
        answer = reader.get(link)
        assert (answer.status_code, answer.headers["Location"]) == (302, article.get_absolute_url())


def test_before_its_minute_a_scheduled_article_is_nowhere(doors):
    assert {(name, *marks) for name, _status, marks in seen(doors) if marks} == set()
    statuses = {name: status for name, status, _marks in seen(doors)}
    # The tag and the author are known from this article alone: they are not there either.
    hidden = {
        "article",
        "article_save",
        "comments",
        "comment",
        "comment_sent",
        "comment_report",
        "figure_report",
        "comments-rss",
        "comments-atom",
        "conference",
        "award",
        "statistic",
        "tag",
        "author",
        "month",
        "conference-file",
    }
    assert {name for name, status in statuses.items() if status == 404} == hidden
    assert all(status == 200 for name, status in statuses.items() if name not in hidden)


def test_from_its_minute_on_a_scheduled_article_is_everywhere(doors, minute):
    """No job has run and nothing was saved: only the clock has moved."""
    with patch("django.utils.timezone.now", return_value=minute):
        found = {name: (status, marks) for name, status, marks in seen(doors)}
    assert {name: status for name, (status, _marks) in found.items() if status != 200} == {}
    expected = {name: marks for name, (_address, marks) in doors.items()}
    assert {name: marks for name, (_status, marks) in found.items()} == expected


def test_a_scheduled_article_is_in_no_file_before_its_minute_and_in_every_format_from_then_on(doors, minute):
    assert in_files(doors) == {name: [set()] * len(FORMATS) for name in FILES}
    with patch("django.utils.timezone.now", return_value=minute):
        assert in_files(doors) == {name: [marks] * len(FORMATS) for name, marks in FILES.items()}


def test_a_withdrawal_closes_every_door_again(doors, minute):
    editor = situations.staff("editor")
    with patch("django.utils.timezone.now", return_value=minute + timedelta(hours=1)):
        workflow.perform(Article.objects.get(title=named(ARTICLE)), "withdraw", editor, reason="Đăng nhầm")
        assert {(name, *marks) for name, _status, marks in seen(doors) if marks} == set()
        assert in_files(doors) == {name: [set()] * len(FORMATS) for name in FILES}

"""Every public page, in each of its states, without an error and without a warning of the Nu HTML checker."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import F
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views import defaults
from django.views.csrf import csrf_failure

from articles.models import Article, Comment, Correction
from newsroom import outage, refusing
from newsroom.management.commands.load_sample import FIXTURES, FOLDER
from tests import nu, situations
from tests.articles.commenting.sending import send
from tests.test_walk import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.long]

LISTS = [
    "home", "search", "data",
    "articles:articles", "articles:categories", "articles:tags", "articles:authors", "articles:corrections",
    "committees:committees", "committees:conferences", "committees:calendar", "committees:awards",
    "committees:statistics", "committees:indicators", "committees:documents",
]  # fmt: skip


def failing(client: Client) -> dict[str, HttpResponse]:
    """What a reader sees when something is refused, missing or broken."""
    request = RequestFactory().get("/")
    return {
        "400": defaults.bad_request(request, ValueError()),
        "403": defaults.permission_denied(request, PermissionDenied()),
        "403 csrf": csrf_failure(request),
        "404": client.get("/khong-co-trang-nay/"),
        "404 preview": client.get(reverse("articles:preview", args=["khong-mo-gi"])),
        "500": defaults.server_error(request),
        **{f"{code} of the web server": HttpResponse(refusing.page(code)) for code in refusing.PAGES},
        "503": outage.unavailable(request),
        "503 with what was sent": outage.unavailable(RequestFactory().post("/", {"a": "b", "long": "c" * 99})),
    }


def narrowed(client: Client) -> dict[str, HttpResponse]:
    """Lists that are narrowed: to something, to nothing, and to what cannot be."""
    addresses = [
        *(f"/bai-viet/?{query}" for query in ("nam=2022", "nam=1900", "nam=khong", "q=nhiem+vu", "truoc=%00")),
        *(
            f"/tim-kiem/?q={query}"
            for query in ("dang+bo", "%22dang+bo%22", "zzzzqqqq", "%3Cb%3E+.*%5B(%5C", "a" * 9000)
        ),
        "/tim-kiem/?q=dang+bo&loai=hoi-nghi&nam=2022",
        "/tim-kiem/?q=dnag+bo",
        *(f"/so-lieu/?{query}" for query in ("nam=2022", "nam=1900", "chi-so=0")),
        *(f"/hoi-nghi/?{query}" for query in ("nam=2022", "nam=1900", "to-chuc=x")),
        *(f"/khen-thuong/?{query}" for query in ("nam=2022", "nam=1900")),
        *(f"/to-chuc/?{query}" for query in ("loai=grassroots", "loai=x")),
        "/van-ban/?loai=x",
        "/lich/1999/2/",
    ]
    return {address: client.get(address) for address in addresses}


def _year(year: int) -> dict[str, Any]:
    days = {"period_starts_on": date(year, 1, 1), "period_ends_on": date(year, 12, 31)}
    return {"value": year, "period_label": f"Năm {year}", "period_type": "year", **days}


def unusual(client: Client) -> dict[str, HttpResponse]:
    """An article with all that the sample's have not, as its readers will see it and as they see it."""
    article = Article.objects.public().first()
    assert article is not None
    Correction.objects.create(article=article, stood="78", right="79")
    parent = situations.a_comment(article, "Một dòng <b>\n\nHai dòng")
    situations.a_comment(article, "Trả lời", parent=parent)
    hidden = situations.a_comment(article, "Ẩn", state="rejected")
    situations.a_comment(article, "Trả lời", parent=hidden)
    sent, refused = send(client, article, parent=parent.pk), send(client, article, text="", name="", consent=None)
    told = {name: client.get(address) for name, address in {
        "sent": sent.headers["Location"],
        "report": reverse("articles:comment_report", args=[parent.pk]),
        "reported": reverse("articles:comment_reported"),
        "figure reported": reverse("articles:figure_reported"),
    }.items()}  # fmt: skip
    told["refused"] = refused
    draft = situations.an_article(state="submitted", published_at=None)
    link = situations.a_preview_link(draft, expires_at=timezone.now() + timedelta(days=1))
    bare = situations.an_article("", lead="", body="", category=None)
    article.videos.create(address="https://example.vn/phim", caption="Phim", position=1)
    article.videos.create(file="videos/phim.mp4", position=2)
    figure = situations.a_statistic(indicator=situations.an_indicator(), **_year(2020))
    for year in (2021, 2022):
        situations.a_statistic(indicator=figure.indicator, committee=figure.committee, **_year(year))
    pages = [article.get_absolute_url(), bare.get_absolute_url(), "/dinh-chinh/", figure.indicator.get_absolute_url()]
    return told | {address: client.get(address) for address in [*pages, link.get_absolute_url()]}


def test_no_public_page_has_an_error_or_a_warning(undrawn, tmp_path):
    """Whatever template a page is made of has been drawn on the way: one that no state leads to is told by its name."""
    client = Client(headers={"user-agent": "Mozilla/5.0"})  # a machine opens no preview
    answers = {f"{name} of an empty site": client.get(reverse(name)) for name in LISTS}
    answers |= failing(client)
    call_command("loaddata", *(FOLDER / f"{name}.json" for name in FIXTURES), verbosity=0)
    shift = timedelta(microseconds=645_592)  # fixtures have whole seconds, and a clock has not
    Article.objects.update(published_at=F("published_at") + shift)
    Comment.objects.update(created_at=F("created_at") + shift)
    answers |= narrowed(client)
    walk = Walk()
    pages = {address: page.text for address, page in walk.pages.items()}
    answers |= {name: file for name, file in walk.files.items() if file.headers["Content-Type"].startswith("text/html")}
    answers |= unusual(client)
    pages |= {name: answer.content.decode() for name, answer in answers.items()}
    assert nu.complaints(pages, tmp_path) == []
    assert undrawn() == set()

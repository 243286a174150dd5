"""How a page is cited: whose it is, what it is called, since when it stands there, and where."""

import pytest
from django.test import Client

from articles.models import Byline, Publication
from newsroom.models import SiteIdentity
from tests import situations
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    SiteIdentity(name="Trang Thử").save()


def cited(client: Client, thing: object, **query: str) -> list[str]:
    return read(client, thing.get_absolute_url(), **query).text_of("cite-text")  # type: ignore[attr-defined]


def test_an_article_is_cited_with_its_authors_its_source_and_its_one_address(client: Client):
    """The day of reading is the reader's own: a page that is kept for others cannot know it."""
    article = situations.an_article(
        "Bài để trích", published_at=situations.at(2024, 3, 1), publication=Publication.objects.create(name="Báo Gốc")
    )
    author = situations.a_person("Đặng Thị Ưu")
    for credit in ("text", "photo"):
        Byline.objects.create(article=article, person=author, credit=credit)
    Byline.objects.create(article=article, person=situations.a_person("Người Xin Ẩn", is_withheld=True))
    assert cited(client, article, tu="thu") == [
        "Đặng Thị Ưu. “Bài để trích”. Trang Thử (theo Báo Gốc), 01/03/2024. "
        f"http://testserver{article.get_absolute_url()} (truy cập ngày …/…/……)."
    ]


def test_a_figure_and_a_conference_are_cited_under_their_committee(client: Client):
    published = {"published_at": situations.at(2024, 3, 1)}
    conference = situations.a_conference(situations.a_committee("Đảng bộ Thử"), name="Hội nghị Thử", **published)
    figure = situations.a_statistic(
        conference=conference, label="Kết nạp", value=71, whole=75, percent="94.67", percent_places=2, **published
    )
    for thing, title in ((conference, "Hội nghị Thử"), (figure, "Kết nạp: 71/75 (94,67%)")):
        address = f"http://testserver{thing.get_absolute_url()}"
        assert cited(client, thing) == [
            f"Đảng bộ Thử. “{title}”. Trang Thử, 01/03/2024. {address} (truy cập ngày …/…/……)."
        ]


def test_an_indicator_has_no_author_and_no_day(client: Client):
    indicator = situations.an_indicator()
    assert cited(client, indicator) == [
        f"“{indicator}”. Trang Thử. http://testserver{indicator.get_absolute_url()} (truy cập ngày …/…/……)."
    ]


def test_nothing_is_cited_that_is_not_public_yet(client: Client):
    link = situations.a_preview_link(situations.an_article("Chưa đăng", **situations.draft()))
    answer = Client(headers={"user-agent": "Mozilla/5.0"}).get(link.get_absolute_url())
    assert answer.status_code == 200
    assert "cite-text" not in answer.content.decode()

"""The preview of an article: its page as it will be once it is published, shown to those who work on it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Byline, Citation, Tag, WorkingCopy
from articles.revisions import snapshot
from articles.story import tell
from articles.workflow import perform
from articles.working import keep
from newsroom.publishing import State
from tests import situations
from tests.pages import Page, parse, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(situations.staff("editor"))
    return client


@pytest.fixture
def article() -> Article:
    """A draft that reports a conference, a figure and an award which nobody has seen, and is filed under new names."""
    conference = situations.a_conference(name="Hội nghị chưa công bố", **situations.draft())
    article = situations.an_article(
        "Bài chưa đăng",
        body="<p>Có 71/75 tập thể; tặng 5 giấy khen.</p>",
        conference=conference,
        **situations.draft(),
    )
    figure = situations.a_statistic(
        conference=conference, label="Số chưa công bố", value=71, whole=75, **situations.draft()
    )
    award = situations.an_award(reported_at=conference, achievement="Khen chưa công bố", count=5, **situations.draft())
    situations.a_mention(article, figure, "71/75 tập thể")
    situations.a_mention(article, award, "5 giấy khen")
    situations.a_statistic(conference=conference, label="Số không ai nhắc", **situations.draft())
    article.tags.add(Tag.objects.create(name="thẻ chưa có trang"))
    Byline.objects.create(article=article, person=situations.a_person("Người Ký Lần Đầu"))
    Citation.objects.create(article=article, document=situations.a_document())
    return article


def address(article: Article) -> str:
    return reverse("admin:articles_article_preview", args=[article.pk])


def preview(client: Client, article: Article) -> Page:
    answer = client.get(address(article))
    assert answer.status_code == 200
    return parse(answer.content.decode())


def test_it_shows_what_the_article_will_carry_along(editor: Client, article: Article):
    page = preview(editor, article)
    for shown in ("Bài chưa đăng", "Hội nghị chưa công bố", "Số chưa công bố", "Khen chưa công bố", "Số không ai nhắc"):
        assert shown in page.text
    assert [words(mark) for mark in page.with_class("figure-link")] == ["71/75 tập thể", "5 giấy khen"]


def test_it_is_the_page_that_readers_get_in_the_end(editor: Client, article: Article, client: Client):
    """But for the band, the moment, and links whose pages come with the publication."""
    before = preview(editor, article)
    perform(article, "publish", situations.staff("editor"))
    after = parse(client.get(article.get_absolute_url()).content.decode())
    for part in ("prose", "aside", "tags", "sign"):
        assert before.text_of(part) == after.text_of(part)
        assert before.text_of(part)
    assert after.with_class("preview-band") == []


def test_none_of_its_links_is_dead(editor: Client, article: Article):
    """What has no page before the publication is a name; what has one already is a link."""
    article.tags.add(known := Tag.objects.create(name="thẻ đã có trang"))
    situations.an_article().tags.add(known)
    page = preview(editor, article)
    links = [link for link in page.links if link.startswith("/") and not link.startswith("/quan-tri/")]
    assert {link: Client().get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert known.get_absolute_url() in links
    assert article.conference is not None and article.conference.committee.get_absolute_url() in links
    names = {words(name) for name in page.root.iter("a") if "href" not in name.attrib}
    assert names >= {"thẻ chưa có trang", "Người Ký Lần Đầu", "Số chưa công bố", "Hội nghị chưa công bố"}


def test_whoever_is_withheld_stays_withheld(editor: Client, article: Article):
    byline = article.bylines.get()
    byline.person.is_withheld = True
    byline.person.save()
    assert byline.person.name not in preview(editor, article).html


def test_no_other_page_learns_from_a_preview(article: Article):
    """What will be visible is said by whoever asks: by itself a story tells what is public."""
    story = tell(article)
    assert (story.conference, story.figures, story.awards) == (None, [], [])


def test_it_is_stored_and_indexed_nowhere(editor: Client, article: Article):
    answer = editor.get(address(article))
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    robots = [meta for meta in parse(answer.content.decode()).root.iter("meta") if meta.get("name") == "robots"]
    assert [meta.get("content") for meta in robots] == ["noindex, nofollow, noarchive"]


def test_a_band_says_what_it_is_and_leads_back_to_the_form(editor: Client, article: Article):
    (band,) = preview(editor, article).with_class("preview-band")
    assert "Bạn đọc chưa thấy trang này" in words(band)
    assert "Bản nháp" in words(band)
    assert [link.get("href") for link in band.iter("a")] == [
        reverse("admin:articles_article_change", args=[article.pk])
    ]


def test_of_a_scheduled_article_it_says_when(editor: Client, article: Article):
    article.state, article.published_at = State.PUBLISHED, situations.at(2099, 2, 14)
    article.save()
    page = preview(editor, article)
    assert "Hẹn đăng lúc 14/02/2099 07:00" in page.text_of("preview-band")[0]
    assert "14/02/2099 | 07:00 GMT+7" in page.text_of("head")[0]


def test_of_a_withdrawn_article_it_says_so(editor: Client, article: Article):
    article.state, article.published_at = State.WITHDRAWN, situations.at(2023, 2, 14)
    article.save()
    assert "Bạn đọc không còn thấy trang này" in preview(editor, article).text_of("preview-band")[0]


def test_a_title_is_enough_for_one(editor: Client):
    """A draft begins with a title alone."""
    page = preview(editor, Article.objects.create(title="Mới có tên"))
    assert page.text_of("head") == ["Mới có tên"]


def test_of_what_readers_see_already_there_is_none(editor: Client):
    """The page itself shows it, and the desk has a way there."""
    article = situations.an_article()
    answer = editor.get(address(article))
    assert (answer.status_code, answer.headers["Location"]) == (302, article.get_absolute_url())
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_form_leads_to_it_in_a_new_tab(editor: Client, article: Article):
    public = situations.an_article()
    link = f'<a href="{address(article)}" target="_blank"'
    assert link in editor.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    form = editor.get(reverse("admin:articles_article_change", args=[public.pk])).content.decode()
    assert f'"{address(public)}"' not in form
    assert "xem-truoc" not in editor.get(reverse("admin:articles_article_add")).content.decode()


def test_it_costs_little_more_than_the_page_however_much_belongs_to_it(editor: Client, article: Article):
    """Nineteen questions are the page's own; who asks, and what has a page already, are the others.

    Within a test PostgreSQL is asked for the reads between two words about a savepoint.
    """

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            preview(editor, article)
        return len(queries)

    before = cost()
    assert before <= 19 + 8 + (2 if connection.vendor == "postgresql" else 0)
    for number in range(5):
        figure = situations.a_statistic(conference=article.conference, **situations.draft())
        situations.a_mention(article, figure, "71/75")
        situations.an_award(reported_at=article.conference, **situations.draft())
        article.tags.add(Tag.objects.create(name=f"thẻ {number}"))
        Byline.objects.create(article=article, person=situations.a_person(f"Người {number}"))
        Citation.objects.create(article=article, document=situations.a_document())
    assert cost() == before


# --- Of a published article --------------------------------------------------------------------


@pytest.fixture
def published() -> Article:
    """A published article whose working copy has another title, a new tag and a conference nobody has seen."""
    article = situations.an_article("Tên bạn đọc thấy", writer=situations.staff("writer"))
    new = situations.an_article("Tên sắp đăng", conference=situations.a_conference(**situations.draft()))
    new.tags.add(Tag.objects.create(name="thẻ sắp có"))
    keep(article, snapshot(new), situations.staff("editor"))
    new.delete()
    return article


def test_of_a_published_article_it_shows_the_next_text_and_readers_keep_theirs(
    editor: Client, published: Article, client: Client
):
    page = preview(editor, published)
    assert "Tên sắp đăng" in page.text
    assert "Bạn đọc vẫn thấy bản đã đăng" in page.text_of("preview-band")[0]
    published.refresh_from_db()
    assert published.title == "Tên bạn đọc thấy"
    assert "Tên sắp đăng" not in client.get(published.get_absolute_url()).content.decode()


def test_names_that_the_next_text_alone_has_lead_nowhere_yet(editor: Client, published: Article):
    page = preview(editor, published)
    assert page.text_of("tags") == ["thẻ sắp có"]
    assert Tag.objects.get().get_absolute_url() not in page.links


def test_the_band_says_when_the_next_text_was_saved(editor: Client, published: Article):
    """And not when the article last was, nor now."""
    WorkingCopy.objects.update(saved_at=situations.at(2023, 2, 14))
    assert "14/02/2023 07:00" in preview(editor, published).text_of("preview-band")[0]


def test_the_next_text_is_for_those_who_work_on_it(published: Article):
    for role in ("writer", "moderator"):
        client = Client()
        client.force_login(situations.staff(role))
        assert client.get(address(published)).headers["Location"] == published.get_absolute_url()
    assert published.writer is not None
    client.force_login(published.writer)
    assert "Tên sắp đăng" in preview(client, published).text


def test_the_form_leads_to_the_next_text(editor: Client, published: Article):
    form = editor.get(reverse("admin:articles_article_change", args=[published.pk])).content.decode()
    assert f'<a href="{address(published)}" target="_blank"' in form

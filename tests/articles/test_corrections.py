"""Corrections: made by editors, told to readers in the article and on a page of their own."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Article, Correction
from newsroom.publishing import State
from tests import situations
from tests.forms import filled
from tests.pages import read, words

pytestmark = pytest.mark.django_db

PAGE = "/dinh-chinh/"
ADD = reverse("admin:articles_correction_add")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(situations.staff("editor"))
    return client


def correct(article: Article, stood: str = "72/75", right: str = "71/75") -> Correction:
    return Correction.objects.create(article=article, stood=stood, right=right)


def form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


# --- What readers are told ---------------------------------------------------------------------


def test_the_page_tells_what_stood_what_is_right_when_and_where(client):
    article = situations.an_article("Bài có con số sai")
    correct(article, "72/75 tập thể", "71/75 tập thể")
    page = read(client, PAGE)
    (item,) = page.with_class("item")
    assert [words(mark) for mark in item.iter("del")] == ["72/75 tập thể"]
    assert [words(mark) for mark in item.iter("ins")] == ["71/75 tập thể"]
    assert [link.get("href") for link in item.iter("a")] == [article.get_absolute_url()]
    assert [time.get("datetime") for time in item.iter("time")]


def test_the_latest_correction_comes_first_and_all_are_reached(client):
    article = situations.an_article()
    for number in range(25):
        correct(article, right=f"Số {number:02d}")
    first = read(client, PAGE)
    (older,) = [link.get("href") for link in first.with_class("pager-older")]
    told = [words(mark) for page in (first, read(client, PAGE + older)) for mark in page.root.iter("ins")]
    assert told == [f"Số {number:02d}" for number in reversed(range(25))]


@pytest.mark.parametrize(
    "state",
    [
        situations.draft(),
        {"state": State.SUBMITTED},
        {"state": State.RETURNED},
        {"state": State.WITHDRAWN},
        situations.published(hours_ago=-1),
    ],
    ids=["draft", "submitted", "returned", "withdrawn", "scheduled"],
)
def test_a_correction_is_told_only_while_its_article_is(client, state):
    """What was withdrawn is not told a second time by its correction."""
    correct(situations.an_article("Bài kín", **state), "Câu kín", "Câu kín khác")
    page = read(client, PAGE)
    assert page.with_class("empty")
    for hidden in ("Bài kín", "Câu kín"):
        assert hidden not in page.html


def test_an_article_leads_from_its_corrections_to_all(client):
    article = situations.an_article()
    correct(article)
    assert PAGE in read(client, article.get_absolute_url()).links


def test_what_an_editor_types_is_shown_and_never_run(client):
    hostile = "</del><script>alert(1)</script><b onclick=x>"
    correct(situations.an_article(hostile), hostile, hostile)
    assert hostile in read(client, PAGE).text


# --- How it is made ----------------------------------------------------------------------------


def test_an_editor_corrects_a_public_article_from_its_form(client, editor):
    """Two presses from the article to the reader: the form knows the article already, and leads back to it."""
    article = situations.an_article(**situations.published(hours_ago=48))
    first_seen = article.published_at
    offered = editor.get(form_of(article)).context["correction_address"]
    assert offered in editor.get(form_of(article)).content.decode()
    answer = editor.post(offered, filled(editor.get(offered), stood="72/75 tập thể", right="71/75 tập thể"))
    assert answer.headers["Location"] == form_of(article)
    correction = Correction.objects.get()
    assert (correction.article, correction.corrected_by) == (article, answer.wsgi_request.user)
    assert "71/75 tập thể" in read(client, PAGE).text
    assert "71/75 tập thể" in read(client, article.get_absolute_url()).text
    article.refresh_from_db()
    assert article.published_at == first_seen
    assert article.updated_at is not None


@pytest.mark.parametrize("state", [situations.draft(), {"state": State.WITHDRAWN}, situations.published(hours_ago=-1)])
def test_what_nobody_reads_is_not_corrected(editor, state):
    article = situations.an_article(**state)
    assert "correction_address" not in editor.get(form_of(article)).context
    answer = editor.post(ADD, filled(editor.get(ADD), article=article.pk, stood="a", right="b"))
    assert gettext("Readers do not see this article. What nobody has read is changed, not corrected.") in str(
        answer.context["errors"]
    )
    assert not Correction.objects.exists()


def test_a_correction_can_still_be_mended_after_its_article_was_withdrawn(editor):
    article = situations.an_article()
    correction = correct(article)
    Article.objects.update(state=State.WITHDRAWN)
    address = reverse("admin:articles_correction_change", args=[correction.pk])
    editor.post(address, filled(editor.get(address), right="70/75"))
    correction.refresh_from_db()
    assert correction.right == "70/75"


@pytest.mark.parametrize("role", ["writer", "moderator"])
def test_only_editors_are_offered_a_correction(client, role):
    article = situations.an_article()
    client.force_login(situations.staff(role))
    assert "correction_address" not in client.get(form_of(article)).context
    assert client.get(f"{ADD}?article={article.pk}").status_code == 403

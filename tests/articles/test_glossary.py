"""Abbreviations explained in an article's own text."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.mentions import mark_article
from newsroom.models import Abbreviation
from newsroom.richtext import plain_text
from tests import situations
from tests.pages import read

pytestmark = pytest.mark.django_db

KNOWN = {
    "UBKT": "Ủy ban Kiểm tra",
    "CCQ": "các cơ quan",
    "CCQ-DN": "các cơ quan và doanh nghiệp",
    "CCQ&DN": "các cơ quan & doanh nghiệp",
    "TCCSĐ": "tổ chức cơ sở đảng",
}


def marked(article):
    mentions = list(article.mentions.select_related("statistic", "award"))
    return mark_article(article, mentions, [], KNOWN.items())


def explained(html: str) -> list[str]:
    return re.findall(r"<abbr title=\"[^\"]+\">([^<]+)</abbr>", html)


def test_an_abbreviation_is_explained_where_it_first_stands():
    texts = marked(situations.an_article(lead="UBKT và TCCSĐ.", body="<p>UBKT họp; CCQ-DN họp; CCQ-DN họp.</p>"))
    assert texts.lead == ('<abbr title="Ủy ban Kiểm tra">UBKT</abbr> và <abbr title="tổ chức cơ sở đảng">TCCSĐ</abbr>.')
    assert texts.body == ('<p>UBKT họp; <abbr title="các cơ quan và doanh nghiệp">CCQ-DN</abbr> họp; CCQ-DN họp.</p>')
    assert list(texts.abbreviations) == ["UBKT", "TCCSĐ", "CCQ-DN"]


@pytest.mark.parametrize("body", ["<p>UBKTTW</p>", "<p>ĐUBKT</p>", "<p>ubkt</p>", "<p>CCQ-X</p>", "<p>A&amp;CCQ</p>"])
def test_only_a_whole_word_is_an_abbreviation(body):
    texts = marked(situations.an_article(lead="", body=body))
    assert (texts.body, texts.abbreviations) == (body, {})


def test_a_sign_that_html_writes_otherwise_is_found():
    assert 'DN">CCQ&amp;DN</abbr>' in marked(situations.an_article(lead="", body="<p>CCQ&amp;DN</p>")).body.replace(
        "các cơ quan &amp; doanh nghiệp", "DN"
    )


def test_the_words_of_a_figure_and_of_a_link_are_left_alone():
    """What leads somewhere already is explained at its next place, or in the list alone."""
    article = situations.an_article(
        lead="", body='<p>Có 79/85 TCCSĐ tốt. <a href="/x/">UBKT</a> <b>UB</b>KT CCQ-DN, TCCSĐ.</p>'
    )
    situations.a_mention(article, situations.a_statistic(), "79/85 TCCSĐ")
    texts = marked(article)
    assert explained(texts.body) == ["CCQ-DN", "TCCSĐ"]
    assert texts.body.index("<abbr") > texts.body.index("figure-link")
    assert "UBKT" in texts.abbreviations
    assert plain_text(texts.body) == plain_text(article.body)


def test_hostile_words_of_the_glossary_stay_text():
    article = situations.an_article(lead="X", body="<p>X</p>")
    texts = mark_article(article, [], [], [("X", '"><script>1</script>')])
    assert "<script>" not in texts.lead and texts.lead.startswith('<abbr title="&quot;')


def test_what_they_mean_stands_at_the_end_too(client):
    """A title is reached neither by touch nor by keyboard."""
    Abbreviation.objects.create(short="UBKT", long="Ủy ban Kiểm tra")
    Abbreviation.objects.create(short="TCCSĐ", long="tổ chức cơ sở đảng")
    page = read(client, situations.an_article(body="<p>UBKT họp.</p>").get_absolute_url())
    (glossary,) = page.text_of("glossary")
    assert glossary == "Chữ viết tắt UBKT Ủy ban Kiểm tra"
    plain = read(client, situations.an_article(body="<p>Ủy ban họp.</p>").get_absolute_url())
    assert not plain.with_class("glossary")


def test_a_glossary_of_any_length_costs_one_query_and_the_rows_that_occur(client):
    article = situations.an_article(body="<p>UBKT 1 họp.</p>")
    situations.an_article()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(article.get_absolute_url())
        return [query["sql"] for query in queries]

    few = len(asked())
    Abbreviation.objects.bulk_create(Abbreviation(short=f"V{number}T", long="dài") for number in range(300))
    Abbreviation.objects.create(short="UBKT", long="Ủy ban Kiểm tra")
    many = asked()
    assert len(many) == few
    assert sum("newsroom_abbreviation" in sql for sql in many) == 1

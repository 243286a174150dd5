"""Figures marked in an article's own text."""

import pytest
from django.db import IntegrityError, transaction

from articles.mentions import mark_article, sentence_around
from articles.models import Mention
from newsroom.richtext import PlainText, plain_text
from tests.situations import a_mention, a_statistic, an_article, an_award

pytestmark = pytest.mark.django_db


def marked(article):
    return mark_article(article, list(article.mentions.select_related("statistic", "award")), article.photos.all())


def test_plain_text_is_what_a_reader_reads():
    rich = "<h2>Kết quả</h2><p>A &amp; B<br>mới</p><ul>\n<li>một</li><li>hai</li></ul>"
    assert plain_text(rich) == "Kết quả\nA & B\nmới\nmột\nhai"
    text = PlainText(rich)
    start = text.text.index("A & B")
    assert [rich[a:b] for a, b in text.runs(start, start + 5)] == ["A &amp; B"]


def test_the_words_of_a_figure_lead_to_it_and_can_be_led_to():
    article = an_article(body="<p>Có 79/85 tổ chức.</p>")
    figure = a_statistic()
    mention = a_mention(article, figure, "79/85 tổ chức")
    address = f"{figure.get_absolute_url()}#{figure.anchor}"
    link = f'<a class="figure-link" id="{mention.anchor}" href="{address}">79/85 tổ chức</a>'
    assert marked(article).body == f"<p>Có {link}.</p>"


def test_every_mention_can_be_led_to_though_it_becomes_no_link_of_its_own():
    """One that overlaps another, and one inside a link of the writer's: a chart leads to their words all the same."""
    article = an_article(body='<p>Có 79/85 tổ chức, <a href="/x/">16 xuất sắc</a>.</p>')
    whole, award, linked = (
        a_mention(article, thing, words)
        for thing, words in (
            (a_statistic(), "79/85 tổ chức"), (an_award(), "85 tổ chức"), (a_statistic(), "16 xuất sắc")
        )
    )  # fmt: skip
    body = marked(article).body
    assert [body.count(f'id="{mention.anchor}"') for mention in (whole, award, linked)] == [1, 1, 1]
    assert plain_text(body) == plain_text(article.body)


def test_marking_changes_nothing_else():
    article = an_article(body='<p>1 &lt; 2 &amp; <strong>79</strong>/85 <a href="/x/">16</a> 16</p>')
    a_mention(article, a_statistic(), "79/85")
    a_mention(article, a_statistic(), "16")
    body = marked(article).body
    assert plain_text(body) == plain_text(article.body)
    assert body.count("figure-link") == 2  # one on each side of </strong>; none inside the link
    assert body.count("<a ") == 3


def test_hostile_words_in_title_and_lead_stay_text():
    article = an_article("<b>9</b> & 9", lead='"><script>9</script>')
    a_mention(article, a_statistic(), "9</b>", part="title")
    a_mention(article, a_statistic(), "9", part="lead")
    texts = marked(article)
    assert "<b>" not in texts.title and "<script>" not in texts.lead
    assert "href" not in texts.title


def test_the_right_one_of_two_equal_numbers_is_found_by_its_neighbourhood():
    text = "15 giấy khen tập thể và 15 giấy khen cá nhân"
    mention = Mention(words="15 giấy khen", before="tập thể và ", after=" cá nhân")
    assert mention.find_in(text) == (24, 36)
    assert Mention(words="99").find_in(text) is None


def test_the_sentence_of_a_mention_is_cut_out_whole():
    text = "Câu trước. Kết nạp 147 đảng viên mới. Câu sau.\nĐoạn sau."
    assert sentence_around(Mention(words="147 đảng viên"), text) == ("Kết nạp ", "147 đảng viên", " mới.")
    assert sentence_around(Mention(words="6.027"), "Có 6.027 người.") == ("Có ", "6.027", " người.")


def test_a_mention_points_at_exactly_one_thing():
    article, figure = an_article(), a_statistic()
    for wrong in ({}, {"statistic": figure, "award": an_award()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mention.objects.create(article=article, words="x", **wrong)

"""What readers see of comments is bounded, and costs the same with any number of them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from html5lib import parseFragment

from articles.commenting.thread import SIZE, newest, under
from articles.models import Comment
from newsroom.compiled import together
from newsroom.syndication import ITEMS
from tests import hostile, situations
from tests.feeds import ATOM, read_atom, read_rss
from tests.pages import read

pytestmark = pytest.mark.django_db


def many(article, number, **fields):
    began = timezone.now() - timedelta(days=1)
    return Comment.objects.bulk_create(
        Comment(
            article=article,
            name="Bạn đọc",
            text=f"Lời số {place}.",
            created_at=began + timedelta(seconds=place),
            **{"state": "approved", **fields},
        )
        for place in range(number)
    )


def test_an_article_shows_the_newest_and_leads_to_the_rest(client):
    article = situations.an_article()
    roots = many(article, SIZE + 5)
    many(article, SIZE + 2, parent=roots[-1])
    many(article, 3, state="pending")
    page = read(client, article.get_absolute_url())
    assert f"({2 * SIZE + 7})" in " ".join("".join(element.itertext()) for element in page.root.iter("h2"))
    assert len(page.with_class("comment")) == 2 * SIZE
    assert f'"commentCount": {2 * SIZE + 7}' in page.html
    path = f"{article.get_absolute_url()}binh-luan/"
    assert path in page.links and f"{path}{roots[-1].pk}/" in page.links
    first = read(client, path)
    (older,) = first.with_class("pager-older")
    second = read(client, path + older.get("href"))
    assert second.text_of("text") == [f"Lời số {place}." for place in (4, 3, 2, 1, 0)]
    thread = read(client, f"{path}{roots[-1].pk}/")
    (rest,) = thread.with_class("pager-older")
    assert len(read(client, f"{path}{roots[-1].pk}/{rest.get('href')}").with_class("replies")[0]) == 2


def test_one_question_finds_the_discussion_of_an_article(django_assert_num_queries):
    article = situations.an_article()
    first = situations.a_comment(article)
    reply = situations.a_comment(article, parent=first)
    situations.a_comment(article, state="pending")
    situations.a_comment(situations.an_article())
    with django_assert_num_queries(1):
        found = under(article, *together(newest(article, 2)), 2)
        nothing = under(article, *together(newest(article, 0)), 0)
    assert (found.number, [(thread.comment, thread.replies) for thread in found.threads]) == (2, [(first, [reply])])
    assert nothing.threads == []


def test_replies_to_a_comment_that_is_not_shown_keep_their_place(django_assert_num_queries):
    article = situations.an_article()
    gone = situations.a_comment(article, state="rejected")
    reply = situations.a_comment(article, parent=gone)
    later = situations.a_comment(article)
    with django_assert_num_queries(2):
        found = under(article, *together(newest(article, 2)), 2)
    assert [(thread.pk, thread.comment, thread.replies) for thread in found.threads] == [
        (later.pk, later, []),
        (gone.pk, None, [reply]),
    ]


def test_a_comment_that_is_not_shown_has_no_page(client):
    article = situations.an_article()
    hidden = situations.a_comment(article, state="spam")
    reply = situations.a_comment(article, parent=situations.a_comment(article))
    elsewhere = situations.a_comment(situations.an_article())
    for comment in (hidden, reply, elsewhere):
        assert client.get(f"{article.get_absolute_url()}binh-luan/{comment.pk}/").status_code == 404


def test_an_old_address_of_a_renamed_article_leads_to_its_comments(client):
    article = situations.an_article()
    comment = situations.a_comment(article)
    for part in ("", f"{comment.pk}/"):
        answer = client.get(f"/bai-viet/ten-cu-{article.pk}/binh-luan/{part}")
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            f"{article.get_absolute_url()}binh-luan/{part}",
        )


def test_a_feed_holds_what_is_shown_and_no_email(client):
    article = situations.an_article()
    situations.a_comment(article, "Lời <b>được</b> duyệt", email="thu@example.org", name="Thử & Thách")
    situations.a_comment(article, "Lời đang chờ", state="pending")
    for kind in ("rss", "atom"):
        text = client.get(f"/{kind}/binh-luan-bai-{article.pk}/").content.decode()
        assert "Lời &amp;lt;b&amp;gt;được" in text and "Thử &amp; Thách" in text
        assert "đang chờ" not in text and "thu@example.org" not in text


def made_in_feeds(client, lines):
    """The elements that readers of the feeds would see made of `lines`, written as words and as name."""
    made = set()
    for start in range(0, len(lines), ITEMS):
        article = situations.an_article()
        some = lines[start : start + ITEMS]
        for line in some:
            situations.a_comment(article, f"Lời: {line}", name=f"Bạn {line}"[:80])
        rss = read_rss(client, f"/rss/binh-luan-bai-{article.pk}/")
        atom = read_atom(client, f"/atom/binh-luan-bai-{article.pk}/")
        told = [item.findtext("description") for item in rss.iter("item")]
        told += [entry.findtext(f"{ATOM}summary") for entry in atom.iter(f"{ATOM}entry")]
        assert len(told) == 2 * len(some)
        for html in told:
            made |= {element.tag for element in parseFragment(html, namespaceHTMLElements=False).iter()}
    return made


def test_hostile_lines_are_words_in_feeds_too(client):
    """A feed reader draws the HTML it is given."""
    assert made_in_feeds(client, hostile.LINES) == {"DOCUMENT_FRAGMENT", "p", "br"}


@pytest.mark.long
def test_thousands_of_hostile_lines_are_words_in_feeds_too(client, payloads_dir):
    assert made_in_feeds(client, hostile.outside(payloads_dir)) == {"DOCUMENT_FRAGMENT", "p", "br"}

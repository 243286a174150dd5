"""Readers report what should not stand: from our pages alone, once each, and it comes first in the queue."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Comment, CommentReport
from articles.moderating import reporting
from articles.moderating.deciding import decide
from tests.pages import read
from tests.situations import a_comment, a_user, an_article, draft

pytestmark = pytest.mark.django_db

THANKS = reverse("articles:comment_reported")


def page_of(comment: Comment) -> str:
    return reverse("articles:comment_report", args=[comment.pk])


def send(client: Client, comment: Comment, *, address: str = "203.0.113.7", **typed: Any) -> Any:
    return client.post(page_of(comment), {"reason": "untrue", **typed}, REMOTE_ADDR=address)


def test_a_reader_reports_a_comment_and_is_thanked(client: Client):
    comment = a_comment(an_article("Bài được bàn"), "Lời không nên có", name="Người nói")
    page = read(client, page_of(comment))
    assert "Lời không nên có" in page.text
    answer = send(client, comment, words="Sai hoàn toàn")
    assert (answer.status_code, answer.headers["Location"]) == (303, THANKS)
    assert "Cảm ơn" in read(client, THANKS).text
    report = CommentReport.objects.get()
    comment.refresh_from_db()
    assert (report.words, comment.reported_at, comment.state) == ("Sai hoàn toàn", report.at, "approved")
    assert "203.0.113.7" not in report.sender


def test_an_articles_page_leads_to_it(client: Client):
    comment = a_comment(an_article())
    waiting = a_comment(comment.article, state=Comment.State.PENDING)
    links = read(client, comment.article.get_absolute_url()).links
    assert page_of(comment) in links
    assert page_of(waiting) not in links


def test_one_sender_reports_a_comment_once_and_is_thanked_each_time(client: Client):
    comment = a_comment(an_article())
    for address in ("203.0.113.7", "203.0.113.7", "198.51.100.4"):
        assert send(client, comment, address=address).status_code == 303
    assert CommentReport.objects.count() == 2
    # What a moderator has looked at is not reported to them again by the same reader.
    decide({comment.pk: None}, Comment.State.APPROVED, a_user())
    send(client, comment)
    comment.refresh_from_db()
    assert comment.reported_at is None


def test_nobody_reports_without_end_and_what_was_written_is_still_there(client: Client):
    comments = [a_comment(an_article()) for _ in range(2)]
    with patch.object(reporting, "MOST", 1):
        send(client, comments[0])
        answer = send(client, comments[1], words="Vẫn còn đây")
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert "Vẫn còn đây" in answer.content.decode()
    assert CommentReport.objects.count() == 1


@pytest.mark.parametrize("typed", [{"reason": ""}, {"reason": "because"}, {"reason": "other"}, {"words": "x" * 301}])
def test_a_report_that_says_nothing_is_asked_again(client: Client, typed: dict[str, str]):
    comment = a_comment(an_article())
    answer = send(client, comment, **typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not CommentReport.objects.exists()


def test_only_what_readers_see_can_be_reported(client: Client):
    article = an_article()
    hidden = [a_comment(article, state=state) for state in ("pending", "rejected", "spam")]
    hidden.append(a_comment(an_article(**draft())))
    for comment in hidden:
        assert client.get(page_of(comment)).status_code == 404
        assert send(client, comment).status_code == 404
    # Decided over between the page and the report: the reader is thanked all the same.
    shown = a_comment(article)
    with patch("articles.moderating.views.get_object_or_404", return_value=hidden[0]):
        assert send(client, shown).status_code == 303
    assert not CommentReport.objects.exists()


def test_another_site_reports_nothing_in_its_visitors_name():
    comment, client = a_comment(an_article()), Client(enforce_csrf_checks=True)
    answer = client.post(page_of(comment), {"reason": "untrue"}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert send(client, comment).status_code == 303
    assert CommentReport.objects.count() == 1

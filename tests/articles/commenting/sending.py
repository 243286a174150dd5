"""Sending a comment as a browser does that has had the page for a minute."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles.commenting.stamp import stamp
from articles.models import Article, Comment, CommentSettings

TEXT = "Bài viết có nhiều số liệu rõ ràng."


def typed(article: Article, **changed: Any) -> dict[str, Any]:
    """Return the fields of the form under `article`; None leaves one out."""
    sent = {
        "text": TEXT,
        "name": "Lê Thị Thử",
        "email": "",
        "consent": "on",
        "parent": "",
        "website": "",
        "made": stamp(article, timezone.now() - timedelta(minutes=1)),
    }
    return {name: value for name, value in {**sent, **changed}.items() if value is not None}


def send(client: Client, article: Article, *, address: str = "", **changed: Any) -> Any:
    """Send a comment under `article`, with `changed` over what is typed, from the IP address `address`."""
    there = {"REMOTE_ADDR": address} if address else {}
    return client.post(f"{article.get_absolute_url()}binh-luan/", typed(article, **changed), **there)


def rules(**changed: Any) -> CommentSettings:
    """Change the rules for comments."""
    found = CommentSettings.current()
    for name, value in changed.items():
        setattr(found, name, value)
    found.full_clean()
    found.save()
    return found


def is_kept(answer: HttpResponse, words: str = TEXT) -> bool:
    """Whether a comment was refused as it should be: nothing is stored, and what was typed is still in the form."""
    return (
        not Comment.objects.exists()
        and 400 <= answer.status_code < 500
        and answer.headers["Cache-Control"] == "private, no-store"
        and words in answer.content.decode()
        and 'id="comment-form"' in answer.content.decode()
    )

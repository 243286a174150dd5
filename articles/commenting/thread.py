"""What readers see of comments: threads, the newest first, each with its replies in the order they came.

A page shows a bounded part of them, found without walking past what waits for a moderator or was refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import QueryDict

from articles.models import Article, Comment
from newsroom import paging
from newsroom.compiled import NOTHING, Question, compiled

SIZE = 20  # threads on a page, and replies of one on the page of all
ORDER = ("-created_at", "-pk")
REPLIES_ORDER = ("created_at", "pk")
_SAID = ("parent", "name", "text", "is_staff_reply", "state", "created_at")
_ROOT = Coalesce("parent", F("pk"))  # the first comment of the thread that one is in


@dataclass(frozen=True)
class Thread:
    """A comment with its replies. `comment` is None where it is not shown any more and its replies are."""

    pk: int
    comment: Comment | None
    replies: list[Comment]
    has_more: bool = False


@dataclass(frozen=True)
class Discussion:
    """The newest threads under an article, and how many comments there are in all."""

    threads: list[Thread]
    number: int
    has_more: bool = False


def newest(article: Article, number: int) -> Question:
    """Return what asks for what `under` takes, of an article that has `number` comments."""
    if not number:
        return NOTHING
    # Of so few there are no more threads, nor replies to one, than a page shows: nothing need be sorted or counted.
    return (_shown if number <= SIZE else _newest).asking(article.pk)


def under(article: Article, newest: list[Comment], number: int) -> Discussion:
    """Return what the page of `article` shows, of its `newest` comments and their whole `number`.

    One query more where the first comment of a thread is not shown any more.
    """
    there = {comment.id for comment in newest}
    if any(comment.parent_id not in there for comment in newest if comment.parent_id is not None):
        newest = _newest(article.pk)
    threads = arrange(newest)
    return Discussion(threads[:SIZE], number, len(threads) > SIZE)


@compiled
def _shown(article: int) -> QuerySet[Comment]:
    return Comment.objects.approved().filter(article=article).only(*_SAID).order_by()


@compiled
def _newest(article: int) -> QuerySet[Comment]:
    return _with_replies(_roots(article).order_by(*ORDER).values("pk")[: SIZE + 1], article)


def page_under(article: Article, params: QueryDict) -> tuple[paging.Page, list[Thread]]:
    """Return the page of threads that `params` ask for, and these. Raises `Http404` as `newsroom.paging.page`."""
    page = paging.page(_roots(article.pk), params, order=ORDER, size=SIZE)
    return page, arrange(_with_replies([root.pk for root in page.items], article.pk))


def page_of(root: Comment, params: QueryDict) -> paging.Page:
    """Return the page of replies to `root` that `params` ask for, the oldest first."""
    return paging.page(root.replies.approved(), params, order=REPLIES_ORDER, size=SIZE)


def arrange(comments: Iterable[Comment]) -> list[Thread]:
    """Return `comments`, first ones and replies, as threads, the newest first.

    A first comment that is not approved is an empty place for its replies, and nothing without any.
    """
    ordered = sorted(comments, key=lambda comment: (comment.created_at, comment.id))
    replies: dict[int, list[Comment]] = {}
    for comment in ordered:
        if comment.parent_id is not None:
            replies.setdefault(comment.parent_id, []).append(comment)
    threads = []
    for comment in reversed(ordered):
        if comment.parent_id is None:
            own = replies.get(comment.pk, [])
            shown = comment if comment.state == Comment.State.APPROVED else None
            threads.append(Thread(comment.pk, shown, own[:SIZE], len(own) > SIZE))
    return [thread for thread in threads if thread.comment or thread.replies]


def _roots(article: int) -> QuerySet[Comment]:
    shown = Comment.objects.approved().filter(article=article)
    return Comment.objects.filter(article=article, pk__in=shown.order_by().annotate(root=_ROOT).values("root"))


def _with_replies(roots: Any, article: int) -> QuerySet[Comment]:
    """Return the first comments `roots` (keys) under an article, and of the replies to each one more than a page shows.

    That they are under it is said once more: the page is bound to the comments of no other, and PostgreSQL would look
    at every comment there is for one of two conditions.
    """
    found = Comment.objects.alias(root=_ROOT).filter(
        Q(parent=None) | Q(state=Comment.State.APPROVED), article=article, root__in=roots
    )
    place = Window(RowNumber(), partition_by=[F("parent")], order_by=[F("created_at").asc(), F("pk").asc()])
    return found.annotate(place=place).filter(place__lte=SIZE + 1).order_by().only(*_SAID)

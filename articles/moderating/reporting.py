"""Readers say that a comment should not stand: once each, and not endlessly many."""

from datetime import timedelta
from math import ceil

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, Comment, CommentReport

# So many reports from one address within the hour: a whole office may share one.
MOST, WINDOW = 10, timedelta(hours=1)


class TooManyError(Exception):
    """Nothing was kept: `seconds` say after how many another report is taken."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def reportable() -> QuerySet[Comment]:
    """Return the comments that readers see, each with its article."""
    public = Article.objects.public().values("pk")
    return Comment.objects.approved().filter(article__in=public).select_related("article")


@transaction.atomic
def report(comment: Comment, reason: str, words: str, sender: str) -> bool:
    """Note that the reader `sender` (articles.commenting.traces) holds `comment` unfit, and return whether it is noted.

    Whoever has reported it before, or reports what has just been hidden, adds nothing. Raises `TooManyError`.
    """
    now = timezone.now()
    # Held, so that who decides over it meanwhile either sees this report or has decided before it.
    held = Comment.objects.approved().select_for_update().filter(pk=comment.pk).first()
    if held is None or CommentReport.objects.filter(comment=held, sender=sender).exists():
        return False
    before = CommentReport.objects.filter(sender=sender, at__gt=now - WINDOW).order_by("-at")
    moments = list(before.values_list("at", flat=True)[:MOST])
    if len(moments) == MOST:
        raise TooManyError(max(1, ceil((moments[-1] + WINDOW - now).total_seconds())))
    CommentReport.objects.create(comment=held, reason=reason, words=words, sender=sender, at=now)
    if held.reported_at is None:
        Comment.objects.filter(pk=held.pk).update(reported_at=now)
    return True

"""One writer: hiding all that is there, and taking no more for a while."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.commenting.attempt import Refuse, Sending
from articles.models import Ban, Comment, CommentSettings
from articles.moderating.deciding import Outcome, decide
from newsroom.models import User

MOST = 500  # comments that are hidden in one go


def same_writer(comment: Comment) -> Q | None:
    """Return which comments are by the writer of `comment`: by the e-mail, else by the address while that is kept.

    None where nothing tells, and for the newsroom's own answers.
    """
    if comment.is_staff_reply:
        return None
    if comment.correspondent:
        return Q(correspondent=comment.correspondent)
    return Q(sender=comment.sender) if comment.sender else None


def hide_all(comment: Comment, to: str, by: User, *, reason: str = "", words: str = "", act: UUID | None) -> Outcome:
    """Put all that the writer of `comment` has written, and that readers see or that waits, into the state `to`.

    At most `MOST` comments, the latest first; it is one act, and is taken back as one.
    """
    writer = same_writer(comment)
    stands = Q(state=Comment.State.PENDING) | Q(state=Comment.State.APPROVED)
    theirs = Comment.objects.filter(writer, stands) if writer else Comment.objects.filter(pk=comment.pk)
    keys = theirs.order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST]
    return decide(dict.fromkeys(keys), to, by, reason=reason, words=words, act=act)


@transaction.atomic
def ban(comment: Comment, until: datetime, by: User, reason: str = "") -> Ban | None:
    """Take no more comments from the writer of `comment` until `until`, and return the ban. None: nobody is known.

    A ban that stands is changed. One by the address lasts no longer than addresses are kept.
    """
    if same_writer(comment) is None:
        return None
    by_email = {"correspondent": comment.correspondent}
    known: dict[str, Any] = by_email if comment.correspondent else {"sender": comment.sender}
    if "sender" in known:
        until = min(until, timezone.now() + timedelta(days=CommentSettings.current().sender_days))
    said = {"ends_at": until, "reason": reason, "comment": comment, "name": comment.name}
    begun = {"created_by": by, "created_at": timezone.now()}
    return Ban.objects.filter(lifted_at=None).update_or_create(defaults={**said, **begun}, **known)[0]


def ban_of(comment: Comment) -> Ban | None:
    """Return the ban in force that holds for the writer of `comment`, if there is one."""
    known = {"sender": comment.sender, "correspondent": comment.correspondent}
    return Ban.objects.in_force().of(**known).order_by("-ends_at").first()


def is_not_banned(attempt: Sending, tick: object) -> Refuse | None:
    """The check of a comment that comes in: who is banned is told until when."""
    known = {"sender": attempt.sender, "correspondent": attempt.correspondent}
    ends_at = Ban.objects.in_force().of(**known).order_by("-ends_at").values_list("ends_at", flat=True).first()
    if ends_at is None:
        return None
    until = date_format(timezone.localtime(ends_at), "SHORT_DATETIME_FORMAT")
    sentence = _("The newsroom takes no comments from you until %(until)s. Write to it if you think that is wrong.")
    return Refuse(sentence % {"until": until}, status=403)

"""What one reader has written here, as that reader may ask for it: handed out, or freed of the name."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.commenting.traces import correspondent_of
from articles.models import Ban, Comment


def of_email(email: str) -> QuerySet[Comment]:
    """Return the comments that were sent with an e-mail address, however it was capitalised."""
    if not email.strip():
        return Comment.objects.none()
    return _by_readers(Q(correspondent=correspondent_of(email)) | Q(email__iexact=email.strip()))


def of_writer(comment: Comment) -> QuerySet[Comment]:
    """Return the comments of whoever wrote `comment`, as far as it is known that they are.

    By the e-mail; without one, by the name at the address it came from, while that is remembered. Many people may
    share an address, and many a name.
    """
    same = Q(pk=comment.pk)
    if comment.email:
        return _by_readers(same) | of_email(comment.email)
    if comment.sender:
        same |= Q(sender=comment.sender, name=comment.name, email="")
    return _by_readers(same)


def told(comments: QuerySet[Comment]) -> list[dict[str, Any]]:
    """Return all that is kept of `comments`, the oldest first, in words that their writer reads."""
    return [
        {
            _("Article"): comment.article.title,
            _("Address"): comment.article.get_absolute_url(),
            _("Written at"): comment.created_at.isoformat(timespec="seconds"),
            _("Agreed at"): comment.consented_at and comment.consented_at.isoformat(timespec="seconds"),
            _("Name"): comment.name,
            _("E-mail"): comment.email,
            _("What was written"): comment.text,
            _("State"): comment.get_state_display(),
            _("Code of the address on the net"): comment.sender,
        }
        for comment in comments.select_related("article").order_by("created_at", "pk")
    ]


@transaction.atomic
def anonymise(comments: QuerySet[Comment]) -> int:
    """Take name, e-mail and traces off `comments`, and return how many there were. Idempotent.

    The words stay, and so do their place and the replies to them. The log of the desk and the bans call a writer by
    name: there it goes too. A ban itself goes on, by its key.
    """
    found = list(comments.select_for_update().order_by("pk"))
    for comment in found:
        comment.name = _("A reader")
        comment.email = comment.sender = comment.correspondent = comment.key = ""
        comment.notes = []
        comment.save(update_fields=["name", "email", "sender", "correspondent", "key", "notes", "search_key"])
    bans = Ban.objects.filter(comment__in=found)
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Ban), object_id__in=[str(ban.pk) for ban in bans]
    ).update(object_repr=_("A reader"))
    bans.update(name=_("A reader"))
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Comment), object_id__in=[str(comment.pk) for comment in found]
    )
    logged.update(object_repr=_("A reader"))
    return len(found)


def _by_readers(which: Q) -> QuerySet[Comment]:
    return Comment.objects.filter(which, is_staff_reply=False)

"""The newsroom's own answer to a reader: it stands at once, under the badge."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Comment
from articles.moderating.deciding import Outcome, decide
from newsroom.models import User


class NotAnswered(Exception):
    """Nothing was written; the message is a sentence for the person."""


@transaction.atomic
def answer(key: int, number: int | None, by: User, *, name: str, text: str, act: UUID) -> Outcome:
    """Answer the comment `key` in the name of the newsroom; `number` is the last decision that `by` has seen over it.

    What waits is approved by the same act: readers see no answer to what they cannot read. The same `act` sent again
    writes nothing again. Raises `NotAnswered`, with nothing changed, where a colleague was faster.
    """
    comment = Comment.objects.select_for_update().filter(pk=key).first()
    if comment is None:
        raise NotAnswered(_("This comment is no longer there."))
    if comment.state not in {Comment.State.PENDING, Comment.State.APPROVED}:
        raise NotAnswered(_("Readers do not see this comment: approve it first."))
    root = comment.parent_id or comment.pk
    seen: dict[int, int | None] = {}
    if comment.state == Comment.State.PENDING:
        seen[key] = number
    before = Comment.objects.filter(is_staff_reply=True, parent=root, moderations__act=act).first()
    if before is None:
        fields = {"article_id": comment.article_id, "parent_id": root, "name": name, "text": text}
        before = Comment.objects.create(**fields, account=by, is_staff_reply=True)
    outcome = decide({**seen, before.pk: None}, Comment.State.APPROVED, by, act=act)
    if key in outcome.refused:
        raise NotAnswered(outcome.refused[key])
    return outcome

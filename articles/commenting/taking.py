"""Taking a comment in: held against the checks, and stored once."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.commenting import checks
from articles.commenting.attempt import Attempt, Refuse, RefusedError, Sending
from articles.commenting.traces import key_of
from articles.models import Comment, CommentSettings

ONCE_WITHIN = timedelta(hours=24)  # what is sent again within this is the same comment
TIME_OF_A_CHECK = 0.25  # seconds

_logger = logging.getLogger(__name__)


def rules_in_turn() -> CommentSettings:
    """Return the rules, locked until the transaction ends: comments are taken one after another.

    So what one process counts (how many have come from an address) holds until it has stored its own. A comment takes
    some milliseconds, and a newsroom gets few of them.
    """
    rules = CommentSettings.objects.select_for_update().filter(pk=1).first()
    if rules is None:
        CommentSettings.objects.get_or_create(pk=1)
        rules = CommentSettings.objects.select_for_update().get(pk=1)
    return rules


@transaction.atomic
def take(attempt: Attempt) -> Comment:
    """Store `attempt`, which then waits for a moderator, and return it; or what the same sending has already made.

    It is held against the rules as they are by now. Raises `RefusedError`.
    """
    attempt = attempt.under(rules_in_turn())
    parent = attempt.parent.pk if attempt.parent else None
    words = {"name": attempt.name, "text": attempt.text}
    key = key_of(article=attempt.article.pk, parent=parent, sender=attempt.sender, **words)
    same = Comment.objects.filter(key=key)
    same.filter(created_at__lte=attempt.now - ONCE_WITHIN).update(key="")
    if (made := same.first()) is not None:
        return made
    notes = judge(attempt, checks.CHECKS)
    try:
        with transaction.atomic():
            return Comment.objects.create(
                **words,
                article=attempt.article,
                parent=attempt.parent,
                email=attempt.email,
                state=Comment.State.PENDING,
                created_at=attempt.now,
                consented_at=attempt.now,
                sender=attempt.sender,
                correspondent=attempt.correspondent,
                key=key,
                notes=notes,
            )
    except IntegrityError:
        # Where no lock holds, the database still keeps the key for one.
        return same.get()


def judge(attempt: Sending, checks: Iterable[tuple[str, Any]]) -> list[dict[str, str]]:
    """Return what `checks` (name, check) note on `attempt`.

    One that fails or takes too long is a note itself, and no way past. Raises `RefusedError` for the first that
    refuses.
    """
    notes = []
    for name, check in checks:
        try:
            with transaction.atomic():
                verdict = check(attempt, _until(monotonic() + TIME_OF_A_CHECK))
        except Exception as error:
            _logger.exception("The check %s of comments has failed", name)
            sentence = (
                _("This check took too long.") if isinstance(error, TimeoutError) else _("This check has failed.")
            )
            notes.append({"check": name, "note": sentence})
            continue
        if isinstance(verdict, Refuse):
            raise RefusedError(verdict)
        if verdict is not None:
            notes.append({"check": name, "note": verdict.note})
    return notes


def _until(end: float) -> Callable[[], None]:
    """Return what ends a check that is still at work after `end`."""

    def tick() -> None:
        if monotonic() > end:
            raise TimeoutError

    return tick

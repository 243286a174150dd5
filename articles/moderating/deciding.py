"""Deciding over comments: the only place where the state of one changes.

Every decision is a row of `Moderation`. Whoever decides says up to which decision they had seen the comment, so that
of two who decide at once one decides, and the other is told who was faster.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Comment, CommentReport, Moderation
from newsroom.models import User
from newsroom.moments import clock

# Comments by primary key -> up to which decision (`Moderation.number`, 0: none) the person has seen each; None where
# what stands now is to be decided over whatever it is.
Seen = Mapping[int, int | None]


@dataclass
class Outcome:
    """What came of an act: what was decided, and of what was not, why, by primary key of the comment."""

    act: UUID
    done: list[Moderation] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def may_moderate(user: Any) -> bool:
    """Whether `user` decides over comments."""
    return user.has_perm("articles.moderate_comment") and user.has_perm("articles.view_comment")


@transaction.atomic
def decide(seen: Seen, to: str, by: User, *, reason: str = "", words: str = "", act: UUID | None = None) -> Outcome:
    """Put the comments of `seen` into the state `to` (a `Comment.State`), decided by `by`.

    `reason` is a `Moderation.Reason` or empty, `words` what the person wrote to it. Open reports of a comment are
    dealt with by the same decision: to approve what stands approved dismisses them. The same `act` sent again decides
    nothing again, and is answered alike; what was taken back meanwhile stays taken back.
    """
    outcome = Outcome(act or uuid4())
    comments = _held(seen)
    last = _last(comments)
    spent = Moderation.objects.of_act(outcome.act).filter(comment__in=comments).values_list("comment", flat=True)
    decided_once = set(spent) if act else set()
    open_reports = _open_reports(comments)
    new, now = [], timezone.now()
    for key, number in seen.items():
        comment, before = comments.get(key), last.get(key)
        if comment is None:
            outcome.refused[key] = _("This comment is no longer there.")
        elif before is not None and before.act == outcome.act:
            outcome.done.append(before)
        elif key in decided_once or number not in {None, before.number if before else 0}:
            outcome.refused[key] = faster(comment, before)
        elif comment.state == to and not open_reports.get(key):
            outcome.refused[key] = _("It stands as “%(state)s” already.") % {"state": comment.get_state_display()}
        else:
            decision = Moderation(
                comment=comment,
                number=before.number + 1 if before else 1,
                from_state=comment.state,
                to_state=to,
                reason=reason,
                words=words,
                reports=open_reports.get(key, 0),
                by=by,
                at=now,
                act=outcome.act,
            )
            new.append(decision)
    Moderation.objects.bulk_create(new)
    decided = [decision.comment_id for decision in new]
    if any(decision.reports for decision in new):
        of_this = Moderation.objects.of_act(outcome.act).filter(comment=OuterRef("comment_id"))
        CommentReport.objects.filter(comment__in=decided, decision=None).update(decision=Subquery(of_this.values("pk")))
    if new:
        Comment.objects.filter(pk__in=decided).update(
            state=to, reason=new[0].why, moderated_by=by, moderated_at=now, reported_at=None
        )
    outcome.done += new
    return outcome


@transaction.atomic
def undo(act: UUID, by: User) -> Outcome:
    """Take back what `by` decided in one act: each comment, and what was reported of it, stands as before.

    A comment over which somebody has decided since is left as it is. Undone again, an act is answered alike.
    """
    outcome = Outcome(uuid4())
    own = Moderation.objects.of_act(act).filter(by=by, undoes=None).select_related("undone_by")
    comments = _held(own.values_list("comment", flat=True))
    last = _last(comments)
    to_undo = []
    for decision in own:
        comment, latest = comments[decision.comment_id], last[decision.comment_id]
        if hasattr(decision, "undone_by"):
            outcome.done.append(decision.undone_by)
        elif latest != decision:
            outcome.refused[comment.pk] = faster(comment, latest)
        else:
            to_undo.append(decision)
    outcome.done += _take_back(to_undo, comments, outcome.act)
    return outcome


def _take_back(decisions: list[Moderation], comments: Mapping[int, Comment], act: UUID) -> list[Moderation]:
    """Write that each of `decisions` is undone, put its comment back to what stood before, and return the new rows."""
    before: dict[int, Moderation] = {}
    standing = Moderation.objects.standing().filter(comment__in=[decision.comment_id for decision in decisions])
    for row in standing.exclude(pk__in=[decision.pk for decision in decisions]).order_by("number"):
        before[row.comment_id] = row
    back = []
    for decision in decisions:
        comment, earlier = comments[decision.comment_id], before.get(decision.comment_id)
        comment.state = decision.from_state
        comment.reason = earlier.why if earlier else ""
        comment.moderated_by_id = earlier.by_id if earlier else None
        comment.moderated_at = earlier.at if earlier else None
        if decision.reports:
            decision.answers.update(decision=None)
            comment.reported_at = comment.reports.filter(decision=None).aggregate(first=Min("at"))["first"]
        back.append(
            Moderation(
                comment=comment,
                number=decision.number + 1,
                from_state=decision.to_state,
                to_state=decision.from_state,
                by_id=decision.by_id,
                act=act,
                undoes=decision,
            )
        )
    changed = ["state", "reason", "moderated_by", "moderated_at", "reported_at"]
    Comment.objects.bulk_update([decision.comment for decision in back], changed)
    return Moderation.objects.bulk_create(back)


def faster(comment: Comment, decision: Moderation | None) -> str:
    """Return the sentence that says who has decided over `comment` meanwhile, and what stands now."""
    if decision is None:
        return _("It stands as “%(state)s” now.") % {"state": comment.get_state_display()}
    said = {"who": decision.by, "state": comment.get_state_display(), "at": clock(decision.at)}
    return _("%(who)s was faster: it stands as “%(state)s” since %(at)s.") % said


def _held(keys: Iterable[int]) -> dict[int, Comment]:
    """Return the comments of `keys`, held for this transaction: whoever decides over one next waits, then looks again.

    Always in the same order, so that no two who decide over many wait for each other.
    """
    held = Comment.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk")
    return {comment.pk: comment for comment in held}


def _last(comments: Mapping[int, Comment]) -> dict[int, Moderation]:
    """Return the last decision over each of `comments` over which there is any."""
    decisions = Moderation.objects.filter(comment__in=list(comments)).last_of_each().select_related("by")
    return {decision.comment_id: decision for decision in decisions}


def _open_reports(comments: Mapping[int, Comment]) -> dict[int, int]:
    """Return how many reports of each of `comments` are open, where any are."""
    reported = [key for key, comment in comments.items() if comment.reported_at]
    counts: dict[int, int] = {}
    if reported:
        for key in CommentReport.objects.filter(comment__in=reported, decision=None).values_list("comment", flat=True):
            counts[key] = counts.get(key, 0) + 1
    return counts

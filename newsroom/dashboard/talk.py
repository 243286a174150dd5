"""What readers wrote: comments of a period, what became of them, and how long that took."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q

from articles.models import Comment, Moderation
from newsroom.dashboard.periods import Span
from newsroom.moments import midnight


@dataclass(frozen=True)
class Talk:
    """Readers' comments that came in on some days, by what has become of them since."""

    received: int
    approved: int
    rejected: int
    spam: int
    pending: int
    median: timedelta | None = None  # from writing to the decision that stands, of those that waited for a person


def talk(span: Span) -> Talk:
    """Return what came in on the days of `span`. Three queries."""
    comments = Comment.objects.filter(**_received(span))
    counted = comments.aggregate(
        received=Count("pk"),
        **{state.value: Count("pk", filter=Q(state=state)) for state in Comment.State},
    )
    return Talk(**counted, median=_median(span))


def _median(span: Span) -> timedelta | None:
    """The middle one in the order of the database: what was decided may be more than one wants to hold."""
    decided = Moderation.objects.standing().filter(from_state=Comment.State.PENDING, **_received(span, "comment__"))
    took = ExpressionWrapper(F("at") - F("comment__created_at"), output_field=DurationField())
    times = decided.annotate(took=took).order_by("took", "pk").values_list("took", flat=True)
    middle = max(decided.count() - 1, 0) // 2
    return next(iter(times[middle : middle + 1]), None)


def _received(span: Span, through: str = "") -> dict[str, Any]:
    """What readers sent in on the days of `span`, as a condition: the newsroom's own replies are no reader's words."""
    return {
        f"{through}is_staff_reply": False,
        f"{through}created_at__gte": midnight(span.first),
        f"{through}created_at__lt": midnight(span.last + timedelta(days=1)),
    }

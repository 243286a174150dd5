"""What readers wrote: comments of a period, what became of them, and how long that took."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q

from articles.models import Comment
from newsroom.dashboard.happenings import midnight
from newsroom.dashboard.periods import Span


@dataclass(frozen=True)
class Talk:
    """Readers' comments that came in on some days, by what has become of them since."""

    received: int
    approved: int
    rejected: int
    spam: int
    pending: int
    median: timedelta | None = None  # from writing to decision, of those that are decided


def talk(span: Span) -> Talk:
    """Return what came in on the days of `span`. Two queries."""
    comments = _received(span)
    decided = comments.filter(moderated_at__isnull=False)
    counted = comments.aggregate(
        received=Count("pk"),
        decided=Count("pk", filter=Q(moderated_at__isnull=False)),
        **{state.value: Count("pk", filter=Q(state=state)) for state in Comment.State},
    )
    # The middle one in the order of the database: what was decided may be more than one wants to hold.
    took = ExpressionWrapper(F("moderated_at") - F("created_at"), output_field=DurationField())
    middle = max(counted.pop("decided") - 1, 0) // 2
    times = decided.annotate(took=took).order_by("took", "pk").values_list("took", flat=True)
    return Talk(**counted, median=next(iter(times[middle : middle + 1]), None))


def _received(span: Span) -> Any:
    """The newsroom's own replies are no reader's words."""
    return Comment.objects.filter(
        is_staff_reply=False,
        created_at__gte=midnight(span.first),
        created_at__lt=midnight(span.last + timedelta(days=1)),
    )

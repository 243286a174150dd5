"""What the counters say to everybody: how many are online, and how many visits there were."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from newsroom.visits.models import RecentVisitor, VisitDay

# However many ask, the database is asked once in so many seconds by each process.
LASTS = 5


@dataclass(frozen=True)
class Numbers:
    """Visitors of the last five minutes; visits of today, of this week, and ever. None is less than nothing."""

    online: int
    today: int
    week: int
    ever: int


def numbers() -> Numbers:
    """Return what is said now: at most `LASTS` seconds old, and three queries at most."""
    return cache.get_or_set("visits.numbers", _count, LASTS)  # type: ignore[return-value]


def _count() -> Numbers:
    sums = VisitDay.objects.sums(timezone.localdate())
    online = RecentVisitor.objects.online().count()
    # A correction may take away more than the days that are left hold.
    return Numbers(online, max(0, sums.today), max(0, sums.week), max(0, sums.ever))

"""What the counters say to everybody: how many are online, and how many visits there were."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from newsroom.visits.asking import at_once
from newsroom.visits.models import RecentVisitor, VisitDay

# However many ask, the database is asked once in so many seconds by each process.
LASTS = 5
_KEY = "visits.numbers"


@dataclass(frozen=True)
class Numbers:
    """Visitors of the last five minutes; visits of today, of this week, and ever. None is less than nothing."""

    online: int
    today: int
    week: int
    ever: int


def numbers() -> Numbers | None:
    """Return what is said now, at most `LASTS` seconds old; None while it cannot be told. Three queries at most."""
    told: Numbers | None = cache.get(_KEY)
    if told is None and (told := at_once(_count, None)) is not None:
        cache.set(_KEY, told, LASTS)
    return told


def _count() -> Numbers:
    sums = VisitDay.objects.sums(timezone.localdate())
    online = RecentVisitor.objects.online().count()
    # A correction may take away more than the days that are left hold.
    return Numbers(online, max(0, sums.today), max(0, sums.week), max(0, sums.ever))

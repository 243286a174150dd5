"""The lines of the dashboard's lists: articles that were read, and counts that were put right."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Comment
from newsroom.dashboard.counts import top
from newsroom.dashboard.keys import READ
from newsroom.dashboard.periods import Span
from newsroom.keys import key_in
from newsroom.moments import midnight
from newsroom.visits.models import SITE, VisitAdjustment

# What is told of comments: its label, and its name in `talk.Talk`.
OF_COMMENTS = (
    (_("Received"), "received"),
    (_("Approved"), "approved"),
    (_("Rejected"), "rejected"),
    (_("Spam"), "spam"),
    (_("Still waiting"), "pending"),
)


@dataclass(frozen=True)
class Line:
    """An article that was read: how often, and how many of its readers' words were shown; both in the period."""

    title: str
    published_at: datetime | None
    address: str  # "" where readers no longer see it
    count: int
    comments: int
    share: str  # of the reads of the first, as SVG writes a width


def most_read(span: Span, most: int) -> list[Line]:
    """Return the articles that were read most in `span`. Three queries."""
    read = {pk: entry for entry in top(READ, span, most) if (pk := key_in(entry.what))}
    found = _titled(read)
    comments = dict(
        Comment.objects.approved()
        .filter(
            article__in=found,
            created_at__gte=midnight(span.first),
            created_at__lt=midnight(span.last + timedelta(days=1)),
        )
        .order_by()
        .values_list("article")
        .annotate(Count("pk"))
    )
    return [
        Line(
            found[pk].title if pk in found else gettext("An article that is no more"),
            found[pk].published_at if pk in found else None,
            found[pk].get_absolute_url() if pk in found and found[pk].is_public else "",
            entry.count,
            comments.get(pk, 0),
            entry.share,
        )
        for pk, entry in read.items()
    ]


def _titled(keys: Collection[int]) -> dict[int, Any]:
    return Article.objects.only("title", "state", "published_at").in_bulk(keys)


@dataclass(frozen=True)
class Adjustment:
    """A signed row beside the counts, and in words what it puts right."""

    row: VisitAdjustment
    what: str


def adjustments(most: int) -> list[Adjustment]:
    """Return the corrections of all counts, and the starting total of the site; the newest first. Two queries."""
    rows = list(
        VisitAdjustment.objects.filter(Q(kind=VisitAdjustment.Kind.CORRECTION) | Q(key=SITE))
        .select_related("made_by")
        .order_by("-made_at", "-pk")[:most]
    )
    found = _titled({pk for row in rows if row.key.startswith(READ) and (pk := key_in(row.key.removeprefix(READ)))})
    titles = {f"{READ}{pk}": article.title for pk, article in found.items()}
    site = gettext("The whole site")
    return [Adjustment(row, site if row.key == SITE else titles.get(row.key, row.key)) for row in rows]

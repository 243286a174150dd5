"""What stands around a committee in rows of other tables, fetched with it in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from committees.models import (
    Attendance,
    Award,
    AwardRecipient,
    Committee,
    CommitteeAlias,
    Conference,
    Person,
    Statistic,
)
from committees.questions import FEW, SOME
from newsroom.bundles import Rows, instances
from newsroom.compiled import compiled
from newsroom.publishing import is_public

LATELY = 24  # conferences among whose people the officials are looked for
_ABOVE = "parent__parent__parent__parent"
_BEFORE = "predecessor__predecessor__predecessor"


@dataclass(frozen=True)
class Around:
    """The rows of one committee, each kind in its order. Of lists there is one row more than a page shows."""

    below: list[Committee]
    aliases: list[str]
    after: list[Committee]  # the bodies that follow it, and those that follow them, by name; with their predecessors
    officials: list[Attendance]  # with their people and conferences, the latest first
    conferences: list[Conference]  # with `figures` and `commended`
    awards: list[Award]
    received: list[Award]


def find(pk: int) -> tuple[Committee, Around]:
    """Return the committee `pk`, with those above it and those it goes back to, and what stands around it.

    Raises `Http404`. One query.
    """
    found = _found(pk, timezone.now())
    if not found:
        raise Http404
    return found[0], _around(found[0])


@compiled
def _found(pk: int, now: datetime) -> QuerySet[Committee]:
    keys = ("search_key", "search_words")
    related = ("", *_steps(_ABOVE), *_steps(_BEFORE))
    return (
        Committee.objects.filter(pk=pk)
        .select_related(_ABOVE, _BEFORE)
        .defer(*(f"{relation}{key}" for relation in related for key in keys))
        .annotate(**{f"{name}_rows": Rows(rows, *columns) for name, (rows, columns) in _rows(now).items()})
    )


def _steps(path: str) -> Iterable[str]:
    names = path.split("__")
    return ("__".join([*names[: place + 1], ""]) for place in range(len(names)))


def _rows(now: datetime) -> dict[str, tuple[QuerySet[Any], tuple[str, ...]]]:
    """Return by name which rows belong to a committee, and what its page asks of them."""
    this = OuterRef("pk")
    follower = ("id", "name", "sort_key", "predecessor_id", "active_from")
    followers = Committee.objects.order_by("sort_key", "pk")
    conferences = Conference.objects.public(now).filter(committee=this).newest_first()
    inside = Conference.objects.filter(committee=OuterRef(OuterRef("pk"))).newest_first()
    lately = inside.public(now)[:LATELY]
    present = Attendance.objects.filter(
        Q(committee=this) | Q(committee=None), conference__in=lately.values("pk"), person__is_withheld=False
    ).order_by("-conference__sorted_on", "-conference__pk", "position", "pk")
    of_it = ("person__id", "person__name", "conference__id", "conference__name", "conference__held_on")
    named = ("id", "count", "form", "achievement", "recipients_described")
    received = AwardRecipient.objects.filter(is_public("award__", now), committee=this)
    return {
        "below": _below(),
        "aliases": (CommitteeAlias.objects.filter(committee=this)[:SOME], ("id", "name")),
        "after": (followers.filter(predecessor=this)[:SOME], follower),
        "later": (
            followers.filter(predecessor__predecessor=this).exclude(pk=this)[:SOME],
            (*follower, "predecessor__id", "predecessor__name", "predecessor__predecessor_id"),
        ),
        "officials": (
            present[: SOME * 10],
            ("id", "role", *of_it),
        ),
        "conferences": (
            with_counts(conferences, now)[: FEW + 1],
            ("id", "name", "held_on", "held_on_printed", "kind", "review", "figures", "commended"),
        ),
        "awards": (
            Award.objects.public(now).filter(reported_by=this).order_by("-published_at", "pk")[: FEW + 1],
            (*named, "level", "recipient_kind", "granted_by", "period_label", "state", "published_at"),
        ),
        "received": (
            received.order_by("-award__published_at", "-pk")[:FEW],
            tuple(f"award__{name}" for name in named),
        ),
    }


def _below() -> tuple[QuerySet[Any], tuple[str, ...]]:
    return Committee.objects.filter(parent=OuterRef("pk")).order_by("sort_key", "pk")[: SOME + 1], ("id", "name")


def with_below(committees: QuerySet[Committee]) -> QuerySet[Committee]:
    """Fetch with each of `committees` rows of the first of those under it, by name: for `below`."""
    rows, columns = _below()
    return committees.annotate(below_rows=Rows(rows, *columns))


def below(committee: Any) -> list[Committee]:
    """Return the first of those under `committee`, by name: one more than a page shows."""
    return instances(Committee, committee.below_rows)


def with_counts(conferences: QuerySet[Conference], now: datetime | None = None) -> QuerySet[Conference]:
    """Annotate each conference with how many public `figures` and awards (`commended`) it reports."""
    return conferences.annotate(
        figures=_count(Statistic.objects.public(now), "conference"),
        commended=_count(Award.objects.public(now), "reported_at"),
    )


def _count(reported: QuerySet[Any], conference: str) -> Coalesce:
    of_it = reported.filter(**{conference: OuterRef("pk")}).order_by().values(conference)
    return Coalesce(Subquery(of_it.annotate(number=Count("pk")).values("number")), 0)


def _around(committee: Any) -> Around:
    conferences = instances(Conference, committee.conferences_rows)
    for conference, row in zip(conferences, committee.conferences_rows, strict=True):
        conference.figures, conference.commended = row["figures"], row["commended"]  # type: ignore[attr-defined]
    return Around(
        below=below(committee),
        aliases=[row["name"] for row in committee.aliases_rows],
        after=_followers(committee),
        officials=_officials(committee.officials_rows),
        conferences=conferences,
        awards=instances(Award, committee.awards_rows),
        received=instances(Award, committee.received_rows, "award__"),
    )


def _followers(committee: Any) -> list[Committee]:
    after = instances(Committee, committee.after_rows)
    for follower in after:
        follower.predecessor = committee
    later = instances(Committee, committee.later_rows)
    between = instances(Committee, committee.later_rows, "predecessor__")
    for follower, before in zip(later, between, strict=True):
        follower.predecessor, before.predecessor = before, committee
    found = {follower.pk: follower for follower in [*after, *later] if follower.pk != committee.pk}
    return sorted(found.values(), key=lambda follower: (follower.sort_key, follower.pk))[:SOME]


def _officials(rows: list[dict[str, Any]]) -> list[Attendance]:
    """Return those who lately took part in the committee's conferences, each in the latest role.

    Who is known to have come for another committee is a guest.
    """
    latest: dict[int, dict[str, Any]] = {}
    for row in rows:
        latest.setdefault(row["person__id"], row)
    shown = list(latest.values())[:SOME]
    officials = instances(Attendance, shown)
    people, conferences = instances(Person, shown, "person__"), instances(Conference, shown, "conference__")
    for official, person, conference in zip(officials, people, conferences, strict=True):
        official.person, official.conference = person, conference
    return officials

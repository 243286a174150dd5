"""What stands in the moderators' queue: which comments, in which order, and what a moderator should know of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from articles.models import Ban, Comment, CommentReport, Moderation
from articles.moderating.banning import same_writer
from newsroom.models import User

State = Comment.State

SIZE = 50  # comments on one page: what a moderator clears in two minutes
COUNTED = 1000  # nobody needs to know how many more there are
IN_VIEW = 4  # replies of a thread, the latest
WEIGHED = 200  # decisions whose time is looked at
REMEMBERED = 8  # acts that are offered to be taken back
REMEMBERED_FOR = timedelta(days=1)
LOOKED_BACK = 1000  # decisions of a person that are looked through for those acts

REPORTED = "reported"
# The queues by name: what each is called, which comments, in which order. What waits goes first come, first served.
_OLDEST, _NEWEST = ("created_at", "pk"), ("-created_at", "-pk")
QUEUES: dict[str, tuple[Any, Q, tuple[str, str]]] = {
    REPORTED: (_("Reported"), Q(reported_at__isnull=False), ("reported_at", "pk")),
    State.PENDING: (State.PENDING.label, Q(state=State.PENDING), _OLDEST),
    State.APPROVED: (State.APPROVED.label, Q(state=State.APPROVED), _NEWEST),
    State.REJECTED: (State.REJECTED.label, Q(state=State.REJECTED), _NEWEST),
    State.SPAM: (State.SPAM.label, Q(state=State.SPAM), _NEWEST),
}


@dataclass(frozen=True)
class Tab:
    """One queue as the head of the page names it; `count` is at most `COUNTED`, and `has_more` than that."""

    name: str
    label: Any
    count: int
    has_more: bool

    def __str__(self) -> str:
        return f"{self.count}+" if self.has_more else str(self.count)


def tabs() -> list[Tab]:
    """Return the queues with how many comments are in each. One bounded query for each."""
    counts = {
        name: Comment.objects.filter(which).order_by().values("pk")[: COUNTED + 1].count()
        for name, (_label, which, _order) in QUEUES.items()
    }
    return [
        Tab(name, label, min(counts[name], COUNTED), counts[name] > COUNTED)
        for name, (label, _which, _order) in QUEUES.items()
    ]


def listed(name: str) -> tuple[QuerySet[Comment], tuple[str, str]]:
    """Return the comments of one queue (a key of `QUEUES`), and the order in which they are paged."""
    _label, which, order = QUEUES[name]
    return _seen_whole(Comment.objects.filter(which)), order


def of_keys(keys: Iterable[int]) -> QuerySet[Comment]:
    """Return the comments of `keys` as a queue shows them."""
    return _seen_whole(Comment.objects.filter(pk__in=list(keys)))


def _seen_whole(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    shown = ["article__title", "article__state", "article__published_at"]
    fields = [field.name for field in Comment._meta.concrete_fields if field.name != "search_key"]
    parents = ["parent__name", "parent__text", "parent__state", "parent__created_at", "parent__is_staff_reply"]
    return comments.select_related("article", "parent", "moderated_by").only(
        *fields, *shown, *parents, "moderated_by__username", "moderated_by__first_name", "moderated_by__last_name"
    )


# --- What a moderator should know of a comment -------------------------------------------------


@dataclass
class History:
    """What became of the other comments of the same writer, and whether the writer is banned just now."""

    approved: int = 0
    rejected: int = 0
    spam: int = 0
    pending: int = 0
    is_banned: bool = False

    @property
    def is_new(self) -> bool:
        return not (self.approved or self.rejected or self.spam or self.pending)


@dataclass
class Item:
    """A comment in the queue.

    `number` is that of the last decision over it (0: none), `last` that decision, `reports` the first of those that
    are open and `unseen_reports` how many more are, `beside` the latest other replies of its thread, `history` None
    where nothing tells who wrote it.
    """

    comment: Comment
    last: Moderation | None
    reports: list[CommentReport] = field(default_factory=list)
    unseen_reports: int = 0
    beside: list[Comment] = field(default_factory=list)
    history: History | None = None

    @property
    def number(self) -> int:
        return self.last.number if self.last else 0

    @property
    def age(self) -> str:
        """How long ago it was written: "3 giờ"."""
        return timesince(self.comment.created_at, depth=1)

    @property
    def is_kept(self) -> bool:
        """Whether to approve it means to leave it where it is, and to dismiss what was reported."""
        return self.comment.state == State.APPROVED and bool(self.reports)


def gather(comments: Iterable[Comment]) -> list[Item]:
    """Return each of `comments` with what a moderator should know of it. The number of queries is fixed."""
    comments = list(comments)
    keys = [comment.pk for comment in comments]
    decisions = Moderation.objects.filter(comment__in=keys).last_of_each().select_related("by")
    last = {decision.comment_id: decision for decision in decisions}
    items = {comment.pk: Item(comment, last.get(comment.pk)) for comment in comments}
    _look_at_reports(items)
    _look_beside(items)
    _look_back(items)
    return list(items.values())


def _look_at_reports(items: dict[int, Item]) -> None:
    reports = CommentReport.objects.filter(comment__in=items, decision=None).annotate(
        place=Window(RowNumber(), partition_by=F("comment"), order_by=[F("at").asc(), F("pk").asc()]),
        of_all=Window(Count("pk"), partition_by=F("comment")),
    )
    for report in reports.filter(place__lte=IN_VIEW).order_by("at", "pk"):
        item = items[report.comment_id]
        item.reports.append(report)
        item.unseen_reports = report.of_all - len(item.reports)


def _look_beside(items: dict[int, Item]) -> None:
    roots = {item.comment.parent_id or key for key, item in items.items()}
    latest = Window(RowNumber(), partition_by=F("parent"), order_by=[F("created_at").desc(), F("pk").desc()])
    replies = (
        Comment.objects.filter(parent__in=roots, state__in=[State.APPROVED, State.PENDING])
        .annotate(place=latest)
        .filter(place__lte=IN_VIEW + 1)
        .only("name", "text", "state", "created_at", "is_staff_reply", "parent")
        .order_by("created_at", "pk")
    )
    threads: dict[int | None, list[Comment]] = {}
    for reply in replies:
        threads.setdefault(reply.parent_id, []).append(reply)
    for key, item in items.items():
        thread = threads.get(item.comment.parent_id or key, [])
        item.beside = [reply for reply in thread if reply.pk != key][-IN_VIEW:]


def _look_back(items: dict[int, Item]) -> None:
    # By which key a writer is known, and which -> the history of each of the comments, with the state of that one.
    writers: dict[tuple[str, str], list[tuple[History, str]]] = {}
    for item in items.values():
        comment = item.comment
        if same_writer(comment) is not None:
            name = "correspondent" if comment.correspondent else "sender"
            item.history = History()
            writers.setdefault((name, getattr(comment, name)), []).append((item.history, comment.state))
    for name in ("correspondent", "sender"):
        keys = [key for (kind, key) in writers if kind == name]
        if not keys:
            continue
        theirs = Comment.objects.filter(**{f"{name}__in": keys}).order_by()
        for key, state, count in theirs.values_list(name, "state").annotate(Count("pk")):
            for history, own in writers[name, key]:
                setattr(history, state, count - (own == state))
        for key in Ban.objects.in_force().filter(**{f"{name}__in": keys}).values_list(name, flat=True):
            for history, _own in writers[name, key]:
                history.is_banned = True


# --- How long people wait ----------------------------------------------------------------------


@dataclass(frozen=True)
class Pace:
    """Since when the oldest waits (None: nothing does), and the median time to a decision (None: none lately)."""

    oldest: datetime | None
    typical: timedelta | None


def pace() -> Pace:
    """Return how long people wait. Two bounded queries."""
    waiting = Comment.objects.filter(state=State.PENDING).order_by("created_at", "pk")
    # The latest are picked first: what is asked of them besides is not asked of all there ever were.
    latest = Moderation.objects.filter(from_state=State.PENDING, undoes=None).order_by("-pk").values("pk")[:WEIGHED]
    of_readers = Moderation.objects.standing().filter(pk__in=latest, comment__is_staff_reply=False)
    spans = of_readers.order_by().values_list("comment__created_at", "at")
    seconds = [(at - written).total_seconds() for written, at in spans]
    typical = timedelta(seconds=median(seconds)) if seconds else None
    return Pace(waiting.values_list("created_at", flat=True).first(), typical)


# --- What can be taken back --------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """What a person decided in one go, and can take back: one of its decisions, and how many they are."""

    one: Moderation
    count: int


def acts(by: User) -> list[Act]:
    """Return the last acts of `by` that can be taken back, the latest first, as far back as a day. Two queries."""
    own = Moderation.objects.filter(by=by, at__gte=timezone.now() - REMEMBERED_FOR, undoes=None)
    lately = Moderation.objects.standing().filter(pk__in=own.order_by("-at").values("pk")[:LOOKED_BACK])
    summed = lately.order_by().values("act").annotate(count=Count("pk"), one=Max("pk"))
    found = list(summed.order_by("-one")[:REMEMBERED])
    shown = Moderation.objects.select_related("comment").defer("comment__search_key")
    ones = shown.in_bulk([row["one"] for row in found])
    return [Act(ones[row["one"]], row["count"]) for row in found]

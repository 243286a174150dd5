"""What waits for a person on the first page of the desk: a few short lists, each one query and bounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.checking import check
from articles.desk.panel import PLACE
from articles.doubts.desk import HANDED, OPEN
from articles.models import Article, Comment, FigureReport, Revision, RipplePlace
from articles.moderating.deciding import may_moderate
from articles.moderating.queue import REPORTED
from newsroom.desk import EDIT_PUBLIC_FACTS
from newsroom.models import User
from newsroom.moments import midnight
from newsroom.publishing import State

DoubtState = FigureReport.State
SHOWN = 8
LOOKED_AT = 24  # articles held against the checks for one first page


@dataclass(frozen=True)
class Entry:
    """One thing that waits: what it is, where it is dealt with, whose it is or why, and since or at what moment."""

    words: str
    address: str
    note: str
    moment: datetime | None


@dataclass(frozen=True)
class Panel:
    """One list of the first page: its name (for tests and styles), title, entries, and where all of them are, if
    there is such a place.
    """

    name: str
    title: Any
    entries: list[Entry]
    has_more: bool
    address: str


def panels(person: User) -> list[Panel]:
    """Return the lists that concern `person`, in the order in which they call for a hand. One query each, but for
    the articles that are held against the checks, whose parts are fetched as well.

    A list that is empty is still there: "nothing waits" is what one wants to know in the morning.
    """
    found = []
    if person.has_perm("articles.change_article"):
        found.append(_returned(person))
    if person.has_perm("articles.publish_article") and person.has_perm("articles.view_article"):
        found.append(_submitted())
        found.append(_failing())
    if may_moderate(person):
        found.append(_comments())
        found.append(_figures(person))
    if person.has_perm("articles.change_ripple"):
        found.append(_ripples())
    if person.has_perm("articles.change_article"):
        found += [_scheduled(person), _drafts(person)]
    return found


def _returned(person: User) -> Panel:
    returned = Revision.objects.filter(article=OuterRef("pk"), transition=Revision.Transition.RETURN)
    reason = returned.order_by("-version").values("reason")
    articles = Article.objects.at_stage(State.RETURNED).filter(writer=person).annotate(why=Subquery(reason[:1]))
    entries = [
        Entry(article.title, _form(article), article.why or "", article.saved_at)
        for article in articles.only("title", "saved_at").order_by("-saved_at", "-pk")[: SHOWN + 1]
    ]
    return _panel(
        "returned",
        _("Returned to me"),
        entries,
        _list(standing=State.RETURNED, writer__id__exact=person.pk),
    )


def _submitted() -> Panel:
    """What has waited longest comes first."""
    articles = Article.objects.at_stage(State.SUBMITTED).order_by("saved_at", "pk")
    return _panel("submitted", _("Waiting for my decision"), _by_writer(articles), _list(standing=State.SUBMITTED))


def _failing() -> Panel:
    """Of what goes to readers next, what the checks hold up or doubt. Only the next few are looked at."""
    # A moment ahead belongs to what is scheduled alone; asked this way, the index of moments finds it.
    coming = Q(state=State.SUBMITTED) | Q(published_at__gt=timezone.now())
    articles = (
        Article.objects.filter(coming).for_checks().order_by(F("published_at").asc(nulls_last=True), "saved_at", "pk")
    )
    entries = []
    for article in articles[:LOOKED_AT]:
        checked = check(article)
        if doubts := [*checked.blocks, *checked.warnings]:
            note = doubts[0].sentence
            if more := len(doubts) - 1:
                note += " " + gettext("And %(count)d more.") % {"count": more}
            address = f"{_form(article)}#{PLACE}"
            entries.append((not checked.blocks, Entry(article.title, address, note, article.published_at)))
    entries.sort(key=lambda pair: pair[0])  # what is held up comes before what is only doubted
    return _panel("failing", _("Checks failing"), (entry for _is_light, entry in entries), "")


def _drafts(person: User) -> Panel:
    """One's own, of which some have been given to one by a colleague."""
    given = Revision.objects.filter(transition=Revision.Transition.GIVE).select_related("made_by").defer("snapshot")
    articles = (
        Article.objects.filter(state=State.DRAFT, writer=person)
        .prefetch_related(Prefetch("revisions", given.order_by("-version"), to_attr="given"))
        .order_by("-saved_at", "-pk")
    )
    entries = [
        Entry(article.title, _form(article), _giving(article.given), article.saved_at)
        for article in articles.only("title", "saved_at")[: SHOWN + 1]
    ]
    return _panel("drafts", _("My drafts"), entries, _list(standing=State.DRAFT, writer__id__exact=person.pk))


def _giving(given: list[Revision]) -> str:
    """Who gave an article last to whom, and with which words; "" if nobody did."""
    if not given:
        return ""
    return gettext("%(who)s gave it %(to)s") % {"who": given[0].made_by, "to": given[0].reason}


def _scheduled(person: User) -> Panel:
    """What comes out before midnight: of everybody for those who work on everybody's, else of one's own."""
    today = timezone.localdate()
    articles = Article.objects.filter(
        state=State.PUBLISHED, published_at__gt=timezone.now(), published_at__lt=midnight(today + timedelta(days=1))
    ).order_by("published_at", "pk")
    if not person.has_perm("articles.edit_others_article"):
        articles = articles.filter(writer=person)
    day = {"published_at__year": today.year, "published_at__month": today.month, "published_at__day": today.day}
    entries = _by_writer(articles, moment="published_at")
    return _panel("scheduled", _("Scheduled today"), entries, _list(standing="scheduled", **day))


def _comments() -> Panel:
    """What readers have reported comes first, then what has waited longest."""
    shown = Comment.objects.select_related("article").only(
        "text", "name", "created_at", "reported_at", "article__title"
    )
    reported = list(shown.filter(reported_at__isnull=False).order_by("reported_at", "pk")[: SHOWN + 1])
    pending = shown.filter(state=Comment.State.PENDING, reported_at=None).order_by("created_at", "pk")
    queue = reverse("admin:articles_comment_queue")
    entries = []
    for comment in [*reported, *pending[: SHOWN + 1]][: SHOWN + 1]:
        tab = REPORTED if comment.reported_at else Comment.State.PENDING
        note = f"{comment.name} · {Truncator(comment.article.title).chars(60)}"
        if comment.reported_at:
            note = f"{gettext('Reported')} · {note}"
        address = f"{queue}?muc={tab}#comment-{comment.pk}"
        entries.append(Entry(Truncator(comment.text).chars(90), address, note, comment.created_at))
    return _panel("comments", _("Comments waiting"), entries, queue)


def _figures(person: User) -> Panel:
    """What readers hold wrong about figures: first what was handed to those who mend them, then what has come in."""
    states = [DoubtState.OPEN, DoubtState.HANDED] if person.has_perm(EDIT_PUBLIC_FACTS) else [DoubtState.OPEN]
    reports = FigureReport.objects.filter(state__in=states).order_by("state", "created_at", "pk")
    queue = reverse("admin:articles_comment_queue")
    entries = []
    for report in reports.only("figure", "words", "state", "created_at")[: SHOWN + 1]:
        is_handed = report.state == DoubtState.HANDED
        note = Truncator(report.words).chars(90)
        if is_handed:
            note = f"{report.get_state_display()} · {note}"
        address = f"{queue}?muc={HANDED if is_handed else OPEN}#report-{report.pk}"
        entries.append(Entry(Truncator(report.figure).chars(90), address, note, report.created_at))
    return _panel("figures", _("Figures that readers hold wrong"), entries, f"{queue}?muc={OPEN}")


def _ripples() -> Panel:
    """What articles say of figures that were changed, and over which nobody has decided yet."""
    places = RipplePlace.objects.waiting().select_related("ripple", "article").order_by("pk")
    shown = places.only("words", "article__title", "ripple__stood", "ripple__right", "ripple__made_at")
    entries = [
        Entry(
            place.article.title,
            f"{reverse('admin:articles_ripple_change', args=[place.ripple_id])}#place-{place.pk}",
            Truncator(f"{place.ripple.stood} → {place.ripple.right}").chars(110),
            place.ripple.made_at,
        )
        for place in shown[: SHOWN + 1]
    ]
    return _panel(
        "ripples", _("Figures changed, sentences not yet"), entries, reverse("admin:articles_ripple_changelist")
    )


def _by_writer(articles: Any, moment: str = "saved_at") -> list[Entry]:
    few = articles.select_related("writer").only(
        "title", moment, "writer__username", "writer__first_name", "writer__last_name"
    )
    return [
        Entry(article.title, _form(article), str(article.writer or ""), getattr(article, moment))
        for article in few[: SHOWN + 1]
    ]


def _panel(name: str, title: Any, entries: Iterable[Entry], address: str) -> Panel:
    """Return a panel of at most `SHOWN` of `entries`, of which one more has been fetched to know of it."""
    entries = list(entries)
    return Panel(name, title, entries[:SHOWN], len(entries) > SHOWN, address)


def _form(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def _list(**narrowed: Any) -> str:
    return reverse("admin:articles_article_changelist") + "?" + urlencode(narrowed)

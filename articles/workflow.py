"""From draft to reader: who may move an article from which state to which, and what goes along.

`TRANSITIONS` is the whole rule. The buttons of the desk use it, through `available` and `perform`, and
nothing moves an article past it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Revision
from articles.revisions import put_back, record
from committees.models import Award, Conference, Statistic
from newsroom.models import User
from newsroom.publishing import Publishable, State


class NotPossible(Exception):
    """The transition is refused; the message is a sentence for the person who asked."""


def is_its_writer(user: User, article: Article) -> bool:
    """Whether `user` wrote `article`, or may work on the articles of others."""
    return article.writer_id == user.pk or user.has_perm("articles.edit_others_article")


def may_publish(user: User, article: Article) -> bool:
    """Whether `user` may decide what readers see."""
    return user.has_perm("articles.publish_article")


def may_edit(user: User, article: Article) -> bool:
    """Whether `user` may change the text of `article` as it stands: a writer their own draft, an editor any."""
    if not is_its_writer(user, article):
        return False
    return article.state in {State.DRAFT, State.RETURNED} or may_publish(user, article)


@dataclass(frozen=True)
class Transition:
    """One way an article may go."""

    name: str
    label: Any
    sources: frozenset[str]
    target: str
    is_allowed: Callable[[User, Article], bool]
    needs_reason: bool = False
    needs_whole: bool = False  # required fields bind


TRANSITIONS = {
    transition.name: transition
    for transition in (
        Transition(
            "submit",
            gettext_lazy("Submit for review"),
            frozenset({State.DRAFT, State.RETURNED}),
            State.SUBMITTED,
            is_its_writer,
            needs_whole=True,
        ),
        Transition("take_back", gettext_lazy("Take back"), frozenset({State.SUBMITTED}), State.DRAFT, is_its_writer),
        Transition(
            "return",
            gettext_lazy("Return to the writer"),
            frozenset({State.SUBMITTED}),
            State.RETURNED,
            may_publish,
            needs_reason=True,
        ),
        Transition(
            "publish",
            gettext_lazy("Publish"),
            frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED}),
            State.PUBLISHED,
            may_publish,
            needs_whole=True,
        ),
        Transition(
            "withdraw",
            gettext_lazy("Withdraw"),
            frozenset({State.PUBLISHED}),
            State.WITHDRAWN,
            may_publish,
            needs_reason=True,
        ),
        Transition(
            "restore", gettext_lazy("Restore as a draft"), frozenset({State.WITHDRAWN}), State.DRAFT, may_publish
        ),
    )
}


def available(article: Article, user: User) -> list[Transition]:
    """Return the transitions that `user` may make with `article` as it stands, in the table's order."""
    return [
        transition
        for transition in TRANSITIONS.values()
        if article.state in transition.sources and transition.is_allowed(user, article)
    ]


def missing(article: Article) -> list[str]:
    """Return a sentence for each thing that `article` still needs before it is submitted or published."""
    wanted = (
        (article.title, _("Give the article a title.")),
        (article.lead.strip(), _("Write the lead: two or three sentences that say what happened.")),
        (article.body, _("Write the body.")),
        (article.category_id, _("Choose a category.")),
    )
    return [sentence for value, sentence in wanted if not value]


@transaction.atomic
def perform(
    article: Article, name: str, by: User, *, reason: str = "", at: datetime | None = None, seen: str | None = None
) -> Article:
    """Move `article` by the transition `name` and return it as it now stands.

    `at` schedules a publication; without it an article is published now. A moment at which readers
    have already seen it never changes. What it reports goes along, in the same transaction. `seen` is the
    version that the person decided over, as a form sends it; None where the text was saved with the move.

    Raises `NotPossible` when the state or the text has moved on, the person may not, a reason is missing, or the
    article is not whole.
    """
    transition = TRANSITIONS[name]
    current = Article.objects.select_for_update().get(pk=article.pk)
    if current.state not in transition.sources:
        raise NotPossible(_("Somebody has moved this article on in the meantime. Look at it again before you decide."))
    if seen is not None and seen != str(current.version):
        raise NotPossible(_("Somebody has saved this article in the meantime. Look at it again before you decide."))
    if not transition.is_allowed(by, current):
        raise NotPossible(_("You may not do this with this article."))
    if transition.needs_reason and not reason.strip():
        raise NotPossible(_("Write the reason: the next person to open the article needs it."))
    if transition.needs_whole and (gaps := missing(current)):
        raise NotPossible(" ".join(gaps))

    was_public = current.was_public
    if transition.target == State.PUBLISHED and not was_public:
        current.published_at = at or timezone.now()
    elif current.state == State.PUBLISHED and not was_public:
        current.published_at = None  # scheduled, and withdrawn before its time: nobody has seen it
    current.state = transition.target
    current.version = F("version") + 1  # type: ignore[assignment]
    current.save(update_fields=["state", "published_at", "version", "saved_at"])
    current.refresh_from_db()
    carry_along(reported_by(current))
    record(current, by, reason.strip())
    article.refresh_from_db()
    return current


@transaction.atomic
def restore_revision(revision: Revision, by: User, *, seen: str) -> Revision:
    """Set an article as `revision` holds it, whole, and return the new revision under which it stands again.

    `seen` is the version that the person decided over, as a form sends it. State and moments stay as they are:
    a text is restored, not a publication.

    Raises `NotPossible` when the person may not edit the article now, or somebody has saved it meanwhile.
    """
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    if not may_edit(by, article):
        raise NotPossible(_("You may not do this with this article."))
    if seen != str(article.version):
        raise NotPossible(_("Somebody has saved this article in the meantime. Look at it again before you decide."))
    before = reported_by(article)
    lost = put_back(article, revision.snapshot)
    changed = {"updated_at": timezone.now()} if article.is_public else {}
    Article.objects.filter(pk=article.pk).update(version=F("version") + 1, **changed)
    article = Article.objects.get(pk=article.pk)
    reason = _("restored version %(version)s") % {"version": revision.version}
    if lost:
        reason += _(" (without what has been deleted: %(parts)s)") % {"parts": ", ".join(lost)}
    restored = record(article, by, reason[:500])
    if article.state == State.PUBLISHED:
        carry_along(before | reported_by(article))
    return restored


@dataclass(frozen=True)
class Reported:
    """What articles report, by primary keys."""

    conferences: frozenset[int] = frozenset()
    statistics: frozenset[int] = frozenset()
    awards: frozenset[int] = frozenset()

    def __or__(self, other: "Reported") -> "Reported":
        return Reported(
            self.conferences | other.conferences, self.statistics | other.statistics, self.awards | other.awards
        )


def reported_by(article: Article) -> Reported:
    """Return what `article` reports: its conference, what it mentions, and of its conference also what no
    article mentions by its words."""

    def ids(model: type[Statistic] | type[Award], conference: str) -> frozenset[int]:
        reported = Q(mentions__article=article)
        if article.conference_id:
            reported |= Q(**{conference: article.conference_id, "mentions": None})
        return frozenset(model.objects.filter(reported).values_list("pk", flat=True))

    conferences = frozenset({article.conference_id} if article.conference_id else ())
    return Reported(conferences, ids(Statistic, "conference"), ids(Award, "reported_at"))


def carry_along(reported: Reported) -> None:
    """Give conferences, figures and awards the state that the articles reporting them give them.

    Each is public from the earliest moment of a published article that reports it, and withdrawn when
    there is none any more. Whoever changes what a published article reports hands over what it reported
    before as well, so that nothing stays public that is reported by none.
    """
    for conference in Conference.objects.filter(pk__in=reported.conferences).annotate(moment=_earliest("articles")):
        _settle(conference, conference.moment)
    for model, keys, conference_field in (
        (Statistic, reported.statistics, "conference"),
        (Award, reported.awards, "reported_at"),
    ):
        things = model.objects.filter(pk__in=keys).annotate(
            mentioned=Count("mentions"),
            by_mention=_earliest("mentions__article"),
            by_conference=_earliest(f"{conference_field}__articles"),
        )
        for thing in things:
            _settle(thing, thing.by_mention if thing.mentioned else thing.by_conference)


def _earliest(articles: str) -> Min:
    """The first moment of the published articles that stand at the end of the lookup path `articles`."""
    return Min(f"{articles}__published_at", filter=Q(**{f"{articles}__state": State.PUBLISHED}))


def _settle(thing: Publishable, moment: datetime | None) -> None:
    """Set the state of `thing` from the earliest `moment` at which a published article reports it."""
    if moment is not None:
        state = State.PUBLISHED
    elif thing.state == State.PUBLISHED:
        state = State.WITHDRAWN
        moment = thing.published_at
    else:
        return
    if (thing.state, thing.published_at) != (state, moment):
        thing.state, thing.published_at = state, moment
        thing.save(update_fields=["state", "published_at"])

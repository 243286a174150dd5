"""From draft to reader: who may move an article from which state to which, and what goes along.

`TRANSITIONS` is the whole rule. The buttons of the desk use it, through `available` and `perform`, and
nothing moves an article past it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.carrying import carry_along, reported_by
from articles.checking import Checked, check
from articles.models import Article, Revision, WorkingCopy
from articles.revisions import put_back, raise_version, record, snapshot
from articles.working import keep, tried_on
from newsroom.models import User
from newsroom.publishing import State


class NotPossible(Exception):
    """The transition is refused; the message is a sentence for the person who asked."""


def is_its_writer(user: User, article: Article) -> bool:
    """Whether `user` wrote `article`, or may work on the articles of others."""
    return article.writer_id == user.pk or user.has_perm("articles.edit_others_article")


def may_publish(user: User, article: Article) -> bool:
    """Whether `user` may decide what readers see."""
    return user.has_perm("articles.publish_article")


def may_edit(user: User, article: Article) -> bool:
    """Whether `user` may change the text of `article` at the desk: a writer their own draft, an editor any.

    The text at the desk of what readers see is its working copy, so a writer may prepare a change of it.
    """
    if not is_its_writer(user, article):
        return False
    return article.stage in {State.DRAFT, State.RETURNED} or may_publish(user, article)


@dataclass(frozen=True)
class Transition:
    """One way an article may go, or its working copy while the article itself is published or scheduled.

    `copy_label` is what the way is called for a working copy; what has none is a way of articles alone.
    """

    name: str
    label: Any
    sources: frozenset[str]
    target: str
    is_allowed: Callable[[User, Article], bool]
    copy_label: Any = ""
    needs_reason: bool = False
    needs_whole: bool = False  # it is held against the checks: what is required binds
    is_of_copy: bool = False  # as `available` offers it

    def leads_on(self, article: Article) -> bool:
        """Whether `article`, or its working copy, stands where this way begins."""
        if article.state in self.sources:
            return bool(self.label)
        is_begun = hasattr(article, "working_copy") or bool(self.label)  # what is dropped has been begun
        return bool(self.copy_label) and article.state == State.PUBLISHED and article.stage in self.sources and is_begun

    def named_for(self, article: Article) -> "Transition":
        """This way under the label that fits: of `article`, or of its working copy."""
        return self if article.state in self.sources else replace(self, label=self.copy_label, is_of_copy=True)


TRANSITIONS = {
    transition.name: transition
    for transition in (
        Transition(
            "submit",
            gettext_lazy("Submit for review"),
            frozenset({State.DRAFT, State.RETURNED}),
            State.SUBMITTED,
            is_its_writer,
            copy_label=gettext_lazy("Submit the changes for review"),
            needs_whole=True,
        ),
        Transition(
            "take_back",
            gettext_lazy("Take back"),
            frozenset({State.SUBMITTED}),
            State.DRAFT,
            is_its_writer,
            copy_label=gettext_lazy("Take the changes back"),
        ),
        Transition(
            "return",
            gettext_lazy("Return to the writer"),
            frozenset({State.SUBMITTED}),
            State.RETURNED,
            may_publish,
            copy_label=gettext_lazy("Return the changes to the writer"),
            needs_reason=True,
        ),
        Transition(
            "publish",
            gettext_lazy("Publish"),
            frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED}),
            State.PUBLISHED,
            may_publish,
            copy_label=gettext_lazy("Publish the changes"),
            needs_whole=True,
        ),
        Transition(
            "drop",
            "",
            frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED}),
            State.PUBLISHED,
            may_edit,
            copy_label=gettext_lazy("Drop the changes"),
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
    """Return the transitions that `user` may make with `article` as it stands, in the table's order, each under the
    label that fits: of the article, or of its working copy.
    """
    return [
        transition.named_for(article)
        for transition in TRANSITIONS.values()
        if transition.leads_on(article) and transition.is_allowed(user, article)
    ]


def may_ever(transition: Transition, user: User) -> bool:
    """Whether there can be an article that `user` moves by `transition`: one's own, where one writes any."""
    writes = user.has_perm("articles.change_article")
    return writes and bool(transition.label) and transition.is_allowed(user, Article(writer=user))


def look(article: Article, transition: Transition, by: User, overriding: Mapping[str, str] | None = None) -> Checked:
    """Return what the checks say of `article`, or of its working copy, before `by` moves it by `transition`.

    Raises `NotPossible` when the person may not, there are no changes to decide over, or a block of the checks is left
    without a reason in `overriding`.
    """
    if not transition.is_allowed(by, article):
        raise NotPossible(_("You may not do this with this article."))
    if transition.named_for(article).is_of_copy and not hasattr(article, "working_copy"):
        raise NotPossible(_("Nothing has been changed since it was published, so there are no changes to decide over."))
    if not transition.needs_whole:
        return Checked()
    if hasattr(article, "working_copy"):
        with tried_on(article) as tried:
            checked = check(tried)
    else:
        checked = check(article)
    if checked.required:
        raise NotPossible(" ".join(found.sentence for found in checked.required))
    if transition.target == State.PUBLISHED and (held := checked.unanswered(overriding or {})):
        raise NotPossible(
            _("Not published yet. Mend this, or write in the panel why it may stand: %(blocks)s")
            % {"blocks": " ".join(found.sentence for found in held)}
        )
    return checked


def require_seen(article: Article, seen: str) -> None:
    """Raise `NotPossible` unless `seen`, as a form sends it, is the version at which `article` stands, locked, now."""
    if seen != str(article.version):
        raise NotPossible(_("Somebody has saved this article in the meantime. Look at it again before you decide."))


@transaction.atomic
def perform(
    article: Article,
    name: str,
    by: User,
    *,
    reason: str = "",
    at: datetime | None = None,
    seen: str | None = None,
    overriding: Mapping[str, str] | None = None,
) -> Article:
    """Move `article`, or the working copy of a published one, by the transition `name`; return it as it now stands.

    `at` schedules a publication; without it an article is published now. A moment at which readers
    have already seen it never changes. What it reports goes along, in the same transaction. `seen` is the
    version that the person decided over, as a form sends it; None where the text was saved with the move.
    `overriding` says why blocks of the checks may stand: the name of a finding -> the reason, which is kept.

    Raises `NotPossible` when the state or the text has moved on, the person may not, a reason is missing, the
    article is not whole, or a block is left without an answer.
    """
    transition = TRANSITIONS[name]
    current = Article.objects.select_for_update().get(pk=article.pk)
    if not transition.leads_on(current):
        raise NotPossible(_("Somebody has moved this article on in the meantime. Look at it again before you decide."))
    if seen is not None:
        require_seen(current, seen)
    checked = look(current, transition, by, overriding)
    if transition.needs_reason and not reason.strip():
        raise NotPossible(_("Write the reason: the next person to open the article needs it."))
    if current.state in transition.sources:
        _move(current, transition, at)
    else:
        _move_copy(current, transition)
    copy = WorkingCopy.objects.filter(article=current).first()
    revision = record(current, by, reason.strip(), copy=copy.snapshot if copy else None, transition=name)
    if transition.target == State.PUBLISHED:
        checked.keep(overriding or {}, revision)
    for each in (article, current):
        each.refresh_from_db()
    return current


def _move(article: Article, transition: Transition, at: datetime | None) -> None:
    """Move `article` itself. A working copy of what is withdrawn becomes its text: readers see neither."""
    before = reported_by(article)
    if (copy := WorkingCopy.objects.filter(article=article).first()) is not None:
        put_back(article, copy.snapshot)
        copy.delete()
    was_public = article.was_public
    if transition.target == State.PUBLISHED and not was_public:
        article.published_at = at or timezone.now()
    elif article.state == State.PUBLISHED and not was_public:
        article.published_at = None  # scheduled, and withdrawn before its time: nobody has seen it
    article.state = transition.target
    article.save(update_fields=["state", "published_at"])
    raise_version(article)
    carry_along(before | reported_by(article))


def _move_copy(article: Article, transition: Transition) -> None:
    """Move the working copy of `article`, which stays published or scheduled as it is."""
    copy = WorkingCopy.objects.get(article=article)
    if transition.target != State.PUBLISHED:
        copy.state = transition.target
        copy.save(update_fields=["state"])
        raise_version(article)
        return
    copy.delete()
    if transition.name == "drop":
        raise_version(article)
        return
    before = reported_by(article)
    put_back(article, copy.snapshot)
    raise_version(article, **({"updated_at": timezone.now()} if article.is_public else {}))
    carry_along(before | reported_by(article))


@transaction.atomic
def restore_revision(revision: Revision, by: User, *, seen: str) -> Revision:
    """Set an article as `revision` holds it, whole, and return the new revision under which it stands again.

    `seen` is the version that the person decided over, as a form sends it. State and moments stay as they are:
    a text is restored, not a publication. Of what readers see it becomes the working copy.

    Raises `NotPossible` when the person may not edit the article now, or somebody has saved it meanwhile.
    """
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    if not may_edit(by, article):
        raise NotPossible(_("You may not do this with this article."))
    require_seen(article, seen)

    def reason(lost: list[str]) -> str:
        said = _("restored version %(version)s") % {"version": revision.version}
        if lost:
            said += _(" (without what has been deleted: %(parts)s)") % {"parts": ", ".join(lost)}
        return said[:500]

    if article.state == State.PUBLISHED:
        with tried_on(article) as tried:
            lost = put_back(tried, revision.snapshot)
            whole = snapshot(tried)
        return keep(article, whole, by, reason(lost))
    lost = put_back(article, revision.snapshot)
    raise_version(article)
    return record(article, by, reason(lost))

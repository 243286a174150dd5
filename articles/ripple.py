"""A change of a public figure or award, kept with every place that says it, gone through by an editor.

Text is listed and never changed by itself: an editor goes to each place, mends it there, and tells readers with a dated
correction - or leaves it as it is, with a reason. Who did which, and when, is kept.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.anchoring import texts_of
from articles.models import Article, Correction, Ripple, RipplePlace
from articles.reach import Reach
from committees.models import Statistic
from newsroom.models import User
from newsroom.moments import clock
from newsroom.publishing import is_public


class AlreadyDecidedError(Exception):
    """Somebody has decided over the place meanwhile; nothing was changed."""

    def __init__(self, place: RipplePlace) -> None:
        super().__init__(place)
        self.place = place


@transaction.atomic
def keep(reach: Reach, stood: str, right: str, by: User) -> Ripple:
    """Keep that `by` has made the change, with every place it reaches, each waiting for a decision."""
    thing = reach.change.after
    ripple = Ripple.objects.create(
        statistic=thing if isinstance(thing, Statistic) else None,
        award=None if isinstance(thing, Statistic) else thing,
        changed=[{"field": one.field, "stood": one.stood, "right": one.right} for one in reach.change.fields],
        stood=stood,
        right=right,
        made_by=by,
    )
    RipplePlace.objects.bulk_create(
        RipplePlace(
            ripple=ripple,
            article=spot.article,
            is_working_copy=spot.is_working_copy,
            part=spot.part,
            words=spot.words,
            sentence=spot.sentence,
        )
        for spot in reach.spots
    )
    return ripple


@transaction.atomic
def apply(place: RipplePlace, stood: str, right: str, by: User) -> RipplePlace:
    """Note that `by` has dealt with `place`, and tell readers with a dated correction if they have it before them.

    The text itself is mended by a person, in the form of its article. Raises `AlreadyDecidedError`.
    """
    held = _held(place)
    if held.is_read:
        held.correction = Correction.objects.create(article=held.article, stood=stood, right=right, corrected_by=by)
        # The correction stands in the article: what readers see has changed. When they first saw it has not.
        Article.objects.filter(is_public(), pk=held.article_id).update(updated_at=timezone.now())
    return _decide(held, RipplePlace.State.APPLIED, by)


@transaction.atomic
def skip(place: RipplePlace, reason: str, by: User) -> RipplePlace:
    """Note that `by` leaves `place` as it is, and why. Raises `AlreadyDecidedError`."""
    held = _held(place)
    held.reason = reason
    return _decide(held, RipplePlace.State.SKIPPED, by)


def faster(place: RipplePlace) -> str:
    """Return the sentence that says who has decided over `place` meanwhile."""
    state = place.get_state_display()
    if place.decided_at is None:
        return _("It stands as “%(state)s” now.") % {"state": state}
    said = {"who": place.decided_by, "state": state, "at": clock(place.decided_at)}
    return _("%(who)s was faster: it stands as “%(state)s” since %(at)s.") % said


def _held(place: RipplePlace) -> RipplePlace:
    """Return `place` held for this transaction: of two who decide at once, one does."""
    related = RipplePlace.objects.select_related("article", "decided_by")
    held = related.select_for_update(of=("self",)).get(pk=place.pk)
    if held.state != RipplePlace.State.OPEN:
        raise AlreadyDecidedError(held)
    return held


def _decide(place: RipplePlace, state: str, by: User) -> RipplePlace:
    place.state, place.decided_by, place.decided_at = state, by, timezone.now()
    place.save(update_fields=["state", "reason", "correction", "decided_by", "decided_at"])
    return place


def still_said(places: Iterable[RipplePlace]) -> set[int]:
    """Return those of `places` (by primary key) whose article still says the sentence, word for word, as it stood."""
    return {
        place.pk
        for place in places
        if any(place.sentence in text for text in texts_of(place.article, [place.part])[place.part])
    }

"""What articles report goes with them: conferences, figures and awards are public while a public article tells them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from articles.models import Article
from committees.models import Award, Conference, Statistic
from newsroom.publishing import Publishable, State


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
    """Return what `article` reports: its conference, what it mentions, and all that its conference is known by."""

    def ids(model: type[Statistic] | type[Award], conference: str) -> frozenset[int]:
        reported = Q(mentions__article=article)
        if article.conference_id:
            reported |= Q(**{conference: article.conference_id})
        return frozenset(model.objects.filter(reported).values_list("pk", flat=True))

    conferences = frozenset({article.conference_id} if article.conference_id else ())
    return Reported(conferences, ids(Statistic, "conference"), ids(Award, "reported_at"))


def carry_along(reported: Reported) -> None:
    """Give conferences, figures and awards the state that the articles reporting them give them.

    Each is public from the earliest moment of a published article that reports it, and withdrawn when
    there is none any more. What no article mentions by its words goes with the articles on its conference; and what
    readers see that way stays, though somebody's draft mentions it by now. Whoever changes what a published article
    reports hands over what it reported before as well, so that nothing stays public that is reported by none.
    """
    for conference in Conference.objects.filter(pk__in=reported.conferences).annotate(moment=_earliest("articles")):
        _settle(conference, conference.moment)
    for model, keys, conference_field in (
        (Statistic, reported.statistics, "conference"),
        (Award, reported.awards, "reported_at"),
    ):
        things = model.objects.filter(pk__in=keys).annotate(
            mentioned=Count("mentions"),
            mentioned_to_readers=Count("mentions", filter=Q(mentions__article__published_at__isnull=False)),
            by_mention=_earliest("mentions__article"),
            by_conference=_earliest(f"{conference_field}__articles"),
        )
        for thing in things:
            is_of_conference = not (thing.mentioned_to_readers if thing.was_public else thing.mentioned)
            _settle(thing, thing.by_conference if is_of_conference else thing.by_mention)


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

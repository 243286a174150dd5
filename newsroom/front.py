"""The front page: what leads, what follows, what is new in figures, documents and conferences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from articles.models import Article, Mention
from articles.readership import most_read
from committees.around import with_counts
from committees.models import Conference, Document, Statistic
from committees.outline import Row, outline
from newsroom.compiled import compiled, together
from newsroom.publishing import is_public

CARDS = 4  # beside the lead
LATEST = 6
MOST_READ = 5
DOCUMENTS = 5
TILES = 6
CONFERENCES = 6
_ON_A_TILE = (
    "label", "comparator", "value", "value_max", "whole", "percent", "percent_places", "plan_percent", "level",
    "unit_printed", "period_label", "kind", "part_of", "conference", "position", "published_at", "committee__name",
)  # fmt: skip


@dataclass(frozen=True)
class Front:
    lead: Article | None
    cards: list[Article]
    latest: list[Article]
    most_read: list[Article]
    documents: list[Document]
    tiles: list[Row]
    conferences: list[Conference]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all has been published yet."""
        return not (self.lead or self.documents or self.tiles or self.conferences)


def compose() -> Front:
    """Return what stands on the front page now."""
    now = timezone.now()
    featured, newest, documents, stated, conferences = together(
        _featured.asking(now), _newest.asking(now), _documents.asking(), _stated.asking(now), _conferences.asking(now)
    )
    ranked = list({article.pk: article for article in [*featured, *newest]}.values())
    # With few articles the rail would stand empty beside full columns: it gets its share of them.
    shown = min(1 + CARDS, max(1, (len(ranked) + 2) // 2), len(ranked))
    return Front(
        lead=ranked[0] if ranked else None,
        cards=ranked[1:shown],
        latest=ranked[shown : shown + LATEST],
        most_read=most_read(timezone.localdate(), MOST_READ),
        documents=documents,
        tiles=_key_figures(stated),
        conferences=conferences,
    )


@compiled
def _featured(now: datetime) -> QuerySet[Article]:
    return Article.objects.public(now).featured(now).for_cards()[: 1 + CARDS]


@compiled
def _newest(now: datetime) -> QuerySet[Article]:
    return Article.objects.public(now).newest_first().for_cards()[: 1 + CARDS + LATEST]


@compiled
def _documents() -> QuerySet[Document]:
    documents = Document.objects.only("name", "subject", "issued_on", "issuer")
    return documents.order_by("-sorted_on", "-pk")[:DOCUMENTS]


@compiled
def _conferences(now: datetime) -> QuerySet[Conference]:
    return with_counts(Conference.objects.public(now).newest_first().for_board(), now)[:CONFERENCES]


@compiled
def _stated(now: datetime) -> QuerySet[Statistic]:
    """The newest public results that stand by themselves, each with whether the report puts it in its `headline`."""
    stated = Q(value__isnull=False) | Q(percent__isnull=False)
    headlined = Mention.objects.filter(
        is_public("article__", now), statistic=OuterRef("pk"), part__in=[Mention.Part.TITLE, Mention.Part.LEAD]
    )
    return (
        Statistic.objects.public(now)
        .filter(stated, kind=Statistic.Kind.RESULT, part_of__isnull=True)
        .select_related("committee")
        .only(*_ON_A_TILE)
        # A row and not EXISTS: PostgreSQL would answer that by reading every headline first.
        .annotate(headline=Subquery(headlined.order_by().values("pk")[:1]))
        .order_by("-published_at", "-pk")[: TILES * 10]
    )


def _key_figures(stated: Iterable[Any]) -> list[Row]:
    """Return of what is `stated` two figures of each conference and then the rest.

    Which of its figures are key is the report's own judgement: first those it puts in its title or lead,
    then those it prints a share of, then those that are a share.
    """
    by_conference: dict[int | None, list[Any]] = {}
    for figure in stated:
        by_conference.setdefault(figure.conference_id, []).append(figure)
    for figures in by_conference.values():
        figures.sort(key=lambda f: (f.headline is None, f.percent is None, f.bar is None, f.position, f.pk))
    first = [figure for figures in by_conference.values() for figure in figures[:2]]
    rest = [figure for figures in by_conference.values() for figure in figures[2:]]
    return outline([*first, *rest][:TILES])

"""Which other articles are near one: those of its conference first, then of its committees, its tags, its category."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet, Value
from django.utils import timezone

from articles.models import Article, Tag
from committees.models import Committee, Conference
from newsroom.compiled import NOTHING, Question, compiled, together
from newsroom.pagecache.reading import Depends, depending

RELATED = 4
_SHARED = 4  # committees and tags by which they are looked for, of each
_LOOKED_AT = 16  # articles of one of these: four times as many as are shown
_FIRST = 2  # kinds that are asked for at once: by conference and committees most articles have enough

Kind = tuple[type[Model], str, list[int]]  # a model, and a column of it with the keys that are shared


class Near:
    """The search for what is near an article: its `question` is asked with others, the rest only where it is needed."""

    def __init__(
        self, article: Article, conference: Conference | None, committees: list[Committee], tags: list[Tag]
    ) -> None:
        self._place = article.pk, timezone.now()
        self._kinds: list[Kind] = [
            (Article, "conference_id", [conference.pk] if conference is not None else []),
            (Article.committees.through, "committee_id", [committee.pk for committee in committees][:_SHARED]),
            (Article.tags.through, "tag_id", [tag.pk for tag in tags][:_SHARED]),
            (Article, "category_id", [article.category_id] if article.category_id is not None else []),
        ]
        self.question = self._asking(0, _FIRST)

    def nearest(self, found: list[Any], depends: Depends) -> list[Article]:
        """Return up to `RELATED` public articles, of what `question` has `found` and else of what is asked now.

        Which kinds were needed for that says which other articles have a say in the page, and is told to `depends`: in
        a page of four of the same conference the next article of the category changes nothing.
        """
        nearest: dict[int, Article] = {}
        for nearness, kind in enumerate(self._kinds):
            if len(nearest) >= RELATED:
                break
            if nearness == _FIRST:
                with depending():
                    (found,) = together(self._asking(_FIRST, len(self._kinds)))
            depends(*kind)
            of_kind = (other for other in found if other.nearness == nearness)
            for other in sorted(of_kind, key=lambda other: (other.published_at, other.pk), reverse=True):
                nearest.setdefault(other.pk, other)
        return list(nearest.values())[:RELATED]

    def _asking(self, first: int, end: int) -> Question:
        """Return what asks for the kinds from `first` to `end`."""
        keys: list[int | None] = [None] * first
        for _model, _column, shared in self._kinds[first:end]:
            keys += [*shared, None]
        return _near.asking(*self._place, *keys) if any(keys) else NOTHING


@compiled
def _near(article: int, now: datetime, *keys: int | None) -> QuerySet[Any]:
    """The newest articles by each of `keys` (of a conference, committees, tags and a category, parted by None).

    What each leads to is found through its own index and cut off before it is put together. Of a committee or a tag,
    which may have thousands, those that were entered last are looked at: an index of publication they have none.
    """
    others = Article.objects.public(now).newest_first().exclude(pk=article)

    def last(shared: Any) -> QuerySet[Article]:
        return others.filter(pk__in=shared.order_by("-article_id").values("article")[:_LOOKED_AT])

    finds: list[Callable[[int], QuerySet[Article]]] = [
        lambda key: others.filter(conference=key),
        lambda key: last(Article.committees.through.objects.filter(committee=key)),
        lambda key: last(Article.tags.through.objects.filter(tag=key)),
        lambda key: others.filter(category=key),
    ]
    kinds: list[QuerySet[Any]] = []
    nearness = 0
    for key in keys:
        if key is None:
            nearness += 1
            continue
        # A slice inside a union is beyond SQLite; a slice inside IN is not.
        nearest = Article.objects.filter(pk__in=finds[nearness](key).values("pk")[:RELATED])
        kinds.append(nearest.annotate(nearness=Value(nearness)).only("title", "published_at").order_by())
    first, *rest = kinds
    return first.union(*rest, all=True) if rest else first

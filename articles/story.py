"""What a reader sees on the page of one article, gathered in a fixed number of queries.

`tell` is the only door. Whatever it returns is public: figures, awards and the conference only where
they are published, people only where they have not asked to be taken off the pages. A preview alone asks for
what will be public once the article is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.belongings import belongings_of, with_belongings
from articles.commenting.thread import Discussion, newest, under
from articles.filters import with_public_articles
from articles.mentions import MarkedArticle, mark_article
from articles.models import Article, Byline, Citation, Correction, Mention, Photo, Tag, Video
from articles.near import Near
from articles.readership import with_reads
from committees.dossiers.conference import neighbours, sides
from committees.models import Award, Committee, Conference, Person, Statistic
from committees.outline import Row, has_computed, outline
from newsroom.abbreviations import abbreviations
from newsroom.compiled import NOTHING, compiled, the_one
from newsroom.instances import join
from newsroom.pagecache.reading import depending


@dataclass(frozen=True)
class Shot:
    """A photo as the page shows it: with its caption marked, or with none."""

    photo: Photo
    caption: SafeString


@dataclass(frozen=True)
class Credit:
    """One line of a byline: what was done ("Tin, ảnh"; empty where it is not said), and by whom."""

    what: str
    bylines: list[Byline]


@dataclass(frozen=True)
class Source:
    """Whose report was taken over: a label ("Theo"), a name, and where the report stands."""

    label: str
    name: str
    address: str


@dataclass(frozen=True)
class Story:
    article: Article
    marked: MarkedArticle
    opening: Shot | None
    further: list[Shot]
    videos: list[Video]
    figures: list[Row]
    has_computed: bool
    awards: list[Award]
    conference: Conference | None
    chairs: list[Person]
    earlier: Conference | None
    later: Conference | None
    committees: list[Committee]
    citations: list[Citation]
    credits: list[Credit]
    source: Source | None
    tags: list[Tag]
    related: list[Article]
    discussion: Discussion
    corrections: list[Correction]
    reads: int
    pending: frozenset[Tag | Person]  # those without a page as yet, in a preview

    @property
    def authors(self) -> str:
        """The names of all who are credited, each once: "An, Bình"."""
        return ", ".join(dict.fromkeys(byline.person.name for credit in self.credits for byline in credit.bylines))


def find(pk: int) -> Article:
    """Return the public article with the key `pk`, with all that `tell` asks of it. Raises `Http404`. One query."""
    return the_one(_found(pk, timezone.now()))  # type: ignore[no-any-return]


@compiled
def _found(pk: int, now: datetime) -> QuerySet[Article]:
    return with_belongings(Article.objects.public(now)).filter(pk=pk)


def tell(article: Article, *, once_published: bool = False) -> Story:
    """Return all that the page of `article` shows; it comes from `find` best, with all that is asked of it.

    With `once_published` what it reports is shown although not public yet, as its publication will make it
    (articles.carrying.carry_along). Whoever is withheld stays withheld.
    """
    of_it = belongings_of(article)
    now = timezone.now()
    conference = article.conference
    if conference is not None and not (once_published or conference.is_public):
        conference = None
    key, moment = conference.pk if conference else None, None if once_published else now
    near = Near(article, conference, of_it.committees, of_it.tags)
    with depending(near.question.sql) as depends:
        (told, commended, beside, said, nearby), reads = with_reads(
            article,
            _statistics.asking(article.pk, key, moment),
            _awards.asking(article.pk, key, moment),
            neighbours(conference, now) if conference else NOTHING,
            newest(article, of_it.comments),
            near.question,
        )
        related = near.nearest(nearby, depends)
    if once_published:
        for thing in (*told, *commended, *([conference] if conference else [])):
            thing.is_ahead = not thing.is_public
    statistics = {statistic.id: statistic for statistic in told}
    awards = {award.id: award for award in commended}
    mentions = _pointing(of_it.mentions, statistics, awards)
    marked = mark_article(article, mentions, of_it.photos, abbreviations())
    shots = [Shot(photo, marked.captions[photo.pk]) for photo in of_it.photos]
    earlier, later = sides(beside)
    figures = outline(_in_order(statistics))
    people = [byline.person for byline in of_it.bylines]
    return Story(
        article=article,
        marked=marked,
        opening=shots[0] if shots else None,
        further=shots[1:],
        videos=[video for video in of_it.videos if video.file or video.address],
        figures=figures,
        has_computed=has_computed(figures),
        awards=_in_order(awards),
        conference=conference,
        chairs=of_it.chairs if conference else [],
        earlier=earlier,
        later=later,
        # A conference names its committee already; without one the article's own are named.
        committees=[] if conference else of_it.committees,
        citations=of_it.citations,
        credits=credit(of_it.bylines),
        source=source_of(article),
        tags=of_it.tags,
        related=related,
        discussion=under(article, said, of_it.comments),
        corrections=of_it.corrections,
        reads=reads,
        pending=_pending(article, of_it.tags, people) if once_published else frozenset(),
    )


# What an article reports, as articles.carrying says: what it mentions, and of its conference what no article mentions.
# Of this only what is public at the moment `now`, all of it without one.


_SHOWN_OF_A_FIGURE = (
    *("label", "kind", "comparator", "value", "value_max", "whole", "part_of", "level"),
    *("percent", "percent_places", "plan_percent", "period_label", "position"),
)
_SHOWN_OF_AN_AWARD = (
    *("form", "count", "level", "recipient_kind", "recipients_described", "achievement", "granted_by"),
    *("period_label", "position"),
)


@compiled
def _statistics(article: int, conference: int | None, now: datetime | None) -> QuerySet[Statistic]:
    return _told(Statistic, _SHOWN_OF_A_FIGURE, article, "conference", conference, now)


@compiled
def _awards(article: int, conference: int | None, now: datetime | None) -> QuerySet[Award]:
    return _told(Award, _SHOWN_OF_AN_AWARD, article, "reported_at", conference, now)


def _told(
    model: Any, shown: Sequence[str], article: int, at: str, conference: int | None, now: datetime | None
) -> QuerySet[Any]:
    if now is None:
        found = model.objects.only(*shown, "state", "published_at").order_by()
    else:  # what is public need not say so
        found = model.objects.only(*shown).public(now).order_by()
    mentioned = found.filter(mentions__article=article)
    if conference is None:
        return mentioned  # type: ignore[no-any-return]
    # A union, so that each half finds its few through its own index.
    return mentioned.union(found.filter(**{at: conference, "mentions": None}), all=True)  # type: ignore[no-any-return]


def _pointing(
    mentions: Iterable[Mention], statistics: Mapping[int, Statistic], awards: Mapping[int, Award]
) -> list[Mention]:
    """Return those of `mentions` that point at one of `statistics` or `awards`, with it.

    A figure is told where it stands on this page: in the body if it does.
    """
    found = []
    for mention in sorted(mentions, key=lambda mention: (mention.part, mention.id), reverse=True):
        if statistic := statistics.get(mention.statistic_id or 0):
            join(mention, "statistic", statistic)
            statistic.sentence = {"mention": mention.id}
        elif award := awards.get(mention.award_id or 0):
            join(mention, "award", award)
        else:
            continue
        found.append(mention)
    return sorted(found, key=lambda mention: mention.id)


def _in_order(things: Mapping[int, Any]) -> list[Any]:
    """Return figures or awards in the order of their report."""
    return sorted(things.values(), key=lambda thing: (thing.position, thing.id))


def _pending(article: Article, tags: list[Tag], people: list[Person]) -> frozenset[Tag | Person]:
    """Return those of `tags` and `people` that may lead to no page as yet: no other public article leads to them.

    `article` itself does not count: where its working copy is tried on, its rows are not what readers have.
    """
    known_tags = Tag.objects.filter(pk__in=[tag.pk for tag in tags])
    known_people = Person.objects.filter(pk__in=[person.pk for person in people])
    known: set[Tag | Person] = {
        *with_public_articles(known_tags, "tags", but=article),
        *with_public_articles(known_people, "bylines__person", but=article),
    }
    shown: set[Tag | Person] = {*tags, *people}
    return frozenset(shown - known)


# What a credit is called in front of names. Two credits of one person are one: text and photos.
_WHAT: dict[frozenset[str], Any] = {
    frozenset({Byline.Credit.TEXT}): _("Text"),
    frozenset({Byline.Credit.PHOTO}): _("Photos"),
    frozenset({Byline.Credit.TEXT, Byline.Credit.PHOTO}): _("Text, photos"),
}


def credit(bylines: Iterable[Byline]) -> list[Credit]:
    """Return who is credited, with neighbours who did the same in one line.

    "Tin, ảnh: An – Chi bộ 1", "Tin: An, Bình", "An" where the report does not say what An did.
    """
    done: dict[tuple[int, str], set[str]] = {}
    people: dict[tuple[int, str], Byline] = {}
    for byline in bylines:
        key = byline.person_id, byline.unit
        both = byline.credit == Byline.Credit.BOTH
        done.setdefault(key, set()).update(
            {Byline.Credit.TEXT, Byline.Credit.PHOTO} if both else filter(None, [byline.credit])
        )
        people.setdefault(key, byline)
    rows = [(str(_WHAT.get(frozenset(done[key]), "")), byline) for key, byline in people.items()]
    return [Credit(what, [byline for _, byline in group]) for what, group in groupby(rows, key=lambda row: row[0])]


def source_of(article: Article) -> Source | None:
    """Return whose report it was, named by its publication or else by the host of its address."""
    publication = article.publication
    address = article.source_url or (publication.address if publication else "")
    name = (publication.name if publication else "") or (urlsplit(address).hostname or "").removeprefix("www.")
    return Source(article.source_label or str(_("Source")), name, address) if name else None

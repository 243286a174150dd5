"""What a reader sees on the page of one article, gathered in a fixed number of queries.

`tell` is the only door. Whatever it returns is public: figures, awards and the conference only where
they are published, people only where they have not asked to be taken off the pages. A preview alone asks for
what will be public once the article is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, Value
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.commenting.thread import Discussion, under
from articles.filters import with_public_articles
from articles.mentions import MarkedArticle, mark_article
from articles.models import Article, Byline, Citation, Correction, Mention, Photo, Tag, Video
from articles.readership import reads
from committees.dossier import neighbours
from committees.models import Award, Committee, Conference, Person, Statistic
from committees.outline import Row, has_computed, outline
from newsroom.models import Abbreviation
from newsroom.publishing import is_public
from newsroom.vietnamese import normalise

RELATED = 4


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


def tell(article: Article, *, once_published: bool = False) -> Story:
    """Return all that the page of `article` shows. `article` has its conference and publication fetched.

    With `once_published` what it reports is shown although not public yet, as its publication will make it
    (articles.carrying.carry_along). Whoever is withheld stays withheld.
    """
    mentions = _mentions(article, once_published)
    photos = list(article.photos.all())
    marked = mark_article(article, mentions, photos, _abbreviations(article))
    shots = [Shot(photo, marked.captions[photo.pk]) for photo in photos]
    conference = article.conference
    if conference is not None and not (once_published or conference.is_public):
        conference = None
    # An article reports what it mentions, and of its conference what no article mentions (articles.carrying).
    unmentioned = _unmentioned(conference, once_published) if conference else ([], [])
    earlier, later = neighbours(conference) if conference else (None, None)
    figures = outline(_once([*_told_here(mentions), *unmentioned[0]]))
    bylines = list(article.bylines.select_related("person").exclude(person__is_withheld=True))
    tags = list(article.tags.all())
    return Story(
        article=article,
        marked=marked,
        opening=shots[0] if shots else None,
        further=shots[1:],
        videos=[video for video in article.videos.all() if video.file or video.address],
        figures=figures,
        has_computed=has_computed(figures),
        awards=_once([*(mention.award for mention in mentions), *unmentioned[1]]),
        conference=conference,
        chairs=_chairs(conference) if conference else [],
        earlier=earlier,
        later=later,
        # A conference names its committee already; without one the article's own are named.
        committees=[] if conference else list(article.committees.all()),
        citations=list(article.citations.select_related("document")),
        credits=credit(bylines),
        source=source_of(article),
        tags=tags,
        related=_related(article, conference),
        discussion=under(article),
        corrections=list(article.corrections.all()),
        reads=reads(article),
        pending=_pending(article, tags, [byline.person for byline in bylines]) if once_published else frozenset(),
    )


def _abbreviations(article: Article) -> list[tuple[str, str]]:
    """Return those the article may use: of a glossary of any length, one query and few rows."""
    text = normalise(unescape(f"{article.lead}\n{article.body}"))
    return list(Abbreviation.objects.written_in(text).values_list("short", "long"))


def _mentions(article: Article, once_published: bool) -> list[Mention]:
    visible = Q() if once_published else is_public("statistic__") | is_public("award__")
    return list(article.mentions.filter(visible).select_related("statistic", "award"))


def _unmentioned(conference: Conference, once_published: bool) -> tuple[list[Statistic], list[Award]]:
    visible = Q(mentions=None) if once_published else Q(mentions=None) & is_public()
    return list(conference.statistics.filter(visible)), list(conference.awards.filter(visible))


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


def _told_here(mentions: Iterable[Mention]) -> Iterator[Statistic]:
    """Yield the figures that are mentioned, each with the place on the page that says it: in the body if it does."""
    for mention in sorted(mentions, key=lambda mention: (mention.part, mention.pk), reverse=True):
        if mention.statistic is not None:
            mention.statistic.sentence = {"mention": mention.pk}
            yield mention.statistic


def _once(things: Iterable[Any]) -> list[Any]:
    """Return figures or awards each once, in the order of their report; one may be mentioned twice."""
    found = {thing.pk: thing for thing in things if thing is not None}
    return sorted(found.values(), key=lambda thing: (thing.position, thing.pk))


def _chairs(conference: Conference) -> list[Person]:
    chaired = conference.attendances.filter(has_chaired=True, person__is_withheld=False)
    return [attendance.person for attendance in chaired.select_related("person")]


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


def _related(article: Article, conference: Conference | None) -> list[Article]:
    """Return up to `RELATED` other public articles: of its conference first, then its committees, tags and category.

    One query: each kind is found through its own index and cut off before they are put together.
    """
    others = Article.objects.public().newest_first().exclude(pk=article.pk)
    of_committees = Article.committees.through.objects.filter(committee__in=article.committees.all())
    of_tags = Article.tags.through.objects.filter(tag__in=article.tags.all())
    kinds = [others.filter(pk__in=shared.values("article")) for shared in (of_committees, of_tags)]
    if conference is not None:
        kinds.insert(0, others.filter(conference=conference))
    if article.category_id is not None:
        kinds.append(others.filter(category=article.category_id))
    # A slice inside a union is beyond SQLite; a slice inside IN is not.
    first, *rest = [
        Article.objects.filter(pk__in=kind.values("pk")[:RELATED])
        .annotate(nearness=Value(nearness))
        .only("title", "published_at")
        .order_by()
        for nearness, kind in enumerate(kinds)
    ]
    newest = sorted(first.union(*rest, all=True), key=lambda other: (other.published_at, other.pk), reverse=True)
    nearest = {other.pk: other for other in sorted(newest, key=lambda other: other.nearness)}
    return list(nearest.values())[:RELATED]

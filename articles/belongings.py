"""What belongs to an article in rows of other tables, fetched with it in one query."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article, Byline, Citation, Comment, Correction, Mention, Photo, Tag, Video
from committees.models import Attendance, Committee, Document, Person
from newsroom.bundles import Rows, instances
from newsroom.instances import join


@dataclass(frozen=True)
class Belongings:
    """The rows of one article, each kind in its order. `mentions` come without what they point at.

    People who asked to be taken off the pages are neither in the bylines nor among those who chaired its conference.
    """

    mentions: list[Mention]
    photos: list[Photo]
    videos: list[Video]
    bylines: list[Byline]  # with their people
    tags: list[Tag]
    committees: list[Committee]
    chairs: list[Person]
    citations: list[Citation]  # with their documents
    corrections: list[Correction]
    comments: int  # how many readers see


def with_belongings(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Fetch `articles` with all that `belongings_of` returns of each, and with what their pages name them by."""
    return (
        articles.select_related("category", "conference__committee", "publication")
        .only(*_SEEN)
        .annotate(
            **{f"{name}_rows": rows for name, rows in _rows().items()},
            comments_number=_number_of_comments(),
        )
    )


# What pages show of an article, and of what it points at: of its conference all that is known.
_CONFERENCE = (
    *("name", "convened_by", "ordinal", "term_number", "term_start", "term_end", "kind", "review", "period_label"),
    *("held_on", "held_on_printed", "inferred_from", "session", "sorted_on", "state", "published_at"),
)
_SEEN = (
    *("title", "lead", "dateline", "body", "allow_comments", "state", "published_at", "updated_at"),
    *("source_label", "source_url", "source_published_at", "source_updated_at", "retrieved_on"),
    *("category__name", "publication__name", "publication__address", "conference__committee__name"),
    *(f"conference__{name}" for name in _CONFERENCE),
)


def _rows() -> dict[str, Rows]:
    """Return by name the rows of other tables that belong to an article, with what its page asks of them."""
    this = OuterRef("pk")
    tags, committees = Article.tags.through.objects, Article.committees.through.objects
    of_its_conference = Attendance.objects.filter(conference=OuterRef("conference_id"))
    chairs = of_its_conference.filter(has_chaired=True, person__is_withheld=False)
    mention = ("id", "statistic_id", "award_id", "part", "words", "words_now", "before", "after", "state")
    photo = ("id", "image", "width", "height", "alt", "caption", "credit", "position")
    video = ("id", "file", "address", "picture", "caption", "position")
    byline = ("id", "person_id", "credit", "unit", "person__id", "person__name", "position")
    document = ("document__id", "document__name", "document__subject", "document__issued_on")
    correction = ("id", "stood", "right", "corrected_at")
    by_name, by_place = ("sort_key", "id"), ("position", "id")
    return {
        "mentions": Rows(Mention.objects.filter(article=this), *mention, sort=("id",)),
        "photos": Rows(Photo.objects.filter(article=this), *photo, sort=by_place),
        "videos": Rows(Video.objects.filter(article=this), *video, sort=by_place),
        "bylines": Rows(Byline.objects.filter(article=this, person__is_withheld=False), *byline, sort=by_place),
        "tags": Rows(tags.filter(article=this), *_named("tag"), sort=[f"tag__{column}" for column in by_name]),
        "committees": Rows(
            committees.filter(article=this), *_named("committee"), sort=[f"committee__{column}" for column in by_name]
        ),
        "chairs": Rows(chairs, "person__id", "person__name", "position", "id", sort=by_place),
        "citations": Rows(
            Citation.objects.filter(article=this), "id", "document_id", *document, "position", sort=by_place
        ),
        "corrections": Rows(Correction.objects.filter(article=this), *correction, sort=("-corrected_at", "-id")),
    }


def _named(relation: str) -> list[str]:
    return [f"{relation}__{column}" for column in ("id", "name", "sort_key")]


def _number_of_comments() -> Coalesce:
    shown = Comment.objects.approved().filter(article=OuterRef("pk")).order_by().values("article")
    return Coalesce(Subquery(shown.annotate(number=Count("pk")).values("number")), 0)


def belongings_of(article: Any) -> Belongings:
    """Return what belongs to `article`. One query, none where it came from `with_belongings`."""
    if not hasattr(article, "mentions_rows"):
        article = with_belongings(Article.objects.all()).get(pk=article.pk)
    bylines = instances(Byline, article.bylines_rows)
    for byline, person in zip(bylines, instances(Person, article.bylines_rows, "person__"), strict=True):
        join(byline, "person", person)
    citations = instances(Citation, article.citations_rows)
    for citation, document in zip(citations, instances(Document, article.citations_rows, "document__"), strict=True):
        join(citation, "document", document)
    return Belongings(
        mentions=instances(Mention, article.mentions_rows),
        photos=instances(Photo, article.photos_rows),
        videos=instances(Video, article.videos_rows),
        bylines=bylines,
        tags=instances(Tag, article.tags_rows, "tag__"),
        committees=instances(Committee, article.committees_rows, "committee__"),
        chairs=instances(Person, article.chairs_rows, "person__"),
        citations=citations,
        corrections=instances(Correction, article.corrections_rows),
        comments=article.comments_number,
    )

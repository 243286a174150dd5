"""What is new, for feed readers: articles (all, of a category, of a committee) and corrections."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.html import format_html, linebreaks
from django.utils.translation import gettext as _

from articles.models import Article, Byline, Category, Correction
from committees.models import Committee
from newsroom.richtext import with_whole_addresses
from newsroom.syndication import ITEMS, NewsFeed, for_xml


class ArticlesFeed(NewsFeed):
    """The newest articles, each whole: lead, text, picture, and who signed it."""

    def link(self, obj: Any) -> str:
        return str(obj.get_absolute_url()) if obj else reverse("articles:articles")

    def items(self, obj: Any) -> QuerySet[Article]:
        signed = Byline.objects.filter(person__is_withheld=False).select_related("person")
        newest = self.articles(obj).public().newest_first().select_related("category")  # type: ignore[attr-defined]
        unsaid = ("search_key", "search_words", "note")
        found = newest.prefetch_related("photos", Prefetch("bylines", signed)).defer(*unsaid)
        return found[:ITEMS]  # type: ignore[no-any-return]

    def articles(self, obj: Any) -> QuerySet[Article]:
        """Those that the feed is of."""
        return Article.objects.all()

    def item_path(self, item: Article) -> str:
        return f"bai-viet/{item.pk}"

    def item_title(self, item: Article) -> str:
        return for_xml(item.title)

    def item_description(self, item: Article) -> str:
        return for_xml(linebreaks(item.lead, autoescape=True)) if item.lead else ""

    def item_pubdate(self, item: Article) -> Any:
        return item.published_at

    def item_updateddate(self, item: Article) -> Any:
        return item.last_changed_at

    def item_categories(self, item: Article) -> list[str]:
        return [for_xml(item.category.name)] if item.category else []

    def item_enclosures(self, item: Article) -> list[Enclosure]:
        photo: Any = item.lead_photo
        try:
            size = photo.image.size if photo else 0
        except OSError:  # its row is there and its file is not
            size = 0
        # Nothing but JPEG is kept of a picture (newsroom.pictures).
        return [Enclosure(self.request.build_absolute_uri(photo.image.url), str(size), "image/jpeg")] if size else []

    def authors(self, item: Article) -> list[str]:
        return list(dict.fromkeys(byline.person.name for byline in item.bylines.all()))

    def content(self, item: Article) -> str:
        return with_whole_addresses(item.body, self.request.build_absolute_uri(item.get_absolute_url()))


class CategoryFeed(ArticlesFeed):
    """The newest articles of one category."""

    def get_object(self, request: HttpRequest, pk: int) -> Category:  # type: ignore[override]
        return Category.objects.get(pk=pk)

    def articles(self, obj: Category) -> QuerySet[Article]:
        return Article.objects.filter(category=obj)


class CommitteeFeed(ArticlesFeed):
    """The newest articles about one committee."""

    def get_object(self, request: HttpRequest, pk: int) -> Committee:  # type: ignore[override]
        return Committee.objects.get(pk=pk)

    def articles(self, obj: Committee) -> QuerySet[Article]:
        return Article.objects.filter(committees=obj)


class CorrectionsFeed(NewsFeed):
    """What stood in articles and what is right, the latest first."""

    def about(self, obj: Any) -> str:
        return _("Corrections")

    def link(self, obj: Any) -> str:
        return reverse("articles:corrections")

    def items(self) -> QuerySet[Correction]:
        told = Correction.objects.public().order_by("-corrected_at", "-pk")
        return told.select_related("article").defer("article__body", "article__search_words")[:ITEMS]

    def item_path(self, item: Correction) -> str:
        return f"dinh-chinh/{item.pk}"

    def item_title(self, item: Correction) -> str:
        return for_xml(_("Correction: %(title)s") % {"title": item.article.title})

    def item_description(self, item: Correction) -> str:
        said = (_("It said:"), item.stood, _("It is:"), item.right)
        return for_xml(format_html("<p>{} <del>{}</del></p><p>{} <ins>{}</ins></p>", *said))

    def item_link(self, item: Correction) -> str:
        return f"{item.article.get_absolute_url()}#corrections"

    def item_pubdate(self, item: Correction) -> Any:
        return item.corrected_at

    def item_updateddate(self, item: Correction) -> Any:
        return item.corrected_at

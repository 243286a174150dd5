"""What search engines may know of: every public page in bounded lists, and the news of two days."""

from datetime import datetime, timedelta
from functools import cached_property
from html import escape
from types import SimpleNamespace
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.filters import with_public_articles
from articles.models import Article, Category, Tag
from committees.models import Award, Committee, Conference, Document, Indicator, Person, Statistic
from newsroom.models import Page
from newsroom.publishing import Publishable
from newsroom.syndication import for_xml

SIZE = 2000  # keys in one list
LAST = 24  # articles of a committee, by when they were entered, among which the newest is looked for
NEWS_LASTS = timedelta(hours=48)  # what the protocol of news sitemaps calls news
NEWS_SIZE = 1000  # and how much of it it takes


class KeyRanges:
    """The rows of a table by stretches of `SIZE` keys, in place of the pages that Django would count and skip to.

    A stretch costs the same at the millionth row as at the first, and a row never moves to another: what a search
    engine has read of the others stays true. A stretch in which nothing is public is empty.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows

    @cached_property
    def num_pages(self) -> int:
        last = self.rows.order_by("-pk").values_list("pk", flat=True).first()
        return -(-last // SIZE) if last else 0

    def page(self, number: Any) -> SimpleNamespace:
        """Return the stretch of this number. Raises what Django's view answers with 404."""
        try:
            place = int(number)
        except ValueError as error:
            raise PageNotAnInteger from error
        if not 1 <= place <= max(self.num_pages, 1):
            raise EmptyPage
        keys = {"pk__gt": (place - 1) * SIZE, "pk__lte": place * SIZE}
        return SimpleNamespace(object_list=self.rows.filter(**keys).order_by("pk"))


class Section(Sitemap):
    """The pages of one kind of thing.

    The last change of each is one that readers can see: of a thing its publication, a change of its facts, or what
    has been published of it since.
    """

    def get_latest_lastmod(self) -> None:
        """Say nothing of a whole list: to know it, all of it would have to be read."""

    @cached_property
    def paginator(self) -> KeyRanges:  # type: ignore[override]
        rows: Any = self.items()
        return KeyRanges(rows)

    def lastmod(self, item: Any) -> datetime | None:
        moments = [getattr(item, name, None) for name in ("published_at", "changed_at", "told_at", "counted_at")]
        return max((moment for moment in moments if moment), default=None)


def _facts(model: type[Model]) -> QuerySet[Any]:
    """Return the rows of `model`, each with the moment its facts were last changed."""
    history = model.history.filter(id=OuterRef("pk")).order_by("-history_date")  # type: ignore[attr-defined]
    rows = model._default_manager.annotate(changed_at=Subquery(history.values("history_date")[:1]))
    if issubclass(model, Publishable):
        rows = rows.public()  # type: ignore[attr-defined]
    unsaid = {"search_key", "search_words"} & {field.name for field in model._meta.get_fields()}
    return rows.defer(*unsaid)


def _newest(told: QuerySet[Any], of: str) -> Subquery:
    """The moment of the newest of `told` that belongs to the row by its field `of`."""
    return Subquery(told.filter(**{of: OuterRef("pk")}).order_by("-published_at").values("published_at")[:1])


class Articles(Section):
    def items(self) -> QuerySet[Article]:
        return Article.objects.public().only("title", "published_at", "updated_at")  # type: ignore[no-any-return]

    def lastmod(self, item: Article) -> datetime | None:
        return item.last_changed_at


class Categories(Section):
    def items(self) -> QuerySet[Category]:
        return Category.objects.annotate(told_at=_newest(Article.objects.public(), "category")).order_by()


class Tags(Section):
    """Those that public articles carry: a page of a tag begins to be with its first article."""

    def items(self) -> QuerySet[Tag]:
        return with_public_articles(Tag.objects.annotate(told_at=_newest(Article.objects.public(), "tags")), "tags")


class Authors(Section):
    def items(self) -> QuerySet[Person]:
        told = _newest(Article.objects.public(), "bylines__person")
        return with_public_articles(Person.objects.shown().signing().annotate(told_at=told), "bylines__person")


class Conferences(Section):
    def items(self) -> QuerySet[Conference]:
        return _facts(Conference).annotate(told_at=_newest(Article.objects.public(), "conference"))


class Committees(Section):
    def items(self) -> QuerySet[Committee]:
        filed = Article.committees.through.objects.filter(committee=OuterRef(OuterRef("pk"))).order_by("-article_id")
        told = Article.objects.public().filter(pk__in=filed.values("article_id")[:LAST]).order_by("-published_at")
        return _facts(Committee).annotate(
            told_at=Subquery(told.values("published_at")[:1]),
            counted_at=_newest(Statistic.objects.public(), "committee"),
        )


class Awards(Section):
    def items(self) -> QuerySet[Award]:
        return _facts(Award)


class Statistics(Section):
    def items(self) -> QuerySet[Statistic]:
        return _facts(Statistic)


class Indicators(Section):
    def items(self) -> QuerySet[Indicator]:
        return _facts(Indicator).annotate(counted_at=_newest(Statistic.objects.public(), "indicator"))


class Documents(Section):
    def items(self) -> QuerySet[Document]:
        return _facts(Document).annotate(told_at=_newest(Article.objects.public(), "documents"))


class Pages(Sitemap):
    """The front page, what can be taken away, the lists, and the site's own pages."""

    def items(self) -> list[str]:
        lists = ("committees", "conferences", "calendar", "awards", "statistics", "targets", "indicators", "documents")
        of_articles = ("articles", "categories", "tags", "authors", "corrections")
        named = [*(f"articles:{name}" for name in of_articles), *(f"committees:{name}" for name in lists)]
        of_the_site = (page.get_absolute_url() for page in Page.objects.only("slug"))
        return [*map(reverse, ["home", "data", *named]), *of_the_site]

    def location(self, item: str) -> str:
        return item


class News(Sitemap):
    """The articles of the last two days, with what the news pages of search engines ask for."""

    limit = NEWS_SIZE

    def items(self) -> list[Article]:
        newest = Article.objects.public().filter(published_at__gt=timezone.now() - NEWS_LASTS).newest_first()
        found = list(newest.only("title", "published_at")[:NEWS_SIZE])
        for article in found:
            article.title = for_xml(article.title)
        return found


# As Django has it for its own lists: a list is no answer to what somebody looks for.
NOT_FOUND_BY_ITSELF = "noindex, noodp, noarchive"
_INDEX = """<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
%s
</sitemapindex>
"""

NEWS = "tin-moi"
SECTIONS: dict[str, Any] = {
    "trang": Pages,
    NEWS: News,
    "bai-viet": Articles,
    "chuyen-muc": Categories,
    "the": Tags,
    "tac-gia": Authors,
    "hoi-nghi": Conferences,
    "to-chuc": Committees,
    "khen-thuong": Awards,
    "so-lieu": Statistics,
    "chi-so": Indicators,
    "van-ban": Documents,
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The lists that there are. Their addresses are of the host that was asked (ALLOWED_HOSTS).

    Of figures alone there may be hundreds of stretches: Django's template of the index would cost more than all else.
    """
    places = []
    for name, section in SECTIONS.items():
        first = request.build_absolute_uri(reverse("sitemap-section", args=[name]))
        places += [f"{first}?p={page}" if page > 1 else first for page in range(1, section().paginator.num_pages + 1)]
    listed = "".join(f"<sitemap><loc>{escape(place)}</loc></sitemap>" for place in places)
    return HttpResponse(_INDEX % listed, content_type="application/xml", headers={"X-Robots-Tag": NOT_FOUND_BY_ITSELF})


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    """One list: the addresses of its kind, or a stretch of them (`?p=`)."""
    template = "sitemap_news.xml" if section == NEWS else "sitemap.xml"
    answer = views.sitemap(request, SECTIONS, section, template_name=template)
    answer.headers.pop("Last-Modified", None)  # a withdrawal leaves no later moment behind (newsroom.syndication)
    return answer

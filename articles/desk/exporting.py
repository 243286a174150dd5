"""Lists of articles for leaders and auditors: chosen by period, author and category, as CSV or for Excel.

Nothing is held in memory but a batch of rows, and a batch costs the same few queries however long the list is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Byline, Category, Comment
from articles.readership import reads_of
from articles.story import source_of
from committees.models import Person
from newsroom.autocompletes import Autocomplete
from newsroom.models import User
from newsroom.moments import midnight
from newsroom.publishing import State, is_public
from newsroom.sheets import CSV_TYPE, EXCEL_TYPE, Sheet, as_csv, as_workbook

BATCH = 500
EXCEL_ROWS = 1_000_000  # a sheet holds 48 575 more, and not one beyond

# --- What is asked for -------------------------------------------------------------------------

# Days that every clock can tell: the first and last of the calendar have no midnight in another zone.
PLAUSIBLE = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class AnyAuthor(Autocomplete):
    """An autocomplete that says what it means to leave it empty."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().build_attrs(*args, **kwargs), "data-placeholder": gettext("All")}


class AuthorsForm(forms.Form):
    """Whose articles: of an author, whom readers see, or of a writer, who has an account. Empty means: all of them."""

    author = forms.ModelChoiceField(label=_("Author"), required=False, queryset=Person.objects.none())
    writer = forms.ModelChoiceField(
        label=_("Writer at the desk"),
        required=False,
        queryset=User.objects.order_by("last_name", "first_name", "pk"),
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        author = self.fields["author"]
        assert isinstance(author, forms.ModelChoiceField)
        # Who asked to be taken off the pages is in no list either, and is not asked for.
        author.queryset = Person.objects.shown()
        author.widget = AnyAuthor(Byline._meta.get_field("person"), admin.site)
        author.widget.choices = author.choices


class ExportForm(AuthorsForm):
    """Which articles, and as what. Empty means: all of them."""

    FORMATS = [("xlsx", _("Excel (XLSX)")), ("csv", _("CSV"))]
    field_order = ["first_day", "last_day", "author", "writer"]

    first_day = forms.DateField(
        label=_("From"),
        required=False,
        validators=PLAUSIBLE,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    last_day = forms.DateField(
        label=_("To"),
        required=False,
        validators=PLAUSIBLE,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day is counted in. Empty: without a bound."),
    )
    category = forms.ModelChoiceField(
        label=_("Category"), required=False, queryset=Category.objects.all(), empty_label=_("All")
    )
    with_unpublished = forms.BooleanField(
        label=_("Also what readers do not see"),
        required=False,
        help_text=_(
            "Drafts, what is submitted, returned, scheduled or withdrawn. A draft counts by the day it was begun."
        ),
    )
    format = forms.ChoiceField(label=_("As"), choices=FORMATS, initial="xlsx")

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if asked.get("first_day") and asked.get("last_day") and asked["first_day"] > asked["last_day"]:
            raise ValidationError(_("The period ends before it begins."))
        return asked


def chosen(articles: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
    """Return those of `articles` that were `asked` for (the form's cleaned data), the newest first."""
    if not asked.get("with_unpublished"):
        articles = articles.filter(is_public())
    if asked["first_day"]:
        articles = articles.filter(_when(gte=midnight(asked["first_day"])))
    if asked["last_day"]:
        articles = articles.filter(_when(lt=midnight(asked["last_day"] + timedelta(days=1))))
    if asked.get("category"):
        articles = articles.filter(category=asked["category"])
    if asked["author"]:
        articles = articles.filter(pk__in=Byline.objects.filter(person=asked["author"]).values("article"))
    if asked["writer"]:
        articles = articles.filter(writer=asked["writer"])
    return articles.order_by(F("published_at").desc(nulls_last=True), "-pk")


def _when(**bound: datetime) -> Q:
    """A bound on the moment of publication; on the beginning of what has none."""
    [(name, moment)] = bound.items()
    return Q(**{f"published_at__{name}": moment}) | Q(**{"published_at__isnull": True, f"created_at__{name}": moment})


# --- What it holds -----------------------------------------------------------------------------


def columns() -> list[str]:
    """Return the names of the columns, in their order."""
    return [
        gettext("Title"),
        gettext("State"),
        gettext("Category"),
        gettext("Published"),
        gettext("Updated"),
        gettext("Author"),
        gettext("Source"),
        gettext("Reads"),
        gettext("Comments"),
        gettext("Address"),
    ]


@dataclass(frozen=True)
class Line:
    """One article in a list: whose it is (who may be named), where it comes from, and what readers made of it."""

    article: Article
    authors: list[Person]
    source: str
    reads: int
    comments: int

    @property
    def names(self) -> str:
        return ", ".join(dict.fromkeys(person.name for person in self.authors))


def lines(articles: QuerySet[Any]) -> Iterator[Line]:
    """Yield a line for each of `articles`."""
    approved = Comment.objects.approved().filter(article=OuterRef("pk")).order_by().values("article")
    bylines = Byline.objects.select_related("person").exclude(person__is_withheld=True)
    found = (
        articles.select_related("category", "publication")
        .prefetch_related(Prefetch("bylines", bylines))
        .defer("lead", "body", "search_key", "note")
        .annotate(approved=Subquery(approved.annotate(number=Count("pk")).values("number")))
        .iterator(chunk_size=BATCH)
    )
    while batch := list(islice(found, BATCH)):
        reads = reads_of(batch)
        for article in batch:
            source = source_of(article)
            yield Line(
                article,
                list(dict.fromkeys(byline.person for byline in article.bylines.all())),
                source.name if source else "",
                reads[article.pk],
                article.approved or 0,
            )


WIDTHS = (60, 14, 22, 17, 17, 28, 24, 10, 10, 50)


def rows(articles: QuerySet[Any], request: HttpRequest) -> Iterator[list[Any]]:
    """Yield a row of values for each of `articles`: words, numbers, and moments on the newsroom's clock (naive)."""
    for line in lines(articles):
        article = line.article
        yield [
            article.title,
            str(_("Scheduled") if article.is_scheduled else State(article.state).label),
            str(article.category or ""),
            _on_our_clock(article.published_at),
            _on_our_clock(article.updated_at),
            line.names,
            line.source,
            line.reads,
            line.comments,
            request.build_absolute_uri(article.get_absolute_url()) if article.is_public else "",
        ]


def _on_our_clock(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0) if moment else None


# --- The page ----------------------------------------------------------------------------------


def export(request: HttpRequest, articles: QuerySet[Any], context: dict[str, Any]) -> HttpResponseBase:
    """Answer with the form, or with the list that it asks for of `articles`, those the person may see."""
    form = ExportForm(request.GET if "format" in request.GET else None)
    if form.is_valid():
        asked = form.cleaned_data
        wanted = chosen(articles, asked)
        name = "-".join(["bai-viet", *(str(asked[end]) for end in ("first_day", "last_day") if asked[end])])
        if asked["format"] == "csv":
            return StreamingHttpResponse(
                as_csv(chain([columns()], rows(wanted, request))),
                content_type=CSV_TYPE,
                headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
            )
        if not wanted[EXCEL_ROWS:].exists():
            return FileResponse(
                as_workbook(Sheet(gettext("Articles"), WIDTHS, chain([columns()], rows(wanted, request)))),
                as_attachment=True,
                filename=f"{name}.xlsx",
                content_type=EXCEL_TYPE,
            )
        form.add_error(None, _("That is more than a sheet of Excel holds. Choose a shorter period, or CSV."))
    context = {**context, "title": gettext("Export a list"), "form": form, "opts": Article._meta}
    return TemplateResponse(request, "admin/articles/article/export.html", context)

"""What was published in a month, by whom, on a page that an office prints, signs and files."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles.desk.exporting import PLAUSIBLE, AuthorsForm, Line, chosen, lines
from newsroom.desk import DeskAdmin

MOST = 1000  # what is longer is no page: it is taken as a file


class MonthForm(AuthorsForm):
    """Which month, and whose articles."""

    month = forms.DateField(
        label=gettext_lazy("Month"),
        input_formats=["%Y-%m", "%m/%Y"],
        widget=forms.DateInput({"type": "month", "placeholder": "2026-11"}, format="%Y-%m"),
        error_messages={"invalid": gettext_lazy("Write the month as 11/2026.")},
        validators=PLAUSIBLE,
    )
    field_order = ["month", "author", "writer"]


@dataclass
class Sum:
    """How many articles, how often read, how much talked about: of one author, or of all."""

    name: str
    articles: int = 0
    reads: int = 0
    comments: int = 0

    def add(self, line: Line) -> None:
        self.articles += 1
        self.reads += line.reads
        self.comments += line.comments


@dataclass(frozen=True)
class Month:
    """The articles of a month, in the order in which readers got them, with their sums."""

    first_day: date
    lines: list[Line]
    is_too_long: bool

    @property
    def whole(self) -> Sum:
        whole = Sum(_("Total"))
        for line in self.lines:
            whole.add(line)
        return whole

    @property
    def by_author(self) -> list[Sum]:
        """The sums of each author by name; what two have written together counts for both."""
        sums: dict[tuple[str, int], Sum] = {}
        for line in self.lines:
            for author in line.authors:
                sums.setdefault((author.sort_key, author.pk), Sum(author.name)).add(line)
        found = [sums[key] for key in sorted(sums)]
        nobody = Sum(_("without an author"))
        for line in self.lines:
            if not line.authors:
                nobody.add(line)
        return [*found, nobody] if nobody.articles else found


def gather(articles: QuerySet[Any], asked: dict[str, Any]) -> Month:
    """Return what was published of `articles` in the month and of the authors that were `asked` for."""
    first_day, last_day = days(asked["month"])
    wanted = chosen(articles, {**asked, "first_day": first_day, "last_day": last_day})
    found = list(islice(lines(wanted.order_by("published_at", "pk")[: MOST + 1]), MOST + 1))
    return Month(first_day, found[:MOST], len(found) > MOST)


def days(month: date) -> tuple[date, date]:
    """Return the first and the last day of the month in which a day is."""
    return month.replace(day=1), month.replace(day=monthrange(month.year, month.month)[1])


class MonthlyAdmin(DeskAdmin):
    """A desk of articles from which a month is printed."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.month_view))
        return [path("thang/", view, name="articles_article_month"), *super().get_urls()]

    def month_view(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("articles.export_article"):
            raise PermissionDenied
        this_month = f"{timezone.localdate():%Y-%m}"
        form = MonthForm(request.GET if "month" in request.GET else {"month": this_month})
        context = {
            **self.admin_site.each_context(request),
            "title": _("A month, to be printed"),
            "opts": self.opts,
            "form": form,
        }
        if form.is_valid():
            asked = form.cleaned_data
            context |= {
                "month": gather(self.get_queryset(request), asked),
                "asked": asked,
                "now": timezone.localtime(),
                "files": [
                    (name, _file(asked, kind)) for name, kind in ((_("Excel (XLSX)"), "xlsx"), (_("CSV"), "csv"))
                ],
            }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/articles/article/month.html", context)


def _file(asked: dict[str, Any], kind: str) -> str:
    """Return the address of the same list as a file."""
    first_day, last_day = days(asked["month"])
    narrowed = {"format": kind, "first_day": first_day, "last_day": last_day}
    whose = {name: asked[name].pk for name in ("author", "writer") if asked[name]}
    return reverse("admin:articles_article_export") + "?" + urlencode(narrowed | whose)

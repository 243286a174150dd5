"""The dashboard's tables as files: each by its name, the rows of one period, for a spreadsheet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.dashboard import happenings, listing
from newsroom.dashboard.counts import Counts, top
from newsroom.dashboard.keys import REFERRER, ROBOT, UNFOUND
from newsroom.dashboard.periods import Period, unit_of
from newsroom.dashboard.talk import talk
from newsroom.sheets import CSV_TYPE, EXCEL_TYPE, Sheet, as_csv, as_workbook

MOST = 5000  # rows

Rows = Iterator[Sequence[Any]]


@dataclass(frozen=True)
class Table:
    """One table: its title, the widths of its columns, and what gives its rows, of which the first is the head."""

    title: Any
    widths: Sequence[int]
    rows: Callable[[Period, date, HttpRequest], Rows]


def _visits(period: Period, today: date, request: HttpRequest) -> Rows:
    yield [gettext("Period"), gettext("First day"), gettext("Last day"), gettext("Visits"), gettext("The one before")]
    for step in Counts.around(period.first, today).steps(period, unit_of(period, request.GET.get("cot", ""))):
        yield [step.period.name, step.period.first, step.period.last, step.count, step.before]


def _articles(period: Period, today: date, request: HttpRequest) -> Rows:
    yield [gettext("Title"), gettext("Published"), gettext("Reads"), gettext("Comments"), gettext("Address")]
    for line in listing.most_read(period, MOST):
        yield [
            line.title,
            timezone.localtime(line.published_at).replace(tzinfo=None) if line.published_at else None,
            line.count,
            line.comments,
            request.build_absolute_uri(line.address) if line.address else "",
        ]


def _ranked(head: Any, prefix: str) -> Callable[[Period, date, HttpRequest], Rows]:
    def rows(period: Period, today: date, request: HttpRequest) -> Rows:
        yield [str(head), gettext("Times")]
        for entry in top(prefix, period, MOST):
            yield [entry.what, entry.count]

    return rows


def _comments(period: Period, today: date, request: HttpRequest) -> Rows:
    beside = period.as_far_as(today, period.before)
    yield [gettext("Comments"), str(period.until(today)), str(beside)]
    now, before = talk(period), talk(beside)
    for label, name in listing.OF_COMMENTS:
        yield [str(label), getattr(now, name), getattr(before, name)]
    medians = (each.median and round(each.median.total_seconds() / 60) for each in (now, before))
    yield [gettext("Median time to a decision, in minutes"), *medians]


def _happened(period: Period, today: date, request: HttpRequest) -> Rows:
    yield [gettext("Day"), gettext("Kind"), gettext("Title"), gettext("Address")]
    kinds = (gettext("Article"), happenings.articles), (gettext("Conference"), happenings.conferences)
    for kind, found in kinds:
        for each in found(period, MOST):
            yield [each.on, kind, each.words, request.build_absolute_uri(each.address)]


def _corrections(period: Period, today: date, request: HttpRequest) -> Rows:
    yield [
        gettext("Made at"),
        gettext("Kind"),
        gettext("What is corrected"),
        gettext("Day corrected"),
        gettext("Amount"),
        gettext("Reason"),
        gettext("Made by"),
    ]
    for line in listing.adjustments(MOST):
        made_at = timezone.localtime(line.row.made_at).replace(tzinfo=None, microsecond=0)
        kind, by = line.row.get_kind_display(), str(line.row.made_by or "")
        yield [made_at, kind, line.what, line.row.on, line.row.amount, line.row.reason, by]


TABLES = {
    "luot-truy-cap": Table(_("Visits"), (28, 14, 14, 12, 14), _visits),
    "bai-duoc-doc": Table(_("Most read"), (60, 17, 10, 10, 50), _articles),
    "nguon-den": Table(_("Where readers come from"), (50, 10), _ranked(_("Host"), REFERRER)),
    "tim-khong-thay": Table(_("Searches that found nothing"), (60, 10), _ranked(_("Searched for"), UNFOUND)),
    "binh-luan": Table(_("Comments"), (40, 20, 20), _comments),
    "may-tu-dong": Table(_("Robots"), (40, 10), _ranked(_("Robot"), ROBOT)),
    "chuyen-gi": Table(_("What happened"), (14, 14, 60, 50), _happened),
    "dieu-chinh": Table(_("Corrections of counts"), (17, 14, 40, 14, 12, 60, 24), _corrections),
}


def as_file(name: str, kind: str, period: Period, today: date, request: HttpRequest) -> HttpResponseBase | None:
    """Return the table `name` of `period` as a file of `kind` ("csv" or "xlsx"); None where there is none such."""
    table = TABLES.get(name)
    if table is None or kind not in {"csv", "xlsx"}:
        return None
    file = f"{name}-{period.first}" if period.first == period.last else f"{name}-{period.first}-{period.last}"
    rows = table.rows(period, today, request)
    if kind == "csv":
        head = {"Content-Disposition": f'attachment; filename="{file}.csv"'}
        return StreamingHttpResponse(as_csv(rows), content_type=CSV_TYPE, headers=head)
    book = as_workbook(Sheet(str(table.title), table.widths, rows))
    return FileResponse(book, as_attachment=True, filename=f"{file}.xlsx", content_type=EXCEL_TYPE)

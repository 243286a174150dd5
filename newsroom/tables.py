"""Lists to take away: what a public list holds, as CSV, JSON or a workbook of Excel.

Each app declares the columns of its lists; what is public, and how a list is narrowed, is said by the list itself.
A file is bounded and goes on by key, like a page, and a batch of its rows costs the same few queries however long
the list is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import capfirst
from django.utils.translation import gettext

from newsroom import paging
from newsroom.filtering import ListFilter
from newsroom.models import SiteIdentity
from newsroom.sheets import CSV_TYPE, EXCEL_TYPE, Sheet, as_csv, as_workbook
from newsroom.vietnamese import slugify

FORMAT = "format"
ROWS = 5000  # in one file
SHEET = 2000  # in one workbook, of which a row costs several times what it costs in CSV
ANSWER = 500  # rows in one answer of JSON
BATCH = 500


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `name` is for programs and never changes, `label` for people. `of` takes a row and returns a word, a number, a
    day, a moment, or None where nothing is known. A value of `choices` (pairs of code and label) is written as its
    code where programs read it. An address is a path of this site, and is written whole.
    """

    name: str
    label: Any
    of: Callable[[Any], Any]
    choices: Sequence[tuple[str, Any]] = ()
    is_address: bool = False

    @property
    def title(self) -> str:
        return capfirst(str(self.label))


def columns_of(model: type[Model], *names: str) -> list[Column]:
    """Return a column for each of the fields `names` of `model`, called and labelled as the field is."""
    fields = [model._meta.get_field(name) for name in names]
    return [
        Column(field.name, field.verbose_name, attrgetter(field.name), [pair for pair in field.flatchoices if pair[0]])  # type: ignore[union-attr]
        for field in fields
    ]


@dataclass(frozen=True)
class Table:
    """What can be taken away of one list.

    `name` is that of its files, `place` the name of the address of the list, `order` the order of its pages. `fetch`
    adds to a queryset what the columns look at; `finish` is given each batch of rows before it is written.
    """

    name: str
    title: Any
    place: str
    order: Sequence[str]
    columns: Sequence[Column]
    filters: type[ListFilter] | None = None
    fetch: Callable[[QuerySet[Any]], QuerySet[Any]] = QuerySet.all
    finish: Callable[[Sequence[Any]], Any] = len

    @property
    def narrowed_by(self) -> list[tuple[str, Any]]:
        """The names of its filters as addresses say them, each with its label."""
        return [(name, found.label) for name, found in self.filters.base_filters.items()] if self.filters else []


def take_away(
    request: HttpRequest, table: Table, find: Callable[[], Sequence[QuerySet[Any]]], name: str = ""
) -> HttpResponseBase | None:
    """Return the rows that `find` returns as the file that `?format=` asks for; None where it asks for none of ours.

    They are public and narrowed already, in parts that share no row. `name` is that of the file, where it is another
    than the table's. Raises `Http404` for a key that is malformed.
    """
    write = _WRITERS.get(request.GET.get(FORMAT, ""))
    return write(_Taken(request, table, find(), name)) if write else None


class _Taken:
    """What one request takes of one table."""

    def __init__(self, request: HttpRequest, table: Table, found: Sequence[QuerySet[Any]], name: str) -> None:
        self.request, self.table, self.found = request, table, found
        keys = table.filters.base_filters if table.filters else {}
        chosen = [f"{key}-{slug}" for key in keys if (slug := slugify(request.GET.get(key, "")))]
        self.name = "-".join([name or table.name, *chosen])[:120]

    def stretch(self, size: int) -> None:
        found = [self.table.fetch(each.select_related(None).prefetch_related(None)) for each in self.found]
        part = paging.stretch(found, self.request.GET, order=self.table.order, size=size)
        self.rows, self.size = part.rows, size
        self.next = self.request.build_absolute_uri(f"?{part.older}") if part.older else None

    @property
    def more(self) -> str:
        """What a file says at its end where the list goes on."""
        if not self.next:
            return ""
        return gettext(
            "There is more: this file holds %(rows)d rows. Narrow the list, by year for instance, or go on at %(next)s"
        ) % {"rows": self.size, "next": self.next}

    def values(self) -> Iterator[list[Any]]:
        """Yield the values of each row."""
        found = self.rows.iterator(chunk_size=BATCH)
        while batch := list(islice(found, BATCH)):
            self.table.finish(batch)
            for row in batch:
                yield [self._value(column, row) for column in self.table.columns]

    def _value(self, column: Column, row: Any) -> Any:
        value = column.of(row)
        if column.is_address:
            return self.request.build_absolute_uri(value) if value else ""
        return timezone.localtime(value) if isinstance(value, datetime) else value

    def headed(self, answer: Any) -> Any:
        """Return `answer` with what is said of every file: no search engine keeps it, and where the list goes on."""
        answer["X-Robots-Tag"] = "noindex"
        if self.next:
            answer["Link"] = f'<{self.next}>; rel="next"'
        return answer


# --- For programs ------------------------------------------------------------------------------


def _csv(taken: _Taken) -> HttpResponseBase:
    taken.stretch(ROWS)
    names = [column.name for column in taken.table.columns]
    rows = ([_exact(value) for value in row] for row in taken.values())
    end = [[f"# {taken.more}"]] if taken.more else []
    return taken.headed(
        StreamingHttpResponse(
            as_csv(chain([names], rows, end)),
            content_type=CSV_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{taken.name}.csv"'},
        )
    )


def _exact(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _json(taken: _Taken) -> HttpResponseBase:
    """Nothing in it depends on the minute, so that its ETag changes only when the rows do."""
    taken.stretch(ANSWER)
    names = [column.name for column in taken.table.columns]
    site = SiteIdentity.current()
    answer = JsonResponse(
        {
            "title": str(taken.table.title),
            "publisher": site.name,
            "reuse": site.reuse_line,
            "documentation": taken.request.build_absolute_uri(reverse("data")),
            "rows": [dict(zip(names, row, strict=True)) for row in taken.values()],
            "next": taken.next,
        },
        encoder=_Numbers,
        json_dumps_params={"ensure_ascii": False},
    )
    # Public, and without a cookie to lend: any page may read it.
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Content-Disposition"] = f'inline; filename="{taken.name}.json"'
    answer["ETag"] = quote_etag(sha256(answer.content).hexdigest()[:32])
    taken.headed(answer)
    return get_conditional_response(taken.request, etag=answer["ETag"], response=answer) or answer


class _Numbers(DjangoJSONEncoder):
    """Decimals as numbers, and moments with their zone."""

    def default(self, o: Any) -> Any:
        if isinstance(o, Decimal):
            return int(o) if o == o.to_integral_value() else float(o)
        return _exact(o) if isinstance(o, datetime) else super().default(o)


# --- For people --------------------------------------------------------------------------------


def _xlsx(taken: _Taken) -> HttpResponseBase:
    taken.stretch(SHEET)
    columns = taken.table.columns
    titles = [column.title for column in columns]
    said = [{code: str(label) for code, label in column.choices} for column in columns]
    rows = (
        [words.get(_seen(value), _seen(value)) for words, value in zip(said, row, strict=True)]
        for row in taken.values()
    )
    widths = [max(14, min(len(title) + 4, 40)) for title in titles]
    file = as_workbook(
        Sheet(str(taken.table.title), widths, chain([titles], rows)),
        Sheet(gettext("About this file"), (34, 90), _about(taken)),
    )
    return taken.headed(FileResponse(file, as_attachment=True, filename=f"{taken.name}.xlsx", content_type=EXCEL_TYPE))


def _seen(value: Any) -> Any:
    """Return `value` as a spreadsheet keeps it: a moment by the newsroom's clock, with no zone."""
    return value.replace(tzinfo=None, microsecond=0) if isinstance(value, datetime) else value


def _about(taken: _Taken) -> Iterator[list[str]]:
    site = SiteIdentity.current()
    yield [str(taken.table.title), taken.request.build_absolute_uri()]
    yield from ([name, value] for name, value in ((gettext("Publisher"), site.name), ("", site.reuse_line)) if value)
    if taken.more:
        yield ["", taken.more]
    yield [gettext("What the columns are"), taken.request.build_absolute_uri(reverse("data"))]
    for column in taken.table.columns:
        yield [column.title, column.name]


_WRITERS: dict[str, Callable[[_Taken], HttpResponseBase]] = {"csv": _csv, "json": _json, "xlsx": _xlsx}
FORMATS = tuple(_WRITERS)

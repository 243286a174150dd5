"""The stale-write guard: saving over a colleague's newer save is refused, and both texts are shown.

An article's form carries the version it was opened with. Whoever sends it holds the row from here to the end
of the save, so that of two who save at once one is first and the other is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import FileField, MultiWidget
from django.forms.widgets import DateTimeBaseInput
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from articles.comparing import Comparison, compare
from articles.models import Article, Revision
from articles.revisions import PARTS, snapshot, texts
from newsroom.desk import DeskAdmin
from newsroom.richtext import clean

OPENED_VERSION = "_version"  # the hidden field of the form
TAKE = "_take"  # the button that takes a part of the newer text over into the form

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Clash:
    """Why a save was refused: what stands now, by whom, and how what was typed differs from it."""

    version: int
    latest: Revision | None
    comparison: Comparison


class NewerSaveRefused:
    """What the form says whose save came too late."""

    def clean(self) -> Any:
        super().clean()  # type: ignore[misc]
        raise ValidationError(
            _("Nothing has been saved: see above what stands now, and what you wrote."),
            code="stale",
        )


class GuardedAdmin(DeskAdmin):
    """A desk whose forms never save over what their person has not seen."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            article = self.get_object(request, object_id)
            if article is not None:
                version = Article.objects.select_for_update().values_list("version", flat=True).get(pk=article.pk)
                self.receive(request, article, version)
                if request.POST.get(OPENED_VERSION) != str(version) or TAKE in request.POST:
                    article.refresh_from_db()
                    self._refuse(request, article)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def receive(self, request: HttpRequest, article: Article, version: int) -> None:
        """Called with the form's data in `request`, while the row of `article` is held, before anything is judged."""

    def _refuse(self, request: HttpRequest, article: Article) -> None:
        """Note in `request` that its save comes too late, with the form's data as it is shown again."""
        theirs, yours = self.sent_by_a_fresh_form(request, article), request.POST.copy()
        opened = yours.get(OPENED_VERSION, "")
        base = article.revisions.filter(version=int(opened)).first() if _NUMBER.fullmatch(opened) else None
        for part, fields in FIELDS.items():
            if part in yours.getlist(TAKE) or (base and _is_untouched(part, yours, base.snapshot)):
                _take(fields, yours, theirs)
        for prefix in PARTS:
            _bring_rows_together(prefix, yours, theirs, base.snapshot if base else None, yours.getlist(TAKE))
        now = snapshot(article)
        request.clash = Clash(  # type: ignore[attr-defined]
            article.version,
            article.revisions.select_related("made_by").first(),
            compare(texts({**now, **typed_as_snapshot(theirs, now)}), texts({**now, **typed_as_snapshot(yours, now)})),
        )
        request.POST = yours  # type: ignore[assignment]

    def sent_by_a_fresh_form(self, request: HttpRequest, article: Article) -> QueryDict:
        """Return what a browser would send for the form of `article` as it now stands."""
        form = self.get_form(request, article, change=True)(instance=article)
        formsets = [
            formset(instance=article, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, article)
        ]
        sent = QueryDict(mutable=True)
        for each in [form, *(part for formset in formsets for part in (formset.management_form, *formset.forms))]:
            for bound in each:
                value, widget = bound.value(), bound.field.widget
                if isinstance(widget, MultiWidget):
                    for place, piece in enumerate(widget.decompress(value) or []):
                        sent[f"{bound.html_name}_{place}"] = str(widget.widgets[place].format_value(piece) or "")
                elif isinstance(value, list | tuple):
                    sent.setlist(bound.html_name, [str(getattr(one, "pk", one)) for one in value])
                elif isinstance(widget, DateTimeBaseInput):  # a day is sent as the form shows it
                    sent[bound.html_name] = str(widget.format_value(value) or "")
                elif value is not None and value is not False and not isinstance(bound.field, FileField):
                    sent[bound.html_name] = "on" if value is True else str(value)
        return sent

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (NewerSaveRefused, form), {}) if hasattr(request, "clash") else form

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context |= {"clash": getattr(request, "clash", None)}
        return super().render_change_form(request, context, *args, **kwargs)


# A part that is compared -> the fields that hold it in the form. Rows are held by their prefixes (`PARTS`).
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",), "lead": ("lead",), "dateline": ("dateline",), "body": ("body",), "category": ("category",),
    "conference": ("conference",), "tags": ("tags",), "committees": ("committees",), "note": ("note",),
    "allow_comments": ("allow_comments",), "publication": ("publication",), "source_label": ("source_label",),
    "source_url": ("source_url",), "retrieved_on": ("retrieved_on",),
    "source_published_at": ("source_published_at_0", "source_published_at_1"),
    "source_updated_at": ("source_updated_at_0", "source_updated_at_1"),
}  # fmt: skip


def _take(fields: Iterable[str], yours: QueryDict, theirs: QueryDict) -> None:
    """Set `fields` in `yours` as they stand in `theirs`."""
    for name in fields:
        yours.pop(name, None)
        if name in theirs:
            yours.setlist(name, theirs.getlist(name))


def typed_as_snapshot(data: QueryDict, now: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a form as a snapshot holds it. What a row does not say (its file) is as in `now`."""
    typed: dict[str, Any] = {
        part: " ".join(filter(None, (data.get(name, "") for name in fields))) for part, fields in FIELDS.items()
    }
    typed["body"] = clean(typed["body"])
    typed["allow_comments"] = bool(typed["allow_comments"])
    typed["tags"], typed["committees"] = data.getlist("tags"), data.getlist("committees")
    for prefix, names in PARTS.items():
        known = {str(row["id"]): row for row in now[prefix]}
        typed[prefix] = [
            {name: row[name][0] if _is_said(name, row) else known.get(key, {}).get(name, "") for name in names}
            for row in _rows(prefix, data)
            if not row.get("DELETE") and ((key := row.get("id", [""])[0]) or any(_said(row)))
        ]
    return typed


def _is_untouched(part: str, data: QueryDict, base: dict[str, Any]) -> bool:
    """Whether the form's `data` says of `part` what it said when the form was opened."""
    if part not in base or part.endswith("_at"):  # of moments the form shows minutes alone
        return False
    said, stood = typed_as_snapshot(data, base)[part], base[part]
    if isinstance(stood, list):
        return sorted(map(str, said)) == sorted(map(str, stood))
    return _plain(said) == _plain(stood)


def _plain(value: Any) -> str:
    return " ".join(("" if value is None else str(value)).split())


Row = dict[str, list[str]]
FILES = {"image", "file", "picture"}  # the columns of files


def _rows(prefix: str, data: QueryDict) -> list[Row]:
    """Return the rows of a formset in `data`, each as column -> values."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    rows: list[Row] = [{} for _row in range(min(int(total), 1000) if _NUMBER.fullmatch(total) else 0)]
    for key in data:
        _start, found, rest = key.partition(f"{prefix}-")
        number, _dash, column = rest.partition("-")
        if found and not _start and _NUMBER.fullmatch(number) and int(number) < len(rows):
            rows[int(number)][column] = data.getlist(key)
    return rows


def _is_said(column: str, row: Row) -> bool:
    """Whether `row` says what stands in `column`. A browser sends an empty text for a file that stays as it is."""
    return column in row and (column not in FILES or row[column] != [""])


def _said(row: Row) -> list[str]:
    """What somebody has said in a new row: neither its place nor what every row begins with."""
    return [values[0] for name, values in row.items() if name not in {"position", "article", "part", "state"}]


def _bring_rows_together(
    prefix: str, yours: QueryDict, theirs: QueryDict, base: dict[str, Any] | None, take: list[str]
) -> None:
    """Set the rows of a formset in `yours` upon those that stand now.

    Rows that only the colleague touched are theirs. A row that the colleague has taken away and this person
    has written in becomes a new one.
    """
    standing = {row["id"][0]: row for row in _rows(prefix, theirs) if row.get("id", [""])[0]}
    before = {str(row["id"]): row for row in (base or {}).get(prefix, [])}
    kept: list[Row] = []
    new: list[Row] = []
    for row in [] if prefix in take else _rows(prefix, yours):
        key = row.get("id", [""])[0]
        stood = before.get(key)
        untouched = (
            stood is not None
            and not row.get("DELETE")
            and all(_plain(row[name][0]) == _plain(stood[name]) for name in stood if _is_said(name, row))
        )
        if key in standing:
            kept.append(standing.pop(key) if untouched else row)
            standing.pop(key, None)
        elif not key:
            new.append(row)
        elif not untouched and not row.get("DELETE"):
            new.append({**row, "id": [""]})
    kept += standing.values()
    for name in [name for name in yours if name.startswith(f"{prefix}-")]:
        if not name.endswith(("MIN_NUM_FORMS", "MAX_NUM_FORMS")):
            del yours[name]
    for number, row in enumerate([*kept, *new]):
        for column, values in row.items():
            yours.setlist(f"{prefix}-{number}-{column}", values)
    yours[f"{prefix}-INITIAL_FORMS"], yours[f"{prefix}-TOTAL_FORMS"] = str(len(kept)), str(len(kept) + len(new))

"""Filters of lists: addresses in Vietnamese, and choices that do not grow with the data.

A list offers at most `CHOICES` rows to choose from, and always the one that is chosen; what lies
beyond them is reached through its own page. Most readers narrow nothing: a process keeps what is offered, and the
form that stands above every list that is whole, until something of it changes (newsroom.pagecache).
"""

import copy
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Func, QuerySet, Subquery
from django.forms.utils import flatatt
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from newsroom.compiled import compiled
from newsroom.pagecache import kept_as_read

CHOICES = 60


class ListFilter(django_filters.FilterSet):
    """The filters of one list, narrowed by `data`; `rows` returns the whole list.

    The filter `to_chuc` answers to `?to-chuc=`, as no Python name may.
    """

    is_bound = True

    def __init__(self, data: QueryDict, rows: Callable[[], QuerySet[Any]]) -> None:
        # Django-filter's own copies every filter, and asks for the rows, of a list that nobody narrows too.
        self.data, self.rows = data, rows

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        filters = {name.replace("_", "-"): found for name, found in super().get_filters().items()}
        for found in filters.values():
            found.extra["widget"] = _Select
        return filters

    @cached_property
    def filters(self) -> dict[str, django_filters.Filter]:
        filters = copy.deepcopy(self.base_filters)
        for found in filters.values():
            found.parent = self
        return filters

    @cached_property
    def is_asked(self) -> bool:
        """Whether the reader asks for anything that may narrow the list."""
        return any(self.data.get(name) for name in self.base_filters)

    @cached_property
    def queryset(self) -> QuerySet[Any]:
        return self.rows()

    @property
    def qs(self) -> Any:
        """The list, narrowed as it was asked for."""
        return super().qs if self.is_asked else self.queryset

    @property
    def parts(self) -> list[QuerySet[Any]] | None:
        """The list as it was narrowed, in parts that share no row (`Parted`); None where nothing was asked for."""
        if not self.is_asked:
            return None
        self.is_valid()  # what is wrong is set aside
        parts = [self.queryset]
        for name, value in self.form.cleaned_data.items():
            found = self.filters[name]
            if isinstance(found, Parted) and value:
                parts = [each for part in parts for each in found.parts(part, value)]
            else:
                parts = [found.filter(part, value) for part in parts]
        return parts

    @property
    def divided(self) -> list[QuerySet[Any]]:
        """The list, narrowed as it was asked for, in parts that share no row: in one where nothing was asked for."""
        return self.parts or [self.queryset]

    @cached_property
    def form(self) -> forms.Form:
        """The form that stands above the list. It says of a value that is not offered that it was left out."""
        # The fields are this list's own already: no class has to be made of them, which is then made anew from it.
        form = forms.Form(self.data)
        form.fields = {name: found.field for name, found in self.filters.items()}
        for field in form.fields.values():
            field.error_messages["invalid_choice"] = _("This is not among the choices, and was left out.")
        return form

    @property
    def written(self) -> SafeString:
        """The form as it stands on the page."""
        return _written(self) if self.is_asked else _written_whole(type(self))

    @property
    def is_used(self) -> bool:
        """Whether anything narrows the list: an empty list is then the reader's doing and not ours."""
        if not self.is_asked:
            return False
        # What is wrong was set aside when the form was cleaned; what is left narrows the list.
        self.is_valid()
        return any(self.form.cleaned_data.values())


def _written(chosen: ListFilter) -> SafeString:
    return render_to_string("_filters.html", {"filter": chosen})


@kept_as_read
def _written_whole(filters: type[ListFilter]) -> SafeString:
    """Return the form of a list that nobody narrows, and of which no row is asked for."""
    return _written(filters(QueryDict(), QuerySet))


class _Select(forms.Select):
    """A select written in one go: Django has a template for it, one for each of its options, and one for their like."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = (
            f'\n  <option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>{escape(str(said))}'
            for key, said in self.choices
        )
        about = flatatt(self.build_attrs(self.attrs, attrs))
        return SafeString(f'<select name="{name}"{about}>{"</option>".join([*options, ""])}\n</select>')


class _OneOfField(forms.Field):
    """A key of those that are `offered` with their words, or of one of `others`, which `say` names."""

    def __init__(
        self,
        *,
        others: Callable[[int], list[Any]],
        say: Callable[[Any], str],
        offered: Callable[[], Sequence[tuple[int, str]]],
        empty_label: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.others, self.say, self.offered = others, say, offered()
        self.widget.choices = [("", empty_label), *self.offered]

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if (key := next((key for key, _said in self.offered if str(key) == value), None)) is not None:
            return key
        try:
            key = int(value)
        except ValueError:
            key = 0
        found = self.others(key) if key > 0 else []
        if not found:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        if key not in dict(self.offered):
            self.widget.choices.append((key, self.say(found[0])))
        return key


class Parted(django_filters.Filter):
    """A filter whose rows the database finds quickly in parts only, each in the order of the list."""

    def parts(self, rows: QuerySet[Any], value: str) -> list[QuerySet[Any]]:
        """Return those of `rows` that `filter` would leave, in parts that share none."""
        raise NotImplementedError


class OneOf(django_filters.Filter):
    """One of what `rows` returns at a moment, offered in its order. What is not `is_timed` is there at any moment.

    `say` turns a row into the words it is offered by.
    """

    field_class = _OneOfField

    def __init__(
        self,
        *,
        rows: Callable[[Any], QuerySet[Any]],
        say: Callable[[Any], str] = str,
        is_timed: bool = True,
        **kwargs: Any,
    ) -> None:
        one = compiled(lambda key, now: rows(now).filter(pk=key))

        def at() -> datetime | None:
            return timezone.now() if is_timed else None  # a value that no query holds cannot be given to one

        def others(key: int) -> list[Any]:
            return one(key, at())

        offered = kept_as_read(lambda: [(row.pk, say(row)) for row in rows(at())[:CHOICES]])
        super().__init__(**{"others": others, "say": say, "offered": offered, "empty_label": _("All"), **kwargs})


class Year(django_filters.ChoiceFilter):
    """A year of the date or moment `field_name`, offered from the last that `rows` hold to the first.

    `rows` is a function of nothing; it leaves out rows whose date is unknown. `first` and `last` name
    its columns where they are others than `field_name`. One query.
    """

    def __init__(self, *, rows: Callable[[], QuerySet[Any]], first: str = "", last: str = "", **kwargs: Any) -> None:
        super().__init__(**{"empty_label": _("All"), "lookup_expr": "year", "label": _("Year"), **kwargs})
        first, last = first or str(self.field_name), last or str(self.field_name)
        self.extra["choices"] = kept_as_read(lambda: _years(rows, first, last))


def _years(rows: Callable[[], QuerySet[Any]], first: str, last: str) -> list[tuple[str, str]]:
    """Return the years from the highest value of the column `last` down to the lowest of `first`.

    Each end is asked for by itself, because an engine reads the end of an index only for one MIN or
    MAX alone, and goes through the whole table for both together.
    """
    ends = rows().order_by().annotate(lowest=_end(rows, "MIN", first), highest=_end(rows, "MAX", last))
    lowest, highest = next(iter(ends.values_list("lowest", "highest")[:1]), (None, None))
    if lowest is None or highest is None:
        return []
    years = range(_year(highest), _year(lowest) - 1, -1)
    return [(str(year), str(year)) for year in years[:CHOICES]]


def _end(rows: Callable[[], QuerySet[Any]], function: str, column: str) -> Subquery:
    return Subquery(rows().order_by().values(end=Func(column, function=function)))


def _year(value: Any) -> int:
    return int((timezone.localtime(value) if isinstance(value, datetime) else value).year)

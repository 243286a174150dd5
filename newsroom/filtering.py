"""Filters of lists: addresses in Vietnamese, and choices that do not grow with the data.

A list offers at most `CHOICES` rows to choose from, and always the one that is chosen; what lies
beyond them is reached through its own page.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from typing import Any

import django_filters
from django import forms
from django.db.models import Func, QuerySet, Subquery
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_filters import fields

CHOICES = 60


class ListFilter(django_filters.FilterSet):
    """The filters of one list. The filter `to_chuc` answers to `?to-chuc=`, as no Python name may."""

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        filters = {name.replace("_", "-"): found for name, found in super().get_filters().items()}
        for found in filters.values():
            found.extra["widget"] = _Select
        return filters

    @property
    def form(self) -> forms.Form:
        """The form that stands above the list. It says of a value that is not offered that it was left out."""
        if not hasattr(self, "_form"):
            # The fields are this list's own already: no class has to be made of them, which is then made anew from it.
            self._form = forms.Form(self.data)
            self._form.fields = {name: found.field for name, found in self.filters.items()}
            for field in self._form.fields.values():
                field.error_messages["invalid_choice"] = _("This is not among the choices, and was left out.")
        return self._form

    @property
    def is_used(self) -> bool:
        """Whether anything narrows the list: an empty list is then the reader's doing and not ours."""
        # What is wrong was set aside when the form was cleaned; what is left narrows the list.
        self.is_valid()
        return self.is_bound and any(self.form.cleaned_data.values())


class _Select(forms.Select):
    """A select written in one go: Django has a template for it, one for each of its options, and one for their like."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = (
            f'\n  <option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>{escape(str(said))}'
            for key, said in self.choices
        )
        about = flatatt(self.build_attrs(self.attrs, attrs))
        return mark_safe(f'<select name="{name}"{about}>{"</option>".join([*options, ""])}\n</select>')


class _SomeChoices(ModelChoiceIterator):
    """The first choices of a field, and the chosen one where it is not among them."""

    field: "_SomeChoicesField"

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        offered = list(self.queryset[:CHOICES])
        if self.field.chosen is not None and self.field.chosen not in offered:
            offered.append(self.field.chosen)
        for row in offered:
            yield self.choice(row)


class _SomeChoicesField(fields.ModelChoiceField):
    iterator = _SomeChoices
    chosen: Any = None

    def __init__(self, *args: Any, say: Callable[[Any], str] = str, **kwargs: Any) -> None:
        self.label_from_instance = say  # type: ignore[method-assign]
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        self.chosen = super().to_python(value)
        return self.chosen


class OneOf(django_filters.ModelChoiceFilter):
    """One row of `queryset` (or of a function of the request that returns one), offered in its order.

    `say` turns a row into the words it is offered by.
    """

    field_class = _SomeChoicesField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_label": _("All"), **kwargs})


class Year(django_filters.ChoiceFilter):
    """A year of the date or moment `field_name`, offered from the last that `queryset` holds to the first.

    `queryset` is a function of nothing; it leaves out rows whose date is unknown. `first` and `last` name
    its columns where they are others than `field_name`. One query.
    """

    def __init__(
        self, *, queryset: Callable[[], QuerySet[Any]], first: str = "", last: str = "", **kwargs: Any
    ) -> None:
        self.of = queryset
        self.first, self.last = first, last
        super().__init__(**{"empty_label": _("All"), "lookup_expr": "year", "label": _("Year"), **kwargs})

    @property
    def field(self) -> Any:
        if not hasattr(self, "_field"):
            self.extra["choices"] = self._years()
        return super().field

    def _years(self) -> list[tuple[str, str]]:
        first, last = self._ends()
        if first is None or last is None:
            return []
        years = range(_year(last), _year(first) - 1, -1)
        return [(str(year), str(year)) for year in years[:CHOICES]]

    def _ends(self) -> tuple[Any, Any]:
        """Return the first and the last value. One query.

        Each end is asked for by itself, because an engine reads the end of an index only for one MIN or
        MAX alone, and goes through the whole table for both together.
        """
        lowest = self._end("MIN", self.first or self.field_name)
        highest = self._end("MAX", self.last or self.field_name)
        rows = self.of().order_by().annotate(lowest=lowest, highest=highest)
        return next(iter(rows.values_list("lowest", "highest")[:1]), (None, None))

    def _end(self, function: str, column: str) -> Subquery:
        return Subquery(self.of().order_by().values(end=Func(column, function=function)))


def _year(value: Any) -> int:
    return int((timezone.localtime(value) if isinstance(value, datetime) else value).year)

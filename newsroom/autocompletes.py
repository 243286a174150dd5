"""Autocompletes of the desk that pass over whatever is no key, where Django's own fall over it.

No browser sends such a thing by itself. Whoever does is told that it is not among the choices.
"""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.http import HttpRequest

from newsroom.keys import key_in


class _KeysOnly:
    def format_value(self, value: Any) -> list[str]:
        return [key for key in super().format_value(value) or [] if key_in(key) is not None]  # type: ignore[misc]


class Autocomplete(_KeysOnly, AutocompleteSelect):
    """Offers one row."""


class AutocompleteMany(_KeysOnly, AutocompleteSelectMultiple):
    """Offers any number of rows."""


class Autocompleting(BaseModelAdmin):
    """A form of the desk, or an inline of one, whose `autocomplete_fields` are those of this module."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteMany(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

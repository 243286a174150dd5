"""A form that is half written, mended so far that it can be saved: what is not yet right stays as it is stored.

Pure functions over the data of forms; a form and its formsets only say what is wrong with it.
"""

import re
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import BaseModelFormSet
from django.http import QueryDict

# What is left to saving by hand: decisions, rows marked for deletion, files taken away.
_BY_HAND = re.compile(r"_(?!version$|page$|copy$)|still-|.+-(DELETE|clear)$")


def without_decisions(data: QueryDict) -> tuple[QueryDict, bool]:
    """Return `data` without buttons, rows marked for deletion and files to take away, and whether any was marked."""
    left = data.copy()
    decided = [name for name in data if _BY_HAND.match(name)]
    for name in decided:
        del left[name]
    return left, any(not name.startswith("_") for name in decided)


def mend_fields(form: Any, data: QueryDict, stored: QueryDict, prefixes: list[str]) -> None:
    """Set the fields that are wrong in `form`, bound to `data`, as they stand in `stored`; all, if it is the whole.

    `prefixes` are those of the formsets, whose fields are none of the form's.
    """
    if NON_FIELD_ERRORS in form.errors:
        of_rows = tuple(f"{prefix}-" for prefix in prefixes)
        _set_as_stored([name for name in {*data, *stored} if not name.startswith(("_", *of_rows))], data, stored)
        return
    for field in form.errors:
        # A field of several boxes sends one value for each: a day and an hour.
        _set_as_stored([name for name in {*data, *stored} if re.fullmatch(rf"{field}(_\d)?", name)], data, stored)


def mend_rows(formset: BaseModelFormSet, data: QueryDict, stored: QueryDict) -> None:
    """Set the rows that are wrong in `formset`, bound to `data`, as they stand in `stored`.

    Of new rows those before the first that is not yet right are kept: each has to keep its place.
    """
    prefix = str(formset.prefix)
    if not formset.management_form.is_valid():
        set_whole_as_stored(prefix, data, stored)
        return
    formset.is_valid()  # only the whole knows of rows that say the same
    for number, row in enumerate(formset.forms):
        if number >= formset.initial_form_count():
            if row.errors or not row.has_changed():
                data[f"{prefix}-TOTAL_FORMS"] = str(number)
                return
        elif row.errors and not _set_row_as_stored(f"{prefix}-{number}-", data, stored):
            set_whole_as_stored(prefix, data, stored)
            return


def set_whole_as_stored(prefix: str, data: QueryDict, stored: QueryDict) -> None:
    """Set all rows of a formset in `data` as they stand in `stored`."""
    _set_as_stored([name for name in {*data, *stored} if name.startswith(f"{prefix}-")], data, stored)


def _set_row_as_stored(start: str, data: QueryDict, stored: QueryDict) -> bool:
    """Set the row whose names begin with `start` as the row of its number stands; False where there is none."""
    prefix = start.split("-")[0]
    for name in stored:
        if re.fullmatch(rf"{prefix}-\d+-id", name) and stored[name] and stored[name] == data.get(f"{start}id"):
            other = name.removesuffix("id")
            for column in [key for key in data if key.startswith(start)]:
                del data[column]
            for key in [key for key in stored if key.startswith(other)]:
                data.setlist(start + key.removeprefix(other), stored.getlist(key))
            return True
    return False


def _set_as_stored(names: list[str], data: QueryDict, stored: QueryDict) -> None:
    for name in names:
        data.pop(name, None)
        if name in stored:
            data.setlist(name, stored.getlist(name))


def adopt_rows(data: QueryDict, whole: dict[str, Any], parts: list[str]) -> bool:
    """Give the new rows in `data` the numbers under which they were saved without its page hearing of it.

    `whole` is the snapshot that was saved from the same page last: rows that it has and `data` does not name are
    the first new rows of `data`. Returns False, with `data` untouched, where there are fewer of those.
    """
    found: dict[str, str] = {}
    for prefix in parts:
        total, initial = (_count(data, f"{prefix}-{name}_FORMS") for name in ("TOTAL", "INITIAL"))
        named = {data.get(f"{prefix}-{number}-id") for number in range(total)}
        unheard = sorted(row["id"] for row in whole.get(prefix, []) if str(row["id"]) not in named)
        if len(unheard) > total - initial:
            return False
        for number, key in enumerate(unheard, start=initial):
            found[f"{prefix}-{number}-id"] = str(key)
            found[f"{prefix}-INITIAL_FORMS"] = str(number + 1)
    for name, value in found.items():
        data[name] = value
    return True


def _count(data: QueryDict, name: str) -> int:
    value = data.get(name, "")
    return min(int(value), 1000) if re.fullmatch("[0-9]{1,9}", value) else 0

"""Columns derived from what a person typed.

They are computed in `pre_save`, so `save` and `bulk_create` fill them alike; a fixture carries them.
"""

from datetime import date
from typing import Any

from django.db import models

from newsroom.vietnamese import SORT_KEY_LENGTH, fold, normalise, sort_key


class DerivedField:
    """Mixin of the fields below: says from which attributes the column is made, and makes it."""

    sources: tuple[str, ...]

    def derive(self, words: list[str]) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the column from its sources, set it on the instance and return it."""
        words = [str(getattr(model_instance, source) or "") for source in self.sources]
        value = self.derive(words)
        setattr(model_instance, self.attname, value)  # type: ignore[attr-defined]
        return value

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        kwargs["sources"] = self.sources
        return name, path, args, kwargs


class SearchKeyField(DerivedField, models.TextField):
    """What the thing is found by: its sources folded (see `newsroom.vietnamese.fold`)."""

    def __init__(self, *, sources: tuple[str, ...], **kwargs: Any) -> None:
        self.sources = tuple(sources)
        super().__init__(**{"editable": False, "default": "", "blank": True, **kwargs})

    def derive(self, words: list[str]) -> str:
        return " | ".join(filter(None, map(fold, words)))


class SortKeyField(DerivedField, models.CharField):
    """Where the thing stands in a Vietnamese list (see `newsroom.vietnamese.sort_key`)."""

    def __init__(self, *, sources: tuple[str, ...], **kwargs: Any) -> None:
        self.sources = tuple(sources)
        defaults = {"editable": False, "default": "", "blank": True, "max_length": SORT_KEY_LENGTH}
        super().__init__(**{**defaults, **kwargs})

    def derive(self, words: list[str]) -> str:
        return sort_key(" ".join(filter(None, words)))


class LineField(models.CharField):
    """One line of text typed by a person: composed, with single spaces, never None.

    The same words are the same bytes whichever keyboard, file or door they came through.
    """

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return " ".join(normalise(value).split()) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class DayField(DerivedField, models.DateField):
    """A day to sort by: its source, or the first of all days where the source is empty.

    Lists are paged by key, and a key has no room for "unknown".
    """

    def __init__(self, *, sources: tuple[str, ...], **kwargs: Any) -> None:
        self.sources = tuple(sources)
        super().__init__(**{"editable": False, "default": date.min, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.sources[0])) or date.min
        setattr(model_instance, self.attname, value)
        return value


class YearField(DerivedField, models.PositiveSmallIntegerField):
    """The year in which both of its sources lie, a first and a last day.

    `SEVERAL` where they lie in two, None where one is not known.
    """

    SEVERAL = 0

    def __init__(self, *, sources: tuple[str, ...], **kwargs: Any) -> None:
        self.sources = tuple(sources)
        super().__init__(**{"editable": False, "null": True, "blank": True, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        first, last = (_DAY.to_python(getattr(model_instance, source)) for source in self.sources)
        year = None
        if first is not None and last is not None:
            year = first.year if first.year == last.year else self.SEVERAL
        setattr(model_instance, self.attname, year)
        return year


_DAY = models.DateField()

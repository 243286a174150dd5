"""Phrases of the interface, each looked up once: a page says a hundred, and the language is one of the installation.

Whatever writes a part of a public page in Python takes `phrase` for Django's `gettext`, as `_` where that name is free.
What counts takes `plural` and what has a context `phrase_in`, under Django's names for them, which xgettext knows.
What is said once - the desk, forms, refusals, mails, files, commands - takes Django's own.
"""

from functools import cache, lru_cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import get_language, gettext, ngettext, pgettext


@cache
def phrase(words: str) -> str:
    """Return `words`, which stand in the source in English, as the site says them."""
    return gettext(words)


@cache
def phrase_in(context: str, words: str) -> str:
    """Return what the site says for `words` in a `context`, as Django's `pgettext`."""
    return pgettext(context, words)


@lru_cache(maxsize=1024)
def plural(one: str, many: str, number: int) -> str:
    """Return what the site says of so many, as Django's `ngettext`."""
    return ngettext(one, many, number)


@cache
def language() -> str:
    """Return the code of the language in which the site speaks."""
    return get_language() or settings.LANGUAGE_CODE


@cache
def label(choices: type[TextChoices], value: str) -> str:
    """Return what the site calls a `value` of some choices, as a model's `get_FIELD_display` says it."""
    return str(choices(value).label)

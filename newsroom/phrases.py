"""Phrases of the interface, each looked up once: a page says a hundred, and the language is one of the installation.

Modules that write rows of pages take `phrase` for Django's `gettext`, under the same name `_`.
"""

from functools import cache

from django.db.models import TextChoices
from django.utils.translation import gettext


@cache
def phrase(words: str) -> str:
    """Return `words`, which stand in the source in English, as the site says them."""
    return gettext(words)


@cache
def label(choices: type[TextChoices], value: str) -> str:
    """Return what the site calls a `value` of some choices, as a model's `get_FIELD_display` says it."""
    return str(choices(value).label)

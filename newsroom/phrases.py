"""Phrases of the interface, each looked up once: a page says a hundred, and the language is one of the installation.

Modules that write rows of pages take `phrase` for Django's `gettext`, under the same name `_`.
"""

from functools import cache

from django.utils.translation import gettext


@cache
def phrase(words: str) -> str:
    """Return `words`, which stand in the source in English, as the site says them."""
    return gettext(words)

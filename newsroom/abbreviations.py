"""The abbreviations that are known: a search asks for the long form too, and the page of an article explains it."""

from newsroom.models import Abbreviation
from newsroom.pagecache import kept


@kept(Abbreviation)
def abbreviations() -> list[tuple[str, str]]:
    """Return each of them with its long form."""
    return list(Abbreviation.objects.values_list("short", "long"))

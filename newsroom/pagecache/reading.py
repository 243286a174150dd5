"""What a page has asked for while it was made."""

from contextvars import ContextVar

# The tags that empty the page that is being made; None where nobody asks.
_noted: ContextVar[set[str] | None] = ContextVar("pagecache_noted", default=None)


def note(tags: frozenset[str]) -> None:
    """Say that what is being made depends on `tags`."""
    noted = _noted.get()
    if noted is not None:
        noted.update(tags)

"""What a process keeps of its answers, and how it learns that they are no longer true (docs/caching.md)."""

from newsroom.pagecache.keeping import kept, kept_as_read

__all__ = ["kept", "kept_as_read"]

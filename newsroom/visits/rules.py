"""What is asked of keys before they are counted. Whoever counts under a prefix says here what may be counted there."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

REST = "?"  # after a prefix: what is beyond its limit, counted together


@dataclass(frozen=True)
class Rule:
    """For all keys that begin with `prefix`: how many there may be a day, and which of some are known at all.

    What comes with a key that is not known is not counted either.
    """

    prefix: str
    limit: int | None = None
    known: Callable[[Collection[str]], Collection[str]] | None = None


RULES: dict[str, Rule] = {}


def lay_down(prefix: str, **said: object) -> None:
    """Say the rule (see `Rule`) of all keys that begin with `prefix`."""
    RULES[prefix] = Rule(prefix, **said)  # type: ignore[arg-type]

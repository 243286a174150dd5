"""What must happen every day, in one place. Nothing that readers see waits for it."""

import logging
from collections.abc import Callable, Iterator

from articles.commenting.forgetting import forget_senders

_logger = logging.getLogger(__name__)

# Each may be done any number of times a day, and makes up for days that were missed. It says what it did.
CHORES: tuple[Callable[[], str], ...] = (forget_senders,)


def keep_house() -> Iterator[tuple[str, str | None]]:
    """Do all chores, whichever of them fails. Yield the name of each, and what it said; None where it failed."""
    for chore in CHORES:
        try:
            said: str | None = chore()
        except Exception:
            _logger.exception("The chore %s has failed", chore.__name__)
            said = None
        yield chore.__name__, said

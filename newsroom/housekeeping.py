"""What must happen every day, in one place. Nothing that readers see waits for it."""

import logging
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from articles.commenting.forgetting import forget_senders
from articles.models import RawReport
from articles.moderating.digest import send_digest
from committees.models import Statistic
from newsroom.forgotten import forget_requests
from newsroom.pagecache.models import Change
from newsroom.signin import forget_attempts
from newsroom.visits.writing import Ledger

_logger = logging.getLogger(__name__)


def tell_moderators() -> str:
    return _("Mails to moderators: %(count)d.") % {"count": send_digest()}


def forget_visitors() -> str:
    return _("Visitors of days that are over, forgotten: %(count)d.") % {"count": Ledger().tidy()}


def forget_sign_ins() -> str:
    return _("Failed sign-ins and requests for passwords, forgotten: %(count)d.") % {
        "count": forget_attempts() + forget_requests()
    }


def forget_raw_reports() -> str:
    return _("Reports handed in a month ago, forgotten: %(count)d.") % {"count": RawReport.objects.of_old().forget()}


def forget_changes() -> str:
    return _("Changes that every process has seen, forgotten: %(count)d.") % {
        "count": Change.objects.of_old().delete()[0]
    }


def fill_years() -> str:
    """While machines are upgraded one by one, an old program saves figures beside a new one."""
    return _("Figures without the year of their days, completed: %(count)d.") % {
        "count": Statistic.objects.fill_years()
    }


# Each may be done any number of times a day, and makes up for days that were missed. It says what it did.
CHORES: tuple[Callable[[], str], ...] = (
    forget_senders,
    forget_visitors,
    forget_sign_ins,
    forget_raw_reports,
    forget_changes,
    fill_years,
    tell_moderators,
)


def keep_house() -> Iterator[tuple[str, str | None]]:
    """Do all chores, whichever of them fails. Yield the name of each, and what it said; None where it failed."""
    for chore in CHORES:
        try:
            said: str | None = chore()
        except Exception:
            _logger.exception("The chore %s has failed", chore.__name__)
            said = None
        yield chore.__name__, said

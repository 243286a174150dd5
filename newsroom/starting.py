"""What a newsroom does not start with: settings and accounts that are for work on it, or for show.

In earnest is whatever is neither DEBUG (work on this machine) nor DEMO (`make demo`).
"""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

# The mark of an account whose password has been printed. No mail can ever reach this domain (RFC 2606).
DEMO_DOMAIN = "demo.invalid"
_OF_THIS_MACHINE = {"127.0.0.1", "localhost", "[::1]"}


def refuse_settings(*, debug: bool, demo: bool, https: bool, secret_key: str, hosts: Sequence[str]) -> None:
    """Raise `ImproperlyConfigured`, with a sentence that says what to change, for settings that lie open.

    What makes a key long enough is Django's own measure (security.W009), which otherwise only warns.
    """
    if debug and (https or not _OF_THIS_MACHINE.issuperset(hosts)):
        raise ImproperlyConfigured(
            "DEBUG shows the inside of the newsroom to whoever causes an error, so it is for names of this machine "
            "alone. Set DEBUG=off; or, to work on the newsroom, HTTPS=off and leave ALLOWED_HOSTS away."
        )
    if not debug and (len(secret_key) < 50 or len(set(secret_key)) < 5 or secret_key.startswith("django-insecure-")):
        raise ImproperlyConfigured(
            "SECRET_KEY is missing, or short enough to be guessed: whoever has it signs in as anybody. Make one with "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))' and keep it in .env."
        )
    if not debug and not demo and "*" in hosts:
        raise ImproperlyConfigured(
            'ALLOWED_HOSTS is "*": whoever asks under a name of his own would have it written into links and mails. '
            "List the names under which the site is reached."
        )


def demo_accounts(alias: str = "default") -> list[str]:
    """Return the names of the accounts for show with which somebody can still sign in."""
    users = apps.get_model("newsroom", "User")._default_manager.using(alias)
    shown = users.filter(email__iendswith=f"@{DEMO_DOMAIN}", is_active=True).order_by("username")
    return [user.get_username() for user in shown if user.has_usable_password()]


def is_in_earnest() -> bool:
    return not (settings.DEBUG or settings.DEMO)


def sentence_about(accounts: Iterable[str]) -> str:
    return (
        f"Accounts made for show can still sign in: {', '.join(accounts)}. "
        "Close them with `python manage.py close_demo_accounts`; a demo is started with DEMO=on."
    )


def refuse_demo_accounts() -> None:
    """Raise `ImproperlyConfigured` where a newsroom in earnest has accounts for show.

    A database that does not answer now is no reason to stay away: what can be shown without it is.
    """
    if not is_in_earnest():
        return
    try:
        accounts = demo_accounts()
    except DatabaseError:
        return
    finally:
        if not connection.in_atomic_block:  # which is a test's
            connection.close()  # whoever answers requests opens one of his own
    if accounts:
        raise ImproperlyConfigured(sentence_about(accounts))

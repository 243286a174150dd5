"""How people sign in: from where, how often they may err, and what they are told then.

`django-axes` counts the failures; the settings that begin with AXES point here.
"""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What one account may err at one address (AXES_FAILURE_LIMIT), it may err this many times over at all addresses
# together, and an address over all accounts: an office behind one address is not shut out by two who forgot, nor an
# account by one stranger, and yet nobody tries one password on everybody or one account from everywhere.
_LENIENCE = 10


def client_address(request: HttpRequest) -> str | None:
    """Return the address a request comes from, or None where the server knows none.

    Of X-Forwarded-For only what our own proxies wrote is believed (TRUSTED_PROXIES, counted from the right).
    An IPv6 address is given as its network of 64 bits: that much belongs to one customer.
    """
    candidates = [request.META.get("REMOTE_ADDR", "")]
    if settings.TRUSTED_PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) >= settings.TRUSTED_PROXIES:
            candidates.insert(0, forwarded[-settings.TRUSTED_PROXIES].strip())
    for candidate in candidates:
        try:
            address = ip_address(candidate)
        except ValueError:
            continue
        if isinstance(address, IPv6Address):
            if address.ipv4_mapped:
                return str(address.ipv4_mapped)
            return str(ip_network((int(address), 64), strict=False).network_address)
        return str(address)
    return None


def client_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Return under which name somebody tries to sign in, as much of it as is kept: no account has a longer one."""
    typed = (credentials or request.POST).get("username")
    return str(typed)[:150] if typed is not None else None


class Attempts(AxesDatabaseHandler):
    """Failed sign-ins in the database, counted for an account at an address, an address, and an account.

    In this order they stand in AXES_LOCKOUT_PARAMETERS; the last two count with lenience.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        return max(failures for failures, _attempts in self._weighed(request, credentials))

    def locked_until(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> datetime:
        """Return the moment from which a locked-out person may try again."""
        last = [
            attempts.aggregate(last=Max("attempt_time"))["last"]
            for failures, attempts in self._weighed(request, credentials)
            if failures >= settings.AXES_FAILURE_LIMIT
        ]
        return max(last, default=timezone.now()) + settings.AXES_COOLOFF_TIME

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        # Whoever has one good account must not wipe out what was tried with others from the same address.
        at_this_address = self.filter_user_attempts(request, credentials)[0]
        return at_this_address.delete()[0]

    def _weighed(
        self, request: HttpRequest, credentials: dict[str, Any] | None
    ) -> list[tuple[int, QuerySet[AccessAttempt]]]:
        here, of_address, of_account = self.get_user_attempts(request, credentials)
        return [
            (failures(here), here),
            (failures(of_address) // _LENIENCE, of_address),
            (failures(of_account) // _LENIENCE, of_account),
        ]


def failures(attempts: QuerySet[AccessAttempt]) -> int:
    """Return how often `attempts` have failed together."""
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def counting(attempts: QuerySet[AccessAttempt]) -> QuerySet[AccessAttempt]:
    """Return those of `attempts` that still count, each with what it adds up to: `here`, `at_address`, `of_account`."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME).order_by()

    def total(*same: str) -> Subquery:
        alike = recent.filter(**{name: OuterRef(name) for name in same}).values(*same)
        return Subquery(alike.annotate(total=Sum("failures_since_start")).values("total"))

    return attempts.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME).annotate(
        here=total("username", "ip_address"), at_address=total("ip_address"), of_account=total("username")
    )


def forget_attempts() -> int:
    """Delete the failed attempts that count no more, and return how many they were. A next failure does it too."""
    return AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()[0]


def is_locked(attempt: Any) -> bool:
    """Whether who made `attempt`, as `counting` returns it, has to wait."""
    weights = (attempt.here, (attempt.at_address or 0) // _LENIENCE, (attempt.of_account or 0) // _LENIENCE)
    return max(weight or 0 for weight in weights) >= settings.AXES_FAILURE_LIMIT


def refuse(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Answer a person who failed too often (429): when to try again, and whom to ask."""
    attempts = AxesProxyHandler.get_implementation()
    assert isinstance(attempts, Attempts)
    until = attempts.locked_until(request, credentials)
    seconds = max(1, ceil((until - timezone.now()).total_seconds()))
    context = {**admin.site.each_context(request), "title": _("Signing in is paused"), "until": until}
    context["minutes"] = ceil(seconds / 60)
    answer = render(request, "registration/locked.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer

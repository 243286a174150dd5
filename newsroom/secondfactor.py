"""The second factor: a code from a person's own device, asked for after the password.

Whoever has set one up, or whose role asks for it, is nobody to the site until both steps are done: `both_steps` sees
to it in one place, so that no view has to think of it. The pages are in `newsroom/secondfactor_pages.py`.
"""

import secrets
import time
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import quote, urlencode

from asgiref.sync import sync_to_async
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import BACKEND_SESSION_KEY, login
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.compiled import compiled
from newsroom.models import SecondFactorRule, SiteIdentity, User

# In the session: which device has proven its person; who has given a password and has yet to do so; a key on offer.
_PROVEN, _WAITING, _OFFERED = "second_factor", "second_factor_waits", "second_factor_key"
# How many seconds there are between the password and the code: enough to fetch a telephone and set it up.
_PATIENCE = 15 * 60
# After so many failures in a row the pauses of a device grow no more: 512 seconds. django-otp would double them for
# ever, and whoever knows a password could shut its owner out for days.
_LONGEST_PAUSE = 10

RECOVERY_CODES = 10
# No vowel, no d and no w, of which a Vietnamese keyboard makes other letters; nothing that looks like another.
_ALPHABET = "bcfghkmnpqrtvxz2346789"

# --- Who has to do what ------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How an account stands: the id of its device, or None, and whether one of its groups asks for one."""

    device: int | None
    is_required: bool

    @property
    def asks_more_than_a_password(self) -> bool:
        return self.device is not None or self.is_required


def standing(account: User) -> Standing:
    [found] = _standings(account.pk) or [(None, False)]
    return Standing(*found)


@compiled
def _standings(account: int) -> QuerySet[User, tuple[int | None, bool]]:
    """Each request of the desk asks it."""
    device = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True).order_by("pk").values("pk")[:1]
    rule = SecondFactorRule.objects.filter(group__user=OuterRef("pk"))
    return User.objects.filter(pk=account).values_list(Subquery(device), Exists(rule))


def both_steps(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `request.user` is nobody unless this session has done all that its account asks for.

    A session that began before the device was set up, before a role asked for one, or with a device that has been
    taken off since, is such a session too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        account: Any = request.user

        def whole() -> Any:
            return account if not account.is_authenticated or _is_whole(request, account) else AnonymousUser()

        request.user = SimpleLazyObject(whole)  # type: ignore[assignment]
        request.auser = lambda: sync_to_async(whole)()  # type: ignore[method-assign]
        return get_response(request)

    return middleware


def _is_whole(request: HttpRequest, account: User) -> bool:
    stands = standing(account)
    if stands.device is None and stands.is_required:
        return False
    return request.session.get(_PROVEN) == stands.device


# --- Between the two steps ---------------------------------------------------------------------


def begin(request: HttpRequest, account: User, then: str) -> None:
    """Note that `account` has given the password, and goes on to `then` (a path) once the second step is done.

    The session is a new one under a new key, and nobody is signed in to it.
    """
    backend = getattr(account, "backend", None) or request.session.get(BACKEND_SESSION_KEY)
    request.session.flush()
    request.session[_WAITING] = {
        "account": account.pk,
        "password": account.get_session_auth_hash(),
        "backend": backend,
        "since": time.time(),
        "then": then,
    }
    rotate_token(request)


def half_signed_in(request: HttpRequest) -> User | None:
    """Return who has given the password in this session a short while ago, and not more."""
    waiting = request.session.get(_WAITING)
    if waiting is None or time.time() - waiting["since"] > _PATIENCE:
        return None
    account = User.objects.filter(pk=waiting["account"], is_active=True).first()
    # As Django ends sessions: a new password ends this one.
    if account is None or not constant_time_compare(account.get_session_auth_hash(), waiting["password"]):
        return None
    return account


def finish(request: HttpRequest, account: User) -> str:
    """Sign `account` in, whose code was right: under a new session key. Return where the person wanted to go."""
    waiting = request.session.pop(_WAITING)
    request.session.pop(_OFFERED, None)
    login(request, account, backend=waiting["backend"])
    request.session[_PROVEN] = standing(account).device
    return waiting["then"]


# --- Codes -------------------------------------------------------------------------------------


def check_code(request: HttpRequest, account: User, typed: str) -> bool:
    """Use up the code that `account` typed. Return whether it was a recovery code.

    Raises ValidationError with a sentence for the person. What fails is counted twice: by the device, which asks for
    ever longer pauses, and with the failed passwords of the account and the address, which end in `signin.refuse`.
    """
    credentials = {"username": account.get_username()}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out, request.axes_credentials = True, credentials  # type: ignore[attr-defined]
        raise ValidationError(_("Too many failed attempts."))
    code = "".join(character for character in typed.lower() if character.isalnum())
    is_recovery = len(code) > 8 or not (code.isascii() and code.isdecimal())
    token = _kept(code) if is_recovery else code if len(code) == 6 else ""
    devices = StaticDevice.objects if is_recovery else TOTPDevice.objects
    with transaction.atomic():
        # Locked, so that of two who send the same code at the same time one is late.
        device: Any = devices.select_for_update().filter(user=account, confirmed=True).order_by("pk").first()
        is_allowed, why = device.verify_is_allowed() if device else (True, {})
        if device:
            device.throttling_failure_count = min(device.throttling_failure_count, _LONGEST_PAUSE - 1)
        is_right = bool(device and is_allowed and device.verify_token(token))
        if is_right and is_recovery:
            _forgive(account)
    if not is_allowed:
        seconds = max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))
        raise ValidationError(_said_of_a_pause(seconds))
    if not is_right:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        raise ValidationError(
            _("This recovery code is not right, or has been used.")
            if is_recovery
            else _("This code is not right, or has been used. Wait for the next one and type that.")
        )
    return is_recovery


def _said_of_a_pause(seconds: int) -> str:
    if seconds < 100:
        return ngettext(
            "Too many wrong codes. Wait %(seconds)d second, then type the code that is shown by then.",
            "Too many wrong codes. Wait %(seconds)d seconds, then type the code that is shown by then.",
            seconds,
        ) % {"seconds": seconds}
    minutes = ceil(seconds / 60)
    return ngettext(
        "Too many wrong codes. Wait %(minutes)d minute, or use a recovery code. An administrator can lift the pause.",
        "Too many wrong codes. Wait %(minutes)d minutes, or use a recovery code. An administrator can lift the pause.",
        minutes,
    ) % {"minutes": minutes}


def _forgive(*accounts: User) -> None:
    """End the pauses of the devices of `accounts`."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user__in=accounts).update(throttling_failure_timestamp=None, throttling_failure_count=0)


def lift_pauses(usernames: set[str]) -> None:
    """Let these accounts try a code again at once: somebody who may has lifted what failed with them."""
    _forgive(*User.objects.filter(username__in=usernames))


def new_recovery_codes(account: User) -> list[str]:
    """Give `account` ten recovery codes in place of those it had, and return them: nobody can read them again."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(12)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=account).delete()
        device = StaticDevice.objects.create(user=account, name="recovery", confirmed=True)
        StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(code)) for code in codes)
    return ["-".join((code[:4], code[4:8], code[8:])) for code in codes]


def recovery_codes_left(account: User) -> int:
    return StaticToken.objects.filter(device__user=account).count()


def _kept(code: str) -> str:
    """Return what is stored of a recovery code: a keyed hash, as much of it as the column holds (96 bits).

    django-otp would store the code itself, and whoever reads a backup could sign in with it. The key is SECRET_KEY, so
    a new one makes the recovery codes void, and not the devices.
    """
    digest = salted_hmac("newsroom.secondfactor", code, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:12]).decode()


# --- Devices -----------------------------------------------------------------------------------


def offer_key(request: HttpRequest, *, again: bool = False) -> str:
    """Return the key (hex) that this session offers for a new device: a fresh one, unless the last is shown again."""
    if not again or _OFFERED not in request.session:
        request.session[_OFFERED] = secrets.token_hex(20)
    return request.session[_OFFERED]


def written_key(key: str) -> str:
    """Return `key` as people type it into their device."""
    return b32encode(bytes.fromhex(key)).decode()


def key_address(key: str, account: User) -> str:
    """Return the address that tells a device all about `key`; a QR code carries it."""
    issuer = (SiteIdentity.current().name or _("Newsroom")).replace(":", " ")
    about = urlencode({"secret": written_key(key), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(account.get_username())}?{about}"


def set_up(request: HttpRequest, account: User, code: str) -> bool:
    """Give `account` the device that shows `code` for the key on offer. Return whether it did; the code is used up."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=account.pk)
        if standing(account).device is not None:
            return False
        device = TOTPDevice.objects.create(user=account, name="totp", key=offer_key(request, again=True))
        if not device.verify_token("".join(code.split())):
            device.delete()
            return False
    return True


def prove(request: HttpRequest, account: User) -> None:
    """Let this session of `account` go on after the device has come or gone; all other sessions of it end."""
    request.session.pop(_OFFERED, None)
    request.session[_PROVEN] = standing(account).device
    request.session.cycle_key()


def take_off(account: User) -> bool:
    """Take device and recovery codes off `account`, and end its sessions. Return whether there were any."""
    with transaction.atomic():
        had = [model.objects.filter(user=account).delete()[0] for model in (TOTPDevice, StaticDevice)]
    return any(had)

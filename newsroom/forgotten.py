"""A forgotten password: a link by mail, where the site sends any, to nobody too often.

Neither the answer nor the time it takes tells whether there is an account: the mail is looked up, written and sent
after the answer has gone.
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Any
from unicodedata import normalize

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from newsroom.afterwards import afterwards
from newsroom.models import PasswordRequest, SiteIdentity
from newsroom.secondfactor import standing
from newsroom.signin import client_address

# How often within the hour one may ask for mails to one e-mail address, and how often from one place for mails to any.
_WINDOW = timedelta(hours=1)
_FOR_ONE_ADDRESS, _FROM_ONE_PLACE = 3, 30


def note_request(email: str, place: str | None) -> datetime | None:
    """Note that a mail to `email` is asked for from `place` (an IP address). Return None, or when it may be again.

    What is typed is counted, whether an account has it or not. Trying again while refused does not prolong it.
    """
    forget_requests()
    now = timezone.now()
    key = salted_hmac(__name__, normalize("NFKC", email).casefold(), algorithm="sha256").hexdigest()
    # Noted before it is counted, so that of many who ask at the same moment none is overlooked.
    this = PasswordRequest.objects.create(email_key=key, place=place, asked_at=now)
    until = []
    for alike, limit in (({"email_key": key}, _FOR_ONE_ADDRESS), ({"place": place}, _FROM_ONE_PLACE)):
        before = PasswordRequest.objects.filter(**alike).exclude(pk=this.pk).order_by("-asked_at")[:limit]
        times = list(before.values_list("asked_at", flat=True))
        if len(times) == limit:
            until.append(times[-1] + _WINDOW)
    if not until:
        return None
    this.delete()
    return max(until)


def forget_requests() -> int:
    """Delete the requests that count no more, and return how many they were."""
    return PasswordRequest.objects.filter(asked_at__lte=timezone.now() - _WINDOW).delete()[0]


class AskForPassword(PasswordResetView):
    """Sends whoever has an account under an address a link, and tells everybody the same."""

    email_template_name = "registration/password_reset_email.txt"
    subject_template_name = "registration/password_reset_subject.txt"
    title = _("A new password")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SENDS_MAIL:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sends_mail=settings.SENDS_MAIL, **kwargs)

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        until = note_request(form.cleaned_data["email"], client_address(self.request))
        if until is not None:
            return _refuse(self.request, until)
        options: dict[str, Any] = {
            "domain_override": self.request.get_host(),
            "use_https": self.request.is_secure(),
            "email_template_name": self.email_template_name,
            "subject_template_name": self.subject_template_name,
            "extra_email_context": {
                "name": SiteIdentity.current().name,
                "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
            },
        }
        afterwards(lambda: form.save(**options))
        return HttpResponseRedirect(self.get_success_url())


def _refuse(request: HttpRequest, until: datetime) -> HttpResponse:
    seconds = max(1, ceil((until - timezone.now()).total_seconds()))
    context = {"title": _("A new password"), "until": until, "minutes": ceil(seconds / 60)}
    page = "registration/asked_too_often.html"
    answer = render(request, page, {**admin.site.each_context(request), **context}, status=429)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer


class ChoosePassword(PasswordResetConfirmView):
    """Takes the new password of whoever followed the link. It signs nobody in, and leaves the second factor alone.

    What failed with the old password is forgotten, but not where codes are asked for: whoever reads somebody's mail
    would get more guesses at the code with each link.
    """

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        if standing(form.user).device is None:
            AccessAttempt.objects.filter(username=form.user.get_username()).delete()
        return super().form_valid(form)

"""The pages of the second factor: asking for a code, setting a device up, taking it off."""

from typing import Any

import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from newsroom import secondfactor
from newsroom.models import User

# --- The forms ---------------------------------------------------------------------------------


class _AccountForm(forms.Form):
    """A form of one account. It takes the request, because what fails is counted by account and address."""

    def __init__(self, request: HttpRequest, account: User) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.request, self.account = request, account


class CodeForm(_AccountForm):
    """Takes a code of the device, or a recovery code: `used_recovery_code` tells which it was."""

    used_recovery_code = False
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        self.used_recovery_code = secondfactor.check_code(self.request, self.account, code)
        return code


class PasswordForm(_AccountForm):
    """Asks for the password again: a desk that somebody left open must not lend itself to this."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if authenticate(self.request, username=self.account.get_username(), password=password) is None:
            raise ValidationError(_("The password is not right. Please type it again."))
        return password


class OffForm(CodeForm, PasswordForm):
    """Asks for both, the password first: with a wrong one the code is not used up."""

    field_order = ["password", "code"]

    def __init__(self, request: HttpRequest, account: User) -> None:
        super().__init__(request, account)
        self.fields["code"].widget.attrs.pop("autofocus")

    def clean_code(self) -> str:
        return super().clean_code() if "password" in self.cleaned_data else self.cleaned_data["code"]


class SetUpForm(PasswordForm):
    """Takes the first code that a new device shows, and the password, unless it has just been given."""

    field_order = ["password", "code"]
    code = forms.CharField(
        label=_("The code that the app shows"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, request: HttpRequest, account: User, *, has_given_password: bool) -> None:
        super().__init__(request, account)
        if has_given_password:
            del self.fields["password"]

    def clean(self) -> None:
        super().clean()
        if not self.errors and not secondfactor.set_up(self.request, self.account, self.cleaned_data["code"]):
            self.add_error("code", _("This is not the code for the key above. Scan it anew and type what is shown."))


# --- Signing in --------------------------------------------------------------------------------


class SignIn(LoginView):
    """The first step. Whoever is asked for more than a password goes on to the second, and is not yet signed in."""

    authentication_form = AdminAuthenticationForm
    template_name = "admin/login.html"
    next_page = "admin:index"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"title": gettext("Log in"), "subtitle": None, "app_path": self.request.get_full_path()}
        return super().get_context_data(username=self.request.user.get_username(), **own, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        account: User = form.get_user()
        stands = secondfactor.standing(account)
        if not stands.asks_more_than_a_password:
            # Whatever this browser was before is over: a session that its account has outgrown, too.
            self.request.session.flush()
            return super().form_valid(form)
        secondfactor.begin(self.request, account, self.get_success_url())
        return redirect("admin:second_factor" if stands.device is None else "admin:second_step")


@never_cache
@sensitive_post_parameters("code")
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever has given the password for a code of the device, or a recovery code."""
    account = secondfactor.half_signed_in(request)
    if account is None:
        return redirect("admin:index")
    if secondfactor.standing(account).device is None:
        return redirect("admin:second_factor")
    form = CodeForm(request, account)
    if form.is_valid():
        then = secondfactor.finish(request, account)
        if form.used_recovery_code:
            _say_how_many_are_left(request, account)
        return HttpResponseRedirect(then)
    return _page(request, "registration/second_step.html", _("The second step"), form=form)


def _say_how_many_are_left(request: HttpRequest, account: User) -> None:
    left = secondfactor.recovery_codes_left(account)
    sentence = ngettext(
        "That recovery code is used up; you have %(left)d left. If the device is lost, take it off and set up another.",
        "That recovery code is used up; you have %(left)d left. If the device is lost, take it off and set up another.",
        left,
    )
    messages.warning(request, sentence % {"left": left})


# --- One's own device --------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters("password", "code")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show how one's second factor stands, or set one up: for who is signed in, or who has to do so first."""
    half = secondfactor.half_signed_in(request)
    account = _signed_in(request) or half
    if account is None:
        return redirect_to_login(request.get_full_path(), "admin:login")
    stands = secondfactor.standing(account)
    if stands.device is not None:
        return redirect("admin:second_step") if account is half else _status(request, account, stands)
    if account is half and not stands.is_required:
        return redirect("admin:login")  # it was required, or was there, when this began
    return _set_up(request, account, stands, is_half=account is half)


def _status(request: HttpRequest, account: User, stands: secondfactor.Standing) -> HttpResponse:
    left = secondfactor.recovery_codes_left(account)
    return _page(request, "registration/second_factor.html", _TITLE, left=left, is_required=stands.is_required)


def _set_up(request: HttpRequest, account: User, stands: secondfactor.Standing, *, is_half: bool) -> HttpResponse:
    form = SetUpForm(request, account, has_given_password=is_half)
    if form.is_valid():
        if is_half:
            then = secondfactor.finish(request, account)
        else:
            secondfactor.prove(request, account)
            then = reverse("admin:second_factor")
        return _show_codes(request, account, then)
    key = secondfactor.offer_key(request, again=form.is_bound)
    written = secondfactor.written_key(key)
    return _page(
        request,
        "registration/second_factor_set_up.html",
        _TITLE,
        form=form,
        is_required=stands.is_required,
        username=account.get_username(),
        key_in_fours=[written[at : at + 4] for at in range(0, len(written), 4)],
        # A drawing of squares that segno makes from our own address: nothing of it is anybody's text.
        drawing=mark_safe(
            segno.make(secondfactor.key_address(key, account), error="m").svg_inline(light="#fff", omitsize=True)
        ),
    )


@never_cache
@sensitive_post_parameters("password")
def second_factor_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, which are shown once; those before no longer work."""
    account = _signed_in(request)
    if account is None:
        return redirect_to_login(request.get_full_path(), "admin:login")
    if secondfactor.standing(account).device is None:
        return redirect("admin:second_factor")
    form = PasswordForm(request, account)
    if form.is_valid():
        return _show_codes(request, account, reverse("admin:second_factor"))
    return _page(request, "registration/second_factor_codes.html", _("New recovery codes"), form=form)


@never_cache
@sensitive_post_parameters("password", "code")
def second_factor_off(request: HttpRequest) -> HttpResponse:
    """Take one's own device off. Whose role asks for one is led to set up another at once."""
    account = _signed_in(request)
    if account is None:
        return redirect_to_login(request.get_full_path(), "admin:login")
    stands = secondfactor.standing(account)
    if stands.device is None:
        return redirect("admin:second_factor")
    form = OffForm(request, account)
    if form.is_valid():
        secondfactor.take_off(account)
        if stands.is_required:
            secondfactor.begin(request, account, reverse("admin:index"))
        else:
            secondfactor.prove(request, account)
            messages.success(request, gettext("Two-step sign-in is off: the password is enough."))
        return redirect("admin:second_factor")
    return _page(
        request,
        "registration/second_factor_off.html",
        _("Take the device off") if stands.is_required else _("Switch two-step sign-in off"),
        form=form,
        is_required=stands.is_required,
    )


# --- What they have in common ------------------------------------------------------------------

_TITLE = _("Two-step sign-in")


def _signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) and admin.site.has_permission(request) else None


def _show_codes(request: HttpRequest, account: User, then: str) -> HttpResponse:
    # Answered straight away, as nothing keeps them for another page; never_cache says no-store.
    codes = secondfactor.new_recovery_codes(account)
    return _page(request, "registration/recovery_codes.html", _("Your recovery codes"), codes=codes, then=then)


def _page(request: HttpRequest, template: str, title: Any, **context: Any) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), "title": title, **context})

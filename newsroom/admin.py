"""The desk of the site itself: its accounts, who it is, and its menu."""

from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static import admin as _desk_of_codes  # noqa: F401
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp import admin as _desk_of_keys  # noqa: F401
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom import secondfactor
from newsroom.desk import FORM_FIELDS, DeskAdmin, Fieldsets
from newsroom.editor import EditorWidget
from newsroom.models import Abbreviation, MenuItem, Page, SecondFactorRule, SiteIdentity, User
from newsroom.richtext import RichTextField
from newsroom.signin import counting, is_locked

# The desks that django-otp brings show keys and codes. Their modules have run by now, so nothing brings them back.
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.unregister(Group)  # ours is below


class _GrantsWhatTheDeskOffers:
    """Leaves out of the choice of permissions those over devices: there is nothing at the desk that they open."""

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
        if db_field.name in {"permissions", "user_permissions"}:
            field.queryset = field.queryset.exclude(content_type__app_label__startswith="otp_")
        return field


class GroupForm(forms.ModelForm):
    """A group, and whether its people sign in in two steps."""

    asks_second_factor = forms.BooleanField(
        label=_("Two-step sign-in is required"),
        required=False,
        help_text=_(
            "The people of this group then sign in with a code from their telephone as well. Whoever has not set that "
            "up has to sign in again and do so before anything else."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = self.instance.pk is not None and SecondFactorRule.objects.filter(group=self.instance).exists()
        self.fields["asks_second_factor"].initial = asks


@admin.register(Group)
class RoleAdmin(_GrantsWhatTheDeskOffers, GroupAdmin):
    """Groups: what their people may do, and how they sign in."""

    form = GroupForm
    fields = ["name", "asks_second_factor", "permissions"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.cleaned_data["asks_second_factor"]:
            SecondFactorRule.objects.get_or_create(group=form.instance)
        else:
            SecondFactorRule.objects.filter(group=form.instance).delete()


@admin.register(User)
class AccountAdmin(_GrantsWhatTheDeskOffers, DeskAdmin, UserAdmin):
    """Accounts. Only a superuser makes or touches a superuser, or grants a right past the groups."""

    list_display = ["username", "full_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    ordering = ["username"]
    search_fields = ["search_key__contains"]
    filter_horizontal = ["groups", "user_permissions"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("The person"), {"fields": [("last_name", "first_name"), "email"]}),
        (_("What the account may do"), {"fields": [("is_active", "is_staff"), "groups"]}),
        (_("Signing in"), {"fields": ["second_factor"]}),
        (_("Seen"), {"fields": [("last_login", "date_joined")]}),
    ]
    past_the_groups: Any = (
        _("Past the groups"),
        {"classes": ["collapse"], "fields": ["is_superuser", "user_permissions"]},
    )
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", ("last_name", "first_name"), "usable_password", "password1", "password2"],
            },
        ),
    ]
    readonly_fields = ["last_login", "date_joined", "second_factor"]

    @admin.display(description=_("name"))
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("two-step sign-in"))
    def second_factor(self, user: User) -> str | SafeString:
        """Whether there is a device, and since when; the way to take it off. Never what is on it."""
        device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
        if device is None:
            is_required = secondfactor.standing(user).is_required
            return gettext("Not set up; asked for at the next sign-in.") if is_required else gettext("Not set up.")
        return format_html(
            '{} <a href="{}">{}</a>',
            gettext("Set up on %(date)s.")
            % {"date": date_format(timezone.localtime(device.created_at), "SHORT_DATETIME_FORMAT")},
            reverse("admin:newsroom_user_takeoff", args=[user.pk]),
            gettext("Take the device off…"),
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.takeoff_view)
        return [path("<path:object_id>/takeoff/", view, name="newsroom_user_takeoff"), *super().get_urls()]

    def takeoff_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a lost device off an account, which is logged. Nobody does so to oneself: that asks for a code."""
        account = self.get_object(request, object_id)
        if account is None:
            raise Http404
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        if account == request.user:
            return redirect("admin:second_factor")
        if request.method == "POST":
            if secondfactor.take_off(account):
                self.log_change(request, account, gettext("Took the second factor off."))
            sentence = gettext("%(person)s has no second factor any more, and has been signed out everywhere.")
            messages.success(request, sentence % {"person": account})
            return redirect("admin:newsroom_user_change", account.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Take the device off"),
            "subtitle": str(account),
            "opts": self.opts,
            "account": account,
            "stands": secondfactor.standing(account),
        }
        return render(request, "admin/newsroom/user/takeoff.html", context)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets: Fieldsets = list(super().get_fieldsets(request, obj))
        if obj is not None and request.user.is_superuser:
            fieldsets.append(self.past_the_groups)
        return fieldsets

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request: HttpRequest, account: User | None) -> bool:
        return account is None or not account.is_superuser or request.user.is_superuser


@admin.register(SiteIdentity)
class SiteIdentityAdmin(DeskAdmin):
    """One row: its list leads straight to it, or to the form that makes it."""

    fieldsets = [
        (_("The masthead"), {"fields": ["name", "kind", "motto", "logo"]}),
        (_("Who runs it"), {"fields": ["governing_body", "responsible_editor", "address", ("email", "phone")]}),
        (_("Licence and reuse"), {"fields": [("licence_number", "licensed_on"), "reuse_line"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not SiteIdentity.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: SiteIdentity | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if self.has_view_permission(request) and SiteIdentity.objects.exists():
            return HttpResponseRedirect(reverse("admin:newsroom_siteidentity_change", args=[1]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:newsroom_siteidentity_add"))
        return super().changelist_view(request, extra_context)


@admin.register(MenuItem)
class MenuItemAdmin(DeskAdmin):
    list_display = ["label", "place", "address", "position"]
    list_editable = ["position"]
    list_filter = ["place"]


@admin.register(Page)
class PageAdmin(DeskAdmin):
    """The site's own pages. Readers see them as soon as they are saved."""

    formfield_overrides = {**FORM_FIELDS, RichTextField: {"widget": EditorWidget}}
    list_display = ["title", "slug", "position", "updated_at"]
    list_editable = ["position"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "body", "has_identity", "position"]


@admin.register(AccessAttempt)
class FailedSignInAdmin(DeskAdmin):
    """Who failed to sign in lately, and who has to wait. Whoever keeps the accounts may lift it; nothing is edited."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start", "waits_until"]
    list_display_links = None
    ordering = ["-attempt_time", "-pk"]
    search_fields = ["username__icontains", "ip_address"]
    search_help_text = _("An account or an address.")
    actions = ["lift"]
    fields = ["attempt_time", "username", "ip_address", "failures_since_start", "user_agent"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessAttempt]:
        return counting(super().get_queryset(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_lift_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_lift_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("newsroom.change_user")

    @admin.display(description=_("has to wait until"), empty_value="–")
    def waits_until(self, attempt: AccessAttempt) -> datetime | None:
        return attempt.attempt_time + settings.AXES_COOLOFF_TIME if is_locked(attempt) else None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Failed sign-ins"), **(extra_context or {})})

    @admin.action(permissions=["lift"], description=_("Let these people sign in again at once"))
    def lift(self, request: HttpRequest, queryset: QuerySet[AccessAttempt]) -> None:
        """Forget what failed with the accounts, and at the addresses, of `queryset`."""
        chosen = list(queryset)
        self.log_deletions(request, queryset)
        AccessAttempt.objects.filter(
            Q(username__in={attempt.username for attempt in chosen})
            | Q(ip_address__in={attempt.ip_address for attempt in chosen})
        ).delete()
        secondfactor.lift_pauses({attempt.username for attempt in chosen if attempt.username})
        names = ", ".join(sorted({attempt.username for attempt in chosen if attempt.username}))
        self.message_user(
            request, gettext("These accounts can sign in again: %(names)s.") % {"names": names}, messages.SUCCESS
        )


@admin.register(Abbreviation)
class AbbreviationAdmin(DeskAdmin):
    list_display = ["short", "long"]
    search_fields = ["search_key__contains"]

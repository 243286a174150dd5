"""The desk of the site itself: its accounts, who it is, and its menu."""

from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.desk import DeskAdmin, Fieldsets
from newsroom.models import MenuItem, SiteIdentity, User
from newsroom.signin import counting, is_locked


@admin.register(User)
class AccountAdmin(DeskAdmin, UserAdmin):
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
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description=_("name"))
    def full_name(self, user: User) -> str:
        return user.get_full_name()

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
        names = ", ".join(sorted({attempt.username for attempt in chosen if attempt.username}))
        self.message_user(
            request, gettext("These accounts can sign in again: %(names)s.") % {"names": names}, messages.SUCCESS
        )

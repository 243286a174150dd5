"""The desk of the rules for comments."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import CommentSettings
from newsroom.desk import DeskAdmin


@admin.register(CommentSettings)
class CommentSettingsAdmin(DeskAdmin):
    """One row: its list leads straight to it, or to the form that makes it."""

    fieldsets = [
        (_("Open or closed"), {"fields": ["is_open", "closes_after_days", "needs_email"]}),
        (_("Limits"), {"fields": [("shortest", "longest"), "links_allowed", "fewest_seconds"]}),
        (_("From one address"), {"fields": [("most_in_ten_minutes", "most_in_a_day"), "sender_days"]}),
        (_("Pages for readers"), {"fields": [("rules_page", "privacy_page")]}),
        (_("Words"), {"fields": ["banned_words", "suspect_words"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not CommentSettings.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: CommentSettings | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if self.has_view_permission(request) and CommentSettings.objects.exists():
            return HttpResponseRedirect(reverse("admin:articles_commentsettings_change", args=[1]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:articles_commentsettings_add"))
        return super().changelist_view(request, extra_context)

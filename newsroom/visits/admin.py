"""The desk of counters: counts are read, and corrected only by signed rows with a reason."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from newsroom.desk import DeskAdmin, person
from newsroom.visits.models import VisitAdjustment, VisitDay


@admin.register(VisitDay)
class VisitDayAdmin(DeskAdmin):
    list_display = ["on", "key", "count"]
    date_hierarchy = "on"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(VisitAdjustment)
class VisitAdjustmentAdmin(DeskAdmin):
    list_display = ["key", "kind", "on", "amount", "reason", "made_at", "made_by"]
    list_filter = ["kind"]
    list_select_related = ["made_by"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: VisitAdjustment, form: Any, change: bool) -> None:
        obj.made_by = person(request)
        super().save_model(request, obj, form, change)

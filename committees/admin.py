"""The desk of committees: bodies, people, conferences and the facts that reports tell of them."""

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import (
    Attendance,
    Award,
    AwardRecipient,
    Committee,
    CommitteeAlias,
    Conference,
    Document,
    Indicator,
    Person,
    Statistic,
)
from committees.working_out import beside, working_of
from newsroom.desk import (
    FactsFormSet,
    FactsInline,
    HistoryAdmin,
    PartInline,
    PublishableAdmin,
    StandingFilter,
)
from newsroom.publishing import Publishable, State

PERIOD = ("period_label", "period_type"), ("period_starts_on", "period_ends_on"), "period_inferred_from"


# --- Bodies, people, papers --------------------------------------------------------------------


class CommitteeAliasInline(PartInline):
    model = CommitteeAlias


@admin.register(Committee)
class CommitteeAdmin(HistoryAdmin):
    list_display = ["name", "kind", "parent", "province", "active_from", "active_until"]
    list_filter = ["kind", "province"]
    list_select_related = ["parent"]
    search_fields = ["search_key__contains", "aliases__search_key__contains"]
    autocomplete_fields = ["parent", "predecessor"]
    inlines = [CommitteeAliasInline]
    fieldsets = [
        (None, {"fields": ["name", ("abbreviation", "kind"), "parent", "province"]}),
        (_("Its days"), {"fields": [("active_from", "active_until"), "predecessor"]}),
    ]


@admin.register(Person)
class PersonAdmin(HistoryAdmin):
    list_display = ["name", "note", "is_withheld"]
    list_filter = ["is_withheld"]
    search_fields = ["search_key__contains"]


@admin.register(Indicator)
class IndicatorAdmin(HistoryAdmin):
    list_display = ["name", "code", "unit"]
    search_fields = ["search_key__contains"]


@admin.register(Document)
class DocumentAdmin(HistoryAdmin):
    list_display = ["name", "number", "type", "issuer", "issued_on"]
    list_filter = ["type"]
    date_hierarchy = "issued_on"
    search_fields = ["search_key__contains"]
    fieldsets = [(None, {"fields": ["name", ("number", "type"), ("issuer", "issued_on"), "subject", "file"]})]


# --- Figures -----------------------------------------------------------------------------------

# A figure typed or pasted in one breath: "71/75 tập thể (94,67%)". Only the value has to be there ...
_FIGURE = re.compile(
    r"\s*(?P<value>[\d.,]+(?:\s\d+)*)"
    r"(?:\s*/\s*(?P<whole>[\d.,]+(?:\s\d+)*))?"
    r"(?:\s+(?P<unit_printed>[^\W\d][^()/%]*?))?"
    r"(?:\s*\(\s*(?P<percent>[\d.,]+)\s*%\s*\))?\s*"
)
# ... or the percentage alone: "94,67%".
_SHARE = re.compile(r"\s*(?P<value>)(?P<percent>[\d.,]+)\s*%\s*")


class StatisticForm(forms.ModelForm):
    """A figure as it is printed. Its percentage keeps the digits with which it was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "percent" in self.fields:
            self.fields["percent"].places = self.instance.percent_places  # type: ignore[attr-defined]
        if "value" in self.fields:
            self.fields["value"].help_text = _("The whole figure may be typed here at once: 71/75 (94,67%).")
            if self.is_bound:
                self.data = self._spread(self.data)

    def _spread(self, data: Any) -> Any:
        """Return `data` with a figure that was typed at once, in the field of the value, spread over its fields."""
        typed = data.get(self.add_prefix("value")) or ""
        found = _FIGURE.fullmatch(typed) or _SHARE.fullmatch(typed)
        if found is None:
            return data
        parts = {self.add_prefix(name): part for name, part in found.groupdict().items() if part is not None}
        if len(parts) == 1 or any((data.get(key) or "").strip() for key in list(parts)[1:]):
            return data
        data = data.copy()
        for key, part in parts.items():
            data[key] = part
        return data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field = self.fields.get("percent")
        if field is not None and not field.disabled and "percent" not in self.errors:
            digits = re.search(r"[.,](\d+)\s*$", self.data.get(self.add_prefix("percent")) or "")
            self.instance.percent_places = None if cleaned["percent"] is None else len(digits[1]) if digits else 0
        return cleaned


class StatisticInConferenceForm(StatisticForm):
    """A figure inside its conference, about the conference's committee where nothing else is said."""

    conference: Conference

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "committee" in self.fields:
            self.fields["committee"].required = False
            self.fields["committee"].help_text = _("Whom the figure is about. Empty: the committee of the conference.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("committee") is None and self.conference.committee_id:
            cleaned["committee"] = self.conference.committee
        return cleaned


class StatisticFormSet(FactsFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.conference = self.instance


_FIGURE_FIELDS = ("comparator", "value", "whole", "percent", "unit_printed")
_MORE_OF_A_FIGURE: Any = {
    "classes": ["collapse"],
    "fields": [
        ("value_max", "plan_percent", "level"),
        ("part_of", "rating_includes"),
        *PERIOD,
        ("origin", "position"),
        "note",
    ],
}


class StatisticInline(FactsInline):
    model = Statistic
    form = StatisticInConferenceForm
    formset = StatisticFormSet
    fk_name = "conference"
    autocomplete_fields = ["committee", "indicator", "part_of"]
    fieldsets = [
        (None, {"fields": [("label", "indicator"), _FIGURE_FIELDS, ("kind", "committee")]}),
        (_("Range, plan, level, period, note"), _MORE_OF_A_FIGURE),
    ]


@admin.register(Statistic)
class StatisticAdmin(PublishableAdmin, HistoryAdmin):
    form = StatisticForm
    list_display = ["label", "shown_figure", "committee", "conference", "indicator", "kind", "period_label", "standing"]
    list_filter = [StandingFilter, "kind", "level", "period_type", "origin"]
    list_select_related = ["committee", "conference", "indicator"]
    search_fields = [
        "search_key__contains",
        "committee__search_key__contains",
        "conference__search_key__contains",
        "indicator__search_key__contains",
    ]
    autocomplete_fields = ["committee", "conference", "indicator", "part_of"]
    fieldsets = [
        (None, {"fields": ["label", ("indicator", "kind"), _FIGURE_FIELDS, "working", ("committee", "conference")]}),
        (_("Range, plan, level, period, note"), _MORE_OF_A_FIGURE),
    ]
    readonly_fields = ["working"]

    @admin.display(description=_("figure"))
    def shown_figure(self, statistic: Statistic) -> str:
        return statistic.figure

    @admin.display(description=_("How it is computed"))
    def working(self, statistic: Statistic) -> str:
        """What follows from the figure and those beside it, as they are kept: nobody types it."""
        steps = working_of(statistic, beside(statistic, Statistic.objects.all())) if statistic.pk else []
        if not steps:
            return gettext("Nothing: the figure stands as it is printed.")
        return format_html_join(mark_safe("<br>"), "{}", [[step.words] for step in steps])


# --- Awards ------------------------------------------------------------------------------------


class AwardRecipientInline(PartInline):
    model = AwardRecipient
    autocomplete_fields = ["committee", "person"]
    fields = ["name", "committee", "person", "position"]


_GRANT = ("granted_by", "granted_by_committee"), "presented_by"
_MORE_OF_AN_AWARD: Any = {
    "classes": ["collapse"],
    "fields": [
        *_GRANT,
        "level",
        ("decision_number", "decided_on"),
        ("given_at", "part_of"),
        *PERIOD,
        "position",
        "note",
    ],
}


class AwardInline(FactsInline):
    model = Award
    fk_name = "reported_at"
    autocomplete_fields = ["granted_by_committee", "given_at", "part_of"]
    fieldsets = [
        (None, {"fields": [("form", "count", "count_unit", "recipient_kind"), "recipients_described", "achievement"]}),
        (_("Who granted it, decision, period, note"), _MORE_OF_AN_AWARD),
    ]


@admin.register(Award)
class AwardAdmin(PublishableAdmin, HistoryAdmin):
    list_display = ["__str__", "form", "count", "recipient_kind", "granted_by", "reported_at", "standing"]
    list_filter = [StandingFilter, "form", "recipient_kind"]
    list_select_related = ["reported_at"]
    search_fields = [
        "search_key__contains",
        "reported_at__search_key__contains",
        "recipients__search_key__contains",
    ]
    autocomplete_fields = ["granted_by_committee", "reported_at", "given_at", "part_of"]
    inlines = [AwardRecipientInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("form", "count", "count_unit", "recipient_kind"),
                    "recipients_described",
                    "achievement",
                    "level",
                ]
            },
        ),
        (_("Who granted it, and where"), {"fields": [*_GRANT, ("reported_at", "given_at")]}),
        (
            _("Decision, period, note"),
            {
                "classes": ["collapse"],
                "fields": [("decision_number", "decided_on"), *PERIOD, ("part_of", "position"), "note"],
            },
        ),
    ]


# --- Conferences -------------------------------------------------------------------------------


class AttendanceInline(PartInline):
    model = Attendance
    autocomplete_fields = ["person", "committee"]
    fields = [
        "person", "role", "committee", "has_chaired", "has_spoken", "has_concluded", "has_presented", "position",
    ]  # fmt: skip


@admin.register(Conference)
class ConferenceAdmin(PublishableAdmin, HistoryAdmin):
    list_display = ["name", "committee", "convened_by", "held_on", "kind", "review", "standing"]
    list_filter = [StandingFilter, "kind", "review", "committee__kind"]
    list_select_related = ["committee"]
    date_hierarchy = "held_on"
    search_fields = ["search_key__contains", "committee__search_key__contains"]
    autocomplete_fields = ["committee"]
    inlines = [StatisticInline, AwardInline, AttendanceInline]
    fieldsets = [
        (None, {"fields": ["name", ("committee", "convened_by"), ("held_on", "session"), ("kind", "review")]}),
        (
            _("Ordinal and term"),
            {"fields": [("ordinal", "term_number", "term_start", "term_end")]},
        ),
        (
            _("Where the year is not printed"),
            {"classes": ["collapse"], "fields": [("held_on_printed", "inferred_from")]},
        ),
        (_("The period it reports on"), {"classes": ["collapse"], "fields": PERIOD}),
    ]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if form.instance.state == State.PUBLISHED and any(isinstance(row, Publishable) for row in formset.new_objects):
            self.message_user(
                request,
                _("The new facts are drafts. Readers see them once an article on it is published or saved."),
                messages.WARNING,
            )

"""How the lists of this app are narrowed. Whatever a list offers to choose from is public."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from committees.models import Award, Committee, Conference, Document, Indicator, Statistic
from newsroom.filtering import CHOICES, ListFilter, OneOf, Year
from newsroom.vietnamese import day, sort_key

ALL = _("All")


def _named_in(model: Any, through: str) -> QuerySet[Committee]:
    """The committees that public rows of `model` name."""
    return Committee.objects.filter(Exists(model.objects.public().filter(**{through: OuterRef("pk")})))


def _reporting(model: Any, through: str) -> QuerySet[Conference]:
    """The public conferences at which public rows of `model` are reported, newest first."""
    reported = model.objects.public().filter(**{through: OuterRef("pk")})
    return Conference.objects.public().filter(Exists(reported)).newest_first()


def _dated_conferences() -> QuerySet[Conference]:
    return Conference.objects.public().filter(sorted_on__gt=date.min)


def _say_conference(conference: Conference) -> str:
    return f"{day(conference.held_on)} – {conference.name}" if conference.held_on else conference.name


def _provinces() -> list[tuple[str, str]]:
    """The provinces that are named, in Vietnamese order."""
    named = Committee.objects.exclude(province="").order_by("province").values_list("province", flat=True).distinct()
    return [(name, name) for name in sorted(named[:CHOICES], key=sort_key)]


class CommitteeFilter(ListFilter):
    cap_tren = OneOf(
        field_name="parent",
        label=_("Under"),
        queryset=lambda request: Committee.objects.filter(Exists(Committee.objects.filter(parent=OuterRef("pk")))),
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", label=_("Kind"), choices=Committee.Kind.choices, empty_label=ALL
    )
    tinh = django_filters.ChoiceFilter(field_name="province", label=_("Province"), choices=_provinces, empty_label=ALL)


class ConferenceFilter(ListFilter):
    to_chuc = OneOf(
        field_name="committee", label=_("Committee"), queryset=lambda request: _named_in(Conference, "committee")
    )
    nam = Year(field_name="sorted_on", queryset=_dated_conferences)
    loai = django_filters.ChoiceFilter(
        field_name="kind", label=_("Kind"), choices=Conference.Kind.choices, empty_label=ALL
    )
    tong_ket = django_filters.ChoiceFilter(
        field_name="review", label=_("Review"), choices=Conference.Review.choices, empty_label=ALL
    )


class AwardFilter(ListFilter):
    hinh_thuc = django_filters.ChoiceFilter(
        field_name="form", label=_("Form"), choices=Award.Form.choices, empty_label=ALL
    )
    doi_tuong = django_filters.ChoiceFilter(
        field_name="recipient_kind", label=_("Recipient"), choices=Award.RecipientKind.choices, empty_label=ALL
    )
    to_chuc = OneOf(
        field_name="reported_at__committee",
        label=_("Committee"),
        queryset=lambda request: _named_in(Award, "reported_at__committee"),
    )
    hoi_nghi = OneOf(
        field_name="reported_at",
        label=_("Conference"),
        queryset=lambda request: _reporting(Award, "reported_at"),
        say=_say_conference,
    )
    nam = Year(field_name="reported_at__sorted_on", queryset=_dated_conferences, first="sorted_on", last="sorted_on")


class PeriodYear(Year):
    """A year that the period of a figure touches: 2019 finds “2017–2021” as well."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        return qs.filter(period_starts_on__lte=last, period_ends_on__gte=first)


class StatisticFilter(ListFilter):
    chi_so = OneOf(
        field_name="indicator",
        label=_("Indicator"),
        queryset=lambda request: Indicator.objects.filter(
            Exists(Statistic.objects.public().filter(indicator=OuterRef("pk")))
        ),
    )
    to_chuc = OneOf(
        field_name="committee", label=_("Committee"), queryset=lambda request: _named_in(Statistic, "committee")
    )
    hoi_nghi = OneOf(
        field_name="conference",
        label=_("Conference"),
        queryset=lambda request: _reporting(Statistic, "conference"),
        say=_say_conference,
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", label=_("Kind"), choices=Statistic.Kind.choices, empty_label=ALL
    )
    nam = PeriodYear(
        label=_("Year of the period"),
        queryset=Statistic.objects.public,
        first="period_starts_on",
        last="period_ends_on",
    )
    ky = django_filters.ChoiceFilter(
        field_name="period_type", label=_("Kind of period"), choices=Statistic.Type.choices, empty_label=ALL
    )


class DocumentFilter(ListFilter):
    loai = django_filters.ChoiceFilter(
        field_name="type", label=_("Type"), choices=Document.Type.choices, empty_label=ALL
    )
    nam = Year(field_name="sorted_on", queryset=lambda: Document.objects.filter(sorted_on__gt=date.min))

"""How the lists of this app are narrowed. Whatever a list offers to choose from is public."""

from datetime import date, datetime
from functools import partial
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import Award, Committee, Conference, Document, Indicator, Statistic
from newsroom.fields import YearField
from newsroom.filtering import CHOICES, ListFilter, OneOf, Parted, Year
from newsroom.pagecache import kept_as_read
from newsroom.vietnamese import day, sort_key

ALL = _("All")


_NEWEST: dict[Any, tuple[str, str]] = {Statistic: ("-published_at", "-pk"), Conference: ("-sorted_on", "-pk")}


def _named_in(model: Any, through: str, found: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Return those of `found` that a row of `model`, public at `now`, names by its relation `through`, in their order.

    A subquery of one row, and not EXISTS: PostgreSQL may answer that by reading all of `model` first,
    where a list of choices needs one row for each. The newest, where an index knows it: who has none
    would be looked for through the whole table.
    """
    row = model.objects.public(now).filter(**{through: OuterRef("pk")}).order_by(*_NEWEST.get(model, ()))
    return found.alias(row=Subquery(row.values("pk")[:1])).filter(row__isnull=False)


def _committees(model: Any, through: str, now: datetime) -> QuerySet[Any]:
    return _named_in(model, through, Committee.objects.only("name"), now)


def _conferences(model: Any, through: str, now: datetime) -> QuerySet[Any]:
    named = Conference.objects.public(now).newest_first().only("name", "held_on")
    return _named_in(model, through, named, now)


def _indicators(now: datetime) -> QuerySet[Any]:
    return _named_in(Statistic, "indicator", Indicator.objects.only("name"), now)


def _dated_conferences() -> QuerySet[Conference]:
    return Conference.objects.public().filter(sorted_on__gt=date.min)


def _say_conference(conference: Conference) -> str:
    return f"{day(conference.held_on)} – {conference.name}" if conference.held_on else conference.name


@kept_as_read
def _provinces() -> list[tuple[str, str]]:
    """The provinces that are named, in Vietnamese order."""
    named = Committee.objects.exclude(province="").order_by("province").values_list("province", flat=True).distinct()
    return [(name, name) for name in sorted(named[:CHOICES], key=sort_key)]


@kept_as_read
def _issuers() -> list[tuple[str, str]]:
    """Who issued the documents, as printed, in Vietnamese order."""
    named = Document.objects.exclude(issuer="").order_by("issuer").values_list("issuer", flat=True).distinct()
    return [(name, name) for name in sorted(named[:CHOICES], key=sort_key)]


class CommitteeFilter(ListFilter):
    cap_tren = OneOf(
        field_name="parent",
        label=_("Under"),
        rows=lambda now: Committee.objects.filter(Exists(Committee.objects.filter(parent=OuterRef("pk")))).only("name"),
        is_timed=False,
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", label=_("Kind"), choices=Committee.Kind.choices, empty_label=ALL
    )
    tinh = django_filters.ChoiceFilter(
        field_name="province", label=pgettext_lazy("filter", "Province"), choices=_provinces, empty_label=ALL
    )


class UnknownDay(django_filters.ChoiceFilter):
    """Those whose day is not known, which no year finds."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(sorted_on=date.min) if value else qs


class ConferenceFilter(ListFilter):
    to_chuc = OneOf(field_name="committee", label=_("Committee"), rows=partial(_committees, Conference, "committee"))
    nam = Year(field_name="sorted_on", rows=_dated_conferences)
    ngay = UnknownDay(label=_("Day"), choices=[("chua-ro", _("Not known"))], empty_label=ALL)
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
        field_name="reported_by",
        label=_("Committee"),
        rows=partial(_committees, Award, "reported_by"),
    )
    hoi_nghi = OneOf(
        field_name="reported_at",
        label=_("Conference"),
        rows=partial(_conferences, Award, "reported_at"),
        say=_say_conference,
    )
    nam = Year(
        field_name="reported_year", lookup_expr="exact", rows=_dated_conferences, first="sorted_on", last="sorted_on"
    )


class PeriodYear(Year, Parted):
    """A year that the period of a figure touches: 2019 finds “2017–2021” as well."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Year of the period"),
            rows=Statistic.objects.public,
            first="period_starts_on",
            last="period_ends_on",
        )

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        return qs.filter(period_starts_on__lte=last, period_ends_on__gte=first)

    def parts(self, rows: QuerySet[Any], value: str) -> list[QuerySet[Any]]:
        """Those of that year alone, of which an index knows the newest, and those of several years, which are few."""
        return [rows.filter(period_year=int(value)), self.filter(rows.filter(period_year=YearField.SEVERAL), value)]


class StatisticFilter(ListFilter):
    chi_so = OneOf(field_name="indicator", label=_("Indicator"), rows=_indicators)
    to_chuc = OneOf(field_name="committee", label=_("Committee"), rows=partial(_committees, Statistic, "committee"))
    hoi_nghi = OneOf(
        field_name="conference",
        label=_("Conference"),
        rows=partial(_conferences, Statistic, "conference"),
        say=_say_conference,
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", label=_("Kind"), choices=Statistic.Kind.choices, empty_label=ALL
    )
    nam = PeriodYear()
    ky = django_filters.ChoiceFilter(
        field_name="period_type", label=_("Kind of period"), choices=Statistic.Type.choices, empty_label=ALL
    )


class TargetFilter(ListFilter):
    to_chuc = OneOf(field_name="committee", label=_("Committee"), rows=partial(_committees, Statistic, "committee"))
    chi_so = OneOf(field_name="indicator", label=_("Indicator"), rows=_indicators)
    nam = PeriodYear()


class DocumentFilter(ListFilter):
    loai = django_filters.ChoiceFilter(
        field_name="type", label=_("Type"), choices=Document.Type.choices, empty_label=ALL
    )
    nam = Year(field_name="sorted_on", rows=lambda: Document.objects.filter(sorted_on__gt=date.min))
    co_quan = django_filters.ChoiceFilter(field_name="issuer", label=_("Issuer"), choices=_issuers, empty_label=ALL)

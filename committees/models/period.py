"""The stretch of time a figure, an award or a conference speaks of."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.fields import LineField


class Period(models.Model):
    """A period as printed, and what is known of its days. Each part may be empty."""

    class Type(models.TextChoices):
        YEAR = "year", _("Year")
        HALF = "half", _("Half-year")
        QUARTER = "quarter", _("Quarter")
        MONTHS = "months", _("Months")
        TERM = "term", _("Term of office")
        RANGE = "range", _("Several years")

    period_label = LineField(
        _("period"),
        max_length=120,
        blank=True,
        help_text=_("As printed, such as “Quý I/2022” or “9 tháng đầu năm 2020”."),
    )
    period_type = models.CharField(_("kind of period"), max_length=8, choices=Type, blank=True)
    period_starts_on = models.DateField(_("first day"), null=True, blank=True)
    period_ends_on = models.DateField(_("last day"), null=True, blank=True)
    period_inferred_from = LineField(
        _("period inferred from"),
        max_length=300,
        blank=True,
        help_text=_("Where the sentence itself names no period: the words it was taken from."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(period_starts_on__isnull=True)
                | Q(period_ends_on__isnull=True)
                | Q(period_ends_on__gte=F("period_starts_on")),
                name="%(app_label)s_%(class)s_period_ends_after_it_starts",
                violation_error_message=_("The last day of the period is before its first."),
            ),
            models.CheckConstraint(
                condition=Q(period_type__in=["", "year", "half", "quarter", "months", "term", "range"]),
                name="%(app_label)s_%(class)s_period_type_is_known",
            ),
        ]

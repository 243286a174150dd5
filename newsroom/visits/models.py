"""Counts of opaque keys per day. What a key stands for is the business of whoever counts it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

SITE = "site"  # the key under which visits to the site as a whole are counted


@dataclass(frozen=True)
class Sums:
    """How often something was visited: on this day, in its week (since Monday), and ever."""

    today: int
    week: int
    ever: int


class VisitDayQuerySet(models.QuerySet["VisitDay"]):
    def sums(self, today: date, key: str = SITE) -> Sums:
        """Return how often `key` was counted up to `today`. Two queries, of a week's rows and of `total`."""
        monday = today - timedelta(days=today.weekday())
        week = dict(self.filter(key=key, on__range=(monday, today)).values_list("on", "count"))
        return Sums(week.get(today, 0), sum(week.values()), self.total(key))

    def total(self, key: str = SITE) -> int:
        """Return all that was ever counted for `key`: its days and its signed adjustments. One query."""
        counted = self.filter(key=key).order_by().values("key").annotate(sum=Sum("count"))
        adjusted = VisitAdjustment.objects.filter(key=key).order_by().values("key").annotate(sum=Sum("amount"))
        return sum(counted.values_list("sum", flat=True).union(adjusted.values_list("sum", flat=True), all=True))

    def totals(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the same for each of `keys` that anything was ever counted for. One query."""
        keys = list(keys)
        counted = self.filter(key__in=keys).order_by().values("key").annotate(sum=Sum("count"))
        adjusted = VisitAdjustment.objects.filter(key__in=keys).order_by().values("key").annotate(sum=Sum("amount"))
        found: Counter[str] = Counter()
        for key, amount in counted.values_list("key", "sum").union(adjusted.values_list("key", "sum"), all=True):
            found[key] += amount
        return dict(found)


class VisitDay(models.Model):
    """How often one key was counted on one day. Kept for ever."""

    key = models.CharField(_("key"), max_length=60)
    on = models.DateField(_("day"))
    count = models.PositiveBigIntegerField(_("count"), default=0)

    objects = VisitDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of visits")
        verbose_name_plural = _("days of visits")
        ordering = ["-on", "key"]
        constraints = [models.UniqueConstraint(fields=["key", "on"], name="visits_visitday_one_row_a_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.on}: {self.count}"


class VisitAdjustment(models.Model):
    """A signed row beside the counts: a starting total, or a correction with its reason.

    Nobody edits a total; whoever doubts one finds here what was added or taken away, and why.
    """

    class Kind(models.TextChoices):
        BASELINE = "baseline", _("Starting total")
        CORRECTION = "correction", _("Correction")

    key = models.CharField(_("key"), max_length=60, default=SITE)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CORRECTION)
    amount = models.BigIntegerField(_("amount"), help_text=_("What is added; with a minus sign, what is taken away."))
    reason = models.CharField(_("reason"), max_length=300)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("adjustment of visits")
        verbose_name_plural = _("adjustments of visits")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(kind="baseline"), name="visits_visitadjustment_one_baseline_a_key"
            ),
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(amount__gte=0), name="visits_visitadjustment_baseline_not_negative"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="visits_visitadjustment_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.amount:+d}"

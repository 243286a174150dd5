"""Counts of opaque keys per day. What a key stands for is the business of whoever counts it."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Trunc
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.compiled import Question, compiled, together

SITE = "site"  # the key under which visits to the site as a whole are counted
KEY_LENGTH = 200
ONLINE = timedelta(minutes=5)  # for so long after a page was opened its reader is called online

Period = Literal["day", "week", "month", "year"]  # a week begins on Monday


@dataclass(frozen=True)
class Sums:
    """How often something was visited: on this day, in its week (since Monday), and ever."""

    today: int
    week: int
    ever: int


class VisitDayQuerySet(models.QuerySet["VisitDay"]):
    def sums(self, today: date, key: str = SITE) -> Sums:
        """Return how often `key` was counted up to `today`. Two queries, of a week's rows and of `total`."""
        week = self.over_time(monday_of(today), today, key=key)
        return Sums(week.get(today, 0), sum(week.values()), self.total(key))

    def over_time(
        self, first: date, last: date, *, key: str = SITE, prefix: str = "", per: Period = "day"
    ) -> dict[date, int]:
        """Return how often `key`, or all keys that begin with `prefix` together, was counted from `first` to `last`.

        By the first day of each day, week, month or year of which anything is known, corrections of those days
        included: one query, and a row for each of them. A week, month or year that begins before `first` is counted
        from `first` only.
        """
        named = Q(key__startswith=prefix) if prefix else Q(key=key)
        named &= Q(on__range=(first, last))
        counted = _in_periods(self.filter(named), per).annotate(sum=Sum("count"))
        adjusted = _in_periods(VisitAdjustment.objects.filter(named), per).annotate(sum=Sum("amount"))
        found: Counter[date] = Counter()
        for start, amount in counted.values_list("start", "sum").union(adjusted.values_list("start", "sum"), all=True):
            found[start] += amount
        return dict(sorted(found.items()))

    def top(self, prefix: str, first: date, last: date, number: int) -> list[tuple[str, int]]:
        """Return the `number` keys with `prefix` that were counted most from `first` to `last`, and how often.

        Corrections of those days included. One query; equals stand by their key.
        """
        adjusted = VisitAdjustment.objects.filter(key=OuterRef("key"), on__range=(first, last)).order_by().values("key")
        amount = Subquery(adjusted.annotate(sum=Sum("amount")).values("sum"))
        counted = self.filter(key__startswith=prefix, on__range=(first, last)).order_by().values("key")
        most = counted.annotate(sum=Sum("count") + Coalesce(amount, 0)).order_by("-sum", "key")
        return list(most.values_list("key", "sum")[:number])

    def total(self, key: str = SITE) -> int:
        """Return all that was ever counted for `key`: its days and its signed adjustments. One query."""
        return total_of(*together(amounts(key)))

    def totals(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the same for each of `keys` that anything was ever counted for. One query."""
        keys = list(keys)
        counted = self.filter(key__in=keys).order_by().values("key").annotate(sum=Sum("count"))
        adjusted = VisitAdjustment.objects.filter(key__in=keys).order_by().values("key").annotate(sum=Sum("amount"))
        found: Counter[str] = Counter()
        for key, amount in counted.values_list("key", "sum").union(adjusted.values_list("key", "sum"), all=True):
            found[key] += amount
        return dict(found)


def amounts(key: str) -> Question:
    """Return what asks for what `total_of` takes: the one thing that a page asks of the counters beside its own."""
    return _amounts.asking(key)


def total_of(amounts: Iterable[tuple[int]]) -> int:
    """Return what `amounts` of a key come to."""
    return sum(amount for (amount,) in amounts)


@compiled
def _amounts(key: str) -> models.QuerySet[Any]:
    """What was counted for `key` in all, and what its adjustments come to."""
    counted = VisitDay.objects.filter(key=key).order_by().values("key").annotate(sum=Sum("count"))
    adjusted = VisitAdjustment.objects.filter(key=key).order_by().values("key").annotate(sum=Sum("amount"))
    return counted.values_list("sum").union(adjusted.values_list("sum"), all=True)


def new_secret() -> str:
    """Return what nobody guesses: 256 random bits."""
    return secrets.token_hex(32)


def monday_of(day: date) -> date:
    """Return the day on which the week of `day` begins."""
    return day - timedelta(days=day.weekday())


def _in_periods(rows: models.QuerySet, per: Period) -> models.QuerySet:
    return rows.order_by().values(start=Trunc("on", per))


class VisitDay(models.Model):
    """How often one key was counted on one day. Kept for ever."""

    key = models.CharField(_("key"), max_length=KEY_LENGTH)
    on = models.DateField(_("day"))
    count = models.PositiveBigIntegerField(_("count"), default=0)

    objects = VisitDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of visits")
        verbose_name_plural = _("days of visits")
        ordering = ["-on", "key"]
        constraints = [models.UniqueConstraint(fields=["key", "on"], name="visits_visitday_one_row_a_day")]
        indexes = [models.Index(fields=["on", "key"], name="visits_visitday_of_a_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.on}: {self.count}"


class DayKey(models.Model):
    """The random key under which the visitors of one day are known. The next day nobody has it any more."""

    on = models.DateField(_("day"), primary_key=True)
    secret = models.CharField(_("key"), max_length=64, default=new_secret)

    class Meta:
        verbose_name = _("key of a day")
        verbose_name_plural = _("keys of days")

    def __str__(self) -> str:
        return f"{self.on}"  # and never the secret


class Sighting(models.Model):
    """That a visitor was counted for a key on a day, so that it is done once. Gone when the day is over.

    Written by newsroom/visits/writing.py alone.
    """

    pk = models.CompositePrimaryKey("on", "key", "visitor")
    on = models.DateField(_("day"))
    key = models.CharField(_("key"), max_length=KEY_LENGTH)
    visitor = models.CharField(_("visitor"), max_length=32)  # a hash under the key of the day

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")

    def __str__(self) -> str:
        return f"{self.key} {self.on}"


class RecentVisitorQuerySet(models.QuerySet["RecentVisitor"]):
    def online(self) -> "RecentVisitorQuerySet":
        """Those seen in the last five minutes."""
        return self.filter(seen_at__gt=timezone.now() - ONLINE)


class RecentVisitor(models.Model):
    """When a visitor was last seen, for as long as that makes it one who is online."""

    visitor = models.CharField(_("visitor"), max_length=32, primary_key=True)
    seen_at = models.DateTimeField(_("seen at"), db_index=True)

    objects = RecentVisitorQuerySet.as_manager()

    class Meta:
        verbose_name = _("recent visitor")
        verbose_name_plural = _("recent visitors")

    def __str__(self) -> str:
        return f"{self.seen_at}"


class VisitAdjustment(models.Model):
    """A signed row beside the counts: a starting total, or a correction with its reason.

    Nobody edits a total; whoever doubts one finds here what was added or taken away, and why.
    """

    class Kind(models.TextChoices):
        BASELINE = "baseline", _("Starting total")
        CORRECTION = "correction", _("Correction")

    key = models.CharField(_("key"), max_length=KEY_LENGTH, default=SITE)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CORRECTION)
    amount = models.BigIntegerField(_("amount"), help_text=_("What is added; with a minus sign, what is taken away."))
    on = models.DateField(
        _("day"), null=True, blank=True, help_text=_("The day that is corrected. Empty: only the total of all days is.")
    )
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
        indexes = [models.Index(fields=["key", "on"], name="visits_adjustment_of_a_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(kind="baseline"), name="visits_visitadjustment_one_baseline_a_key"
            ),
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(amount__gte=0), name="visits_visitadjustment_baseline_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(on__isnull=True), name="visits_visitadjustment_baseline_has_no_day"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="visits_visitadjustment_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.amount:+d}"

"""Figures: indicators (chỉ tiêu, chỉ số) and what reports say of them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import ExtractYear, JSONObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from simple_history.models import HistoricalRecords

from committees.figures.computing import is_computable, rounded_share
from committees.models.committee import Committee
from committees.models.conference import Conference
from committees.models.period import Period
from newsroom.addresses import address
from newsroom.fields import LineField, SearchKeyField, SortKeyField, YearField
from newsroom.fulltext import WordsField
from newsroom.phrases import label, phrase
from newsroom.publishing import Publishable, PublishableQuerySet, is_public
from newsroom.vietnamese import number


class Rating(models.TextChoices):
    """The four levels on which organizations and members are rated."""

    EXCELLENT = "excellent", _("Completed tasks excellently")
    GOOD = "good", _("Completed tasks well")
    DONE = "done", _("Completed tasks")
    FAILED = "failed", _("Did not complete tasks")


class Indicator(models.Model):
    """What is counted: a code, a name, a unit and a definition. Result or target is not its business."""

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z][a-z_]*(\.[a-z][a-z_]*)*$",
                _("Write small letters and _, parted by full stops: member.admitted."),
            ),
            RegexValidator(
                r"(^|\.)(result|target)s?($|\.)",
                _("A code never says result or target: the figure does."),
                inverse_match=True,
            ),
        ],
    )
    name = LineField(_("name"), max_length=200)
    unit = LineField(_("unit"), max_length=60, blank=True)
    definition = models.TextField(_("definition"), blank=True, help_text=_("What is counted, and what is not."))
    search_key = SearchKeyField(sources=("name", "code", "definition"))
    sort_key = SortKeyField(sources=("name",))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="committees_indicator_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("committees:indicator", self.name, "chi-so", self.pk)


class StatisticQuerySet(PublishableQuerySet):
    def with_subject(self) -> "StatisticQuerySet":
        """With all that a row needs to say what it is about."""
        return self.select_related("indicator", "committee", "conference")

    def with_sentence(self, at: datetime | None = None) -> "StatisticQuerySet":
        """With where a public article says it, as `sentence`: in its body before its lead or title; the latest article.

        Public at the moment `at` (default: now). It is asked in the same query: a page with many figures costs no
        more for it.
        """
        told = self.model.objects.filter(
            is_public("mentions__article__", at), pk=OuterRef("pk"), mentions__state__in=["anchored", "changed"]
        ).order_by("mentions__part", "-mentions__article__published_at", "-mentions__pk")
        place = JSONObject(article="mentions__article", title="mentions__article__title", mention="mentions__pk")
        return self.annotate(sentence=Subquery(told.values(place=place)[:1]))

    def fill_years(self) -> int:
        """Note the year of those that a program saved which did not know of it yet. Return how many there were."""
        known = self.filter(period_year=None, period_starts_on__isnull=False, period_ends_on__isnull=False)
        of_days = known.alias(first=ExtractYear("period_starts_on"), last=ExtractYear("period_ends_on"))
        return of_days.update(period_year=Case(When(last=F("first"), then=F("first")), default=YearField.SEVERAL))


class Statistic(Publishable, Period):
    """One figure as a report prints it: `71/75 tập thể (94,67%)` is one row.

    What can be computed from it is computed when asked and marked as ours, never typed here.
    """

    class Kind(models.TextChoices):
        RESULT = "result", _("Result")
        TARGET = "target", _("Target")

    class Comparator(models.TextChoices):
        EQUAL = "=", _("exactly")
        GREATER = ">", _("more than")
        AT_LEAST = ">=", _("at least")
        LESS = "<", _("less than")
        AT_MOST = "<=", _("at most")
        ABOUT = "~", _("about")
        NEARLY = "~<", _("nearly")
        RANGE = "range", _("from … to …")

    class Origin(models.TextChoices):
        QUOTED = "quoted", _("Quoted")
        COMPUTED = "computed", _("Computed")

    committee = models.ForeignKey(
        Committee,
        verbose_name=_("committee"),
        on_delete=models.PROTECT,
        related_name="statistics",
        db_index=False,  # the first column of an index below, and so is that of the indicator
        help_text=_("Whom the figure is about."),
    )
    conference = models.ForeignKey(
        Conference,
        verbose_name=_("conference"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statistics",
        db_index=False,
    )
    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.PROTECT,
        related_name="statistics",
        db_index=False,
    )
    label = LineField(_("label"), max_length=300, help_text=_("What the figure counts, in a few words for readers."))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.RESULT)
    comparator = models.CharField(_("comparator"), max_length=5, choices=Comparator, default=Comparator.EQUAL)
    value = models.DecimalField(
        _("value"), max_digits=20, decimal_places=4, null=True, blank=True, help_text=_("The 71 of 71/75 (94.67%).")
    )
    value_max = models.DecimalField(
        _("upper value"), max_digits=20, decimal_places=4, null=True, blank=True, help_text=_("Only of a range.")
    )
    whole = models.DecimalField(
        _("whole"), max_digits=20, decimal_places=4, null=True, blank=True, help_text=_("The 75 of 71/75 (94.67%).")
    )
    percent = models.DecimalField(
        _("percent"), max_digits=9, decimal_places=4, null=True, blank=True, help_text=_("Only where it is printed.")
    )
    percent_places = models.PositiveSmallIntegerField(
        _("decimal places printed"), null=True, blank=True, help_text=_("2 for 94.67%, 0 for 90%.")
    )
    plan_percent = models.DecimalField(
        _("percent of a plan"),
        max_digits=9,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("A share of a plan, which may pass 100."),
    )
    level = models.CharField(
        _("level"), max_length=9, choices=Rating, blank=True, help_text=_("A rating that is stated without a number.")
    )
    unit_printed = LineField(_("unit as printed"), max_length=120, blank=True)
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text=_("Only where the report says “trong đó”: the figure this one is inside of."),
    )
    rating_includes = models.CharField(
        _("rating includes"),
        max_length=9,
        choices=Rating,
        blank=True,
        help_text=_("The better rating that is counted inside this one, if the report counts so."),
    )
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.QUOTED)
    note = LineField(_("note"), max_length=300, blank=True, help_text=_("For the desk; readers do not see it."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    period_year = YearField(sources=("period_starts_on", "period_ends_on"))
    search_key = SearchKeyField(sources=("label", "unit_printed"))
    search_words = WordsField(sources=(("label",), ("unit_printed",), ("period_label",)))

    objects = StatisticQuerySet.as_manager()  # type: ignore[misc]
    history = HistoricalRecords(excluded_fields=["search_words", "period_year"])

    # Where an article says it: {"article", "title", "mention"}, without an article on that article's own page.
    sentence: dict[str, Any] | None = None

    class Meta:
        verbose_name = _("statistic")
        verbose_name_plural = _("statistics")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="committees_statistic_newest"),
            models.Index(fields=["indicator", "-published_at", "-id"], name="committees_stat_of_indicator"),
            models.Index(fields=["committee", "-published_at", "-id"], name="committees_stat_of_committee"),
            # Targets are few among results: the newest of either is found without walking past the other.
            models.Index(fields=["indicator", "kind", "-published_at", "-id"], name="committees_stat_side"),
            # A series: the figures of one indicator and one committee.
            models.Index(
                fields=["committee", "indicator", "kind", "-published_at", "-id"], name="committees_stat_of_series"
            ),
            # What closes a target: the newest of the same days, or else those whose days cover its own.
            models.Index(
                fields=["committee", "indicator", "kind", "period_starts_on", "period_ends_on", "-published_at", "-id"],
                name="committees_stat_of_days",
            ),
            # The newest of a conference: by those of a year a search finds where the figures of that year begin.
            models.Index(fields=["conference", "-published_at", "-id"], name="committees_stat_of_conference"),
            # What stands beside a figure that no conference reports.
            models.Index(
                fields=["committee", "-published_at", "id"],
                condition=Q(conference__isnull=True),
                name="committees_stat_of_no_report",
            ),
            # Lists keep the order of a report: the newest report first, its figures as they stand in it.
            models.Index(fields=["-published_at", "id"], name="committees_stat_by_report"),
            models.Index(fields=["period_type", "-published_at", "id"], name="committees_stat_of_period_type"),
            models.Index(fields=["period_year", "-published_at", "id"], name="committees_stat_of_period_year"),
            # The ledger of targets is a list of its own.
            models.Index(fields=["kind", "-published_at", "id"], name="committees_stat_of_kind"),
            # The years that readers may choose from are the ends of these two.
            models.Index(fields=["period_starts_on"], name="committees_stat_period_start"),
            models.Index(fields=["period_ends_on"], name="committees_stat_period_end"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(comparator__in=["=", ">", ">=", "<", "<=", "~", "~<", "range"]),
                name="committees_statistic_comparator_is_one_of_eight",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["result", "target"]), name="committees_statistic_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["quoted", "computed"]), name="committees_statistic_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=["", "excellent", "good", "done", "failed"])
                & Q(rating_includes__in=["", "excellent", "good", "done", "failed"]),
                name="committees_statistic_rating_is_known",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | Q(percent__isnull=False)
                | Q(plan_percent__isnull=False)
                | ~Q(level=""),
                name="committees_statistic_says_something",
                violation_error_message=_("Give a value, a percentage or a level: a figure has to say something."),
            ),
            models.CheckConstraint(
                condition=Q(whole__isnull=True) | Q(whole__gte=0),
                name="committees_statistic_whole_is_not_negative",
                violation_error_message=_("A whole cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(whole__isnull=True) | Q(value__isnull=False),
                name="committees_statistic_whole_has_its_part",
                violation_error_message=_("A whole needs the value that is a part of it."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(comparator="range")
                    & Q(value__isnull=False)
                    & Q(value_max__isnull=False)
                    & Q(value_max__gt=F("value"))
                )
                | (~Q(comparator="range") & Q(value_max__isnull=True)),
                name="committees_statistic_range_has_two_ends",
                violation_error_message=_("A range has a lower and an upper value; nothing else has an upper value."),
            ),
            models.CheckConstraint(
                condition=Q(percent_places__isnull=True) | (Q(percent__isnull=False) & Q(percent_places__lte=4)),
                name="committees_statistic_places_belong_to_a_percent",
                violation_error_message=_("Decimal places (0 to 4) belong to a printed percentage."),
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="committees_statistic_is_not_its_own_part",
                violation_error_message=_("A figure cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.figure}"

    def get_absolute_url(self) -> str:
        return address("committees:statistic", self.label, "so-lieu", self.id)

    def clean(self) -> None:
        above, seen = self.part_of, {self.pk}
        while above is not None:
            if above.pk in seen and above.pk is not None:
                raise ValidationError({"part_of": _("This figure already holds the one chosen.")})
            seen.add(above.pk)
            above = above.part_of

    @property
    def anchor(self) -> str:
        """The id under which it stands on a page of figures: its point on the chart, or else its number."""
        return f"p{self.id}"

    @property
    def count(self) -> str:
        """The value as Vietnamese prints it, with its whole: "71/75", "6.027/6.110", "147"; may be empty."""
        if self.value is None:
            return ""
        text = number(self.value)
        if self.value_max is not None:
            text += f"–{number(self.value_max)}"
        return f"{text}/{number(self.whole)}" if self.whole is not None else text

    @property
    def share(self) -> str:
        """The printed percentage at its printed precision, "94,67%"; may be empty."""
        return "" if self.percent is None else f"{number(self.percent, self.percent_places)}%"

    @property
    def figure(self) -> str:
        """The whole figure in one breath: "71/75 (94,67%)", "trên 90%", "từ 120 trở lên"."""
        plan = (
            ""
            if self.plan_percent is None
            else phrase("%(percent)s%% of plan") % {"percent": number(self.plan_percent)}
        )
        rating = label(Rating, self.level) if self.level else ""
        first, *rest = [part for part in (self.count, self.share, plan, rating) if part] or ["—"]
        text = f"{first} ({', '.join(rest)})" if rest else first
        frame = _COMPARED.get(self.comparator)
        return text if frame is None else phrase(frame) % {"figure": text}

    @property
    def computed_percent(self) -> Decimal | None:
        """The share that follows from value and whole, where none is printed: ours, two places, a half rounded up."""
        if self.percent is not None or self.value is None or not self.whole or self.comparator == "range":
            return None
        return rounded_share(self.value, self.whole) if is_computable(self.value, self.whole) else None

    @property
    def computed_share(self) -> str:
        """`computed_percent` as Vietnamese prints it; empty where there is none."""
        percent = self.computed_percent
        return "" if percent is None else f"{number(percent, 2)}%"

    @property
    def bar(self) -> Decimal | None:
        """How far a bar of this figure reaches, 0 to 100; None where it is not a share of a whole."""
        percent = self.percent if self.percent is not None else self.computed_percent
        return None if percent is None else min(max(percent, Decimal(0)), Decimal(100))


# How a comparator is said around a figure. Kept beside the model: lists, boxes and charts all say it.
_COMPARED: dict[str, str] = {
    Statistic.Comparator.GREATER: gettext_noop("over %(figure)s"),
    Statistic.Comparator.AT_LEAST: gettext_noop("%(figure)s or more"),
    Statistic.Comparator.LESS: gettext_noop("under %(figure)s"),
    Statistic.Comparator.AT_MOST: gettext_noop("at most %(figure)s"),
    Statistic.Comparator.ABOUT: gettext_noop("about %(figure)s"),
    Statistic.Comparator.NEARLY: gettext_noop("nearly %(figure)s"),
}

"""Conferences (hội nghị), and who took part in them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.models.committee import Committee
from committees.models.period import Period
from committees.models.person import Person
from newsroom.addresses import address
from newsroom.fields import DayField, LineField, SearchKeyField
from newsroom.fulltext import WordsField
from newsroom.phrases import label, phrase
from newsroom.publishing import Publishable, PublishableQuerySet
from newsroom.vietnamese import day


class ConferenceQuerySet(PublishableQuerySet):
    def newest_first(self) -> "ConferenceQuerySet":
        """By the day they were held; those of an unknown day last."""
        return self.order_by("-sorted_on", "-pk")

    def for_board(self) -> "ConferenceQuerySet":
        """With what a list shows of each."""
        seen = ("name", "held_on", "held_on_printed", "kind", "review", "sorted_on", "published_at")
        return self.select_related("committee").only(*seen, "committee__name")


class Conference(Publishable, Period):
    """A conference of one committee. Its period is the one it reports on."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular")
        EXTENDED = "extended", _("Extended")
        THEMATIC = "thematic", _("Thematic")

    class Review(models.TextChoices):
        NONE = "none", _("No review")
        INTERIM = "interim", _("Interim review")
        SUMMARY = "summary", _("Summary review")

    class Session(models.TextChoices):
        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")

    committee = models.ForeignKey(
        Committee, verbose_name=_("committee"), on_delete=models.PROTECT, related_name="conferences"
    )
    convened_by = LineField(
        _("convened by"),
        max_length=200,
        blank=True,
        help_text=_("The organ that convened it, such as “Ban Chấp hành”."),
    )
    name = LineField(_("name"), max_length=300, help_text=_("As the report calls it."))
    ordinal = models.PositiveSmallIntegerField(
        _("ordinal"), null=True, blank=True, help_text=_("The 7 of “lần thứ 7”.")
    )
    term_number = models.PositiveSmallIntegerField(
        _("term number"), null=True, blank=True, help_text=_("The 4 of “khóa IV”.")
    )
    term_start = models.PositiveSmallIntegerField(_("term starts in"), null=True, blank=True)
    term_end = models.PositiveSmallIntegerField(_("term ends in"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.REGULAR)
    review = models.CharField(_("review"), max_length=8, choices=Review, default=Review.NONE)
    held_on = models.DateField(_("held on"), null=True, blank=True, help_text=_("Empty where the year is not known."))
    held_on_printed = LineField(
        _("day as printed"), max_length=60, blank=True, help_text=_("Such as “8/4”, when the report names no year.")
    )
    inferred_from = LineField(
        _("year inferred from"),
        max_length=300,
        blank=True,
        help_text=_("Where the report does not state the year: the words it follows from."),
    )
    session = models.CharField(_("session of the day"), max_length=9, choices=Session, blank=True)
    search_key = SearchKeyField(sources=("name", "convened_by"))
    search_words = WordsField(sources=(("name",), ("convened_by",), ("period_label",)))
    sorted_on = DayField(sources=("held_on",))

    objects = ConferenceQuerySet.as_manager()  # type: ignore[misc]
    history = HistoricalRecords(excluded_fields=["search_words"])

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-sorted_on", "-pk"]
        permissions = [("edit_public_facts", _("Can edit conferences, figures and awards that readers see"))]
        indexes = [
            models.Index(fields=["-sorted_on", "-id"], name="committees_conference_newest"),
            models.Index(fields=["committee", "-sorted_on", "-id"], name="committees_conf_of_committee"),
            # Of a kind there may be few, or none: the list is not walked through to find that out.
            models.Index(fields=["kind", "-sorted_on", "-id"], name="committees_conf_of_kind"),
            models.Index(fields=["review", "-sorted_on", "-id"], name="committees_conf_of_review"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["committee", "convened_by", "term_number", "ordinal"],
                condition=~Q(convened_by=""),
                name="committees_conference_one_of_an_ordinal",
                violation_error_message=_("This committee already has a conference of this ordinal, organ and term."),
            ),
            models.CheckConstraint(
                condition=Q(term_start__isnull=True) | Q(term_end__isnull=True) | Q(term_end__gt=F("term_start")),
                name="committees_conference_term_ends_after_it_starts",
                violation_error_message=_("The term ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["regular", "extended", "thematic"]), name="committees_conference_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(review__in=["none", "interim", "summary"]), name="committees_conference_review_is_known"
            ),
            models.CheckConstraint(
                condition=Q(session__in=["", "morning", "afternoon", "evening"]),
                name="committees_conference_session_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("committees:conference", self.name, "hoi-nghi", self.pk)

    @property
    def term(self) -> str:
        """The term as Vietnamese prints it, "2020–2025"; empty where the years are unknown."""
        return f"{self.term_start}–{self.term_end}" if self.term_start and self.term_end else ""

    @property
    def when(self) -> str:
        """The day for readers: session and date as far as they are known."""
        held = day(self.held_on) if isinstance(self.held_on, date) else self.held_on_printed
        if not self.session or not held:
            return held
        return phrase("%(session)s of %(day)s") % {"session": label(self.Session, self.session), "day": held}


class Attendance(models.Model):
    """A person at a conference, in the role the report prints, with what they did there."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="attendances"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="attendances")
    role = LineField(_("role as printed"), max_length=300, blank=True)
    committee = models.ForeignKey(
        Committee,
        verbose_name=_("committee"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        help_text=_("The committee of the role, if it is known."),
    )
    has_chaired = models.BooleanField(_("chaired"), default=False)
    has_spoken = models.BooleanField(_("spoke"), default=False)
    has_concluded = models.BooleanField(_("concluded"), default=False)
    has_presented = models.BooleanField(_("presented awards"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "person"],
                name="committees_attendance_once_a_conference",
                violation_error_message=_("This person is already listed at this conference."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}" if self.role else str(self.person)

    @property
    def acts(self) -> list[str]:
        """What the person did there, in words."""
        done = {
            _("chaired"): self.has_chaired,
            _("spoke"): self.has_spoken,
            _("concluded"): self.has_concluded,
            _("presented awards"): self.has_presented,
        }
        return [str(act) for act, is_done in done.items() if is_done]

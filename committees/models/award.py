"""Awards (khen thưởng) and those who are named as receiving them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from simple_history.models import HistoricalRecords

from committees.models.committee import Committee
from committees.models.conference import Conference
from committees.models.period import Period
from committees.models.person import Person
from newsroom.addresses import address
from newsroom.fields import LineField, SearchKeyField
from newsroom.fulltext import WordsField
from newsroom.phrases import phrase
from newsroom.publishing import Publishable, PublishableQuerySet
from newsroom.vietnamese import number


class AwardQuerySet(PublishableQuerySet):
    def with_subject(self) -> "AwardQuerySet":
        """With all that a row needs to say what it is about."""
        return self.select_related("reported_at__committee")


class Award(Publishable, Period):
    """One award as a report announces it: a form, so many recipients, an achievement."""

    class Form(models.TextChoices):
        FLAG = "flag", _("Flag (cờ)")
        CERTIFICATE = "certificate", _("Certificate of merit (bằng khen)")
        COMMENDATION = "commendation", _("Certificate of commendation (giấy khen)")
        BADGE = "badge", _("Party badge (huy hiệu Đảng)")
        MEDAL = "medal", _("Commemorative medal (kỷ niệm chương)")
        PRAISE = "praise", _("Public praise (biểu dương)")
        UNSTATED = "unstated", _("Commendation, form unstated")

    class RecipientKind(models.TextChoices):
        COLLECTIVE = "collective", _("Collective")
        INDIVIDUAL = "individual", _("Individual")
        UNSTATED = "unstated", _("Unstated")

    form = models.CharField(_("form"), max_length=12, choices=Form, default=Form.UNSTATED)
    granted_by = LineField(_("granted by"), max_length=200, blank=True, help_text=_("As printed."))
    granted_by_committee = models.ForeignKey(
        Committee,
        verbose_name=_("granting committee"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards_granted",
        help_text=_("If it is known."),
    )
    presented_by = LineField(
        _("presented by"),
        max_length=200,
        blank=True,
        help_text=_("Who handed it over, often another than who granted it."),
    )
    recipient_kind = models.CharField(
        _("kind of recipient"), max_length=10, choices=RecipientKind, default=RecipientKind.UNSTATED
    )
    count = models.PositiveIntegerField(_("count"), null=True, blank=True, help_text=_("Only where it is stated."))
    count_unit = LineField(_("unit as printed"), max_length=120, blank=True)
    recipients_described = LineField(
        _("recipients as described"), max_length=300, blank=True, help_text=_("How the report speaks of them.")
    )
    level = LineField(_("level"), max_length=120, blank=True, help_text=_("Such as 30 years of a party badge."))
    achievement = models.TextField(_("achievement"), blank=True, help_text=_("In the official wording."))
    decision_number = LineField(_("decision number"), max_length=80, blank=True)
    decided_on = models.DateField(_("decision date"), null=True, blank=True)
    reported_at = models.ForeignKey(
        Conference,
        verbose_name=_("reported at"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        help_text=_("The conference that reports it."),
    )
    # Of that conference. The database keeps them (committees.filing), whatever is saved here.
    reported_by = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="awards_reported",
        db_index=False,
    )
    reported_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    given_at = models.ForeignKey(
        Conference,
        verbose_name=_("given at"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards_given",
        help_text=_("The conference where it was handed over; empty where it was given elsewhere."),
    )
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text=_("Only where the report itemises a total."),
    )
    note = LineField(_("note"), max_length=300, blank=True, help_text=_("For the desk; readers do not see it."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    search_key = SearchKeyField(sources=("achievement", "recipients_described", "granted_by"))
    search_words = WordsField(
        sources=(("achievement",), ("form_words", "recipients_described", "granted_by"), ("level", "decision_number"))
    )

    objects = AwardQuerySet.as_manager()  # type: ignore[misc]
    history = HistoricalRecords(excluded_fields=["search_words", "reported_by", "reported_year"])

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="committees_award_newest"),
            models.Index(fields=["-published_at", "id"], name="committees_award_by_report"),
            models.Index(fields=["reported_at", "position"], name="committees_award_of_conference"),
            # Of a form there may be few, or none: the list is not walked through to find that out.
            models.Index(fields=["form", "-published_at", "id"], name="committees_award_of_form"),
            models.Index(fields=["recipient_kind", "-published_at", "id"], name="committees_award_of_recipient"),
            models.Index(fields=["reported_by", "-published_at", "id"], name="committees_award_of_committee"),
            models.Index(fields=["reported_year", "-published_at", "id"], name="committees_award_of_year"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(form__in=["flag", "certificate", "commendation", "badge", "medal", "praise", "unstated"]),
                name="committees_award_form_is_known",
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind__in=["collective", "individual", "unstated"]),
                name="committees_award_recipient_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(count__gt=0),
                name="committees_award_count_is_positive",
                violation_error_message=_("A stated count is at least 1."),
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="committees_award_is_not_its_own_part",
                violation_error_message=_("An award cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        count = f"{number(self.count)} " if self.count is not None else ""
        return f"{count}{self.form_name} {self.recipients_described or self.achievement}".strip()

    def get_absolute_url(self) -> str:
        return address("committees:award", str(self), "khen-thuong", self.pk)

    @property
    def form_name(self) -> str:
        """The form as a reader says it, in running text: "giấy khen"."""
        return phrase(_FORM_NAMES[self.form])

    @property
    def form_words(self) -> str:
        """What reports call the form: by this it is searched."""
        return FORM_WORDS.get(self.form, "")


# In the language of the reports, and no translation: what is kept in a column must not change with a catalogue.
FORM_WORDS: dict[str, str] = {
    Award.Form.FLAG: "cờ",
    Award.Form.CERTIFICATE: "bằng khen",
    Award.Form.COMMENDATION: "giấy khen",
    Award.Form.BADGE: "huy hiệu Đảng",
    Award.Form.MEDAL: "kỷ niệm chương",
    Award.Form.PRAISE: "biểu dương",
    Award.Form.UNSTATED: "khen thưởng",
}
_FORM_NAMES: dict[str, str] = {
    Award.Form.FLAG: gettext_noop("flag"),
    Award.Form.CERTIFICATE: gettext_noop("certificate of merit"),
    Award.Form.COMMENDATION: gettext_noop("certificate of commendation"),
    Award.Form.BADGE: gettext_noop("party badge"),
    Award.Form.MEDAL: gettext_noop("commemorative medal"),
    Award.Form.PRAISE: gettext_noop("public praise"),
    Award.Form.UNSTATED: gettext_noop("commendation"),
}


class AwardRecipient(models.Model):
    """One who is named as receiving an award."""

    award = models.ForeignKey(Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="recipients")
    name = LineField(_("name as printed"), max_length=300)
    committee = models.ForeignKey(
        Committee,
        verbose_name=_("committee"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards_received",
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards_received",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    search_key = SearchKeyField(sources=("name",))

    class Meta:
        verbose_name = _("named recipient")
        verbose_name_plural = _("named recipients")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(committee__isnull=True) | Q(person__isnull=True),
                name="committees_awardrecipient_is_a_body_or_a_person",
                violation_error_message=_("A recipient is a committee or a person, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""A change of a public figure or award with the places that say it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.mention import Mention
from articles.models.revision import Correction
from committees.models import Award, Statistic
from newsroom.fields import LineField


class Ripple(models.Model):
    """That a figure or an award which public articles mention was changed: what stood, and what is right."""

    statistic = models.ForeignKey(
        Statistic, verbose_name=_("statistic"), on_delete=models.PROTECT, null=True, related_name="ripples"
    )
    award = models.ForeignKey(
        Award, verbose_name=_("award"), on_delete=models.PROTECT, null=True, related_name="ripples"
    )
    changed = models.JSONField(_("what was changed"), help_text=_("A list of {“field”, “stood”, “right”}."))
    stood = models.TextField(_("what stood"))
    right = models.TextField(_("what is right"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("change of a public figure")
        verbose_name_plural = _("changes of public figures")
        default_permissions = ("view", "change")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(statistic__isnull=False, award__isnull=True)
                | Q(statistic__isnull=True, award__isnull=False),
                name="articles_ripple_is_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(stood="") & ~Q(right=""), name="articles_ripple_says_both"),
        ]

    def __str__(self) -> str:
        return str(self.thing)

    @property
    def thing(self) -> Statistic | Award:
        """The figure or award that was changed, as it is now."""
        thing = self.statistic or self.award
        assert thing is not None
        return thing


class RipplePlaceQuerySet(models.QuerySet["RipplePlace"]):
    def waiting(self) -> "RipplePlaceQuerySet":
        """Those over which nobody has decided yet."""
        return self.filter(state=RipplePlace.State.OPEN)


class RipplePlace(models.Model):
    """One place that says what was changed. Its text is listed for a person, and never changed by itself."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting")
        APPLIED = "applied", _("Applied")
        SKIPPED = "skipped", _("Skipped")

    ripple = models.ForeignKey(Ripple, verbose_name=_("change"), on_delete=models.CASCADE, related_name="places")
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="ripple_places"
    )
    is_working_copy = models.BooleanField(_("of the working copy"), default=False)
    part = models.CharField(_("part"), max_length=7, choices=Mention.Part)
    words = models.CharField(_("exact words"), max_length=500)
    sentence = models.TextField(_("sentence"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    reason = LineField(_("reason"), max_length=200, blank=True, help_text=_("Why it was skipped."))
    correction = models.OneToOneField(
        Correction,
        verbose_name=_("correction"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ripple_place",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by whom"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("when"), null=True, blank=True)

    objects = RipplePlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of a change")
        verbose_name_plural = _("places of a change")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["id"], condition=Q(state="open"), name="articles_ripple_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__in=["title", "lead", "body", "caption"]), name="articles_ripple_part_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True, correction__isnull=True)
                | Q(state="applied", decided_by__isnull=False, decided_at__isnull=False)
                | Q(state="skipped", decided_by__isnull=False, decided_at__isnull=False, correction__isnull=True)
                & ~Q(reason=""),
                name="articles_ripple_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: “{self.words}”"

    @property
    def is_read(self) -> bool:
        """Whether readers have it before them: only then is there anything to tell them."""
        return self.article.is_public and not self.is_working_copy

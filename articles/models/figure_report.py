"""What readers hold wrong about a figure that they see."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from committees.models import Statistic
from newsroom.fields import LineField

LONGEST = 1000  # characters of what a reader writes


class FigureReport(models.Model):
    """That a reader holds a figure wrong, and why; beside it what stood there then, and what the engine says of it.

    It waits in the moderators' queue. `number` counts the decisions over it, so that of two who decide at once one
    decides, and the other is told who was faster.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        HANDED = "handed", _("Handed to an editor")
        ANSWERED = "answered", _("Answered")
        DISMISSED = "dismissed", _("Dismissed")

    statistic = models.ForeignKey(
        Statistic, verbose_name=_("statistic"), on_delete=models.PROTECT, related_name="reports"
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="figure_reports",
        help_text=_("The one whose sentence the figure's page quotes."),
    )
    figure = models.CharField(_("the figure as it was shown"), max_length=400)
    sentence = models.TextField(_("the sentence it stood in"), blank=True)
    verdicts = models.JSONField(
        _("verdicts"),
        default=list,
        blank=True,
        help_text=_("Of the engine, over the sentence and the row: a list of {“rule”, “weight”, “message”}."),
    )
    words = models.TextField(_("what is wrong"), max_length=LONGEST)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("To answer to. It is forgotten after some days."))
    consented_at = models.DateTimeField(_("consented at"), null=True, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    # Keyed hashes (articles.commenting.traces), each blank once its days are over.
    sender = models.CharField(_("key of the address it came from"), max_length=64, blank=True)
    key = models.CharField(_("key of the sending"), max_length=64, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    before = models.CharField(_("stood before"), max_length=9, choices=State, default=State.OPEN)
    number = models.PositiveIntegerField(_("number"), default=0)
    act = models.UUIDField(_("act"), default=uuid4, help_text=_("The same for a decision that was sent twice."))
    answer = LineField(_("in words"), max_length=300, blank=True, help_text=_("What was answered, or why it is so."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by whom"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("when"), null=True, blank=True)

    class Meta:
        verbose_name = _("report of a figure")
        verbose_name_plural = _("reports of figures")
        default_permissions = ()  # who decides over comments decides over these
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["state", "created_at", "id"], name="articles_doubt_queue"),
            models.Index(fields=["sender", "created_at"], condition=~Q(sender=""), name="articles_doubt_of_sender"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="articles_doubt_once"),
            models.CheckConstraint(condition=~Q(words=""), name="articles_doubt_says_something"),
            models.CheckConstraint(
                condition=Q(email="") | Q(consented_at__isnull=False), name="articles_doubt_contact_was_agreed_to"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "handed", "answered", "dismissed"])
                & Q(before__in=["open", "handed", "answered", "dismissed"]),
                name="articles_doubt_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="articles_doubt_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.words[:60]}"

"""What is decided over comments: the record of each decision, and what readers report."""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.comment import Comment
from newsroom.fields import LineField

_STATES = Comment.State.values


class ModerationQuerySet(models.QuerySet["Moderation"]):
    def last_of_each(self) -> "ModerationQuerySet":
        """The last decision over each comment."""
        later = Moderation.objects.filter(comment=OuterRef("comment"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def standing(self) -> "ModerationQuerySet":
        """Those that took nothing back and were not taken back."""
        return self.filter(undoes__isnull=True, undone_by__isnull=True)

    def of_act(self, act: UUID) -> "ModerationQuerySet":
        """What was decided in one go."""
        return self.filter(act=act)


class Moderation(models.Model):
    """One decision over one comment. Rows are only ever added: what is taken back has a row that says so.

    `number` counts the decisions over a comment. Two people who decide at once write the same number, and the
    database lets one of them.
    """

    class Reason(models.TextChoices):
        """Why a comment is not shown, in the order of the digits that stand for them on the keyboard."""

        OFF_TOPIC = "off_topic", _("Off the topic")
        INSULT = "insult", _("Insulting or vulgar")
        UNTRUE = "untrue", _("Untrue or unfounded")
        PRIVATE = "private", _("Gives away somebody’s private matters")
        UNLAWFUL = "unlawful", _("Against the law")
        ADVERTISING = "advertising", _("Advertising")
        REPEATED = "repeated", _("Said before")

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="moderations"
    )
    number = models.PositiveIntegerField(_("number"))
    from_state = models.CharField(_("stood before"), max_length=8, choices=Comment.State)
    to_state = models.CharField(_("state"), max_length=8, choices=Comment.State)
    reason = models.CharField(_("reason"), max_length=11, choices=Reason, blank=True)
    words = LineField(_("in words"), max_length=150, blank=True)
    reports = models.PositiveIntegerField(
        _("reports"), default=0, help_text=_("How many reports by readers it dealt with.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by whom"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    act = models.UUIDField(
        _("act"),
        default=uuid4,
        help_text=_("The same for all that was decided in one go, and for a decision that was sent twice."),
    )
    undoes = models.OneToOneField(
        "self", verbose_name=_("takes back"), on_delete=models.CASCADE, null=True, blank=True, related_name="undone_by"
    )

    objects = ModerationQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision over a comment")
        verbose_name_plural = _("decisions over comments")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["by", "-at"], name="articles_moderation_of_person"),
            models.Index(fields=["from_state", "-id"], name="articles_moderation_latest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="articles_moderation_one_after_another"),
            models.UniqueConstraint(fields=["act", "comment"], name="articles_moderation_once_an_act"),
            models.CheckConstraint(
                condition=Q(from_state__in=_STATES, to_state__in=_STATES), name="articles_moderation_states_are_known"
            ),
            models.CheckConstraint(
                condition=~Q(from_state=F("to_state")) | Q(reports__gt=0) | Q(undoes__isnull=False),
                name="articles_moderation_decides_something",
            ),
            models.CheckConstraint(
                condition=Q(
                    reason__in=["", "off_topic", "insult", "untrue", "private", "unlawful", "advertising", "repeated"]
                ),
                name="articles_moderation_reason_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"

    @property
    def why(self) -> str:
        """The reason with what was written to it; "" where neither was given."""
        return ": ".join(filter(None, [str(self.get_reason_display()), self.words]))


class CommentReport(models.Model):
    """That a reader holds a comment unfit to be shown, and why. It is open until somebody decides."""

    class Reason(models.TextChoices):
        INSULT = "insult", _("It insults or threatens somebody")
        UNTRUE = "untrue", _("What it says is untrue")
        PRIVATE = "private", _("It gives away somebody’s private matters")
        ADVERTISING = "advertising", _("It advertises or deceives")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=11, choices=Reason)
    words = LineField(_("in words"), max_length=300, blank=True)
    sender = models.CharField(_("key of the address it came from"), max_length=64, blank=True, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    decision = models.ForeignKey(
        Moderation, verbose_name=_("decision"), on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )

    class Meta:
        verbose_name = _("report of a comment")
        verbose_name_plural = _("reports of comments")
        default_permissions = ()
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["sender", "at"], condition=~Q(sender=""), name="articles_report_of_sender"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "sender"], condition=~Q(sender=""), name="articles_report_one_of_a_sender"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["insult", "untrue", "private", "advertising", "other"]),
                name="articles_report_reason_is_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())

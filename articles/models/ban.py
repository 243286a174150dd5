"""Who may not comment for a while."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.comment import Comment
from articles.models.comment_settings import CommentSettings
from newsroom.fields import LineField


class BanQuerySet(models.QuerySet["Ban"]):
    def in_force(self) -> "BanQuerySet":
        """Those that are neither over nor lifted."""
        return self.filter(lifted_at=None, ends_at__gt=timezone.now())

    def of(self, *, sender: str, correspondent: str) -> "BanQuerySet":
        """Those that hold for whoever writes from an address or with an e-mail (keys of articles.commenting.traces)."""
        known = Q(pk__in=[])
        if sender:
            known |= Q(sender=sender)
        if correspondent:
            known |= Q(correspondent=correspondent)
        return self.filter(known)


class Ban(models.Model):
    """That the writer of one comment may send no more until a moment. It hides nothing that stands.

    A writer is known by the keyed hash of an e-mail or of an address, by one of them and never by both: a machine
    that many share is not shut out for one who has given a name.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.SET_NULL, null=True, editable=False, related_name="bans"
    )
    name = LineField(
        _("name"), max_length=80, editable=False, help_text=_("As it stood at the comment. Others may use it too.")
    )
    correspondent = models.CharField(_("key of the e-mail address"), max_length=64, blank=True, editable=False)
    sender = models.CharField(_("key of the address it came from"), max_length=64, blank=True, editable=False)
    reason = LineField(_("reason"), max_length=200, blank=True, help_text=_("For the desk; the writer is not told."))
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, editable=False, related_name="+"
    )
    ends_at = models.DateTimeField(_("ends at"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = BanQuerySet.as_manager()

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        default_permissions = ()  # who decides over comments decides over these
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(correspondent="") & ~Q(sender="")) | (~Q(correspondent="") & Q(sender="")),
                name="articles_ban_knows_its_writer_by_one_key",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("created_at")), name="articles_ban_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="articles_ban_is_lifted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["correspondent"],
                condition=Q(lifted_at__isnull=True) & ~Q(correspondent=""),
                name="articles_ban_one_of_an_email",
            ),
            models.UniqueConstraint(
                fields=["sender"],
                condition=Q(lifted_at__isnull=True) & ~Q(sender=""),
                name="articles_ban_one_of_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not self.ends_at:
            return
        if self.ends_at <= self.created_at:
            raise ValidationError({"ends_at": _("A ban ends later than it begins. To end it now, lift it.")})
        known_for = timedelta(days=CommentSettings.current().sender_days)
        if self.sender and self.ends_at > self.created_at + known_for:
            sentence = _("An address is known for %(days)d days: no ban by it lasts longer.")
            raise ValidationError({"ends_at": sentence % {"days": known_for.days}})

    @property
    def is_in_force(self) -> bool:
        return self.lifted_at is None and self.ends_at > timezone.now()

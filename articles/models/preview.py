"""A link that shows an article to somebody without an account, before readers see it."""

import secrets

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.fields import LineField
from newsroom.publishing import State

OPENINGS_KEPT = 50

_SIGNER = signing.Signer(salt="articles.PreviewLink", sep=".")


def new_key() -> str:
    """Return what nobody guesses."""
    return secrets.token_urlsafe(16)


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> "PreviewLinkQuerySet":
        """Those that show something: neither revoked nor expired, and not of what was taken from readers."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now()).exclude(article__state=State.WITHDRAWN)

    def of_token(self, token: str) -> "PreviewLink | None":
        """Return the link, open or not, whose address ends with `token`; None for one that we never gave out."""
        try:
            key = _SIGNER.unsign(token)
        except signing.BadSignature:
            return None
        return self.select_related("article").filter(key=key).first()


class PreviewLink(models.Model):
    """The right to look at one article until a day, given by its address alone, under a name.

    The address has to be shown again to whoever copies it once more, so a hash of it will not do. Nor is it stored:
    it is the link's key (128 random bits) with our signature (256 bits of HMAC under SECRET_KEY). Who reads a backup
    cannot open what will be written tomorrow, and a guess is refused, in constant time, before the database is asked.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="preview_links"
    )
    name = LineField(
        _("name of the link"),
        max_length=120,
        help_text=_("For whom it is, and what for. Whoever opens the link reads this name too."),
    )
    key = models.CharField(_("key"), max_length=22, unique=True, editable=False, default=new_key)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    opened_count = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    last_opened_at = models.DateTimeField(_("last opened at"), null=True, blank=True, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="articles_previewlink_has_a_name"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="articles_previewlink_expires_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="articles_previewlink_is_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(opened_count=0, last_opened_at__isnull=True)
                | Q(opened_count__gt=0, last_opened_at__isnull=False),
                name="articles_previewlink_knows_its_last_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:preview", args=[_SIGNER.sign(self.key)])

    @property
    def is_open(self) -> bool:
        return PreviewLink.objects.open().filter(pk=self.pk).exists()

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        """Whether it will never open again."""
        return self.revoked_at is not None or self.has_expired

    @transaction.atomic
    def count_opening(self) -> bool:
        """Count that it was opened now, and return whether it was open: the one statement that counts asks so.

        Only the moment is kept, of the latest openings; nothing about who it was.
        """
        now = timezone.now()
        counted = {"opened_count": F("opened_count") + 1, "last_opened_at": now}
        if not PreviewLink.objects.open().filter(pk=self.pk).update(**counted):
            return False
        self.openings.create(opened_at=now)
        if self.opened_count >= OPENINGS_KEPT:
            self.openings.exclude(pk__in=self.openings.values("pk")[:OPENINGS_KEPT]).delete()
        return True


class PreviewOpening(models.Model):
    """That a preview link was opened, and when; by whom, nobody knows."""

    link = models.ForeignKey(
        PreviewLink, verbose_name=_("preview link"), on_delete=models.CASCADE, related_name="openings"
    )
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("opening of a preview link")
        verbose_name_plural = _("openings of a preview link")
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link} ({self.opened_at:%Y-%m-%d %H:%M})"

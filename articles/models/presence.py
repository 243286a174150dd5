"""Who has an article open at the desk just now."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article

HERE = timedelta(minutes=1)  # an open form says every twenty seconds that it is
KEPT = timedelta(days=1)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def here(self) -> "PresenceQuerySet":
        """Those seen within the last minute."""
        return self.filter(seen_at__gte=timezone.now() - HERE)


class Presence(models.Model):
    """That somebody has the form of an article open, and was last seen there. It locks nothing."""

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="+"
    )
    seen_at = models.DateTimeField(_("seen at"), db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="articles_presence_one_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.user})"

"""That the moderators were written to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DigestDay(models.Model):
    """A day on which moderators were told what waits. One row a day: so one mail a day, whoever sends it."""

    on = models.DateField(_("day"), unique=True)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)

    class Meta:
        verbose_name = _("day of a digest")
        verbose_name_plural = _("days of digests")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.on)

"""The book of changes: what became of the rows that readers see, written by the database itself."""

from datetime import timedelta

from django.db import models
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=1)  # a process that was away for half of it begins anew (newsroom.pagecache.changes)


class ChangeQuerySet(models.QuerySet["Change"]):
    def of_old(self) -> "ChangeQuerySet":
        """Those that every process has long seen. The last of all stays: it says how far the book goes."""
        last = Change.objects.aggregate(last=Max("pk"))["last"]
        return self.filter(made_at__lt=timezone.now() - KEPT).exclude(pk=last)


class Change(models.Model):
    """One change of one row, in the transaction that made it. Nobody's name stands in it, and no text."""

    tags = models.TextField(
        _("what was changed"), help_text=_("What was changed, as newsroom.pagecache.triggers writes it.")
    )
    removes = models.BooleanField(
        _("takes something away"), help_text=_("Only what comes in anew takes nothing from what was shown before.")
    )
    transaction_id = models.BigIntegerField(_("transaction"), db_index=True, help_text=_("Of PostgreSQL; 0 on SQLite."))
    made_at = models.DateTimeField(_("made at"), db_default=Now())

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of what readers see")
        verbose_name_plural = _("changes of what readers see")
        default_permissions = ()

    def __str__(self) -> str:
        return self.tags

"""A report as it was handed in, while somebody decides what becomes of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.photo import Photo
from newsroom.fields import LineField
from newsroom.pictures import PictureField

KEPT = timedelta(days=30)


class RawReportQuerySet(models.QuerySet["RawReport"]):
    def forget(self) -> int:
        """Delete them with the pictures that no article has taken over; return how many there were."""
        for picture in RawPicture.objects.filter(report__in=self):
            if not Photo.objects.filter(image=picture.image.name).exists():
                picture.image.delete(save=False)
        return self.delete()[1].get(RawReport._meta.label, 0)

    def waiting(self) -> "RawReportQuerySet":
        """Those of which no article has been made."""
        return self.filter(article=None)

    def of_old(self) -> "RawReportQuerySet":
        """Those that were handed in more than a month ago."""
        return self.filter(created_at__lt=timezone.now() - KEPT)


class RawReport(models.Model):
    """The text of a report from being handed in until an article is made of it, and a while longer.

    It is read anew each time it is opened: what is proposed of it is nowhere kept.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("handed in by"), on_delete=models.CASCADE, related_name="+"
    )
    name = LineField(_("name of the file"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="raw_reports",
        help_text=_("What was made of it. A form that is sent twice leads to it."),
    )
    created_at = models.DateTimeField(_("handed in at"), auto_now_add=True, db_index=True)

    objects = RawReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("raw report")
        verbose_name_plural = _("raw reports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name or " ".join(self.text[:400].split())[:80]


class RawPicture(models.Model):
    """A picture that a raw report brought, checked and written anew; the article takes its very file over."""

    report = models.ForeignKey(
        RawReport, verbose_name=_("raw report"), on_delete=models.CASCADE, related_name="pictures"
    )
    image = PictureField(_("picture"), upload_to="photos", width_field="width", height_field="height")
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    alt = LineField(_("alternative text"), max_length=300, blank=True)
    caption = LineField(_("caption"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("picture of a raw report")
        verbose_name_plural = _("pictures of raw reports")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.image)

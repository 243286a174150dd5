"""Pictures and videos of an article."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.attachments import AttachmentField
from newsroom.fields import LineField
from newsroom.pictures import PictureField


class Photo(models.Model):
    """A picture of an article. The first is its lead picture."""

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="photos")
    image = PictureField(_("picture"), upload_to="photos", width_field="width", height_field="height")
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    alt = LineField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    caption = LineField(_("caption"), max_length=500, blank=True)
    credit = LineField(_("picture credit"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.caption or self.alt or str(self.image)

    @property
    def srcset(self) -> str:
        """The WebP renditions for the `srcset` of its `<source>`."""
        return self.image.srcset(self.width)  # type: ignore[attr-defined]

    @property
    def large(self) -> str:
        """The address of its widest WebP rendition."""
        return self.image.widest(self.width)  # type: ignore[attr-defined]


class Video(models.Model):
    """A video of an article: a file of ours, or an address shown as a link. Never embedded.

    A report may announce a video without saying where it is: then there is neither, and readers see nothing.
    """

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="videos")
    file = AttachmentField(_("file"), upload_to="videos", kinds=("mp4", "webm"), blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    picture = PictureField(_("picture"), upload_to="videos", blank=True)
    caption = LineField(_("caption"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") | Q(address=""),
                name="articles_video_is_a_file_or_an_address",
                violation_error_message=_("Choose a file or give an address, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.address or str(self.file)

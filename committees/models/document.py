"""Documents (văn bản) that reports cite."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from newsroom.addresses import address
from newsroom.attachments import AttachmentField
from newsroom.fields import DayField, LineField, SearchKeyField
from newsroom.fulltext import WordsField


class Document(models.Model):
    """A resolution, directive, conclusion or other paper. Numbers repeat in real life."""

    class Type(models.TextChoices):
        RESOLUTION = "resolution", _("Resolution (nghị quyết)")
        DIRECTIVE = "directive", _("Directive (chỉ thị)")
        CONCLUSION = "conclusion", _("Conclusion (kết luận)")
        REGULATION = "regulation", _("Regulation (quy định)")
        RULES = "rules", _("Rules (quy chế)")
        DECISION = "decision", _("Decision (quyết định)")
        PLAN = "plan", _("Plan (kế hoạch)")
        PROGRAMME = "programme", _("Programme (chương trình)")
        GUIDANCE = "guidance", _("Guidance (hướng dẫn)")
        NOTICE = "notice", _("Notice (thông báo)")
        CHARTER = "charter", _("Charter (điều lệ)")
        OTHER = "other", _("Other document")

    name = LineField(_("name"), max_length=300, help_text=_("What it is called, such as “Nghị quyết số 21-NQ/TW”."))
    number = LineField(_("number as printed"), max_length=60, blank=True)
    type = models.CharField(_("type"), max_length=10, choices=Type, default=Type.OTHER)
    issuer = LineField(_("issuer"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    subject = LineField(_("subject"), max_length=400, blank=True)
    file = AttachmentField(_("file"), upload_to="documents", kinds=("pdf",), blank=True)
    search_key = SearchKeyField(sources=("name", "number", "issuer", "subject"))
    search_words = WordsField(sources=(("name", "number"), ("subject",), ("issuer",)))
    sorted_on = DayField(sources=("issued_on",))

    history = HistoricalRecords(excluded_fields=["search_words"])

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-sorted_on", "-pk"]
        indexes = [
            models.Index(fields=["-sorted_on", "-id"], name="committees_document_newest"),
            models.Index(fields=["issuer"], name="committees_document_by_issuer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    type__in=[
                        "resolution", "directive", "conclusion", "regulation", "rules", "decision",
                        "plan", "programme", "guidance", "notice", "charter", "other",
                    ]
                ),
                name="committees_document_type_is_known",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("committees:document", self.name, "van-ban", self.pk)

    @property
    def file_size(self) -> int | None:
        """The size of its file in bytes; None where there is none, or where the storage has lost it."""
        try:
            return self.file.size if self.file else None
        except OSError:
            return None

"""The memory of an article: snapshots, overridden checks, the next text of a public one, corrections."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article
from newsroom.publishing import State, is_public

# What a revision may have been made by; the empty one is a save.
_DECISIONS = ["", "submit", "take_back", "return", "publish", "drop", "withdraw", "restore", "give"]


class Revision(models.Model):
    """One snapshot of a whole article - fields, byline, photos, tags, mentions - with who, when and why."""

    class Transition(models.TextChoices):
        """What was decided with it: the names of `articles.workflow.TRANSITIONS`, and that it was given to another."""

        SUBMIT = "submit", pgettext_lazy("in a history", "Submitted")
        TAKE_BACK = "take_back", pgettext_lazy("in a history", "Taken back")
        RETURN = "return", pgettext_lazy("in a history", "Returned")
        PUBLISH = "publish", pgettext_lazy("in a history", "Published")
        DROP = "drop", pgettext_lazy("in a history", "Changes dropped")
        WITHDRAW = "withdraw", pgettext_lazy("in a history", "Withdrawn")
        RESTORE = "restore", pgettext_lazy("in a history", "Made a draft again")
        GIVE = "give", pgettext_lazy("in a history", "Given")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(_("version"))
    snapshot = models.JSONField(_("snapshot"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    transition = models.CharField(
        _("transition"), max_length=9, choices=Transition, blank=True, help_text=_("Empty for a save.")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    is_autosave = models.BooleanField(_("autosave"), default=False)
    is_opened = models.BooleanField(
        _("opened"), default=False, help_text=_("A form began from this autosave, so later ones do not replace it.")
    )
    page = models.CharField(
        _("page"), max_length=36, blank=True, help_text=_("The token of the form that it was saved from.")
    )
    is_working_copy = models.BooleanField(
        _("of the working copy"), default=False, help_text=_("While it was made, readers saw another text.")
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="articles_revision_one_of_a_version"),
            models.CheckConstraint(
                condition=Q(transition__in=_DECISIONS), name="articles_revision_transition_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(transition__in=["return", "withdraw"]) | ~Q(reason=""),
                name="articles_revision_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.version})"


class Override(models.Model):
    """That somebody published over a block of the checks, and why. It holds for that very finding (`code`, `key`)."""

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="overrides")
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), on_delete=models.CASCADE, related_name="overrides"
    )
    code = models.CharField(_("check"), max_length=40)
    key = models.CharField(_("which finding"), max_length=16)
    sentence = models.TextField(_("as shown"))
    reason = models.CharField(_("reason"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="articles_override_has_a_reason"),
            models.UniqueConstraint(fields=["article", "code", "key"], name="articles_override_once"),
        ]

    def __str__(self) -> str:
        return self.sentence


class WorkingCopy(models.Model):
    """The next text of a published or scheduled article, with a workflow of its own. It replaces the article's when
    published, and is numbered with it: `Article.version` counts the saves of both.
    """

    article = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="working_copy"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    snapshot = models.JSONField(_("snapshot"))
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "returned"]), name="articles_workingcopy_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self) -> "CorrectionQuerySet":
        """Those of articles that readers see."""
        return self.filter(is_public("article__"))


class Correction(models.Model):
    """What stood, what is right, told to readers."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="corrections"
    )
    stood = models.TextField(_("what stood"))
    right = models.TextField(_("what is right"))
    corrected_at = models.DateTimeField(_("corrected at"), auto_now_add=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("corrected by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-corrected_at", "-pk"]
        indexes = [models.Index(fields=["-corrected_at", "-id"], name="articles_correction_newest")]

    def __str__(self) -> str:
        return self.right[:80]

    def clean(self) -> None:
        if self._state.adding and self.article_id and not self.article.is_public:
            raise ValidationError(
                {"article": _("Readers do not see this article. What nobody has read is changed, not corrected.")}
            )

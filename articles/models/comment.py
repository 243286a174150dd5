"""Readers' comments. Always moderated before they show."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.fields import LineField, SearchKeyField


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> "CommentQuerySet":
        """Those that readers see."""
        return self.filter(state=Comment.State.APPROVED)

    def threads(self) -> "CommentQuerySet":
        """Those that answer no other, oldest first."""
        return self.filter(parent__isnull=True).order_by("created_at", "pk")


class Comment(models.Model):
    """Plain text under an article, with one level of replies."""

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        SPAM = "spam", _("Spam")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", verbose_name=_("in reply to"), on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    name = LineField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never shown to readers."))
    text = models.TextField(_("text"), max_length=4000)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="comments",
    )
    is_staff_reply = models.BooleanField(_("staff reply"), default=False, help_text=_("Carries the newsroom's badge."))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PENDING)
    reason = LineField(_("reason"), max_length=200, blank=True, help_text=_("Why it was rejected, for the desk."))
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderated by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    moderated_at = models.DateTimeField(_("moderated at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    consented_at = models.DateTimeField(_("consented at"), null=True, blank=True, editable=False)
    # Keyed hashes (articles.commenting.traces), each blank once its days are over.
    sender = models.CharField(_("key of the address it came from"), max_length=64, blank=True, editable=False)
    correspondent = models.CharField(_("key of the e-mail address"), max_length=64, blank=True, editable=False)
    key = models.CharField(
        _("key of the sending"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Of what was sent, under what and from where; what is sent twice within a day is one comment."),
    )
    notes = models.JSONField(
        _("notes"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("What the checks found when it came in: a list of {“check”, “note”}."),
    )
    reported_at = models.DateTimeField(
        _("reported at"), null=True, blank=True, editable=False, help_text=_("The first report that is still open.")
    )
    search_key = SearchKeyField(sources=("name", "text"))

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("moderate_comment", _("Can approve and reject comments")),
            ("answer_for_person", _("Can hand out and anonymise the comments of a reader")),
        ]
        indexes = [
            models.Index(fields=["article", "created_at", "id"], name="articles_comment_of_article"),
            models.Index(fields=["state", "-created_at", "-id"], name="articles_comment_queue"),
            # What readers see is found without walking past what waits or was refused.
            models.Index(
                fields=["article", "created_at", "id"], condition=Q(state="approved"), name="articles_comment_shown"
            ),
            models.Index(fields=["parent", "created_at", "id"], name="articles_comment_replies"),
            models.Index(fields=["sender", "created_at"], condition=~Q(sender=""), name="articles_comment_of_sender"),
            models.Index(
                fields=["correspondent", "created_at"],
                condition=~Q(correspondent=""),
                name="articles_comment_by_email",
            ),
            models.Index(
                fields=["reported_at", "id"], condition=Q(reported_at__isnull=False), name="articles_comment_reported"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "approved", "rejected", "spam"]),
                name="articles_comment_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="articles_comment_is_not_its_own_parent",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="articles_comment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def clean(self) -> None:
        if self.parent and (self.parent.article_id != self.article_id or self.parent.parent_id is not None):
            raise ValidationError({"parent": _("Answer a first-level comment under the same article.")})

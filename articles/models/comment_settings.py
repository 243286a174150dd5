"""How readers may comment: one row, edited in the admin."""

from datetime import timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.models import Page

LONGEST = 4000  # what the column of a comment's text takes
_WORDS = _("One on each line, with its diacritics. What is written without them, spaced out or disguised is found too.")


class CommentSettings(models.Model):
    """The switches, limits and lists that every comment is held against."""

    is_open = models.BooleanField(
        _("comments are open"), default=True, help_text=_("Switched off, no article takes comments; those shown stay.")
    )
    closes_after_days = models.PositiveSmallIntegerField(
        _("closes after days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("So many days after its publication an article takes no more comments. Empty: never."),
    )
    needs_email = models.BooleanField(_("e-mail is required"), default=False)
    shortest = models.PositiveSmallIntegerField(
        _("fewest characters"), default=2, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    longest = models.PositiveSmallIntegerField(
        _("most characters"), default=2000, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    fewest_seconds = models.PositiveSmallIntegerField(
        _("fewest seconds"),
        default=3,
        validators=[MaxValueValidator(60)],
        help_text=_("Between opening a page and sending; machines are quicker than people."),
    )
    most_in_ten_minutes = models.PositiveSmallIntegerField(
        _("most in ten minutes"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("From one address. A whole office may share one."),
    )
    most_in_a_day = models.PositiveSmallIntegerField(
        _("most in a day"), default=40, validators=[MinValueValidator(1)], help_text=_("From one address.")
    )
    links_allowed = models.PositiveSmallIntegerField(
        _("links allowed"), default=1, help_text=_("A comment with more is refused; one with any is pointed out.")
    )
    sender_days = models.PositiveSmallIntegerField(
        _("days a sender is known"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text=_(
            "For so long a keyed hash of the address is kept, to slow floods and to ban. The privacy page says so."
        ),
    )
    banned_words = models.TextField(_("banned words"), blank=True, max_length=40_000, help_text=_WORDS)
    suspect_words = models.TextField(
        _("suspect words"),
        blank=True,
        max_length=40_000,
        help_text=_("As above. A comment with one of these is taken, and pointed out to the moderators."),
    )

    rules_page = models.ForeignKey(
        Page,
        verbose_name=_("page of the rules"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The form leads to it."),
    )
    privacy_page = models.ForeignKey(
        Page,
        verbose_name=_("page on privacy"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("It stands beside the box in which readers agree."),
    )

    class Meta:
        verbose_name = _("rules for comments")
        verbose_name_plural = _("rules for comments")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="articles_commentsettings_is_one_row"),
            models.CheckConstraint(
                condition=Q(shortest__lte=F("longest")),
                name="articles_commentsettings_lengths_in_order",
                violation_error_message=_("The fewest characters are more than the most."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "CommentSettings":
        """Return the rules that hold now; where nobody has changed any, those that the house begins with, unsaved."""
        return cls._default_manager.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def for_readers(cls) -> "CommentSettings":
        """Return the rules as `current` does, without the lists of words and with the pages that readers are led to."""
        rules = cls._default_manager.filter(pk=1).select_related("rules_page", "privacy_page")
        unsaid = ("banned_words", "suspect_words", "rules_page__body", "privacy_page__body")
        return rules.defer(*unsaid).first() or cls(pk=1)

    def closed_because(self, article: Article) -> str:
        """Return a sentence that says why `article` takes no comments now; empty while it does."""
        days = self.closes_after_days
        if not self.is_open:
            return gettext("The site takes no comments for now.")
        if not (article.allow_comments and article.is_public and article.published_at):
            return gettext("This article takes no comments.")
        if days is not None and timezone.now() >= article.published_at + timedelta(days=days):
            return gettext("Comments are taken for %(days)d days after publication; those days are over.") % {
                "days": days
            }
        return ""

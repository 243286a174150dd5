"""What is public: the one rule, asked by every list, page, feed, sitemap, search and export.

A thing is public when its state is `published` and its `published_at` has come. A time still ahead
means "scheduled": at its minute the thing is everywhere, before it nowhere, and no job has to run.
"""

from datetime import datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a thing stands between the first draft and the reader."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


def is_public(prefix: str = "", at: datetime | None = None) -> Q:
    """Return the rule as a condition on a model, or through a relation.

    `prefix` is the lookup path to the publishable thing ("" or "article__"); `at` the moment asked
    about (default: now).
    """
    return Q(**{f"{prefix}state": State.PUBLISHED, f"{prefix}published_at__lte": at or timezone.now()})


class PublishableQuerySet(models.QuerySet[Any]):
    def public(self, at: datetime | None = None) -> Self:
        """Only what readers may see (at the moment `at`; default: now)."""
        return self.filter(is_public(at=at))


class Publishable(models.Model):
    """Something that readers see from a moment on, and not before."""

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The moment from which readers see it. A moment still ahead means: scheduled."),
    )

    objects = PublishableQuerySet.as_manager()

    # True of what a preview shows before it is public: readers have no page of it yet.
    is_ahead = False

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="%(app_label)s_%(class)s_state_is_known",
            ),
        ]

    @property
    def is_public(self) -> bool:
        """Whether readers may see it now."""
        return self.state == State.PUBLISHED and self.published_at is not None and self.published_at <= timezone.now()

    @property
    def was_public(self) -> bool:
        """Whether readers have ever seen it, even if it has been withdrawn since. What was public is not deleted."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_scheduled(self) -> bool:
        """Whether readers will see it at a moment still ahead."""
        return self.state == State.PUBLISHED and self.published_at is not None and self.published_at > timezone.now()


Shown = TypeVar("Shown", bound=Publishable)


def shown(thing: Shown | None) -> Shown | None:
    """Return `thing` if readers may see it. What points at it may be public when it is not itself."""
    return thing if thing is not None and thing.is_public else None

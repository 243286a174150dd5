"""Where a figure or an award stands in an article."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from committees.models import Award, Statistic


class Mention(models.Model):
    """The exact words of a figure or an award in one part of an article.

    A little before and after is kept beside the words, so that they are found again after an edit
    (`articles.anchoring`). Where others have come into their place, those are kept beside them until a person has
    decided. One figure may be mentioned twice, and by two articles.
    """

    class Part(models.TextChoices):
        TITLE = "title", _("Title")
        LEAD = "lead", _("Lead")
        BODY = "body", _("Body")
        CAPTION = "caption", _("Caption")

    class State(models.TextChoices):
        ANCHORED = "anchored", _("Anchored")
        CHANGED = "changed", _("Changed")
        LOST = "lost", _("Lost")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="mentions")
    statistic = models.ForeignKey(
        Statistic, verbose_name=_("statistic"), on_delete=models.PROTECT, null=True, blank=True, related_name="mentions"
    )
    award = models.ForeignKey(
        Award, verbose_name=_("award"), on_delete=models.PROTECT, null=True, blank=True, related_name="mentions"
    )
    part = models.CharField(_("part"), max_length=7, choices=Part, default=Part.BODY)
    words = models.CharField(_("exact words"), max_length=500)
    words_now = models.CharField(
        _("words now in their place"), max_length=500, blank=True, help_text=_("Only of a mention that has changed.")
    )
    before = models.CharField(_("before"), max_length=80, blank=True)
    after = models.CharField(_("after"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ANCHORED)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(statistic__isnull=False, award__isnull=True)
                | Q(statistic__isnull=True, award__isnull=False),
                name="articles_mention_points_at_one_thing",
                violation_error_message=_("A mention points at a figure or at an award: exactly one."),
            ),
            models.CheckConstraint(condition=~Q(words=""), name="articles_mention_has_words"),
            models.CheckConstraint(
                condition=Q(part__in=["title", "lead", "body", "caption"]), name="articles_mention_part_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["anchored", "changed", "lost"]), name="articles_mention_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(words_now="") | Q(state="changed"), name="articles_mention_has_other_words_when_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.words}”"

    @property
    def anchor(self) -> str:
        """The id under which the words stand in the article's page."""
        return self.anchor_of(self.id)

    @staticmethod
    def anchor_of(pk: int) -> str:
        """Return the anchor of the mention with this key."""
        return f"m{pk}"

    def find_in(self, text: str) -> tuple[int, int] | None:
        """Return where the words stand in `text` (plain text of the part) as (start, end), or None.

        Where the words stand more than once, the place with the most of its neighbourhood wins. Of a mention that has
        changed the words are those now in their place; what is lost is nowhere.
        """
        words = self.words_now or self.words
        if self.state == self.State.LOST:
            return None
        unchanged = text.find(f"{self.before}{words}{self.after}")
        if unchanged != -1:  # nowhere can it be likelier
            start = unchanged + len(self.before)
            return start, start + len(words)
        best: tuple[int, int] | None = None
        start = text.find(words)
        while start != -1:
            end = start + len(words)
            likeness = common_end(text[max(0, start - 80) : start], self.before)
            likeness += common_start(text[end : end + 80], self.after)
            if best is None or likeness > best[0]:
                best = (likeness, start)
            start = text.find(words, start + 1)
        return None if best is None else (best[1], best[1] + len(words))


def common_start(a: str, b: str) -> int:
    """Return with how many equal letters `a` and `b` begin."""
    length, most = 0, min(len(a), len(b))
    while length < most and a[length] == b[length]:
        length += 1
    return length


def common_end(a: str, b: str) -> int:
    """Return with how many equal letters `a` and `b` end."""
    return common_start(a[::-1], b[::-1])

"""Taking in that a reader holds a figure wrong: held against the checks of comments, stored once, with a verdict."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.anchoring import texts_of
from articles.commenting import checks
from articles.commenting.attempt import Refuse, Sending
from articles.commenting.checks import Tick
from articles.commenting.taking import ONCE_WITHIN, judge, rules_in_turn
from articles.commenting.traces import key_of
from articles.mentions import sentence_around
from articles.models import FigureReport, Mention
from articles.moderating.banning import is_not_banned
from articles.moderating.reporting import MOST, WINDOW
from articles.numbers import hold
from committees.figures import Weight
from committees.models import Statistic
from newsroom.publishing import is_public


@dataclass(frozen=True)
class Doubt(Sending):
    """That a figure is wrong, on its way in."""

    statistic: Statistic

    @property
    def about(self) -> Statistic:
        return self.statistic


def reportable() -> QuerySet[Statistic]:
    """Return the figures that readers see, each with the place of its sentence."""
    return Statistic.objects.public().with_sentence().select_related("committee", "indicator")


def is_still_public(doubt: Doubt, tick: Tick) -> Refuse | None:
    if reportable().filter(pk=doubt.statistic.pk).exists():
        return None
    return Refuse(_("Readers do not see this figure any more. What you wrote has not been kept."), status=403)


def keeps_to_the_pace(doubt: Doubt, tick: Tick) -> Refuse | None:
    """So many within the hour as reports of comments are taken."""
    if not doubt.sender:
        return None
    before = FigureReport.objects.filter(sender=doubt.sender, created_at__gt=doubt.now - WINDOW)
    moments = list(before.order_by("-created_at").values_list("created_at", flat=True)[:MOST])
    if len(moments) < MOST:
        return None
    seconds = max(1, ceil((moments[-1] + WINDOW - doubt.now).total_seconds()))
    minutes = ceil(seconds / 60)
    sentence = ngettext(
        "Many reports have come from your address. Nothing is lost: please send again in %(count)d minute.",
        "Many reports have come from your address. Nothing is lost: please send again in %(count)d minutes.",
        minutes,
    )
    return Refuse(sentence % {"count": minutes}, status=429, retry_after=seconds)


# In this order. The first that refuses is heard alone.
CHECKS: tuple[tuple[str, Any], ...] = (
    ("open", is_still_public),
    ("ban", is_not_banned),
    ("trap", checks.left_the_trap_alone),
    ("haste", checks.took_a_moment),
    ("pace", keeps_to_the_pace),
    ("links", checks.has_few_links),
    ("words", checks.is_worded_fittingly),
)


@transaction.atomic
def take(doubt: Doubt) -> FigureReport:
    """Store `doubt`, which then waits for a moderator, and return it; or what the same sending has already made.

    Raises `articles.commenting.attempt.RefusedError`.
    """
    doubt = doubt.under(rules_in_turn())
    key = key_of(article=doubt.statistic.pk, parent=None, name="", text=doubt.text, sender=doubt.sender)
    same = FigureReport.objects.filter(key=key)
    same.filter(created_at__lte=doubt.now - ONCE_WITHIN).update(key="")
    if (made := same.first()) is not None:
        return made
    notes = judge(doubt, CHECKS)
    mention, sentence = told(doubt.statistic)
    try:
        with transaction.atomic():
            return FigureReport.objects.create(
                statistic=doubt.statistic,
                article=mention.article if mention else None,
                figure=str(doubt.statistic)[:400],
                sentence=sentence,
                verdicts=verdicts_over(doubt.statistic, sentence, mention),
                words=doubt.text,
                email=doubt.email,
                consented_at=doubt.now if doubt.email else None,
                created_at=doubt.now,
                sender=doubt.sender,
                key=key,
                notes=notes,
            )
    except IntegrityError:
        # Where no lock holds, the database still keeps the key for one.
        return same.get()


def told(statistic: Statistic) -> tuple[Mention | None, str]:
    """Return the mention that the pages of figures lead to from `statistic`, with its sentence; None and "" without."""
    if statistic.sentence is None:
        return None, ""
    mentions = Mention.objects.filter(is_public("article__"), pk=statistic.sentence["mention"])
    mention = mentions.select_related("article").first()
    if mention is None:
        return None, ""
    texts = texts_of(mention.article, [mention.part])[mention.part]
    around = next(filter(None, (sentence_around(mention, text) for text in texts)), None)
    return mention, "".join(around) if around else ""


def verdicts_over(statistic: Statistic, sentence: str, mention: Mention | None) -> list[dict[str, str]]:
    """Return what the engine says of `sentence` and its row, heaviest first: the rule, the weight and the words.

    The row is known to stand where `mention` says. Without a sentence the row itself is read, as pages print it.
    """
    text = sentence or f"{statistic.label}: {statistic.figure} {statistic.unit_printed}"
    part, mentions = (mention.part, [mention]) if mention and sentence else (Mention.Part.BODY, [])
    found = hold({part: [text]}, mentions, [statistic]).examination
    order = [Weight.BLOCK, Weight.WARN, Weight.FINE]
    verdicts = sorted(found.verdicts, key=lambda verdict: order.index(verdict.weight))
    return [{"rule": said.rule, "weight": said.weight.value, "message": said.message} for said in verdicts]

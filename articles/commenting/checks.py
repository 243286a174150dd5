"""What every comment is held against, one question after another.

A check takes an `Attempt` and a `tick`, which it calls wherever it goes round in a loop: it ends a check that takes too
long. It returns None to let the comment pass, `Hold` to take it with a note, or `Refuse`.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.commenting.attempt import Attempt, Hold, Refuse, Sending
from articles.commenting.disguise import find
from articles.commenting.stamp import seconds_since
from articles.models import Article, Comment
from articles.moderating.banning import is_not_banned

Tick = Callable[[], None]
Check = Callable[[Attempt, Tick], Hold | Refuse | None]


def is_open(attempt: Attempt, tick: Tick) -> Refuse | None:
    """The article is asked again: it may have been withdrawn or closed while the reader wrote."""
    article = Article.objects.public().filter(pk=attempt.article.pk).first()
    if article is not None and not attempt.rules.closed_because(article):
        return None
    return Refuse(
        _("This article takes no more comments. What you wrote has not been kept; copy it if you need it."), status=403
    )


def has_a_fitting_length(attempt: Attempt, tick: Tick) -> Refuse | None:
    count, rules = len(attempt.text), attempt.rules
    if count > rules.longest:
        sentence = _("The comment has %(count)d characters; at most %(most)d are taken. Please shorten it.")
        return Refuse(sentence % {"count": count, "most": rules.longest}, "text")
    if count < rules.shortest:
        return Refuse(_("The comment is too short. Please write a little more."), "text")
    if rules.needs_email and not attempt.email:
        return Refuse(_("Please give your e-mail address; readers do not see it."), "email")
    return None


def left_the_trap_alone(attempt: Sending, tick: Tick) -> Refuse | None:
    if not attempt.trap:
        return None
    return Refuse(
        _("A field that has to stay empty was filled in, perhaps by your browser. It is empty again: please resend.")
    )


def took_a_moment(attempt: Sending, tick: Tick) -> Refuse | None:
    seconds = seconds_since(attempt.stamp, attempt.about, attempt.now)
    if seconds is None:
        return Refuse(_("The form was incomplete. Nothing is lost: please send again in a few seconds."))
    # We made the page, at a moment still ahead: a clock of ours was wrong, and tells nothing of this reader.
    if 0 <= seconds < attempt.rules.fewest_seconds:
        return Refuse(_("That was very quick. Nothing is lost: please send again in a few seconds."))
    return None


def keeps_to_the_pace(attempt: Attempt, tick: Tick) -> Refuse | None:
    """Counted from the comments themselves, so that all processes and machines count alike."""
    if not attempt.sender:
        return None
    sent = Comment.objects.filter(sender=attempt.sender).order_by("-created_at")
    for limit, window in (
        (attempt.rules.most_in_ten_minutes, timedelta(minutes=10)),
        (attempt.rules.most_in_a_day, timedelta(days=1)),
    ):
        tick()
        moments = list(sent.filter(created_at__gt=attempt.now - window).values_list("created_at", flat=True)[:limit])
        if len(moments) == limit:
            seconds = max(1, ceil((moments[-1] + window - attempt.now).total_seconds()))
            minutes = ceil(seconds / 60)
            sentence = ngettext(
                "Many comments have come from your address. Nothing is lost: please send again in %(count)d minute.",
                "Many comments have come from your address. Nothing is lost: please send again in %(count)d minutes.",
                minutes,
            )
            return Refuse(sentence % {"count": minutes}, status=429, retry_after=seconds)
    return None


_LATEST = 100  # so many comments are looked at for repetition
_TELLING = 20  # characters from which on the same words of different people are no chance


def is_new(attempt: Attempt, tick: Tick) -> Hold | Refuse | None:
    """The same words again: from the same address they are refused, from others they are pointed out."""
    words = _alike(attempt.text)
    latest = Comment.objects.filter(created_at__gt=attempt.now - timedelta(days=1)).order_by("-created_at", "-pk")
    others = 0
    for text, sender in latest.values_list("text", "sender")[:_LATEST]:
        tick()
        if _alike(text) == words:
            if attempt.sender and sender == attempt.sender:
                return Refuse(
                    _("You have sent these words already; they are waiting to be read. Once is enough."), "text"
                )
            others += 1
    if others and len(words) >= _TELLING:
        return Hold(
            ngettext(
                "Stands in %(count)d other comment of today.", "Stands in %(count)d other comments of today.", others
            )
            % {"count": others}
        )
    return None


def _alike(text: str) -> str:
    return "".join(text.casefold().split())


# An address as people write it, with or without its beginning. No part can be read in two ways: the search is linear.
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>]+|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\."
    r"(?:com|net|org|vn|info|biz|ru|cn|xyz|top|io|me|ly|shop|site|online|club|vip|link|store)\b",
    re.IGNORECASE,
)


def has_few_links(attempt: Sending, tick: Tick) -> Hold | Refuse | None:
    if _LINK.search(attempt.name):
        return Refuse(_("A name holds no link. Please write your name only."), "name")
    count = sum(1 for _link in _LINK.finditer(attempt.text))
    if count > attempt.rules.links_allowed:
        sentence = ngettext(
            "At most %(count)d link is taken. Please take out the others.",
            "At most %(count)d links are taken. Please take out the others.",
            attempt.rules.links_allowed,
        )
        if not attempt.rules.links_allowed:
            return Refuse(_("Comments with links are not taken. Please take them out."), "text")
        return Refuse(sentence % {"count": attempt.rules.links_allowed}, "text")
    if count:
        return Hold(ngettext("Holds %(count)d link.", "Holds %(count)d links.", count) % {"count": count})
    return None


def is_worded_fittingly(attempt: Sending, tick: Tick) -> Hold | Refuse | None:
    """No word of the lists, however it is disguised. What may be another word is left to a person."""
    doubtful = []
    for field in ("name", "text"):
        written = getattr(attempt, field)
        for found in find(_lines(attempt.rules.banned_words), written, tick):
            if found.is_certain:
                sentence = _("Please say it otherwise: “%(words)s” is not shown here.")
                return Refuse(sentence % {"words": found.piece[:80]}, field)
            doubtful.append(found.piece)
        doubtful += [found.piece for found in find(_lines(attempt.rules.suspect_words), written, tick)]
    if doubtful:
        return Hold(_("Words to look at: %(words)s.") % {"words": "; ".join(dict.fromkeys(doubtful))[:300]})
    return None


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


# In this order. The first that refuses is heard alone.
CHECKS: tuple[tuple[str, Check], ...] = (
    ("open", is_open),
    ("ban", is_not_banned),
    ("length", has_a_fitting_length),
    ("trap", left_the_trap_alone),
    ("haste", took_a_moment),
    ("pace", keeps_to_the_pace),
    ("repetition", is_new),
    ("links", has_few_links),
    ("words", is_worded_fittingly),
)

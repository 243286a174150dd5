"""The panel before publishing, in the form of an article: what the checks find, and why a block may stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.checking import Checked, Finding, Weight, check
from articles.models import Article, Override
from articles.workflow import Transition
from newsroom.keys import key_in
from newsroom.publishing import State

PLACE = "checks"  # the id of the panel in the form
REASON_LENGTH = Override._meta.get_field("reason").max_length

_TYPED = "typed_for_a_move"  # the session's key
_PREFIX = "override-"
STILL = "still-"  # with the key of a mention: the words that a person has seen, and that still say the same


@dataclass(frozen=True)
class Line:
    """One finding as the panel shows it: with what was typed against it, or with the override that holds."""

    finding: Finding
    may_override: bool = False
    typed: str = ""
    override: Override | None = None


@dataclass(frozen=True)
class Group:
    """The findings of one weight: its name (for styles and tests), what it is called, and its lines."""

    name: str
    title: Any
    lines: list[Line] = field(default_factory=list)


def groups(checked: Checked, may_override: bool, typed: Mapping[str, str]) -> list[Group]:
    """Return what the panel shows of `checked`, the gravest first; groups that are empty are left out.

    `may_override` says whether the person may answer blocks; `typed` is what was written last time, by names.
    """
    blocks = [
        Line(found, may_override and not found.is_required, typed.get(found.name, "")) for found in checked.blocks
    ]
    kept = [
        Line(found, override=checked.overrides[found.name])
        for found in checked.findings
        if found.name in checked.overrides and found.weight == Weight.BLOCK
    ]
    found = [
        Group("block", _("Holds it up"), blocks),
        Group("warn", _("Worth a look"), [Line(found) for found in checked.warnings]),
        Group("overridden", _("Published all the same"), kept),
        Group("fine", _("Fine"), [Line(found) for found in checked.of(Weight.FINE)]),
    ]
    return [group for group in found if group.lines]


def context(article: Article | None, moves: Sequence[Transition], typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the templates of a form show of the checks: nothing of what is new, withdrawn or not one's own.

    `moves` are those that the person may make with `article`, and `typed` what stood beside the buttons last time.
    """
    if article is None or article.state == State.WITHDRAWN or not moves:
        return {}
    may_override = any(move.needs_whole and move.target == State.PUBLISHED for move in moves)
    # The form may have put what was typed into `article`: the checks look at what is saved.
    checked = check(Article.objects.for_checks().get(pk=article.pk))
    return {
        "checks": groups(checked, may_override, typed),
        "checks_place": PLACE,
        "numbers": checked.numbers,
        "coverage": next((found.sentence for found in checked.findings if found.numbers), ""),
    }


def reasons_in(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons against blocks that a form has sent: the name of a finding -> why it may stand."""
    return {name: sent[name].strip()[:REASON_LENGTH] for name in sent if name.startswith(_PREFIX)}


def still_in(sent: Mapping[str, str]) -> dict[int, str]:
    """Return the mentions that still say the same, as a form has sent it: the key of each -> the words seen."""
    boxes = {name.removeprefix(STILL): sent[name] for name in sent if name.startswith(STILL)}
    return {key: words for said, words in boxes.items() if (key := key_in(said)) is not None}


def keep_typed(request: HttpRequest, article: Article) -> None:
    """Keep what was typed for a move that has been refused, until the form of `article` is shown again."""
    typed = {name: request.POST[name][:1000] for name in ("reason", "at") if name in request.POST}
    request.session[_TYPED] = {"article": article.pk, "typed": typed | reasons_in(request.POST)}


def typed_before(request: HttpRequest, article: Article | None) -> Mapping[str, str] | None:
    """Return what has been typed beside the buttons of `article` and led to no move yet; None if nothing was."""
    if "_move" in request.POST:
        return request.POST
    kept = request.session.get(_TYPED)
    if article is None or kept is None or kept["article"] != article.pk:
        return None
    del request.session[_TYPED]
    return kept["typed"]

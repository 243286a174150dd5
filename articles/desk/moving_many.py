"""Moving many articles at once from the list: one page that says what would happen to each, then one move for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.workflow import TRANSITIONS, NotPossible, Transition, look, may_ever
from newsroom.desk import DeskAdmin, person, standing
from newsroom.models import User

MOST = 100  # articles at once: what one person can look over on one page
NAMED = 5  # refusals that the result names


@dataclass(frozen=True)
class Row:
    """One chosen article: what would be done with it, or why nothing can be."""

    article: Article
    standing: Any
    label: Any = ""
    doubts: int = 0  # warnings of the checks
    refusal: str = ""


class ReasonForm(forms.Form):
    """Why many articles are returned or withdrawn: each of their writers reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("It stands with each of the articles."),
        error_messages={"required": gettext_lazy("Write the reason: the next person to open the article needs it.")},
    )


class ManyAdmin(DeskAdmin):
    """A list of articles of which many are submitted, returned or published at once."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if IS_POPUP_VAR in request.GET or not self.has_change_permission(request):
            return actions
        moves = [transition for transition in TRANSITIONS.values() if may_ever(transition, person(request))]
        return {
            f"move_{move.name}": (partial(_move, move), f"move_{move.name}", move.label) for move in moves
        } | actions


def _move(transition: Transition, desk: Any, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse | None:
    """Show what `transition` would do to each of `chosen`, or do it where the person has said so on that page."""
    parts = chosen.for_checks().select_related("category", "conference", "writer", "working_copy")  # type: ignore[attr-defined]
    articles = list(parts[: MOST + 1])
    if len(articles) > MOST:
        sentence = _("Choose at most %(most)d articles at once, so that you can look them over.")
        desk.message_user(request, sentence % {"most": MOST}, messages.ERROR)
        return None
    is_confirmed = "confirmed" in request.POST
    form = ReasonForm(request.POST if is_confirmed else None) if transition.needs_reason else None
    if is_confirmed and (form is None or form.is_valid()):
        _perform(transition, desk, request, articles, form.cleaned_data["reason"] if form else "")
        return None
    rows = _rows(transition, articles, person(request))
    context = {
        **desk.admin_site.each_context(request),
        "title": transition.label,
        "opts": desk.opts,
        "action": f"move_{transition.name}",
        "checkbox": ACTION_CHECKBOX_NAME,
        "form": form,
        "possible": [row for row in rows if not row.refusal],
        "refused": [row for row in rows if row.refusal],
    }
    request.current_app = desk.admin_site.name  # type: ignore[attr-defined]
    return TemplateResponse(request, "admin/articles/article/move_many.html", context)


def _rows(transition: Transition, articles: Sequence[Article], by: User) -> list[Row]:
    """Return what would be done with each of `articles`."""
    rows = []
    for article in articles:
        place = standing(article)
        if not transition.leads_on(article):
            rows.append(Row(article, place, refusal=_("As it stands, this cannot be done with it.")))
            continue
        try:
            doubts = len(look(article, transition, by).warnings)
        except NotPossible as refusal:
            rows.append(Row(article, place, refusal=str(refusal)))
        else:
            rows.append(Row(article, place, transition.named_for(article).label, doubts))
    return rows


def _perform(transition: Transition, desk: Any, request: HttpRequest, articles: Sequence[Article], reason: str) -> None:
    """Move each of `articles` by itself, and tell how many were moved and which were not."""
    done, refused = 0, []
    for article in articles:
        seen = request.POST.get(f"seen-{article.pk}", "")
        try:
            desk.move_one(request, article, transition.name, reason=reason, seen=seen)
        except NotPossible as refusal:
            refused.append(f"“{article.title}”: {refusal}")
        else:
            done += 1
    if done:
        sentence = _("%(move)s: %(count)d articles.") % {"move": transition.label, "count": done}
        desk.message_user(request, sentence, messages.SUCCESS)
    if refused:
        sentence = _("Left as they are: %(count)d. %(why)s") % {"count": len(refused), "why": " ".join(refused[:NAMED])}
        if len(refused) > NAMED:
            sentence += " …"
        desk.message_user(request, sentence, messages.WARNING)

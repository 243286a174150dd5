"""The queue as a page of the desk: plain forms, and an address by which its script sends the same."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles.models import Comment, Moderation
from articles.moderating import queue
from articles.moderating.answering import NotAnswered, answer
from articles.moderating.deciding import Outcome, Seen, decide, may_moderate, undo
from newsroom.answering import ACCOUNT, for_scripts, refused
from newsroom.desk import DeskAdmin, person
from newsroom.models import User
from newsroom.paging import page

State = Comment.State
DECIDED = [State.APPROVED, State.REJECTED, State.SPAM]
NAMED = 5  # refusals that one message names
_CHOSEN = re.compile(r"(\d{1,15}):(\d{1,9})", re.ASCII)

# --- What is sent ------------------------------------------------------------------------------


class ActForm(forms.Form):
    """What every form of a queue carries: which act it is, and up to which decision each thing was seen."""

    act = forms.UUIDField()
    chosen: Seen = {}
    thing = "comment"
    none_chosen = gettext_lazy("Choose the comments first, at most %(most)d at once.")

    def clean(self) -> dict[str, Any]:
        data: Any = self.data
        found = [_CHOSEN.fullmatch(value) for value in data.getlist(self.thing)]
        self.chosen = {int(match[1]): int(match[2]) for match in found if match}
        if not self.chosen or not all(found) or len(found) > queue.SIZE:
            raise ValidationError(self.none_chosen % {"most": queue.SIZE})
        return self.cleaned_data


class DecisionForm(ActForm):
    """Which state, and why."""

    to = forms.ChoiceField(choices=[(state, state.label) for state in DECIDED])
    reason = forms.ChoiceField(choices=[("", ""), *Moderation.Reason.choices], required=False)
    words = forms.CharField(max_length=150, required=False)


class ReplyForm(ActForm):
    """The newsroom's answer to one comment."""

    name = forms.CharField(label=gettext_lazy("Signed"), max_length=80)
    reply = forms.CharField(label=gettext_lazy("Answer"), max_length=4000)


class UndoForm(forms.Form):
    """Which act is to be taken back."""

    undo = forms.UUIDField()


class NotUnderstood(Exception):
    """What was sent cannot be done as it stands; the message is a sentence for the person."""


def perform(data: QueryDict, by: User) -> Outcome:
    """Do what a form of the queue says. Raises `NotUnderstood`, with nothing changed, where that cannot be."""
    if "undo" in data:
        return undo(understood(UndoForm(data))["undo"], by)
    if "reply" in data:
        written = ReplyForm(data)
        said = understood(written)
        (key, number), *_more = written.chosen.items()
        try:
            return answer(key, number, by, name=said["name"], text=said["reply"], act=said["act"])
        except NotAnswered as refusal:
            raise NotUnderstood(str(refusal)) from None
    form = DecisionForm(data)
    said = understood(form)
    # Why something is shown needs no reason.
    why = {} if said["to"] == State.APPROVED else {"reason": said["reason"], "words": said["words"]}
    return decide(form.chosen, said["to"], by, act=said["act"], **why)


def understood(form: forms.Form) -> dict[str, Any]:
    """Return what was sent in `form`. Raises `NotUnderstood`."""
    if not form.is_valid():
        raise NotUnderstood(" ".join(str(sentence) for errors in form.errors.values() for sentence in errors))
    return form.cleaned_data


def told(outcome: Outcome) -> str:
    """Return the sentence that says what came of an act."""
    if not outcome.done:
        return ""
    count = len(outcome.done)
    if any(decision.undoes_id for decision in outcome.done):
        return ngettext("Taken back: %(count)d decision.", "Taken back: %(count)d decisions.", count) % {"count": count}
    sentence = ngettext("%(state)s: %(count)d comment.", "%(state)s: %(count)d comments.", count)
    return sentence % {"state": State(outcome.done[0].to_state).label, "count": count}


# --- The desk ----------------------------------------------------------------------------------


class QueueAdmin(DeskAdmin):
    """A desk of comments with the queue in which moderators decide."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.queue_view))
        return [
            path("hang-doi/", view, name="articles_comment_queue"),
            path("hang-doi/gui/", for_scripts(self.admin_site, self.decide_view), name="articles_comment_decide"),
            *super().get_urls(),
        ]

    def further_tabs(self) -> list[queue.Tab]:
        """The queues of other things than comments that stand beside these."""
        return []

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        if not may_moderate(request.user):
            raise PermissionDenied
        asked = request.GET.get("muc")
        if request.method == "POST":
            return self.performed(request, asked if asked in queue.QUEUES else State.PENDING)
        tabs = queue.tabs()
        if asked not in queue.QUEUES:
            asked = queue.REPORTED if tabs[0].count else State.PENDING
        comments, order = queue.listed(asked)
        found = page(comments, request.GET, order=order, size=queue.SIZE)
        pace = queue.pace()
        context = {
            **self.admin_site.each_context(request),
            **_of_items(queue.gather(found.items)),
            "title": _("Queue of comments"),
            "opts": self.opts,
            "tabs": tabs,
            "further_tabs": self.further_tabs(),
            "asked": asked,
            "page": found,
            "oldest": timesince(pace.oldest, depth=2) if pace.oldest else "",
            "typical": timesince(timezone.now() - pace.typical, depth=2) if pace.typical else "",
            "acts": queue.acts(person(request)),
            "all_chosen": "chon" in request.GET,
            "told": _for_the_script(request),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/articles/comment/queue.html", context)

    def performed(
        self, request: HttpRequest, asked: str, act: Callable[..., Any] = perform, words: Callable[..., str] = told
    ) -> HttpResponse:
        """Do (`act`) what a plain form says, tell it in `words`, and lead back to the queue it came from."""
        try:
            outcome = act(request.POST, person(request))
        except NotUnderstood as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.tell(request, outcome, words)
        return HttpResponseRedirect(f"{reverse('admin:articles_comment_queue')}?muc={asked}")

    def tell(self, request: HttpRequest, outcome: Any, words: Callable[..., str] = told) -> None:
        """Say on the next page what came of an act: what was done, in its `words`, and what was not."""
        if said := words(outcome):
            self.message_user(request, said, messages.SUCCESS)
        if outcome.refused:
            why = " ".join(list(dict.fromkeys(outcome.refused.values()))[:NAMED])
            sentence = _("Not decided: %(count)d. %(why)s") % {"count": len(outcome.refused), "why": why}
            self.message_user(request, sentence, messages.WARNING)

    def decide_view(self, request: HttpRequest) -> JsonResponse:
        """The same for the script of the page: what was done and what was not, and how many comments wait where."""
        if not may_moderate(request.user):
            return refused(403, _("You may not decide over comments."))
        try:
            outcome = perform(request.POST, person(request))
        except NotUnderstood as refusal:
            return refused(422, str(refusal))
        keys = {decision.comment_id for decision in outcome.done} | outcome.refused.keys()
        items = queue.gather(queue.of_keys(list(keys)[: queue.SIZE]))
        stand = {item.comment.pk: (item.number, item.comment.state) for item in items}
        said = {"told": told(outcome), **what_became(outcome.refused, stand, queue.tabs())}
        if "shown" in request.POST:
            # What was taken back and is not on the page any more comes back to it.
            said["html"] = render_to_string("admin/articles/comment/_items.html", _of_items(items), request)
        return JsonResponse(said)


def _of_items(items: list[queue.Item]) -> dict[str, Any]:
    """Return what the template of the items needs."""
    return {
        "items": items,
        "reasons": [(code, label, digit) for digit, (code, label) in enumerate(Moderation.Reason.choices, 1)],
        "new_act": uuid4,
    }


def what_became(refused: dict[int, str], stand: dict[int, tuple[int, str]], tabs: list[queue.Tab]) -> dict[str, Any]:
    """Return for the script how things `stand` after an act, by key (number of decisions, state), and why what was
    `refused` was; and how many wait in each of `tabs`. What is gone stands nowhere."""
    keys = [*stand, *(refused.keys() - stand.keys())]
    rows = {key: (*stand.get(key, (0, "")), refused.get(key, "")) for key in keys}
    items = {str(key): dict(zip(("number", "state", "refused"), row, strict=True)) for key, row in rows.items()}
    return {"items": items, "counts": {tab.name: str(tab) for tab in tabs}}


def who_asks(request: HttpRequest) -> dict[str, Any]:
    """Return by what the script of a queue knows that another person has signed in meanwhile, and where to sign in."""
    return {"account": {ACCOUNT: str(request.user.pk)}, "signIn": reverse("admin:login")}


def words_of_any_queue() -> dict[str, str]:
    """Return the words that the script of the page says over whatever waits in the queue."""
    return {
        "undone_away": _("Taken back. It stands at the top of the page."),
        "nothing": _("There is nothing to take back."),
        "failed": _("Not sent: %(count)s. The server did not answer; trying again.") % {"count": "{count}"},
        "stopped": _("Not sent: %(count)s.") % {"count": "{count}"},
        "sign_in": _("Sign in in a new tab"),
        "end": _("That was the last one on this page."),
        "keys_on": _("The keys are on."),
        "keys_off": _("The keys are off."),
    }


def _for_the_script(request: HttpRequest) -> dict[str, Any]:
    """Return what the script of the page needs to know, its words among it."""
    became = {state.value: str(state.label) for state in State}
    return {
        "kind": "comment",
        "keys": {"KeyA": State.APPROVED, "KeyR": State.REJECTED, "KeyS": State.SPAM},
        "address": reverse("admin:articles_comment_decide"),
        **who_asks(request),
        "became": became,
        "words": {
            "decided": _("%(state)s: the comment of %(name)s.") % {"state": "{state}", "name": "{name}"},
            "many": _("%(state)s: %(count)s comments.") % {"state": "{state}", "count": "{count}"},
            "answered": _("The answer is sent."),
            "undone": _("Taken back: the comment of %(name)s.") % {"name": "{name}"},
            "none": _("Choose comments first."),
            **words_of_any_queue(),
        },
    }

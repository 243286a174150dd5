"""Moving an article on from its form: the buttons, what goes with a decision, and what a person is told after it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.desk import panel
from articles.desk.guarding import OPENED_VERSION
from articles.desk.telling import tell_writer
from articles.desk.trial import TrialAdmin
from articles.models import Article
from articles.workflow import TRANSITIONS, NotPossible, Transition, available, perform
from newsroom.desk import person
from newsroom.publishing import State


class MoveForm(forms.Form):
    """What goes with a decision: the reason of a return or withdrawal, the moment of a publication."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("To return or withdraw it: what the next person has to know."),
    )
    at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: now. A moment still ahead schedules it."),
    )

    def __init__(self, moves: list[Transition], data: Any = None) -> None:
        super().__init__(data)
        if not any(move.needs_reason for move in moves):
            del self.fields["reason"]
        if not any(move.target == State.PUBLISHED and not move.is_of_copy for move in moves):
            del self.fields["at"]


# What a person is told after each move.
_DONE = {
    "submit": _("“%(title)s” has been submitted for review."),
    "take_back": _("“%(title)s” is a draft again."),
    "return": _("“%(title)s” has been returned to its writer."),
    "publish": _("“%(title)s” is published."),
    "withdraw": _("“%(title)s” has been withdrawn: readers no longer see it."),
    "restore": _("“%(title)s” is a draft again."),
}
# And after a move of what readers do not see yet, while they see the article.
_DONE_WITH_CHANGES = {
    "submit": _("The changes of “%(title)s” have been submitted for review."),
    "take_back": _("The changes of “%(title)s” are a draft again."),
    "return": _("The changes of “%(title)s” have been returned to their writer."),
    "publish": _("The changes of “%(title)s” are published."),
    "drop": _(
        "The changes of “%(title)s” have been dropped: the text that readers know stays. They are kept in the history."
    ),
}


class MovingAdmin(TrialAdmin):
    """A desk whose forms carry the buttons of the workflow. A button saves what was written first."""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = context["original"]
        if not context["is_popup"]:
            moves = available(article or Article(writer=person(request)), person(request))
            typed = panel.typed_before(request, article)
            context |= {"moves": moves, "move_form": MoveForm(moves, typed)}
            context |= panel.context(article, moves, typed or {})
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method == "POST" and "_move" in request.POST and object_id is not None:
            article = self.get_object(request, object_id)
            if article is not None and not self.has_change_permission(request, article):
                # It can be moved on, but its text not changed.
                return self._move(request, article, opened=request.POST.get(OPENED_VERSION, ""))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        if "_move" in request.POST:
            return self._move(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if "_move" in request.POST and not self.is_trying_on(request):
            return self._move(request, obj)
        return super().response_change(request, obj)

    def _move(self, request: HttpRequest, article: Article, opened: str | None = None) -> HttpResponse:
        """Move `article`, whose text has been saved, as the pressed button says, and lead back to it.

        `opened` is the version that the person has seen, where nothing of theirs was saved with the move.
        """
        address = reverse("admin:articles_article_change", args=[article.pk])
        name, form = request.POST["_move"], MoveForm(available(article, person(request)), request.POST)
        changes = article.state == State.PUBLISHED and name in _DONE_WITH_CHANGES
        try:
            if name not in TRANSITIONS or not form.is_valid():
                raise NotPossible(gettext("Choose the moment from the calendar, and press the button again."))
            moved = self.move_one(
                request,
                article,
                name,
                reason=form.cleaned_data.get("reason", ""),
                at=form.cleaned_data.get("at"),
                seen=opened,
                overriding=panel.reasons_in(request.POST),
            )
        except NotPossible as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            panel.keep_typed(request, article)
            address += f"#{panel.PLACE}"
        else:
            done = _DONE_WITH_CHANGES[name] if changes else _DONE[name]
            if moved.is_scheduled and not changes:
                done = _("“%(title)s” is scheduled.")
            self.message_user(request, str(done) % {"title": moved.title}, messages.SUCCESS)
        return HttpResponseRedirect(address)

    def move_one(self, request: HttpRequest, article: Article, name: str, **how: Any) -> Article:
        """Move `article` by the transition `name` and return it as it now stands; see `perform` for the rest."""
        moved = perform(article, name, person(request), **how)
        self.log_change(request, moved, str(TRANSITIONS[name].label))
        if name == "return":
            tell_writer(request, moved, how["reason"].strip())
        return moved

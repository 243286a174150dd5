"""The queue of figures that readers hold wrong, on the page of the moderators' queue and with its keys."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.doubts.deciding import Outcome, decide, undo
from articles.models import FigureReport
from articles.moderating import queue
from articles.moderating.deciding import may_moderate
from articles.moderating.queue import COUNTED, SIZE, Tab
from articles.moderating.queue_desk import (
    ActForm,
    NotUnderstood,
    QueueAdmin,
    UndoForm,
    understood,
    what_became,
    who_asks,
    words_of_any_queue,
)
from newsroom.answering import for_scripts, refused
from newsroom.desk import EDIT_PUBLIC_FACTS, person
from newsroom.models import User
from newsroom.paging import page

State = FigureReport.State

# The tabs by name: what each is called, which reports, in which order. What waits goes first come, first served.
OPEN, HANDED, DONE = "figures", "figures-handed", "figures-done"
_OLDEST, _NEWEST = ("created_at", "pk"), ("-created_at", "-pk")
TABS: dict[str, tuple[Any, tuple[str, ...], tuple[str, str]]] = {
    OPEN: (gettext_lazy("Figures reported"), (State.OPEN,), _OLDEST),
    HANDED: (gettext_lazy("Handed to an editor"), (State.HANDED,), _OLDEST),
    DONE: (gettext_lazy("Figures dealt with"), (State.ANSWERED, State.DISMISSED), _NEWEST),
}


def tabs() -> list[Tab]:
    """Return the tabs with how many reports are in each. One bounded query for each."""
    found = []
    for name, (label, states, _order) in TABS.items():
        count = FigureReport.objects.filter(state__in=states).order_by().values("pk")[: COUNTED + 1].count()
        found.append(Tab(name, label, min(count, COUNTED), count > COUNTED))
    return found


def seen_whole(reports: QuerySet[FigureReport]) -> QuerySet[FigureReport]:
    """Return `reports` with all that the queue shows of each, in the same query."""
    return reports.select_related("statistic__committee", "article", "decided_by").defer(
        "statistic__search_key", "statistic__search_words", "article__body", "article__search_key"
    )


class DecisionForm(ActForm):
    """What becomes of reports, and in which words."""

    to = forms.ChoiceField(choices=State.choices)
    words = forms.CharField(max_length=300, required=False)
    thing = "report"
    chosen: dict[int, int] = {}
    none_chosen = gettext_lazy("Choose the reports first, at most %(most)d at once.")


def perform(data: QueryDict, by: User) -> Outcome:
    """Do what a form of the queue says. Raises `NotUnderstood`, with nothing changed, where that cannot be."""
    if "undo" in data:
        return undo(understood(UndoForm(data))["undo"], by)
    form = DecisionForm(data)
    said = understood(form)
    return decide(form.chosen, said["to"], by, answer=said["words"], act=said["act"])


def told(outcome: Outcome) -> str:
    """Return the sentence that says what came of an act."""
    count = len(outcome.done)
    if not count:
        return ""
    if outcome.is_undone:
        return ngettext("Taken back: %(count)d decision.", "Taken back: %(count)d decisions.", count) % {"count": count}
    sentence = ngettext("%(state)s: %(count)d report.", "%(state)s: %(count)d reports.", count)
    return sentence % {"state": outcome.done[0].get_state_display(), "count": count}


class DoubtsAdmin(QueueAdmin):
    """A queue in which reports of figures have tabs of their own."""

    def get_urls(self) -> list[URLPattern]:
        there = for_scripts(self.admin_site, self.decide_figures_view)
        return [path("hang-doi/so-lieu/gui/", there, name="articles_figurereport_decide"), *super().get_urls()]

    def further_tabs(self) -> list[Tab]:
        return [*super().further_tabs(), *tabs()]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("muc")
        if asked not in TABS:
            return super().queue_view(request)
        if not may_moderate(request.user):
            raise PermissionDenied
        if request.method == "POST":
            return self.performed(request, asked, perform, told)
        _label, states, order = TABS[asked]
        found = page(seen_whole(FigureReport.objects.filter(state__in=states)), request.GET, order=order, size=SIZE)
        oldest = FigureReport.objects.filter(state=State.OPEN).order_by(*_OLDEST).values_list("created_at", flat=True)
        waited = oldest.first()
        context = {
            **self.admin_site.each_context(request),
            **_of_items(request, found.items),
            "title": _("Figures that readers hold wrong"),
            "opts": self.opts,
            "tabs": queue.tabs(),
            "further_tabs": self.further_tabs(),
            "asked": asked,
            "page": found,
            "oldest": timesince(waited, depth=2) if waited else "",
            "told": _for_the_script(request),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/articles/figurereport/queue.html", context)

    def decide_figures_view(self, request: HttpRequest) -> JsonResponse:
        """The same for the script of the page: what was done and what was not, and how many reports wait where."""
        if not may_moderate(request.user):
            return refused(403, _("You may not decide over comments."))
        try:
            outcome = perform(request.POST, person(request))
        except NotUnderstood as refusal:
            return refused(422, str(refusal))
        keys = {report.pk for report in outcome.done} | outcome.refused.keys()
        reports = list(seen_whole(FigureReport.objects.filter(pk__in=keys)))
        stand = {report.pk: (report.number, report.state) for report in reports}
        said = {"told": told(outcome), **what_became(outcome.refused, stand, tabs())}
        if "shown" in request.POST:
            said["html"] = render_to_string(
                "admin/articles/figurereport/_items.html", _of_items(request, reports), request
            )
        return JsonResponse(said)


def _of_items(request: HttpRequest, reports: Any) -> dict[str, Any]:
    """Return what the template of the items needs: whoever may not mend a figure is not led to its form."""
    return {"items": reports, "new_act": uuid4, "may_mend": request.user.has_perm(EDIT_PUBLIC_FACTS)}


def _for_the_script(request: HttpRequest) -> dict[str, Any]:
    """Return what the script of the page needs to know, its words among it."""
    return {
        "kind": "report",
        "keys": {"KeyE": State.HANDED, "KeyD": State.DISMISSED},
        "address": reverse("admin:articles_figurereport_decide"),
        **who_asks(request),
        "became": {state.value: str(state.label) for state in State},
        "words": {
            "decided": _("%(state)s: the report of %(name)s.") % {"state": "{state}", "name": "{name}"},
            "many": _("%(state)s: %(count)s reports.") % {"state": "{state}", "count": "{count}"},
            "answered": _("The answer is noted."),
            "undone": _("Taken back: the report of %(name)s.") % {"name": "{name}"},
            "none": _("Choose reports first."),
            **words_of_any_queue(),
        },
    }

"""The desk of changes that public articles feel: shown before they are saved, gone through after it.

Before a form of a figure, an award or a conference is saved, it is tried inside a transaction: if what readers have
before them changes, all of it is undone again and the person is shown what it reaches, and asked what stood and what is
right. Only the form that has seen just that is kept.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Ripple, RipplePlace
from articles.reach import Change, Reach, Thing, change_of, reach_of, watched
from articles.ripple import AlreadyDecidedError, apply, faster, keep, skip, still_said
from committees.admin import AwardAdmin, ConferenceAdmin, StatisticAdmin
from committees.models import Award, Conference, Statistic
from newsroom.desk import EDIT_PUBLIC_FACTS, DeskAdmin, person
from newsroom.keys import key_in

SEEN = "_reach"  # what the form has seen: the digest of everything that the change reaches


class CorrectionForm(forms.Form):
    """What stood, and what is right: asked once for a change, and offered at each of its places."""

    stood = forms.CharField(
        label=gettext_lazy("What stood"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "cols": 60})
    )
    right = forms.CharField(
        label=gettext_lazy("What is right"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "cols": 60})
    )


def _asked(reach: Reach, place: int, data: Any = None) -> CorrectionForm:
    change = reach.change
    said = {"stood": str(change.before), "right": str(change.after)}
    if said["stood"] == said["right"]:  # something was changed that the row itself does not print
        said = {
            name: "; ".join(f"{one.field}: {getattr(one, name)}" for one in change.fields)
            for name in ("stood", "right")
        }
    return CorrectionForm(data, initial=said, prefix=f"_correction-{place}")


# --- Before it is saved ------------------------------------------------------------------------


class RipplesAdmin(DeskAdmin):
    """A desk of facts on which a change that public articles feel is shown before it is saved."""

    def facts_of(self, thing: Any) -> Iterable[Iterable[Thing]]:
        """Return the figures and the awards, each by themselves, that the form of `thing` may change."""
        return [[thing]]

    def message_user(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        # While a form is only tried, nothing is said of it: it may be undone.
        tried = getattr(request, "said_on_trial", None)
        if tried is not None:
            tried.append((args, kwargs))
        else:
            super().message_user(request, *args, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        stood = self._watched(request, object_id) if request.method == "POST" and object_id else []
        if not stood:
            return super().changeform_view(request, object_id, form_url, extra_context)
        return self._tried(
            request,
            stood,
            lambda: super(RipplesAdmin, self).changeform_view(request, object_id, form_url, extra_context),
        )

    def _watched(self, request: HttpRequest, object_id: str) -> list[Thing]:
        """Return what the form may change and readers have before them, as it stands."""
        thing = self.get_object(request, object_id)
        if thing is None or not self.has_change_permission(request, thing):
            return []
        return [fact for facts in self.facts_of(thing) for fact in watched(facts)]

    def _tried(self, request: HttpRequest, stood: list[Thing], save: Any) -> Any:
        """Save, and keep that only if it reaches nothing, or if the person has seen all that it reaches."""
        request.said_on_trial = []  # type: ignore[attr-defined]
        with transaction.atomic():
            answer = save()
            reaches = [reach_of(change) for change in self._changes(stood)]
            forms_of = [_asked(reach, place, self._sent(request)) for place, reach in enumerate(reaches)]
            if reaches and not (self._has_seen(request, reaches) and all(form.is_valid() for form in forms_of)):
                answer = self._shown(request, reaches, forms_of)
                answer.render()
                transaction.set_rollback(True)
                del request.said_on_trial  # type: ignore[attr-defined]
                return answer
            kept = [
                keep(reach, form.cleaned_data["stood"], form.cleaned_data["right"], person(request))
                for reach, form in zip(reaches, forms_of, strict=True)
            ]
        said = request.said_on_trial  # type: ignore[attr-defined]
        del request.said_on_trial  # type: ignore[attr-defined]
        for args, kwargs in said:
            self.message_user(request, *args, **kwargs)
        if kept:
            sentence = _("Saved. Now go through the places that say it: each is mended by hand, or left with a reason.")
            self.message_user(request, sentence, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:articles_ripple_change", args=[kept[0].pk]))
        return answer

    def _changes(self, stood: list[Thing]) -> list[Change]:
        changes = []
        for before in stood:
            model: Any = type(before)
            after = model.objects.filter(pk=before.pk).first()
            if after is not None and (change := change_of(before, after)):
                changes.append(change)
        return changes

    def _sent(self, request: HttpRequest) -> Any:
        return request.POST if SEEN in request.POST else None

    def _has_seen(self, request: HttpRequest, reaches: list[Reach]) -> bool:
        return request.POST.get(SEEN) == ".".join(reach.digest for reach in reaches)

    def _shown(self, request: HttpRequest, reaches: list[Reach], forms_of: list[CorrectionForm]) -> TemplateResponse:
        """The page that shows what the change reaches, with all that was typed in it, ready to be sent again."""
        own = {SEEN, "csrfmiddlewaretoken", *(form.add_prefix(name) for form in forms_of for name in form.fields)}
        context = {
            **self.admin_site.each_context(request),
            "title": _("What this change reaches"),
            "opts": self.opts,
            "reaches": list(zip(reaches, forms_of, strict=True)),
            "digest": ".".join(reach.digest for reach in reaches),
            "has_moved": SEEN in request.POST and not self._has_seen(request, reaches),
            "typed": [
                (name, value) for name in request.POST if name not in own for value in request.POST.getlist(name)
            ],
        }
        return TemplateResponse(request, "admin/articles/ripple/reach.html", context)


class RippledStatisticAdmin(RipplesAdmin, StatisticAdmin):
    """The desk of figures, with what a change of one reaches."""


class RippledAwardAdmin(RipplesAdmin, AwardAdmin):
    """The desk of awards, with what a change of one reaches."""


class RippledConferenceAdmin(RipplesAdmin, ConferenceAdmin):
    """The desk of conferences: its form holds figures and awards as well."""

    def facts_of(self, thing: Conference) -> Iterable[Iterable[Thing]]:
        return [list(thing.statistics.all()), list(thing.awards.all())]


for model, desk in (
    (Statistic, RippledStatisticAdmin),
    (Award, RippledAwardAdmin),
    (Conference, RippledConferenceAdmin),
):
    admin.site.unregister(model)
    admin.site.register(model, desk)


# --- After it is saved -------------------------------------------------------------------------


class SkipForm(forms.Form):
    """Why a place is left as it is."""

    reason = forms.CharField(label=gettext_lazy("Why it stays as it is"), max_length=200)


@admin.register(Ripple)
class RippleAdmin(DeskAdmin):
    """The record of changes that public articles felt, and of what was done about each place."""

    list_display = ["__str__", "stood", "right", "made_at", "made_by", "waiting"]
    list_select_related = ["statistic", "award", "made_by"]
    date_hierarchy = "made_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("places")

    @admin.display(description=gettext_lazy("places that wait"))
    def waiting(self, ripple: Ripple) -> int:
        return sum(place.state == RipplePlace.State.OPEN for place in ripple.places.all())

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The places of one change, each to be applied or skipped."""
        if object_id is None:
            raise PermissionDenied
        ripple = get_object_or_404(Ripple.objects.select_related("statistic", "award", "made_by"), pk=object_id)
        may_decide = self.has_change_permission(request, ripple) and request.user.has_perm(EDIT_PUBLIC_FACTS)
        if not self.has_view_or_change_permission(request, ripple) or (request.method == "POST" and not may_decide):
            raise PermissionDenied
        refused: dict[int, forms.Form] = {}
        if request.method == "POST":
            key, form = self._decided(request, ripple)
            if form is None:
                return HttpResponseRedirect(f"{request.path}#place-{key}")
            refused[key] = form
        return self._places(request, ripple, refused, may_decide=may_decide)

    def _decided(self, request: HttpRequest, ripple: Ripple) -> tuple[int, forms.Form | None]:
        """Do what the form of one place says; return its key, and the form where that is not understood."""
        place = get_object_or_404(ripple.places, pk=key_in(request.POST.get("place", "")))
        is_skipped = "skip" in request.POST
        form: forms.Form = SkipForm(request.POST) if is_skipped else CorrectionForm(request.POST)
        if not form.is_valid():
            return place.pk, form
        said = form.cleaned_data
        try:
            if is_skipped:
                skip(place, said["reason"], person(request))
            else:
                apply(place, said["stood"], said["right"], person(request))
        except AlreadyDecidedError as error:
            self.message_user(request, faster(error.place), messages.WARNING)
        else:
            left = ripple.places.waiting().count()
            sentence = ngettext("%(count)d place is left.", "%(count)d places are left.", left) % {"count": left}
            self.message_user(request, sentence if left else _("That was the last place."), messages.SUCCESS)
        return place.pk, None

    def _places(
        self, request: HttpRequest, ripple: Ripple, refused: dict[int, forms.Form], *, may_decide: bool
    ) -> TemplateResponse:
        places = list(ripple.places.select_related("article", "correction", "decided_by").order_by("pk"))
        said = still_said(place for place in places if not place.is_working_copy)
        initial = {"stood": ripple.stood, "right": ripple.right}
        items = []
        for place in places:
            form, auto_id = refused.get(place.pk), f"place-{place.pk}-%s"
            fix = form if isinstance(form, CorrectionForm) else CorrectionForm(initial=initial, auto_id=auto_id)
            leave = form if isinstance(form, SkipForm) else SkipForm(auto_id=auto_id)
            items.append({"place": place, "fix": fix, "leave": leave, "is_said": place.pk in said})
        context = {
            **self.admin_site.each_context(request),
            "title": _("Places that say it"),
            "opts": self.opts,
            "ripple": ripple,
            "items": items,
            "left": sum(place.state == RipplePlace.State.OPEN for place in places),
            "may_decide": may_decide,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        status = 422 if refused else 200
        return TemplateResponse(request, "admin/articles/ripple/places.html", context, status=status)

"""What a person accepts, changes or drops of a report: how every proposal is asked about, and whose report it is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.importing.matching import Match
from articles.models import Article, Photo, Publication
from committees.models import Committee, Conference
from newsroom.desk import FORM_FIELDS
from newsroom.vietnamese import fold

NEW, NONE, OTHER = "new", "none", "other"


def formfield(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """As at every desk: numbers as Vietnamese prints them. Days by the calendar of the browser."""
    own = next((FORM_FIELDS[kind] for kind in type(field).__mro__ if kind in FORM_FIELDS), {})
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        calendar = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        own = {"widget": calendar, "input_formats": ["%Y-%m-%d", "%d/%m/%Y"]}
    if isinstance(field, models.TextField):
        own = {"widget": forms.Textarea(attrs={"rows": 3})}
    return field.formfield(**{**own, **kwargs})  # type: ignore[return-value]


class Proposal(forms.BaseForm):
    """A form of which nothing is asked once its proposal is dropped. `open` names the fields that never fold."""

    open: tuple[str, ...] = ()
    heading = told = ""

    def _is_dropped(self) -> bool:
        return self.is_bound and "keep" in self.fields and not self.data.get(self.add_prefix("keep"))

    def full_clean(self) -> None:
        super().full_clean()
        if self._is_dropped():
            self._errors = forms.utils.ErrorDict()

    @property
    def is_kept(self) -> bool:
        return not self._is_dropped() if self.is_bound else bool(self.initial.get("keep", True))

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that stand open on the page."""
        return [self[name] for name in self.open if name in self.fields]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The other fields, which unfold."""
        others = {"keep", "use_known", *self.open}
        return [self[name] for name in self.fields if name not in others]

    @property
    def folded_are_wrong(self) -> bool:
        return any(field.errors for field in self.folded)


class RowProposal(Proposal, forms.ModelForm):
    """A proposal whose fields are columns of a row that is not saved yet."""

    def _post_clean(self) -> None:
        if not self._is_dropped():
            super()._post_clean()  # type: ignore[misc]


def keep_field() -> forms.BooleanField:
    """Return the field by which a proposal stays or goes."""
    return forms.BooleanField(label=_("Keep"), required=False, initial=True)


# --- The article -------------------------------------------------------------------------------


class ArticleForm(RowProposal):
    open = ("title", "lead", "dateline", "category")
    body = forms.CharField(
        label=_("Body"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("An empty line parts the paragraphs. Headings and pictures are set afterwards, in the article."),
    )
    publication = forms.ChoiceField(label=_("Publication"), required=False)

    class Meta:
        model = Article
        fields = ["title", "lead", "dateline", "category", "source_label", "source_url"]
        formfield_callback = formfield

    def __init__(self, *args: Any, known: Publication | None, proposed: Publication | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 200})  # long ones are seen whole
        if not self.instance.title:
            self.fields["title"].widget.attrs["placeholder"] = _("The report has no title: give it one.")
        self.fields["title"].error_messages["required"] = _("Give the article a title.")
        publication: Any = self.fields["publication"]
        publication.choices = [("", _("none: the report is our own"))]
        if known is not None:
            publication.choices += [(str(known.pk), str(known))]
        elif proposed is not None:
            publication.choices += [(NEW, gettext("new: %(name)s") % {"name": proposed})]
        publication.initial = publication.choices[-1][0]
        if len(publication.choices) == 1:
            del self.fields["publication"]
        self._publications = {NEW: proposed, str(known.pk) if known else "": known}

    def publication_chosen(self) -> Publication | None:
        """Return whose report it was: known, or to be made."""
        chosen = self.cleaned_data.get("publication")
        return self._publications.get(chosen) if chosen else None


class PhotoForm(RowProposal):
    open = ("alt", "caption", "credit")
    keep = keep_field()

    class Meta:
        model = Photo
        fields = ["alt", "caption", "credit"]


# --- Committee and conference ------------------------------------------------------------------


class CommitteeForm(Proposal, forms.Form):
    """Which committee it is: one of those that are likely, another one by its name, a new one, or none."""

    choice = forms.ChoiceField(
        label=_("Committee"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which committee it is: a name alone does not tell.")},
    )
    other = forms.CharField(
        label=_("The name of the other committee"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "committees", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    province = forms.CharField(label=_("province"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=Committee.Kind, required=False, initial=Committee.Kind.OTHER)

    def __init__(
        self, *args: Any, matches: Sequence[Match[Committee]], proposed: Committee | None, may_add: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(match.thing.pk): match.thing for match in matches}
        choices: list[tuple[str, Any]] = [(str(m.thing.pk), f"{m.thing} ({m.why})") for m in matches]
        choices.append((OTHER, _("another one")))
        if may_add:
            choices.append((NEW, _("a new one")))
        choices.append((NONE, _("none: only the article is saved, without conference and figures")))
        choice: Any = self.fields["choice"]
        choice.choices = choices
        if proposed is not None:
            self.fields["name"].initial, self.fields["province"].initial = proposed.name, proposed.province
        if not may_add:
            for name in ("name", "province", "kind"):
                del self.fields[name]
        self.committee: Committee | None = None

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        choice = said.get("choice")
        if choice == OTHER:
            self.committee = self._by_name(said.get("other", ""))
        elif choice == NEW:
            self.committee = Committee(
                name=said.get("name", ""),
                province=said.get("province", ""),
                kind=said.get("kind") or Committee.Kind.OTHER,
            )
            if not said.get("name"):
                self.add_error("name", _("Write the name of the committee."))
        elif choice in self.offered:
            self.committee = self.offered[choice]
        return said

    def _by_name(self, typed: str) -> Committee | None:
        """Return the one committee whose name is typed, or holds what is typed; None, and an error, otherwise."""
        found = list(Committee.objects.filter(search_key__contains=fold(typed))[:9]) if fold(typed) else []
        exact = [committee for committee in found if fold(committee.name) == fold(typed)]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not found:
            self.add_error("other", _("No committee has this in its name."))
            return None
        # All of them are offered above from now on.
        choice: Any = self.fields["choice"]
        new = [one for one in found if str(one.pk) not in self.offered]
        self.offered |= {str(one.pk): one for one in new}
        choice.choices = [*((str(one.pk), f"{one} – {one.province}".rstrip(" –")) for one in new), *choice.choices]
        self.add_error("other", _("Several committees have this in their names: choose one of them above."))
        return None


class ConferenceForm(RowProposal):
    open = ("known", "name", "held_on", "held_on_printed")
    keep = forms.BooleanField(label=_("The report is about a conference"), required=False, initial=True)
    known = forms.ChoiceField(label=_("Which one"), widget=forms.RadioSelect, required=False)

    class Meta:
        model = Conference
        fields = [
            "name", "convened_by", "ordinal", "term_number", "term_start", "term_end", "kind", "review", "session",
            "held_on", "held_on_printed", "inferred_from", "period_label", "period_type", "period_starts_on",
            "period_ends_on",
        ]  # fmt: skip
        formfield_callback = formfield

    def offer(self, matches: Sequence[Match[Conference]], chosen: Conference | None) -> None:
        """Offer the known conferences of `matches` beside a new one; `chosen` is the one a form begins with."""
        known: Any = self.fields["known"]
        known.choices = [(NEW, _("a new conference"))] + [
            (str(match.thing.pk), gettext("known: %(name)s, %(committee)s (%(why)s)")
             % {"name": match.thing, "committee": match.thing.committee, "why": match.why})
            for match in matches
        ]  # fmt: skip
        self.offered = {str(match.thing.pk): match.thing for match in matches}
        known.initial = str(chosen.pk) if chosen else NEW

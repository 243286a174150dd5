"""People whom a report names, as its page asks about them: who is known already, and who is new."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.desk.import_forms import Proposal, keep_field
from articles.models import Byline
from committees.models import Person


class PersonForm(Proposal, forms.Form):
    """Somebody whom the report names: known already, or new."""

    open = ("person",)
    keep = keep_field()
    name = forms.CharField(label=_("Name"), max_length=120)
    person = forms.ChoiceField(label=_("Person"), required=False)

    def offer(self, known: Sequence[Person], met: Person | None, roles: dict[int, str]) -> None:
        """Offer those of the same name, `met` first chosen; without any, the person is new and nothing is asked."""
        if not known:
            del self.fields["person"]
            return
        field: Any = self.fields["person"]
        field.choices = [("", _("somebody new"))] + [
            (str(one.pk), " – ".join(filter(None, [str(one), one.note or roles.get(one.pk, "")]))) for one in known
        ]
        field.initial = str(met.pk) if met else ""
        self._known = {str(one.pk): one for one in known}

    @property
    def heading(self) -> str:  # type: ignore[override]
        return str(self["name"].value() or "")

    def person_chosen(self) -> Person:
        """Return the person, who is made if new."""
        chosen = self.cleaned_data.get("person")
        return self._known[chosen] if chosen else Person(name=self.cleaned_data["name"])


class CreditForm(PersonForm):
    credit = forms.ChoiceField(label=_("Credit"), required=False, choices=[("", "–"), *Byline.Credit.choices])
    unit = forms.CharField(label=_("Unit"), required=False, max_length=200)

    @property
    def told(self) -> str:  # type: ignore[override]
        """The credit and the unit, in words."""
        labels = {value: str(label) for value, label in Byline.Credit.choices}
        return " · ".join(filter(None, [labels.get(self["credit"].value() or ""), self["unit"].value()]))


class OfficialForm(PersonForm):
    role = forms.CharField(label=_("Role as printed"), required=False, max_length=300)
    acts = forms.MultipleChoiceField(
        label=_("What they did"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("has_chaired", _("chaired")),
            ("has_spoken", _("spoke")),
            ("has_concluded", _("concluded")),
            ("has_presented", _("presented awards")),
        ],
    )

    @property
    def told(self) -> str:  # type: ignore[override]
        """Role and acts, in words."""
        field: Any = self.fields["acts"]
        done = [str(label) for name, label in field.choices if name in (self["acts"].value() or [])]
        return " · ".join(filter(None, [self["role"].value(), *done]))

"""Figures, awards and documents of a report, as its page asks about them: as proposed, changed, or known already."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.desk.import_forms import NEW, RowProposal, formfield, keep_field
from articles.importing.agreeing import Held
from articles.importing.matching import Match
from committees.models import Award, Document, Indicator, Statistic


class FactForm(RowProposal):
    """A figure or an award, which may be known of the conference already."""

    keep = keep_field()
    use_known = forms.BooleanField(label=_("Keep what is known, and mark these words with it"), required=False)
    held: Held | None = None

    def __init__(self, *args: Any, quote: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quote = quote  # the words of the report

    def hold(self, held: Held | None) -> None:
        """Hold the proposal against what is known of the very thing. Where both differ, a person decides."""
        self.held = held
        if self.is_bound and self.is_kept and held and not held.agrees and not self.cleaned_data.get("use_known"):
            sentence = _(
                "Two reports contradict each other: keep what is known, drop this one, or mend what was misread."
            )
            self.add_error(None, sentence)

    def chosen(self) -> Any:
        """Return the known row that is meant, else the new one."""
        return (
            self.held.row if self.held and (self.held.agrees or self.cleaned_data.get("use_known")) else self.instance
        )


class FigureForm(FactForm):
    open = ("indicator", "period_label")
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    code = forms.CharField(label=_("Code of the new indicator"), required=False, max_length=60)
    indicator_name = forms.CharField(label=_("Name of the new indicator"), required=False, max_length=200)

    class Meta:
        model = Statistic
        fields = [
            "label", "kind", "comparator", "value", "value_max", "whole", "percent", "plan_percent", "level",
            "unit_printed", "period_label", "period_type", "period_starts_on", "period_ends_on",
        ]  # fmt: skip
        formfield_callback = formfield

    def __init__(
        self, *args: Any, indicators: dict[str, Indicator], may_add: bool, proposed: Indicator, **kwargs: Any
    ) -> None:
        key = next((key for key, one in indicators.items() if one.code == proposed.code), "")
        first = key or (NEW if may_add and proposed.code else "")
        kwargs.setdefault("initial", {})["keep"] = bool(first)
        super().__init__(*args, **kwargs)
        self._indicators = indicators
        percent: Any = self.fields["percent"]
        percent.places = self.instance.percent_places
        field: Any = self.fields["indicator"]
        kept = [(key, str(one)) for key, one in indicators.items() if one.pk]
        listed = [(key, str(one)) for key, one in indicators.items() if not one.pk]
        field.choices = [("", "–"), *([(NEW, _("a new one"))] if may_add else []), *kept]
        if listed:
            field.choices += [(_("Not used yet"), listed)]
        field.initial = first
        if may_add:
            self.fields["code"].initial = proposed.code if not key else ""
            self.fields["indicator_name"].initial = proposed.name if not key else ""
        else:
            del self.fields["code"], self.fields["indicator_name"]

    @property
    def heading(self) -> str:  # type: ignore[override]
        return self.instance.figure

    @property
    def told(self) -> str:  # type: ignore[override]
        is_target = self.instance.kind == Statistic.Kind.TARGET
        return f"{self.instance.label} · {self.instance.get_kind_display()}" if is_target else self.instance.label

    @property
    def lacks_indicator(self) -> bool:
        return not self["indicator"].value()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = said.get("indicator")
        if self._is_dropped() or said.get("use_known"):
            return said
        if chosen == NEW:
            self.instance.indicator = self._new_indicator(said)
        elif chosen in self._indicators:
            self.instance.indicator = self._indicators[chosen]
        else:
            self.add_error("indicator", _("Choose what is counted, or drop this figure."))
        if "percent" in said:
            self.instance.percent_places = self._places() if said["percent"] is not None else None
        return said

    def _new_indicator(self, said: dict[str, Any]) -> Indicator | None:
        new = Indicator(
            code=said.get("code", ""), name=said.get("indicator_name", ""), unit=said.get("unit_printed", "")[:60]
        )
        if known := next((one for one in self._indicators.values() if one.code == new.code), None):
            return known
        try:
            new.full_clean()
        except ValidationError as wrong:
            names = {"code": "code", "name": "indicator_name"}
            for name, sentences in wrong.message_dict.items():
                self.add_error(names.get(name, "indicator"), sentences)
        return new

    def _places(self) -> int:
        """The digits behind the comma, as they are typed: 94,60 has two."""
        typed = self.data.get(self.add_prefix("percent"), "").strip().rstrip("%")
        return min(len(typed.rpartition(",")[2]), 4) if "," in typed else 0


class AwardForm(FactForm):
    recipients = forms.CharField(
        label=_("Named recipients, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = Award
        fields = [
            "form", "count", "count_unit", "recipient_kind", "granted_by", "presented_by", "recipients_described",
            "achievement", "level", "period_label", "period_type", "period_starts_on", "period_ends_on",
        ]  # fmt: skip
        formfield_callback = formfield

    @property
    def heading(self) -> str:  # type: ignore[override]
        return str(self.instance)

    @property
    def told(self) -> str:  # type: ignore[override]
        return self.instance.achievement if self.instance.recipients_described else ""

    def names(self) -> list[str]:
        """Return the recipients who are named."""
        lines = (" ".join(line.split())[:300] for line in self.cleaned_data.get("recipients", "").splitlines())
        return [name for name in lines if name]


class DocumentForm(RowProposal):
    open = ("known",)
    keep = keep_field()
    known = forms.ChoiceField(label=_("Which one"), required=False)

    class Meta:
        model = Document
        fields = ["name", "number", "type", "issuer"]

    def offer(self, matches: Sequence[Match[Document]], chosen: Document | None) -> None:
        """Offer what is known beside a new one; `chosen` is what a form begins with."""
        if not matches:
            del self.fields["known"]
            return
        field: Any = self.fields["known"]
        field.choices = [("", _("a new document"))] + [
            (str(m.thing.pk), Truncator(" – ".join(filter(None, [m.thing.name, m.thing.subject]))).chars(90))
            for m in matches
        ]
        field.initial = str(chosen.pk) if chosen else ""
        self._known = {str(match.thing.pk): match.thing for match in matches}

    @property
    def heading(self) -> str:  # type: ignore[override]
        return self.instance.name

    def chosen(self) -> Document:
        """Return the known document that is meant, else the new one."""
        chosen = self.cleaned_data.get("known")
        return self._known[chosen] if chosen else self.instance

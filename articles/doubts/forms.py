"""The form in which a reader says what is wrong with a figure."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.utils.translation import gettext_lazy as _

from articles.commenting.forms import lines_of
from articles.models.figure_report import LONGEST

SHORTEST = 5


class DoubtForm(forms.Form):
    """What is wrong, and where to answer to if that is wanted. A contact is kept with consent alone."""

    words = forms.CharField(
        label=_("What is wrong with this figure?"),
        validators=[
            MinLengthValidator(SHORTEST, _("Please say a little more: what is wrong, and what is right.")),
            MaxLengthValidator(LONGEST),
        ],
        widget=forms.Textarea(attrs={"rows": 5, "aria-describedby": "doubt-hint"}),
        error_messages={"required": _("Please say what is wrong with this figure.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Please check the e-mail address, or leave it empty.")},
    )
    consent = forms.BooleanField(required=False)
    # A field with a name that machines like, which people do not see.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    made = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "doubt-%s", **kwargs})

    def clean_words(self) -> str:
        words = lines_of(self.cleaned_data["words"])
        if not words:
            raise ValidationError(self.fields["words"].error_messages["required"])
        return words

    def clean(self) -> dict[str, Any]:
        strange = {*self.data, *self.files} - self.fields.keys()
        if strange:
            raise ValidationError(_("The form was changed on the way, so nothing was kept. Please send once more."))
        if self.cleaned_data.get("email") and not self.cleaned_data.get("consent"):
            self.add_error(
                "consent", _("Tick the box, or leave the e-mail empty: without your consent it may not be kept.")
            )
        return self.cleaned_data

"""The form under an article: what a reader types, cleaned, and nothing else."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Comment
from articles.models.comment_settings import LONGEST
from newsroom.vietnamese import normalise

# What shows nothing and does something: control characters, and marks that turn the direction of all that follows.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_BROKEN = "\ufffd"  # what bytes become that are no text


def plain(text: str) -> str:
    """Return `text` normalised, without what shows nothing. Raises `ValidationError` where it was damaged."""
    if _BROKEN in text:
        raise ValidationError(_("Some characters were damaged on the way. Please type them again."))
    return _UNSEEN.sub("", normalise(text.replace("\r\n", "\n").replace("\r", "\n")))


def lines_of(text: str) -> str:
    """Return `text` as `plain` does, with no more than one empty line in a row, and none at its ends."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in plain(text).split("\n"))).strip()


class CommentForm(forms.Form):
    """A reader's comment. `parent` is the comment that it answers."""

    text = forms.CharField(
        label=_("Your comment"),
        # What the rules take says a check. A browser is told no limit: it would cut what is pasted, in silence.
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 5, "aria-describedby": "comment-text-hint"}),
        error_messages={"required": _("Please write your comment.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please give a name under which the comment may stand.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Please check the e-mail address, or leave it empty.")},
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Please tick the box: without your consent we may not keep the comment.")}
    )
    parent = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    # A field with a name that machines like, which people do not see.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    made = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, article: Article | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment-%s", **kwargs})
        self.article = article

    def clean_name(self) -> str:
        name = " ".join(plain(self.cleaned_data["name"]).split())
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean_text(self) -> str:
        text = lines_of(self.cleaned_data["text"])
        if not text:
            raise ValidationError(self.fields["text"].error_messages["required"])
        return text

    def clean_parent(self) -> Comment | None:
        """The comment that is answered: one that readers see, under this article, and no reply itself."""
        pk = self.cleaned_data["parent"]
        if pk is None:
            return None
        found = Comment.objects.approved().threads().filter(pk=pk, article=self.article).first()
        if found is None:
            raise ValidationError(_("The comment you answer is not shown any more. You may send yours by itself."))
        return found

    def clean(self) -> dict[str, Any]:
        strange = {*self.data, *self.files} - self.fields.keys()
        if strange:
            raise ValidationError(_("The form was changed on the way, so nothing was kept. Please send once more."))
        return self.cleaned_data

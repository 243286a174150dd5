"""The page on which a reader reports a comment, and the one that says thank you."""

from math import ceil
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from articles.commenting.traces import sender_of
from articles.models import Comment, CommentReport
from articles.moderating.reporting import TooManyError, report, reportable
from newsroom.same_site import from_our_pages
from newsroom.signin import client_address


class ReportForm(forms.Form):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=CommentReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    words = forms.CharField(label=_("In your own words"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reason") == CommentReport.Reason.OTHER and not self.cleaned_data.get("words"):
            self.add_error("words", _("Say in a few words what is wrong with it."))
        return self.cleaned_data


@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def comment_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks what is wrong with a comment that readers see, and takes the answer."""
    comment = get_object_or_404(reportable(), pk=pk)
    if request.method != "POST":
        return _asked(request, comment, ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _asked(request, comment, form, status=422)
    try:
        # Where the server knows no address all readers are one: rather too few reports than a flood of them.
        report(comment, **form.cleaned_data, sender=sender_of(client_address(request) or "unknown"))
    except TooManyError as refusal:
        minutes = ceil(refusal.seconds / 60)
        sentence = ngettext(
            "Many reports have come from your address. Nothing is lost: please send again in %(count)d minute.",
            "Many reports have come from your address. Nothing is lost: please send again in %(count)d minutes.",
            minutes,
        )
        form.add_error(None, sentence % {"count": minutes})
        answer = _asked(request, comment, form, status=429)
        answer["Retry-After"] = str(refusal.seconds)
        return answer
    # See Other: whatever is loaded again is the page it leads to.
    answer = redirect("articles:comment_reported")
    answer.status_code = 303
    return answer


@require_safe
def comment_reported(request: HttpRequest) -> HttpResponse:
    """Says thank you. It names no comment: that may be hidden by now."""
    answer = render(request, "articles/comment_reported.html")
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _asked(request: HttpRequest, comment: Comment, form: ReportForm, status: int = 200) -> HttpResponse:
    answer = render(request, "articles/comment_report.html", {"comment": comment, "form": form}, status=status)
    if request.method == "POST":
        answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer

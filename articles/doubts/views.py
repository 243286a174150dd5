"""The page on which a reader says what is wrong with a figure, and the one that says thank you."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from articles.commenting.attempt import RefusedError
from articles.commenting.stamp import seconds_since, stamp
from articles.commenting.traces import correspondent_of, sender_of
from articles.doubts.forms import DoubtForm
from articles.doubts.taking import Doubt, reportable, take
from articles.models import CommentSettings
from committees.models import Statistic
from newsroom.same_site import from_our_pages
from newsroom.signin import client_address


@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def figure_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks what is wrong with a figure that readers see, and takes the answer."""
    statistic = get_object_or_404(reportable(), pk=pk)
    if request.method != "POST":
        return _asked(request, statistic, DoubtForm(initial={"made": stamp(statistic, timezone.now())}))
    form = DoubtForm(request.POST, request.FILES)
    status, retry_after = 422, None
    if form.is_valid():
        try:
            take(_doubt(request, statistic, form))
        except RefusedError as error:
            field = "words" if error.verdict.field == "text" else error.verdict.field
            form.add_error(field or None, error.verdict.sentence)
            status, retry_after = error.verdict.status, error.verdict.retry_after
        else:
            # See Other: whatever is loaded again is the page it leads to.
            there = redirect("articles:figure_reported")
            there.status_code = 303
            return there
    answer = _asked(request, statistic, _again(form, statistic), status=status)
    answer["Cache-Control"] = "private, no-store"
    if retry_after is not None:
        answer["Retry-After"] = str(retry_after)
    return answer


@require_safe
def figure_reported(request: HttpRequest) -> HttpResponse:
    """Says thank you. It names no figure: that may be withdrawn by now."""
    answer = render(request, "articles/figure_reported.html")
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _doubt(request: HttpRequest, statistic: Statistic, form: DoubtForm) -> Doubt:
    sent = form.cleaned_data
    return Doubt(
        statistic=statistic,
        text=sent["words"],
        email=sent["email"],
        trap=sent["website"],
        stamp=sent["made"],
        sender=sender_of(client_address(request)),
        correspondent=correspondent_of(sent["email"]),
        rules=CommentSettings(),
        now=timezone.now(),
    )


def _again(form: DoubtForm, statistic: Statistic) -> DoubtForm:
    """Return the form that has just been refused, with all that was typed, ready to be sent again."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["website"] = ""
    # People who were too quick need not wait from now on again.
    if seconds_since(data.get("made", ""), statistic, timezone.now()) is None:
        data["made"] = stamp(statistic, timezone.now())
    form.data = data
    return form


def _asked(request: HttpRequest, statistic: Statistic, form: DoubtForm, status: int = 200) -> HttpResponse:
    context = {"figure": statistic, "form": form, "rules": CommentSettings.for_readers()}
    answer = render(request, "articles/figure_report.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer

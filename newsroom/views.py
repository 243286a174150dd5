"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom import front


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is new, at a glance."""
    return render(request, "home.html", {"front": front.compose()})

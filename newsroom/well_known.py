"""What machines ask for at addresses they know by heart: robots.txt, security.txt, the manifest, the icons."""

from datetime import UTC, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from newsroom.models import SiteIdentity

_TEXT = "text/plain; charset=utf-8"
_PAPER, _RED = "#fbfaf6", "#981b1e"  # static/css/tokens.css, static/img/mark.svg
# RFC 9116 asks for less than a year: who reads it later asks again.
_CONTACT_LASTS = timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers have nothing to look for, and where everything is listed."""
    preview = reverse("articles:preview", args=["-"]).removesuffix("-/")
    closed = (reverse("admin:index"), reverse("search"), preview)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type=_TEXT)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). Without an address nobody is promised an answer: there is no such page."""
    email = SiteIdentity.current().email
    if not email:
        raise Http404
    today = datetime.combine(timezone.now().astimezone(UTC).date(), time(), UTC)
    lines = [
        f"Contact: mailto:{email}",
        f"Expires: {(today + _CONTACT_LASTS).isoformat()}",
        f"Preferred-Languages: {get_language()}, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=_TEXT)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How a telephone shows the site among its own: name, colours, icons."""
    name = SiteIdentity.current().title
    icons = [
        {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    told = {"name": name, "lang": get_language(), "id": "/", "start_url": "/", "scope": "/", "display": "browser"}
    colours = {"background_color": _PAPER, "theme_color": _RED}
    return JsonResponse({**told, **colours, "icons": icons}, content_type="application/manifest+json")


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """The way to an icon that is asked for at the root, whatever the page says. Its own address changes with it."""
    return HttpResponseRedirect(static(f"img/{name}"))

"""What every answer tells the browser that it may do with it: the headers of pages, of the desk, of stored files.

It stands outside of whatever answers, so that errors, redirects, static files and media have their headers too. Each
policy begins with nothing and names what its pages need; what a view has said for itself stays. HSTS, nosniff,
Referrer-Policy and the opener's policy are Django's own (SecurityMiddleware); nginx says the same of what it serves
itself. Where the words come from: Content Security Policy Level 3, Permissions Policy, Fetch (CORP).
"""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.forms import Media
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.defaults import page_not_found

CSP = "Content-Security-Policy"
_EDITOR = "js/editor.js"  # which newsroom.editor.EditorWidget brings with it


def _policy(**allowed: str) -> str:
    """Return a policy under which a page loads nothing but what `allowed` names, and stands in no frame."""
    said = {"default-src": "'none'", **{name.replace("_", "-"): value for name, value in allowed.items()}}
    return "; ".join(
        f"{name} {value}".strip() for name, value in {**said, "base-uri": "'none'", "frame-ancestors": "'none'"}.items()
    )


_OWN = "'self'"
# What readers are given: files of ours, and nothing that is written into the page.
PUBLIC = _policy(
    script_src=_OWN, style_src=_OWN, img_src=_OWN, media_src=_OWN, connect_src=_OWN, manifest_src=_OWN, form_action=_OWN
)
# The desk: the same, without films.
DESK = _policy(script_src=_OWN, style_src=_OWN, img_src=_OWN, connect_src=_OWN, form_action=_OWN)
# A form of the desk in which CKEditor 4 stands. It draws its toolbar, menus and dialogs as HTML that carries what each
# button does (onclick) and how it looks (style, and sheets for the frames of its menus), and shows a picture that is
# being sent as a data: address. Without each of these it does not start, or leaves dead buttons behind: the stories of
# the editor fail. Scripts still come as files of ours alone: neither an inline script nor a javascript: address runs.
WRITING = _policy(
    script_src=_OWN,
    script_src_attr="'unsafe-inline'",
    style_src=f"{_OWN} 'unsafe-inline'",
    img_src=f"{_OWN} data:",
    connect_src=_OWN,
    form_action=_OWN,
)
# Static files, which are no pages: whoever opens one by itself sees what it is, and no more.
STATIC = "default-src 'none'; frame-ancestors 'none'"
# What people uploaded runs nothing, sends nothing and has no origin, whatever it turns out to be.
FILES = _policy(sandbox="", img_src=_OWN, media_src=_OWN, style_src="'unsafe-inline'", form_action="'none'")

# What no page here asks a browser for.
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=()"


class Headers:
    """Adds to each answer the headers that are the same for all of its kind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        said = answer.headers
        said.setdefault(CSP, _policy_at(request.path))
        said.setdefault("Permissions-Policy", PERMISSIONS)
        # Feed readers show our pictures beside our words; nothing else of ours is a part of other sites' pages.
        is_stored = request.path.startswith(settings.MEDIA_URL)
        said.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_stored else "same-origin")
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A forged form may bring a number that no column holds. PostgreSQL finds nothing under it; SQLite falls."""
        if isinstance(error, OverflowError) and "SQLite INTEGER" in str(error):
            return page_not_found(request, error)
        return None

    def process_template_response(self, request: HttpRequest, answer: TemplateResponse) -> TemplateResponse:
        """A page of the desk says in its context what its forms load: the editor is there, or it is not."""
        if holds_editor((answer.context_data or {}).get("media")):
            answer.headers.setdefault(CSP, WRITING)
        return answer


def holds_editor(media: object) -> bool:
    """Whether a page that loads `media` has the editor in it."""
    return isinstance(media, Media) and _EDITOR in map(str, media._js)  # type: ignore[attr-defined]


def _policy_at(path: str) -> str:
    return next((policy for start, policy in _places() if path.startswith(start)), PUBLIC)


@cache
def _places() -> tuple[tuple[str, str], ...]:
    return (settings.STATIC_URL, STATIC), (settings.MEDIA_URL, FILES), (reverse("admin:index"), DESK)

"""The door at which the desk asks what may be mended in a form's texts. It answers, and changes nothing.

What is found is the business of `newsroom.repairs`; here it is put into words for the person who decides.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from newsroom.repairs import HIDDEN, ODD_SPACES, Kind, Repair, find_repairs

LARGEST = 1_000_000  # bytes of a question: some three hundred pages
SHOWN = 20  # places of one kind that are listed one by one

LABELS = {
    Kind.COMPOSED: _("Letters whose marks stand apart"),
    Kind.ODD_SPACE: _("No-break spaces and hidden signs"),
    Kind.DOUBLED_SPACE: _("Doubled spaces"),
    Kind.SPACE_BEFORE: _("A space before a full stop or comma"),
    Kind.MISSING_SPACE: _("No space behind a full stop, comma or colon"),
}


@require_POST
@csrf_protect
def offer_repairs(request: HttpRequest) -> HttpResponse:
    """Say what may be mended in the texts of a form.

    POST JSON {"fields": {name: [text, ...]}}: for a line or a plain text one text, for rich text its pieces
    between tags, which no repair crosses. The answer is JSON {"fields": {name: {"repairs": [...], "panel": html}}};
    a repair has `piece` (which text), `start`, `end` (in characters), `was`, `would_be` and `kind`. The panel is
    empty where there is nothing to mend. Refusals carry `error`, a sentence (400, 403 or 413).
    """
    if not (request.user.is_authenticated and request.user.is_staff):
        return _refused(gettext("You are no longer signed in. Sign in again, in another window."), 403)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return _refused(gettext("This text is too long to be looked through at once."), 413)
    try:
        fields = json.loads(request.body)["fields"]
        answer = {name: _offer(name, pieces) for name, pieces in fields.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _refused(gettext("The text has not arrived whole. Try again."), 400)
    return JsonResponse({"fields": answer})


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


def _offer(name: str, pieces: list[str]) -> dict[str, Any]:
    found = [(piece, repair) for piece, text in enumerate(pieces) for repair in find_repairs(text)]
    kinds: dict[Kind, list[dict[str, str | int]]] = {}
    for number, (piece, repair) in enumerate(found):
        places = kinds.setdefault(repair.kind, [])
        places.append(_place(number, repair, pieces[piece]) if len(places) < SHOWN else {})
    context = {
        "name": name,
        "count": len(found),
        "kinds": [
            {
                "kind": kind.value,
                "label": LABELS[kind],
                "count": len(kinds[kind]),
                "places": kinds[kind][:SHOWN],
                "unlisted": max(0, len(kinds[kind]) - SHOWN),
            }
            for kind in Kind
            if kind in kinds
        ],
    }
    repairs = [
        {
            "piece": piece,
            "kind": repair.kind.value,
            "start": repair.start,
            "end": repair.end,
            "was": repair.was,
            "would_be": repair.would_be,
        }
        for piece, repair in found
    ]
    return {"repairs": repairs, "panel": render_to_string("admin/_repairs_panel.html", context) if found else ""}


# --- Made visible ------------------------------------------------------------------------------

_NEAR = 20  # characters of the neighbourhood that are shown


def _place(number: int, repair: Repair, text: str) -> dict[str, str | int]:
    first, last = max(0, repair.start - _NEAR), repair.end + _NEAR
    before, after = text[first : repair.start], text[repair.end : last]
    return {
        "number": number,
        # Whole words, as far as there are any.
        "before": re.sub(r"^\S*\s(?=\s*\S)", "… ", before) if first else before,
        "after": re.sub(r"(?<=\S)\s+\S*$", " …", after) if last < len(text) else after,
        "was": " ".join(_seen(repair.was[: 2 * _NEAR], repair.kind)),
        "would_be": repair.would_be.replace(" ", "␣"),
    }


_SIGNS = re.compile(
    rf"(?P<space> +)|(?P<odd>[{ODD_SPACES}])|(?P<hidden>[{HIDDEN}\u200c\u200d])|(?P<mark>[\u0300-\u036f])"
)


def _seen(was: str, kind: Kind) -> Iterator[str]:
    """Yield what is wrong in signs that can be seen: ␣ for a space, a word for what has no look of its own."""
    if kind == Kind.COMPOSED:
        yield _SIGNS.sub(lambda sign: f"◌{sign[0]}" if sign["mark"] else sign[0], was)
        return
    for sign in _SIGNS.finditer(was):
        if sign["space"]:
            yield "␣" * len(sign[0])
        elif sign[0] == "\u00a0":
            yield gettext("no-break space")
        else:
            yield gettext("exotic space") if sign["odd"] else gettext("hidden sign")

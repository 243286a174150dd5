"""Which requests come from a machine with no person in front of it."""

import re

from django.http import HttpRequest

# Crawlers, the programs that draw a card of a link in a chat or a mail, and whatever a programmer writes. Telephones
# by the name of Cubot are none, nor is the browser inside Zalo or Facebook, where people read. A scanner that gives
# itself out as a browser cannot be told from one.
_NAMES = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|externalhit|facebookcatalog|meta-external|whatsapp/|viber/|preview|embedly|iframely"
    r"|vkshare|curl|wget|python|libwww|go-http-client|java/|node-fetch|axios|okhttp",
    re.IGNORECASE,
)


def is_by_machine(request: HttpRequest) -> bool:
    """Return whether nobody will look at the answer to `request`: by what it says of itself, or does not say.

    A browser that fetches a page ahead, before a person asks for it, is a machine too: the person comes later.
    """
    purpose = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    agent = request.headers.get("User-Agent", "")
    return "prefetch" in purpose or "preview" in purpose or not agent or _NAMES.search(agent) is not None

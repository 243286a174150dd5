"""Which requests come from a machine with no person in front of it."""

import re
from functools import lru_cache

from django.http import HttpRequest

# Crawlers, the programs that draw a card of a link in a chat or a mail, and whatever a programmer writes, by family:
# the first that is found counts. Telephones by the name of Cubot are none, nor is the browser inside Zalo or Facebook,
# where people read. A scanner that gives itself out as a browser cannot be told from one.
_FAMILIES = {
    "google": r"googlebot|google-|googleother|mediapartners-google|feedfetcher-google|apis-google",
    "bing": r"bingbot|bingpreview|adidxbot|msnbot",
    "coccoc": r"coccocbot",
    "apple": r"applebot",
    "yandex": r"yandex\w*bot|yandexbot",
    "baidu": r"baiduspider",
    "duckduckgo": r"duckduckbot|duckassistbot",
    "yahoo": r"slurp",
    "facebook": r"externalhit|facebookcatalog|meta-external|facebookbot",
    "zalo": r"zalobot|zalo-?preview",
    "ai": r"gptbot|oai-searchbot|chatgpt-user|claudebot|claude-|anthropic|ccbot|bytespider|perplexity|amazonbot",
    "seo": r"ahrefs|semrush|mj12bot|dotbot|petalbot|screaming frog|serpstat",
    "archive": r"archive\.org_bot|ia_archiver|heritrix",
    "chat": r"whatsapp/|viber/|telegrambot|slackbot|discordbot|skypeuripreview|embedly|iframely|vkshare",
    "program": r"curl|wget|python|libwww|go-http-client|java/|node-fetch|axios|okhttp",
    "other": r"(?<!cu)bot|crawl|spider|preview",
}
_NAMES = re.compile("|".join(f"(?P<{family}>{names})" for family, names in _FAMILIES.items()), re.IGNORECASE)
UNNAMED = "unnamed"
_LONGEST = 1_000  # signs of what a browser calls itself: no more of it is looked at


def family_of(request: HttpRequest) -> str:
    """Return the family of the machine that `request` says it comes from; "" where it says that it is a browser.

    No browser keeps silent about itself: what does is a machine of the family `UNNAMED`.
    """
    return _family_of(request.META.get("HTTP_USER_AGENT", "")[:_LONGEST])


@lru_cache(512)  # browsers are alike, and to look for so many names costs more than all else about a beacon
def _family_of(agent: str) -> str:
    found = {match.lastgroup for match in _NAMES.finditer(agent)}
    return next((family for family in _FAMILIES if family in found), "" if agent else UNNAMED)


def is_fetched_ahead(request: HttpRequest) -> bool:
    """Return whether a browser asks before a person does. Such a request is a machine's: the person comes later."""
    purpose = " ".join(
        request.META.get(f"HTTP_{name}", "") for name in ("SEC_PURPOSE", "PURPOSE", "X_PURPOSE", "X_MOZ")
    )
    return any(word in purpose.lower() for word in ("prefetch", "prerender", "preview"))


def is_by_machine(request: HttpRequest) -> bool:
    """Return whether nobody will look at the answer to `request`: by what it says of itself, or does not say."""
    return is_fetched_ahead(request) or bool(family_of(request))

"""The keys under which more than visits is counted, and in words what stands in them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.readership import PREFIX as READ
from newsroom.counting import AHEAD, ROBOT, STAFF
from newsroom.visits.questions import PREFIX as UNFOUND
from newsroom.visits.referrers import PREFIX as REFERRER
from newsroom.visits.rules import REST

PREFIXES = READ, REFERRER, ROBOT, UNFOUND, AHEAD, STAFF

# The families of newsroom.machines. A name of a firm is the same in every language.
_ROBOTS = {
    "google": "Google",
    "bing": "Bing",
    "coccoc": "Cốc Cốc",
    "apple": "Apple",
    "yandex": "Yandex",
    "baidu": "Baidu",
    "duckduckgo": "DuckDuckGo",
    "yahoo": "Yahoo",
    "facebook": "Facebook",
    "zalo": "Zalo",
    "ai": _("Readers for artificial intelligence"),
    "seo": _("Tools that measure sites"),
    "archive": _("Archives of the web"),
    "chat": _("Previews of links in messages"),
    "program": _("Programs of developers"),
    "other": _("Other robots"),
    "unnamed": _("Without a name"),
}


def what(key: str, prefix: str) -> str:
    """Return in words what `key`, which begins with `prefix`, stands for."""
    rest = key.removeprefix(prefix)
    if rest == REST:
        return gettext("Unreadable, or too many to be counted one by one")
    return str(_ROBOTS.get(rest, rest)) if prefix == ROBOT else rest

"""Where readers come from: of what a browser says of it the host alone, in one spelling, or that it cannot be read."""

import re
from urllib.parse import urlsplit

PREFIX = "referrer:"
UNREADABLE = "?"
_LONGEST = 2_000  # characters that are looked at
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,188}[a-z0-9])?")


def host_of(said: str) -> str:
    """Return the host that `said`, an address or a host, names: in lower case, ASCII (IDNA), without port and "www.".

    "" where nothing is said; `UNREADABLE` for whatever names no host: nothing of it is kept.
    """
    said = said.strip()
    if not said:
        return ""
    if len(said) > _LONGEST or not said.isprintable():
        return UNREADABLE
    try:
        host = urlsplit(said if "//" in said else f"//{said}").hostname or ""
        host = host.rstrip(".").encode("idna").decode("ascii").lower().removeprefix("www.")
    except ValueError:  # of which a host that IDNA knows no name for is one
        return UNREADABLE
    return host if _HOST.fullmatch(host) else UNREADABLE

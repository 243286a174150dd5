"""Which addresses are kept, and which parameters each of them knows.

An address is kept only if an app says so in its module `shown`. Whatever else stands in its query is taken out before
the view sees it: the answer is then a function of its key, and nobody can make a page multiply, or speak of what he
has put into its address.
"""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve

KEPT: dict[str, frozenset[str]] = {}


def kept_at(name: str, *parameters: Iterable[str]) -> None:
    """Declare that answers of the address `name` ("articles:article") are kept, and the parameters it knows."""
    KEPT[name] = frozenset(each for group in parameters for each in group)


def known_query(path: str, query: str) -> str | None:
    """Return what the view of `path` is asked by `query`: of each parameter that it knows the last value, by name.

    None where its answers are not kept.
    """
    try:
        known = KEPT.get(resolve(path).view_name)
    except Resolver404:
        return None
    if known is None or not query:
        return None if known is None else ""
    try:
        # Without a limit a long query would cost more than the page.
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
    chosen = {name: value for name, value in pairs if name in known}
    return urlencode(sorted(chosen.items()))

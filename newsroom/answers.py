"""What a search has found as its page shows it, and what narrows it, in Python (articles.cards says why)."""

from collections.abc import Iterable, Mapping
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already
from urllib.parse import quote_plus

from django.utils.safestring import SafeString

from newsroom.excerpts import Pieces
from newsroom.findable import KINDS, Hit
from newsroom.phrases import phrase as _
from newsroom.search import Answer, Choice
from newsroom.vietnamese import day, number

_ASKED = ("q", "loai", "to-chuc", "chuyen-muc", "nam")  # what an address of the search says, but for its page


class Ways:
    """The addresses of a search, each with one thing said otherwise than `asked`, the values of its own."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self._said = {name: _saying(name, asked.get(name, "")) for name in _ASKED}

    def to(self, name: str, value: object) -> str:
        """Return the address with `name` said as `value`, or no longer where that is empty."""
        said = self._said | {name: _saying(name, str(value))}
        return "?" + "&".join(filter(None, said.values()))


def _saying(name: str, value: str) -> str:
    return f"{name}={quote_plus(value)}" if value else ""


def hits(found: Iterable[Hit]) -> SafeString:
    """Return what was found as items of a list."""
    nothing = _("There is nothing further.")  # xgettext looks into no f-string
    labels = {kind.name: str(kind.label) for kind in KINDS}
    return SafeString("".join(_hit(hit, labels[hit.kind.name]) for hit in found) or f"<li>{nothing}</li>\n")


def _hit(hit: Hit, label: str) -> str:
    when = f' · <time datetime="{hit.day.isoformat()}">{day(hit.day)}</time>' if hit.day else ""
    snippet = f'<p class="blurb">{_marked(hit.snippet)}</p>\n' if hit.snippet else ""
    return (
        f'<li class="hit"><p class="meta">{label}{when}</p>\n'
        f'<h2><a href="{escape(hit.thing.get_absolute_url())}">{_marked(hit.title)}</a></h2>\n{snippet}</li>\n'
    )


def _marked(pieces: Pieces) -> str:
    return "".join(f"<mark>{escape(text)}</mark>" if wanted else escape(text) for text, wanted in pieces)


def kinds(answer: Answer, ways: Ways) -> SafeString:
    """Return the kinds of things that are found, with how many."""
    label = _("Kinds of results")
    items = "".join(f"<li>{_kind(choice, ways)}</li>\n" for choice in (answer.total, *answer.kinds))
    return SafeString(f'<nav class="kinds" aria-label="{label}"><ul>\n{items}</ul></nav>\n')


def _kind(choice: Choice, ways: Ways) -> str:
    current = ' aria-current="true"' if choice.is_chosen else ""
    return f'<a href="{escape(ways.to("loai", choice.value))}"{current}>{choice.label} {_count(choice)}</a>'


def choices(offered: list[Choice], title: str, name: str, ways: Ways) -> SafeString:
    """Return the ways to narrow an answer by what the address calls `name`."""
    if not offered:
        return SafeString("")
    items = "".join(f"<li>{_choice(choice, name, ways)} {_count(choice)}</li>\n" for choice in offered)
    return SafeString(
        f'<section class="box choices" aria-labelledby="narrow-{name}">\n<h2 id="narrow-{name}">{title}</h2>\n'
        f"<ul>{items}</ul>\n</section>"
    )


def _choice(choice: Choice, name: str, ways: Ways) -> str:
    label = escape(str(choice.label))
    if not choice.is_chosen:
        return f'<a href="{escape(ways.to(name, choice.value))}">{label}</a>'
    back = _("(chosen; take this choice back)")
    return (
        f'<a href="{escape(ways.to(name, ""))}" aria-current="true">{label} '
        f'<span class="visually-hidden">{back}</span></a>'
    )


def _count(choice: Choice) -> str:
    return f'<span class="num">{number(choice.count)}{"+" if choice.is_more else ""}</span>'

"""Every door of the site that takes words - forms, searches, filters, addresses - and knocking at it with any line.

Doors are read off the site's own addresses and pages, so that a new one is knocked at without being named here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from ipaddress import IPv4Address
from itertools import count, cycle, repeat
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.hostile import ANYWHERE

# What lists and the desk read from their addresses beside the fields of their forms.
PARAMETERS = (
    "q", "p", "o", "e", "all", "next", "format", "trang", "bai", "nam", "loai", "to-chuc", "khoa", "vai",
    "_popup", "_to_field", "_changelist_filters", "id__exact", "pk__in", "app_label", "model_name", "field_name",
    "term",
)  # fmt: skip
KEYS = ("sau", "truoc")
# What is no number to whoever reads it as one, or too large for its column; and what no text can hold.
ODD = (
    "99999999999999999999", "-9223372036854775809", "9" * 5000, "1e400", "NaN", "-0", "²", "٣", "１", "0x1f", "1\x00",
    "\x00", "20230214T000000Z~99999999999999999999", "99999999T000000Z~1", "~", "20230230T000000Z~1", "0001-01-01",
    "9999-12-31", "31/12/9999", "1/1/0001", "24:61", "[]", "{}", "null", "🦉", "a" * 3000,
)  # fmt: skip
ALONE = 4  # times that each place gets a line by itself
HANDFUL = 32  # lines in one place: so many lines are there, and so many places
_SOMEWHERE = (IPv4Address("10.0.0.0") + number for number in count())
_RUNS = {"iframe", "frame", "object", "embed", "applet", "base"}
_LOADS = {"img", "link", "script", "source", "video", "audio", "input", "form"}


@dataclass
class Form:
    """A form of a page: where it goes, and its fields by name with what kind each is and what stands in it."""

    action: str
    method: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)

    def filled(self, lines: Iterator[str], *, forged: bool) -> dict[str, Any]:
        """What is sent: `lines` in the fields that one types into or, `forged`, in all of them."""
        sent: dict[str, Any] = {}
        for name, (kind, value) in self.fields.items():
            if kind == "file":
                line = next(lines)
                sent[name] = SimpleUploadedFile(f"{line[:60] or 'x'}.docx", line.encode("utf-8", "replace") or b"x")
            elif kind in {"text", "search", "textarea", "email", "url", "tel"} or (forged and not _steers(name)):
                sent[name] = next(lines)
            else:
                sent[name] = value
        return sent


def _steers(name: str) -> bool:
    """Whether the field holds the form together: its rows are counted by it, or the browser's cookie beside it."""
    return name == "csrfmiddlewaretoken" or name.endswith(("_FORMS", "-TOTAL_FORMS"))


class Page(HTMLParser):
    """One page as a browser takes it apart: its forms, and what on it would run or load something foreign."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.forms, self.wrong = address, [], list[str]()
        self._select = ""
        self.feed(text)

    forms: list[Form]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._judge(tag, given)
        name = given.get("name", "")
        if tag == "form":
            action = urljoin(self.address, given.get("action") or self.address)
            self.forms.append(Form(action, given.get("method", "get").lower()))
        elif not self.forms or not name:
            if tag == "option" and self._select and "selected" in given:
                self.forms[-1].fields[self._select] = ("select", given.get("value", ""))
        elif tag == "input" and given.get("type") not in {"submit", "button", "image"}:
            self.forms[-1].fields[name] = (given.get("type", "text"), given.get("value", ""))
        elif tag == "textarea":
            self.forms[-1].fields[name] = ("textarea", "")
        elif tag == "select":
            self._select = name
            self.forms[-1].fields[name] = ("select", "")
        elif tag == "button" and given.get("value"):
            self.forms[-1].fields[name] = ("button", given["value"])

    def _judge(self, tag: str, given: dict[str, str]) -> None:
        if tag in _RUNS or (tag == "meta" and given.get("http-equiv", "").lower() == "refresh"):
            self.wrong.append(f"<{tag}>")
        if tag == "script" and "src" not in given and not given.get("type", "").endswith("json"):
            self.wrong.append("a script written into the page")
        for name, value in given.items():
            address = "".join(value.split()).lower()
            loads = tag in _LOADS and given.get("rel") not in {"canonical", "alternate"}
            runs = address.startswith(("javascript:", "vbscript:", "data:"))
            leads = name in {"href", "src", "action", "formaction", "poster"}
            if name.startswith("on") or (leads and (runs or (loads and _is_elsewhere(address)))):
                self.wrong.append(f"<{tag} {name}={value[:60]}>")


def _is_elsewhere(address: str) -> bool:
    try:
        # A browser reads a backslash as a slash.
        place = urlsplit(urljoin("http://testserver/", address.replace("\\", "/")))
    except ValueError:
        return True
    return place.netloc != "testserver" or place.scheme != "http"


def knock(client: Client, method: str, address: str, sent: Any = None) -> tuple[str, Page | None]:
    """Return what is wrong with the answer to a request, empty where nothing is, and its page if it is one."""
    try:
        # Each from an address of its own, or who has sent much is soon told to wait.
        answer = getattr(client, method)(address, sent, REMOTE_ADDR=str(next(_SOMEWHERE)))
    except Exception as error:
        return f"{method} {address[:150]}: {type(error).__name__}: {str(error)[:200]}", None
    if answer.status_code >= 500:
        return f"{method} {address[:150]}: {answer.status_code}", None
    if 300 <= answer.status_code < 400:
        place = answer.headers["Location"]
        return (f"{method} {address[:150]} leads to {place}" if _is_elsewhere(place) else ""), None
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    if answer.streaming or not is_page or "attachment" in answer.headers.get("Content-Disposition", ""):
        return "", None
    page = Page(address, answer.content.decode())
    return (f"{method} {address[:150]}: {', '.join(page.wrong[:5])}" if page.wrong else ""), page


def knock_everywhere(
    client: Client, addresses: Iterable[str], lines: Sequence[str], *, each: bool = False
) -> list[str]:
    """Return what is wrong with any answer, where each of the `addresses` and each form there is given `lines`.

    All places of an address and of a form get the line that breaks out of anywhere, then as many of `lines` as there
    are places, forged; with `each`, a few times so and then all of the lines, a handful in each place. What is sent to
    one form is undone before the next.
    """
    wrong, seen, alone = [], set[Any](), cycle(lines)
    handfuls = ["\n".join(lines[start : start + HANDFUL]) for start in range(0, len(lines), HANDFUL)] if each else []

    def rounds(places: int) -> Iterator[Iterator[str]]:
        yield from repeat(alone, ALONE if each else 1)
        gathered = cycle(handfuls)
        yield from repeat(gathered, -(-len(handfuls) // max(places, 1)))

    for number, address in enumerate(addresses):
        path = address.partition("?")[0]
        found, page = knock(client, "get", path)
        wrong += [found, knock(client, "get", path, dict.fromkeys(PARAMETERS, ANYWHERE))[0]]
        for round, typed in enumerate(rounds(len(PARAMETERS) // 3)):
            some = PARAMETERS[round % 3 :: 3] if each else PARAMETERS  # one that is refused at once hides the others
            wrong.append(knock(client, "get", path, {name: next(typed) for name in some})[0])
        if number % 3 == 0 or each:
            wrong.append(knock(client, "get", path, {KEYS[number % 2]: next(alone)})[0])
        for form in page.forms if page else []:
            kind = re.sub(r"\d+", "0", form.action.partition("?")[0]), tuple(form.fields)
            if kind in seen or not form.action.startswith("/") or form.action.endswith(("/logout/", "/password/")):
                continue  # behind the last two one would stand outside
            seen.add(kind)
            with transaction.atomic():
                wrong.append(knock(client, form.method, form.action, form.filled(repeat(ANYWHERE), forged=False))[0])
                for round, typed in enumerate(rounds(len(form.fields))):
                    sent = form.filled(typed, forged=round % 2 == 0)
                    wrong.append(knock(client, form.method, form.action, sent)[0])
                transaction.set_rollback(True)
    return [found for found in wrong if found]

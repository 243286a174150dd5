"""Filling in a form as a browser does: what the page shows is what is sent, but for what a test types."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


def filled(answer: HttpResponse, **typed: Any) -> dict[str, Any]:
    """Return what a browser would send for the main form of the admin page `answer`, with `typed` over it.

    Buttons and files are not sent by themselves. In the names of `typed` a row of an inline is written as
    on the page: `**{"statistics-0-value": "71"}`.
    """
    page = _Page()
    page.feed(answer.content.decode())
    data = {name: values if len(values) > 1 else values[0] for name, values in page.fields.items()}
    return {**data, **typed}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._in_form = False
        self._select: str | None = None
        self._first_option: str | None = None
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self._in_form = (given.get("id") or "").endswith("_form")
        elif not self._in_form:
            return
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in {"submit", "button", "file"} or (kind in {"checkbox", "radio"} and "checked" not in given):
                return
            self._note(name, given.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "select" and name:
            self._select = name
            self._first_option = None if "multiple" in given else ""
        elif tag == "option" and self._select:
            if "selected" in given:
                self._note(self._select, given.get("value") or "")
                self._first_option = None
        elif tag == "textarea" and name:
            self._textarea = name
            self.fields[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        elif tag == "select" and self._select:
            if self._first_option is not None:
                self._note(self._select, self._first_option)
            self._select = None
        elif tag == "textarea" and self._textarea:
            # A browser takes the line break behind the opening tag for none of the text.
            self.fields[self._textarea][0] = self.fields[self._textarea][0].removeprefix("\n")
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea][0] += data

    def _note(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)

"""The numbers of an article beside its editor: which agree, which contradict, which no row knows yet.

They are shown of the saved text with the form, and of the text as it is typed (`articles.desk.as_typed`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Mention
from articles.numbers import Numbers, Place, Thing
from committees.figures import Figure, Held, NumberKind, Standing, Weight, read
from committees.models import Conference
from newsroom.vietnamese import number

_SHOWN = 60  # of one group

# What a number is that says nothing of how much there is.
KINDS = {
    NumberKind.DATE: gettext_lazy("a day"),
    NumberKind.TIME: gettext_lazy("an hour"),
    NumberKind.YEAR: gettext_lazy("a year"),
    NumberKind.PERIOD: gettext_lazy("a period"),
    NumberKind.ORDINAL: gettext_lazy("an ordinal"),
    NumberKind.TERM: gettext_lazy("a term of office"),
    NumberKind.DOCUMENT: gettext_lazy("the number of a document"),
    NumberKind.ANNIVERSARY: gettext_lazy("an anniversary"),
    NumberKind.STREAK: gettext_lazy("years in a row"),
    NumberKind.LEVEL: gettext_lazy("a level of an award"),
    NumberKind.NAME: gettext_lazy("part of a name"),
    NumberKind.ADDRESS: gettext_lazy("part of an address"),
    NumberKind.FURNITURE: gettext_lazy("of the page it was copied from"),
}
PARTS = {
    Mention.Part.TITLE: gettext_lazy("Title"),
    Mention.Part.LEAD: gettext_lazy("Lead"),
    Mention.Part.CAPTION: gettext_lazy("Caption"),
}


@dataclass(frozen=True)
class Entry:
    """One number, or those of one figure that stand alike: where it is, what is said of it, and its row."""

    place: Place
    part: Any = ""  # its name, where it is not the body
    times: int = 1  # that it stands there, where all of them say as little
    sentences: Sequence[Any] = ()
    row: Thing | None = None
    row_address: str = ""
    new_address: str = ""  # where a row for it is made
    mention: str = ""  # the part, for a mention of that row


@dataclass(frozen=True)
class Group:
    """The numbers that stand alike, at most `_SHOWN`; `count` says how many there are."""

    name: str
    title: Any
    entries: Sequence[Entry]
    count: int
    is_open: bool = False

    @property
    def more(self) -> int:
        return self.count - len(self.entries)


@dataclass(frozen=True)
class Listing:
    """What is shown of the numbers of an article."""

    checked: int
    total: int
    groups: Sequence[Group]

    @property
    def said(self) -> str:
        """The whole in a sentence."""
        sentences = [
            _("Numbers checked: %(checked)d of %(total)d.") % {"checked": self.checked, "total": self.total}
            if self.total
            else _("There is no figure in it to check.")
        ]
        sentences += [f"{group.title}: {group.count}." for group in self.groups if group.is_open]
        return " ".join(sentences)


def listing(numbers: Numbers, conference: Conference | None, *, may_add: bool) -> Listing:
    """Return what is shown of `numbers`, the gravest first; with `may_add`, how to make the rows that are missing."""
    found: dict[str, list[list[Held]]] = {name: [] for name, _title, _is_open in _GROUPS}
    aside: dict[tuple[str, str], list[Held]] = {}
    last: Any = None
    for held in numbers.examination.numbers:
        name = _group(numbers, held)
        of = (name, held.part, held.figure, held.row)
        if held.standing == Standing.SET_ASIDE:  # the same year a dozen times: one line
            aside.setdefault((held.text, held.kind), []).append(held)
        elif of == last:  # one figure: one line
            found[name][-1].append(held)
        else:
            found[name].append([held])
        last = of
    found["set_aside"] = list(aside.values())
    sizes = Counter((held.part, held.figure) for held in numbers.examination.numbers)
    missing = _Missing(numbers, conference) if may_add else None
    checked, total = numbers.examination.coverage
    groups = [
        Group(
            name,
            title,
            [
                _entry(numbers, each, sizes[each[0].part, each[0].figure] == len(each), missing)
                for each in found[name][:_SHOWN]
            ],
            len(found[name]),
            is_open,
        )
        for name, title, is_open in _GROUPS
        if found[name]
    ]
    return Listing(checked, total, groups)


_GROUPS = (
    ("contradicts", gettext_lazy("Contradicts"), True),
    ("doubtful", gettext_lazy("Worth a look"), True),
    ("no_row", gettext_lazy("No row yet"), False),
    ("agrees", gettext_lazy("Agrees"), False),
    ("set_aside", gettext_lazy("Set aside: says nothing of how many"), False),
)


def _group(numbers: Numbers, held: Held) -> str:
    weights = {numbers.examination.verdicts[index].weight for index in held.verdicts}
    if held.standing == Standing.CONTRADICTS or Weight.BLOCK in weights:
        return "contradicts"
    if Weight.WARN in weights:
        return "doubtful"
    return str(held.standing)


def _entry(numbers: Numbers, those: Sequence[Held], is_whole: bool, missing: "_Missing | None") -> Entry:
    """Return the line of `those` numbers of one figure, which `is_whole` where it has no others."""
    first, last = those[0], those[-1]
    part = first.part.partition(".")[0]
    name = PARTS.get(Mention.Part(part), "")
    if first.standing == Standing.SET_ASIDE:
        place = numbers.place(first.part, first.start, first.end)
        return Entry(place, name, len(those), [KINDS[first.kind]] if first.kind in KINDS else [])
    start, end = first.figure if is_whole and first.figure else (first.start, last.end)
    place = numbers.place(first.part, start, end)
    verdicts = [numbers.examination.verdicts[index] for index in first.verdicts]
    grave = [verdict.message for verdict in verdicts if verdict.weight != Weight.FINE]
    row = None if first.row is None else numbers.things[first.row]
    if row is not None:
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        return Entry(place, name, sentences=list(dict.fromkeys(grave)), row=row, row_address=address)
    fine = [verdict.message for verdict in verdicts if verdict.weight == Weight.FINE]
    new_address = missing.address(first) if missing else ""
    sentences = list(dict.fromkeys(grave or fine))
    return Entry(place, name, sentences=sentences, new_address=new_address, mention=part)


class _Missing:
    """Where a row is made for a figure that has none: the form of a figure, with what the text says of it."""

    def __init__(self, numbers: Numbers, conference: Conference | None) -> None:
        self._numbers, self._conference = numbers, conference
        self._figures: dict[str, dict[tuple[int, int], Figure]] = {}

    def address(self, held: Held) -> str:
        if held.part not in self._figures:
            read_figures = read(self._numbers.texts[held.part]).figures
            self._figures[held.part] = {(figure.start, figure.end): figure for figure in read_figures}
        figure = self._figures[held.part].get(held.figure or (0, 0))
        if figure is None:
            return ""
        said = {name: getattr(figure, name) for name in ("value", "value_max", "whole", "percent", "plan_percent")}
        query = {name: number(value) for name, value in said.items() if value is not None}
        if figure.percent is not None:
            places = figure.percent_places or 0
            query |= {"percent": number(figure.percent, places), "percent_places": str(places)}
        query |= {"comparator": figure.comparator, "unit_printed": figure.unit[:120], "label": _label(figure)}
        if self._conference is not None:
            query |= {"conference": str(self._conference.pk), "committee": str(self._conference.committee_id)}
        return f"{reverse('admin:committees_statistic_add')}?{urlencode(query)}"


def _label(figure: Figure) -> str:
    words = (figure.subject or figure.unit).split("\n")[0].strip(" ,.;:()")[:300]
    return words[:1].upper() + words[1:]

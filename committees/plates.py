"""A chart by itself, to be taken away: an SVG that holds its finding, what it is of and its source.

It leans on no stylesheet, so its colours stand in its template, and its lines are broken here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from django.utils.translation import gettext, pgettext

from committees import charts
from committees.outline import Row
from committees.picturing import PartsChart, SeriesChart
from newsroom.vietnamese import number

_MARGIN, _HEAD, _FOOT = 16, 20, 13  # the last two: how high a line of either is
_HEAD_LETTERS, _FOOT_LETTERS = 42, 66
_LABEL, _BAR, _APART = 15, 8, 22  # of parts: how high a line of a label and a bar are, and what lies between them
_LABEL_LETTERS, _STEP = 60, 14  # how many letters beside no number; how far a part is set in


@dataclass(frozen=True)
class Text:
    """One line of words and how far down it stands."""

    words: str
    y: int


@dataclass(frozen=True)
class _Sheet:
    """Where the words around a drawing stand, and how far down it begins."""

    head: list[Text]
    foot: list[Text]
    top: int
    height: int

    left = -_MARGIN
    width = charts.WIDTH + 2 * _MARGIN
    zoom = 2

    @property
    def printed_width(self) -> int:
        return self.zoom * self.width

    @property
    def printed_height(self) -> int:
        return self.zoom * self.height


@dataclass(frozen=True)
class Plate(_Sheet):
    """A series by itself."""

    chart: SeriesChart


@dataclass(frozen=True)
class Part:
    """One bar with its words. Lengths are attributes of SVG; `within` is empty but for a part of a part."""

    lines: list[Text]
    number: str
    left: int
    bar_y: int
    length: str
    within: str


@dataclass(frozen=True)
class PartsPlate(_Sheet):
    """The parts of one whole by themselves."""

    chart: PartsChart
    parts: list[Part]

    width_of_bars = charts.WIDTH


def plate(chart: SeriesChart, site: str, address: str) -> Plate:
    """Return how `chart` is laid out by itself, with the name of the site and an address of it as the source."""
    latest = chart.latest
    unit = f", {chart.unit}" if chart.unit else ""
    about = f"{latest.indicator}{unit} ({latest.get_kind_display()}). {latest.committee}."
    notes = [about, *map(str, chart.series.gaps[:4])]
    head = _head(chart.title)
    foot, height = _foot(notes, chart.has_computed, site, address, head[-1].y + charts.HEIGHT + 14)
    return Plate(head, foot, head[-1].y, height, chart)


def parts_plate(chart: PartsChart, site: str, address: str) -> PartsPlate:
    """Return how `chart` is laid out by itself, with the name of the site and an address of it as the source."""
    first = chart.first
    whole = f"{pgettext('a whole', 'Of')} {number(chart.whole or 0)} {first.unit_printed}".strip()
    notes = [f"{', '.join(filter(None, [whole, first.period_label]))}. {first.committee}."]
    head = _head(chart.title)
    parts = list(_parts(chart.rows, head[-1].y + 26, 0))
    foot, height = _foot(notes, chart.has_computed, site, address, parts[-1].bar_y + _BAR + 26)
    return PartsPlate(head, foot, head[-1].y, height, chart, parts)


def _head(title: str) -> list[Text]:
    return [Text(words, 26 + _HEAD * place) for place, words in enumerate(wrap(title, _HEAD_LETTERS))]


def _foot(notes: list[str], has_computed: bool, site: str, address: str, below: int) -> tuple[list[Text], int]:
    """Return the lines below a drawing, the first of them at `below`, and how high all is with them."""
    note = gettext("Computed by us from the numbers that the reports print.")
    source = gettext("Source: %(site)s, %(address)s") % {"site": site or address, "address": address}
    lines = [*notes, *([f"* {note}"] if has_computed else []), source]
    broken = [part for line in lines for part in wrap(line, _FOOT_LETTERS)]
    return [Text(words, below + _FOOT * place) for place, words in enumerate(broken)], below + _FOOT * len(broken)


def _parts(rows: Iterable[Row], y: int, depth: int) -> Iterator[Part]:
    """Return the bars of `rows` and of their parts, one under the other from `y` on."""
    for row in rows:
        said = str(row.statistic.figure) + (f" · {row.computed_share}*" if row.computed_share else "")
        letters = _LABEL_LETTERS - len(said) - 2 * depth - 2
        lines = [Text(words, y + _LABEL * place) for place, words in enumerate(wrap(row.statistic.label, letters))]
        bar_y = lines[-1].y + 6
        part = Part(lines, said, _STEP * depth, bar_y, _long(row.length), _long(row.within))
        yield part
        y = bar_y + _BAR + _APART
        for inner in _parts(row.parts, y, depth + 1):
            yield inner
            y = inner.bar_y + _BAR + _APART


def _long(share: Decimal | None) -> str:
    """How long the bar of a share, 0 to 100, is drawn; empty where there is none."""
    return "" if share is None else f"{share * charts.WIDTH / 100:.1f}"

"""A chart by itself, to be taken away: an SVG that holds its finding, what it is of and its source.

It leans on no stylesheet, so its colours stand in its template, and its lines are broken here.
"""

from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext

from committees import charts
from committees.picturing import SeriesChart

_MARGIN, _HEAD, _FOOT = 16, 20, 13  # the last two: how high a line of either is
_HEAD_LETTERS, _FOOT_LETTERS = 42, 66


@dataclass(frozen=True)
class Text:
    """One line of words and how far down it stands."""

    words: str
    y: int


@dataclass(frozen=True)
class Plate:
    """Where the words of a chart stand, and how far down its drawing begins."""

    chart: SeriesChart
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


def plate(chart: SeriesChart, site: str, address: str) -> Plate:
    """Return how `chart` is laid out by itself, with the name of the site and an address of it as the source."""
    latest = chart.latest
    unit = f", {chart.unit}" if chart.unit else ""
    about = f"{latest.indicator}{unit} ({latest.get_kind_display()}). {latest.committee}."
    note = gettext("Computed by us from the numbers that the reports print.")
    source = gettext("Source: %(site)s, %(address)s") % {"site": site or address, "address": address}
    lines = [about, *map(str, chart.series.gaps[:4]), *([f"* {note}"] if chart.has_computed else []), source]
    broken = [part for line in lines for part in wrap(line, _FOOT_LETTERS)]
    titles = wrap(chart.title, _HEAD_LETTERS)
    head = [Text(words, 26 + _HEAD * place) for place, words in enumerate(titles)]
    top = 26 + _HEAD * (len(titles) - 1)
    below = top + charts.HEIGHT + 14
    foot = [Text(words, below + _FOOT * place) for place, words in enumerate(broken)]
    return Plate(chart, head, foot, top, below + _FOOT * len(broken))

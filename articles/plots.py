"""Charts as pages show them, written in Python (articles.cards says why)."""

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString

from articles.rows import figure_rows, told_at
from committees.charts import Drawing
from committees.picturing import PartsChart, SeriesChart, Shown
from newsroom.phrases import phrase as _
from newsroom.phrases import phrase_in as pgettext
from newsroom.vietnamese import number

_LOWER = ' dy="14"'  # the second line of a period, under the first


def plot(chart: SeriesChart) -> SafeString:
    """Return the drawing of `chart`. Its points lead to the sentences that they come `with_sentence`, or to figures."""
    drawing, title = chart.drawing, f"chart-{chart.latest.pk}"
    is_target = chart.latest.kind == "target"
    bands = (
        f'<rect class="chart-band" x="{shown.mark.hit_left}" width="{shown.mark.hit_width}"'
        f' height="{drawing.height}"/>\n'
        for shown in chart.shown
        if shown.is_own
    )
    breaks = (f'<path class="chart-break" d="M{x} {drawing.top}V{drawing.base}"/>\n' for x in drawing.breaks)
    lines = (f'<polyline class="chart-line" points="{points}"/>\n' for points in drawing.lines)
    marks = (_dot(shown) if drawing.is_line else _column(shown, is_target) for shown in chart.shown)
    return SafeString(
        f'<svg class="chart-picture" viewBox="0 0 {drawing.width} {drawing.height}">\n'
        f'<g role="img" aria-labelledby="{title}"><title id="{title}">{escape(chart.title)}</title>'
        f"<desc>{escape(chart.description)}</desc>\n"
        f'{"".join(bands)}<path class="chart-base" d="M0 {drawing.base}H{drawing.width}"/>\n'
        f"{''.join(breaks)}{''.join(lines)}{''.join(marks)}</g>\n{''.join(_ways(chart))}</svg>"
    )


def _dot(shown: Shown) -> str:
    own, radius = (" chart-own", "5.5") if shown.is_own else ("", "3.5")
    return f'<circle class="chart-dot{own}" cx="{shown.mark.x}" cy="{shown.mark.y}" r="{radius}"/>\n'


def _column(shown: Shown, is_target: bool) -> str:
    mark, kind = shown.mark, "goal" if is_target else "share"
    return f'<rect class="bar-{kind}" x="{mark.left}" y="{mark.top}" width="{mark.width}" height="{mark.height}"/>\n'


def _ways(chart: SeriesChart) -> Iterator[str]:
    """Yield what a point leads to, those that tell their numbers first."""
    for shown in chart.shown:
        if shown.mark.is_told:
            yield _told(shown, chart.drawing)
    if chart.drawing.is_line:
        for shown in chart.shown:
            if not shown.mark.is_told:
                mark = shown.mark
                yield f'{_way(shown)}><circle class="chart-hit" cx="{mark.x}" cy="{mark.y}" r="7"/></a>\n'


def _told(shown: Shown, drawing: Drawing) -> str:
    mark, own = shown.mark, ' class="chart-own" aria-current="true"' if shown.is_own else ""
    period = "".join(
        f'<tspan x="{mark.x}"{_LOWER if place else ""}>{escape(line)}</tspan> '
        for place, line in enumerate(mark.period)
    )
    return (
        f'{_way(shown)}{own}><rect class="chart-hit" x="{mark.hit_left}" width="{mark.hit_width}"'
        f' height="{drawing.height}"/>\n'
        f'<text class="chart-period" x="{mark.x}" y="{drawing.period_y}">{period}</text>\n'
        f'<text class="chart-number" x="{mark.x}" y="{mark.text_y}">{escape(mark.text)}</text></a>\n'
    )


def _way(shown: Shown) -> str:
    """The beginning of a link from a point: to its sentence, or else to its figure."""
    figure = shown.point.statistic
    sentence = told_at(figure)
    period = f"{escape(figure.period_label)}: " if figure.period_label else ""
    to_sentence = _("the sentence in the article")  # xgettext looks into no f-string
    leads = f", {to_sentence}" if sentence else ""
    return (
        f'<a href="{sentence or figure.get_absolute_url()}" aria-label="{period}{escape(shown.mark.text)}{leads}"'
        f' id="{figure.anchor}"'
    )


# --- Parts of one whole ------------------------------------------------------------------------


def parts_charts(charts: Iterable[PartsChart]) -> SafeString:
    """Return shares of a common whole, drawn on its scale, a part ("trong đó") under its parent."""
    drawn = "".join(map(_parts_chart, charts))
    return SafeString(f'<div class="charts">\n{drawn}</div>\n' if drawn else "")


def _parts_chart(chart: PartsChart) -> str:
    first = chart.first
    unit = f" {escape(first.unit_printed)}" if first.unit_printed else ""
    of = pgettext("a whole", "Of")  # xgettext looks into no f-string
    whole = f"<span>{of} {'' if chart.whole is None else number(chart.whole)}{unit}</span>"
    period = f"<span>{escape(first.period_label)}</span>" if first.period_label else ""
    adds_up, ours = _("the parts add up to the whole"), _("Computed by us from the numbers that the reports print.")
    divided = f"<span>{adds_up}</span>" if chart.is_divided else ""
    note = f'<p class="chart-foot">* {ours}</p>' if chart.has_computed else ""
    return (
        f'<figure class="chart figures">\n<figcaption><b class="chart-title">{escape(chart.title)}</b>\n'
        f'<span class="meta">{whole}{period}{divided}</span></figcaption>\n'
        f'<ol class="bars">\n{figure_rows(chart.rows)}</ol>\n{note}\n'
        f"{_away(f'{first.get_absolute_url()}?format=svg&amp;hinh=thanh-phan')}</figure>\n"
    )


def _away(address: str) -> str:
    words = _("Take this chart away (SVG)")
    return f'<p class="chart-foot"><a class="more" href="{address}">{words}</a></p>\n'

"""Figures and awards as every page shows them, written row by row, in Python (articles.cards says why)."""

from collections.abc import Iterable
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

from articles.models import Article, Mention
from committees.models import Award, Conference, Statistic
from committees.outline import Row
from newsroom.phrases import label
from newsroom.phrases import phrase as _
from newsroom.phrases import plural as ngettext
from newsroom.vietnamese import number


def told_at(figure: Statistic) -> str:
    """Return the address of the sentence in which an article says a figure that came `with_sentence`; "" without one.

    On the page of that article itself it is a place on the page.
    """
    if figure.sentence is None:
        return ""
    place = Mention.anchor_of(figure.sentence["mention"])
    if "article" not in figure.sentence:
        return f"#{place}"
    return f"{Article.address_of(figure.sentence['title'], figure.sentence['article'])}#{place}"


def bar(row: Row) -> SafeString:
    """Return the bar of one row of an outline. Its words stand beside it: it says nothing to a screen reader."""
    kind, whole = "share", ""
    if row.is_target:
        kind = "goal"
    elif row.within is not None:
        kind, whole = "part", f'<rect class="bar-whole" width="{row.drawn_within}" height="4"/>'
    return SafeString(
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="bar-rest" width="100" height="4"/>{whole}'
        f'<rect class="bar-{kind}" width="{row.drawn_length}" height="4"/></svg>'
    )


def measure(row: Row) -> SafeString:
    """Return the bar of a figure in a table, and its share where the newsroom computed it."""
    if row.length is None:
        return SafeString()
    share = row.computed_share
    return SafeString(f'<div class="measure">\n{bar(row)}\n{_ours(share) if share else ""}</div>')


def _ours(share: str, before: str = "") -> str:
    by_us = _("(computed by us)")  # xgettext looks into no f-string
    return (
        f'<span class="ours">{before}{share}<span aria-hidden="true">*</span>'
        f'<span class="visually-hidden"> {by_us}</span></span>'
    )


def _number(figure: Statistic) -> str:
    """The number of a figure, which leads to its sentence."""
    sentence, said, title = told_at(figure), escape(figure.figure), _("The sentence in the article")
    return f'<a href="{sentence}" title="{title}">{said}</a>' if sentence else said


def figure_rows(rows: Iterable[Row]) -> SafeString:
    """Return rows of an outline as items of a list, each with its parts. In a preview one may lead nowhere as yet."""
    return SafeString("".join(map(_figure_row, rows)))


def _figure_row(row: Row) -> str:
    figure, share = row.statistic, row.computed_share
    address = f' href="{figure.get_absolute_url()}"' if not figure.is_ahead else ""
    ours = f" {_ours(share, before='· ')}" if share else ""
    parts = f'<ol class="bars">\n{figure_rows(row.parts)}</ol>\n' if row.parts else ""
    return (
        f'<li class="figure">\n<div class="figure-top"><a class="figure-label"{address}>{escape(figure.label)}</a>\n'
        f'<span class="figure-number">{_number(figure)}{ours}</span></div>\n'
        f"{bar(row) if row.length is not None else ''}\n{parts}</li>\n"
    )


def figure_box(rows: Iterable[Row], has_computed: bool, heading: str, of: Conference | None = None) -> SafeString:
    """Return a box of figures under `heading`: results, then targets.

    `of` is the conference whose figures they are, where its page holds them all: in a preview it may lead nowhere as
    yet. `has_computed` says whose the shares in italics are.
    """
    kinds = [list(alike) for _kind, alike in groupby(rows, key=lambda row: row.statistic.kind)]
    with_heads = len(kinds) > 1
    lists = "".join(
        (f"<h3>{label(Statistic.Kind, alike[0].statistic.kind)}</h3>\n" if with_heads else "") + _some_bars(alike)
        for alike in kinds
    )
    note = whole = ""
    if has_computed:
        words = _("Shares in italics are computed by us from the counts that the report prints.")
        note = f'<p class="foot">* {words}</p>'
    if of is not None:
        address = f' href="{of.get_absolute_url()}#figures"' if not of.is_ahead else ""
        words = _("The full table, and its data to take away")
        whole = f'<p class="foot"><a{address}>{words}</a></p>\n'
    return SafeString(f'<section class="box figures">\n<h2>{heading}</h2>\n{lists}{note}\n{whole}</section>')


def _some_bars(rows: list[Row]) -> str:
    """The first of `rows` as a list, and the others in one that a reader opens."""
    bars = f'<ol class="bars">\n{figure_rows(rows[:_OPEN])}</ol>\n'
    if more := rows[_OPEN:]:
        words = ngettext("%(number)s more figure", "%(number)s more figures", len(more)) % {"number": len(more)}
        bars += f'<details><summary>{words}</summary>\n<ol class="bars">\n{figure_rows(more)}</ol></details>\n'
    return bars


_OPEN = 10


def tiles(rows: Iterable[Row]) -> SafeString:
    """Return key figures as tiles: a share large, with what it is of beside it, or else the figure as it is."""
    return SafeString("".join(map(_tile, rows)))


def _tile(row: Row) -> str:
    figure = row.statistic
    share, count = figure.share, figure.count
    large, notes = figure.figure, []
    if share and count and figure.comparator == Statistic.Comparator.EQUAL:
        unit = f" {escape(figure.unit_printed)}" if figure.unit_printed else ""
        large = share
        notes.append(f"{escape(count)}{unit}")
    if figure.period_label:
        notes.append(escape(figure.period_label))
    told = "".join(f"<span>{note}</span>" for note in [*notes, escape(figure.committee.name)])
    return (
        f'<li><a class="tile" href="{figure.get_absolute_url()}">\n<span class="tile-number">{escape(large)}</span>\n'
        f'{bar(row) if row.length is not None else ""}\n<span class="tile-label">{escape(figure.label)}</span>\n'
        f'<span class="tile-note meta">{told}</span></a></li>\n'
    )


def table_rows(rows: Iterable[Row], committee: int | None, kind: str = "whole") -> SafeString:
    """Return rows of the table of figures, each with its parts under it; whom one is about, if not `committee`."""
    return SafeString("".join(_table_row(row, committee, kind) for row in rows))


def _table_row(row: Row, committee: int | None, kind: str) -> str:
    figure = row.statistic
    badge = f' <span class="badge">{label(Statistic.Kind, figure.kind)}</span>' if row.is_target else ""
    about = figure.committee_id != committee
    subject = f' <span class="subject">{escape(str(figure.committee))}</span>' if about else ""
    return (
        f'<tr class="{kind}"><th scope="row"><a href="{figure.get_absolute_url()}">{escape(figure.label)}</a>'
        f"{badge}{subject}</th>\n"
        f'<td class="number{" words" if figure.level else ""}">{_number(figure)}</td>\n'
        f'<td class="bar-cell">{measure(row)}</td>\n'
        f'<td class="period">{escape(figure.period_label)}</td></tr>\n'
        f"{table_rows(row.parts, committee, 'part')}"
    )


def award_rows(awards: Iterable[Award]) -> SafeString:
    """Return awards as a list: how many of what for what. In a preview one may lead nowhere as yet."""
    return SafeString(f'<ul class="awards">\n{"".join(map(_award_row, awards))}</ul>\n')


def _award_row(award: Any) -> str:
    address = f' href="{award.get_absolute_url()}"' if not award.is_ahead else ""
    level = f" {escape(award.level)}" if award.level else ""
    kind = f", {label(Award.RecipientKind, award.recipient_kind).lower()}" if award.recipient_kind != "unstated" else ""
    told = award.achievement or award.recipients_described
    achievement = f'<span class="achievement">{escape(told)}</span>\n' if told else ""
    from_whom = "".join(f"<span>{escape(part)}</span>" for part in (award.granted_by, award.period_label) if part)
    meta = f'<span class="meta">{from_whom}</span>\n' if from_whom else ""
    return (
        f'<li><b class="count">{"–" if award.count is None else number(award.count)}</b><div>\n'
        f"<a{address}>{award.form_name}{level}{kind}</a>\n{achievement}{meta}</div></li>\n"
    )

"""How templates print numbers and times, and know where they are."""

from datetime import date, datetime
from decimal import Decimal
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already
from typing import Any, cast

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString

from articles.story import Story
from articles.telling import WIDE
from newsroom import moments, vietnamese
from newsroom.addresses import of
from newsroom.embedded import with_renditions
from newsroom.paging import AFTER, BEFORE
from newsroom.phrases import phrase as _
from newsroom.richtext import with_framed_tables
from newsroom.tables import FORMAT, FORMATS

register = template.Library()


@register.filter
def number(value: Decimal | int | None) -> str:
    """Print a number as Vietnamese does (6.027 and 92,94); nothing for None."""
    return "" if value is None else vietnamese.number(value)


@register.filter
def signed(value: Decimal | int) -> str:
    """Print a difference with its sign: "+1.234", "−5"."""
    return vietnamese.signed(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """Print the day of a date or of a moment as dd/mm/yyyy; nothing for None."""
    if isinstance(value, datetime):
        value = moments.local(value).date()
    return "" if value is None else vietnamese.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """Print a moment as "14/02/2023 | 16:40 GMT+7", on the newsroom's clock; nothing for None."""
    return "" if value is None else vietnamese.moment(moments.local(value))


@register.filter
def stamp(value: datetime) -> str:
    """Print a moment for machines."""
    return moments.stamp(value)


@register.filter
def framed(rich: str) -> SafeString:
    """Print rich text that its field has cleaned; a table that is wider than the page scrolls in a frame of its own,
    and a picture comes in the width that a screen asks for."""
    return with_renditions(with_framed_tables(rich), WIDE)


@register.simple_tag(takes_context=True)
def around(context: Context, template: str, **more: Any) -> SafeString:
    """Print what every page has alike (newsroom.surroundings)."""
    return cast(SafeString, context["surroundings"].part(template, more))


@register.simple_tag(takes_context=True)
def masthead(context: Context, path: str = "") -> SafeString:
    """Print the masthead of the page at `path`; without it no entry of the menu is marked."""
    return cast(SafeString, context["surroundings"].masthead(path))


@register.simple_tag(takes_context=True)
def asked_otherwise(context: Context, name: str, value: object) -> str:
    """Return the address of the search on this page with `name` said otherwise, or no longer where `value` is empty."""
    return cast(str, context["ways"].to(name, value))


@register.simple_tag(takes_context=True)
def data_links(context: Context, place: str = "", **narrowed: Any) -> SafeString:
    """Print the ways to the rows of this list as files, narrowed as the reader has narrowed it.

    With `place`, the name of another list's address, the ways to the rows of that one, where `hoi_nghi=3` narrows it
    as `?hoi-nghi=3` does.
    """
    asked = QueryDict(mutable=True) if place else context["request"].GET.copy()
    for name in (AFTER, BEFORE, FORMAT):
        asked.pop(name, None)
    for name, value in narrowed.items():
        asked[name.replace("_", "-")] = str(value)
    address, ways, words = of(place) if place else "", [], _("Take the data away")
    for name in FORMATS:
        asked[FORMAT] = name
        ways.append(f'<a href="{escape(f"{address}?{asked.urlencode()}")}" rel="nofollow">{name.upper()}</a>')
    return SafeString(f'\n<p class="data-links"><a href="{of("data")}">{words}</a>: {" · ".join(ways)}</p>\n')


@register.simple_tag(takes_context=True)
def cite(
    context: Context, title: object, published: datetime | None = None, *, authors: object = "", source: str = ""
) -> SafeString:
    """Print how to cite this page: by its one address, with the day of reading left open, because pages are cached.

    `source` is whose report it was. The reader fills in the day.
    """
    request, site = context["request"], context["site"].name
    after = _("after %(source)s") % {"source": escape(source)}  # xgettext looks into no f-string
    where = ", ".join(
        filter(None, (f"{escape(site)}{f' ({after})' if source else ''}" if site else "", day(published)))
    )
    who, what = f"{escape(str(authors))}. " if authors else "", escape(str(title))
    address = escape(request.build_absolute_uri(request.path))
    heading, read_on, note = (
        _("Cite this page"),
        _("read on …/…/……"),
        _("Put the day on which you read it where the dots are."),
    )
    return SafeString(
        f'\n<details class="cite"><summary>{heading}</summary>\n'
        f'<p class="cite-text">{who}“{what}”. {f"{where}. " if where else ""}{address} ({read_on}).</p>\n'
        f'<p class="quiet small">{note}</p>\n</details>\n'
    )


@register.simple_tag(takes_context=True)
def cite_story(context: Context, story: Story) -> SafeString:
    """Print how to cite the page of an article."""
    article, source = story.article, story.source.name if story.source else ""
    return cite(context, article.title, article.published_at, authors=story.authors, source=source)

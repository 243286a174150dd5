"""Articles as every list shows them, written row by row.

In Python and not as templates: these rows stand on each of the busiest pages dozens of times, and as templates they
cost more than everything else there together, the database included.
"""

from collections.abc import Iterable
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles.models import Article
from newsroom.moments import local, stamp
from newsroom.pictures import element
from newsroom.vietnamese import day, moment

BLURB = 40  # words of a lead beside a picture, on a card that does not lead
_SIZES = "(max-width: 30rem) 24vw, 13rem"


def card(article: Article, level: str, sizes: str, is_lead: bool = False) -> SafeString:
    """Return the card of an article that came `for_cards`: its heading of `level` ("h2"), its picture of `sizes`."""
    address = article.get_absolute_url()
    photo: Any = article.lead_photo
    lead = article.lead if is_lead or not photo else Truncator(article.lead).words(BLURB, truncate=" …")
    assert article.published_at is not None
    published = local(article.published_at)
    return SafeString(
        f'<article class="card{" card-lead" if is_lead else ""}">\n'
        f"{_picture(address, photo, sizes, is_lead)}{_kicker(article)}"
        f'<{level} class="card-title"><a href="{address}">{escape(article.title)}</a></{level}>\n'
        f"{_blurb(lead)}"
        f'<p class="meta"><time datetime="{stamp(published)}">{moment(published) if is_lead else day(published)}</time>'
        "</p>\n</article>\n"
    )


def lines(articles: Iterable[Article], level: str = "h2", hide_category: bool = False) -> SafeString:
    """Return articles that came `for_cards` as items of a list, words first; `hide_category` where all are of one."""
    return SafeString("".join(_line(article, level, hide_category) for article in articles))


def _line(article: Article, level: str, hide_category: bool) -> str:
    address = article.get_absolute_url()
    assert article.published_at is not None
    published = local(article.published_at)
    return (
        f'<li><article class="item"><div class="words">\n{"" if hide_category else _kicker(article)}'
        f'<{level}><a href="{address}">{escape(article.title)}</a></{level}>\n{_blurb(article.lead)}</div>\n'
        f'<time class="when" datetime="{stamp(published)}">{day(published)}</time>\n'
        f"{_picture(address, article.lead_photo, _SIZES)}</article></li>\n"
    )


def _kicker(article: Article) -> str:
    category = article.category
    if category is None:
        return ""
    return f'<a class="kicker" href="{category.get_absolute_url()}">{escape(category.name)}</a>\n'


def _blurb(lead: str) -> str:
    return f'<p class="blurb">{escape(lead)}</p>\n' if lead else ""


def _picture(address: str, photo: Any, sizes: str, is_eager: bool = False) -> str:
    if photo is None:
        return ""
    shown = element(photo, sizes, is_eager=is_eager)
    return f'<a class="picture" href="{address}" tabindex="-1" aria-hidden="true">\n{shown}\n</a>\n'


def dated_lines(articles: Iterable[Article]) -> SafeString:
    """Return articles as items of a list, each its title and its day."""
    return SafeString("".join(map(_dated, articles)))


def _dated(article: Article) -> str:
    assert article.published_at is not None
    published = local(article.published_at)
    return (
        f'<li><a href="{article.get_absolute_url()}">{escape(article.title)}</a> '
        f'<time class="meta" datetime="{stamp(published)}">{day(published)}</time></li>\n'
    )

"""The ledger of targets, written row by row, in Python (articles.cards says why): what was aimed at, what came of it.

Each number stands with the sentence in which an article says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.anchoring import texts_of
from articles.mentions import sentence_around
from articles.models import Article, Mention
from committees.models import Statistic
from committees.targets import Entry, figures_of
from newsroom.compiled import compiled, filled
from newsroom.moments import local, stamp
from newsroom.vietnamese import day

AT_ONCE = 24  # sentences that are looked for in one step


@dataclass(frozen=True)
class Quote:
    """The sentence in which an article says a figure: what stands before its words, they, and what follows."""

    article: Article
    address: str
    before: str
    words: str
    after: str


def ledger_rows(entries: Iterable[Entry]) -> SafeString:
    """Return `entries` of the ledger, whose figures came `with_sentence`, as items of a list. One query, or two."""
    rows = list(entries)
    quotes = _quotes(figures_of(rows))
    return SafeString("".join(_row(entry, quotes) for entry in rows))


# --- The sentences -----------------------------------------------------------------------------


def sentence(mention: Mention) -> tuple[str, str, str] | None:
    """Return the sentence a mention stands in as (before, words, after); None where it is no longer found."""
    texts = texts_of(mention.article, [mention.part])[mention.part]
    return next(filter(None, (sentence_around(mention, text) for text in texts)), None)


def _quotes(figures: Iterable[Statistic]) -> dict[int, Quote]:
    """Return by its mention the sentence of each of `figures` that is still found."""
    keys = filled({figure.sentence["mention"] for figure in figures if figure.sentence}, AT_ONCE)
    mentions = _mentions(*keys) if keys else []
    told_beside = [mention.article for mention in mentions if mention.part == Mention.Part.CAPTION]
    prefetch_related_objects(told_beside, "photos")
    quotes = {}
    for mention in mentions:
        if around := sentence(mention):
            address = f"{mention.article.get_absolute_url()}#{mention.anchor}"
            quotes[mention.pk] = Quote(mention.article, address, *around)
    return quotes


@compiled
def _mentions(*keys: int) -> QuerySet[Mention]:
    seen = ("part", "words", "words_now", "before", "after", "state")
    of_article = ("title", "lead", "body", "published_at")
    found = Mention.objects.filter(pk__in=keys).select_related("article").order_by()
    return found.only(*seen, *(f"article__{name}" for name in of_article))


# --- The rows ----------------------------------------------------------------------------------


def _row(entry: Entry, quotes: dict[int, Quote]) -> str:
    target, committee = entry.target, entry.target.committee
    period = f"<span>{escape(target.period_label)}</span>" if target.period_label else ""
    return (
        f'\n<li class="target" data-standing="{entry.standing}">\n'
        f'<div class="target-head"><h2><a href="{target.get_absolute_url()}">{escape(target.label)}</a></h2>'
        f'<p class="meta"><span><a href="{committee.get_absolute_url()}">{escape(committee.name)}</a></span>{period}'
        f'</p>\n<p class="standing">{escape(str(entry.standing.label))}</p></div>\n<div class="target-sides">\n'
        f'<div class="target-side"><h3>{target.get_kind_display()}</h3>'
        f'<p class="target-number">{escape(target.figure)}{_unit(target)}</p>\n{_said(target, quotes)}</div>\n'
        f'<div class="target-side">{_outcome(entry, quotes)}</div>\n</div></li>\n\n'
    )


def _outcome(entry: Entry, quotes: dict[int, Quote]) -> str:
    target, result = entry.target, entry.result
    if result is None:
        why = _("The report does not say by when: no result can be held against it.")
        if target.period_ends_on:
            why = _("No report has told a result of the period that ends on %(day)s yet.")
            why %= {"day": day(target.period_ends_on)}
        return f'<h3>{_("Result")}</h3><p class="quiet">{why}</p>'
    is_of_its_own = result.period_label and result.period_label != target.period_label
    period = f' <span class="quiet">{escape(result.period_label)}</span>' if is_of_its_own else ""
    follower = ""
    if result.committee_id != target.committee_id:
        told = _("Told by the body that follows: %(committee)s") % {"committee": escape(result.committee.name)}
        follower = f'<p class="quiet small">{told}</p>'
    return (
        f'<h3>{result.get_kind_display()}{period}</h3><p class="target-number">'
        f'<a href="{result.get_absolute_url()}">{escape(result.figure)}</a>{_unit(result)}</p>\n'
        f"{follower}\n{_said(result, quotes)}"
    )


def _unit(figure: Statistic) -> str:
    return f' <span class="quiet">{escape(figure.unit_printed)}</span>' if figure.unit_printed else ""


def _said(figure: Statistic, quotes: dict[int, Quote]) -> str:
    quote = quotes.get(figure.sentence["mention"]) if figure.sentence else None
    if quote is None:
        return "\n\n"
    before, words, after = escape(quote.before), escape(quote.words), escape(quote.after)
    published = quote.article.published_at
    assert published is not None
    return (
        f'\n<blockquote class="said"><p>{before}<a href="{quote.address}"><mark>{words}</mark></a>{after}</p>'
        f'</blockquote>\n<p class="meta"><span>{escape(quote.article.title)}</span> '
        f'<time datetime="{stamp(published)}">{day(local(published))}</time></p>\n'
    )

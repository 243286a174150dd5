"""How a page of a figure or award quotes the articles that speak of it, and leads to them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template

from articles.anchoring import texts_of
from articles.mentions import sentence_around
from articles.models import Article, Mention
from articles.rows import told_at
from committees.models import Statistic
from committees.targets import Entry, figures_of

register = template.Library()


@register.filter
def sentence(mention: Mention) -> tuple[str, str, str] | None:
    """Return the sentence a mention stands in as (before, words, after); None where it is no longer found."""
    texts = texts_of(mention.article, [mention.part])[mention.part]
    return next(filter(None, (sentence_around(mention, text) for text in texts)), None)


@dataclass(frozen=True)
class Quote:
    """The sentence in which an article says a figure: what stands before its words, they, and what follows."""

    article: Article
    address: str
    before: str
    words: str
    after: str


@register.simple_tag
def quoted(entries: Iterable[Entry]) -> list[tuple[Entry, Quote | None, Quote | None]]:
    """Return `entries` of the ledger of targets, each with the sentences of its target and of its result.

    Their figures came `with_sentence`; a sentence that is no longer found is None. Two queries, however many there are.
    """
    rows = list(entries)
    places = {figure.sentence["mention"] for figure in figures_of(rows) if figure.sentence}
    found = Mention.objects.filter(pk__in=places).select_related("article").prefetch_related("article__photos")
    quotes = {mention.pk: _quote(mention) for mention in (found if places else ())}

    def of(figure: Statistic | None) -> Quote | None:
        return quotes.get(figure.sentence["mention"]) if figure is not None and figure.sentence else None

    return [(entry, of(entry.target), of(entry.result)) for entry in rows]


def _quote(mention: Mention) -> Quote | None:
    around = sentence(mention)
    address = f"{mention.article.get_absolute_url()}#{mention.anchor}"
    return Quote(mention.article, address, *around) if around else None


register.filter(told_at)

"""How a page of a figure or award quotes the articles that speak of it, and leads to them."""

from django import template

from articles.anchoring import texts_of
from articles.mentions import sentence_around
from articles.models import Article, Mention
from committees.models import Statistic

register = template.Library()


@register.filter
def sentence(mention: Mention) -> tuple[str, str, str] | None:
    """Return the sentence a mention stands in as (before, words, after); None where it is no longer found."""
    texts = texts_of(mention.article, [mention.part])[mention.part]
    return next(filter(None, (sentence_around(mention, text) for text in texts)), None)


@register.filter
def told_at(figure: Statistic) -> str:
    """Return the address of the sentence in which an article says a figure that came `with_sentence`; "" without one.

    On the page of that article itself it is a place on the page.
    """
    if figure.sentence is None:
        return ""
    place = Mention(pk=figure.sentence["mention"]).anchor
    if "article" not in figure.sentence:
        return f"#{place}"
    article = Article(pk=figure.sentence["article"], title=figure.sentence["title"])
    return f"{article.get_absolute_url()}#{place}"

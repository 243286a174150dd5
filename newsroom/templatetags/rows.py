"""The rows of lists, which are written in Python (articles.cards says why)."""

from django import template

from articles import cards
from newsroom import pictures

register = template.Library()

register.simple_tag(cards.card, name="article_card")
register.simple_tag(cards.lines, name="article_lines")
register.simple_tag(pictures.element, name="picture")

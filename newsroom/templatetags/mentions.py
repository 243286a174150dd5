"""How a page of a figure or award quotes the articles that speak of it, and leads to them."""

from django import template

from articles.ledger import ledger_rows, sentence
from articles.rows import told_at

register = template.Library()

register.filter(sentence)
register.filter(told_at)
register.simple_tag(ledger_rows)

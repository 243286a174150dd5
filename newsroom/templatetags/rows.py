"""The rows of lists and the parts of pages that are written in Python (articles.cards says why)."""

from django import template

from articles import beside, cards, plots, rows, talk, telling
from committees import facts
from newsroom import answers, pictures

register = template.Library()

register.simple_tag(cards.card, name="article_card")
register.simple_tag(cards.lines, name="article_lines")
register.simple_tag(cards.dated_lines)
register.simple_tag(pictures.element, name="picture")
register.simple_tag(rows.bar)
register.simple_tag(rows.measure)
register.simple_tag(rows.figure_rows)
register.simple_tag(rows.figure_box)
register.simple_tag(rows.table_rows, name="figure_table_rows")
register.simple_tag(rows.award_rows)
register.simple_tag(rows.tiles)
register.simple_tag(plots.plot)
register.simple_tag(plots.parts_charts)
register.simple_tag(talk.comment, name="one_comment")
register.simple_tag(talk.threads, name="comment_threads")
register.simple_tag(talk.discussion)
register.simple_tag(telling.story_text)
register.simple_tag(telling.story_head)
register.simple_tag(telling.sign)
register.simple_tag(telling.provenance)
register.simple_tag(telling.ways)
register.simple_tag(telling.abbreviations)
register.simple_tag(telling.glossary)
register.simple_tag(telling.filed_under)
register.simple_tag(telling.article_beacon)
register.simple_tag(beside.beside)
register.simple_tag(facts.conference_facts)
register.simple_tag(facts.conference_entries)
register.simple_tag(facts.conference_head)
register.simple_tag(facts.conference_notes)
register.simple_tag(facts.conference_ways)
register.simple_tag(facts.people)
register.simple_tag(answers.hits, name="search_hits")
register.simple_tag(answers.kinds, name="search_kinds")
register.simple_tag(answers.choices, name="search_choices")

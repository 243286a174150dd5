"""What stands beside a story, written in Python (articles.cards says why)."""

from collections.abc import Iterable
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already

from django.utils.safestring import SafeString

from articles.cards import dated_lines
from articles.models import Citation
from articles.rows import award_rows, figure_box
from articles.story import Story
from committees.facts import conference_facts
from committees.models import Committee, Conference
from newsroom.phrases import phrase as _
from newsroom.phrases import phrase_in as pgettext
from newsroom.vietnamese import day


def beside(story: Story) -> SafeString:
    """Return its figures, its awards, its conference, what it cites and what is near; nothing where there is none."""
    figures = _("Figures in this report")  # xgettext looks into no f-string
    parts = "".join(
        (
            f"\n{figure_box(story.figures, story.has_computed, figures, story.conference)}\n\n"
            if story.figures
            else "",
            _box(_("Awards"), award_rows(story.awards)) if story.awards else "",
            _box(_("Conference"), _conference(story)) if story.conference else "",
            _box(_("Committees"), _lines(map(_committee, story.committees))) if story.committees else "",
            _box(_("Documents cited"), _lines(map(_citation, story.citations))) if story.citations else "",
            _box(_("Related"), _lines([dated_lines(story.related)]), "rail-part related") if story.related else "",
        )
    )
    name = _("Beside the article")
    return SafeString(f'<aside class="aside" aria-label="{name}">\n{parts}</aside>\n' if parts else "")


def _box(heading: str, inner: str, kind: str = "box") -> str:
    return f'<section class="{kind}"><h2>{heading}</h2>\n{inner}</section>\n'


def _lines(items: Iterable[str]) -> str:
    return f'<ul class="lines">\n{"".join(items)}</ul>'


def _conference(story: Story) -> str:
    """What is known of it, and those of the same committee before and after it."""
    assert story.conference is not None
    facts = conference_facts(story.conference, story.chairs, with_name=True)
    beside = _way(pgettext("conference", "Earlier"), story.earlier) + _way(pgettext("conference", "Later"), story.later)
    name = _("Conferences before and after it")
    return f"\n{facts}\n\n" + (f'<nav class="lines-nav" aria-label="{name}">\n{beside}</nav>' if beside else "")


def _way(words: str, conference: Conference | None) -> str:
    if conference is None:
        return ""
    when = f" · {escape(conference.when)}" if conference.when else ""
    said = f'<span class="quiet small">{words}{when}</span> {escape(conference.name)}'
    return f'<a href="{conference.get_absolute_url()}">{said}</a>\n'


def _committee(committee: Committee) -> str:
    return f'<li><a href="{committee.get_absolute_url()}">{escape(committee.name)}</a></li>\n'


def _citation(citation: Citation) -> str:
    document = citation.document
    subject = f"<span>{escape(document.subject)}</span>" if document.subject else ""
    issued = f"<span>{day(document.issued_on)}</span>" if document.issued_on else ""
    meta = f' <span class="meta">{subject}{issued}</span>' if subject or issued else ""
    return f'<li><a href="{document.get_absolute_url()}">{escape(document.name)}</a>{meta}</li>\n'

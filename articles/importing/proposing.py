"""All that a raw report proposes: its page, its conference, its people, its figures, and the engine's verdicts."""

from articles.importing.article import article_in, dropped_from
from articles.importing.conference import conference_in
from articles.importing.dating import event_day
from articles.importing.documents import documents_in
from articles.importing.facts import facts_in
from articles.importing.layout import layout_of
from articles.importing.officials import officials_in
from articles.importing.report import CheckSaid, Report
from committees.figures import check, read


def propose(text: str) -> Report:
    """Return what `text`, a raw report as read, says of everything that the newsroom keeps.

    Nothing is invented: what the text does not say is None or empty. Offsets are code points of `text`. Pure: no
    database is asked, so nothing is matched with what is known. No text raises.
    """
    layout = layout_of(text)
    day = event_day(layout)
    conference, committee = conference_in(layout, day)
    year = int(day.iso[:4]) if day.iso and day.iso[0] != "-" else None
    facts = facts_in(layout, read(text), year=year, year_from=day.inferred_from or "")
    return Report(
        text=text,
        article=article_in(layout, day),
        committee=committee,
        conference=conference,
        officials=officials_in(layout),
        statistics=facts.statistics,
        awards=facts.awards,
        documents=documents_in(layout),
        dropped=dropped_from(layout),
        checks=[CheckSaid(one.rule, one.weight.value, one.message, one.quote) for one in check(text)],
    )

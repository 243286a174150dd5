"""The statistics and awards of a raw report: sections, periods, awards and figures, asked in their order."""

from dataclasses import dataclass

from articles.importing.awards import awards_in, numbers_of_awards
from articles.importing.layout import Layout
from articles.importing.report import AwardSaid, StatisticSaid
from articles.importing.sections import Sections, sections_in
from articles.importing.statistics import statistics_in
from committees.figures.figure import Reading
from committees.figures.normalising import Matching
from committees.figures.periods import Timeline


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report tells in numbers, and the sections that it falls into."""

    statistics: list[StatisticSaid]
    awards: list[AwardSaid]
    sections: Sections


def facts_in(layout: Layout, reading: Reading, *, year: int | None = None, year_from: str = "") -> Facts:
    """Return the statistics and awards of the prose and title of `layout`, whose text `reading` has read.

    year: of the conference, for periods that no words of the text give a year; `year_from` are the words that told it.
    """
    matching = Matching(layout.text)
    passages = [(block.start, block.end) for block in layout.paragraphs]
    title = (layout.title.start, layout.title.end) if layout.title else None
    timeline = Timeline(matching, sorted([*([title] if title else []), *passages]), year, year_from)
    sections = sections_in(matching, passages, timeline, has_lead=layout.lead is not None)
    awards, taken = awards_in(matching, passages, sections, timeline)
    if title is not None:
        taken = sorted([*taken, *numbers_of_awards(matching, title, awards)])
    awarded = [(award.count, award.recipient_kind) for award in awards]
    statistics = statistics_in(matching, passages, reading, sections, timeline, taken, title=title, awarded=awarded)
    return Facts(statistics, awards, sections)

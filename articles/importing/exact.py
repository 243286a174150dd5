"""The exact words of a figure inside the clause that a report tells it in: what is marked on a page, and led to."""

from bisect import bisect_left

from articles.importing.report import Report, StatisticSaid, Words
from committees.figures import Figure, read

_PARTS = ("value", "value_max", "whole", "percent", "plan_percent")


def exact_words(report: Report) -> list[tuple[Words, ...]]:
    """Return for each statistic of `report` where it stands, its own place first: the figure itself where it is found
    in the words of the proposal ("71/75 tập thể (94,67%)"), else those words. No two figures share a place.
    """
    figures = read(report.text).figures
    starts = [figure.start for figure in figures]
    taken: set[int] = set()

    def exact(said: StatisticSaid, words: Words) -> Words:
        index = bisect_left(starts, words.start)
        while index < len(figures) and figures[index].start < words.end:
            figure = figures[index]
            if index not in taken and figure.end <= words.end and _is(figure, said):
                taken.add(index)
                return Words(report.text[figure.start : figure.end], figure.start, figure.end)
            index += 1
        return words

    return [tuple(exact(said, words) for words in (said.words, *said.other_mentions)) for said in report.statistics]


def _is(figure: Figure, said: StatisticSaid) -> bool:
    """Whether both say the same, as far as both say anything."""
    pairs = [(getattr(figure, part), getattr(said, part)) for part in _PARTS]
    common = [(one, other) for one, other in pairs if one is not None and other is not None]
    return bool(common) and all(one == other for one, other in common)

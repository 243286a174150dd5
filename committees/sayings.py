"""The sentences in which public articles say figures, for figures that are fetched already."""

from collections.abc import Iterable

from django.utils import timezone

from committees import questions
from committees.models import Statistic
from newsroom.compiled import filled

AT_ONCE = 24  # figures that are asked for in one step


def say(figures: Iterable[Statistic]) -> None:
    """Give each of `figures` its `sentence` (`StatisticQuerySet.with_sentence`). One query, none without figures."""
    given = list(figures)
    keys = filled((figure.pk for figure in given), AT_ONCE)
    said = dict(questions.sentences(timezone.now(), *keys)) if keys else {}
    for figure in given:
        figure.sentence = said.get(figure.pk)

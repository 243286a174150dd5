"""Holds every number of an article against the figures and awards that it reports, and against its other numbers.

What is known of the rows comes from the article itself - what it mentions - and from its conference. Numbers are read
and judged by `committees.figures`; here they are given the texts, the rows and the places where rows are mentioned.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from articles.anchoring import anchors_of, texts_of
from articles.models import Article, Mention
from committees.figures import Examination, Part, examine
from committees.models import Award, Statistic

AROUND = 40  # characters on each side that say which of two equal numbers is meant
MOST_ROWS = 400  # of one conference

Thing = Statistic | Award

_SENTENCE_ENDS = re.compile(r"[.;!?…](?:\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in a form: the id of the field, the words, and how many equal ones stand before them."""

    field: str
    words: str
    nth: int

    @classmethod
    def of(cls, part: str, text: str, start: int, end: int) -> "Place":
        """Return where `[start, end)` of the `text` of `part` stands in the form."""
        words = text[start:end]
        name, _dot, row = part.partition(".")
        field = f"id_photos-{row}-caption" if row else f"id_{name}"
        return cls(field, words, text.count(words, 0, start + len(words) - 1))


@dataclass(frozen=True, slots=True)
class Said:
    """The words in which a row is mentioned, as they stand now."""

    words: str
    before: str
    after: str
    part: str


@dataclass(frozen=True, slots=True)
class Known:
    """A figure or an award as the engine looks at it. Of an award that is how many there are."""

    thing: Thing
    mentions: tuple[Said, ...]
    value: Decimal | None
    value_max: Decimal | None = None
    whole: Decimal | None = None
    percent: Decimal | None = None
    percent_places: int | None = None
    plan_percent: Decimal | None = None
    comparator: str = "="
    unit_printed: str = ""
    label: str = ""
    kind: str = Statistic.Kind.RESULT


_OF_A_STATISTIC = (
    "value", "value_max", "whole", "percent", "percent_places", "plan_percent", "comparator", "unit_printed", "label",
    "kind",
)  # fmt: skip


def _known(thing: Thing, mentions: Iterable[Said]) -> Known:
    if isinstance(thing, Statistic):
        return Known(thing, tuple(mentions), **{name: getattr(thing, name) for name in _OF_A_STATISTIC})
    count = None if thing.count is None else Decimal(thing.count)
    return Known(thing, tuple(mentions), count, unit_printed=thing.count_unit or thing.form_name, label=str(thing))


@dataclass(frozen=True)
class Numbers:
    """What was found of the numbers of an article. `things` are the rows, in the order of their indexes."""

    texts: Mapping[str, str]  # by the names of the engine's parts
    examination: Examination
    things: Sequence[Thing]

    def place(self, part: str, start: int, end: int) -> Place:
        """Return where `[start, end)` of `part` stands in the form."""
        return Place.of(part, self.texts[part], start, end)

    def identity(self, part: str, start: int, end: int, row: int | None) -> str:
        """Say which very number stands there: its part, its words and what is near them in its sentence, its row."""
        text = self.texts[part]
        before = _SENTENCE_ENDS.split(text[max(0, start - AROUND) : start])[-1]
        after = _SENTENCE_ENDS.split(text[end : end + AROUND])[0]
        thing = "" if row is None else f"{self.things[row]._meta.label}:{self.things[row].pk}:{self.things[row]}"
        return "\n".join([part.partition(".")[0], before, text[start:end], after, thing])


def hold(texts: Mapping[str, Sequence[str]], mentions: Sequence[Mention], things: Sequence[Thing]) -> Numbers:
    """Hold every number of `texts` (by `Mention.Part`) against `things`, which `mentions` point at."""
    parts = {
        f"{part}.{number}" if part == Mention.Part.CAPTION else str(part): text
        for part in Mention.Part.values
        for number, text in enumerate(texts.get(part, ()))
    }
    said: dict[tuple[type[Thing], int], list[Said]] = {}
    for mention, anchor in zip(mentions, anchors_of(mentions, texts), strict=True):
        if anchor.state == Mention.State.LOST:
            continue
        name = f"{mention.part}.{anchor.text}" if mention.part == Mention.Part.CAPTION else mention.part
        text = parts[name]
        before, after = text[max(0, anchor.start - AROUND) : anchor.start], text[anchor.end : anchor.end + AROUND]
        key: Any = (Statistic, mention.statistic_id) if mention.statistic_id else (Award, mention.award_id)
        said.setdefault(key, []).append(Said(text[anchor.start : anchor.end], before, after, name))
    rows = [_known(thing, said.get((type(thing), thing.pk), ())) for thing in things]
    examination = examine([Part(name, text) for name, text in parts.items()], rows)
    return Numbers(parts, examination, things)


def things_of(conference: int | None, mentions: Iterable[Mention]) -> list[Thing]:
    """Return the figures and awards that `mentions` point at, then those of the conference: two queries at most."""
    mentions = list(mentions)

    def of(model: Any, keys: set[int | None], reported: str) -> list[Any]:
        keys.discard(None)
        wanted = Q(pk__in=keys)
        if conference is not None:
            wanted |= Q(**{reported: conference})
        elif not keys:
            return []
        found = list(model.objects.filter(wanted).defer("search_key", "search_words", "note")[: MOST_ROWS + len(keys)])
        return sorted(found, key=lambda thing: thing.pk not in keys)

    return [
        *of(Statistic, {mention.statistic_id for mention in mentions}, "conference"),
        *of(Award, {mention.award_id for mention in mentions}, "reported_at"),
    ]


def numbers_of(article: Article) -> Numbers:
    """Hold the numbers of `article` as its rows stand. Photos and mentions may be prefetched."""
    mentions = list(article.mentions.all())
    return hold(texts_of(article), mentions, things_of(article.conference_id, mentions))

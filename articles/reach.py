"""What a change of a public figure or award reaches: sentences, charts, sums, targets, awards.

It is asked while the change stands in the rows and before it is kept, and it changes nothing itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.anchoring import texts_of
from articles.mentions import sentence_at
from articles.models import Article, Mention, WorkingCopy
from articles.numbers import hold, things_of
from committees.dossier import statistic_dossier
from committees.figures import Weight
from committees.models import Award, Indicator, Statistic
from committees.reconciling import reconciliation
from newsroom.publishing import is_public
from newsroom.richtext import plain_text
from newsroom.vietnamese import day, number

MOST = 40  # articles, and things of a kind, that are listed

_PERIOD = ("period_label", "period_type", "period_starts_on", "period_ends_on")
# What a text may say of each, or what a chart or a sum leans on. Labels and notes are the desk's own words.
FIELDS: Mapping[type, tuple[str, ...]] = {
    Statistic: (
        "value", "value_max", "whole", "percent", "percent_places", "plan_percent", "level", "comparator",
        "unit_printed", "kind", "indicator", "committee", "conference", "part_of", "rating_includes", *_PERIOD,
    ),
    Award: (
        "form", "count", "count_unit", "level", "recipient_kind", "recipients_described", "achievement", "granted_by",
        "granted_by_committee", "presented_by", "reported_at", "given_at", "decision_number", "decided_on", "part_of",
        *_PERIOD,
    ),
}  # fmt: skip

Thing = Statistic | Award


# --- What is changed ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Changed:
    """One field: its name for people, what stood in it and what is right, as they are shown."""

    field: str
    stood: str
    right: str


@dataclass(frozen=True)
class Change:
    """A figure or an award as it stood, and as it is to be."""

    before: Thing
    after: Thing
    fields: list[Changed]


def watched(things: Iterable[Thing]) -> list[Thing]:
    """Return those of `things`, all of one model, that public articles mention. One query, none for nothing."""
    found = {thing.pk: thing for thing in things}
    if not found:
        return []
    name = _column(next(iter(found.values())))
    mentions = Mention.objects.filter(is_public("article__"), **{f"{name}__in": found})
    return [found[key] for key in mentions.order_by(name).values_list(name, flat=True).distinct()]


def change_of(before: Thing, after: Thing) -> Change | None:
    """Return what tells `after` from `before`, as far as texts, charts or sums may lean on it; None for nothing."""
    fields = []
    for name in FIELDS[type(before)]:
        stored: Any = before._meta.get_field(name)
        if getattr(before, stored.attname) != getattr(after, stored.attname):
            fields.append(Changed(str(stored.verbose_name), _shown(before, name), _shown(after, name)))
    return Change(before, after, fields) if fields else None


def _shown(thing: Thing, name: str) -> str:
    display = getattr(thing, f"get_{name}_display", None)
    value = display() if display else getattr(thing, name)
    if isinstance(value, Decimal | int):
        return number(value)
    if isinstance(value, date):
        return day(value)
    return str(value) if value else "–"


def _column(thing: Thing) -> str:
    """The column in which a mention points at it."""
    return "statistic" if isinstance(thing, Statistic) else "award"


# --- What it reaches ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Spot:
    """A sentence that says it, in an article or in its working copy, and what the gate says of it then."""

    article: Article
    is_working_copy: bool
    part: str
    before: str
    words: str
    after: str
    anchor: str  # where it stands on the article's page, if it is marked there
    contradictions: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        return f"{self.before}{self.words}{self.after}"

    @property
    def part_name(self) -> str:
        return str(Mention.Part(self.part).label)

    @property
    def is_read(self) -> bool:
        """Whether readers have it before them."""
        return self.article.is_public and not self.is_working_copy


@dataclass(frozen=True)
class Reach:
    """All that a change reaches."""

    change: Change
    spots: list[Spot]
    chart: str = ""  # the title of the chart of its series, as it will be
    indicators: Sequence[Indicator] = ()  # whose pages list it, before and after
    held_against: Sequence[Statistic] = ()  # targets of a result, results of a target
    computed: Sequence[Changed] = ()  # what the newsroom computes from it
    around: Sequence[Statistic] = ()  # the figure it is inside of, and those inside of it
    awards: Sequence[Award] = ()  # given for the rating that it counts

    @property
    def contradictions(self) -> int:
        """In how many places the text will say something else than the row."""
        return sum(bool(spot.contradictions) for spot in self.spots)

    @property
    def digest(self) -> str:
        """What tells this reach from another: whoever agrees to it has seen this one."""
        fields = [(changed.field, changed.stood, changed.right) for changed in self.change.fields]
        places = [(spot.article.pk, spot.is_working_copy, spot.part, spot.sentence) for spot in self.spots]
        return sha256(repr((self.change.after.pk, fields, places)).encode()).hexdigest()


def reach_of(change: Change) -> Reach:
    """Return what `change` reaches, with the rows as they will be."""
    before, thing, spots = change.before, change.after, list(_spots(change))
    if not isinstance(thing, Statistic) or not isinstance(before, Statistic):
        return Reach(change, spots)
    indicators = {before.indicator_id, thing.indicator_id}
    others = Statistic.objects.public().filter(
        indicator__in=indicators, committee__in={before.committee_id, thing.committee_id}
    )
    around = Q(part_of=thing) | Q(pk__in=[key for key in (before.part_of_id, thing.part_of_id) if key])
    chart = statistic_dossier(thing).chart if thing.is_public else None
    shares = before.computed_share, thing.computed_share
    return Reach(
        change,
        spots,
        chart.title if chart else "",
        list(Indicator.objects.filter(pk__in=indicators)),
        list(others.exclude(kind=thing.kind).order_by("-published_at", "-pk")[:MOST]),
        [Changed(_("Share"), shares[0] or "–", shares[1] or "–")] if shares[0] != shares[1] else [],
        list(Statistic.objects.filter(around).order_by("position", "pk")[:MOST]),
        list(_justified(thing)),
    )


def _justified(figure: Statistic) -> Iterator[Award]:
    """Yield the awards of the same report for the rating that `figure` counts: they are no more than were rated so."""
    if figure.conference_id is None:
        return
    for award in Award.objects.filter(reported_at=figure.conference_id).order_by("position", "pk")[:MOST]:
        ground = reconciliation(award, (), ()).ground
        if ground is not None and ground.statistic == figure:
            yield award


# --- Where texts say it ------------------------------------------------------------------------


def _spots(change: Change) -> Iterator[Spot]:
    """Yield where articles say what is changed: those that readers have before them first, then others, then copies."""
    thing = change.after
    name = _column(thing)
    reported_at = thing.conference_id if isinstance(thing, Statistic) else thing.reported_at_id
    told = Q(**{f"mentions__{name}": thing})
    if reported_at is not None:
        told |= Q(conference=reported_at)
    articles = Article.objects.filter(told).distinct().order_by("-published_at", "-pk").prefetch_related("photos")
    for article in sorted(articles[:MOST], key=lambda article: not article.is_public):
        yield from _Text(change, article, texts_of(article), list(article.mentions.all())).spots()
    # A row of JSON is looked at only where it holds the words at all: the databases have no common way to ask more.
    held = Q(snapshot__icontains=f'"{name}": {thing.pk}')
    if reported_at is not None:
        held |= Q(article__conference=reported_at)
    for copy in WorkingCopy.objects.filter(held).select_related("article").order_by("pk")[:MOST]:
        whole = copy.snapshot
        texts = {
            Mention.Part.TITLE: [whole["title"]],
            Mention.Part.LEAD: [whole["lead"]],
            Mention.Part.BODY: [plain_text(whole["body"])],
            Mention.Part.CAPTION: [photo["caption"] for photo in whole["photos"]],
        }
        mentions = [_mention(row) for row in whole["mentions"]]
        yield from _Text(change, copy.article, texts, mentions, is_working_copy=True).spots()


def _mention(row: Mapping[str, Any]) -> Mention:
    """Return a mention as the snapshot of a working copy holds it."""
    words = {name: row.get(name, "") for name in ("part", "words", "words_now", "before", "after", "state")}
    return Mention(pk=row["id"], statistic_id=row["statistic"], award_id=row["award"], **words)


@dataclass
class _Text:
    """The texts of an article, or of its working copy, by `Mention.Part`, with its mentions."""

    change: Change
    article: Article
    texts: Mapping[Any, Sequence[str]]
    mentions: list[Mention]
    is_working_copy: bool = False

    def spots(self) -> Iterator[Spot]:
        """Yield the places that say what is changed: where it is marked, or where the gate knows it."""
        thing = self.change.after
        things: list[Any] = list(things_of(self.article.conference_id, self.mentions))
        row = next((row for row, known in enumerate(things) if known == thing), len(things))
        places = self._marked()
        unmarked = self._unmarked([*things[:row], self.change.before, *things[row + 1 :]], row, places)
        after = hold(self.texts, [*self.mentions, *unmarked], [*things[:row], thing, *things[row + 1 :]])
        against = [said for said in after.examination.verdicts if said.row == row and said.weight != Weight.FINE]
        for part in Mention.Part.values:
            for place, text in enumerate(self.texts.get(part, ())):
                name = f"{part}.{place}" if part == Mention.Part.CAPTION else part
                for start, end, anchor in sorted(places.get(name, ())):
                    here = [said for said in against if said.part == name and said.start < end and start < said.end]
                    sentences = list(dict.fromkeys(said.message for said in here))
                    around = sentence_at(text, start, end)
                    yield Spot(self.article, self.is_working_copy, part, *around, anchor, sentences)

    def _marked(self) -> dict[str, list[tuple[int, int, str]]]:
        """Where its mentions stand, by the names of the engine's parts: (start, end, anchor)."""
        thing, places = self.change.after, dict[str, list[tuple[int, int, str]]]()
        for mention in self.mentions:
            if getattr(mention, f"{_column(thing)}_id") != thing.pk:
                continue
            for place, text in enumerate(self.texts[mention.part]):
                if span := mention.find_in(text):
                    name = f"{mention.part}.{place}" if mention.part == Mention.Part.CAPTION else mention.part
                    places.setdefault(name, []).append((*span, mention.anchor))
                    break
        return places

    def _unmarked(
        self, things: list[Any], row: int, places: dict[str, list[tuple[int, int, str]]]
    ) -> Iterator[Mention]:
        """Yield mentions for where the gate found the row as it stood although nobody marked it; add to `places`."""
        numbers = hold(self.texts, self.mentions, things)
        for found in numbers.examination.numbers:
            if found.row != row or found.figure is None:
                continue
            start, end = found.figure
            known = places.setdefault(found.part, [])
            if all(end <= first or last <= start for first, last, _anchor in known):
                known.append((start, end, ""))
                text, part = numbers.texts[found.part], found.part.partition(".")[0]
                around = {"before": text[max(0, start - 40) : start], "after": text[end : end + 40]}
                pointing = {f"{_column(self.change.after)}_id": self.change.after.pk}
                yield Mention(part=part, words=text[start:end], **around, **pointing)

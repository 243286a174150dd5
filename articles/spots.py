"""Where articles and their working copies say a figure or an award: where it is marked, or where the gate knows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from articles.anchoring import texts_of
from articles.mentions import sentence_at
from articles.models import Article, Mention, WorkingCopy
from articles.numbers import hold, things_of
from committees.figures import Weight
from committees.models import Award, Statistic
from newsroom.richtext import plain_text

MOST = 40  # articles, and working copies, that are looked at

Thing = Statistic | Award


def column_of(thing: Thing) -> str:
    """Return the column in which a mention points at `thing`."""
    return "statistic" if isinstance(thing, Statistic) else "award"


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


def spots_of(before: Thing, thing: Thing) -> Iterator[Spot]:
    """Yield where `thing`, whose row stood as `before`, is said, with what contradicts it as it is now.

    Articles that readers have before them come first, then the others, then working copies.
    """
    name = column_of(thing)
    reported_at = thing.conference_id if isinstance(thing, Statistic) else thing.reported_at_id
    told = Q(**{f"mentions__{name}": thing})
    if reported_at is not None:
        told |= Q(conference=reported_at)
    articles = Article.objects.filter(told).distinct().order_by("-published_at", "-pk").prefetch_related("photos")
    for article in sorted(articles[:MOST], key=lambda article: not article.is_public):
        yield from _Text(before, thing, article, texts_of(article), list(article.mentions.all())).spots()
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
        yield from _Text(before, thing, copy.article, texts, mentions, is_working_copy=True).spots()


def _mention(row: Mapping[str, Any]) -> Mention:
    """Return a mention as the snapshot of a working copy holds it."""
    words = {name: row.get(name, "") for name in ("part", "words", "words_now", "before", "after", "state")}
    return Mention(pk=row["id"], statistic_id=row["statistic"], award_id=row["award"], **words)


@dataclass
class _Text:
    """The texts of an article, or of its working copy, by `Mention.Part`, with its mentions."""

    before: Thing
    thing: Thing
    article: Article
    texts: Mapping[Any, Sequence[str]]
    mentions: list[Mention]
    is_working_copy: bool = False

    def spots(self) -> Iterator[Spot]:
        """Yield the places that say it: where it is marked, or where the gate knows it."""
        thing = self.thing
        things: list[Any] = list(things_of(self.article.conference_id, self.mentions))
        row = next((row for row, known in enumerate(things) if known == thing), len(things))
        places = self._marked()
        unmarked = self._unmarked([*things[:row], self.before, *things[row + 1 :]], row, places)
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
        thing, places = self.thing, dict[str, list[tuple[int, int, str]]]()
        for mention in self.mentions:
            if getattr(mention, f"{column_of(thing)}_id") != thing.pk:
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
                pointing = {f"{column_of(self.thing)}_id": self.thing.pk}
                yield Mention(part=part, words=text[start:end], **around, **pointing)

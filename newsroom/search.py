"""Search over all that readers may see: what answers a question, in its order, and what it could be narrowed to.

The order is the same on every engine, because it is not a score but a row of tiers, each newest first: words with
their marks before words without, title before lead before body. A tier is asked only while the ones before it have
not filled the answer, and the answer ends at `MAX_HITS`. What is found is exact, and so are its counts up to `COUNTED`;
where a sample of a kind's rows says that there are more by far, they are not counted, and the choices that narrow them
are counted in the smallest sample that has enough of them.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Category
from committees.models import Committee
from newsroom import finding
from newsroom.compiled import NOTHING, compiled, filled
from newsroom.excerpts import Wanted
from newsroom.findable import KINDS, NAMES, SHOWN, Hit, Kind, Narrowing, hit, shown, told
from newsroom.finding import Asking, Found, Look, Seen
from newsroom.fulltext import Node, phrases
from newsroom.gathering import COUNTED, TIERS, Among, Tier

PAGE = SHOWN
MAX_HITS = 200
CHOICES = 10
# So many in a sample of that share, or in all, are more than are counted, as good as certainly.
_SURE = {1: COUNTED + 1, 16: 56, 64: 24, 512: 4, 4096: 3}
_ENTIRE = 168 * (COUNTED + 1)  # which each of these divides: several kinds of things may be sure of it together


@dataclass(frozen=True)
class Choice:
    """One way to narrow the answer, and how many it would leave (that many at least, where `is_more`)."""

    value: str
    label: Any
    count: int
    is_more: bool
    is_chosen: bool


@dataclass(slots=True)
class Tally:
    """How many answer that are of one key: so many at `least`, and `likely` so many; `sure` is `_ENTIRE` where there
    are more than are counted, as good as certainly.
    """

    least: int = 0
    likely: int = 0
    sure: int = 0

    def told(self, is_sampled: bool) -> tuple[int, bool]:
        return _capped(None if self.sure >= _ENTIRE else self.least, is_sampled)


@dataclass
class Answer:
    """What is found for `node` under `narrowing`. The database is asked when a part of it is first read."""

    node: Node
    narrowing: Narrowing = field(default_factory=Narrowing)
    page: int = 1

    @cached_property
    def _tiers(self) -> list[Tier]:
        has_marks = any(word.marked for phrase in phrases(self.node) for word in phrase.words)
        return [(parts, by_marks) for by_marks in ((True, False) if has_marks else (False,)) for parts in TIERS]

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self.node)

    @property
    def _wanted(self) -> int:
        """How many hits are looked for. The first page asks for no more than it needs."""
        return PAGE + 1 if self.page == 1 else MAX_HITS

    @cached_property
    def _seen(self) -> list[Seen]:
        """What is seen of all kinds as they are narrowed, and of each choice without it: with what it could be."""
        narrowing, chosen = self.narrowing, replace(self.narrowing, kind="")
        free = tuple(name for name in NAMES if getattr(narrowing, name) is None)
        looks = []
        for place, kind in enumerate(KINDS):
            names = [name for name in NAMES if getattr(kind, name)]
            if narrowing.kind not in ("", kind.name):
                looks.append(Look(Among(place, chosen)))
                continue
            looks.append(Look(Among(place, chosen), self._wanted, tuple(name for name in names if name in free)))
            without = {name: replace(chosen, **{name: None}) for name in names if name not in free}  # type: ignore[arg-type]
            looks += [Look(Among(place, narrowed), names=(name,)) for name, narrowed in without.items()]
        return finding.gather(looks, self._asking, self._tiers)

    @cached_property
    def _found(self) -> list[Found]:
        """What is found, in its order."""
        here = [each for each in self._counted if self.narrowing.kind in ("", each.among.kind.name)]
        return finding.further(here, self._asking, self._tiers, self._wanted)

    @property
    def _counted(self) -> list[Seen]:
        """What is seen of the kinds under all that is chosen, but for a kind."""
        chosen = replace(self.narrowing, kind="")
        return [each for each in self._seen if each.among.narrowing == chosen]

    @property
    def found_nothing(self) -> bool:
        """Whether there is nothing at all that answers, on whichever page one looks."""
        return self.page == 1 and not self._found

    @property
    def has_next(self) -> bool:
        return len(self._found) > self.page * PAGE

    @property
    def is_cut(self) -> bool:
        """Whether this is the last page that is shown of an answer that is longer."""
        return self.page * PAGE >= MAX_HITS and len(self._found) >= MAX_HITS

    @property
    def first(self) -> int:
        """The number of the first hit of this page."""
        return (self.page - 1) * PAGE + 1

    @property
    def page_before(self) -> int:
        return self.page - 1

    @property
    def page_after(self) -> int:
        return self.page + 1

    @cached_property
    def hits(self) -> list[Hit]:
        """The things of this page."""
        wanted = Wanted(word.bare for phrase in phrases(self.node) for word in phrase.words)
        return [hit(kind, thing, wanted) for kind, thing in self._shown[0]]

    # What it could be narrowed to

    @cached_property
    def kinds(self) -> list[Choice]:
        """The kinds of things that are found, in their order."""
        chosen = self.narrowing.kind
        found = {each.among.place: None if each.is_many else each.number for each in self._counted}
        return [
            Choice(kind.name, kind.label, *_capped(found.get(place, 0)), kind.name == chosen)
            for place, kind in enumerate(KINDS)
            if place in found or kind.name == chosen
        ]

    @cached_property
    def total(self) -> Choice:
        """All of it, whatever its kind; as a choice, the way back from a kind."""
        count, is_more = sum(kind.count for kind in self.kinds), any(kind.is_more for kind in self.kinds)
        return Choice("", _("Everything"), min(count, COUNTED), is_more or count > COUNTED, not self.narrowing.kind)

    @property
    def committees(self) -> list[Choice]:
        """The committees that what is found is about, the most frequent first."""
        return self._choices["committee"]

    @property
    def categories(self) -> list[Choice]:
        """The categories of the articles that are found, the most frequent first."""
        return self._choices["category"]

    @property
    def years(self) -> list[Choice]:
        """The years of what is found, the last first."""
        return sorted(self._choices["year"], key=lambda choice: choice.value, reverse=True)

    @cached_property
    def _tallies(self) -> dict[str, dict[int, Tally]]:
        """What is counted of each key, by the name of its choice."""
        tallies: dict[str, dict[int, Tally]] = {name: defaultdict(Tally) for name in NAMES}
        for each in self._seen:
            share, sure = each.share, _ENTIRE // _SURE[each.share]
            for name, key, number in each.keys:
                tally = tallies[name][key]
                tally.least += number
                tally.likely += number * share
                tally.sure += number * sure
        return tallies

    @cached_property
    def _offered(self) -> dict[str, list[int]]:
        """The keys that are offered of each name: the most frequent, and the one that is chosen."""
        offered = {}
        for name, tallies in self._tallies.items():
            chosen = getattr(self.narrowing, name)
            offered[name] = sorted(tallies, key=lambda key: (-tallies[key].likely, key))[:CHOICES]
            offered[name] += [chosen] if chosen is not None and chosen not in offered[name] else []
        return offered

    @cached_property
    def _shown(self) -> tuple[list[tuple[Kind, Any]], dict[str, dict[int, Any]]]:
        """The things of this page, and what the choices are called, by their names and keys. One query."""
        page = self._found[(self.page - 1) * PAGE : self.page * PAGE]
        here = [(KINDS[row.place], row.pk, self._tiers[row.tier][0] == TIERS[0]) for row in page]
        asked = [
            ask.asking(*filled(keys, CHOICES + 1)) if (keys := self._offered[name]) else NOTHING
            for name, ask in _LABELS.items()
        ]
        things, called = shown(here, asked)
        labels = {name: {thing.pk: thing for thing in those} for name, those in zip(_LABELS, called, strict=True)}
        return things, labels | {"year": {key: key for key in self._offered["year"]}}

    @cached_property
    def _choices(self) -> dict[str, list[Choice]]:
        """The choices of each name."""
        sampled = {name for each in self._seen if each.is_many for name, _key, _number in each.keys}
        choices = {}
        for name, labels in self._shown[1].items():
            tallies, chosen = self._tallies[name], getattr(self.narrowing, name)
            choices[name] = [
                Choice(str(key), labels[key], *tallies[key].told(name in sampled), key == chosen)
                for key in self._offered[name]
                if key in labels
            ]
        return choices


@compiled
def _committees(*keys: int) -> QuerySet[Committee]:
    return Committee.objects.filter(pk__in=keys).only("name")


@compiled
def _categories(*keys: int) -> QuerySet[Category]:
    return Category.objects.filter(pk__in=keys).only("name")


_LABELS = {"committee": _committees, "category": _categories}


def _capped(count: int | None, is_more: bool = False) -> tuple[int, bool]:
    """Return how many are told, and whether there are more."""
    return (COUNTED, True) if count is None or count > COUNTED else (count, is_more)


def is_somewhere(node: Node) -> bool:
    """Return whether anything answers `node`. One statement.

    It is counted, as an answer is: a planner that is asked whether there is any expects to meet one soon, and reads
    a large table from its beginning to the end where there is none.
    """
    return bool(finding.gather(_everything(), Asking(node)))


def titles(node: Node, at_most: int) -> list[str]:
    """Return the titles that `node` stands in, the newest `at_most`. Two statements or three, and for the things."""
    tiers = [("A", False)]
    asking = Asking(node)
    found = finding.further(finding.gather(_everything(at_most), asking, tiers), asking, tiers, at_most)
    things, _beside = shown([(KINDS[row.place], row.pk, True) for row in found])
    return [told(thing)[0] for _kind, thing in things]


def _everything(hits: int = 0) -> list[Look]:
    return [Look(Among(place, Narrowing()), hits) for place in range(len(KINDS))]

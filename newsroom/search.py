"""Search over all that readers may see: what answers a question, in its order, and what it could be narrowed to.

The order is the same on every engine, because it is not a score but a row of tiers, each newest first: words with
their marks before words without, title before lead before body. A tier is asked only while the ones before it have
not filled the answer, and the answer ends at `MAX_HITS`. What is found is exact, and so are its counts up to
`finding.COUNTED`; where a sample of a kind's rows says that there are thousands, they are not counted, and the choices
that narrow them are counted in the smallest sample that has enough of them.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Category
from committees.models import Committee
from newsroom import finding
from newsroom.compiled import compiled, filled
from newsroom.excerpts import Wanted
from newsroom.findable import KINDS, SHOWN, Hit, Kind, Narrowing, hit, shown, told
from newsroom.finding import COUNTED, TIERS, Among
from newsroom.fulltext import Node, phrases

PAGE = SHOWN
MAX_HITS = 200
CHOICES = 10
# So many in a sample of that share, or in all, are more than are counted, as good as certainly.
_SURE = {1: COUNTED + 1, 64: 48, 512: 6, 4096: 3}
_ENTIRE = 48 * (COUNTED + 1)  # which each of these divides: several kinds of things may be sure of it together


@dataclass(frozen=True)
class Choice:
    """One way to narrow the answer, and how many it would leave (that many at least, where `is_more`)."""

    value: str
    label: Any
    count: int
    is_more: bool
    is_chosen: bool


@dataclass
class Answer:
    """What is found for `node` under `narrowing`. The database is asked when a part of it is first read."""

    node: Node
    narrowing: Narrowing = field(default_factory=Narrowing)
    page: int = 1
    _known: dict[Narrowing, list[Among]] = field(default_factory=dict, init=False)

    @cached_property
    def _found(self) -> list[tuple[Kind, int]]:
        """What is found, in order: of which kind, and its key. The first page asks for no more than it needs."""
        wanted = PAGE + 1 if self.page == 1 else MAX_HITS
        has_marks = any(word.marked for phrase in phrases(self.node) for word in phrase.words)
        tiers = [(parts, by_marks) for by_marks in ((True, False) if has_marks else (False,)) for parts in TIERS]
        found = finding.first(self._among(self.narrowing), self.node, tiers, wanted)
        return [(KINDS[row.place], row.pk) for row in found]

    def _among(self, narrowing: Narrowing) -> list[Among]:
        """Return the kinds under `narrowing` of which something is found, in their order."""
        whole = replace(narrowing, kind="")
        if whole not in self._known:
            self._known[whole] = finding.count([Among(place, whole) for place in range(len(KINDS))], self.node)
        return [among for among in self._known[whole] if narrowing.kind in ("", among.kind.name)]

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
        """The things of this page. One query for each kind among them."""
        here = self._found[(self.page - 1) * PAGE : self.page * PAGE]
        things = {
            kind.name: shown(kind, [pk for of, pk in here if of is kind])
            for kind in KINDS
            if any(of is kind for of, _pk in here)
        }
        wanted = Wanted(word.bare for phrase in phrases(self.node) for word in phrase.words)
        return [
            hit(kind, things[kind.name][pk], wanted) for kind, pk in here if pk in things[kind.name]
        ]  # one may be withdrawn between the two queries

    # What it could be narrowed to

    @cached_property
    def kinds(self) -> list[Choice]:
        """The kinds of things that are found, in their order."""
        chosen = self.narrowing.kind
        found = {among.place: among.found for among in self._among(replace(self.narrowing, kind=""))}
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
    def _choices(self) -> dict[str, list[Choice]]:
        """The choices of each name. One statement, and one for the labels of each that has them."""
        narrowings = {name: replace(self.narrowing, **{name: None}) for name in _LABELS}  # type: ignore[arg-type]
        asked: list[tuple[Among, tuple[str, ...]]] = []
        for names, kinds in self._together(narrowings):
            asked += [
                (among, names)
                for among in self._among(narrowings[names[0]])
                if among.kind in kinds and any(getattr(among.kind, name) for name in names)
            ]
        counted = finding.spread(asked, self.node)
        tallies = {name: (Counter[int](), Counter[int](), Counter[int]()) for name in _LABELS}
        sampled = set()
        for name, share, key, count in counted:
            least, likely, sure = tallies[name]
            least[key] += count
            likely[key] += count * share
            sure[key] += count * _ENTIRE // _SURE[share]
            if share > 1:
                sampled.add(name)
        choices = {}
        for name, labels in _LABELS.items():
            least, likely, sure = tallies[name]
            chosen = getattr(self.narrowing, name)
            offered = sorted(likely, key=lambda key: (-likely[key], key))[:CHOICES]
            offered += [chosen] if chosen is not None and chosen not in offered else []
            named = labels(offered)
            choices[name] = [
                Choice(
                    str(key),
                    named[key],
                    *_capped(None if sure[key] >= _ENTIRE else least[key], name in sampled),
                    key == chosen,
                )
                for key in offered
                if key in named
            ]
        return choices

    def _together(self, narrowings: dict[str, Narrowing]) -> list[tuple[tuple[str, ...], list[Kind]]]:
        """Return the names of choices that are counted from the same rows, and of which kinds.

        A thing has one category and one year, and one committee unless it is an article: where these are chosen from
        the same rows, they are read once.
        """
        of_one = narrowings["category"] == narrowings["year"]
        if of_one and narrowings["committee"] == narrowings["year"]:
            articles = [kind for kind in KINDS if kind.category]
            others = [kind for kind in KINDS if not kind.category]
            return [(("committee",), articles), (("category", "year"), articles), (("committee", "year"), others)]
        together = [("committee",), ("category", "year")] if of_one else [(name,) for name in _LABELS]
        return [(names, list(KINDS)) for names in together]


@compiled
def _committees(*keys: int) -> QuerySet[Committee]:
    return Committee.objects.filter(pk__in=keys).only("name")


@compiled
def _categories(*keys: int) -> QuerySet[Category]:
    return Category.objects.filter(pk__in=keys).only("name")


def _labelled(ask: Callable[..., list[Any]], keys: list[int]) -> dict[int, Any]:
    return {thing.pk: thing for thing in ask(*filled(keys, CHOICES + 1))} if keys else {}


_LABELS: dict[str, Callable[[list[int]], dict[int, Any]]] = {
    "committee": partial(_labelled, _committees),
    "category": partial(_labelled, _categories),
    "year": lambda keys: {key: key for key in keys},
}


def _capped(count: int | None, is_more: bool = False) -> tuple[int, bool]:
    """Return how many are told, and whether there are more."""
    return (COUNTED, True) if count is None or count > COUNTED else (count, is_more)


def is_somewhere(node: Node) -> bool:
    """Return whether anything answers `node`. One statement.

    It is counted, as an answer is: a planner that is asked whether there is any expects to meet one soon, and reads
    a large table from its beginning to the end where there is none.
    """
    return bool(finding.count(_everything(), node))


def titles(node: Node, at_most: int) -> list[str]:
    """Return the titles that `node` stands in, the newest `at_most`. Two statements or three, and for the things."""
    found = finding.first(finding.count(_everything(), node), node, [("A", False)], at_most)
    said = []
    for place in sorted({row.place for row in found}):
        keys = [row.pk for row in found if row.place == place]
        for start in range(0, len(keys), SHOWN):
            said += [told(thing)[0] for thing in shown(KINDS[place], keys[start : start + SHOWN]).values()]
    return said


def _everything() -> list[Among]:
    return [Among(place, Narrowing()) for place in range(len(KINDS))]

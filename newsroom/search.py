"""Search over all that readers may see: a question read from what was typed, answered in order, told in snippets.

The order is the same on every engine, because it is not a score but a row of tiers, each newest first: words with
their marks before words without, title before lead before body. A tier is asked only while the ones before it have
not filled the answer, and the answer ends at `MAX_HITS`: no question costs more than that, however common its words.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear, TruncDate
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category
from committees.models import Award, Committee, CommitteeAlias, Conference, Document, Statistic
from newsroom.excerpts import Pieces, excerpt, mark
from newsroom.fulltext import AllOf, AnyOf, Node, Phrase, Question, Word, words
from newsroom.vietnamese import normalise

# --- What was typed ----------------------------------------------------------------------------

MAX_TYPED = 200  # characters that are read of a question
MAX_TERMS = 12

_QUOTES = str.maketrans("“”„‟«»", '""""""')
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_Bare = tuple[str, ...]


def read(typed: str, abbreviations: Iterable[tuple[str, str]] = ()) -> Node | None:
    """Return what `typed` asks for, None where it holds no word.

    Words are all wanted, a phrase in quotes as it stands; what is joined by marks (CCQ-DN, 71/75) is a phrase too.
    An abbreviation stands for its long form as well, and the long form for it.
    """
    terms: list[Phrase] = []
    for quoted, plain in _TERM.findall(normalise(typed)[:MAX_TYPED].translate(_QUOTES)):
        if (found := words(quoted or plain)) and len(terms) < MAX_TERMS:
            terms.append(Phrase(tuple(found)))
    if not terms:
        return None
    nodes = _with_long_forms(terms, [(_bare(words(short)), _bare(words(long))) for short, long in abbreviations])
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _bare(found: Sequence[Word]) -> _Bare:
    return tuple(word.bare for word in found)


def _phrase(bare: _Bare) -> Phrase:
    return Phrase(tuple(Word(each) for each in bare))


def _with_long_forms(terms: list[Phrase], abbreviations: list[tuple[_Bare, _Bare]]) -> list[Node]:
    """Return `terms` with each abbreviation or its other form beside it. The longest form wins."""
    forms: dict[_Bare, list[_Bare]] = {}
    for short, long in abbreviations:
        if short and long:
            forms.setdefault(short, []).append(long)
            forms.setdefault(long, []).append(short)
    longest = max(map(len, forms), default=0)
    nodes: list[Node] = []
    at = 0
    while at < len(terms):
        for count in range(min(longest, len(terms) - at), 0, -1):
            run = terms[at : at + count]
            others = forms.get(tuple(each for term in run for each in _bare(term.words)))
            if others and (count == 1 or all(len(term.words) == 1 for term in run)):
                own: Node = run[0] if count == 1 else AllOf(tuple(run))
                nodes.append(AnyOf((own, *map(_phrase, others))))
                at += count
                break
        else:
            nodes.append(terms[at])
            at += 1
    return nodes


def _phrases(node: Node) -> list[Phrase]:
    return [node] if isinstance(node, Phrase) else [phrase for each in node.of for phrase in _phrases(each)]


# --- Where it is looked for --------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is found: its public rows, in which order, of which day, and what narrows them."""

    name: str  # as the address says it: ?loai=
    label: Any
    rows: Callable[[], QuerySet[Any]]
    order: tuple[str, ...]
    moment: Any  # an expression: by which they stand among things of other kinds, as by `order` among their own
    day: Any  # an expression: what readers are told, and asked for as a year
    committee: str = ""  # lookups; empty where the kind knows none
    category: str = ""
    related: tuple[str, ...] = ()  # what is said of a hit beside its own columns


_NO_DAY = Cast(Value(None), DateField())
KINDS = (
    Kind(
        "bai-viet", _("Articles"), Article.objects.public, ("-published_at", "-pk"), F("published_at"),
        TruncDate("published_at"),
        committee="committees", category="category", related=("category",),
    ),
    Kind(
        "hoi-nghi", _("Conferences"), Conference.objects.public, ("-sorted_on", "-pk"), F("held_on"), F("held_on"),
        committee="committee", related=("committee",),
    ),
    Kind(
        "to-chuc", _("Committees"), Committee.objects.all, ("sort_key", "pk"), _NO_DAY, _NO_DAY,
        committee="pk", related=("parent",),
    ),
    Kind(
        "khen-thuong", _("Awards"), Award.objects.public, ("-published_at", "-pk"), F("published_at"),
        F("reported_at__held_on"),
        committee="reported_at__committee", related=("reported_at__committee",),
    ),
    Kind(
        "so-lieu", _("Figures"), Statistic.objects.public, ("-published_at", "-pk"), F("published_at"),
        F("conference__held_on"),
        committee="committee", related=("committee", "conference"),
    ),
    Kind("van-ban", _("Documents"), Document.objects.all, ("-sorted_on", "-pk"), F("issued_on"), F("issued_on")),
)  # fmt: skip


@dataclass(frozen=True)
class Narrowing:
    """What a reader has chosen besides the words; None or empty where nothing."""

    kind: str = ""
    committee: int | None = None
    year: int | None = None
    category: int | None = None

    @property
    def is_used(self) -> bool:
        return self != Narrowing()

    def rows(self, kind: Kind) -> QuerySet[Any] | None:
        """Return the rows of `kind` that are left, None where it cannot hold what was chosen."""
        if self.kind and self.kind != kind.name:
            return None
        rows = kind.rows().annotate(day=kind.day)
        for value, lookup in ((self.committee, kind.committee), (self.category, kind.category)):
            if value is not None:
                if not lookup:
                    return None
                rows = rows.filter(**{lookup: value})
        if self.year is not None:
            rows = rows.filter(day__year=self.year)
        return rows


# --- The answer --------------------------------------------------------------------------------

PAGE = 20
MAX_HITS = 200
COUNTED = 1000  # beyond, an answer is counted no further
SAMPLED = 3_000  # rows of each kind by which choices are counted
CHOICES = 10
_TIERS = ("A", "AB", "ABC")


@dataclass(frozen=True)
class Hit:
    """A thing that was found, with the words of the question marked in its title and in a snippet of its text."""

    kind: Kind
    thing: Any
    title: Pieces
    snippet: Pieces
    day: Any


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

    @cached_property
    def _found(self) -> list[tuple[int, int]]:
        """What is found, in order, up to the first of the next page: (place of its kind in `KINDS`, primary key)."""
        wanted = min(self.page * PAGE + 1, MAX_HITS)
        found: dict[tuple[int, int], None] = {}
        has_marks = any(word.marked for phrase in _phrases(self.node) for word in phrase.words)
        for by_marks in (True, False) if has_marks else (False,):
            for parts in _TIERS:
                if len(found) < wanted:
                    found |= dict.fromkeys(self._tier(Question(self.node, parts, by_marks), wanted))
        return list(found)[:wanted]

    def _tier(self, question: Question, wanted: int) -> list[tuple[int, int]]:
        """Return what answers `question` in its order: committees, then the newest. One statement."""
        rows = _rows(
            "SELECT %(place)s, k.* FROM (%(query)s) AS k",
            [
                (place, answering.order_by(*kind.order).values_list("pk", "moment")[:wanted])
                for place, kind, rows in self._narrowed()
                for answering in [_answering(kind, rows, question).annotate(moment=kind.moment)]
            ],
        )
        rows.sort(key=lambda row: (str(row[2] or ""), row[1]), reverse=True)
        rows.sort(key=lambda row: KINDS[row[0]].moment is not _NO_DAY)
        return [(place, pk) for place, pk, _moment in rows[:wanted]]

    def _narrowed(self, **changed: Any) -> list[tuple[int, Kind, QuerySet[Any]]]:
        """Return the kinds that can be found, each with its place and its rows. `changed` is chosen otherwise."""
        narrowing = replace(self.narrowing, **changed)
        kinds = ((place, kind, narrowing.rows(kind)) for place, kind in enumerate(KINDS))
        return [(place, kind, rows) for place, kind, rows in kinds if rows is not None]

    @property
    def is_empty(self) -> bool:
        return not self._found

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
        """The things of this page. One query for each kind among them, and what it needs."""
        here = self._found[(self.page - 1) * PAGE : self.page * PAGE]
        things = {
            place: _shown(KINDS[place]).in_bulk([pk for of, pk in here if of == place])
            for place in {place for place, _pk in here}
        }
        wanted = {word.bare for phrase in _phrases(self.node) for word in phrase.words}
        return [
            _hit(KINDS[place], things[place][pk], wanted) for place, pk in here if pk in things[place]
        ]  # one may be withdrawn between the two queries

    # What it could be narrowed to

    @cached_property
    def kinds(self) -> list[Choice]:
        """The kinds of things that are found, in their order. One statement."""
        counts = dict(
            _rows(
                "SELECT %(place)s, count(*) FROM (%(query)s) AS k",
                [
                    (place, _answering(kind, rows, Question(self.node)).values_list("pk")[: COUNTED + 1])
                    for place, kind, rows in self._narrowed(kind="")
                ],
            )
        )
        return [
            Choice(kind.name, kind.label, min(count, COUNTED), count > COUNTED, kind.name == self.narrowing.kind)
            for place, kind in enumerate(KINDS)
            if (count := counts.get(place, 0)) or kind.name == self.narrowing.kind
        ]

    @cached_property
    def total(self) -> Choice:
        """All of it, whatever its kind; as a choice, the way back from a kind."""
        count, is_more = sum(kind.count for kind in self.kinds), any(kind.is_more for kind in self.kinds)
        return Choice("", _("Everything"), min(count, COUNTED), is_more or count > COUNTED, not self.narrowing.kind)

    @cached_property
    def committees(self) -> list[Choice]:
        """The committees that what is found is about, the most frequent first. Two statements."""
        return self._choices("committee", lambda keys: Committee.objects.in_bulk(keys))

    @cached_property
    def categories(self) -> list[Choice]:
        """The categories of the articles that are found, the most frequent first. Two statements."""
        return self._choices("category", lambda keys: Category.objects.in_bulk(keys))

    @cached_property
    def years(self) -> list[Choice]:
        """The years of what is found, the last first. One statement."""
        choices = self._choices("year", lambda keys: {key: key for key in keys})
        return sorted(choices, key=lambda choice: choice.value, reverse=True)

    def _choices(self, name: str, labels: Callable[[list[int]], dict[int, Any]]) -> list[Choice]:
        queries = []
        for place, kind, rows in self._narrowed(**{name: None}):
            key = ExtractYear("day") if name == "year" else getattr(kind, name) and F(getattr(kind, name))
            if key and not (name == "year" and kind.day is _NO_DAY):
                answering = _answering(kind, rows, Question(self.node)).order_by()
                queries.append((place, answering.annotate(chosen=key).values_list("chosen")[: SAMPLED + 1]))
        counts: Counter[int] = Counter()
        sampled: Counter[int] = Counter()
        for place, key, count in _rows("SELECT %(place)s, chosen, count(*) FROM (%(query)s) AS k GROUP BY 2", queries):
            sampled[place] += count
            if key is not None:
                counts[int(key)] += count
        chosen = getattr(self.narrowing, name)
        keys = [key for key, _count in counts.most_common(CHOICES)]
        keys += [chosen] if chosen is not None and chosen not in keys else []
        is_more, named = any(count > SAMPLED for count in sampled.values()), labels(keys)
        return [
            Choice(str(key), named[key], min(counts[key], COUNTED), is_more or counts[key] > COUNTED, key == chosen)
            for key in keys
            if key in named
        ]


def _answering(kind: Kind, rows: QuerySet[Any], question: Question) -> QuerySet[Any]:
    """Return those of `rows` that answer `question`; a committee answers to its other names too."""
    answers = Q(search_words__answers=question)
    if kind.name == "to-chuc":
        answers |= Q(pk__in=CommitteeAlias.objects.filter(search_words__answers=question).values("committee"))
    return rows.filter(answers)


def which(question: Question, at_most: int) -> list[tuple[int, int]]:
    """Return up to `at_most` of each kind that answer `question`: (place in `KINDS`, primary key). One statement."""
    return _rows(
        "SELECT %(place)s, k.* FROM (%(query)s) AS k",
        [
            (place, _answering(kind, kind.rows(), question).order_by(*kind.order).values_list("pk")[:at_most])
            for place, kind in enumerate(KINDS)
        ],
    )


def titles(question: Question, at_most: int) -> list[str]:
    """Return the titles of what `which` finds. A statement more for each kind among it."""
    found = which(question, at_most)
    said = []
    for place in sorted({place for place, _pk in found}):
        things = _shown(KINDS[place]).in_bulk([pk for of, pk in found if of == place])
        said += [_told(thing)[0] for thing in things.values()]
    return said


def _rows(select: str, queries: Iterable[tuple[int, QuerySet[Any]]]) -> list[Any]:
    """Return the rows of `select` around each query, all in one statement: one way to the database, not six."""
    parts: list[str] = []
    params: list[Any] = []
    for place, query in queries:
        try:
            sql, values = query.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(select % {"place": place, "query": sql})
        params += values
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return list(cursor.fetchall())


# --- What is shown of a thing ------------------------------------------------------------------


def _shown(kind: Kind) -> QuerySet[Any]:
    """Return the public rows of `kind` with what a hit shows of them."""
    rows = kind.rows().annotate(day=kind.day).defer("search_words")
    return rows.select_related(*kind.related) if kind.related else rows


def _told(thing: Any) -> tuple[str, list[str]]:
    """Return what is said of `thing`: its title, and its texts, of which the first that answers is shown."""
    if isinstance(thing, Article):
        return thing.title, [thing.lead, _bare_text(thing.body)]
    if isinstance(thing, Conference):
        return thing.name, [" · ".join(filter(None, [str(thing.committee), thing.convened_by, thing.period_label]))]
    if isinstance(thing, Committee):
        return thing.name, [" · ".join(filter(None, [thing.abbreviation, thing.province, str(thing.parent or "")]))]
    if isinstance(thing, Award):
        reported = str(thing.reported_at or "")
        return str(thing), [" · ".join(filter(None, [thing.achievement, thing.recipients_described, reported]))]
    if isinstance(thing, Statistic):
        said = [str(thing.committee), thing.period_label, str(thing.conference or "")]
        return str(thing), [" · ".join(filter(None, said))]
    return thing.name, [" · ".join(filter(None, [thing.number, thing.subject, thing.issuer]))]


_TAG = re.compile(r"<[^>]*>")


def _bare_text(rich: str) -> str:
    """Return the words of cleaned rich text for a snippet, which needs no places: tags are spaces."""
    return html.unescape(_TAG.sub(" ", rich))


def _hit(kind: Kind, thing: Any, wanted: set[str]) -> Hit:
    title, texts = _told(thing)
    snippets = [excerpt(text, wanted) for text in texts if text]
    best = max(snippets, key=lambda pieces: sum(is_wanted for _text, is_wanted in pieces), default=[])
    return Hit(kind, thing, mark(title, wanted), best, thing.day)

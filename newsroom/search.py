"""Search over all that readers may see: what answers a question, in its order, and what it could be narrowed to.

The order is the same on every engine, because it is not a score but a row of tiers, each newest first: words with
their marks before words without, title before lead before body. A tier is asked only while the ones before it have
not filled the answer, and the answer ends at `MAX_HITS`. What is found is exact, and so are its counts up to
`COUNTED`; where a sample of a kind's rows says that there are thousands, they are not counted, and the choices that
narrow them are counted in the sample. It is the rows whose number divides by `fulltext.SHARE`, on every engine, or by
a multiple of it where even the sample is large.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, IntegerField, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext_lazy as _

from articles.models import Category
from committees.models import Committee
from newsroom.findable import KINDS, NO_DAY, Hit, Kind, Narrowing, hit, shown, told
from newsroom.fulltext import SHARE, Node, Question, is_dear, phrases

PAGE = 20
MAX_HITS = 200
COUNTED = 1000  # beyond, an answer is counted no further
SURE = 48  # in a sample of a `SHARE`th: some three thousand, and never so few as are counted
PLENTY = 400  # in that sample: a smaller one tells the choices as well
LOOKED_AT = 1000  # rows of the smaller one, about
CHOICES = 10
# Of what is found in thousands the newest are looked for among the newest rows, before all that is found is put in
# order. A row costs more where all of its words are read.
_TIERS = {"A": 2000, "AB": 1000, "ABC": 300}


@dataclass(frozen=True)
class Choice:
    """One way to narrow the answer, and how many it would leave (that many at least, where `is_more`)."""

    value: str
    label: Any
    count: int
    is_more: bool
    is_chosen: bool


class Among(NamedTuple):
    """A kind of things, those of its rows that are left, and how many of them are found; None for thousands.

    `is_narrow` says that the rows are those that are found already: then what was asked need not be asked again.
    `last` is the last key of all rows where so many are found that a small sample tells enough of them.
    """

    kind: Kind
    rows: QuerySet[Any]
    found: int | None = None
    is_narrow: bool = False
    last: int = 0

    def answering(self, question: Question) -> QuerySet[Any]:
        return self.rows if self.knows(question) else self.kind.answering(self.rows, question)

    def sample(self, node: Node) -> tuple[int, QuerySet[Any]]:
        """Return of how many rows one is looked at for the choices, and which of those answer `node`."""
        if self.found is not None:
            return 1, self.answering(Question(node))
        share = SHARE * (self.last // SHARE // LOOKED_AT)
        if share < 4 * SHARE:
            return SHARE, self.answering(Question(node, is_sampled=True))
        keys = _MULTIPLES[connection.vendor].format(share=share, last=self.last)
        return share, self.kind.answering(self.rows.filter(pk__in=RawSQL(keys, [])), Question(node))

    def knows(self, question: Question) -> bool:
        return self.is_narrow and question.parts == "ABC" and not question.by_marks


@dataclass
class Answer:
    """What is found for `node` under `narrowing`. The database is asked when a part of it is first read."""

    node: Node
    narrowing: Narrowing = field(default_factory=Narrowing)
    page: int = 1
    _known: dict[Narrowing, dict[int, Among]] = field(default_factory=dict, init=False)

    @cached_property
    def _found(self) -> list[tuple[int, int]]:
        """What is found, in order, up to the first of the next page: (place of its kind in `KINDS`, primary key)."""
        wanted = min(self.page * PAGE + 1, MAX_HITS)
        found: dict[tuple[int, int], None] = {}
        has_marks = any(word.marked for phrase in phrases(self.node) for word in phrase.words)
        for by_marks in (True, False) if has_marks else (False,):
            for parts in _TIERS:
                if len(found) < wanted:
                    found |= dict.fromkeys(self._tier(Question(self.node, parts, by_marks), wanted))
        return list(found)[:wanted]

    def _tier(self, question: Question, wanted: int) -> list[tuple[int, int]]:
        """Return what answers `question` in its order: committees, then the newest. One statement, or two."""
        kinds = self._among(self.narrowing)
        near = {place: among for place, among in kinds.items() if among.found is None}
        found = _newest(near, question, wanted, _TIERS[question.parts])
        filled = {place for place, count in Counter(row[0] for row in found).items() if count >= wanted}
        rest = {place: among for place, among in kinds.items() if place not in filled}
        found = [row for row in found if row[0] in filled] + _newest(rest, question, wanted)
        found.sort(key=lambda row: (str(row[2] or ""), row[1]), reverse=True)
        found.sort(key=lambda row: KINDS[row[0]].moment is not NO_DAY)
        return [(place, pk) for place, pk, _moment in found[:wanted]]

    def _among(self, narrowing: Narrowing) -> dict[int, Among]:
        """Return the kinds under `narrowing` of which something is found, by their places in `KINDS`."""
        whole = replace(narrowing, kind="")
        if whole not in self._known:
            rows = ((place, kind, whole.rows(kind)) for place, kind in enumerate(KINDS))
            found = _count({place: Among(kind, narrowed) for place, kind, narrowed in rows if narrowed is not None},
                           self.node)  # fmt: skip
            self._known[whole] = {place: among for place, among in found.items() if among.found != 0}
        return {
            place: among
            for place, among in self._known[whole].items()
            if not narrowing.kind or among.kind.name == narrowing.kind
        }

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
        """The things of this page. One query for each kind among them, and what it needs."""
        here = self._found[(self.page - 1) * PAGE : self.page * PAGE]
        things = {
            place: shown(KINDS[place]).in_bulk([pk for of, pk in here if of == place])
            for place in {place for place, _pk in here}
        }
        wanted = {word.bare for phrase in phrases(self.node) for word in phrase.words}
        return [
            hit(KINDS[place], things[place][pk], wanted) for place, pk in here if pk in things[place]
        ]  # one may be withdrawn between the two queries

    # What it could be narrowed to

    @cached_property
    def kinds(self) -> list[Choice]:
        """The kinds of things that are found, in their order."""
        chosen = self.narrowing.kind
        kinds = self._among(replace(self.narrowing, kind=""))
        return [
            Choice(kind.name, kind.label, *_capped(kinds[place].found if place in kinds else 0), kind.name == chosen)
            for place, kind in enumerate(KINDS)
            if place in kinds or kind.name == chosen
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
        asked: list[tuple[tuple[str, ...], Among]] = []
        for names, kinds in self._together(narrowings):
            asked += [
                (names, among)
                for among in self._among(narrowings[names[0]]).values()
                if among.kind in kinds and any(getattr(among.kind, name) for name in names)
            ]
        parts: list[tuple[str, QuerySet[Any]]] = []
        for number, (names, among) in enumerate(asked):
            share, answering = among.sample(self.node)
            keys = {f"by_{name}": _key(name, getattr(among.kind, name)) for name in names}
            by = ", ".join([*keys, *["CAST(NULL AS integer)"] * (2 - len(keys))])
            parts.append(
                (
                    f"SELECT {number}, {share}, {by}, count(*) FROM ({{}}) AS k GROUP BY {', '.join(keys)}",
                    answering.order_by().annotate(**keys).values_list(*keys),
                )
            )
        counted = [
            (name, share, key, count)
            for number, share, *keys, count in _rows(parts)
            for name, key in zip(asked[number][0], keys, strict=False)
            if key is not None
        ]
        choices = {}
        for name, labels in _LABELS.items():
            least: Counter[int] = Counter()
            likely: Counter[int] = Counter()
            for of, share, key, count in counted:
                if of == name:
                    least[int(key)] += count
                    likely[int(key)] += count * share
            is_sampled = any(of == name and share > 1 for of, share, _key, _count in counted)
            chosen = getattr(self.narrowing, name)
            offered = sorted(likely, key=lambda key: (-likely[key], key))[:CHOICES]
            offered += [chosen] if chosen is not None and chosen not in offered else []
            named = labels(offered)
            choices[name] = [
                Choice(
                    str(key),
                    named[key],
                    *_capped(None if likely[key] >= SURE * SHARE else least[key], is_sampled),
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


_LABELS: dict[str, Callable[[list[int]], dict[int, Any]]] = {
    "committee": lambda keys: Committee.objects.in_bulk(keys),
    "category": lambda keys: Category.objects.in_bulk(keys),
    "year": lambda keys: {key: key for key in keys},
}


def _key(name: str, lookup: str) -> Any:
    if not lookup:
        return Cast(Value(None), IntegerField())
    return ExtractYear(lookup) if name == "year" else F(lookup)


# The keys that divide by a number, for a condition on a row: PostgreSQL looks each of them up.
_MULTIPLES = {
    "postgresql": "SELECT generate_series({share}, {last}, {share})",
    "sqlite": "WITH RECURSIVE k (id) AS (SELECT {share} UNION ALL SELECT id + {share} FROM k WHERE id < {last}) "
    "SELECT id FROM k",
}


def _capped(count: int | None, is_more: bool = False) -> tuple[int, bool]:
    """Return how many are told, and whether there are more."""
    return (COUNTED, True) if count is None or count > COUNTED else (count, is_more)


def _table(among: Among) -> str:
    return str(among.rows.model._meta.db_table)


def _count(kinds: dict[int, Among], node: Node) -> dict[int, Among]:
    """Return `kinds` with how many of each answer `node`. One statement, or two."""
    sampled, asked = Question(node, is_sampled=True), Question(node)
    if not is_dear(node):
        told = {
            place: (found, last)
            for place, last, found in _rows(
                (
                    f"SELECT {place}, CASE WHEN n < {PLENTY} THEN 0 ELSE (SELECT max(id) FROM {_table(among)}) END, "
                    f"CASE WHEN n < {SURE} THEN (SELECT count(*) FROM ({{}}) AS k) END "
                    "FROM (SELECT count(*) AS n FROM ({}) AS k) AS sample",
                    among.answering(asked).order_by().values_list("pk")[: COUNTED + 1],
                    among.answering(sampled).order_by().values_list("pk")[:PLENTY],
                )
                for place, among in kinds.items()
            )
        }
        return {
            place: among._replace(found=found, last=last)
            for place, among in kinds.items()
            for found, last in [told.get(place, (0, 0))]
        }
    counts = {
        place: (count, last)
        for place, count, last in _rows(
            (
                f"SELECT {place}, n, CASE WHEN n < {PLENTY} THEN 0 ELSE (SELECT max(id) FROM {_table(among)}) END "
                "FROM (SELECT count(*) AS n FROM ({}) AS k) AS sample",
                among.answering(sampled).order_by().values_list("pk")[:PLENTY],
            )
            for place, among in kinds.items()
        )
    }
    few: dict[int, list[int]] = {place: [] for place in kinds if counts.get(place, (0, 0))[0] < SURE}
    for place, pk in _rows(
        (f"SELECT {place}, k.* FROM ({{}}) AS k", kinds[place].answering(asked).order_by().values_list("pk"))
        for place in few
    ):
        few[place].append(pk)
    return {
        place: Among(among.kind, among.rows.filter(pk__in=few[place]), len(few[place]), True)
        if place in few
        else among._replace(last=counts[place][1])
        for place, among in kinds.items()
    }


def _newest(
    kinds: dict[int, Among], question: Question, wanted: int, window: int | None = None
) -> list[tuple[int, int, Any]]:
    """Return up to `wanted` of each of `kinds` that answer `question`, the first in their order: (place, key, moment).

    Among the first `window` rows of each, or among all. One statement. What answers is found before it is put in
    order (hence MATERIALIZED): a planner that expects an answer soon walks the rows of a large table in order, and
    reads them all where there is none.
    """
    parts = []
    for place, among in kinds.items():
        kind = among.kind
        key, columns, condition = kind.order[0], ["pk", "moment", "key"], ""
        rows = among.rows.order_by(*(kind.order if window else ()))
        if not window and not among.is_narrow:
            rows = kind.answering(rows, question)
        elif not among.knows(question):  # asked of each row: an index has far more to say than these few
            answers = ExpressionWrapper(kind.answers(question), output_field=BooleanField())
            rows, columns, condition = rows.annotate(answers=answers), [*columns, "answers"], "WHERE answers "
        rows = rows.annotate(moment=kind.moment, key=F(key.removeprefix("-")))
        order = "key DESC, id DESC" if key.startswith("-") else "key, id"
        select = (
            f"SELECT * FROM (WITH k ({', '.join(['id', *columns[1:]])}) AS MATERIALIZED ({{}}) "
            f"SELECT {place}, id, moment FROM k {condition}ORDER BY {order} LIMIT {wanted}) AS found"
        )
        parts.append((select, rows.values_list(*columns)[:window]))
    return _rows(parts)


def is_somewhere(node: Node) -> bool:
    """Return whether anything answers `node`. One statement.

    It is counted, as an answer is: a planner that is asked whether there is any expects to meet one soon, and reads
    a large table from its beginning to the end where there is none.
    """
    kinds = {place: Among(kind, kind.rows()) for place, kind in enumerate(KINDS)}
    return any(among.found != 0 for among in _count(kinds, node).values())


def titles(node: Node, at_most: int) -> list[str]:
    """Return the titles that `node` stands in, the newest `at_most`. Two or three statements, and one for each kind."""
    found = Answer(node)._tier(Question(node, "A"), at_most)
    said = []
    for place in sorted({place for place, _pk in found}):
        things = shown(KINDS[place]).in_bulk([pk for of, pk in found if of == place])
        said += [told(thing)[0] for thing in things.values()]
    return said


def _rows(parts: Iterable[tuple[str, *tuple[QuerySet[Any], ...]]]) -> list[Any]:
    """Return the rows of all of `parts`, each some SQL around queries: one way to the database, not six."""
    statements: list[str] = []
    params: list[Any] = []
    for select, *queries in parts:
        try:
            compiled = [query.query.sql_with_params() for query in queries]
        except EmptyResultSet:
            continue
        statements.append(select.format(*(sql for sql, _values in compiled)))
        params += [value for _sql, values in compiled for value in values]
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), params)
        return list(cursor.fetchall())

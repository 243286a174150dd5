"""What a kind of things is asked of a search: SQL around queries.

How many of a kind answer is told by the smallest sample that has enough of them, and counted where none has. So what
stands in nearly every row costs no more than what stands in few.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, ExtractYear

from newsroom.findable import KINDS, SHOWN, Kind, Narrowing
from newsroom.fulltext import Node, Question

COUNTED = 500  # beyond, an answer is counted no further
# So many in a sample of that share are some nine hundred in all, or more where the sample is a small one: never so few
# as are counted. And they are enough to tell how the others are spread. Each row of fewer is read.
ENOUGH = {4096: 32, 512: 32, 64: 24, 16: 56}
TOLD = 40  # keys of a sample, of each name: four times as many as readers are offered
TIERS = ("A", "AB", "ABC")  # parts, as `Question` has them
HELD = datetime(9990, 1, 1, tzinfo=UTC)  # in a statement that is kept, in the place of the moment it is asked at


class Among(NamedTuple):
    """A kind of things, by its place in `KINDS`, and its rows under `narrowing`."""

    place: int
    narrowing: Narrowing

    @property
    def kind(self) -> Kind:
        return KINDS[self.place]

    def rows(self, at: datetime) -> QuerySet[Any]:
        """Return the rows of the kind that are public at that moment, and left under the narrowing."""
        rows = self.narrowing.rows(self.kind, at)
        return self.kind.rows(at).none() if rows is None else rows

    def answering(self, question: Question, at: datetime) -> QuerySet[Any]:
        """Return those of them that answer `question`, in no order."""
        return self.rows(at).filter(self.kind.answers(question)).order_by()


Tier = tuple[str, bool]  # which parts, by marks or without
Form = tuple[str, *tuple[QuerySet[Any], ...]]

_ALL = 2**31  # more than there are of anything that narrows a search
_READ = ("tier", "pk", "moment", "key")
_IS = "(SELECT share FROM s) = {}"  # else nothing of it is read


def gathering(among: Among, node: Node, at: datetime, tiers: Sequence[Tier], hits: int, names: Sequence[str]) -> Form:
    """Rows of (what, key, number, moment): the share of the smallest sample that has enough of what answers, or 1.

    With it there is how many answer, and how many are of which key; where it is 1 also the first of them, and else how
    many are of the first tier. All of that is said of the sample, where it is not 1. Each row that answers is read
    once.
    """
    kind, keys = among.kind, _keys(among.kind, names)
    columns = ", ".join(["tier", "id", "moment", "key", *keys])

    def read(share: int, placed: Sequence[Tier]) -> QuerySet[Any]:
        question = Question(node, *tiers[-1], share=share, in_one=share > 1)
        rows = _told(among, among.answering(question, at))
        return rows.annotate(tier=_at_hand(kind, node, placed), **keys).values_list(*_READ, *keys)

    samples = {share: read(share, [tiers[0], tiers[-1]] if hits else tiers[-1:]) for share in kind.shares}
    entire = read(1, tiers if hits else tiers[-1:]).filter(RawSQL(_IS.format(1), (), BooleanField()))
    if not (hits or names):
        samples = {share: rows[: ENOUGH[share]] for share, rows in samples.items()}
        entire = entire[: COUNTED + 1]
    tried = [
        f"WHEN (SELECT count(*) FROM (SELECT id FROM of_{share} LIMIT {enough}) AS h) >= {enough} THEN {share}"
        for share, enough in ENOUGH.items()
        if share in samples
    ]
    of_samples = [f" UNION ALL SELECT {columns} FROM of_{share} WHERE {_IS.format(share)}" for share in samples]
    asked = ["SELECT 'share', share, (SELECT count(*) FROM k), NULL FROM s", *_counting(kind, names)]
    apart: list[QuerySet[Any]] = []
    if hits:
        placed, apart = _placed(among, node, at, tiers, hits)
        placed = f"SELECT {placed} AS tier, id, moment FROM k WHERE {_IS.format(1)}"
        first = f"{placed} ORDER BY 1, {_order(kind)} LIMIT {hits}"
        asked.insert(0, f"SELECT 'hit', tier, id, moment FROM ({first}) AS h")  # whose moment says of which type it is
        asked.append(f"SELECT 'first', 0, count(*), NULL FROM k WHERE tier = 0 AND NOT {_IS.format(1)}")
    return (
        f"WITH {''.join(f'of_{share} ({columns}) AS ({{}}), ' for share in samples)}"
        f"s (share) AS MATERIALIZED (SELECT {f'CASE {chr(32).join(tried)} ELSE 1 END' if tried else 1}), "
        f"k ({columns}) AS MATERIALIZED (SELECT * FROM ({{}}) AS h{''.join(of_samples)}) {' UNION ALL '.join(asked)}",
        *[*samples.values(), entire, *apart],
    )


def _at_hand(kind: Kind, node: Node, tiers: Sequence[Tier]) -> Case:
    """Return the first of `tiers` that a row is in, of those whose words are read with it; else the last."""
    *before, _last = enumerate(tiers)
    cases = list[When]()
    for tier, (parts, by_marks) in before:
        if parts in kind.at_hand:
            question = Question(node, parts, by_marks, in_one=True)
            # A name of another table is a title: who answers by it does so in the first of these.
            answers = kind.answers(question) if parts == TIERS[0] else Q(search_words__answers=question)
            cases.append(When(answers, then=Value(tier)))
    return Case(*cases, default=Value(len(before)), output_field=IntegerField())


def _placed(
    among: Among, node: Node, at: datetime, tiers: Sequence[Tier], hits: int
) -> tuple[str, list[QuerySet[Any]]]:
    """Return SQL for the tier of a row of `k`, which knows its tier by the words at hand, and what it asks for.

    Words that are kept apart are asked by their index, and only where `hits` rows do not come before them anyway.
    """
    cases, apart = list[str](), list[QuerySet[Any]]()
    for tier, (parts, by_marks) in enumerate(tiers[:-1]):
        if parts in among.kind.at_hand:
            cases.append(f"WHEN tier = {tier} THEN tier")
            continue
        if not apart:
            cases.append(f"WHEN (SELECT count(*) FROM k WHERE tier < {tier}) >= {hits} THEN tier")
        cases.append(f"WHEN id IN ({{}}) THEN {tier}")
        apart.append(among.answering(Question(node, parts, by_marks), at).values("pk"))
    return f"CASE {' '.join(cases)} ELSE tier END" if apart else "tier", apart


def walking(
    among: Among, node: Node, at: datetime, parts: str, by_marks: bool, tier: int, wanted: int, share: int = 1
) -> Form:
    """Those of the newest rows that answer. The rows are read in their order, and no further than needed.

    With a `share` none are read where that sample has none that answers so, as far as that is at hand: the few that
    there may be are found by sorting.
    """
    kind, year = among.kind, among.narrowing.year
    far = 1 if wanted <= SHOWN + 1 else 2  # of pages further on ten times as much is wanted, among much else
    answers = ExpressionWrapper(kind.answers(Question(node, parts, by_marks, in_one=True)), output_field=BooleanField())
    rows, sample, sampled = among.rows(at), list[QuerySet[Any]](), ""
    if share > 1 and parts in kind.at_hand:
        # FILTER and not WHERE, by which a planner would find all that answer so, and not the sample.
        sampled = "s (number) AS MATERIALIZED (SELECT count(*) FILTER (WHERE answers) FROM ({}) AS h), "
        sample = [
            among.answering(Question(node, share=share, in_one=True), at)
            .annotate(answers=answers)
            .values_list("pk", "answers")
        ]
        rows = rows.filter(RawSQL("(SELECT number FROM s) > 0", (), BooleanField()))
    rows = rows.filter(kind.reached(year)) if kind.reached and year is not None else rows
    rows = _told(among, rows.annotate(answers=answers).order_by(*kind.order))
    return (
        f"WITH {sampled}k (id, moment, key, answers) AS ({{}}) "
        f"SELECT {tier}, {among.place}, id, moment FROM k WHERE answers ORDER BY {_order(kind)} LIMIT {wanted}",
        *[*sample, rows.values_list("pk", "moment", "key", "answers")[: kind.windows[TIERS.index(parts)] * far]],
    )


def sorting(among: Among, node: Node, at: datetime, parts: str, by_marks: bool, tier: int, wanted: int) -> Form:
    """The newest of all that answer. They are found before they are put in order (hence MATERIALIZED).

    A planner that expects an answer soon walks the rows of a large table in order, and reads them all where there is
    none.
    """
    rows = _told(among, among.answering(Question(node, parts, by_marks), at))
    return (
        "WITH k (id, moment, key) AS MATERIALIZED ({}) "
        f"SELECT {tier}, {among.place}, id, moment FROM k ORDER BY {_order(among.kind)} LIMIT {wanted}",
        rows.values_list("pk", "moment", "key"),
    )


def _told(among: Among, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(moment=among.kind.moment, key=F(among.kind.order[0].removeprefix("-")))


def _order(kind: Kind) -> str:
    return "key DESC, id DESC" if kind.order[0].startswith("-") else "key, id"


def _keys(kind: Kind, names: Sequence[str]) -> dict[str, Any]:
    """Return what of a row is its key of each of `names`, by columns; those left out of which it may have several."""
    lookups: dict[str, Any] = {name: F(getattr(kind, name)) for name in names if not _several(kind, name)}
    if "year" in lookups:
        year = lookups["year"] if kind.has_years else ExtractYear(lookups["year"])
        lookups["year"] = Cast(year, IntegerField())
    return {f"by_{name}": lookup for name, lookup in lookups.items()}


def _several(kind: Kind, name: str) -> Any:
    """Return the field by which a thing has several keys of that name, None where it has one."""
    many = {field.name: field for field in kind.rows(HELD).model._meta.many_to_many}
    return many.get(getattr(kind, name))


def _counting(kind: Kind, names: Sequence[str]) -> list[str]:
    """Return SQL for how many rows of `k` there are of each key: (name, key, number, NULL).

    Of a sample the most frequent are told: there may be hundreds of keys, most of which it has once.
    """
    counted = []
    for name in names:
        key, source = f"by_{name}", "k"
        if field := _several(kind, name):
            key = f"t.{field.m2m_reverse_name()}"
            source = f"k JOIN {field.m2m_db_table()} AS t ON t.{field.m2m_column_name()} = k.id"
        of_each = f"SELECT {key} AS key, count(*) AS number FROM {source} WHERE {key} IS NOT NULL GROUP BY {key}"
        if kind.shares:
            of_each += f" ORDER BY 2 DESC, 1 LIMIT (SELECT CASE share WHEN 1 THEN {_ALL} ELSE {TOLD} END FROM s)"
        counted.append(f"SELECT '{name}', key, number, NULL FROM ({of_each}) AS c")
    return counted

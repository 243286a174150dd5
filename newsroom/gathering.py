"""What a kind of things is asked of a search: SQL around queries.

How many of a kind answer is told by the smallest sample that has enough of them, and counted where none has. So what
stands in nearly every row costs no more than what stands in few.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, ExpressionWrapper, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, ExtractYear

from newsroom.findable import KINDS, SHOWN, Kind, Narrowing
from newsroom.fulltext import SHARES, Node, Question

COUNTED = 500  # beyond, an answer is counted no further
# So many in a sample of that share are some fifteen hundred in all, or more where the sample is a small one: never so
# few as are counted. And they are enough to tell how the others are spread. Each row of fewer is read.
ENOUGH = {4096: 32, 512: 32, 64: 24}
TIERS = ("A", "AB", "ABC")  # parts, as `Question` has them
HELD = datetime(9990, 1, 1, tzinfo=UTC)  # in a statement that is kept, in the place of the moment it is asked at


class Among(NamedTuple):
    """A kind of things, by its place in `KINDS`, and its rows under `narrowing`.

    Where far more answer than are counted, they are not read: `share` names the sample that tells of them. It is 1
    elsewhere.
    """

    place: int
    narrowing: Narrowing
    share: int = 1

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

_READ = ("tier", "pk", "moment", "key")
_IS_ALL = RawSQL("(SELECT share FROM s) = 1", (), BooleanField())  # else nothing of it is read


def gathering(among: Among, node: Node, at: datetime, tiers: Sequence[Tier], hits: int, names: Sequence[str]) -> Form:
    """Rows of (what, key, number, moment): the share of the smallest sample that has enough of what answers, or 1.

    Where it is 1, there is with it how many answer, the first of them, and how many are of which key. Each row that
    answers is read once.
    """
    kind, keys, shares = among.kind, _keys(among.kind, names), SHARES if among.kind.is_sampled else ()
    tried = " ".join(f"WHEN (SELECT count(*) FROM ({{}}) AS k) >= {ENOUGH[share]} THEN {share}" for share in shares)
    samples = [among.answering(Question(node, share=share), at).values_list("pk")[: ENOUGH[share]] for share in shares]
    rows = _told(among, among.answering(Question(node, *tiers[-1]), at).filter(_IS_ALL))
    tier = _at_hand(kind, node, tiers if hits else tiers[-1:])
    read = rows.annotate(tier=tier, **keys).values_list(*_READ, *keys)
    asked = ["SELECT 'share', share, (SELECT count(*) FROM k), NULL FROM s", *_counting(kind, names)]
    apart: list[QuerySet[Any]] = []
    if hits:
        placed, apart = _placed(among, node, at, tiers, hits)
        first = f"SELECT {placed} AS tier, id, moment FROM k ORDER BY 1, {_order(kind)} LIMIT {hits}"
        asked.insert(0, f"SELECT 'hit', tier, id, moment FROM ({first}) AS h")  # whose moment says of which type it is
    columns = ", ".join(["tier", "id", "moment", "key", *keys])
    return (
        f"WITH s (share) AS MATERIALIZED (SELECT {f'CASE {tried} ELSE 1 END' if tried else 1}), "
        f"k ({columns}) AS MATERIALIZED ({{}}) {' UNION ALL '.join(asked)}",
        *samples,
        read if hits or names else read[: COUNTED + 1],
        *apart,
    )


def _at_hand(kind: Kind, node: Node, tiers: Sequence[Tier]) -> Case:
    """Return the first of `tiers` that a row is in, of those whose words are read with it; else the last."""
    *before, _last = enumerate(tiers)
    cases = [
        When(kind.answers(Question(node, parts, by_marks)), then=Value(tier))
        for tier, (parts, by_marks) in before
        if parts in kind.at_hand
    ]
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


def sampling(among: Among, node: Node, at: datetime, names: Sequence[str]) -> Form:
    """How many there are of each key in a sample."""
    keys = _keys(among.kind, names)
    rows = among.answering(Question(node, share=among.share), at).annotate(**keys)
    counted = " UNION ALL ".join(_counting(among.kind, names))
    return f"WITH k ({', '.join(['id', *keys])}) AS MATERIALIZED ({{}}) {counted}", rows.values_list("pk", *keys)


def walking(among: Among, node: Node, at: datetime, parts: str, by_marks: bool, tier: int, wanted: int) -> Form:
    """Those of the newest rows that answer. The rows are read in their order, and no further than needed.

    None are read where the sample has none that answers so: the few that there may be are found by sorting.
    """
    kind, year = among.kind, among.narrowing.year
    far = 1 if wanted <= SHOWN + 1 else 2  # of pages further on ten times as much is wanted, among much else
    answers = ExpressionWrapper(kind.answers(Question(node, parts, by_marks)), output_field=BooleanField())
    is_so = answers if parts in kind.at_hand else Value(True)
    sample = among.answering(Question(node, share=among.share), at).annotate(answers=is_so)
    rows = among.rows(at).filter(RawSQL("(SELECT number FROM s) > 0", (), BooleanField()))
    rows = rows.filter(kind.reached(year)) if kind.reached and year is not None else rows
    rows = _told(among, rows.annotate(answers=answers).order_by(*kind.order))
    return (
        # FILTER and not WHERE, by which a planner would find all that answer so, and not the sample.
        "WITH s (number) AS MATERIALIZED (SELECT count(*) FILTER (WHERE answers) FROM ({}) AS h), "
        "k (id, moment, key, answers) AS ({}) "
        f"SELECT {tier}, {among.place}, id, moment FROM k WHERE answers ORDER BY {_order(kind)} LIMIT {wanted}",
        sample.values_list("pk", "answers"),
        rows.values_list("pk", "moment", "key", "answers")[: kind.windows[TIERS.index(parts)] * far],
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
    """Return SQL for how many rows of `k` there are of each key: (name, key, number, NULL)."""
    counted = []
    for name in names:
        key, source = f"by_{name}", "k"
        if field := _several(kind, name):
            key = f"t.{field.m2m_reverse_name()}"
            source = f"k JOIN {field.m2m_db_table()} AS t ON t.{field.m2m_column_name()} = k.id"
        counted.append(f"SELECT '{name}', {key}, count(*), NULL FROM {source} WHERE {key} IS NOT NULL GROUP BY {key}")
    return counted

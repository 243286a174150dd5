"""What the database is asked of a search: each kind by itself, all kinds in one go.

How many of a kind answer is told by the smallest sample that has enough of them, and counted where none has. So what
stands in nearly every row costs no more than what stands in few.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, ExtractYear
from django.utils import timezone

from newsroom.findable import KINDS, NO_DAY, Kind, Narrowing
from newsroom.fulltext import ASKED, SHARES, Node, Phrase, Question, Said, is_dear
from newsroom.postgresql.repeated import CHANGING, TOGETHER

COUNTED = 1000  # beyond, an answer is counted no further
# So many in a sample of that share are some three thousand in all, or more where the sample is a small one: never so
# few as are counted. And they are enough to tell how the others are spread.
ENOUGH = {4096: 32, 512: 32, 64: 48}
# Of what is found in thousands the newest are looked for among the newest rows, before all that is found is put in
# order: by title among `Kind.window` of them. A row costs more where all of its words are read.
TIERS = {"A": 1, "AB": 2, "ABC": 6}


class Among(NamedTuple):
    """A kind of things, by its place in `KINDS`, and how many of its rows under `narrowing` are found.

    Where there are thousands, it is not known how many: `share` names the sample that tells of them.
    """

    place: int
    narrowing: Narrowing
    found: int | None = None
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


class Found(NamedTuple):
    """One thing that answers: in which tier, of which kind, by which key, and where it stands among its like."""

    tier: int
    place: int
    pk: int
    moment: Any


Tier = tuple[str, bool]  # which parts, by marks or without


def count(kinds: Iterable[Among], node: Node) -> list[Among]:
    """Return those of `kinds` of which something answers `node`, with how much of it. One statement."""
    asked = [(among, statement) for among in kinds if (statement := _statement(_counting, among, node)) is not None]
    counted = zip(asked, _ask([statement for _among, statement in asked]), strict=True)
    return [
        among._replace(share=-found) if found < 0 else among._replace(found=found)
        for (among, _asked), ((found,),) in counted
        if found
    ]


def first(kinds: Sequence[Among], node: Node, tiers: Sequence[Tier], wanted: int) -> list[Found]:
    """Return the first `wanted` of what answers `node`, in their order: of the first tier committees, then the newest.

    Whatever is found in small numbers is put into its tier at once. What is found in thousands is asked tier by tier,
    until there is enough. A statement for each tier; two where the newest rows hold too few.
    """
    many = [among for among in kinds if among.found is None]
    few = [among for among in kinds if among.found is not None]
    found: dict[tuple[int, int], Found] = {}
    for tier, (parts, by_marks) in enumerate(tiers):
        looked = [_statement(_walking, among, node, parts, by_marks, tier, wanted) for among in many]
        rows = _ask([*(_statement(_ranking, among, node, tuple(tiers), wanted) for among in few), *looked])
        lacking = [among for among, those in zip(many, rows[len(few) :], strict=True) if len(those) < wanted]
        rows += _ask([_statement(_sorting, among, node, parts, by_marks, tier, wanted) for among in lacking])
        for row in (Found(*row) for those in rows for row in those):
            found.setdefault((row.place, row.pk), row)
        few = []
        if not many or sum(row.tier <= tier for row in found.values()) >= wanted:
            break
    ordered = sorted(found.values(), key=lambda row: (str(row.moment or ""), row.pk), reverse=True)
    return sorted(ordered, key=lambda row: (row.tier, KINDS[row.place].moment is not NO_DAY))[:wanted]


def spread(asked: Sequence[tuple[Among, tuple[str, ...]]], node: Node) -> list[tuple[str, int, int, int]]:
    """Return what the rows that answer `node` are spread over: (name, share, key, how many rows of such a sample).

    `asked` says of which kinds it is wanted, and over the keys of which names: two at most. One statement.
    """
    rows = _ask([_statement(_spreading, among, node, names) for among, names in asked])
    return [
        (name, among.share, int(key), count)
        for (among, names), those in zip(asked, rows, strict=True)
        for *keys, count in those
        for name, key in zip(names, keys, strict=True)
        if key is not None
    ]


# --- What a kind is asked: SQL around queries --------------------------------------------------

Form = tuple[str, *tuple[QuerySet[Any], ...]]


def _counting(among: Among, node: Node, at: datetime) -> Form:
    """One number: how many answer, or below zero the share of the smallest sample that has enough of them."""

    def keys(share: int, most: int) -> QuerySet[Any]:
        return among.answering(Question(node, share=share), at).values_list("pk")[:most]

    tried = [f"WHEN (SELECT count(*) FROM ({{}}) AS k) >= {ENOUGH[share]} THEN -{share}" for share in SHARES]
    return (
        f"SELECT CASE {' '.join(tried)} ELSE (SELECT count(*) FROM ({{}}) AS k) END",
        *[*(keys(share, ENOUGH[share]) for share in SHARES), keys(1, COUNTED + 1)],
    )


def _walking(among: Among, node: Node, at: datetime, parts: str, by_marks: bool, tier: int, wanted: int) -> Form:
    """Those of the newest rows that answer. The rows are read in their order, and no further than needed."""
    kind = among.kind
    answers = ExpressionWrapper(kind.answers(Question(node, parts, by_marks)), output_field=BooleanField())
    rows = _told(among, among.rows(at).order_by(*kind.order)).annotate(answers=answers)
    return (
        "WITH k (id, moment, key, answers) AS ({}) "
        f"SELECT {tier}, {among.place}, id, moment FROM k WHERE answers ORDER BY {_order(kind)} LIMIT {wanted}",
        rows.values_list("pk", "moment", "key", "answers")[: kind.window // TIERS[parts]],
    )


def _sorting(among: Among, node: Node, at: datetime, parts: str, by_marks: bool, tier: int, wanted: int) -> Form:
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


def _ranking(among: Among, node: Node, at: datetime, tiers: Sequence[Tier], wanted: int) -> Form:
    """All that answer, each in the first of its tiers.

    A title is at hand with its row; all the words of a row are not, so those that have the words anywhere are found
    apart, by their index.
    """
    *before, last = (Question(node, parts, by_marks) for parts, by_marks in tiers)
    cases = [
        When(
            Q(pk__in=among.answering(question, at).values("pk"))
            if question.parts == "ABC"
            else among.kind.answers(question),
            then=Value(tier),
        )
        for tier, question in enumerate(before)
    ]
    tier = Case(*cases, default=Value(len(before)), output_field=IntegerField())
    rows = _told(among, among.answering(last, at)).annotate(tier=tier)
    return (
        "WITH k (tier, id, moment, key) AS MATERIALIZED ({}) "
        f"SELECT tier, {among.place}, id, moment FROM k ORDER BY tier, {_order(among.kind)} LIMIT {wanted}",
        rows.values_list("tier", "pk", "moment", "key"),
    )


def _spreading(among: Among, node: Node, at: datetime, names: Sequence[str]) -> Form:
    """How many there are of each key, or of each two keys."""
    keys = {f"by_{name}": _key(name, getattr(among.kind, name)) for name in names}
    rows = among.answering(Question(node, share=among.share), at).annotate(**keys)
    by = ", ".join(keys)
    return f"SELECT {by}, count(*) FROM ({{}}) AS k GROUP BY {by}", rows.values_list(*keys)


def _told(among: Among, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(moment=among.kind.moment, key=F(among.kind.order[0].removeprefix("-")))


def _order(kind: Kind) -> str:
    return "key DESC, id DESC" if kind.order[0].startswith("-") else "key, id"


def _key(name: str, lookup: str) -> Any:
    if not lookup:
        return Cast(Value(None), IntegerField())
    return ExtractYear(lookup) if name == "year" else F(lookup)


# --- The way to the database -------------------------------------------------------------------

Statement = tuple[str, list[Any]]
_kept: dict[Hashable, Statement] = {}
_HELD = datetime(9990, 1, 1, tzinfo=UTC)  # in a statement that is kept, in the place of the moment it is asked at

# The plan of a statement that is kept is made once, for whatever words it will be asked: by the indexes of words, and
# of few rows, to each of which its conference is looked up. It is never right to read the whole of a large table.
_PLANNED = ("SET LOCAL enable_hashjoin = off", "SET LOCAL enable_mergejoin = off")


def _statement(form: Callable[..., Form], among: Among, node: Node, *how: Any) -> Statement | None:
    """Return what `form` makes of its arguments; None where nothing can answer it.

    What Django makes of a question is kept for others of its shape, with places for their words.
    """
    if among.narrowing.is_used or (is_dear(node) and not isinstance(node, Phrase)):
        return _compiled(form(among, node, timezone.now(), *how))
    held, now = map(connection.ops.adapt_datetimefield_value, (_HELD, timezone.now()))
    key = (connection.vendor, form, among.place, among.share, is_dear(node), *how)
    if key not in _kept:
        compiled = _compiled(form(among, node, _HELD, *how))
        assert compiled is not None  # every kind has rows
        sql, params = _kept[key] = compiled
        CHANGING[sql] = tuple((at,) for at, each in enumerate(params) if isinstance(each, Said) or each == held)
    sql, params = _kept[key]
    said: dict[Question, list[str]] = {}
    for each in params:
        if isinstance(each, Said) and each.question not in said:
            said[each.question] = ASKED[connection.vendor](replace(each.question, node=node))[1]
    return sql, [
        said[each.question][each.place] if isinstance(each, Said) else now if each == held else each for each in params
    ]


def _compiled(form: Form) -> Statement | None:
    select, *queries = form
    try:
        compiled = [query.query.sql_with_params() for query in queries]
    except EmptyResultSet:
        return None
    return select.format(*(sql for sql, _params in compiled)), [each for _sql, params in compiled for each in params]


def _ask(statements: Sequence[Statement | None]) -> list[list[Any]]:
    """Return the rows of each of `statements`, none where there is none: one way to the database, not six."""
    asked = [statement for statement in statements if statement is not None]
    rows = iter(_together(asked) if connection.vendor == "postgresql" else map(_alone, asked))
    return [[] if statement is None else next(rows) for statement in statements]


def _together(asked: Sequence[Statement]) -> Iterator[list[Any]]:
    if not asked:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            TOGETHER.join([*_PLANNED, *(sql for sql, _params in asked)]),
            [each for _sql, params in asked for each in params],
        )
        has_more = True
        while has_more:
            if cursor.description is not None:
                yield cursor.fetchall()
            has_more = cursor.nextset()


def _alone(asked: Statement) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        return list(cursor.fetchall())

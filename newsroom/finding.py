"""What the database is asked of a search: each kind by itself, all kinds in one go."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from newsroom.findable import KINDS, NAMES, NO_DAY
from newsroom.fulltext import ASKED, AllOf, Node, Phrase, Question, Said, is_dear
from newsroom.gathering import HELD, Among, Form, Tier, gathering, sampling, sorting, walking
from newsroom.postgresql.repeated import CHANGING, TOGETHER


class Found(NamedTuple):
    """One thing that answers: in which tier, of which kind, by which key, and where it stands among its like."""

    tier: int
    place: int
    pk: int
    moment: Any


class Look(NamedTuple):
    """What is wanted of a kind beside how many answer: how many of the first, and over the keys of which `names`."""

    among: Among
    hits: int = 0
    names: tuple[str, ...] = ()


class Seen(NamedTuple):
    """What was seen of a kind: how many answer, the first of them, and how many are of which key by its name.

    Of what is far more than is counted nothing is seen but that it is there.
    """

    among: Among
    names: tuple[str, ...]  # of keys, as they were wanted
    number: int
    hits: list[Found]
    keys: list[tuple[str, int, int]]

    @property
    def is_many(self) -> bool:
        return self.among.share > 1


def gather(looks: Iterable[Look], node: Node, tiers: Sequence[Tier] = (("ABC", False),)) -> list[Seen]:
    """Return what is seen of `looks`, in their order; those left out of which nothing answers. One way to the database.

    Each row that answers is read once, whatever is wanted of it.
    """
    asked = [*looks]
    statements = [_statement(gathering, look.among, node, tuple(tiers), look.hits, look.names) for look in asked]
    seen = []
    for look, rows in zip(asked, _ask(statements), strict=True):
        share, count = next(((key, number) for what, key, number, _moment in rows if what == "share"), (1, 0))
        if count or share > 1:
            hits = [Found(key, look.among.place, pk, moment) for what, key, pk, moment in rows if what == "hit"]
            keys = [(what, key, number) for what, key, number, _moment in rows if what in NAMES]
            seen.append(Seen(look.among._replace(share=share), look.names, count, hits, keys))
    return seen


def first(seen: Sequence[Seen], node: Node, tiers: Sequence[Tier], wanted: int) -> list[Found]:
    """Return the first `wanted` of what answers `node`, in their order: of the first tier committees, then the newest.

    What was seen has been put into its tier. What is there in great numbers is asked tier by tier, until there is
    enough: a way to the database for each tier; two where the newest rows hold too few.
    """
    many = [each.among for each in seen if each.is_many]
    found = {(row.place, row.pk): row for each in seen for row in each.hits}
    for tier, (parts, by_marks) in enumerate(tiers):
        if not many or sum(row.tier < tier for row in found.values()) >= wanted:
            break
        rows = _ask([_statement(walking, among, node, parts, by_marks, tier, wanted) for among in many])
        lacking = [among for among, those in zip(many, rows, strict=True) if len(those) < wanted]
        rows += _ask([_statement(sorting, among, node, parts, by_marks, tier, wanted) for among in lacking])
        for row in (Found(*row) for those in rows for row in those):
            found.setdefault((row.place, row.pk), row)
    ordered = sorted(found.values(), key=lambda row: (str(row.moment or ""), row.pk), reverse=True)
    return sorted(ordered, key=lambda row: (row.tier, KINDS[row.place].moment is not NO_DAY))[:wanted]


def spread(seen: Sequence[Seen], node: Node) -> list[tuple[str, int, int, int]]:
    """Return how many rows of which key answer: (name, share of the rows that were looked at, key, how many).

    What is there in great numbers is looked at in a sample: one way to the database.
    """
    many = [each for each in seen if each.is_many and each.names]
    sampled = _ask([_statement(sampling, each.among, node, each.names) for each in many])
    keys = [(each.among.share, *row[:3]) for each, rows in zip(many, sampled, strict=True) for row in rows]
    keys += [(1, *key) for each in seen for key in each.keys]
    return [(name, share, key, number) for share, name, key, number in keys]


# --- The way to the database -------------------------------------------------------------------

Statement = tuple[str, list[Any]]
_kept: dict[Hashable, Statement] = {}

# The plan of a statement that is kept is made once, for whatever words it will be asked: by the indexes of words, and
# of few rows, to each of which its conference is looked up. It is never right to read the whole of a large table.
_PLANNED = ("SET LOCAL enable_hashjoin = off", "SET LOCAL enable_mergejoin = off")


def _statement(form: Callable[..., Form], among: Among, node: Node, *how: Any) -> Statement | None:
    """Return what `form` makes of its arguments; None where nothing can answer it.

    What Django makes of a question is kept for others of its shape, with places for their words.
    """
    if among.narrowing.is_used or (dear := _dear(node)) is None:
        return _compiled(form(among, node, timezone.now(), *how))
    held, now = map(connection.ops.adapt_datetimefield_value, (HELD, timezone.now()))
    key = (connection.vendor, form, among.place, among.share, dear, *how)
    if key not in _kept:
        compiled = _compiled(form(among, node, HELD, *how))
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


def _dear(node: Node) -> int | None:
    """Return how many long phrases `node` has: what asks of as many is alike. None where it is like none."""
    if isinstance(node, AllOf) and all(isinstance(each, Phrase) for each in node.of):
        return sum(map(is_dear, node.of))
    return int(is_dear(node)) if isinstance(node, Phrase) or not is_dear(node) else None


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

"""What the database is asked of a search: each kind by itself, all kinds in one go."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from newsroom.findable import KINDS, NO_DAY, Narrowing
from newsroom.fulltext import ASKED, AllOf, Node, Phrase, Question, Said, is_dear
from newsroom.gathering import HELD, TIERS, Among, Form, Tier, gathering, sorting, walking
from newsroom.postgresql.repeated import CHANGING, TOGETHER

FEW = 1000  # so many are found, and put in order, for as much as it costs to look through the newest


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

    Where far more answer than are counted, all of this is said of one in `share`; and in the place of the first of
    them, how many are of the first tier.
    """

    among: Among
    share: int
    number: int
    hits: list[Found]
    of_first: int
    keys: list[tuple[str, int, int]]

    @property
    def is_many(self) -> bool:
        return self.share > 1

    def has_few(self, tier: int) -> bool:
        """Return whether it is known of a tier, as it is of the first alone, that few are of it."""
        return tier == 0 and self.of_first * self.share <= FEW


def gather(looks: Sequence[Look], asking: "Asking", tiers: Sequence[Tier] = (("ABC", False),)) -> list[Seen]:
    """Return what is seen of `looks`, in their order; those left out of which nothing answers. One way to the database.

    Each row that answers is read once, whatever is wanted of it.
    """
    statements = [asking.statement(gathering, look.among, tuple(tiers), look.hits, look.names) for look in looks]
    seen = []
    for look, rows in zip(looks, _ask(statements), strict=True):
        told = {what: list(those) for what, those in groupby(rows, key=itemgetter(0))}
        for _what, share, count, _moment in told.get("share", ()):
            hits = [Found(tier, look.among.place, pk, moment) for _what, tier, pk, moment in told.get("hit", ())]
            of_first = sum(number for _what, _tier, number, _moment in told.get("first", ()))
            keys = [row[:3] for name in look.names for row in told.get(name, ())]
            seen += [Seen(look.among, share, count, hits, of_first, keys)] if count else []
    return seen


def further(seen: Sequence[Seen], asking: "Asking", tiers: Sequence[Tier], wanted: int) -> list[Found]:
    """Return the first `wanted` of what answers, of what was `seen`.

    In their order: of the first tier committees, then the newest. What was seen has been put into its tier. What is
    there in great numbers is asked tier by tier, until there is enough: a way to the database for each tier; two where
    the newest rows hold too few. Of the first tier a sample has told where there are few: those are put in order.
    """
    many = [each for each in seen if each.is_many]
    found = {(row.place, row.pk): row for each in seen for row in each.hits}
    for tier, (parts, by_marks) in enumerate(tiers):
        if not many or sum(row.tier < tier for row in found.values()) >= wanted:
            break
        how = (parts, by_marks, tier, wanted)
        few = [each.among for each in many if each.has_few(tier)]
        others = [each for each in many if not each.has_few(tier)]
        walked = [asking.statement(walking, each.among, *how, each.share if tier else 1) for each in others]
        rows = _ask([*walked, *(asking.statement(sorting, among, *how) for among in few)])
        lacking = [each.among for each, those in zip(others, rows, strict=False) if len(those) < wanted]
        rows += _ask([asking.statement(sorting, among, *how) for among in lacking])
        for row in (Found(*row) for those in rows for row in those):
            found.setdefault((row.place, row.pk), row)
    ordered = sorted(found.values(), key=lambda row: (str(row.moment or ""), row.pk), reverse=True)
    ordered.sort(key=lambda row: (row.tier, KINDS[row.place].moment is not NO_DAY))
    return ordered[:wanted]


# --- The way to the database -------------------------------------------------------------------

Statement = tuple[str, list[Any]]
Slot = tuple[Any, ...]  # of a statement that is kept, where a value of its own is put in each time: see `_slot`
_kept: dict[Hashable, tuple[str, list[Any], dict[int, Slot]] | None] = {}
_NOW: Slot = ("now",)
_HELD = Narrowing(committee=2**61, category=2**61 + 1, year=9991)  # as `HELD`, in the place of what is chosen

# The plan of a statement that is kept is made once, for whatever words it will be asked: by the indexes of words, and
# of few rows, to each of which its conference is looked up. It is never right to read the whole of a large table, nor
# (hence the cost) of the index of all that is public, to know of some hundred rows whether they are.
_PLANNED = (
    "SET LOCAL enable_hashjoin = off",
    "SET LOCAL enable_mergejoin = off",
    "SET LOCAL cpu_index_tuple_cost = 0.1",
    "SET LOCAL effective_io_concurrency = 0",  # what lies in memory, as most of it does, need not be announced
)


class Asking(dict[Slot, Any]):
    """A question at one moment, for all the statements that ask it: what they have in each slot."""

    def __init__(self, node: Node) -> None:
        self.node, self.at, self._shape = node, timezone.now(), _shape(node)
        self[_NOW] = connection.ops.adapt_datetimefield_value(self.at)

    def __missing__(self, slot: Slot) -> Any:
        *how, _place = slot
        texts = ASKED[connection.vendor](Question(self.node, *how))[1]
        self.update({(*how, place): text for place, text in enumerate(texts)})
        return self[slot]

    def statement(self, form: Callable[..., Form], among: Among, *how: Any) -> Statement | None:
        """Return what `form` makes of its arguments; None where nothing can answer it.

        What Django makes of a question is kept for others of its shape, with slots for their words and for what is
        chosen. That of several choices at once is not: there are many shapes of it, and each is seldom asked.
        """
        chosen = among.narrowing.names
        if self._shape is None or len(chosen) > 1:
            return _compiled(form(among, self.node, self.at, *how))
        if chosen:
            self.update(_chosen(among.narrowing))
            held = replace(among.narrowing, **{name: getattr(_HELD, name) for name in chosen})
            among = among._replace(narrowing=held)
        key = (connection.vendor, form, among, self._shape, *how)
        if key not in _kept:
            _kept[key] = _slotted(_compiled(form(among, self.node, HELD, *how)), among.narrowing)
        if (kept := _kept[key]) is None:
            return None
        sql, params, slots = kept
        return sql, [self[slots[at]] if at in slots else each for at, each in enumerate(params)]


def _slotted(compiled: Statement | None, narrowing: Narrowing) -> tuple[str, list[Any], dict[int, Slot]] | None:
    """Return a statement of `HELD` and of what is held of `narrowing`, with the slots of its parameters."""
    if compiled is None:
        return None
    sql, params = compiled
    held = {value: slot for slot, value in _chosen(narrowing).items()}
    held[connection.ops.adapt_datetimefield_value(HELD)] = _NOW
    slots = {at: slot for at, each in enumerate(params) if (slot := _slot(each, held))}
    alike = tuple(tuple(at for at in slots if slots[at] == slot) for slot in dict.fromkeys(slots.values()))
    while CHANGING.setdefault(sql, alike) != alike:
        sql += " "  # in the same words another asks in two places for one thing, where this asks for two
    return sql, params, slots


def _slot(param: Any, held: dict[Any, Slot]) -> Slot | None:
    """Return the slot that `param` of a statement is in the place of: a text of the words, or a value that is held."""
    if isinstance(param, Said):
        asked = param.question
        return (asked.parts, asked.by_marks, 1, asked.in_one, param.place)  # of a sample the same is asked
    return held.get(param)


def _chosen(narrowing: Narrowing) -> dict[Slot, Any]:
    """Return what may stand in a statement for what is chosen: of a year also its ends, as Django writes them."""
    chosen: dict[Slot, Any] = {(name,): getattr(narrowing, name) for name in narrowing.names}
    if narrowing.year is not None:
        days = connection.ops.year_lookup_bounds_for_date_field(narrowing.year)
        moments = connection.ops.year_lookup_bounds_for_datetime_field(narrowing.year)
        chosen |= {("days", end): day for end, day in enumerate(days)}
        chosen |= {("moments", end): moment for end, moment in enumerate(moments)}
    return chosen


def _shape(node: Node) -> tuple[int, ...] | None:
    """Return how many long phrases `node` has, and how many texts it is asked by: what has as many is alike.

    None where it is like none.
    """
    if isinstance(node, AllOf) and all(isinstance(each, Phrase) for each in node.of):
        dear = sum(map(is_dear, node.of))
    elif isinstance(node, Phrase) or not is_dear(node):
        dear = int(is_dear(node))
    else:
        return None
    return dear, *(len(ASKED[connection.vendor](Question(node, parts))[1]) for parts in TIERS)


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


def _together(asked: Sequence[Statement]) -> list[list[Any]]:
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            TOGETHER.join([*_PLANNED, *(sql for sql, _params in asked)]),
            [each for _sql, params in asked for each in params],
        )
        with connection.wrap_database_errors:  # once, as newsroom.compiled does
            return [answer.fetchall() for answer in islice(cursor.cursor.results(), len(_PLANNED), None)]


def _alone(asked: Statement) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        return list(cursor.fetchall())

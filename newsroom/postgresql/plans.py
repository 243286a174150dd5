"""Plans that PostgreSQL keeps: a query of many small parts takes it three times as long to plan as to answer.

A statement that is asked again and again is told to it once by each connection (PREPARE), with places for what
changes in it, and is asked by its name from then on. Whoever asks sees nothing of this: not Django's wrappers of
statements either, which go by what a statement says.
"""

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.postgresql.base import CursorMixin
from psycopg import ClientCursor
from psycopg.adapt import Dumper

from newsroom.postgresql.repeated import CHANGING, TOGETHER

# Left to itself PostgreSQL plans some of them anew each time, because it guesses that a plan for any values costs more.
KEEPS_PLANS = "-c plan_cache_mode=force_generic_plan"  # an option of a connection


class PlanningCursor(CursorMixin, ClientCursor[Any]):
    """A cursor of a connection that lasts, which asks what is kept by its name."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        pieces = query.split(TOGETHER) if type(query) is str else []
        if not any(piece in CHANGING for piece in pieces):
            return super().execute(query, params, **how)
        given, asked = iter(params), list[str]()
        for piece in pieces:
            values = [next(given) for _hole in range(piece.count("%s"))]
            asked.append(self._by_name(piece, values, asked) if piece in CHANGING else self.mogrify(piece, values))
        return super().execute(TOGETHER.join(asked), **how)

    def _by_name(self, query: str, params: Sequence[Any], before: Sequence[str]) -> str:
        """Return what asks `query` by its name, which is told to the database first where it is new to it.

        That is told after `before` too, which may say how long to wait for a lock.
        """
        places = CHANGING[query]
        names = _names.setdefault(self.connection, {})
        if query not in names:
            numbers = {place: _Place(f"${number}") for number, place in enumerate(places, start=1)}
            self.adapters.register_dumper(_Place, _PlaceDumper)
            text = self.mogrify(query, [numbers.get(place, param) for place, param in enumerate(params)])
            super().execute(TOGETHER.join([*before, f"PREPARE kept_{len(names)} AS {text}"]))
            names[query] = f"kept_{len(names)}"
        wanted = [params[place] for place in places]
        given = f"({', '.join(['%s'] * len(wanted))})" if wanted else ""
        return self.mogrify(f"EXECUTE {names[query]}{given}", wanted)


_names: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()  # by which each connection knows its statements


class _Place(str):
    """The place of a parameter in a statement that is told to the database: $1."""


class _PlaceDumper(Dumper):
    def dump(self, obj: Any) -> bytes:
        return str(obj).encode()

    quote = dump

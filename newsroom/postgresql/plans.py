"""Plans that PostgreSQL keeps: a query of many small parts takes it three times as long to plan as to answer.

A statement that is asked again and again is told to it once by each connection (PREPARE), with places for what
changes in it, and is asked by its name from then on. Whoever asks sees nothing of this: not Django's wrappers of
statements either, which go by what a statement says.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.postgresql.base import CursorMixin
from psycopg import ClientCursor
from psycopg.adapt import Dumper
from psycopg.pq import Escaping

from newsroom.postgresql.repeated import CHANGING, TOGETHER

# Options of a connection. Left to itself PostgreSQL plans some of them anew each time, because it guesses that a plan
# for any values costs more. And a plan for any values expects so much of a large table that it starts two processes to
# help: that alone takes longer than a page may.
KEEPS_PLANS = "-c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0"

_LONGEST = 100_000  # letters: what is longer saves rows by the hundred, and hardly comes again


@lru_cache(maxsize=200)  # a message is some thousand letters, and each way through it would cost as much as to send it
def _pieces(query: str) -> tuple[tuple[str, int], ...]:
    """Return the statements of a message, each with how many values it takes."""
    return tuple((piece, piece.count("%s")) for piece in query.split(TOGETHER))


class PlanningCursor(CursorMixin, ClientCursor[Any]):
    """A cursor of a connection that lasts, which asks what is kept by its name."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        pieces = _pieces(query) if type(query) is str and len(query) <= _LONGEST else ()
        if not any(piece in CHANGING for piece, _holes in pieces):
            return super().execute(query, params, **how)
        names, asked, around, left = self._names, list[str](), list[str](), list(params)
        for piece, holes in pieces:
            values, left = left[:holes], left[holes:]
            if piece in CHANGING:
                name = names.get(piece) or self._told(piece, values, around)
                wanted = [self._written(values[places[0]]) for places in CHANGING[piece]]
                asked.append(f"EXECUTE {name}({', '.join(wanted)})" if wanted else f"EXECUTE {name}")
            else:
                around.append(self.mogrify(piece, values) if "%" in piece else piece)
                asked.append(around[-1])
        return super().execute(TOGETHER.join(asked), **how)

    @property
    def _names(self) -> dict[str, str]:
        return _names_by_connection.setdefault(self.connection, {})

    def _written(self, value: Any) -> str:
        """Return `value` as it stands in a statement: what is common without asking psycopg how that is."""
        kind = type(value)
        if kind is int:
            return str(value)
        if kind is str and "\0" not in value:  # which psycopg refuses, and libpq would end the text at
            return Escaping(self.connection.pgconn).escape_literal(value.encode()).decode()
        return f"'{value.isoformat()}'" if kind in {datetime, date} else self.mogrify("%s", [value])

    def _told(self, query: str, params: Sequence[Any], around: Sequence[str]) -> str:
        """Tell the database a `query` that is new to it, and return its name.

        What is asked `around` it, which may say how long to wait for a lock, is asked before that too.
        """
        name = f"kept_{len(self._names)}"
        numbers = {place: _Place(f"${n}") for n, places in enumerate(CHANGING[query], start=1) for place in places}
        self.adapters.register_dumper(_Place, _PlaceDumper)
        text = self.mogrify(query, [numbers.get(place, param) for place, param in enumerate(params)])
        super().execute(TOGETHER.join([*around, f"PREPARE {name} AS {text}"]))
        self._names[query] = name
        return name


# By which each connection knows its statements.
_names_by_connection: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


class _Place(str):
    """The place of a parameter in a statement that is told to the database: $1."""


class _PlaceDumper(Dumper):
    def dump(self, obj: Any) -> bytes:
        return str(obj).encode()

    quote = dump

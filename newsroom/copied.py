"""Columns that the database copies from the row to which a foreign key leads, whichever door either comes through.

What is asked for by way of another table cannot be read off one index: the list of what one committee awarded walks
through the awards of all. Beside the foreign key there is an index for it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from newsroom.triggers import drop, existing

_DECLARED: list["Copied"] = []


@dataclass(frozen=True)
class Copied:
    """`columns` of `table` hold what the row of `source` says to which `key` leads, and NULL where it leads to none.

    By each column stands what it holds, in SQL over a `{row}` of the source, or one for each engine; `of` are the
    columns of the source that this is made of. The key leads to the row that has it in its column `at`; where that is
    not the row's own key there may be many, which all say the same, and it is still held when the last of them is
    gone. `name` is in the names of the triggers.
    """

    name: str
    table: str
    key: str
    source: str
    of: tuple[str, ...]
    columns: Mapping[str, str | Mapping[str, str]]
    at: str = "id"

    @property
    def _stems(self) -> tuple[str, str]:
        return f"{self.table}_{self.name}", f"{self.source}_{self.name}"

    def has(self, trigger: str) -> bool:
        """Return whether the trigger of that name is one of these, be it as an earlier version made it."""
        return trigger.startswith(self._stems)

    def triggers(self, engine: str) -> dict[str, tuple[str, ...]]:
        """Return the triggers by their names, and the statements that make each. A row may come before its source."""
        copying, giving = self._stems
        said = self._said(engine, "NEW")
        differ = " OR ".join(f"{column} IS DISTINCT FROM {value}" for column, value in said.items())
        held = ", ".join(f"{column} = {value}" for column, value in said.items())
        give = f"UPDATE {self.table} SET {held} WHERE {self.key} = NEW.{self.at} AND ({differ})"
        changes = f"UPDATE OF {', '.join(self.of)}"
        if engine == "postgresql":
            taken, into = self._taken(engine), ", ".join(f"NEW.{column}" for column in self.columns)
            take = f"SELECT {taken} INTO {into} {self._from('NEW.')}"
            return dict(
                [
                    _function(copying, f"{take}; RETURN NEW", f"BEFORE INSERT OR UPDATE ON {self.table}"),
                    _function(giving, f"{give}; RETURN NULL", f"AFTER INSERT OR {changes} ON {self.source}"),
                ]
            )
        take = f"{self._filling(engine, 'NEW.')} WHERE id = NEW.id"
        copies = f"UPDATE OF {', '.join([self.key, *self.columns])}"
        return dict(
            _trigger(f"{stem}_{event.split()[0].lower()}", f"AFTER {event} ON {table} BEGIN {action}; END")
            for stem, table, action, events in (
                (copying, self.table, take, ("INSERT", copies)),
                (giving, self.source, give, ("INSERT", changes)),
            )
            for event in events
        )

    def fill(self, engine: str) -> str:
        """Return the statement that makes all of it right."""
        return self._filling(engine, f"{self.table}.")

    def _filling(self, engine: str, row: str) -> str:
        found = f"SELECT {self._taken(engine)} {self._from(row)}"
        return f"UPDATE {self.table} SET ({', '.join(self.columns)}) = ({found})"

    def _from(self, row: str) -> str:
        return f"FROM {self.source} AS source WHERE source.{self.at} = {row}{self.key} LIMIT 1"

    def _taken(self, engine: str) -> str:
        return ", ".join(self._said(engine, "source").values())

    def _said(self, engine: str, row: str) -> dict[str, str]:
        of_engine = {name: said if isinstance(said, str) else said[engine] for name, said in self.columns.items()}
        return {column: said.format(row=row) for column, said in of_engine.items()}


def _function(stem: str, body: str, when: str) -> tuple[str, tuple[str, ...]]:
    name = _name(stem, f"{body} {when}")
    return name, (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$",
        f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def _trigger(stem: str, told: str) -> tuple[str, tuple[str, ...]]:
    name = _name(stem, told)
    return name, (f"CREATE TRIGGER {name} {told}",)


def _name(stem: str, told: str) -> str:
    """A name changes with what its trigger does: where that has changed it is made anew (`install`)."""
    return f"{stem}_{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def copied(declared: Copied) -> None:
    """Have the database keep the columns of `declared`, from the next migrate on."""
    _DECLARED.append(declared)


def is_ours(trigger: str) -> bool:
    """Return whether `install` makes the trigger of that name, and what it would have written."""
    return any(each.has(trigger) for each in _DECLARED)


def install(*, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """See to it that the columns are kept. Called after every migrate; does nothing where they are.

    Where a trigger is missing, or what it does has changed, all of them are set again, and the columns are filled in
    again for what was saved without them.
    """
    connection = connections[using]
    engine = connection.vendor
    with connection.cursor() as cursor:
        tables = {table.name for table in connection.introspection.get_table_list(cursor)}
        for each in _DECLARED:
            if not {each.table, each.source} <= tables or not _has(cursor, each.table, each.columns):
                continue  # the migration that brings them is still to come
            wanted = each.triggers(engine)
            there = existing(engine, cursor, each.has)
            if wanted.keys() == there.keys():
                continue
            drop(engine, cursor, there)
            for statements in wanted.values():
                for statement in statements:
                    cursor.execute(statement)
            cursor.execute(each.fill(engine))


def make_way(*, using: str = DEFAULT_DB_ALIAS, plan: Sequence[Any] = (), **signal: Any) -> None:
    """Take the triggers away before anything is migrated on SQLite. Called before every migrate.

    It makes a table anew to change one of its columns, and refuses while a trigger of another table reads it.
    """
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            drop(connection.vendor, cursor, existing(connection.vendor, cursor, is_ours))


def _has(cursor: Any, table: str, columns: Mapping[str, Any]) -> bool:
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    return columns.keys() <= {column[0] for column in cursor.description}

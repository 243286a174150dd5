"""Triggers that are in the database, on either engine. Whoever installs some knows them by their names."""

from collections.abc import Callable, Mapping
from typing import Any


def existing(engine: str, cursor: Any, are_meant: Callable[[str], bool]) -> dict[str, str]:
    """Return the tables of those triggers that `are_meant` by their names, by these."""
    cursor.execute(
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        if engine == "postgresql"
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    )
    return {name: table for name, table in cursor.fetchall() if are_meant(name)}


def drop(engine: str, cursor: Any, triggers: Mapping[str, str]) -> None:
    """Take away `triggers` (the names, with their tables), each with its function, which has its name."""
    for name, table in triggers.items():
        if engine == "postgresql":
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
            cursor.execute(f"DROP FUNCTION {name}()")
        else:
            cursor.execute(f"DROP TRIGGER {name}")

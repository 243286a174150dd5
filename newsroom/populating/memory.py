"""What a made newsroom remembers of its making, in a table of its own: the plan, how far it came, what is aside."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

TABLE = "newsroom_populated"


def install() -> None:
    """Make the table where it is missing."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (name varchar(40) PRIMARY KEY, said text NOT NULL)")


def exists() -> bool:
    return TABLE in connection.introspection.table_names()


def remember(name: str, said: Any) -> None:
    """Keep `said` (JSON) under `name`, over what was kept there."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (name, said) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET said = excluded.said",
            [name, json.dumps(said)],
        )


def recall(name: str) -> Any:
    """Return what is kept under `name`; None where nothing is."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT said FROM {TABLE} WHERE name = %s", [name])
        found = cursor.fetchone()
    return None if found is None else json.loads(found[0])


def remember_all(prefix: str, said: Sequence[Any]) -> None:
    """Keep each of `said` in its order."""
    for number, each in enumerate(said):
        remember(f"{prefix}:{number:05}", each)


def recall_all(prefix: str) -> dict[str, Any]:
    """Return what `remember_all` kept, in its order, by the names by which it is forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, said FROM {TABLE} WHERE name LIKE %s ORDER BY name", [f"{prefix}:%"])
        return {name: json.loads(said) for name, said in cursor.fetchall()}


def forget(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE name = %s", [name])

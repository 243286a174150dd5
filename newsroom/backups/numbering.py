"""The numbers that the database gives to new rows: the last of each table, read and set.

A number is never given twice, not even after a restore: the history of a fact that is gone would become another's.
"""

from typing import Any

from newsroom.backups.contents import Table


def last_number(table: Table, cursor: Any) -> int:
    """Return the last number that `table` has given; 0 where it has given none or does not number its rows."""
    if table.serial is None:
        return 0
    if cursor.db.vendor == "sqlite":
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        row = cursor.fetchone()
        return row[0] if row else 0
    sequence = _sequence(table, cursor)
    if sequence is None:
        return 0
    cursor.execute(f"SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM {sequence}")
    return cursor.fetchone()[0]


def go_on_after(table: Table, number: int, cursor: Any) -> None:
    """Let `table` number its next row higher than `number` and than any it has. Undone with the transaction."""
    if table.serial is None:
        return
    column = table.serial.column
    cursor.execute(f'SELECT coalesce(max("{column}"), 0) FROM "{table.name}"')
    number = max(number, cursor.fetchone()[0])
    if number == last_number(table, cursor):
        return
    if cursor.db.vendor == "sqlite":
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])
    elif sequence := _sequence(table, cursor):
        cursor.execute(f"ALTER SEQUENCE {sequence} RESTART WITH {number + 1}")


def _sequence(table: Table, cursor: Any) -> str | None:
    assert table.serial is not None
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.serial.column])
    return cursor.fetchone()[0]

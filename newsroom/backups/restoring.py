"""Putting a backup back: everything is checked before anything is written, and it is whole or nothing has changed."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, models, transaction
from django.utils.translation import gettext as _

from newsroom import vocabulary
from newsroom.backups.archive import Reader, Refused
from newsroom.backups.contents import BATCH, NAMED, Table, first_content, left_out, tables
from newsroom.backups.files import Incoming
from newsroom.backups.manifest import Manifest, member_of, missing_migrations
from newsroom.backups.numbering import go_on_after
from newsroom.backups.taking import checked
from newsroom.pagecache import changes
from newsroom.progress import Progress

_WAIT = "10s"  # for others who are at work in the database
_MEDIA = "media/"
_Numbers = dict[type[models.Model], dict[int, int]]  # what a backup calls a thing that has its name here -> its number


def restore(path: Path, *, may_replace: bool = False) -> Manifest:
    """Put the backup `path` into this database and this media folder, and return what its manifest says.

    Both must be empty, unless `may_replace`: then what they hold is gone. Raises `Refused` where it cannot be done,
    with the newsroom left as it was. Stopped at any moment it can be run again.
    """
    reader = checked(path)
    try:
        manifest = Manifest.read(reader.manifest)
        _prepare_database()
        if not may_replace:
            _refuse_content()
        with Incoming(may_replace=may_replace) as incoming:
            _unpack(reader, incoming)
            try:
                with transaction.atomic():
                    _replace_rows(reader, manifest, may_replace)
                    incoming.add()
            except BaseException:
                incoming.take_back()
                raise
            incoming.settle()
    except OperationalError as fault:
        raise Refused(_("The database does not take it (%(why)s). Nothing was changed.") % {"why": fault}) from fault
    finally:
        reader.close()
    ContentType.objects.clear_cache()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Or it plans for the tables of a minute ago, and reads past the rows that were there.
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
    return manifest


def _prepare_database() -> None:
    """Bring a database that has no table yet all of them. Raises `Refused` for one that is not up to date."""
    if set(connection.introspection.table_names()) <= {"django_migrations"}:
        call_command("migrate", verbosity=0, interactive=False)
    if missing_migrations():
        raise Refused(_("The database is not up to date. Run “manage.py migrate” first."))


def _refuse_content() -> None:
    found = first_content()
    if found is not None:
        raise Refused(
            _("The database is not empty: it holds “%(name)s”. With --force all that it holds is replaced.")
            % {"name": found._meta.verbose_name_plural}
        )


def _unpack(reader: Reader, incoming: Incoming) -> None:
    sizes = {name: entry.file_size for name, entry in reader.entries.items() if name.startswith(_MEDIA)}
    incoming.expect({name.removeprefix(_MEDIA): size for name, size in sizes.items()})
    with Progress(_("Files"), sum(sizes.values()), in_bytes=True) as progress:
        for name, size in sizes.items():
            digest = reader.manifest["members"][name][1]
            incoming.unpack(name.removeprefix(_MEDIA), digest, partial(reader.pieces, name))
            progress.advance(size)


def _replace_rows(reader: Reader, manifest: Manifest, may_replace: bool) -> None:
    """Empty the tables and fill them from the backup, in the transaction around this."""
    found = tables()
    with connection.cursor() as cursor:
        _lock(cursor, found)
        if not may_replace:
            _refuse_content()  # somebody may have begun to work meanwhile
        connection.check_constraints()  # a table with something left to check lets no trigger be taken away
        changes.remove()
        _empty(cursor, found)
        numbers: _Numbers = {}
        with Progress(_("Rows"), sum(table.rows for table in manifest.tables.values())) as progress:
            for table in found:
                rows = _rows(reader, table, manifest.tables[table.label].rows)
                if table.model in NAMED:
                    numbers[table.model] = _numbers_here(table, rows, numbers)
                    progress.advance(len(numbers[table.model]))
                else:
                    _fill(cursor, table, rows, numbers, progress)
        for table in found:
            go_on_after(table, manifest.tables[table.label].last, cursor)
        _check_relations()
        changes.install()  # which says that nothing is as it was


def _lock(cursor: Any, found: list[Table]) -> None:
    """Let nobody else write until this is done; who reads sees what was. On SQLite the transaction sees to it."""
    if connection.vendor == "postgresql":
        cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
        cursor.execute(f"LOCK TABLE {', '.join(_quoted(table.name) for table in found)} IN EXCLUSIVE MODE")


def _empty(cursor: Any, found: list[Table]) -> None:
    names = [table.name for table in found if table.model not in NAMED]
    names += [model._meta.db_table for model in left_out()]
    names.append(vocabulary.TABLE)  # filled again by the database itself, as the indexes of the search are
    for name in names:
        cursor.execute(f"DELETE FROM {_quoted(name)}")


def _rows(reader: Reader, table: Table, expected: int) -> Iterator[list[Any]]:
    """Yield the rows of `table` as values. Raises `Refused` where one makes no sense, or one is missing."""
    number = 0
    for row in reader.lines(member_of(table)):
        number += 1
        try:
            yield table.read(row)
        except (ValueError, TypeError, ArithmeticError) as fault:
            raise Refused(_makes_no_sense(table, number)) from fault
    if number != expected:
        raise Refused(_makes_no_sense(table, number))


def _makes_no_sense(table: Table, number: int) -> str:
    return _("Row %(number)d of %(table)s in this backup makes no sense here. Nothing was changed.") % {
        "number": number,
        "table": table.label,
    }


def _numbers_here(table: Table, rows: Iterator[list[Any]], numbers: _Numbers) -> dict[int, int]:
    """Return the numbers that this installation has for kinds of content or permissions, by those of the backup."""
    names = [column for column in table.columns if column not in ("id", "name")]
    manager = table.model._base_manager
    here = {tuple(row): pk for pk, *row in manager.values_list("pk", *names)}
    found = {}
    for number, row in enumerate(rows, 1):
        values = dict(zip(table.columns, _pointing_here(table, row, numbers, number), strict=True))
        old, name = values.pop("id"), tuple(values[column] for column in names)
        if name not in here:  # of a model that is no more
            here[name] = manager.create(**values).pk
        found[old] = here[name]
    return found


def _pointing_here(table: Table, row: list[Any], numbers: _Numbers, number: int) -> list[Any]:
    """Return `row` with what points at kinds of content and permissions pointing at those of this installation."""
    for place, of in table.named_columns:
        if row[place] is not None:
            try:
                row[place] = numbers[of][row[place]]
            except (KeyError, TypeError) as fault:
                raise Refused(_makes_no_sense(table, number)) from fault
    return row


def _fill(cursor: Any, table: Table, rows: Iterator[list[Any]], numbers: _Numbers, progress: Progress) -> None:
    begun = progress.done
    columns = ", ".join(_quoted(field.column) for field in table.fields)
    into = f"{_quoted(table.name)} ({columns})"
    holes = ", ".join(["%s"] * len(table.fields))
    ready = (
        [
            field.get_db_prep_save(value, connection)
            for field, value in zip(
                table.fields, _pointing_here(table, row, numbers, progress.done - begun), strict=True
            )
        ]
        for row in rows
    )
    try:
        while batch := list(islice(ready, BATCH)):
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {into} VALUES ({holes})", batch)
            progress.advance(len(batch))
    except OperationalError:
        raise
    except (DatabaseError, ValueError, TypeError, ArithmeticError, OverflowError) as fault:
        raise Refused(
            _("A row of %(table)s in this backup cannot be kept here (%(why)s). Nothing was changed.")
            % {"table": table.label, "why": str(fault).splitlines()[0] if str(fault) else type(fault).__name__}
        ) from fault


def _check_relations() -> None:
    """Raise `Refused` where a row points at one that is not there."""
    try:
        connection.check_constraints()
    except DatabaseError as fault:
        raise Refused(
            _("A row of this backup points at one that is not in it (%(why)s). Nothing was changed.")
            % {"why": str(fault).splitlines()[0]}
        ) from fault


def _quoted(name: str | None) -> str:
    assert name is not None
    return connection.ops.quote_name(name)

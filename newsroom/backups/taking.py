"""Taking a backup: the database as it stands at one moment, and the stored files beside it."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from django.utils.translation import gettext as _

from newsroom.backups import files
from newsroom.backups.archive import Reader, Refused, Writer, is_backup
from newsroom.backups.contents import files_named, tables
from newsroom.backups.manifest import Kept, Manifest, known_migrations, maker, member_of, missing_migrations, now
from newsroom.backups.numbering import last_number
from newsroom.progress import Progress


@dataclass(frozen=True)
class Taken:
    """What was put into a backup."""

    rows: int
    files: int
    missing: list[str]  # stored files of which a row speaks and that are not there


def take(path: Path) -> Taken:
    """Write a backup to `path`. Until it is whole and has been read again, what stood there stands there.

    Nobody else of the machine may read it. Raises `Refused`, and `OSError` where the disk does not take it.
    """
    if missing_migrations():
        raise Refused(_("The database is not up to date. Run “manage.py migrate” first."))
    if path.exists() and not (path.is_file() and is_backup(path)):
        raise Refused(_("“%(file)s” is there already and is no backup. Choose another name.") % {"file": path})
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            taken = _write(file)
            file.flush()
            os.fsync(file.fileno())
        checked(part).close()
        part.replace(path)
        _sync(path.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return taken


def checked(path: Path) -> Reader:
    """Return the reader of the backup `path` after all of it was read. Raises `Refused` unless it is whole."""
    with Progress(_("Checksum"), path.stat().st_size, in_bytes=True) as progress:
        reader = Reader(path, progress.advance)
    try:
        with Progress(
            _("Contents"), sum(entry.file_size for entry in reader.entries.values()), in_bytes=True
        ) as progress:
            reader.verify(progress.advance)
    except BaseException:
        reader.close()
        raise
    return reader


def _write(file: IO[bytes]) -> Taken:
    writer = Writer(file)
    try:
        with _snapshot():
            kept = _write_rows(writer)
            # Files are stored before a row speaks of them: whatever the rows of this moment name is there by now.
            named = set(files_named())
        _write_files(writer)
        there = {name.removeprefix("media/") for name in writer.members}
        writer.close(Manifest(now(), maker(), known_migrations(), kept).said())
    except BaseException:
        writer.abandon()
        raise
    return Taken(sum(table.rows for table in kept.values()), len(writer.members) - len(kept) - 1, sorted(named - there))


@contextmanager
def _snapshot() -> Iterator[None]:
    """See the database as it is at one moment, and keep nobody from writing."""
    if connection.in_atomic_block:
        yield  # what is around this has its moment already
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # the newsroom's own transactions on SQLite lock at once
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _write_rows(writer: Writer) -> dict[str, Kept]:
    found = tables()
    total = sum(table.model._base_manager.count() for table in found)
    kept = {}
    with Progress(_("Rows"), total) as progress, connection.cursor() as cursor:
        for table in found:
            last, before = last_number(table, cursor), progress.done
            with writer.member(member_of(table), is_packed=True) as write:
                for batch in table.batches():
                    write("".join(f"{_line(row)}\n" for row in batch).encode())
                    progress.advance(len(batch))
            kept[table.label] = Kept(table.columns, progress.done - before, last)
    return kept


def _line(row: list[object]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _write_files(writer: Writer) -> None:
    names = files.stored()
    with Progress(_("Files"), sum(map(files.size, names)), in_bytes=True) as progress:
        for name in names:
            pieces = files.pieces(name)
            try:
                first = next(pieces, b"")
            except FileNotFoundError:
                continue  # taken away while the others were read
            with writer.member(f"media/{name}", is_packed=False) as write:
                for piece in chain([first], pieces):
                    write(piece)
                    progress.advance(len(piece))


def _sync(folder: Path) -> None:
    """See to it that the disk has the name of a new file too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

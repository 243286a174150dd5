"""The newsroom from one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from newsroom.backups.archive import Refused
from newsroom.backups.manifest import Manifest
from newsroom.backups.restoring import restore
from newsroom.backups.taking import checked
from newsroom.progress import stoppable


class Command(BaseCommand):
    help = (
        "Put a backup into an empty newsroom, on SQLite or PostgreSQL, whichever it came from; a database without "
        "tables gets them. FILE is checked to its last byte before anything is written, and then all of it is there "
        "or nothing has changed. Stopped, it is run again. Stop the web processes first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="what `backup` has written")
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--force", action="store_true", help="replace all that the newsroom holds now")
        ways.add_argument("--check", action="store_true", help="only say whether FILE is whole and fits this version")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with stoppable(_("Stopped before the end: run it again.")):
                if options["check"]:
                    reader = checked(file)
                    reader.close()
                    manifest = Manifest.read(reader.manifest)
                else:
                    manifest = restore(file, may_replace=options["force"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as fault:
            raise CommandError(
                _("Nothing was restored: %(why)s (%(file)s).")
                % {"why": fault.strerror or fault, "file": fault.filename or file}
            ) from fault
        said = {
            "rows": sum(table.rows for table in manifest.tables.values()),
            "made": manifest.made_at,
            "database": manifest.made_by.get("database", "?"),
        }
        if options["check"]:
            self.stdout.write(_("The backup is whole: %(rows)d rows, made %(made)s on %(database)s.") % said)
        else:
            self.stdout.write(_("Restored: %(rows)d rows, made %(made)s on %(database)s.") % said)

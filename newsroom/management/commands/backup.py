"""The newsroom as one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from newsroom.backups.archive import Refused
from newsroom.backups.taking import take
from newsroom.progress import stoppable


class Command(BaseCommand):
    help = (
        "Write the whole newsroom - database, stored files, checksums - into FILE, as it stands at one moment; people "
        "may work meanwhile. FILE appears when it is whole and has been read again, and an older backup of that name "
        "stays until then. It holds accounts and what is not public: nobody else of the machine may read it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="where to; a .zip that `restore` reads")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with stoppable(_("Stopped. No backup was written.")):
                taken = take(file)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as fault:
            raise CommandError(
                _("No backup was written: %(why)s (%(file)s).")
                % {"why": fault.strerror or fault, "file": fault.filename or file}
            ) from fault
        for name in taken.missing:
            self.stderr.write(_("A row speaks of the file “%(name)s”, which is not there.") % {"name": name})
        self.stdout.write(
            _("%(file)s: %(rows)d rows, %(files)d files, %(size)s.")
            % {
                "file": file,
                "rows": taken.rows,
                "files": taken.files,
                "size": filesizeformat(file.stat().st_size),
            }
        )

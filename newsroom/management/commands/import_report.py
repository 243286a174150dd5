"""What raw reports propose, told in the terminal or as JSON for other programs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.importing.opening import read_upload
from articles.importing.proposing import propose
from articles.importing.report import Report, as_json
from articles.importing.upload import Refused


class Command(BaseCommand):
    help = (
        "Read raw reports (.txt in UTF-8, or .docx) and tell what they propose: article, conference, people, figures, "
        "awards. With --json, one object of schema report/1 a file and nothing else on standard output, one line each "
        "where there are several. A file that cannot be read gets a sentence on standard error; the others are read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a report, as text or as a Word file")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print schema report/1 and nothing else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files: list[Path] = options["files"]
        read = 0
        for file, report in self._read(files):
            read += 1
            if options["as_json"]:
                indent = 1 if len(files) == 1 else None
                self.stdout.write(json.dumps(as_json(report), ensure_ascii=False, indent=indent))
            else:
                self.stdout.write("\n".join(_told(file, report)))
        if read < len(files):
            raise CommandError(
                _("Not read: %(count)d of %(all)d files.") % {"count": len(files) - read, "all": len(files)}
            )

    def _read(self, files: list[Path]) -> Iterator[tuple[Path, Report]]:
        """Give the proposals of each file that can be read; of each other, and of what was left out, say so."""
        for file in files:
            try:
                upload = read_upload(file.name, file.read_bytes())
            except OSError as fault:
                self.stderr.write(f"{file}: {fault.strerror or fault}")
                continue
            except Refused as refusal:
                self.stderr.write(f"{file}: {refusal}")
                continue
            for note in upload.notes:
                self.stderr.write(f"{file}: {note}")
            yield file, propose(upload.text)


def _told(file: Path, report: Report) -> Iterator[str]:
    """Tell the proposals of one report in a few lines."""
    article, conference = report.article, report.conference
    nothing = _("not stated")
    yield f"== {file} =="
    for name, said in (
        (_("Title"), article.title),
        (_("Byline"), article.byline),
        (_("Held on"), article.event_date),
        (_("Year inferred from"), article.event_date_inferred_from),
        (_("Conference"), conference.name),
        (_("Committee"), report.committee.name),
        (_("Source"), article.source.url or article.source.name if article.source else None),
    ):
        yield f"{name}: {said or nothing}"
    for name, things in (
        (_("Paragraphs"), article.body),
        (_("Captions"), article.captions),
        (_("People"), report.officials),
        (_("Figures"), report.statistics),
        (_("Awards"), report.awards),
        (_("Documents"), report.documents),
    ):
        yield f"{name}: {len(things)}"
    for verdict in report.checks:
        if verdict.verdict != "fine":
            yield f"{verdict.rule}: {verdict.message} “{verdict.quote}”"

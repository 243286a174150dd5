"""What raw reports propose, told in the terminal, as JSON for other programs, or saved as drafts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.importing.committing import Left, commit
from articles.importing.opening import read_upload
from articles.importing.proposing import propose
from articles.importing.report import Report, as_json
from articles.importing.saving import Imported, Overtaken
from articles.importing.upload import Refused, Upload
from committees.models import Committee
from newsroom.models import User
from newsroom.progress import Progress, stoppable


class Command(BaseCommand):
    help = (
        "Read raw reports (.txt in UTF-8, or .docx) and tell what they propose: article, conference, people, figures, "
        "awards. With --json, one object of schema report/1 a file and nothing else on standard output, one line each "
        "where there are several. A file that cannot be read gets a sentence on standard error; the others are read. "
        "With --commit each becomes a draft with its conference, figures and awards, one transaction a file: what is "
        "certain is used, and a report of which a person has to decide is left alone. Stopped, it goes on "
        "where it was when it is run again: a report that is an article already changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a report, as text or as a Word file")
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--json", action="store_true", dest="as_json", help="print schema report/1 and nothing else")
        ways.add_argument("--commit", action="store_true", help="save each report as a draft")
        parser.add_argument("--writer", metavar="ACCOUNT", help="whose drafts they are, by the name of the account")
        parser.add_argument(
            "--committee",
            metavar="NUMBER",
            type=int,
            help="the committee that all the reports are about, by its number",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files: list[Path] = options["files"]
        if options["commit"]:
            self._commit(files, options["writer"], options["committee"])
            return
        read = 0
        progress = Progress(_("Reports"), len(files))
        for file, _upload, report in self._read(files, progress):
            read += 1
            progress.clear()
            if options["as_json"]:
                indent = 1 if len(files) == 1 else None
                self.stdout.write(json.dumps(as_json(report), ensure_ascii=False, indent=indent))
            else:
                self.stdout.write("\n".join(_told(file, report)))
        if read < len(files):
            raise CommandError(
                _("Not read: %(count)d of %(all)d files.") % {"count": len(files) - read, "all": len(files)}
            )

    def _read(self, files: list[Path], progress: Progress) -> Iterator[tuple[Path, Upload, Report]]:
        """Give the proposals of each file that can be read; of each other, and of what was left out, say so."""
        for file in progress.over(files):
            try:
                upload = read_upload(file.name, file.read_bytes())
            except OSError as fault:
                why = fault.strerror or str(fault)
                progress.clear()
                self.stderr.write(f"{file}: " + _("This file cannot be opened (%(why)s).") % {"why": why})
                continue
            except Refused as refusal:
                progress.clear()
                self.stderr.write(f"{file}: {refusal}")
                continue
            for note in upload.notes:
                progress.clear()
                self.stderr.write(f"{file}: {note}")
            yield file, upload, propose(upload.text)

    def _commit(self, files: list[Path], account: str | None, number: int | None) -> None:
        """Save what the files hold, one after the other, and tell what became of each."""
        writer = User.objects.filter(username=account).first() if account else None
        committee = Committee.objects.filter(pk=number).first() if number is not None else None
        if account and writer is None:
            raise CommandError(_("There is no account of the name “%(name)s”.") % {"name": account})
        if number is not None and committee is None:
            raise CommandError(_("There is no committee of the number %(number)s.") % {"number": number})
        saved = 0
        stopped = _("Stopped. What is saved is whole; run it again with the same files to go on.")
        with stoppable(stopped), Progress(_("Reports"), len(files)) as progress:
            for file, upload, report in self._read(files, progress):
                place = f"[{files.index(file) + 1}/{len(files)}] {file}"
                try:
                    done = commit(report, writer, committee, upload.pictures)
                except (Left, Overtaken) as reason:
                    progress.clear()
                    self.stderr.write(f"{place}: {_('left alone.')} {reason}")
                    continue
                saved += 1
                progress.clear()
                self.stdout.write("\n  ".join([f"{place}: {_became(done)}", *done.notes]))
        if saved < len(files):
            left = {"count": len(files) - saved, "all": len(files)}
            raise CommandError(
                _("Not saved: %(count)d of %(all)d files. Bring them in at the desk, or name the committee.") % left
            )


def _became(done: Imported) -> str:
    """Tell what became of one report in a line."""
    words = {
        "number": done.article.pk,
        "title": done.article.title,
        "figures": done.figures,
        "awards": done.awards,
        "mentions": done.mentions,
    }
    if not done.is_new:
        return _("article %(number)s already: “%(title)s”") % words
    return (
        _("draft %(number)s: “%(title)s” (figures: %(figures)s, awards: %(awards)s, places in the text: %(mentions)s)")
        % words
    )


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

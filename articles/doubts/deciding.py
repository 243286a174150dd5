"""Deciding over what readers hold wrong: handed to an editor, answered, or dismissed, and taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import FigureReport
from newsroom.models import User
from newsroom.moments import clock

State = FigureReport.State


@dataclass
class Outcome:
    """What came of an act: what was decided, and of what was not, why, by primary key of the report."""

    done: list[FigureReport] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    is_undone: bool = False


@transaction.atomic
def decide(seen: Mapping[int, int], to: str, by: User, *, answer: str = "", act: UUID | None = None) -> Outcome:
    """Put the reports of `seen` (by primary key: up to which decision each was seen) into the state `to`.

    `answer` is what was answered, or why it is so, in words for the desk. Who was faster is told to who was not. The
    same `act` sent again decides nothing again, and is answered alike.
    """
    outcome, act = Outcome(), act or uuid4()
    held = _held(seen)
    for key, number in seen.items():
        report = held.get(key)
        if report is None:
            outcome.refused[key] = _("This report is no longer there.")
        elif report.number and report.act == act:
            outcome.done.append(report)
        elif report.number != number:
            outcome.refused[key] = faster(report)
        elif report.state == to:
            outcome.refused[key] = _("It stands as “%(state)s” already.") % {"state": report.get_state_display()}
        else:
            outcome.done.append(_put(report, to, by, answer=answer, act=act))
    return outcome


@transaction.atomic
def undo(act: UUID, by: User) -> Outcome:
    """Take back what `by` decided in one act. A report over which somebody has decided since is left as it is."""
    outcome = Outcome(is_undone=True)
    keys = FigureReport.objects.filter(act=act, decided_by=by).values_list("pk", flat=True)
    for report in _held(keys).values():
        outcome.done.append(_put(report, report.before, by, act=uuid4()))
    return outcome


def faster(report: FigureReport) -> str:
    """Return the sentence that says who has decided over `report` meanwhile, and what stands now."""
    state = report.get_state_display()
    if report.decided_by is None or report.decided_at is None:
        return _("It stands as “%(state)s” now.") % {"state": state}
    said = {"who": report.decided_by, "state": state, "at": clock(report.decided_at)}
    return _("%(who)s was faster: it stands as “%(state)s” since %(at)s.") % said


def _put(report: FigureReport, to: str, by: User, *, act: UUID, answer: str = "") -> FigureReport:
    report.before, report.state = report.state, to
    report.number += 1
    report.act, report.answer = act, answer
    is_open = to == State.OPEN
    report.decided_by = None if is_open else by
    report.decided_at = None if is_open else timezone.now()
    report.save(update_fields=["before", "state", "number", "act", "answer", "decided_by", "decided_at"])
    return report


def _held(keys: Iterable[int]) -> dict[int, FigureReport]:
    """Return the reports of `keys`, held for this transaction, always in the same order."""
    found = FigureReport.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    return {report.pk: report for report in found.select_related("decided_by").order_by("pk")}

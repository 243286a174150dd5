"""What a reader sees on the page of one award."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from committees import questions
from committees.few import Few, first_of
from committees.models import Award, Conference
from committees.questions import MANY
from committees.reconciling import Reconciliation, reconciliation
from newsroom.compiled import filled
from newsroom.publishing import shown


@dataclass(frozen=True)
class AwardDossier:
    award: Award
    recipients: Few
    presented_by: str
    whole: Award | None
    parts: Few
    reconciliation: Reconciliation
    reported_at: Conference | None
    given_at: Conference | None


def award_dossier(award: Award) -> AwardDossier:
    """Return what the page of `award` shows. It comes with its conferences and its whole fetched."""
    named = first_of(questions.recipients(award.pk), MANY)
    parts = first_of(questions.parts(award.pk, timezone.now()), MANY)
    return AwardDossier(
        award=award,
        recipients=named,
        presented_by=presenters([award]).get(award.pk, ""),
        whole=shown(award.part_of),
        parts=parts,
        reconciliation=reconciliation(award, named.items, parts),
        reported_at=shown(award.reported_at),
        given_at=shown(award.given_at),
    )


def presenters(awards: Iterable[Award]) -> dict[int, str]:
    """Return by key who handed each of `awards` over as printed, "" where that names somebody who is withheld.

    Looked for are the names of those who were at the conferences of the award. One query, none where nobody is said
    to have handed anything over.
    """
    said = [award for award in awards if award.presented_by]
    at = {key for award in said for key in (award.reported_at_id, award.given_at_id) if key}
    if not at:
        return {award.pk: award.presented_by for award in said}
    names: dict[int, list[str]] = {}
    # Of one award there are two at most, of a file of them hundreds.
    for conference, name in questions.withheld(*filled(at, 2 if len(at) <= 2 else 500)):
        names.setdefault(conference, []).append(name)

    def names_one_withheld(award: Award) -> bool:
        of_both = [*names.get(award.reported_at_id or 0, ()), *names.get(award.given_at_id or 0, ())]
        return any(name in award.presented_by for name in of_both)

    return {award.pk: award.presented_by for award in said if not names_one_withheld(award)}

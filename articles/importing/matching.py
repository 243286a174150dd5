"""What is known already of what a report names: suggestions for a person, and which of them are certain.

Two rows are one thing only when a person says so. A match is certain where a report leaves no other reading; every
other is offered and never used by itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.importing.drafting import listed_indicator
from articles.importing.report import CommitteeSaid
from articles.models import Publication
from committees.figures.indicators import INDICATORS
from committees.models import Committee, CommitteeAlias, Conference, Document, Indicator, Person
from newsroom.vietnamese import fold

SUGGESTED = 6

Thing = TypeVar("Thing", bound=models.Model)


@dataclass(frozen=True)
class Match(Generic[Thing]):
    """Something known that a report may mean, why it may, and whether nothing else can be meant."""

    thing: Thing
    why: Any
    is_certain: bool = False


def certain(matches: Sequence[Match[Thing]]) -> Thing | None:
    """Return the one that is certainly meant; None where there is none, or more than one."""
    sure = [match.thing for match in matches if match.is_certain]
    return sure[0] if len(sure) == 1 else None


# --- Committees --------------------------------------------------------------------------------

_BRACKETS = re.compile(r"\([^()]*\)")
_ALIKE = 0.6  # of the words of two names


def committees(said: CommitteeSaid) -> list[Match[Committee]]:
    """Return the committees that the report may be about, the likeliest first.

    Many provinces have a body of one name: a name makes certain only together with the province, stated by both.
    """
    if not said.name:
        return []
    names = {fold(said.name), fold(_BRACKETS.sub(" ", said.name))}
    province = fold(said.province or "")
    known = list(Committee.objects.select_related("predecessor"))
    aliases: dict[int, set[str]] = {}
    for alias in CommitteeAlias.objects.all():
        aliases.setdefault(alias.committee_id, set()).add(fold(alias.name))
    found: list[tuple[float, Match[Committee]]] = []
    for committee in known:
        own = fold(committee.province)
        if province and own and province != own:
            continue
        other_names = aliases.get(committee.pk, set())
        both_state_it = bool(province) and province == own
        if fold(committee.name) in names:
            found.append((3, Match(committee, _("the same name"), both_state_it)))
        elif names & other_names:
            found.append((2, Match(committee, _("another name of it"), both_state_it)))
        else:
            alike = max(_likeness(ours, theirs) for ours in names for theirs in {fold(committee.name), *other_names})
            if alike >= _ALIKE:
                found.append((alike, Match(committee, _("a similar name"))))
    heirs = [
        (1.5, Match(committee, _("made from %(name)s") % {"name": committee.predecessor}))
        for committee in known
        if committee.predecessor_id in {match.thing.pk for rank, match in found if rank >= 2}
        and committee.pk not in {match.thing.pk for _rank, match in found}
    ]
    found = sorted(found + heirs, key=lambda pair: -pair[0])
    if sum(match.is_certain for _rank, match in found) > 1 or heirs:
        found = [(rank, Match(match.thing, match.why)) for rank, match in found]
    return [match for _rank, match in found[:SUGGESTED]]


def _likeness(one: str, other: str) -> float:
    ours, theirs = set(one.split()), set(other.split())
    return len(ours & theirs) / len(ours | theirs) if ours else 0


# --- Conferences -------------------------------------------------------------------------------


def conferences(proposed: Conference, committee: Committee | None) -> list[Match[Conference]]:
    """Return the known conferences of `committee` that `proposed` may be: by ordinal, organ and term, or by its day."""
    if committee is None or committee.pk is None:
        return []
    alike = Q(held_on=proposed.held_on) if proposed.held_on else Q()
    if proposed.ordinal:
        alike |= Q(ordinal=proposed.ordinal)
    if not alike:
        return []
    found = []
    for known in committee.conferences.filter(alike).select_related("committee"):
        organ = fold(known.convened_by), fold(proposed.convened_by)
        if not _may_be(*organ) or not _may_be(known.ordinal, proposed.ordinal):
            continue
        if not _may_be(known.term_number, proposed.term_number):
            continue
        is_named = known.ordinal is not None and known.ordinal == proposed.ordinal
        is_same_term = proposed.term_number is not None and known.term_number == proposed.term_number
        if is_named and is_same_term and organ[0] and organ[0] == organ[1]:
            found.append(Match(known, _("the same ordinal, organ and term"), True))
        elif known.held_on and known.held_on == proposed.held_on:
            found.append(Match(known, _("the same day"), True))
        elif is_named and _may_be(known.held_on, proposed.held_on):
            found.append(Match(known, _("the same ordinal")))
    return sorted(found, key=lambda match: not match.is_certain)[:SUGGESTED]


def _may_be(one: Any, other: Any) -> bool:
    """Whether two statements of one thing do not contradict each other."""
    return not one or not other or one == other


# --- People, indicators, documents, publications -----------------------------------------------


def people(names: Iterable[str]) -> dict[str, list[Person]]:
    """Return those known under each of `names`, capitals aside. One query."""
    wanted = {name: fold(name) for name in names}
    known: dict[str, list[Person]] = {}
    for person in Person.objects.filter(search_key__in=set(wanted.values())).order_by("pk"):
        known.setdefault(person.name.casefold(), []).append(person)
    return {name: known.get(name.casefold(), []) for name in wanted}


def familiar(
    known: Sequence[Person],
    committee: Committee | None,
    publication: Publication | None = None,
    *,
    is_author: bool = False,
) -> Person | None:
    """Return the one of `known` whom a conference of `committee` has named before; of an author, also the one who has
    written for `publication`, or for us where there is none.

    Two people of one name are two rows: the same name in the same place is the same person, elsewhere it may be.
    """
    near = Q()
    if committee is not None and committee.pk:
        near |= Q(attendances__conference__committee=committee)
    if is_author and publication is None:
        near |= Q(bylines__article__isnull=False, bylines__article__publication__isnull=True)
    elif is_author and publication is not None and publication.pk:
        near |= Q(bylines__article__publication=publication)
    if not known or not near:
        return None
    met = list(Person.objects.filter(near, pk__in=[person.pk for person in known]).distinct())
    return met[0] if len(met) == 1 else None


def indicators(codes: Iterable[str]) -> dict[str, Indicator]:
    """Return the known indicators of `codes`, by code. One query."""
    return {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=set(codes))}


def catalogue() -> dict[str, Indicator]:
    """Return all that a figure may be filed under, by a key for a form: the indicators that are kept, by number, then
    those of the list of the genre that no figure has needed yet, not saved, by "code:…". One query.
    """
    kept = {str(indicator.pk): indicator for indicator in Indicator.objects.all()}
    codes = {indicator.code for indicator in kept.values()}
    listed = sorted(
        (listed_indicator(code) for code in INDICATORS if code not in codes), key=lambda one: fold(one.name)
    )
    return kept | {f"code:{indicator.code}": indicator for indicator in listed}


def documents(proposed: Sequence[Document]) -> list[list[Match[Document]]]:
    """Return what is known of each of `proposed`, by its number or, without one, by its name. One query.

    A number with its suffix (21-NQ/TW) and kind is one document; "05" alone is one of many.
    """
    numbers = {document.number for document in proposed if document.number}
    names = {document.name for document in proposed if not document.number}
    known = list(Document.objects.filter(Q(number__in=numbers) | Q(name__in=names)).order_by("pk"))
    return [_like(document, known) for document in proposed]


def _like(proposed: Document, known: list[Document]) -> list[Match[Document]]:
    found = []
    for document in known:
        issuers = fold(document.issuer), fold(proposed.issuer)
        if document.type != proposed.type:
            continue
        if proposed.number and document.number == proposed.number:
            is_sure = "-" in proposed.number or (bool(issuers[0]) and issuers[0] == issuers[1])
            found.append(Match(document, _("the same number"), is_sure))
        elif not proposed.number and fold(document.name) == fold(proposed.name):
            found.append(Match(document, _("the same name"), _may_be(*issuers)))
    return found[:SUGGESTED]


def publication(proposed: Publication | None) -> Publication | None:
    """Return the known publication of the same site, else of the same name; None where there is none, or are two."""
    if proposed is None:
        return None
    host = _host(proposed.address)
    known = list(Publication.objects.filter(address__icontains=host)) if host else []
    known = [one for one in known if _host(one.address) == host]
    if not known and proposed.name:
        known = [one for one in Publication.objects.all() if fold(one.name) == fold(proposed.name)]
    return known[0] if len(known) == 1 else None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")

"""What a change of a public figure or award reaches: sentences, charts, sums, targets, awards.

It is asked while the change stands in the rows and before it is kept, and it changes nothing itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Mention
from articles.spots import MOST, Spot, Thing, column_of, spots_of
from committees.dossiers.statistic import statistic_dossier
from committees.figures import Part, Weight, examine
from committees.models import Award, Indicator, Statistic
from committees.reconciling import reconciliation
from committees.sums import sums_of
from committees.targets import ledger, standing
from committees.working_out import working_of
from newsroom.publishing import is_public
from newsroom.vietnamese import day, number

_PERIOD = ("period_label", "period_type", "period_starts_on", "period_ends_on")
# What a text may say of each, or what a chart or a sum leans on. Labels and notes are the desk's own words.
FIELDS: Mapping[type, tuple[str, ...]] = {
    Statistic: (
        "value", "value_max", "whole", "percent", "percent_places", "plan_percent", "level", "comparator",
        "unit_printed", "kind", "indicator", "committee", "conference", "part_of", "rating_includes", *_PERIOD,
    ),
    Award: (
        "form", "count", "count_unit", "level", "recipient_kind", "recipients_described", "achievement", "granted_by",
        "granted_by_committee", "presented_by", "reported_at", "given_at", "decision_number", "decided_on", "part_of",
        *_PERIOD,
    ),
}  # fmt: skip


# --- What is changed ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Changed:
    """One field: its name for people, what stood in it and what is right, as they are shown."""

    field: str
    stood: str
    right: str


@dataclass(frozen=True)
class Change:
    """A figure or an award as it stood, and as it is to be."""

    before: Thing
    after: Thing
    fields: list[Changed]


def watched(things: Iterable[Thing]) -> list[Thing]:
    """Return those of `things`, all of one model, that public articles mention. One query, none for nothing."""
    found = {thing.pk: thing for thing in things}
    if not found:
        return []
    name = column_of(next(iter(found.values())))
    mentions = Mention.objects.filter(is_public("article__"), **{f"{name}__in": found})
    return [found[key] for key in mentions.order_by(name).values_list(name, flat=True).distinct()]


def change_of(before: Thing, after: Thing) -> Change | None:
    """Return what tells `after` from `before`, as far as texts, charts or sums may lean on it; None for nothing."""
    fields = []
    for name in FIELDS[type(before)]:
        stored: Any = before._meta.get_field(name)
        if getattr(before, stored.attname) != getattr(after, stored.attname):
            fields.append(Changed(str(stored.verbose_name), _shown(before, name), _shown(after, name)))
    return Change(before, after, fields) if fields else None


def _shown(thing: Thing, name: str) -> str:
    display = getattr(thing, f"get_{name}_display", None)
    value = display() if display else getattr(thing, name)
    if isinstance(value, Decimal | int):
        return number(value)
    if isinstance(value, date):
        return day(value)
    return str(value) if value else "–"


# --- What it reaches ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A target, and what becomes of it: as it was judged, and as it will be."""

    target: Statistic
    stood: str
    right: str


@dataclass(frozen=True)
class Reach:
    """All that a change reaches."""

    change: Change
    spots: list[Spot]
    chart: str = ""  # the title of the chart of its series, as it will be
    indicators: Sequence[Indicator] = ()  # whose pages list it, before and after
    judged: Sequence[Judged] = ()  # the targets that it closes; of a target, itself
    computed: Sequence[str] = ()  # what the newsroom computes from it, as it will be
    against: Sequence[str] = ()  # what contradicts it in the row itself, or in those inside of it
    around: Sequence[Statistic] = ()  # the figure it is inside of, and those inside of it
    awards: Sequence[Award] = ()  # given for the rating that it counts

    @property
    def contradictions(self) -> int:
        """In how many places the text will say something else than the row."""
        return sum(bool(spot.contradictions) for spot in self.spots)

    @property
    def digest(self) -> str:
        """What tells this reach from another: whoever agrees to it has seen this one."""
        fields = [(changed.field, changed.stood, changed.right) for changed in self.change.fields]
        places = [(spot.article.pk, spot.is_working_copy, spot.part, spot.sentence) for spot in self.spots]
        return sha256(repr((self.change.after.pk, fields, places)).encode()).hexdigest()


def reach_of(change: Change) -> Reach:
    """Return what `change` reaches, with the rows as they will be."""
    before, thing, spots = change.before, change.after, list(spots_of(change.before, change.after))
    if not isinstance(thing, Statistic) or not isinstance(before, Statistic):
        return Reach(change, spots)
    indicators = {before.indicator_id, thing.indicator_id}
    around = Q(part_of=thing) | Q(pk__in=[key for key in (before.part_of_id, thing.part_of_id) if key])
    beside = list(Statistic.objects.filter(around).order_by("position", "pk")[:MOST])
    chart = statistic_dossier(thing).chart if thing.is_public else None
    return Reach(
        change,
        spots,
        chart.title if chart else "",
        list(Indicator.objects.filter(pk__in=indicators)),
        list(_judged(before, thing)),
        list(_computed(thing)),
        [*_against(thing, [part for part in beside if part.part_of_id == thing.pk]), *_undivided(before, thing)],
        beside,
        list(_justified(thing)),
    )


def _judged(before: Statistic, thing: Statistic) -> Iterator[Judged]:
    """Yield what becomes of the targets that `thing` closes in the ledger, or of the target that it is."""
    related = ("conference", "indicator", "part_of", "committee__predecessor__predecessor")
    targets = Statistic.objects.public().filter(kind=Statistic.Kind.TARGET).select_related(*related)
    if thing.kind == Statistic.Kind.TARGET:
        targets = targets.filter(pk=thing.pk)
    else:
        # A body closes the targets of those that it goes on.
        line = [thing.committee, thing.committee.predecessor, getattr(thing.committee.predecessor, "predecessor", None)]
        subjects = {before.committee_id, *(body.pk for body in line if body is not None)}
        targets = targets.filter(indicator__in={before.indicator_id, thing.indicator_id}, committee__in=subjects)
    for entry in ledger(targets.order_by("-published_at", "-pk")[:MOST]):
        stood = entry.standing
        if entry.result == thing:
            stood = standing(entry.target, before)
        elif entry.result is not None and entry.target == thing and before.kind == thing.kind:
            stood = standing(before, entry.result)
        yield Judged(entry.target, str(stood.label), str(entry.standing.label))


def _computed(figure: Statistic) -> Iterator[str]:
    """Yield what the newsroom computes from `figure`: its own working, and what committees come to with it."""
    yield from (step.words for step in working_of(figure) if step.is_ours)
    above = "committee__parent__parent__parent"
    same = Statistic.objects.public().filter(indicator=figure.indicator_id, kind=figure.kind).select_related(above)
    for added in sums_of(same.order_by("-published_at", "-pk")[:240]):
        if figure in added.figures:
            said = {"sum": added.text, "working": added.working, "period": added.period_label}
            yield _("%(period)s, committees together: %(sum)s = %(working)s") % said


def _against(figure: Statistic, parts: Iterable[Statistic]) -> Iterator[str]:
    """Yield what the engine holds against the row as a report would print it, and against each part inside of it."""
    whole = f"{figure.count} {figure.unit_printed} ({figure.share})" if figure.share else figure.count
    texts = [f"Có {whole}."]
    for part in parts:
        share = f" ({part.share})" if part.share else ""
        texts.append(f"Có {whole}, trong đó {part.count} {part.unit_printed or figure.unit_printed}{share}.")
    said = (
        verdict.message for text in texts for verdict in examine([Part("body", text)]).verdicts
        if verdict.weight != Weight.FINE
    )  # fmt: skip
    yield from dict.fromkeys(said)


def _undivided(before: Statistic, figure: Statistic) -> Iterator[str]:
    """Yield that the parts of one whole add up to it no longer: 71 + 3 + 1 = 75 is so by equal wholes (R3)."""
    if before.whole is None or before.value is None or figure.value is None or before.value == before.whole:
        return
    alike = {"conference": before.conference_id, "committee": before.committee_id, "whole": before.whole}
    said = {"unit_printed": before.unit_printed, "period_label": before.period_label, "kind": before.kind}
    shares = Statistic.objects.filter(**alike, **said, part_of=None, comparator="=").exclude(pk=figure.pk)
    others = [value for value in shares.values_list("value", flat=True)[:MOST] if value not in {None, before.whole}]
    if others and sum(others, before.value) == before.whole and sum(others, figure.value) != figure.whole:
        parts = " + ".join(number(value) for value in (figure.value, *others))
        told = {"parts": parts, "sum": number(sum(others, figure.value)), "whole": number(figure.whole or before.whole)}
        yield _("%(parts)s = %(sum)s: the parts no longer add up to %(whole)s.") % told


def _justified(figure: Statistic) -> Iterator[Award]:
    """Yield the awards of the same report for the rating that `figure` counts: they are no more than were rated so."""
    if figure.conference_id is None:
        return
    for award in Award.objects.filter(reported_at=figure.conference_id).order_by("position", "pk")[:MOST]:
        ground = reconciliation(award, (), ()).ground
        if ground is not None and ground.statistic == figure:
            yield award

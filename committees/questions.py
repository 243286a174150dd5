"""What the pages of one conference, award, figure and document ask of the database, compiled once each."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value

from committees.lines import GOES_BACK_TO
from committees.models import Attendance, Award, AwardRecipient, Committee, Conference, Document, Indicator, Statistic
from committees.working_out import beside
from newsroom.bundles import Rows
from newsroom.compiled import compiled
from newsroom.paging import SIZE
from newsroom.publishing import is_public

LEADING = 3
FEW = 6
SOME = 12
MANY = 60
RATED = 15
EVIDENCE = 200
CHARTED = 240  # among so many of the newest figures series are looked for
ALIKE = 48  # and among so many of those of one indicator and one committee: twice what a chart has room for


def unseen(*relations: str) -> list[str]:
    """Return the columns of `relations` ("", "committee__") that no page prints."""
    return [f"{relation}{name}" for relation in relations for name in ("search_key", "search_words")]


# --- A conference ------------------------------------------------------------------------------


@compiled
def conference(pk: int, now: datetime) -> QuerySet[Conference]:
    found = Conference.objects.public(now).filter(pk=pk).select_related("committee")
    return found.defer(*unseen("", "committee__"))


@compiled
def conferences(*keys: int) -> QuerySet[Conference]:
    """Some conferences, as rows of lists name them: public or not."""
    named = ("name", "held_on", "held_on_printed", "session", "state", "published_at", "committee__name")
    return Conference.objects.filter(pk__in=keys).select_related("committee").only(*named).order_by()


@compiled
def present(conference: int) -> QuerySet[Attendance]:
    shown = Attendance.objects.filter(conference=conference, person__is_withheld=False)
    return shown.select_related("person")[: MANY + 1]


@compiled
def figures(conference: int, now: datetime) -> QuerySet[Statistic]:
    reported = Statistic.objects.public(now).filter(conference=conference).with_sentence(now)
    return reported.select_related("committee").defer("note", *unseen("", "committee__"))[: MANY + 1]


@compiled
def awards(conference: int, now: datetime) -> QuerySet[Award]:
    reported_or_given = Q(reported_at=conference) | Q(given_at=conference)
    return Award.objects.public(now).filter(reported_or_given).defer("note", *unseen(""))[: MANY + 1]


@compiled
def named(conference: int, now: datetime) -> QuerySet[Any]:
    """Kind of recipient, how many were announced, how many of these are named and shown: of each whole award."""
    given = Award.objects.public(now).filter(given_at=conference, count__isnull=False, part_of__isnull=True)
    shown = Count("recipients", filter=~Q(recipients__person__is_withheld=True) | Q(recipients__person__isnull=True))
    return given.annotate(named=shown).order_by().values_list("recipient_kind", "count", "named")


@compiled
def articles(conference: int, now: datetime) -> QuerySet[Any]:
    told: Any = Conference(pk=conference).articles.public(now)
    return told.newest_first().for_cards()[: SOME + 1]  # type: ignore[no-any-return]


@compiled
def articles_of(committee: int, now: datetime) -> QuerySet[Any]:
    """The newest articles that are filed under a committee: one more than its page shows."""
    told: Any = Committee(pk=committee).articles.public(now)
    return told.newest_first().for_cards()[: LEADING + 1]  # type: ignore[no-any-return]


@compiled
def neighbours(committee: int, organ: str, day: date, pk: int, now: datetime) -> QuerySet[Any]:
    """The conferences of `committee` and `organ` next before and after the one `pk` of that `day`, told by `is_later`.

    Each is found by itself, in the order of its index, before the two are put together.
    """
    like = Conference.objects.filter(committee=committee, convened_by=organ).public(now)
    before = like.filter(_on_the_side(day, pk, "lt")).order_by("-sorted_on", "-pk")
    after = like.filter(_on_the_side(day, pk, "gt")).order_by("sorted_on", "pk")
    # A slice inside a union is beyond SQLite; a slice inside IN is not.
    earlier, later = (
        Conference.objects.filter(pk__in=side.values("pk")[:1])
        .annotate(is_later=Value(side is after))
        .only("name", "held_on", "held_on_printed", "session")
        .order_by()
        for side in (before, after)
    )
    return earlier.union(later, all=True)


def _on_the_side(day: date, pk: int, side: str) -> Q:
    further = Q(**{f"sorted_on__{side}": day}) | Q(**{"sorted_on": day, f"pk__{side}": pk})
    return Q(**{f"sorted_on__{side}e": day}) & further  # said once more: that is what an index can begin from


# --- An award ----------------------------------------------------------------------------------


@compiled
def award(pk: int, now: datetime) -> QuerySet[Award]:
    related = ("reported_at__committee", "given_at__committee", "granted_by_committee", "part_of")
    found = Award.objects.public(now).filter(pk=pk).select_related(*related)
    relations = ("", *(f"{relation}__" for relation in related), "reported_at__", "given_at__")
    return found.defer("note", *unseen(*relations))


@compiled
def recipients(award: int) -> QuerySet[AwardRecipient]:
    shown = AwardRecipient.objects.filter(award=award).exclude(person__is_withheld=True)
    return shown.select_related("committee").defer(*unseen("committee__"))[: MANY + 1]


@compiled
def parts(award: int, now: datetime) -> QuerySet[Award]:
    return Award.objects.public(now).filter(part_of=award).defer("note", *unseen(""))[: MANY + 1]


# --- Indicators --------------------------------------------------------------------------------


@compiled
def newest(now: datetime, *indicators: int) -> QuerySet[Statistic]:
    """The newest figure of each of some indicators."""
    figures = Statistic.objects.public(now).filter(indicator=OuterRef("pk")).order_by("-published_at", "-pk")
    found = Indicator.objects.filter(pk__in=indicators).order_by()
    of_each = Statistic.objects.filter(
        pk__in=found.annotate(newest=Subquery(figures.values("pk")[:1])).values("newest")
    )
    return of_each.select_related("committee").defer("note", *unseen("", "committee__")).order_by()


@compiled
def withheld(*conferences: int) -> QuerySet[Any]:
    """Who of those at `conferences` asked to be taken off the pages: a conference and a name each."""
    present = Attendance.objects.filter(person__is_withheld=True, conference__in=conferences)
    return present.order_by().values_list("conference", "person__name")


@cache
def rated(rating: str) -> Callable[[int, datetime], list[Statistic]]:
    """Return what asks for the public figures of a conference that count who was rated so, the first of them."""

    @compiled
    def figures(conference: int, now: datetime) -> QuerySet[Statistic]:
        code = {"indicator__code__startswith": "rating.", "indicator__code__endswith": f".{rating}"}
        found = Statistic.objects.public(now).filter(conference=conference, kind=Statistic.Kind.RESULT, **code)
        return found.filter(value__isnull=False).order_by("position", "pk").defer("note", *unseen(""))[:RATED]

    return figures  # type: ignore[return-value]


@compiled
def named_again(award: int, now: datetime, *alike: int | str | None) -> QuerySet[AwardRecipient]:
    """Who other awards name that may be `alike`: keys of committees, keys of people and names, parted by None."""
    people = alike.index(None)
    names = alike.index(None, people + 1)
    same = Q(committee__in=alike[:people]) | Q(person__in=alike[people + 1 : names])
    same |= Q(search_key__in=alike[names + 1 :], person__isnull=True)
    named = AwardRecipient.objects.filter(same, is_public("award__", now))
    named = named.exclude(award=award).exclude(person__is_withheld=True).select_related("award")
    return named.defer(*unseen("award__")).order_by("pk")[:EVIDENCE]


@compiled
def levels(rating: str, now: datetime, *committees: int) -> QuerySet[Statistic]:
    """The public figures by which `committees` themselves were rated so."""
    found = Statistic.objects.public(now).filter(committee__in=committees, level=rating, kind=Statistic.Kind.RESULT)
    return found.order_by("pk").defer("note", *unseen(""))[:EVIDENCE]


# --- A figure ----------------------------------------------------------------------------------


@compiled
def statistic(pk: int, now: datetime) -> QuerySet[Statistic]:
    line = [f"committee__{GOES_BACK_TO}".rsplit("__", number)[0] for number in range(4)]
    related = ("indicator", f"committee__{GOES_BACK_TO}", "conference__committee", "part_of")
    found = Statistic.objects.public(now).filter(pk=pk).with_sentence(now).select_related(*related)
    relations = ("", "conference__", "conference__committee__", "part_of__", *(f"{body}__" for body in line))
    return found.defer("note", "indicator__search_key", *unseen(*relations))


@compiled
def parts_of(pk: int, now: datetime) -> QuerySet[Statistic]:
    """The parts of a figure, in the order of its report."""
    found = Statistic.objects.public(now).filter(part_of=pk).with_sentence(now)
    return found.select_related("indicator").defer("note", "indicator__search_key", *unseen(""))[: MANY + 1]


# What is drawn of a figure. Of the many that are looked through few are, and each column costs with every one.
DRAWN = (
    "committee", "conference", "indicator", "label", "kind", "comparator", "value", "value_max", "whole", "percent",
    "percent_places", "plan_percent", "level", "unit_printed", "position", "state", "published_at",
    "period_label", "period_type", "period_starts_on", "period_ends_on", "part_of__indicator",
)  # fmt: skip


@compiled
def alike(indicator: int, kind: str, now: datetime, *bodies: int) -> QuerySet[Statistic]:
    """What the series of one indicator, of committees that follow each other, may be made of: of each the newest.

    Each committee's are found by themselves, in the order of their index, before they are put together.
    """
    public = Statistic.objects.public(now).filter(indicator=indicator, kind=kind).order_by("-published_at", "-pk")
    # A slice inside a union is beyond SQLite; a slice inside IN is not.
    sides = [
        Statistic.objects.filter(pk__in=public.filter(committee=body).values("pk")[:ALIKE])
        .select_related("part_of")
        .only(*DRAWN)
        .order_by()
        for body in bodies
    ]
    return sides[0].union(*sides[1:], all=True) if len(sides) > 1 else sides[0]


@compiled
def sentences(now: datetime, *keys: int) -> QuerySet[Any]:
    """The key of each of some figures, and where a public article says it (`StatisticQuerySet.with_sentence`)."""
    return Statistic.objects.filter(pk__in=keys).with_sentence(now).order_by().values_list("pk", "sentence")


@compiled
def beside_it(conference: int | None, committee: int, now: datetime) -> QuerySet[Statistic]:
    """The public figures of one committee in one report, or in none: what others are worked out with."""
    figure = Statistic(conference_id=conference, committee_id=committee)
    return beside(figure, Statistic.objects.public(now)).only(*WORKED_WITH)


WORKED_WITH = (
    "committee", "indicator__code", "label", "kind", "comparator", "value", "whole", "percent", "percent_places",
    "unit_printed", "part_of", "period_label", "position",
)  # fmt: skip


@compiled
def closing(now: datetime, *targets: int) -> QuerySet[Any]:
    """The key of each of some targets, six lists of what may close it, and two of the bodies that follow its own.

    What may close it is told of its very days (`exact`) or, of what is no bare count, of days that cover them
    (`covering`): by its own committee, by those that follow it, or by those that follow these. Of each the newest.
    """
    found = Statistic.objects.filter(pk__in=targets).order_by()
    bare = Q(value__isnull=False, whole__isnull=True, percent__isnull=True)
    found = found.annotate(is_bare=ExpressionWrapper(bare, BooleanField()))
    results = Statistic.objects.public(now).filter(indicator=OuterRef("indicator"), kind=Statistic.Kind.RESULT)
    first, last = OuterRef("period_starts_on"), OuterRef("period_ends_on")
    of_days = {
        "exact": results.filter(period_starts_on=first, period_ends_on=last),
        "covering": results.filter(period_starts_on__lte=first, period_ends_on__gte=last)
        .exclude(period_starts_on=first, period_ends_on=last)
        .alias(is_asked=ExpressionWrapper(OuterRef("is_bare"), BooleanField()))
        .filter(is_asked=False),
    }
    told = {
        f"{name}_{generation}": Rows(
            newest.filter(**{of: OuterRef("committee")}).order_by("-published_at", "-pk")[:CLOSERS], *CLOSING
        )
        for name, newest in of_days.items()
        for generation, of in enumerate(_FOLLOWING)
    }
    bodies = {
        f"after_{generation}": Rows(
            Committee.objects.filter(**{of.removeprefix("committee__"): OuterRef("committee")})
            .order_by("sort_key", "pk")[:CLOSERS],
            "id", "name", "predecessor_id",
        )
        for generation, of in enumerate(_FOLLOWING) if generation
    }  # fmt: skip
    return found.annotate(**told, **bodies).values_list("pk", *told, *bodies)


CLOSERS = 6  # results that are looked at for one target, and bodies that may have told them
_FOLLOWING = ("committee", "committee__predecessor", "committee__predecessor__predecessor")
CLOSING = (
    "id", "indicator_id", "committee_id", "label", "kind", "comparator", "value", "value_max", "whole", "percent",
    "percent_places", "plan_percent", "level", "unit_printed", "state", "published_at",
    "period_label", "period_starts_on", "period_ends_on",
    "part_of__id", "part_of__indicator_id", "conference__id", "conference__held_on",
)  # fmt: skip


# --- Where it is told --------------------------------------------------------------------------


@compiled
def told_first(statistic: int | None, award: int | None, now: datetime) -> QuerySet[Any]:
    """The mentions on the first page of them."""
    thing: Any = Award(pk=award) if statistic is None else Statistic(pk=statistic)
    return mentions(thing, now).order_by("-pk")[: SIZE + 1]  # type: ignore[no-any-return]


def mentions(thing: Statistic | Award, now: datetime) -> Any:
    """Return where public articles mention a figure or an award, with these articles."""
    public = thing.mentions.filter(is_public("article__", now)).select_related("article")  # type: ignore[union-attr]
    return public.defer("article__note", *unseen("article__"))


@compiled
def document(pk: int) -> QuerySet[Document]:
    return Document.objects.filter(pk=pk).defer(*unseen(""))


@compiled
def cited_first(document: int, now: datetime) -> QuerySet[Any]:
    """The citations on the first page of them."""
    return citations(document, now).order_by("-pk")[: SIZE + 1]  # type: ignore[no-any-return]


def citations(document: int, now: datetime) -> Any:
    """Return where public articles cite a document, with as much of these articles as a line shows."""
    found: Any = Document(pk=document).citations  # type: ignore[attr-defined]
    public = found.filter(is_public("article__", now)).select_related("article")
    return public.only("document", "printed", "article__title", "article__published_at")

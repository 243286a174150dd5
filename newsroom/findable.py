"""What readers can find: things of six kinds, what narrows each, and what is said of one that was found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, DateField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, ExtractYear, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from committees.models import Award, Committee, CommitteeAlias, Conference, Document, Statistic
from newsroom.compiled import Compiled, compiled, filled, together
from newsroom.compiled import Question as Asked
from newsroom.excerpts import Pieces, Wanted, excerpt, mark
from newsroom.fulltext import Question
from newsroom.richtext import bare_text


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is found: its public rows, in which order, of which day, and what narrows them."""

    name: str  # as the address says it: ?loai=
    label: Any
    rows: Callable[[datetime], QuerySet[Any]]
    order: tuple[str, str]
    moment: Any  # an expression: by which they stand among things of other kinds, as by `order` among their own
    day: Any  # an expression: what readers are told
    year: str = ""  # lookups, of a day or (`has_years`) of a year; empty where the kind knows none
    committee: str = ""
    category: str = ""
    said: tuple[str, ...] = ()  # what is said of a hit: its columns, and those of what it leads to
    names: Callable[[Question], QuerySet[Any]] | None = None  # keys of those that answer by a name of another table
    has_years: bool = False
    # A condition that all of one year meet, by which an index leads to the newest of them past all that is newer.
    reached: Callable[[int], Q] | None = None
    is_timed: bool = True  # whether readers see them from a moment on
    # Where very many answer, what comes first is looked for among so many of the newest rows: by their title, with the
    # lead, anywhere. A row costs more where all of its words are read.
    windows: tuple[int, int, int] = (2000, 1000, 300)
    at_hand: str = "ABC"  # the parts whose words are read with a row; others are kept apart from it, and dear to read
    shares: tuple[int, ...] = (512, 64, 16)  # the samples that are tried: none where there are some hundreds of a kind
    # Expressions, where there is a long text: what is read of it, and what where the title has all that was asked for.
    text: Any = None
    text_of_titled: Any = None

    def answers(self, question: Question) -> Q:
        """Return `question` as a condition on the rows of this kind."""
        answers = Q(search_words__answers=question)
        return answers | Q(pk__in=self.names(question)) if self.names else answers


def _aliases(question: Question) -> QuerySet[Any]:
    return CommitteeAlias.objects.filter(search_words__answers=question).values("committee")


def _figures(at: datetime) -> QuerySet[Any]:
    """Figures know the year of their conference as a value: no planner can find the conferences of a year first."""
    held = Conference.objects.filter(pk=OuterRef("conference")).values("held_on")
    return Statistic.objects.public(at).alias(held_year=Cast(ExtractYear(Subquery(held)), IntegerField()))


def _of_days_in(year: int) -> Q:
    return Q(sorted_on__year=year)


def _no_newer_than_of(year: int) -> Q:
    """No figure of the conferences of a year is newer than the newest of each. Among drafts there is no newest."""
    published = Statistic.objects.filter(conference=OuterRef("pk"), published_at__isnull=False)
    held = Conference.objects.filter(_of_days_in(year))
    newest = held.annotate(newest=Subquery(published.order_by("-published_at", "-pk").values("published_at")[:1]))
    return Q(published_at__lte=Subquery(newest.order_by(F("newest").desc(nulls_last=True)).values("newest")[:1]))


NO_DAY = Cast(Value(None), DateField())
KINDS = (
    Kind(
        "bai-viet", _("Articles"), Article.objects.public, ("-published_at", "-pk"), F("published_at"),
        TruncDate("published_at"), year="published_at",
        committee="committees", category="category", said=("title", "lead"), windows=(3000, 1000, 300),
        at_hand="A", text=F("body"),
        text_of_titled=Case(When(lead="", then=F("body")), default=Value(""), output_field=TextField()),
    ),
    Kind(
        "hoi-nghi", _("Conferences"), Conference.objects.public, ("-sorted_on", "-pk"), F("held_on"), F("held_on"),
        year="held_on", reached=_of_days_in,
        committee="committee", said=("name", "convened_by", "period_label", "committee__name"),
    ),
    Kind(
        "to-chuc", _("Committees"), lambda at: Committee.objects.all(), ("sort_key", "pk"), NO_DAY, NO_DAY,
        committee="pk", names=_aliases, said=("name", "abbreviation", "province", "parent__name"), is_timed=False,
        shares=(),
    ),
    Kind(
        "khen-thuong", _("Awards"), Award.objects.public, ("-published_at", "-pk"), F("published_at"),
        F("reported_at__held_on"), year="reported_year", has_years=True,
        committee="reported_by",
        said=("count", "form", "achievement", "recipients_described", "reported_at__name"),
    ),
    Kind(
        "so-lieu", _("Figures"), _figures, ("-published_at", "-pk"), F("published_at"),
        F("conference__held_on"), year="held_year", has_years=True, reached=_no_newer_than_of,
        committee="committee", windows=(5000, 2500, 800), shares=(4096, 512, 64),
        said=(
            "label", "comparator", "value", "value_max", "whole", "percent", "percent_places", "plan_percent", "level",
            "period_label", "committee__name", "conference__name",
        ),
    ),
    Kind(
        "van-ban", _("Documents"), lambda at: Document.objects.all(), ("-sorted_on", "-pk"), F("issued_on"),
        F("issued_on"), year="issued_on", said=("name", "number", "subject", "issuer"), is_timed=False, shares=(64,),
    ),
)  # fmt: skip


NAMES = ("committee", "category", "year")  # of what narrows a kind, and of the keys that its things have


@dataclass(frozen=True)
class Narrowing:
    """What a reader has chosen besides the words; None or empty where nothing."""

    kind: str = ""
    committee: int | None = None
    year: int | None = None
    category: int | None = None

    @property
    def is_used(self) -> bool:
        return self != Narrowing()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of what is chosen, but for a kind."""
        return tuple(name for name in NAMES if getattr(self, name) is not None)

    def rows(self, kind: Kind, at: datetime) -> QuerySet[Any] | None:
        """Return the rows of `kind` that are left at the moment `at`, None where it cannot hold what was chosen."""
        if self.kind and self.kind != kind.name:
            return None
        rows = kind.rows(at)
        for value, lookup in (
            (self.committee, kind.committee),
            (self.category, kind.category),
            (self.year, kind.year if kind.has_years or not kind.year else f"{kind.year}__year"),
        ):
            if value is not None:
                if not lookup:
                    return None
                rows = rows.filter(**{lookup: value})
        return rows


# --- What is said of a thing -------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A thing that was found, with the words of the question marked in its title and in a snippet of its text."""

    kind: Kind
    thing: Any
    title: Pieces
    snippet: Pieces
    day: Any


def shown(
    found: Sequence[tuple[Kind, int, bool]], beside: Sequence[Asked] = ()
) -> tuple[list[tuple[Kind, Any]], list[list[Any]]]:
    """Return what of `found` is still public, in its order, each with its kind; and the rows asked for `beside` it.

    Each of `found` is of a kind and a key, and it is known whether its title has all that was asked for: its lead is
    told then, and its long text is not read. One query.
    """
    now = timezone.now()
    asked: dict[tuple[str, bool], list[int]] = {}
    for kind, pk, is_titled in found:
        asked.setdefault((kind.name, is_titled and kind.text is not None), []).append(pk)
    rows = together(
        *(_SHOWN[how].asking(now if how[0] in _TIMED else None, *filled(keys, SHOWN)) for how, keys in asked.items()),
        *beside,
    )
    things = {(name, thing.pk): thing for (name, _is), those in zip(asked, rows, strict=False) for thing in those}
    here = [(kind, things[kind.name, pk]) for kind, pk, _is_titled in found if (kind.name, pk) in things]
    return here, rows[len(asked) :]


def _showing(kind: Kind, is_titled: bool) -> Compiled[...]:
    @compiled
    def ask(now: Any, *keys: int) -> QuerySet[Any]:
        beside = [name.partition("__")[0] for name in kind.said if "__" in name]
        rows = kind.rows(now).filter(pk__in=keys).annotate(day=kind.day)
        if kind.text is not None:
            rows = rows.annotate(text=kind.text_of_titled if is_titled else kind.text)
        return (rows.select_related(*beside) if beside else rows).only(*kind.said)

    return ask


SHOWN = 20  # on a page
_SHOWN = {(kind.name, is_titled): _showing(kind, is_titled) for kind in KINDS for is_titled in (False, True)}
_TIMED = {kind.name for kind in KINDS if kind.is_timed}


def told(thing: Any) -> tuple[str, Iterator[str]]:
    """Return what is said of `thing`: its title, and its texts, of which the first that answers is shown."""
    return str(thing), _texts(thing)


def _texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, Article):
        yield thing.lead
        yield bare_text(thing.text)  # type: ignore[attr-defined]  # see `Kind.text`
    elif isinstance(thing, Conference):
        yield _line(thing.committee, thing.convened_by, thing.period_label)
    elif isinstance(thing, Committee):
        yield _line(thing.abbreviation, thing.province, thing.parent)
    elif isinstance(thing, Award):
        yield _line(thing.achievement, thing.recipients_described, thing.reported_at)
    elif isinstance(thing, Statistic):
        yield _line(thing.committee, thing.period_label, thing.conference)
    else:
        yield _line(thing.number, thing.subject, thing.issuer)


def _line(*said: Any) -> str:
    return " · ".join(str(each) for each in said if each)


def hit(kind: Kind, thing: Any, wanted: Wanted) -> Hit:
    """Return `thing` as a hit for the words `wanted`."""
    title, texts = told(thing)
    best: Pieces = []
    most = -1
    for snippet, words in (excerpt(text, wanted) for text in texts if text):
        if words > most:
            best, most = snippet, words
        if most == len(wanted):
            break
    return Hit(kind, thing, mark(title, wanted), best, thing.day)

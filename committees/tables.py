"""What can be taken away of committees, conferences, awards, figures, indicators and documents."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from committees.dossiers.award import presenters
from committees.filters import AwardFilter, CommitteeFilter, ConferenceFilter, DocumentFilter, StatisticFilter
from committees.groups import BY_REPORT
from committees.models import Award, AwardRecipient, Committee, Conference, Document, Indicator, Statistic
from newsroom.publishing import is_public, shown
from newsroom.tables import Column, Table, columns_of

BY_NAME = ("sort_key", "pk")
BY_DAY = ("-sorted_on", "-pk")

ID = Column("id", _("number in this newsroom"), attrgetter("pk"))
ADDRESS = Column("address", _("address"), lambda thing: thing.get_absolute_url(), is_address=True)

# --- Where a fact comes from -------------------------------------------------------------------


def _with_source(found: QuerySet[Any], *ways: str) -> QuerySet[Any]:
    """Annotate each of `found` with the number of its `source`.

    That is the first public article that one of the relations `ways` leads to: the first way that leads to any.
    """
    sources = [
        Subquery(
            found.model._base_manager.filter(is_public(f"{way}__"), pk=OuterRef("pk"))
            .order_by(f"{way}__published_at", f"{way}__pk")
            .values(way)[:1],
            output_field=BigIntegerField(),
        )
        for way in ways
    ]
    return found.annotate(source=Coalesce(*sources) if len(sources) > 1 else sources[0])


def _fetch_sources(rows: Sequence[Any]) -> None:
    """Give each of `rows` its source as an article, `told_by`. One query."""
    articles: Any = Conference._meta.get_field("articles").related_model
    unseen = ("lead", "body", "search_key", "search_words", "note")
    found = articles.objects.public().defer(*unseen).in_bulk({row.source for row in rows if row.source})
    for row in rows:
        row.told_by = found.get(row.source)


SOURCE = [
    Column("source_title", _("article that reports it"), lambda row: row.told_by.title if row.told_by else ""),
    Column(
        "source_address",
        _("address of the article"),
        lambda row: row.told_by.get_absolute_url() if row.told_by else "",
        is_address=True,
    ),
    Column(
        "original_address",
        _("where the article was taken from"),
        lambda row: row.told_by.source_url if row.told_by else "",
    ),
    Column("retrieved_on", _("retrieved on"), lambda row: row.told_by.retrieved_on if row.told_by else None),
]

# --- What several lists say --------------------------------------------------------------------


def _leading(name: str, label: Any, address: Any, to: Callable[[Any], Any]) -> list[Column]:
    """Return the name and the address of the thing that `to` finds of a row; both empty where it finds none."""

    def where(row: Any) -> str:
        thing = to(row)
        return thing.get_absolute_url() if thing else ""

    return [
        Column(name, label, lambda row: str(to(row) or "")),
        Column(f"{name}_address", address, where, is_address=True),
    ]


def _committee(to: Callable[[Any], Any]) -> list[Column]:
    return _leading("committee", _("committee"), _("address of the committee"), to)


def conference_columns(name: str) -> list[Column]:
    """Return what is said of the conference that a row has as `name`, where readers may see it."""

    def to(row: Any) -> Conference | None:
        return shown(getattr(row, name))

    return [
        *_leading("conference", _("conference"), _("address of the conference"), to),
        Column("held_on", _("held on"), lambda row: getattr(to(row), "held_on", None)),
    ]


def _period(model: type[Any]) -> list[Column]:
    return columns_of(
        model, "period_label", "period_type", "period_starts_on", "period_ends_on", "period_inferred_from"
    )


# --- The lists ---------------------------------------------------------------------------------

COMPARATORS = {comparator.value: comparator.name.lower() for comparator in Statistic.Comparator}

STATISTICS = Table(
    name="so-lieu",
    title=_("Figures"),
    place="committees:statistics",
    order=BY_REPORT,
    filters=StatisticFilter,
    fetch=lambda found: _with_source(
        found.select_related("committee", "conference", "indicator", "part_of").defer("search_key", "search_words"),
        "mentions__article",
        "conference__articles",
    ),
    finish=_fetch_sources,
    columns=[
        ID,
        ADDRESS,
        *_committee(attrgetter("committee")),
        Column("indicator_code", _("code of the indicator"), attrgetter("indicator.code")),
        Column("indicator", _("indicator"), attrgetter("indicator.name")),
        Column("unit", _("unit"), attrgetter("indicator.unit")),
        Column("definition", _("definition"), attrgetter("indicator.definition")),
        *columns_of(Statistic, "label", "kind"),
        Column("printed", _("figure as printed"), attrgetter("figure")),
        # A comparator stands as a word: a sign such as = would be taken for the beginning of a formula.
        Column(
            "comparator",
            _("comparator"),
            lambda figure: COMPARATORS[figure.comparator],
            [(COMPARATORS[comparator.value], comparator.label) for comparator in Statistic.Comparator],
        ),
        *columns_of(Statistic, "value", "value_max", "whole", "percent"),
        Column("computed_percent", _("percent, computed by us"), attrgetter("computed_percent")),
        *columns_of(Statistic, "plan_percent", "level", "rating_includes", "unit_printed", "origin"),
        Column("part_of", _("part of the figure of number"), lambda figure: getattr(shown(figure.part_of), "pk", None)),
        *_period(Statistic),
        *conference_columns("conference"),
        *columns_of(Statistic, "published_at"),
        *SOURCE,
    ],
)

CONFERENCES = Table(
    name="hoi-nghi",
    title=_("Conferences"),
    place="committees:conferences",
    order=BY_DAY,
    filters=ConferenceFilter,
    fetch=lambda found: _with_source(found.select_related("committee").defer("search_key", "search_words"), "articles"),
    finish=_fetch_sources,
    columns=[
        ID,
        ADDRESS,
        *columns_of(Conference, "name"),
        *_committee(attrgetter("committee")),
        *columns_of(
            Conference,
            "convened_by",
            "ordinal",
            "term_number",
            "term_start",
            "term_end",
            "kind",
            "review",
            "held_on",
            "held_on_printed",
            "inferred_from",
            "session",
        ),
        *_period(Conference),
        Column("figures", _("number of figures"), attrgetter("figures")),
        Column("awards", _("number of awards"), attrgetter("commended")),
        *columns_of(Conference, "published_at"),
        *SOURCE,
    ],
)


def _with_recipients(found: QuerySet[Award]) -> QuerySet[Award]:
    named = Prefetch("recipients", AwardRecipient.objects.exclude(person__is_withheld=True))
    related = found.select_related("reported_at__committee").defer("search_key", "search_words")
    return _with_source(related.prefetch_related(named), "mentions__article", "reported_at__articles")


def _fetch_presenters(rows: Sequence[Any]) -> None:
    """Give each of `rows` its source, and who handed it over as far as readers see it. Two queries."""
    _fetch_sources(rows)
    said = presenters(rows)
    for award in rows:
        award.handed_over_by = said.get(award.pk, "")


def _reporting(award: Award) -> Committee | None:
    """The committee at whose conference the award is reported."""
    conference = shown(award.reported_at)
    return conference.committee if conference else None


AWARDS = Table(
    name="khen-thuong",
    title=_("Awards"),
    place="committees:awards",
    order=BY_REPORT,
    filters=AwardFilter,
    fetch=_with_recipients,
    finish=_fetch_presenters,
    columns=[
        ID,
        ADDRESS,
        *_committee(_reporting),
        *columns_of(Award, "form", "level", "count", "count_unit", "recipient_kind", "recipients_described"),
        Column(
            "recipients", _("named recipients"), lambda award: "; ".join(one.name for one in award.recipients.all())
        ),
        *columns_of(Award, "achievement", "granted_by"),
        Column("presented_by", Award._meta.get_field("presented_by").verbose_name, attrgetter("handed_over_by")),
        *columns_of(Award, "decision_number", "decided_on"),
        *_period(Award),
        *conference_columns("reported_at"),
        *columns_of(Award, "published_at"),
        *SOURCE,
    ],
)

INDICATORS = Table(
    name="chi-so",
    title=_("Indicators"),
    place="committees:indicators",
    order=BY_NAME,
    columns=[ID, ADDRESS, *columns_of(Indicator, "code", "name", "unit", "definition")],
)

COMMITTEES = Table(
    name="to-chuc",
    title=_("Committees"),
    place="committees:committees",
    order=BY_NAME,
    filters=CommitteeFilter,
    fetch=lambda found: found.select_related("parent", "predecessor").prefetch_related("aliases"),
    columns=[
        ID,
        ADDRESS,
        *columns_of(Committee, "name", "abbreviation"),
        Column("aliases", _("Other names"), lambda body: "; ".join(alias.name for alias in body.aliases.all())),
        *columns_of(Committee, "kind", "province", "active_from", "active_until"),
        *_leading("parent", _("parent"), _("address of the parent"), attrgetter("parent")),
        *_leading("predecessor", _("predecessor"), _("address of the predecessor"), attrgetter("predecessor")),
    ],
)

DOCUMENTS = Table(
    name="van-ban",
    title=_("Documents"),
    place="committees:documents",
    order=BY_DAY,
    filters=DocumentFilter,
    fetch=lambda found: _with_source(found.defer("search_key", "search_words"), "citations__article"),
    finish=_fetch_sources,
    columns=[
        ID,
        ADDRESS,
        *columns_of(Document, "name", "number", "type", "issuer", "issued_on", "subject"),
        Column("file", _("file"), lambda document: document.file.url if document.file else "", is_address=True),
        *SOURCE,
    ],
)

TABLES = [STATISTICS, INDICATORS, CONFERENCES, AWARDS, COMMITTEES, DOCUMENTS]

"""What is proposed of a raw report: every field, with the words it comes from.

Nothing is invented: what the text does not say is None or empty. Offsets are code points of the text as read,
half open. `as_json` is schema `report/1`, which `manage.py import_report --json` prints.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the text that a proposal comes from."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PeriodSaid:
    """A period: as printed, the kind (committees.models.period.Period.Type, or ""), and its days if they are known."""

    label: str
    type: str = ""
    start: date | None = None
    end: date | None = None
    inferred_from: str = ""  # the words that name it or its year, where the sentence itself does not


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited: `role` text | photo | both (Byline's own choices); `unit` where one is printed."""

    role: str
    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the report was taken from: `label` as printed ("Nguồn"), the name of a paper if stated, its address."""

    label: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Page furniture that was taken out: the line, and the role by which it is none of the article."""

    text: str
    role: str
    start: int
    end: int


@dataclass(slots=True)
class ArticleSaid:
    """The article itself. Times are ISO 8601 with an offset; `event_date` is YYYY-MM-DD, or --MM-DD without a year."""

    title: str | None = None
    lead: str | None = None
    dateline: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    event_date: str | None = None
    event_date_inferred_from: str | None = None
    byline: str | None = None
    credits: list[Credit] = field(default_factory=list)
    source: Source | None = None
    captions: list[str] = field(default_factory=list)
    has_video: bool = False
    view_count: int | None = None
    body: list[str] = field(default_factory=list)  # paragraphs
    # Where each stands: "title", "lead", "dateline", "byline", "caption.0", "body.3" ...
    places: dict[str, Words] = field(default_factory=dict)


@dataclass(slots=True)
class CommitteeSaid:
    """Whom the report is about, as it names them; `hints` are guesses (a host, a dateline), never values."""

    name: str | None = None
    abbreviation: str | None = None
    province: str | None = None
    hints: list[str] = field(default_factory=list)
    words: Words | None = None


@dataclass(slots=True)
class ConferenceSaid:
    """The conference. `kind` regular | extended | thematic; `review` none | interim | summary; `session` or None."""

    name: str | None = None
    convened_by: str | None = None  # the organ alone: "Ban Chấp hành"
    ordinal: int | None = None
    term_number: int | None = None
    term_start: int | None = None
    term_end: int | None = None
    kind: str = "regular"
    review: str = "none"
    session: str | None = None
    held_on_printed: str | None = None
    period: PeriodSaid | None = None
    places: dict[str, Words] = field(default_factory=dict)  # by the name of the field


@dataclass(frozen=True, slots=True)
class OfficialSaid:
    """A person in the roles that the report prints; `acts` are chaired | spoke | concluded | presented | attended."""

    name: str
    roles: tuple[str, ...]
    acts: tuple[str, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class StatisticSaid:
    """One figure, as a row of Statistic would hold it. `part_of` is an index into the report's statistics."""

    indicator: str  # a code of the grammar's list, "" where none fits
    label: str
    kind: str  # result | target
    words: Words
    value: Decimal | None = None
    value_max: Decimal | None = None
    whole: Decimal | None = None
    percent: Decimal | None = None
    percent_places: int | None = None
    plan_percent: Decimal | None = None
    level: str = ""
    comparator: str = "="
    unit: str = ""
    rating_includes: str = ""
    period: PeriodSaid | None = None
    part_of: int | None = None
    other_mentions: tuple[Words, ...] = ()  # where the same figure stands again: in the title, in the lead


@dataclass(frozen=True, slots=True)
class AwardSaid:
    """One award. `form` as schema report/1 names it, None where the text names none; counts only where stated."""

    form: str | None
    words: Words
    granted_by: str | None = None
    presented_by: str | None = None
    recipient_kind: str | None = None  # collective | individual
    count: int | None = None
    count_unit: str = ""
    recipients_described: str = ""
    level: str = ""
    achievement: str | None = None
    recipients: tuple[str, ...] = ()
    period: PeriodSaid | None = None
    is_of_this_conference: bool = True  # False for a past result that the report tells
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentSaid:
    """A document that is cited: its number as printed, what kind it is, who issued it."""

    number: str
    type: str
    issuer: str | None
    words: Words


@dataclass(frozen=True, slots=True)
class CheckSaid:
    """A verdict of the number engine over the text."""

    rule: str
    verdict: str  # block | warn | fine
    message: str
    quote: str


@dataclass(slots=True)
class Report:
    """All that is proposed of one raw report."""

    text: str  # as read
    article: ArticleSaid = field(default_factory=ArticleSaid)
    committee: CommitteeSaid = field(default_factory=CommitteeSaid)
    conference: ConferenceSaid = field(default_factory=ConferenceSaid)
    officials: list[OfficialSaid] = field(default_factory=list)
    statistics: list[StatisticSaid] = field(default_factory=list)
    awards: list[AwardSaid] = field(default_factory=list)
    documents: list[DocumentSaid] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    checks: list[CheckSaid] = field(default_factory=list)


def as_json(report: Report) -> dict[str, Any]:
    """Return `report` in schema report/1: plain dicts, lists, numbers and strings, ready for `json.dumps`."""
    return {
        "schema": "report/1",
        "article": _plain(report.article, "places"),
        "committee": _plain(report.committee, "words", "hints"),
        "conference": _plain(report.conference, "places", "held_on_printed"),
        "officials": [_plain(one) for one in report.officials],
        "statistics": [_plain(one) for one in report.statistics],
        "awards": [_plain(one) for one in report.awards],
        "documents": [_plain(one) for one in report.documents],
        "dropped": [{"text": one.text, "role": one.role} for one in report.dropped],
        "checks": [_plain(one) for one in report.checks],
    }


def _plain(thing: Any, *without: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in asdict(thing).items():
        if name == "words" and name not in without:
            said |= value
        elif name not in without:
            said[name] = _value(value)
    return said


def _value(value: Any) -> Any:
    """A number as JSON writes numbers, a day as ISO writes days; an empty string is nothing stated."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _value(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(each) for each in value]
    return None if value == "" else value

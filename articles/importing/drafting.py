"""Rows made of what a report says, none of them saved: what a person confirms, and a form begins from."""

import textwrap
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from articles.importing.report import AwardSaid, DocumentSaid, OfficialSaid, PeriodSaid, Report, Source, StatisticSaid
from articles.models import Article, Publication
from committees.figures.indicators import INDICATORS
from committees.models import Attendance, Award, Committee, Conference, Document, Indicator, Statistic
from committees.models.award import FORM_WORDS
from committees.models.period import Period
from newsroom.vietnamese import fold, normalise


def line(text: str | None, most: int = 0) -> str:
    """Return `text` as one clean line, of at most `most` characters where that is given; "" for None."""
    clean = " ".join(normalise(text or "").split())
    return textwrap.shorten(clean, most, placeholder="…") if most and len(clean) > most else clean


def article_of(report: Report) -> Article:
    """Return the article without its body, which is made of the paragraphs that stay."""
    said = report.article
    source = said.source or Source("")
    return Article(
        title=line(said.title, 200),
        lead=line(said.lead),
        dateline=line(said.dateline, 60).strip("()"),
        source_label=line(source.label, 40),
        source_url=source.url if _site(source.url) and len(source.url) <= 500 else "",
        source_published_at=_moment(said.published_at),
        source_updated_at=_moment(said.updated_at),
    )


def _moment(said: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said or "")
    except ValueError:
        return None
    return moment if moment.utcoffset() is not None else None


def publication_of(source: Source | None) -> Publication | None:
    """Return whose report it was, by name and by the address of its site; None where nothing is said."""
    if source is None or not (source.name or source.url):
        return None
    address = _site(source.url)
    return Publication(name=line(source.name, 120), address=address) if source.name or address else None


def _site(address: str) -> str:
    """Return the root of the site at `address`; "" for what is no web address."""
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return ""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def committee_of(report: Report) -> Committee | None:
    """Return the committee as the report names it; None where it names none."""
    said = report.committee
    if not said.name:
        return None
    return Committee(
        name=line(said.name, 200), abbreviation=line(said.abbreviation, 40), province=line(said.province, 60)
    )


def conference_of(report: Report) -> Conference | None:
    """Return the conference, without its committee; None where the report speaks of none."""
    said, article = report.conference, report.article
    if not (said.name or said.ordinal or said.convened_by or said.term_number):
        return None
    held_on, printed = None, said.held_on_printed
    try:
        held_on = date.fromisoformat(article.event_date or "")
    except ValueError:  # "--04-08": its year is not known
        printed = printed or "/".join(
            str(int(part)) for part in reversed((article.event_date or "").split("-")) if part
        )
    return Conference(
        name=line(said.name, 300) or _named_by_ordinal(said.ordinal),
        convened_by=line(said.convened_by, 200),
        ordinal=said.ordinal,
        term_number=said.term_number,
        term_start=said.term_start,
        term_end=said.term_end,
        kind=_one_of(Conference.Kind, said.kind, Conference.Kind.REGULAR),
        review=_one_of(Conference.Review, said.review, Conference.Review.NONE),
        session=_one_of(Conference.Session, said.session, ""),
        held_on=held_on,
        held_on_printed=line(printed, 60),
        inferred_from=line(article.event_date_inferred_from, 300),
        **_period(said.period),
    )


def _named_by_ordinal(ordinal: int | None) -> str:
    """The name in the language of the reports, which is no translation."""
    return f"Hội nghị lần thứ {ordinal}" if ordinal else "Hội nghị"


def attendance_of(said: OfficialSaid) -> Attendance:
    """Return what a person was and did at the conference, without the two themselves."""
    return Attendance(
        role=line(", ".join(said.roles), 300),
        has_chaired="chaired" in said.acts,
        has_spoken="spoke" in said.acts,
        has_concluded="concluded" in said.acts,
        has_presented="presented" in said.acts,
    )


def statistic_of(said: StatisticSaid, indicator: Indicator | None) -> Statistic:
    """Return a figure, without its committee and conference; `indicator` as the code of the proposal names it."""
    return Statistic(
        indicator=indicator,  # type: ignore[misc]  # one that is not known yet is chosen before it is saved
        label=line(said.label or said.words.quote, 300),
        kind=_one_of(Statistic.Kind, said.kind, Statistic.Kind.RESULT),
        comparator=_one_of(Statistic.Comparator, said.comparator, Statistic.Comparator.EQUAL),
        value=said.value,
        value_max=said.value_max,
        whole=said.whole,
        percent=said.percent,
        percent_places=said.percent_places,
        plan_percent=said.plan_percent,
        level=said.level,
        unit_printed=line(said.unit, 120),
        rating_includes=said.rating_includes,
        **_period(said.period),
    )


def indicator_of(said: StatisticSaid) -> Indicator:
    """Return the indicator that a figure would make, under the name and unit that its code has everywhere."""
    if said.indicator in INDICATORS:
        return listed_indicator(said.indicator)
    return Indicator(code=said.indicator, name=line(said.label or said.indicator, 200), unit=line(said.unit, 60))


def listed_indicator(code: str) -> Indicator:
    """Return an indicator of the list of the genre as a row of ours, not saved yet. Raises `KeyError`."""
    known = INDICATORS[code]
    return Indicator(code=code, name=line(known.label, 200), unit=line(known.unit, 60))


def award_of(said: AwardSaid) -> Award:
    """Return an award, without the conferences at which it was reported and given."""
    described = line(said.recipients_described, 300)
    return Award(
        form=_FORMS.get(fold(said.form or ""), Award.Form.UNSTATED),
        granted_by=line(said.granted_by, 200),
        presented_by=line(said.presented_by, 200),
        recipient_kind=_one_of(Award.RecipientKind, said.recipient_kind, Award.RecipientKind.UNSTATED),
        count=said.count or None,
        count_unit=line(said.count_unit, 120),
        recipients_described="" if fold(described) in _FORMS else described,  # “16 giấy khen”: nobody is described
        level=line(said.level, 120),
        achievement=line(said.achievement),
        **_period(said.period),
    )


_FORMS = {fold(words): form for form, words in FORM_WORDS.items()}


def document_of(said: DocumentSaid) -> Document:
    """Return a document that is cited, under the words it is cited with."""
    kind = fold(said.type)
    return Document(
        name=line(said.words.quote, 300),
        number=line(said.number, 60),
        type=next((type_ for words, type_ in _TYPES.items() if kind.startswith(words)), Document.Type.OTHER),
        issuer=line(said.issuer, 200),
    )


_TYPES = {
    "nghi quyet": Document.Type.RESOLUTION, "chi thi": Document.Type.DIRECTIVE, "ket luan": Document.Type.CONCLUSION,
    "quy dinh": Document.Type.REGULATION, "quy che": Document.Type.RULES, "quyet dinh": Document.Type.DECISION,
    "ke hoach": Document.Type.PLAN, "chuong trinh": Document.Type.PROGRAMME, "huong dan": Document.Type.GUIDANCE,
    "thong bao": Document.Type.NOTICE, "dieu le": Document.Type.CHARTER,
}  # fmt: skip


def _period(said: PeriodSaid | None) -> dict[str, Any]:
    if said is None:
        return {}
    return {
        "period_label": line(said.label, 120),
        "period_type": _one_of(Period.Type, said.type, ""),
        "period_starts_on": said.start,
        "period_ends_on": said.end,
        "period_inferred_from": line(said.inferred_from, 300),
    }


def _one_of(choices: Any, said: str | None, otherwise: str) -> str:
    return said if said is not None and said in choices.values else otherwise

"""What becomes of each proposal of a report: rows to be saved, known rows to be used, and what is left out."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from articles.importing import matching
from articles.importing.agreeing import Held, awards_held, figures_held
from articles.importing.drafting import (
    article_of,
    attendance_of,
    award_of,
    committee_of,
    conference_of,
    document_of,
    indicator_of,
    line,
    publication_of,
    statistic_of,
)
from articles.importing.report import Report
from articles.models import Article, Byline, Photo, Publication
from committees.models import Attendance, Award, Committee, Conference, Document, Person, Statistic
from newsroom.publishing import Publishable


@dataclass
class Choices:
    """What a person decided over the proposals of a report.

    A row without a primary key is made; one that has its key is known and stays as it is. Figures, awards and
    documents stand under their index in the report; what is not here is left out.
    """

    article: Article
    paragraphs: dict[str, str]  # by their names in the report: "body.0" ...
    committee: Committee | None = None
    conference: Conference | None = None
    publication: Publication | None = None
    bylines: list[Byline] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    statistics: dict[int, Statistic] = field(default_factory=dict)
    awards: dict[int, Award] = field(default_factory=dict)
    recipients: dict[int, list[str]] = field(default_factory=dict)  # of new awards
    documents: dict[int, Document] = field(default_factory=dict)
    photos: list[Photo] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what was decided without a person, in sentences
    questions: list[str] = field(default_factory=list)  # what only a person can decide


def paragraphs_of(report: Report) -> dict[str, str]:
    """Return the paragraphs of the body by their names, each one clean line; the lead does not stand in it again."""
    lead = line(report.article.lead)
    clean = {f"body.{index}": line(text) for index, text in enumerate(report.article.body)}
    return {name: text for name, text in clean.items() if text and text != lead}


def certain(report: Report, committee: Committee | None = None) -> Choices:
    """Return what can be decided without a person: certain matches are used, and what is doubtful is left out.

    `committee` is the one that somebody has named. Without one, a committee that nothing known resembles is made.
    What is left out, and why, stands in `notes`; which committee or conference is meant, where that is open, in
    `questions`.
    """
    choices = Choices(article_of(report), paragraphs_of(report))
    if not choices.article.title:
        choices.article.title = line(report.conference.name or report.article.lead or report.text, 120)
        choices.notes.append(_("The report has no title: one was made of its first words."))
    choices.committee = committee or _committee(report, choices)
    proposed = publication_of(report.article.source)
    choices.publication = matching.publication(proposed) or proposed
    _people(report, choices)
    for index, document in enumerate(documents := [document_of(said) for said in report.documents]):
        choices.documents[index] = document
    for index, matches in enumerate(matching.documents(documents)):
        choices.documents[index] = matching.certain(matches) or choices.documents[index]
    if choices.committee is not None:
        _facts(report, choices)
    return choices


def _committee(report: Report, choices: Choices) -> Committee | None:
    matches = matching.committees(report.committee)
    if (sure := matching.certain(matches)) is not None:
        return sure
    if not matches:
        return committee_of(report)
    names = "; ".join(f"{match.thing} ({match.thing.pk})" for match in matches)
    choices.questions.append(_("It is not certain which committee is meant. Known are: %(names)s.") % {"names": names})
    return None


def _people(report: Report, choices: Choices) -> None:
    """Give each name its person: the one whom the same place has named before, or a new one."""
    authors = [line(one.name, 120) for one in report.article.credits]
    names = [*authors, *(line(one.name, 120) for one in report.officials)]
    known = matching.people(names)
    persons: dict[str, Person] = {}
    for name in names:
        met = matching.familiar(known[name], choices.committee, choices.publication, is_author=name in authors)
        persons.setdefault(name.casefold(), met or Person(name=name))
    choices.bylines = bylines_of(report, persons)
    choices.attendances = attendances_of(report, persons)


def bylines_of(report: Report, persons: dict[str, Person]) -> list[Byline]:
    """Return the credits, once each, with the people of `persons` (by name, without capitals)."""
    found: dict[tuple[str, str], Byline] = {}
    for said in report.article.credits:
        person = persons.get(line(said.name, 120).casefold())
        credit = said.role if said.role in Byline.Credit.values else ""
        if person is not None:
            found.setdefault(
                (person.name.casefold(), credit), Byline(person=person, credit=credit, unit=line(said.unit, 200))
            )
    return list(found.values())


def attendances_of(report: Report, persons: dict[str, Person]) -> list[Attendance]:
    """Return who took part, once each: what a person did in two sentences is done by one person."""
    found: dict[str, Attendance] = {}
    for said in report.officials:
        name = line(said.name, 120).casefold()
        if name not in persons:
            continue
        new = attendance_of(said)
        new.person = persons[name]
        first = found.setdefault(name, new)
        first.role = first.role or new.role
        for act in ("has_chaired", "has_spoken", "has_concluded", "has_presented"):
            setattr(first, act, getattr(first, act) or getattr(new, act))
    return list(found.values())


def _facts(report: Report, choices: Choices) -> None:
    """Conference, figures and awards, held against those that are known of the conference."""
    proposed = conference_of(report)
    if proposed is not None:
        matches = matching.conferences(proposed, choices.committee)
        choices.conference = matching.certain(matches) or (None if matches else proposed)
        if choices.conference is None:
            sentence = _("It is not certain which conference is meant. Known are: %(names)s.")
            choices.questions.append(sentence % {"names": "; ".join(str(match.thing) for match in matches)})
    indicators = matching.indicators(said.indicator for said in report.statistics)
    for index, said in enumerate(report.statistics):
        if not said.indicator:
            choices.notes.append(
                _("Left out, as no indicator is known for it: “%(words)s”.") % {"words": said.words.quote}
            )
            continue
        indicator = indicators.setdefault(said.indicator, indicator_of(said))
        choices.statistics[index] = statistic_of(said, indicator)
    choices.awards = {index: award_of(said) for index, said in enumerate(report.awards)}
    choices.recipients = {
        index: [line(name, 300) for name in said.recipients] for index, said in enumerate(report.awards)
    }
    use_known(choices)
    drop_what_cannot_be(choices)


def use_known(choices: Choices) -> None:
    """Of a known conference, put its rows in the place of figures and awards that agree; leave out what contradicts."""
    if choices.conference is None or choices.conference.pk is None:
        return
    new_figures = {index: row for index, row in choices.statistics.items() if row.pk is None}
    new_awards = {index: row for index, row in choices.awards.items() if row.pk is None}
    figures = figures_held(new_figures, choices.conference)
    awards = awards_held(new_awards, choices.conference)
    _use(choices.statistics, figures, choices.notes)
    _use(choices.awards, awards, choices.notes)


def _use(rows: dict[int, Any], held: dict[int, Held], notes: list[str]) -> None:
    for index, known in held.items():
        if known.agrees:
            rows[index] = known.row
        else:
            sentence = _("Left out: “%(new)s” contradicts “%(known)s”, which is known of the same conference.")
            notes.append(sentence % {"new": rows.pop(index), "known": known.row})


def drop_what_cannot_be(choices: Choices) -> None:
    """Leave out what the database would refuse, and say why: a figure, an award, a single field of the conference."""
    for rows in (choices.statistics, choices.awards):
        for index, row in list(rows.items()):
            if row.pk is None and (wrong := _faults(row)):
                words = {"row": row, "why": " ".join(sentence for said in wrong.values() for sentence in said)}
                choices.notes.append(_("Left out: “%(row)s”. %(why)s") % words)
                del rows[index]  # type: ignore[attr-defined]
    conference = choices.conference
    if conference is not None and conference.pk is None:
        for name, sentences in _faults(conference).items():
            for field in (name,) if name != NON_FIELD_ERRORS else ("term_start", "term_end", *_DAYS):
                setattr(conference, field, Conference._meta.get_field(field).get_default())
            choices.notes.append(_("Left out: “%(row)s”. %(why)s") % {"row": conference, "why": " ".join(sentences)})


_DAYS = ("period_starts_on", "period_ends_on")
_OF_OTHERS = {"committee", "conference", "indicator", "part_of", "reported_at", "given_at", "granted_by_committee"}


def _faults(row: Publishable) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    for held in (row.clean_fields, row.validate_constraints):
        try:
            held(exclude={*_OF_OTHERS, *wrong})
        except ValidationError as faults:
            wrong |= faults.message_dict
    return wrong

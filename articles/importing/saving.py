"""From a report, and what was decided over its proposals, to rows: a draft and all that it reports, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.importing.choosing import Choices
from articles.importing.drafting import line
from articles.importing.exact import exact_words
from articles.importing.fingerprint import fingerprint, imported_before
from articles.importing.placing import Places
from articles.importing.report import Report
from articles.models import Article, Byline, Citation, Mention, Video
from articles.revisions import record
from committees.models import AwardRecipient, Conference, Indicator
from newsroom.models import User
from newsroom.publishing import State


class Overtaken(Exception):
    """Somebody has saved the same conference in the meantime; the message is a sentence for the person who asked."""


@dataclass(frozen=True)
class Imported:
    """The article of a report, whether it was made now, how many facts came with it, and what a person should know."""

    article: Article
    is_new: bool
    figures: int = 0
    awards: int = 0
    mentions: int = 0
    notes: list[str] = field(default_factory=list)


def save(report: Report, choices: Choices, writer: User | None) -> Imported:
    """Make a draft of `report` as `choices` say, in one transaction: all of it, or nothing.

    The conference, the figures and the awards are drafts like the article, and go to readers with it. A report that
    was imported before changes nothing: its article is returned. Known rows are only mentioned, never changed.

    Raises `Overtaken` where a row that was to be made has been made by somebody else meanwhile.
    """
    if known := imported_before(report.text):
        return Imported(known, is_new=False)
    try:
        with transaction.atomic():
            return _save(report, choices, writer)
    except IntegrityError as both:
        if known := imported_before(report.text):  # the same form, sent twice at once
            return Imported(known, is_new=False)
        raise Overtaken(
            _("Somebody has saved the same conference in the meantime: look again what is known.")
        ) from both


def _save(report: Report, choices: Choices, writer: User | None) -> Imported:
    notes = list(choices.notes)
    article = _article(report, choices, writer)
    conference = _conference(choices, notes)
    if choices.committee is not None:
        article.committees.add(_kept(choices.committee))
    if conference is not None:
        article.conference = conference
        article.save(update_fields=["conference"])
    _parts_of(article, report, choices)
    _rows(report, choices, conference)
    found = _mentions(article, report, choices)
    Mention.objects.bulk_create(found)
    named = {mention.statistic or mention.award for mention in found}
    for row in (*choices.statistics.values(), *choices.awards.values()):
        if row not in named:
            notes.append(_("The words of “%(row)s” do not stand in the article.") % {"row": row})
    record(article, writer, _("imported"))
    return Imported(article, True, len(choices.statistics), len(choices.awards), len(found), notes)


def _kept(thing: Any) -> Any:
    """Return `thing` with its row: a new one is made, a known one stays as it is."""
    if thing.pk is None:
        thing.save()
    return thing


def _article(report: Report, choices: Choices, writer: User | None) -> Article:
    article = choices.article
    article.fingerprint = fingerprint(report.text)
    article.body = "".join(f"<p>{escape(text)}</p>" for text in choices.paragraphs.values())
    article.writer = writer
    article.state, article.published_at = State.DRAFT, None
    if choices.publication is not None:
        article.publication = _kept(choices.publication)
        article.retrieved_on = timezone.localdate()
    shown = {photo.caption for photo in choices.photos}
    if untold := [text for text in map(line, report.article.captions) if text and text not in shown]:
        # Without their pictures the captions have no place, and are not lost.
        article.note = "\n".join(filter(None, [article.note, _("Captions of pictures that the report had:"), *untold]))
    article.save(force_insert=True)
    return article


def _conference(choices: Choices, notes: list[str]) -> Conference | None:
    """Return the conference with who took part in it. Of one that readers see, nothing is changed by a draft."""
    conference = choices.conference
    if conference is None:
        return None
    if conference.pk is None:
        conference.committee = _kept(choices.committee)
        conference.save()
    there = {attendance.person_id: attendance for attendance in conference.attendances.all()}
    new = [one for one in choices.attendances if one.person.pk is None or one.person.pk not in there]
    if new and conference.state == State.PUBLISHED:
        names = ", ".join(str(one.person) for one in new)
        sentence = _("Readers see this conference, so who took part was left as it is. Not listed there: %(names)s.")
        notes.append(sentence % {"names": names})
        return conference
    for position, attendance in enumerate(new, len(there)):
        _kept(attendance.person)
        attendance.conference, attendance.position = conference, position
        attendance.save(force_insert=True)
    return conference


def _parts_of(article: Article, report: Report, choices: Choices) -> None:
    """Bylines, pictures, the video that a report announces, and the documents that it cites."""
    for position, byline in enumerate(choices.bylines):
        _kept(byline.person)
        byline.article, byline.position = article, position
    Byline.objects.bulk_create(choices.bylines)
    for position, photo in enumerate(choices.photos):
        photo.article, photo.position = article, position
        photo.save(force_insert=True)
    if report.article.has_video:
        Video.objects.create(article=article)
    cited: dict[int, Citation] = {}
    for index, document in choices.documents.items():
        key = _kept(document).pk
        printed = line(report.documents[index].words.quote, 400)
        cited.setdefault(key, Citation(article=article, document=document, printed=printed, position=len(cited)))
    Citation.objects.bulk_create(cited.values())


def _rows(report: Report, choices: Choices, conference: Conference | None) -> None:
    """Make the figures and awards that are not known yet, the whole before its part."""
    for index in _wholes_first({i: report.statistics[i].part_of for i in choices.statistics}):
        statistic = choices.statistics[index]
        if statistic.pk is not None:
            continue
        if statistic.indicator.pk is None:  # one that another figure, or another person, may have needed just now
            code = statistic.indicator.code
            statistic.indicator = Indicator.objects.filter(code=code).first() or _kept(statistic.indicator)
        statistic.committee, statistic.conference = choices.committee, conference  # type: ignore[assignment]
        statistic.position = index
        statistic.part_of = choices.statistics.get(_index(report.statistics[index].part_of))
        statistic.save(force_insert=True)
    for index in _wholes_first({i: report.awards[i].part_of for i in choices.awards}):
        award, said = choices.awards[index], report.awards[index]
        if award.pk is not None:
            continue
        award.reported_at = conference
        award.given_at = conference if said.is_of_this_conference else None
        award.position = index
        award.part_of = choices.awards.get(_index(said.part_of))
        award.save(force_insert=True)
        names = choices.recipients.get(index, [])
        AwardRecipient.objects.bulk_create(
            AwardRecipient(award=award, name=name, position=place) for place, name in enumerate(names)
        )


def _index(part_of: int | None) -> int:
    return -1 if part_of is None else part_of


def _wholes_first(part_of: Mapping[int, int | None]) -> list[int]:
    """Return the indexes of `part_of` in an order in which none stands before its whole. A ring is broken."""

    def depth(index: int) -> int:
        above, steps = part_of.get(index), 0
        while above is not None and steps <= len(part_of):
            above, steps = part_of.get(above), steps + 1
        return steps

    return sorted(part_of, key=lambda index: (depth(index), index))


def _mentions(article: Article, report: Report, choices: Choices) -> list[Mention]:
    """Return where the figures and awards stand in the texts of `article`, each place once."""
    captions = {f"caption.{place}": photo.caption for place, photo in enumerate(choices.photos)}
    places = Places(report, article.title, article.lead, choices.paragraphs, captions)
    wanted: list[tuple[dict[str, Any], Any]] = []
    exact = exact_words(report)
    for index, statistic in choices.statistics.items():
        wanted += [({"statistic": statistic}, words) for words in exact[index]]
    wanted += [({"award": award}, report.awards[index].words) for index, award in choices.awards.items()]
    found: dict[tuple[Any, ...], Mention] = {}
    for target, words in wanted:
        mention = places.find(words)
        if mention is not None:
            mention.article = article
            for name, row in target.items():
                setattr(mention, name, row)
            key = (mention.statistic_id, mention.award_id, mention.part, mention.before, mention.words, mention.after)
            found.setdefault(key, mention)
    return list(found.values())

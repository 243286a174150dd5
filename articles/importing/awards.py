"""Awards that a report tells of: their form, whom they went to, how many, who granted and who handed them over.

Four ways of saying it (section 9 of the genre's grammar): `tặng N giấy khen cho ...`, `N tập thể được tặng giấy
khen`, `khen thưởng N cá nhân` (no form), `tặng cờ cho <names>`. What is announced without a number and itemised behind,
or told twice, is one award. A number that belongs to an award is never a statistic.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.award_details import Item
from articles.importing.award_sentences import SentenceReader
from articles.importing.award_words import AWARDED, ELEMENT, LEADERS, PERSON
from articles.importing.period_words import period_said
from articles.importing.report import AwardSaid
from articles.importing.sections import Sections
from committees.figures.normalising import Matching
from committees.figures.periods import Timeline, sentences


def awards_in(
    matching: Matching, passages: Sequence[tuple[int, int]], sections: Sections, timeline: Timeline
) -> tuple[list[AwardSaid], list[tuple[int, int]]]:
    """Return the awards told at `passages` (lead and paragraphs), and the places of every number that belongs to one.

    All places are code points of the text as given. `part_of` of an award is an index into the list.
    """
    said: list[AwardSaid] = []
    taken: list[tuple[int, int]] = []
    told: list[_Told] = []
    for passage in passages:
        subject, achievement = "", None
        before: list[Item] = []
        for left, right in sentences(matching, matching.place(passage[0]), matching.place(passage[1])):
            section = sections.at(matching.origin(left))
            if section is None or not AWARDED.search(matching.low, left, right):
                continue
            reader = SentenceReader(matching, left, right, before)
            items = before = reader.items()
            if section.is_ahead and section.kind != "speech":
                continue
            taken += [(matching.origin(item.start), matching.origin(item.end)) for item in reader.numbered]
            for item in items:
                said_by = reader.subject(item)
                subject = subject if said_by is None else said_by
                told.append(_Told(item, reader, section.kind, subject, achievement if reader.goes_on else None))
            achievement = next((item.achievement for item in items if item.achievement), achievement)
    said = _said(_once(told), timeline)
    return said, taken


def numbers_of_awards(matching: Matching, title: tuple[int, int], awards: Sequence[AwardSaid]) -> list[tuple[int, int]]:
    """Return where a title tells the numbers of awards: they are mentions of these and no statistics."""
    start, end = matching.place(title[0]), matching.place(title[1])
    reader = SentenceReader(matching, start, end)
    reader.items()
    found = [(matching.origin(item.start), matching.origin(item.end)) for item in reader.numbered]
    counts = {award.count for award in awards}
    for element in ELEMENT.finditer(matching.low, start, end):
        number = element["number"]
        if (
            number
            and number[0].isdigit()
            and int(number.replace(".", "")) in counts
            and AWARDED.search(matching.low, start, end)
        ):
            found.append((matching.origin(element.start()), matching.origin(element.end())))
    return sorted(set(found))


@dataclass(slots=True)
class _Told:
    """An award with the sentence it was read from."""

    item: Item
    reader: SentenceReader
    section: str
    subject: str
    before: str | None


def _once(told: list[_Told]) -> list[_Told]:
    """What is told once: an announcement goes where its numbers or names follow, the lead's short word where the body
    says it in full."""
    stated = [one for one in told if not one.item.is_announced]
    forms = {one.item.form for one in stated}
    behind = [one.item for one in stated if one.section != "opening"]
    in_full = {(item.form, item.count, item.kind) for item in behind} | {(item.count, item.kind) for item in behind}
    body_forms = {item.form for item in behind}
    announced: set[str | None] = set()
    kept: list[_Told] = []
    for one in told:
        item = one.item
        is_general = item.form in _GENERAL
        if item.is_announced:
            if item.is_praise and one.section != "awards":
                continue
            if item.form in forms or item.form in announced or (is_general and stated):
                continue
            announced.add(item.form)
        elif one.section == "opening":
            if (item.form, item.count, item.kind) in in_full or (is_general and (item.count, item.kind) in in_full):
                continue
            if item.kind is None and (item.form in body_forms or (is_general and body_forms)):
                continue
        kept.append(one)
    return kept


_GENERAL = (None, "biểu dương")  # the lead may say "khen thưởng" of what the body calls by its form


def _said(told: list[_Told], timeline: Timeline) -> list[AwardSaid]:
    places = {id(one.item): place for place, one in enumerate(told)}
    said: list[AwardSaid] = []
    for one in told:
        item, reader = one.item, one.reader
        owner, giver = reader.of(item)
        subject = LEADERS.sub("", one.subject) if one.subject else ""
        is_person = bool(PERSON.match(subject.lower()))
        granted = owner or giver or (None if is_person else subject) or None
        presented = giver if owner and giver else subject if (owner or is_person) and subject != granted else None
        words = reader.words(item)
        achievement = item.achievement or (one.before if not item.names or one.before else None)
        period = timeline.named_in(words.start, reader.given_end(item)) or (
            timeline.at(words.start, words.end, (words.start, words.end), (words.start, words.end))
            if one.section not in ("awards", "opening", "speech")
            else None
        )
        said.append(
            AwardSaid(
                form=item.form,
                words=words,
                granted_by=granted,
                presented_by=presented or None,
                recipient_kind=item.kind,
                count=item.count,
                count_unit=item.noun if item.count is not None else "",
                recipients_described=item.noun,
                level=item.level,
                achievement=achievement,
                recipients=tuple(item.names),
                period=period_said(period),
                is_of_this_conference=one.section in ("awards", "opening", "speech") or period is None,
                part_of=places.get(id(item.parent)) if item.parent is not None else None,
            )
        )
    return said

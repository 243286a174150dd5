"""From the forms of a report, all of them valid, to what becomes of it."""

from typing import Any

from articles.desk.import_people import PersonForm
from articles.desk.import_sheet import Sheet
from articles.importing.choosing import Choices
from articles.importing.drafting import line
from articles.models import Byline
from committees.models import Attendance


def choices_of(sheet: Sheet) -> Choices:
    """Return what the person decided. All forms are valid."""
    article = sheet.article
    committee = sheet.committee.committee
    choices = Choices(
        article.instance, _paragraphs(sheet), committee=committee, publication=article.publication_chosen()
    )
    choices.photos = [form.instance for form in sheet.photos if form.is_kept]
    persons: dict[str, Any] = {}

    def person(form: PersonForm) -> Any:
        """One new person of a name, in whichever part of the report."""
        found = form.person_chosen()
        return found if found.pk else persons.setdefault(found.name.casefold(), found)

    credits_: dict[tuple[Any, str], Byline] = {}
    for form in sheet.credits:
        if form.is_kept:
            byline = Byline(person=person(form), credit=form.cleaned_data["credit"], unit=form.cleaned_data["unit"])
            credits_.setdefault((byline.person.pk or byline.person.name.casefold(), byline.credit), byline)
    choices.bylines = list(credits_.values())
    choices.documents = {index: form.chosen() for index, form in enumerate(sheet.documents) if form.is_kept}
    if committee is None:
        return choices
    if sheet.conference is not None and sheet.conference.is_kept:
        choices.conference = sheet.known_conference() or sheet.conference.instance
        choices.attendances = _attendances(sheet, person)
    choices.statistics = {index: form.chosen() for index, form in enumerate(sheet.figures) if form.is_kept}
    choices.awards = {index: form.chosen() for index, form in enumerate(sheet.awards) if form.is_kept}
    choices.recipients = {index: form.names() for index, form in enumerate(sheet.awards) if form.is_kept}
    return choices


def _attendances(sheet: Sheet, person: Any) -> list[Attendance]:
    found: dict[Any, Attendance] = {}
    for form in sheet.officials:
        if form.is_kept:
            said = form.cleaned_data
            acts = dict.fromkeys(said["acts"], True)
            one = Attendance(person=person(form), role=said["role"], **acts)
            first = found.setdefault(one.person.pk or one.person.name.casefold(), one)
            for act in acts:
                setattr(first, act, True)
    return list(found.values())


def _paragraphs(sheet: Sheet) -> dict[str, str]:
    """The paragraphs of the body under the names of those that they were; a new one has a name of its own."""
    names = {text: name for name, text in reversed(sheet.paragraphs.items())}
    sent: dict[str, str] = {}
    blocks = sheet.article.cleaned_data["body"].replace("\r\n", "\n").split("\n\n")
    for place, text in enumerate(line(block) for block in blocks):
        if text:
            name = names.get(text, "")
            sent[name if name and name not in sent else f"new.{place}"] = text
    return _with_put_back(sheet, sent)


def _with_put_back(sheet: Sheet, sent: dict[str, str]) -> dict[str, str]:
    """Return the paragraphs with the lines that are not to be left out, each behind what stood before it."""
    starts = {name: words.start for name, words in sheet.report.article.places.items()}
    whole = list(sent.items())
    for index in sheet.put_back:
        one = sheet.report.dropped[index]
        before = [
            place for place, (name, _text) in enumerate(whole) if starts.get(name, len(sheet.report.text)) < one.start
        ]
        whole.insert(before[-1] + 1 if before else 0, (f"dropped.{index}", line(one.text)))
        starts[f"dropped.{index}"] = one.start
    return dict(whole)

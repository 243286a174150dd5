"""All forms of one report, as the page shows them and as a person sends them back."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.desk.import_facts import AwardForm, DocumentForm, FigureForm
from articles.desk.import_forms import NEW, NONE, ArticleForm, CommitteeForm, ConferenceForm, PhotoForm
from articles.desk.import_people import CreditForm, OfficialForm, PersonForm
from articles.importing import matching
from articles.importing.agreeing import awards_held, figures_held
from articles.importing.choosing import paragraphs_of
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
from articles.importing.placing import AROUND
from articles.importing.report import Report, Words, as_json
from articles.models import Photo, RawPicture
from committees.models import Attendance, Committee, Conference
from newsroom.keys import key_in
from newsroom.models import User
from newsroom.vietnamese import fold

# On one page: a form of more fields than DATA_UPLOAD_MAX_NUMBER_FIELDS is refused without a word.
MOST = {"figures": 120, "awards": 40, "officials": 40, "credits": 20, "documents": 40}


class Sheet:
    """The proposals of a report as forms: fresh, or bound to `data` as a person sent it.

    A form's prefix is the name under which its proposal is marked in the text (`figure-3`).
    """

    def __init__(
        self, report: Report, by: User, pictures: Iterable[RawPicture] = (), data: QueryDict | None = None
    ) -> None:
        data = _with_its_committee(data)
        self.report, self._by, self._data = report, by, data
        sent = data.getlist("put-back") if data is not None else []
        self.put_back = [
            int(one) for one in sent if one.isascii() and one.isdecimal() and int(one) < len(report.dropped)
        ]
        self.mark = hashlib.sha256(json.dumps(as_json(report), ensure_ascii=False).encode()).hexdigest()[:16]
        self._known_committees = matching.committees(report.committee)
        self.committee = CommitteeForm(
            data,
            prefix="committee",
            matches=self._known_committees,
            proposed=committee_of(report),
            may_add=by.has_perm("committees.add_committee"),
            initial={"choice": self._likeliest_committee()},
        )
        self.article = self._article()
        self.photos = list(self._photos(pictures))
        self._people()
        self.conference = self._conference()
        self.figures = list(self._figures())
        self.awards = list(self._awards())
        self.documents = list(self._documents())
        self._hold()

    # What was sent is what was proposed

    @property
    def is_of_this_report(self) -> bool:
        """Whether the data were sent from a page of these very proposals."""
        return self._data is None or self._data.get("mark") == self.mark

    @property
    def has_more(self) -> bool:
        """Whether the report proposes more than a page shows."""
        report = self.report
        sizes = {
            "figures": len(report.statistics), "awards": len(report.awards), "officials": len(report.officials),
            "credits": len(report.article.credits), "documents": len(report.documents),
        }  # fmt: skip
        return any(size > MOST[name] for name, size in sizes.items())

    @property
    def lacking(self) -> int:
        """How many figures no indicator has been chosen for."""
        return sum(form.lacks_indicator for form in self.figures)

    def forms(self) -> Iterator[Any]:
        """All forms of the page whose answers count: without a committee there is neither conference nor figure."""
        yield from (self.article, *self.photos, *self.credits, *self.documents, self.committee)
        if self.committee["choice"].value() != NONE:
            if self.conference is not None:
                yield self.conference
            yield from (*self.officials, *self.figures, *self.awards)

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms()]  # each, so that every error is shown
        return all(valid)

    # The forms

    def _likeliest_committee(self) -> str:
        sure = matching.certain(self._known_committees)
        if sure is not None:
            return str(sure.pk)
        is_new = (
            not self._known_committees and self.report.committee.name and self._by.has_perm("committees.add_committee")
        )
        return NEW if is_new else ""

    def _article(self) -> ArticleForm:
        proposed = publication_of(self.report.article.source)
        self.paragraphs = paragraphs_of(self.report)
        return ArticleForm(
            self._data,
            prefix="article",
            instance=article_of(self.report),
            known=matching.publication(proposed),
            proposed=proposed,
            initial={"body": "\n\n".join(self.paragraphs.values())},
        )

    def _photos(self, pictures: Iterable[RawPicture]) -> Iterator[PhotoForm]:
        captions = [line(caption, 500) for caption in self.report.article.captions]
        for place, picture in enumerate(pictures):
            caption = picture.caption or (captions[place] if place < len(captions) else "")
            size = {"width": picture.width, "height": picture.height}
            photo = Photo(image=picture.image.name, alt=picture.alt, caption=caption, **size)
            yield PhotoForm(self._data, prefix=f"photo-{place}", instance=photo)

    def _people(self) -> None:
        report = self.report
        credited = report.article.credits[: MOST["credits"]]
        present = report.officials[: MOST["officials"]]
        names = [line(one.name, 120) for one in credited] + [line(one.name, 120) for one in present]
        known = matching.people(names)
        roles = dict(
            Attendance.objects.filter(person__in=[one for some in known.values() for one in some])
            .order_by("pk")
            .values_list("person", "role")
        )
        committee = matching.certain(self._known_committees)
        proposed = publication_of(report.article.source)
        publication = matching.publication(proposed) or proposed

        def offer(form: PersonForm, name: str, role: str = "") -> None:
            is_author = isinstance(form, CreditForm)
            met = matching.familiar(known[name], committee, publication, is_author=is_author)
            alike = [one for one in known[name] if role and fold(roles.get(one.pk, "")) == fold(role)]
            form.offer(known[name], met or (alike[0] if len(alike) == 1 else None), roles)

        self.credits = []
        for index, credit in enumerate(credited):
            said = {"name": line(credit.name, 120), "credit": credit.role, "unit": line(credit.unit, 200)}
            self.credits.append(CreditForm(self._data, prefix=f"credit-{index}", initial=said))
            offer(self.credits[-1], names[index])
        self.officials = []
        for index, official in enumerate(present):
            attendance = attendance_of(official)
            acts = [
                act
                for act in ("has_chaired", "has_spoken", "has_concluded", "has_presented")
                if getattr(attendance, act)
            ]
            told = {"name": line(official.name, 120), "role": attendance.role, "acts": acts}
            self.officials.append(OfficialForm(self._data, prefix=f"official-{index}", initial=told))
            offer(self.officials[-1], names[len(credited) + index], attendance.role)

    def _conference(self) -> ConferenceForm | None:
        proposed = conference_of(self.report)
        if proposed is None:
            return None
        form = ConferenceForm(self._data, prefix="conference", instance=proposed)
        chosen = self._chosen_committee()
        sure: Conference | None = None
        if chosen is not None:
            matches = matching.conferences(proposed, chosen)
            sure = matching.certain(matches)
        else:
            matches = [
                found for match in self._known_committees for found in matching.conferences(proposed, match.thing)
            ]
        form.offer(matches, sure)
        return form

    def _chosen_committee(self) -> Committee | None:
        """The committee as it was chosen, or as a fresh page begins with; None while that is open."""
        if self._data is None:
            return matching.certain(self._known_committees)
        self.committee.is_valid()
        return self.committee.committee

    def _figures(self) -> Iterator[FigureForm]:
        indicators = matching.catalogue()
        by_code = {one.code: one for one in indicators.values()}
        may_add = self._by.has_perm("committees.add_indicator")
        for index, said in enumerate(self.report.statistics[: MOST["figures"]]):
            yield FigureForm(
                self._data,
                prefix=f"figure-{index}",
                instance=statistic_of(said, by_code.get(said.indicator)),
                indicators=indicators,
                may_add=may_add,
                proposed=indicator_of(said),
                quote=_around(self.report.text, said.words),
            )

    def _awards(self) -> Iterator[AwardForm]:
        for index, said in enumerate(self.report.awards[: MOST["awards"]]):
            names = "\n".join(line(name, 300) for name in said.recipients)
            yield AwardForm(
                self._data,
                prefix=f"award-{index}",
                instance=award_of(said),
                initial={"recipients": names},
                quote=_around(self.report.text, said.words),
            )

    def _documents(self) -> Iterator[DocumentForm]:
        proposed = [document_of(said) for said in self.report.documents[: MOST["documents"]]]
        for index, (document, matches) in enumerate(zip(proposed, matching.documents(proposed), strict=True)):
            form = DocumentForm(self._data, prefix=f"document-{index}", instance=document)
            form.offer(matches, matching.certain(matches))
            yield form

    # What is known of the conference

    def known_conference(self) -> Conference | None:
        """Return the known conference that is chosen; None for a new one."""
        form = self.conference
        if form is None or not form.is_kept:
            return None
        return form.offered.get(str(form["known"].value()))

    def _hold(self) -> None:
        """Hold figures and awards against the rows of the conference, where it is known."""
        conference = self.known_conference()
        if self._data is not None:
            self._check_conference(conference)
            for form in (*self.figures, *self.awards):
                form.is_valid()
        if conference is None:
            return
        figures = {i: form.instance for i, form in enumerate(self.figures) if form.is_kept and not form.lacks_indicator}
        held = figures_held({i: row for i, row in figures.items() if row.indicator_id}, conference)
        awards = awards_held({i: form.instance for i, form in enumerate(self.awards) if form.is_kept}, conference)
        for forms, known in ((self.figures, held), (self.awards, awards)):
            for index, form in enumerate(forms):  # type: ignore[var-annotated,arg-type]
                form.hold(known.get(index))

    def _check_conference(self, chosen: Conference | None) -> None:
        """The conference belongs to the committee; and of what is known already no second one is made."""
        form, committee = self.conference, self.committee.committee
        if form is None or not form.is_kept or committee is None or not form.is_valid():
            return
        if chosen is not None and chosen.committee_id != committee.pk:
            form.add_error("known", _("This conference is one of another committee."))
        elif chosen is None and any(match.is_certain for match in matching.conferences(form.instance, committee)):
            form.add_error("known", _("This committee has this conference already: choose it here."))


def _with_its_committee(data: QueryDict | None) -> QueryDict | None:
    """Return `data`; where a known conference is chosen and no committee, with the conference's."""
    known = key_in(data.get("conference-known", "")) if data is not None else None
    if data is None or data.get("committee-choice") or known is None:
        return data
    committee = Conference.objects.filter(pk=known).values_list("committee", flat=True).first()
    data = data.copy()
    data["committee-choice"] = str(committee or "")
    return data


def _around(text: str, words: Words) -> str:
    """Return the words with a little of what stands before and after them."""
    return line(f"…{text[max(0, words.start - AROUND) : words.end + AROUND]}…")

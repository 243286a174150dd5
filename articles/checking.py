"""Holds an article against what readers may expect of it, before it is published.

A check is a function from an article to what it finds, registered with `register`; each module that brings checks
of its own registers them as its app is ready. What a person then decides over a block is an `Override`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from django.utils.translation import gettext as _

from articles.anchoring import anchors_of, texts_of
from articles.models import Article, Mention, Override, Revision
from articles.numbers import Numbers, Place, numbers_of
from newsroom.richtext import plain_text


class Weight(StrEnum):
    """How much a finding weighs: it holds a publication up, it is worth a look, or all is well."""

    BLOCK = "block"
    WARN = "warn"
    FINE = "fine"


@dataclass(frozen=True)
class Finding:
    """What one check says of one thing in an article.

    `leads_to` is the id in the article's form where it is mended. `about` says which very thing is meant (a
    picture by its file, a figure by its words), so that an override holds for that one and for no later one.
    What is required binds on submission already, and nobody can override it. `still` are words of which a person may
    say, in the form, that they still say the same; `place` is where in a field the words stand that are meant, where
    `leads_to` leads; `own_row` is the row of a mention, and `numbers` all that was found of the article's.
    """

    code: str
    weight: Weight
    sentence: str
    leads_to: str = ""
    about: str = ""
    is_required: bool = False
    still: str = ""
    place: Place | None = None
    own_row: str = ""
    numbers: Numbers | None = None

    @property
    def key(self) -> str:
        """What `about` says, in a form that fits a column however long a text it is."""
        return sha256(self.about.encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """The name of this very finding in a form."""
        return f"override-{self.code}-{self.key}"


@dataclass(frozen=True)
class Checked:
    """All that the checks say of an article, with the overrides that hold, by the names of their findings."""

    findings: list[Finding] = field(default_factory=list)
    overrides: dict[str, Override] = field(default_factory=dict)

    def of(self, weight: Weight) -> list[Finding]:
        """The findings of a weight; blocks without those that have been overridden."""
        return [found for found in self.findings if found.weight == weight and found.name not in self.overrides]

    @property
    def blocks(self) -> list[Finding]:
        return self.of(Weight.BLOCK)

    @property
    def warnings(self) -> list[Finding]:
        return self.of(Weight.WARN)

    @property
    def required(self) -> list[Finding]:
        return [found for found in self.blocks if found.is_required]

    @property
    def overridable(self) -> list[Finding]:
        return [found for found in self.blocks if not found.is_required]

    @property
    def numbers(self) -> Numbers | None:
        """What was found of the numbers of the article; None where it has none."""
        return next((found.numbers for found in self.findings if found.numbers), None)

    def unanswered(self, reasons: Mapping[str, str]) -> list[Finding]:
        """The blocks that still hold a publication up when `reasons` (a finding's name -> why) are given."""
        return [found for found in self.blocks if found.is_required or not reasons.get(found.name, "").strip()]

    def keep(self, reasons: Mapping[str, str], revision: Revision) -> None:
        """Keep that whoever made `revision` published over blocks, for these `reasons`."""
        Override.objects.bulk_create(
            Override(
                article=revision.article,
                revision=revision,
                code=found.code,
                key=found.key,
                sentence=found.sentence,
                reason=reasons[found.name].strip(),
                made_by=revision.made_by,
            )
            for found in self.overridable
            if reasons.get(found.name, "").strip()
        )


Check = Callable[[Article], Iterable[Finding]]
CHECKS: list[Check] = []  # in the order in which the panel tells what they find


def register(check: Check) -> Check:
    """Add `check` to those that every article is held against. To be used as a decorator."""
    CHECKS.append(check)
    return check


def check(article: Article) -> Checked:
    """Hold `article`, as its rows stand, against every check. Photos, mentions and overrides may be prefetched."""
    # What stands twice (one picture in two places) is one finding.
    findings = {(found.weight, found.name): found for each in CHECKS for found in each(article)}.values()
    kept = {(override.code, override.key): override for override in article.overrides.all()}
    overrides = {
        found.name: kept[found.code, found.key]
        for found in findings
        if found.weight == Weight.BLOCK and not found.is_required and (found.code, found.key) in kept
    }
    return Checked(list(findings), overrides)


# --- What every article needs ------------------------------------------------------------------

TITLE_LENGTH = 120  # characters: about what a card shows in three lines
LEAD_WORDS = (15, 100)  # two or three sentences of a report have 40 to 70
LEAD_SENTENCES = 3

_SENTENCE_END = re.compile(r"[.!?…]+[”\"’)]*(?=\s|$)")
_PICTURE = re.compile(r'<img((?:\s+[a-z]+="[^"]*")*)\s*/?>')  # what the field has cleaned is written like this
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def _required(code: str, sentence: str) -> Finding:
    return Finding(code, Weight.BLOCK, sentence, f"id_{code}", is_required=True)


@register
def title(article: Article) -> Iterator[Finding]:
    title = article.title.strip()
    if not title:
        yield _required("title", _("Give the article a title."))
        return
    is_well = True
    if len(title) > TITLE_LENGTH:
        is_well = False
        sentence = _("The title has %(count)d characters: up to %(most)d are read at a glance.")
        words = {"count": len(title), "most": TITLE_LENGTH}
        yield Finding("title-length", Weight.WARN, sentence % words, "id_title")
    if title.isupper() and " " in title:
        is_well = False
        yield Finding("title-capitals", Weight.WARN, _("The title is in capitals throughout."), "id_title")
    if is_well:
        yield Finding("title", Weight.FINE, _("Title: %(count)d characters.") % {"count": len(title)}, "id_title")


@register
def lead(article: Article) -> Iterator[Finding]:
    lead = article.lead.strip()
    if not lead:
        yield _required("lead", _("Write the lead: two or three sentences that say what happened."))
        return
    words, ends = len(lead.split()), [match.end() for match in _SENTENCE_END.finditer(lead)]
    sentences = len(ends) + (not ends or ends[-1] < len(lead))
    least, most = LEAD_WORDS
    if words < least:
        sentence = _("The lead has only %(words)d words: say when, who and what, in two or three sentences.")
    elif words > most or sentences > LEAD_SENTENCES:
        sentence = _("The lead is long (%(sentences)d sentences, %(words)d words): two or three sentences are read.")
    else:
        sentence = ""
    counted = {"words": words, "sentences": sentences}
    if sentence:
        yield Finding("lead-length", Weight.WARN, sentence % counted, "id_lead")
    else:
        yield Finding("lead", Weight.FINE, _("Lead: %(words)d words.") % counted, "id_lead")


@register
def body(article: Article) -> Iterator[Finding]:
    words = len(plain_text(article.body).split())
    if words:
        yield Finding("body", Weight.FINE, _("Body: %(words)d words.") % {"words": words}, "id_body")
    else:
        yield _required("body", _("Write the body."))


@register
def category(article: Article) -> Iterator[Finding]:
    if article.category_id is None:
        yield _required("category", _("Choose a category."))
    else:
        yield Finding("category", Weight.FINE, _("Category: %(name)s.") % {"name": article.category}, "id_category")


@register
def pictures(article: Article) -> Iterator[Finding]:
    """Whoever cannot see a picture hears its alternative text: without one, the picture is silence (WCAG 1.1.1)."""
    described = 0
    for number, photo in enumerate(article.photos.all()):
        if photo.alt.strip():
            described += 1
            continue
        words = {"number": number + 1, "caption": f" (“{photo.caption}”)" if photo.caption else ""}
        sentence = _("Photo %(number)d%(caption)s has no alternative text.") % words
        yield Finding("photo-alt", Weight.BLOCK, sentence, f"id_photos-{number}-alt", about=str(photo.image))
    for number, picture in enumerate(_PICTURE.finditer(article.body)):
        said = dict(_ATTRIBUTE.findall(picture[1]))
        if said.get("alt", "").strip():
            described += 1
            continue
        sentence = _("Picture %(number)d in the body has no alternative text.") % {"number": number + 1}
        yield Finding("body-alt", Weight.BLOCK, sentence, "id_body", about=said.get("src", ""))
    if described:
        sentence = _("Pictures with an alternative text: %(count)d.") % {"count": described}
        yield Finding("photo-alt", Weight.FINE, sentence, "photos-group")


@register
def source(article: Article) -> Iterator[Finding]:
    if not article.publication_id and not article.source_label:
        return
    if article.source_url:
        yield Finding("source", Weight.FINE, _("The source is named with its address."), "id_source_url")
    else:
        sentence = _("It was taken over, and the address of the source is missing.")
        yield Finding("source-address", Weight.WARN, sentence, "id_source_url")


@register
def conference(article: Article) -> Iterator[Finding]:
    sentence = _("Conference: %(name)s.") % {"name": article.conference} if article.conference_id else ""
    yield Finding("conference", Weight.FINE, sentence or _("It reports on no conference."), "id_conference")


@register
def mentions(article: Article) -> Iterator[Finding]:
    """The figures and awards that are marked in the text are still there, and still say the same."""
    kept, well = list(article.mentions.all()), 0
    texts = texts_of(article, {mention.part for mention in kept})
    for row, (mention, anchor) in enumerate(zip(kept, anchors_of(kept, texts), strict=True)):
        now = anchor.words_in(texts[mention.part])
        words = {"words": mention.words, "part": mention.get_part_display().lower(), "now": now}
        if anchor.state == Mention.State.ANCHORED:
            well += 1
            continue
        if anchor.state == Mention.State.LOST:
            sentence = _("“%(words)s” is marked as a figure or an award, and no longer stands in its place (%(part)s).")
        elif now == mention.words:
            sentence = _("What stands around “%(words)s” (%(part)s) has changed: is it still the same figure or award?")
        else:
            sentence = _("“%(words)s” (%(part)s) was marked, and is now “%(now)s”: does it still say the same?")
        part = f"caption.{anchor.text}" if mention.part == Mention.Part.CAPTION else mention.part
        place = Place.of(part, texts[mention.part][anchor.text], anchor.start, anchor.end) if now else None
        own = f"id_mentions-{row}-words"
        yield Finding(
            "mention", Weight.WARN, sentence % words, place.field if place else own,
            about=str(mention.pk), still=now, place=place, own_row=own if place else "",
        )  # fmt: skip
    if well:
        sentence = _("Figures and awards that stand where they were marked: %(count)d.") % {"count": well}
        yield Finding("mention", Weight.FINE, sentence, "mentions-group")


@register
def figures(article: Article) -> Iterator[Finding]:
    """Every number agrees with the figures and awards that the article reports, and with its other numbers.

    What a rule finds is answered for that very number: its words, some before and after, and its row as it stands.
    """
    numbers = numbers_of(article)
    for verdict in numbers.examination.verdicts:
        if verdict.weight == Weight.FINE:
            continue
        place = numbers.place(verdict.part, verdict.start, verdict.end)
        about = numbers.identity(verdict.part, verdict.start, verdict.end, verdict.row)
        code, weight = f"figure-{verdict.rule.lower()}", Weight(verdict.weight)
        yield Finding(code, weight, verdict.message, place.field, about, place=place)
    checked, total = numbers.examination.coverage
    if numbers.examination.numbers:
        words = {"checked": checked, "total": total}
        sentence = _("Numbers checked: %(checked)d of %(total)d.") % words
        yield Finding("figures", Weight.FINE, sentence, "numbers", numbers=numbers)

"""What an article on a conference begins with: the facts that are known of it, as words, and at hand beside the form.

Every word of a proposal comes from data. What is not known stays empty, and who asked not to be named is not.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.models import Article
from committees.models import Attendance, Award, Committee, Conference, Statistic
from newsroom.desk import DeskAdmin
from newsroom.vietnamese import fold, roman

AT_HAND = 60  # figures and awards beside a form; a conference that reports more is opened itself
OWN = 5  # so many of our newest articles say which dateline is ours, if they agree

# --- The first words ---------------------------------------------------------------------------


def opening(conference: Conference) -> dict[str, Any]:
    """Return what the form of a new article on `conference` is filled in with: field -> value."""
    people = _people(conference)
    introduced: set[int] = set()
    chairs = _said(_CHAIRED, [one for one in people if one.has_chaired], introduced)
    others = [_said(sentence, [one for one in people if did(one)], introduced) for did, sentence in _OTHER_ACTS]
    return {
        "title": textwrap.shorten(conference.name, 200, placeholder="…"),
        "lead": " ".join(filter(None, [_what_took_place(conference), chairs])),
        "dateline": _our_dateline(),
        "body": "".join(f"<p>{escape(sentence)}</p>" for sentence in others if sentence),
        "conference": conference.pk,
        "committees": _committees(conference, people),
    }


def _people(conference: Conference) -> list[Attendance]:
    return list(conference.attendances.filter(person__is_withheld=False).select_related("person"))


def _committees(conference: Conference, people: list[Attendance]) -> list[int]:
    """Return its committee, then those that its figures are about and its people speak for."""
    known = {person.committee_id for person in people}
    concerned = Committee.objects.filter(Q(pk__in=conference.statistics.values("committee")) | Q(pk__in=known - {None}))
    others = concerned.exclude(pk=conference.committee_id).values_list("pk", flat=True)
    return [conference.committee_id, *others]


def _our_dateline() -> str:
    """Return the dateline that our newest own articles bear, if it is one and the same; else none."""
    own = Article.objects.public().filter(publication=None, source_url="").newest_first()
    datelines = set(own.values_list("dateline", flat=True)[:OWN])
    return datelines.pop() if len(datelines) == 1 else ""


def _what_took_place(conference: Conference) -> str:
    """Return when who held which conference, as far as it is known and its name does not say it already."""
    name, body = conference.name, _body(conference)
    for more in _of_its_term(conference):
        if fold(more) not in fold(name):
            name = f"{name}, {more}"
    when = conference.when
    if when and not conference.session:
        when = _("On %(day)s") % {"day": when}
    if fold(body) in fold(name):
        sentence = _("%(when)s, %(conference)s took place.") if when else _("%(conference)s took place.")
    else:
        sentence = _("%(when)s, %(body)s held %(conference)s.") if when else _("%(body)s held %(conference)s.")
    return sentence % {"when": when, "body": body, "conference": name}


def _of_its_term(conference: Conference) -> Iterable[str]:
    if conference.term_number:
        yield _("of term %(number)s") % {"number": roman(conference.term_number)}
    if conference.term:
        yield _("in the years %(years)s") % {"years": conference.term}
    review = conference.get_review_display().lower()
    label = conference.period_label
    if conference.review != Conference.Review.NONE and label and fold(review) not in fold(conference.name):
        yield _("%(review)s of %(period)s") % {"review": review, "period": label[:1].lower() + label[1:]}


def _body(conference: Conference) -> str:
    """Return who held it, the organ with its committee, as Vietnamese names the two together."""
    organ, committee = conference.convened_by, conference.committee.name
    organ_words, committee_words = fold(organ).split(), fold(committee).split()
    if committee_words[: len(organ_words)] == organ_words:
        return committee
    if fold(committee) in fold(organ):
        return organ
    if organ_words[:2] == ["dang", "uy"] and committee_words[:2] == ["dang", "bo"]:
        # A đảng ủy leads a đảng bộ: "Đảng ủy Khối" of "Đảng bộ Khối A" is "Đảng ủy Khối A".
        if committee_words[2:][: len(organ_words) - 2] == organ_words[2:]:
            return " ".join([*organ.split()[:2], *committee.split()[2:]])
    elif organ_words[0] in {"ban", "thuong"}:  # Ban Chấp hành, Ban Thường vụ, Thường trực: of what comes next
        return f"{organ} {committee}"
    return f"{organ} ({committee})"


_CHAIRED = gettext_lazy("The conference was chaired by %(people)s.")
_OTHER_ACTS: list[tuple[Any, Any]] = [
    (
        lambda one: not (one.has_chaired or one.has_spoken or one.has_concluded or one.has_presented),
        gettext_lazy("The conference was attended by %(people)s."),
    ),
    (lambda one: one.has_spoken, gettext_lazy("Speaking at the conference: %(people)s.")),
    (lambda one: one.has_presented, gettext_lazy("Awards were presented by %(people)s.")),
    (lambda one: one.has_concluded, gettext_lazy("The conference was concluded by %(people)s.")),
]
_ONE = pgettext_lazy("official", "comrade %(name)s")
_SOME = pgettext_lazy("officials", "comrades %(names)s")


def _said(sentence: Any, people: list[Attendance], introduced: set[int]) -> str:
    """Return `sentence` of `people`, empty without any; with their roles where they are named the first time."""
    if not people:
        return ""
    names = []
    for one in people:
        is_new = one.pk not in introduced
        names.append(f"{one.person}, {one.role}" if one.role and is_new else str(one.person))
        introduced.add(one.pk)
    separator = "; " if any("," in name for name in names) else ", "
    named = _ONE % {"name": names[0]} if len(names) == 1 else _SOME % {"names": separator.join(names)}
    return str(sentence) % {"people": named}


# --- At hand while writing ---------------------------------------------------------------------


@dataclass(frozen=True)
class AtHand:
    """What a conference reports, as printed, for whoever writes about it."""

    conference: Conference
    people: list[Attendance]
    figures: list[tuple[Statistic, str]]  # each with the figure and its unit, in one breath
    awards: list[Award]
    has_more: bool

    def __bool__(self) -> bool:
        return bool(self.people or self.figures or self.awards)


def at_hand(conference: Conference) -> AtHand:
    """Return people, figures and awards of `conference`, `AT_HAND` of each at most. Three queries."""
    people = _people(conference)
    statistics = list(conference.statistics.all()[: AT_HAND + 1])
    awards = list(conference.awards.all()[: AT_HAND + 1])
    return AtHand(
        conference,
        people[:AT_HAND],
        [(statistic, _with_unit(statistic)) for statistic in statistics[:AT_HAND]],
        awards[:AT_HAND],
        has_more=max(len(people), len(statistics), len(awards)) > AT_HAND,
    )


def _with_unit(statistic: Statistic) -> str:
    """Return the figure with its unit where reports print it, "71/75 tập thể (94,67%)"."""
    figure, count, unit = statistic.figure, statistic.count, statistic.unit_printed
    return figure.replace(count, f"{count} {unit}", 1) if count and unit else figure


class FromConferenceAdmin(DeskAdmin):
    """A desk of articles, which can begin with a conference: `?conference=` names it."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        conference = self._conference(request, initial.pop("conference", None))
        return {**initial, **(opening(conference) if conference else {})}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = context["original"]
        key = article.conference_id if article else request.GET.get("conference")
        if key and not context["is_popup"] and (conference := self._conference(request, key)):
            context["at_hand"] = at_hand(conference)
        return super().render_change_form(request, context, *args, **kwargs)

    def _conference(self, request: HttpRequest, key: Any) -> Conference | None:
        """Return the conference under `key` if this person may see it at its own desk."""
        desk = self.admin_site.get_model_admin(Conference)
        conference = desk.get_object(request, str(key)) if key else None
        return conference if conference is not None and desk.has_view_permission(request, conference) else None

"""What is known of a conference as every page shows it, written in Python (articles.cards says why)."""

from collections.abc import Iterable
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already

from django.utils.safestring import SafeString, mark_safe

from committees.models import Attendance, Conference, Person
from newsroom.phrases import label
from newsroom.phrases import phrase as _
from newsroom.vietnamese import roman


def conference_facts(conference: Conference, chairs: Iterable[Person] = (), with_name: bool = False) -> SafeString:
    """Return what is known of a conference that came with its committee; `chairs` are those whose names may be shown.

    `with_name` links its name. In a preview it may lead nowhere as yet.
    """
    address = f' href="{conference.get_absolute_url()}"' if conference.is_public else ""
    committee = conference.committee
    facts = [
        (_("Name"), f"<a{address}>{escape(conference.name)}</a>" if with_name else ""),
        (_("Committee"), f'<a href="{committee.get_absolute_url()}">{escape(committee.name)}</a>'),
        (_("Convened by"), escape(conference.convened_by)),
        (_("Day"), _day(conference)),
        (_("Ordinal"), _("No. %(ordinal)s") % {"ordinal": conference.ordinal} if conference.ordinal else ""),
        (_("Term"), _term(conference)),
        (_("Kind"), _kind(conference)),
        (_("Period"), escape(conference.period_label)),
        (_("Chaired by"), "</dd><dd>".join(escape(person.name) for person in chairs)),
    ]
    told = "".join(f"<div><dt>{name}</dt><dd>{said}</dd></div>\n" for name, said in facts if said)
    return mark_safe(f'<dl class="facts">\n{told}</dl>')


def _day(conference: Conference) -> str:
    when = escape(conference.when)
    if not when or not conference.inferred_from:
        return when
    inferred = _("(year inferred from the text)")  # xgettext looks into no f-string
    return f'{when} <span class="quiet small">{inferred}</span>'


def _term(conference: Conference) -> str:
    number = roman(conference.term_number) if conference.term_number else ""
    return ", ".join(filter(None, (number, conference.term)))


def _kind(conference: Conference) -> str:
    """Say what kind of conference it was, where it was none of the usual ones."""
    is_regular, reviews = conference.kind == Conference.Kind.REGULAR, conference.review != Conference.Review.NONE
    if is_regular:
        return label(Conference.Review, conference.review) if reviews else ""
    kind = label(Conference.Kind, conference.kind)
    return f"{kind}, {label(Conference.Review, conference.review).lower()}" if reviews else kind


def people(attendances: Iterable[Attendance]) -> SafeString:
    """Return who took part, each in their role and with what they did there; they came with their people."""
    return mark_safe(f'<ul class="people">\n{"".join(map(_person, attendances))}</ul>')


def _person(attendance: Attendance) -> str:
    role = f'<span class="role">{escape(attendance.role)}</span>' if attendance.role else ""
    acts = "".join(f"<span>{act}</span>" for act in attendance.acts)
    done = f'<span class="meta">{acts}</span>' if acts else ""
    return f'<li><span class="person">{escape(attendance.person.name)}</span>{role}{done}</li>\n'

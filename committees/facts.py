"""What is known of a conference as every page shows it, written in Python (articles.cards says why)."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already

from django.urls import reverse
from django.utils.safestring import SafeString

from committees.models import Attendance, Conference, Person
from newsroom.addresses import of
from newsroom.phrases import label
from newsroom.phrases import phrase as _
from newsroom.phrases import phrase_in as pgettext
from newsroom.phrases import plural as ngettext
from newsroom.vietnamese import roman


def conference_facts(conference: Conference, chairs: Iterable[Person] = (), with_name: bool = False) -> SafeString:
    """Return what is known of a conference that came with its committee; `chairs` are those whose names may be shown.

    `with_name` links its name. In a preview it may lead nowhere as yet.
    """
    address = f' href="{conference.get_absolute_url()}"' if not conference.is_ahead else ""
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
    return SafeString(f'<dl class="facts">\n{told}</dl>')


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
    return SafeString(f'<ul class="people">\n{"".join(map(_person, attendances))}</ul>')


def _person(attendance: Attendance) -> str:
    role = f'<span class="role">{escape(attendance.role)}</span>' if attendance.role else ""
    acts = "".join(f"<span>{act}</span>" for act in attendance.acts)
    done = f'<span class="meta">{acts}</span>' if acts else ""
    return f'<li><span class="person">{escape(attendance.person.name)}</span>{role}{done}</li>\n'


# --- In a list ---------------------------------------------------------------------------------


def conference_entries(conferences: Iterable[Conference], level: str, with_committee: bool = False) -> SafeString:
    """Return conferences as a list shows them, each with its day large and its heading of `level` ("h2").

    Of each is said how many `figures` it reports and how many were `commended`, where it came with these.
    """
    return SafeString("".join(f"\n{_entry(conference, level, with_committee)}\n\n" for conference in conferences))


def _entry(conference: Conference, level: str, with_committee: bool) -> str:
    figures, commended = getattr(conference, "figures", 0), getattr(conference, "commended", 0)
    held, unknown = conference.held_on, _("year unknown")  # xgettext looks into no f-string
    day, year = (f"{held:%d/%m}", f"{held.year:04d}") if held else (conference.held_on_printed or "–", unknown)
    told = [f"<span>{escape(conference.committee.name)}</span>"] if with_committee else []
    notes = []
    if conference.review != Conference.Review.NONE:
        notes.append(label(Conference.Review, conference.review))
    if conference.kind != Conference.Kind.REGULAR:
        notes.append(label(Conference.Kind, conference.kind))
    if figures:
        notes.append(ngettext("%(number)s figure", "%(number)s figures", figures) % {"number": figures})
    if commended:
        notes.append(ngettext("%(number)s award", "%(number)s awards", commended) % {"number": commended})
    told += [f'<span class="nowrap">{note}</span>' for note in notes]
    return (
        f'<article class="entry"><p class="entry-day"><b>{escape(day)}</b> <span>{year}</span></p><div>\n'
        f'<{level}><a href="{conference.get_absolute_url()}">{escape(conference.name)}</a></{level}>\n'
        f'<p class="meta">{"".join(told)}</p>\n</div></article>'
    )


# --- On its own page ---------------------------------------------------------------------------


def conference_head(conference: Conference) -> SafeString:
    """Return the way to the page of a conference, and its head."""
    here, words, committee = _("You are here"), _("Conferences"), conference.committee
    conferences = f'<a href="{of("committees:conferences")}">{words}</a>'
    name, of_it = escape(conference.name), escape(committee.name)
    reviews = conference.review != Conference.Review.NONE
    kicker = f'<p class="kicker">{label(Conference.Review, conference.review)}</p>' if reviews else ""
    when = f"<span>{escape(conference.when)}</span>" if conference.when else ""
    return SafeString(
        f'<nav class="crumbs" aria-label="{here}"><ol><li>{conferences}</li>'
        f'<li><a href="{committee.get_absolute_url()}">{of_it}</a></li></ol></nav>\n'
        f'<header class="head long">{kicker}\n<h1>{name}</h1>\n<p class="meta">{when}<span>{of_it}</span></p></header>'
    )


def conference_notes(conference: Conference) -> SafeString:
    """Return what follows its facts: what was inferred from what, and the ways to a calendar."""
    year, period = conference.inferred_from, conference.period_inferred_from
    lines = [
        _("Year inferred from: %(words)s") % {"words": escape(year)} if year else "",
        _("Period inferred from: %(words)s") % {"words": escape(period)} if period else "",
        _calendars(conference),
    ]
    return SafeString("\n".join(f'<p class="foot">{line}</p>' if line else "" for line in lines))


def _calendars(conference: Conference) -> str:
    held, there, mine = conference.held_on, _("In the calendar"), _("Add to my calendar")
    if held is None:
        return ""
    own = f"{conference.get_absolute_url()}lich.ics"
    return f'<a href="{_month(held.year, held.month)}">{there}</a> · <a href="{own}" type="text/calendar">{mine}</a>'


@lru_cache(maxsize=600)  # fifty years of them
def _month(year: int, month: int) -> str:
    return reverse("committees:month", args=[year, month])


def conference_ways(earlier: Conference | None, later: Conference | None) -> SafeString:
    """Return the ways to the conferences before and after one; nothing where there are none."""
    name = _("Conferences before and after it")

    def way(other: Conference | None, direction: str, words: str) -> str:
        if other is None:
            return ""
        when = f" · {escape(other.when)}" if other.when else ""
        said = f'<span class="quiet small">{words}{when}</span> {escape(other.name)}'
        return f'<a rel="{direction}" href="{other.get_absolute_url()}">{said}</a>'

    if earlier is None and later is None:
        return SafeString()
    after = way(later, "prev", pgettext("conference", "Later"))
    before = way(earlier, "next", pgettext("conference", "Earlier"))
    return SafeString(f'<nav class="beside" aria-label="{name}">\n{after}\n{before}\n</nav>\n')

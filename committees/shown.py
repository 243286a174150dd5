"""Which rows of this app readers see, and which of its pages are kept, for the page cache (docs/caching.md)."""

from committees.filters import (
    AwardFilter,
    CommitteeFilter,
    ConferenceFilter,
    DocumentFilter,
    StatisticFilter,
    TargetFilter,
)
from committees.models import (
    Attendance,
    Award,
    AwardRecipient,
    Committee,
    CommitteeAlias,
    Conference,
    Document,
    Indicator,
    Person,
    Statistic,
)
from committees.views import DRAWN
from newsroom import paging, tables
from newsroom.pagecache.addresses import kept_at
from newsroom.pagecache.moments import moment
from newsroom.pagecache.watched import PUBLISHED, carries, down, shown, under, up
from newsroom.publishing import State

_FOUND_BY = ("search_key", "search_words")  # by the search alone, which is not kept

shown(Committee, but=_FOUND_BY)
shown(CommitteeAlias, but=_FOUND_BY)
shown(Indicator, but=["search_key"])
shown(Document, but=_FOUND_BY)
shown(Person, but=["search_key", "note", "has_signed"])
shown(Conference, but=_FOUND_BY, only=PUBLISHED)
shown(Attendance, only=under(Conference, "conference_id"))
shown(Statistic, but=[*_FOUND_BY, "note"], only=PUBLISHED)
shown(Award, but=[*_FOUND_BY, "note"], only=PUBLISHED)
shown(AwardRecipient, but=["search_key"], only=under(Award, "award_id"))
# By which keys pages ask for them.
FIGURES_BY = ("id", "conference_id", "committee_id", "indicator_id", "part_of_id")
AWARDS_BY = ("id", "reported_at_id", "reported_by_id", "given_at_id", "part_of_id")
carries(Conference, down(Statistic, "conference_id"), by=FIGURES_BY)
carries(Conference, down(Award, "reported_at_id"), by=AWARDS_BY)
carries(Conference, down(Award, "given_at_id"), by=AWARDS_BY)
carries(Conference, down(Attendance, "conference_id"), by=["committee_id", "person_id"])
carries(Attendance, up("conference_id", Conference), by=["id", "committee_id"])
carries(Statistic, up("conference_id", Conference), by=["id", "committee_id"])
carries(Award, up("reported_at_id", Conference), by=["id", "committee_id"])
carries(Award, up("given_at_id", Conference), by=["id", "committee_id"])
carries(Statistic, down(Statistic, "part_of_id"), by=FIGURES_BY)
carries(Award, down(Award, "part_of_id"), by=AWARDS_BY)
carries(Award, down(AwardRecipient, "award_id"), by=["committee_id", "person_id"])
carries(AwardRecipient, up("award_id", Award), by=AWARDS_BY)

for _model in (Conference, Statistic, Award):
    moment(_model.objects.filter(state=State.PUBLISHED), "published_at")

_pager, _file = (paging.AFTER, paging.BEFORE), [tables.FORMAT]
kept_at("committees:committees", CommitteeFilter.base_filters, _pager, _file)
kept_at("committees:conferences", ConferenceFilter.base_filters, _pager, _file)
kept_at("committees:awards", AwardFilter.base_filters, _pager, _file)
kept_at("committees:statistics", StatisticFilter.base_filters, _pager, _file)
kept_at("committees:targets", TargetFilter.base_filters, _pager)
kept_at("committees:indicators", _pager, _file)
kept_at("committees:documents", DocumentFilter.base_filters, _pager, _file)
kept_at("committees:award", _pager)
kept_at("committees:statistic", _pager, _file, [DRAWN])
kept_at("committees:indicator", _pager, _file)
kept_at("committees:document", _pager)
for _name in ("committee", "conference", "calendar", "month", "calendar-file", "committee-file", "conference-file"):
    kept_at(f"committees:{_name}")
for _name in ("indicator-rss", "indicator-atom"):
    kept_at(f"committees:{_name}")

"""Which rows of this app readers see, for the page cache (newsroom.pagecache.watched)."""

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
from newsroom.pagecache.watched import PUBLISHED, Carried, carries, shown, under

_FOUND_BY = ("search_key", "search_words")  # by the search alone, which is not kept

shown(Committee, but=_FOUND_BY)
shown(CommitteeAlias, but=_FOUND_BY)
shown(Indicator, but=["search_key"])
shown(Document, but=_FOUND_BY)
shown(Person, but=["search_key", "note"])
shown(Conference, but=_FOUND_BY, only=PUBLISHED)
shown(Attendance, only=under(Conference, "conference_id"))
shown(Statistic, but=[*_FOUND_BY, "note"], only=PUBLISHED)
shown(Award, but=[*_FOUND_BY, "note"], only=PUBLISHED)
shown(AwardRecipient, but=["search_key"], only=under(Award, "award_id"))
carries(
    Conference,
    Carried(Statistic, "conference_id", ("id", "committee_id", "indicator_id")),
    Carried(Award, "reported_at_id", ("id",)),
    Carried(Award, "given_at_id", ("id",)),
    Carried(Attendance, "conference_id", ("committee_id",)),
)
carries(Award, Carried(AwardRecipient, "award_id", ("committee_id", "person_id")))

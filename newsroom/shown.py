"""Which rows of the site itself readers see, for the page cache (newsroom.pagecache.watched)."""

from newsroom.models import Abbreviation, MenuItem, Page, SiteIdentity
from newsroom.pagecache.watched import shown, unheeded
from newsroom.visits.models import VisitDay

shown(SiteIdentity)
shown(MenuItem)
shown(Page)
shown(Abbreviation, but=["search_key"])
unheeded(VisitDay)

"""Which rows of the site itself readers see, and which of its pages are kept, for the page cache (docs/caching.md)."""

from django.apps import apps

from committees.models import Award, Committee, Conference, Document, Indicator, Person, Statistic
from newsroom.models import Abbreviation, MenuItem, Page, SiteIdentity
from newsroom.pagecache.addresses import kept_at
from newsroom.pagecache.watched import shown, unheeded

shown(SiteIdentity)
shown(MenuItem)
shown(Page)
shown(Abbreviation, but=["search_key"])
# How often a page was read is told as of some minutes ago.
unheeded(*apps.get_app_config("visits").get_models())
# What was written down of a change is told by the change itself.
unheeded(*(model.history.model for model in (Committee, Conference, Statistic, Indicator, Award, Document, Person)))

for _name in ("home", "sitemap", "robots", "security", "manifest", "data", "page"):
    kept_at(_name)
kept_at("sitemap-section", ["p"])

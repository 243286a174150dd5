"""Which rows of this app readers see, and which of its pages are kept, for the page cache (docs/caching.md)."""

from articles.filters import ArticleFilter
from articles.models import (
    Article,
    Byline,
    Category,
    Citation,
    Comment,
    CommentSettings,
    Correction,
    Mention,
    Photo,
    Publication,
    Tag,
    Video,
)
from committees.models import Attendance, Award, Conference, Statistic
from committees.shown import AWARDS_BY, FIGURES_BY
from newsroom import paging, tables
from newsroom.pagecache.addresses import kept_at
from newsroom.pagecache.moments import moment
from newsroom.pagecache.watched import PUBLISHED, carries, down, shown, under, up
from newsroom.publishing import State

_of_article = under(Article, "article_id")
_committees, _tags = Article.committees.through, Article.tags.through

_for_the_desk = ("writer", "note", "version", "form_token", "fingerprint", "created_at", "saved_at")
shown(Article, but=[*_for_the_desk, "search_key", "search_words"], only=PUBLISHED)
carries(Article, down(_committees, "article_id"), by=["committee_id"])
carries(Article, down(_tags, "article_id"), by=["tag_id"])
carries(Article, down(Byline, "article_id"), by=["person_id"])
carries(Article, down(Citation, "article_id"), by=["document_id"])
carries(Article, down(Mention, "article_id"), by=["statistic_id", "award_id"])
carries(Article, down(Mention, "article_id"), up("statistic_id", Statistic), by=FIGURES_BY)
carries(Article, down(Mention, "article_id"), up("award_id", Award), by=AWARDS_BY)
carries(Article, up("conference_id", Conference), down(Statistic, "conference_id"), by=FIGURES_BY)
carries(Mention, up("statistic_id", Statistic), by=FIGURES_BY)
carries(Mention, up("award_id", Award), by=AWARDS_BY)
carries(Conference, down(Article, "conference_id"), by=["id"])
carries(Photo, up("article_id", Article), by=["conference_id"])
carries(Attendance, up("conference_id", Conference), down(Article, "conference_id"), by=["id"])
carries(Statistic, down(Mention, "statistic_id"), by=["article_id"])
carries(Award, down(Mention, "award_id"), by=["article_id"])
shown(_committees, only=_of_article)
shown(_tags, only=_of_article)
shown(Byline, but=["published_at"], only=_of_article)  # that of its article, which says so itself
shown(Citation, only=_of_article)
shown(Mention, only=_of_article)
shown(Photo, only=_of_article)
shown(Video, only=_of_article)
shown(Correction, but=["corrected_by"], only=_of_article)
shown(Category, but=["search_key"])
shown(Tag, but=["search_key"])
shown(Publication, but=["search_key"])
shown(CommentSettings, but=["banned_words", "suspect_words"])
_of_its_way = ("account", "reason", "moderated_by", "moderated_at", "consented_at", "notes", "reported_at")
_of_its_sender = ("email", "sender", "correspondent", "key", "search_key")
shown(Comment, but=[*_of_its_way, *_of_its_sender], only="{row}.state = 'approved'")
moment(Article.objects.filter(state=State.PUBLISHED), "published_at")
moment(Article.objects.filter(featured_position__isnull=False), "featured_until")

_pager = (paging.AFTER, paging.BEFORE)
kept_at("articles:articles", ArticleFilter.base_filters, _pager, [tables.FORMAT])
for _name in ("comments", "comment", "category", "tags", "tag", "authors", "author", "corrections"):
    kept_at(f"articles:{_name}", _pager)
for _name in ("article", "article_save", "categories"):
    kept_at(f"articles:{_name}")
for _name in ("", "category-", "committee-", "comments-", "corrections-"):
    kept_at(f"articles:{_name}rss")
    kept_at(f"articles:{_name}atom")

"""Which rows of this app readers see, for the page cache (newsroom.pagecache.watched)."""

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
from committees.models import Award, Conference, Statistic
from newsroom.pagecache.watched import PUBLISHED, Carried, carries, shown, under

_of_article = under(Article, "article_id")
_committees, _tags = Article.committees.through, Article.tags.through

_for_the_desk = ("writer", "note", "version", "form_token", "fingerprint", "created_at", "saved_at")
shown(Article, but=[*_for_the_desk, "search_key", "search_words"], only=PUBLISHED)
carries(
    Article,
    Carried(_committees, "article_id", ("committee_id",)),
    Carried(_tags, "article_id", ("tag_id",)),
    Carried(Byline, "article_id", ("person_id",)),
    Carried(Citation, "article_id", ("document_id",)),
    Carried(Mention, "article_id", ("statistic_id", "award_id")),
)
shown(_committees, only=_of_article)
shown(_tags, only=_of_article)
shown(Byline, only=_of_article)
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
carries(Conference, Carried(Article, "conference_id", ("id",)))
carries(Statistic, Carried(Mention, "statistic_id", ("article_id",)))
carries(Award, Carried(Mention, "award_id", ("article_id",)))

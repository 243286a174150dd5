"""Articles and all that belongs to one: photos, bylines, mentions, revisions, comments."""

from articles.models.article import Article, Byline, Category, Citation, Publication, Tag
from articles.models.ban import Ban
from articles.models.comment import Comment
from articles.models.comment_settings import CommentSettings
from articles.models.digest import DigestDay
from articles.models.figure_report import FigureReport
from articles.models.mention import Mention
from articles.models.moderation import CommentReport, Moderation
from articles.models.photo import Photo, Video
from articles.models.presence import Presence
from articles.models.preview import PreviewLink, PreviewOpening
from articles.models.raw_report import RawPicture, RawReport
from articles.models.revision import Correction, Override, Revision, WorkingCopy
from articles.models.ripple import Ripple, RipplePlace

__all__ = [
    "Article",
    "Ban",
    "Byline",
    "Category",
    "Citation",
    "Comment",
    "CommentReport",
    "CommentSettings",
    "Correction",
    "DigestDay",
    "FigureReport",
    "Mention",
    "Moderation",
    "Override",
    "Photo",
    "Presence",
    "PreviewLink",
    "PreviewOpening",
    "Publication",
    "RawPicture",
    "RawReport",
    "Revision",
    "Ripple",
    "RipplePlace",
    "Tag",
    "Video",
    "WorkingCopy",
]

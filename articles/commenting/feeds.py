"""What readers say of one article, for feed readers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from articles.models import Article, Comment
from newsroom.syndication import ITEMS, NewsFeed, for_xml


class CommentsFeed(NewsFeed):
    """The newest comments that readers see under one public article."""

    def get_object(self, request: HttpRequest, pk: int) -> Article:  # type: ignore[override]
        return Article.objects.public().get(pk=pk)

    def about(self, obj: Article) -> str:
        return _("Comments: %(title)s") % {"title": obj.title}

    def items(self, obj: Article) -> QuerySet[Comment]:
        shown = Comment.objects.approved().filter(article=obj).order_by("-created_at", "-pk")
        return shown.select_related("article").defer("article__body", "article__search_words", "email", "notes")[:ITEMS]

    def item_path(self, item: Comment) -> str:
        return f"binh-luan/{item.pk}"

    def item_title(self, item: Comment) -> str:
        return for_xml(item.name)

    def item_description(self, item: Comment) -> str:
        return for_xml(linebreaks(item.text, autoescape=True))

    def item_link(self, item: Comment) -> str:
        # A thread whose first comment was taken down has no page of its own.
        return f"{item.article.get_absolute_url()}#comments"

    def item_pubdate(self, item: Comment) -> Any:
        return item.created_at

    def item_updateddate(self, item: Comment) -> Any:
        return item.moderated_at or item.created_at

    def authors(self, item: Comment) -> list[str]:
        return [item.name]

"""What somebody has typed into the form of an article that they may no longer change: shown, to be copied."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.desk.guarding import typed_as_snapshot
from articles.revisions import LABELS, PARTS, texts
from newsroom.desk import DeskAdmin


@dataclass(frozen=True)
class Typed:
    """A part of an article as it was typed: its label and its words; rich text as HTML that has been cleaned."""

    label: Any
    words: str
    is_rich: bool = False


class MovedOnAdmin(DeskAdmin):
    """A desk that gives back what was typed into an article that has moved on in the meantime."""

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        # Only the form of somebody who may edit has a title to send.
        if request.method == "POST" and "title" in request.POST:
            article = self.get_object(request, unquote(object_id))
            if article is None or not self.has_change_permission(request, article):
                may_see = article is not None and self.has_view_permission(request, article)
                context = {
                    **self.admin_site.each_context(request),
                    "title": _("This article has moved on"),
                    "opts": self.opts,
                    "article": article if may_see else None,
                    "typed": _typed(request),
                }
                return render(request, "admin/articles/article/moved_on.html", context, status=403)
        return super().change_view(request, object_id, form_url, extra_context)


def _typed(request: HttpRequest) -> list[Typed]:
    whole = typed_as_snapshot(request.POST, {part: [] for part in PARTS})
    said = texts(whole)
    return [
        Typed(LABELS[part], mark_safe(whole["body"]), is_rich=True) if part == "body" else Typed(LABELS[part], words)
        for part, words in said.items()
        if words and part != "allow_comments"
    ]

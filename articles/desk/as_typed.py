"""How the numbers of an article stand as it is typed. The script of its form (static/js/desk/numbers.js) asks here.

Nothing is saved by asking: what the form holds is read, held against the rows that it names, and forgotten.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from articles.desk.numbers import listing
from articles.models import Article, Mention, WorkingCopy
from articles.numbers import hold, things_of
from committees.models import Conference
from newsroom.answering import for_scripts, refused
from newsroom.desk import DeskAdmin
from newsroom.richtext import clean, plain_text

MOST_TYPED = 200_000  # characters that are looked at while somebody types
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass
class Typed:
    """What the form of an article holds of what is examined, as its script sends it."""

    data: Mapping[str, str]
    texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        captions = {
            int(row[1]): self.data[name]
            for name in self.data
            if (row := re.fullmatch(r"photos-(\d{1,3})-caption", name))
        }
        self.texts = {
            Mention.Part.TITLE: [self.data.get("title", "")],
            Mention.Part.LEAD: [self.data.get("lead", "").replace("\r\n", "\n")],
            Mention.Part.BODY: [plain_text(clean(self.data.get("body", "")))],
            Mention.Part.CAPTION: [captions.get(row, "") for row in range(max(captions, default=-1) + 1)],
        }

    @property
    def conference(self) -> Conference | None:
        key = self.data.get("conference", "")
        return Conference.objects.filter(pk=key).first() if _NUMBER.fullmatch(key) else None

    def mentions(self, article: Article | None) -> list[Mention]:
        """Return the mentions of the form, with what is kept of those that are stored; none is saved."""
        kept = {str(mention.pk): mention for mention in kept_mentions(article)} if article else {}
        found = []
        for name in self.data:
            row = re.fullmatch(r"mentions-\d{1,4}-words", name)
            said = {key: self.data.get(name.replace("words", key), "") for key in ("id", "part", "statistic", "award")}
            if row is None or not self.data[name] or self.data.get(name.replace("words", "DELETE")):
                continue
            mention = kept.get(said["id"])
            if mention is None or (mention.words, mention.part) != (self.data[name], said["part"]):
                mention = Mention(words=self.data[name], part=said["part"])
            for key in ("statistic", "award"):
                setattr(mention, f"{key}_id", int(said[key]) if _NUMBER.fullmatch(said[key]) else None)
            if mention.part in Mention.Part.values:
                found.append(mention)
        return found


def kept_mentions(article: Article) -> Iterator[Mention]:
    """Yield the mentions of the text of `article` on which the desk works: its working copy's, else its own."""
    copy = WorkingCopy.objects.filter(article=article).first()
    if copy is None:
        yield from article.mentions.all()
        return
    columns: Mapping[str, str] = {"statistic": "statistic_id", "award": "award_id"}
    for row in copy.snapshot.get("mentions", []):
        yield Mention(**{columns.get(name, name): value for name, value in row.items()})


class NumbersAdmin(DeskAdmin):
    """A desk whose forms show how their numbers stand, as they are typed."""

    def get_urls(self) -> list[URLPattern]:
        view = for_scripts(self.admin_site, self.numbers_view)
        return [path("doi-chieu/", view, name="articles_article_numbers"), *super().get_urls()]

    def numbers_view(self, request: HttpRequest) -> JsonResponse:
        """Say of each number in the parts of a form how it stands. Nothing of what is sent is kept."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if sum(len(said) for said in request.POST.dict().values()) > MOST_TYPED:
            return refused(413, _("The text is too long to be checked while it is typed. Saving checks it."))
        typed, key = Typed(request.POST.dict()), request.POST.get("article", "")
        article: Article | None = self.get_object(request, key) if _NUMBER.fullmatch(key) else None
        conference, mentions = typed.conference, typed.mentions(article)
        numbers = hold(typed.texts, mentions, things_of(conference.pk if conference else None, mentions))
        shown = listing(numbers, conference, may_add=request.user.has_perm("committees.add_statistic"))
        html = render_to_string("admin/articles/article/_numbers_found.html", {"listing": shown})
        return JsonResponse({"html": html, "said": shown.said})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = context["original"]
        if not context["is_popup"] and (article is None or self.has_change_permission(request, article)):
            context["numbers_address"] = reverse("admin:articles_article_numbers")
        if article is not None and (numbers := context.get("numbers")):
            context["listing"] = listing(
                numbers, article.conference, may_add=request.user.has_perm("committees.add_statistic")
            )
        return super().render_change_form(request, context, *args, **kwargs)

"""What the page of an article offers to whoever wants to comment: the form, or why there is none."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from articles.commenting.forms import CommentForm
from articles.commenting.stamp import seconds_since, stamp
from articles.models import Article, Comment, CommentSettings
from newsroom.addresses import address
from newsroom.models import Page
from newsroom.pagecache import kept


@dataclass(frozen=True)
class Writing:
    """`is_open` tells whether comments are taken; if not, `closed` says why. `parent` is the comment that is answered.

    An empty form under an article is `drawn` already; any other is drawn of `form`.
    """

    address: str  # where the form is sent, and where all comments are
    rules: CommentSettings
    closed: str = ""
    form: CommentForm | None = None
    parent: Comment | None = None
    drawn: SafeString | str = ""

    @property
    def is_open(self) -> bool:
        return not self.closed


def comments_address(article: Article) -> str:
    """Return the address of all comments under `article`, which takes new ones too."""
    return address("articles:comments", article.title, "bai-viet", article.pk)


def offer(article: Article, parent: Comment | None = None) -> Writing:
    """Return an empty form for a page of `article`, or for an answer to `parent`. One query, of what rarely changes."""
    empty = _empty_form()
    place = comments_address(article)
    if closed := empty.rules.closed_because(article):
        return Writing(place, empty.rules, closed)
    made = stamp(article, timezone.now())
    if parent is None:
        return Writing(place, empty.rules, drawn=empty.filled(place, made))
    form = _form(empty.rules, {"made": made, "parent": parent.pk}, article)
    return Writing(place, empty.rules, form=form, parent=parent)


def _form(rules: CommentSettings, initial: dict[str, Any], article: Article | None) -> CommentForm:
    form = CommentForm(article=article, initial=initial)
    form.fields["email"].required = rules.needs_email  # as the page says it; a check holds it
    return form


@dataclass(frozen=True)
class _EmptyForm:
    """The form under an article, which is the same under all but for where it is sent and when the page was made."""

    rules: CommentSettings
    html: str

    def filled(self, place: str, made: str) -> SafeString:
        return SafeString(self.html.replace(_PLACE, escape(place)).replace(_MADE, escape(made)))


_PLACE, _MADE = "\ufdd0place\ufdd1", "\ufdd0made\ufdd1"  # no characters of any text


@kept(CommentSettings, Page)
def _empty_form() -> _EmptyForm:
    rules = CommentSettings.for_readers()
    writing = Writing(_PLACE, rules, form=_form(rules, {"made": _MADE}, None))
    return _EmptyForm(rules, render_to_string("articles/_comment_form.html", {"writing": writing}))


def offer_again(article: Article, form: CommentForm) -> Writing:
    """Return the form that has just been refused, with all that was typed, ready to be sent again."""
    parent = form.cleaned_data.get("parent")
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["parent"] = str(parent.pk) if parent else ""
    data["website"] = ""
    # People who were too quick need not wait from now on again.
    if seconds_since(data.get("made", ""), article, timezone.now()) is None:
        data["made"] = stamp(article, timezone.now())
    form.data = data
    return Writing(comments_address(article), CommentSettings.for_readers(), form=form, parent=parent)

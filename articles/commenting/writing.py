"""What the page of an article offers to whoever wants to comment: the form, or why there is none."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.commenting.forms import CommentForm
from articles.commenting.stamp import seconds_since, stamp
from articles.models import Article, Comment, CommentSettings
from newsroom.vietnamese import slugify


@dataclass(frozen=True)
class Writing:
    """`form` is None where no comments are taken, and `closed` says why. `parent` is the comment that is answered."""

    address: str  # where the form is sent, and where all comments are
    rules: CommentSettings
    closed: str = ""
    form: CommentForm | None = None
    parent: Comment | None = None


def comments_address(article: Article) -> str:
    """Return the address of all comments under `article`, which takes new ones too."""
    return reverse("articles:comments", args=[slugify(article.title, "bai-viet"), article.pk])


def offer(article: Article, parent: Comment | None = None) -> Writing:
    """Return an empty form for a page of `article`, or for an answer to `parent`. One query."""
    rules = CommentSettings.for_readers()
    address = comments_address(article)
    if closed := rules.closed_because(article):
        return Writing(address, rules, closed)
    initial = {"made": stamp(article, timezone.now()), "parent": parent.pk if parent else None}
    form = CommentForm(article=article, initial=initial)
    form.fields["email"].required = rules.needs_email  # as the page says it; a check holds it
    return Writing(address, rules, form=form, parent=parent)


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

"""What a reader sends, and what may be said to it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from django.db.models import Model

from articles.models import Article, Comment, CommentSettings


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What comes through a form of our pages: cleaned by the form, and not stored yet."""

    email: str
    text: str
    trap: str  # what stands in the field that people leave empty
    stamp: str  # when the page was made (articles.commenting.stamp)
    sender: str  # keyed hashes (articles.commenting.traces), empty where unknown
    correspondent: str
    rules: CommentSettings
    now: datetime
    name: str = ""

    @property
    def about(self) -> Model:
        """What it is about: the form bore the stamp of its page."""
        raise NotImplementedError

    def under(self, rules: CommentSettings) -> Self:
        """Return it as it is held against `rules`."""
        return replace(self, rules=rules)


@dataclass(frozen=True, kw_only=True)
class Attempt(Sending):
    """One comment on its way in."""

    article: Article
    parent: Comment | None

    @property
    def about(self) -> Article:
        return self.article


@dataclass(frozen=True)
class Hold:
    """Takes the comment, with a note for the moderators."""

    note: str


@dataclass(frozen=True)
class Refuse:
    """Takes nothing, and tells the reader what to do: by the field of the form that it is about, and a status."""

    sentence: str
    field: str = ""
    status: int = 422
    retry_after: int | None = None  # seconds


class RefusedError(Exception):
    """A check has refused a comment: `verdict` says why."""

    def __init__(self, verdict: Refuse) -> None:
        super().__init__(verdict.sentence)
        self.verdict = verdict

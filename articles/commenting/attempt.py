"""What a reader sends, and what may be said to it."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article, Comment, CommentSettings


@dataclass(frozen=True)
class Attempt:
    """One comment on its way in: cleaned by the form, and not stored yet."""

    article: Article
    parent: Comment | None
    name: str
    email: str
    text: str
    trap: str  # what stands in the field that people leave empty
    stamp: str  # when the page was made (articles.commenting.stamp)
    sender: str  # keyed hashes (articles.commenting.traces), empty where unknown
    correspondent: str
    rules: CommentSettings
    now: datetime


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

"""The memory of an article: one snapshot of the whole, with who, when and why."""

from typing import Any

from django.forms.models import model_to_dict

from articles.models import Article, Revision
from newsroom.models import User

# What an article says of itself. State and moments are the workflow's, versions are ours.
FIELDS = (
    "title", "lead", "dateline", "body", "category", "conference", "publication", "source_label", "source_url",
    "source_published_at", "source_updated_at", "retrieved_on", "allow_comments", "note",
)  # fmt: skip
# The rows that are part of it, each with the columns that are theirs.
PARTS = {
    "bylines": ("person", "credit", "unit", "position"),
    "photos": ("image", "alt", "caption", "credit", "position"),
    "videos": ("file", "address", "picture", "caption", "position"),
    "citations": ("document", "printed", "position"),
    "mentions": ("statistic", "award", "part", "words", "before", "after", "state"),
}


def snapshot(article: Article) -> dict[str, Any]:
    """Return the whole of `article` as JSON holds it: fields, tags, committees and parts, by primary keys."""
    whole: dict[str, Any] = {name: _plain(value) for name, value in model_to_dict(article, FIELDS).items()}
    whole["state"] = article.state
    whole["published_at"] = _plain(article.published_at)
    whole["tags"] = sorted(article.tags.values_list("pk", flat=True))
    whole["committees"] = sorted(article.committees.values_list("pk", flat=True))
    for part, names in PARTS.items():
        whole[part] = [
            {"id": row.pk, **{name: _plain(value) for name, value in model_to_dict(row, names).items()}}
            for row in getattr(article, part).all()
        ]
    return whole


def _plain(value: Any) -> Any:
    """Return `value` as JSON can hold it."""
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def record(article: Article, by: User | None, reason: str = "") -> Revision:
    """Keep `article` as it stands now under its version, which the caller has raised."""
    return Revision.objects.create(
        article=article, version=article.version, snapshot=snapshot(article), made_by=by, reason=reason
    )

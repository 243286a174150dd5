"""The memory of an article: one snapshot of the whole, with who, when and why."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.anchoring import find_again
from articles.models import Article, Category, Publication, Revision, Tag
from committees.models import Award, Committee, Conference, Document, Person, Statistic
from newsroom.models import User
from newsroom.richtext import plain_text

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
    "mentions": ("statistic", "award", "part", "words", "words_now", "before", "after", "state"),
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


def record(
    article: Article,
    by: User | None,
    reason: str = "",
    copy: Mapping[str, Any] | None = None,
    transition: str = "",
    *,
    is_autosave: bool = False,
    page: str = "",
) -> Revision:
    """Keep `article` as it stands now, or its working copy `copy`, under its version, which the caller has raised.

    `transition` (a `Revision.Transition`) is what was decided with it; empty for a save. `page` is the token of the
    form it was saved from. An autosave takes the place of the same person's autosave before it, unless somebody has
    opened that one in a form: what a form began from is never lost.
    """
    kept = {
        "version": article.version,
        "snapshot": snapshot(article) if copy is None else copy,
        "page": page,
        "is_working_copy": copy is not None,
    }
    latest = article.revisions.defer("snapshot").first() if is_autosave and by is not None else None
    if latest and _gives_way(latest, by, copy is not None):
        Revision.objects.filter(pk=latest.pk).update(**kept, made_at=timezone.now())
        return Revision.objects.get(pk=latest.pk)
    how = {"transition": transition, "reason": reason, "is_autosave": is_autosave}
    return Revision.objects.create(article=article, made_by=by, **how, **kept)


def _gives_way(autosave: Revision, by: User | None, is_working_copy: bool) -> bool:
    """Whether the revision `autosave` is replaced by the next autosave of `by`."""
    return (
        autosave.is_autosave
        and not autosave.is_opened
        and autosave.made_by == by
        and autosave.is_working_copy == is_working_copy
    )


def keep_by_hand(article: Article, by: User) -> None:
    """Note that `by` has saved by hand what their last autosave of `article` already holds."""
    latest = article.revisions.defer("snapshot").first()
    if latest and latest.is_autosave and latest.made_by == by:
        Revision.objects.filter(pk=latest.pk).update(is_autosave=False)


def pin(article: Article) -> None:
    """Note that a form begins from `article` as it stands, whose row the caller holds."""
    latest = article.revisions.defer("snapshot").first()
    if latest and latest.is_autosave and not latest.is_opened:
        Revision.objects.filter(pk=latest.pk).update(is_opened=True)


def raise_version(article: Article, **changed: Any) -> None:
    """Count a save of `article`, whose columns `changed` (name -> value) change with it."""
    Article.objects.filter(pk=article.pk).update(version=F("version") + 1, saved_at=timezone.now(), **changed)
    article.refresh_from_db(fields=["version", "saved_at", *changed])


def begin(article: Article) -> None:
    """Keep what stands in `article` where nothing of it has been kept: it came through another door than the desk."""
    if not article.revisions.exists():
        record(article, None)


def put_back(article: Article, whole: Mapping[str, Any]) -> list[str]:
    """Set `article`, its tags, committees and parts as the snapshot `whole` holds them; its version is the caller's.

    Rows have their old numbers again, so that links to them lead where they did, and pictures their files, which
    are never deleted. What has been deleted meanwhile (a person, a figure) cannot come back: returned is, in the
    words of the snapshot, what had to be left out for it.
    """
    lost: list[str] = []
    stood = snapshot(article)
    for name in FIELDS:
        field: Any = Article._meta.get_field(name)
        value = whole.get(name)
        if field.is_relation:
            if value is not None and not field.related_model._base_manager.filter(pk=value).exists():
                lost.append(str(LABELS[name]))
                value = None
            setattr(article, field.attname, value)
        elif name in whole:
            setattr(article, name, field.to_python(value))
    article.save(update_fields=[*FIELDS, "search_key", "search_words"])
    for name in ("tags", "committees"):
        manager = getattr(article, name)
        there = manager.model.objects.filter(pk__in=whole.get(name, []))
        manager.set(there)
        lost += [str(LABELS[name])] * (len(whole.get(name, [])) - len(there))
    for part, names in PARTS.items():
        if stood[part] == whole.get(part):
            continue
        manager = getattr(article, part)
        manager.all().delete()
        for row in whole.get(part, []):
            if not _put_back_row(article, manager.model, names, row):
                lost.append(str(LABELS[part]))
    find_again(article)
    return list(dict.fromkeys(lost))


def _put_back_row(article: Article, model: Any, names: tuple[str, ...], row: Mapping[str, Any]) -> bool:
    """Make a row of a part again; False where what it points at is gone."""
    values: dict[str, Any] = {}
    for name in names:
        field = model._meta.get_field(name)
        value = row.get(name)
        if field.is_relation and value is not None:
            if not field.related_model._base_manager.filter(pk=value).exists():
                return False
        elif not field.is_relation:
            value = field.get_default() if name not in row else field.to_python(value)
        values[field.attname] = value
    key = None if model._base_manager.filter(pk=row["id"]).exists() else row["id"]
    model(pk=key, article=article, **values).save(force_insert=True)
    return True


def hold_numbers(whole: Mapping[str, Any]) -> None:
    """See to it that no other row is given the number of a row that only the snapshot `whole` holds.

    A sequence of PostgreSQL never goes back. SQLite's does with the transaction, and is put on again here.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for part in PARTS:
            table = Article._meta.get_field(part).related_model._meta.db_table  # type: ignore[union-attr]
            highest = max((row["id"] for row in whole.get(part, [])), default=0)
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            if found is None:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, highest])
            elif found[0] < highest:
                cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [highest, table])


# --- The words of a snapshot -------------------------------------------------------------------

# What is compared of an article, in the order of its form.
LABELS = {
    "title": _("title"), "lead": _("lead"), "dateline": _("dateline"), "body": _("body"),
    "photos": _("photos"), "bylines": _("bylines"), "conference": _("conference"), "committees": _("committees"),
    "category": _("category"), "tags": _("tags"), "publication": _("publication"), "source_label": _("source label"),
    "source_url": _("source address"), "source_published_at": _("published at the source"),
    "source_updated_at": _("updated at the source"), "retrieved_on": _("retrieved on"), "videos": _("videos"),
    "citations": _("citations"), "mentions": _("mentions"), "allow_comments": _("allow comments"), "note": _("note"),
}  # fmt: skip
_NAMED: dict[str, Any] = {
    "category": Category, "conference": Conference, "publication": Publication, "tags": Tag, "committees": Committee,
    "person": Person, "document": Document, "statistic": Statistic, "award": Award,
}  # fmt: skip


def texts(whole: Mapping[str, Any]) -> dict[str, str]:
    """Return what a snapshot says as plain text: part (a key of `LABELS`) -> words, one row a line."""
    named = _names(whole)

    def row(columns: Mapping[str, Any]) -> str:
        said = (named(name, value) if name in _NAMED else str(value or "") for name, value in columns.items())
        return " – ".join(filter(None, said))

    said: dict[str, str] = {}
    for part in LABELS:
        value = whole.get(part)
        if part in PARTS:
            shown = {"words"} | set(PARTS[part]) - {"position", "words_now", "before", "after", "part", "state"}
            said[part] = "\n".join(row({k: v for k, v in each.items() if k in shown}) for each in value or [])
        elif isinstance(value, list):
            said[part] = "\n".join(sorted(named(part, one) for one in value))
        elif part == "body":
            said[part] = plain_text(value or "")
        elif isinstance(value, bool):
            said[part] = str(_("yes") if value else _("no"))
        else:
            said[part] = named(part, value) if part in _NAMED else str(value or "")
    return said


def _names(whole: Mapping[str, Any]) -> Callable[[str, Any], str]:
    """Return how the rows that a snapshot points at are called; a row that is gone is called by its number."""
    wanted: dict[str, set[int]] = {}
    columns = [*whole.items(), *(pair for part in PARTS for each in whole.get(part) or [] for pair in each.items())]
    for name, value in columns:
        if name in _NAMED:
            for one in value if isinstance(value, list) else [value]:
                if str(one or "").isdecimal():
                    wanted.setdefault(name, set()).add(int(one))
    found = {name: _NAMED[name].objects.in_bulk(keys) for name, keys in wanted.items()}

    def named(name: str, key: Any) -> str:
        if not str(key or "").isdecimal():
            return ""
        return str(found[name].get(int(key), f"#{key}"))

    return named

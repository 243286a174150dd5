"""Who and what a made newsroom speaks of is put into the database: committees, people, indicators, documents."""

from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import models
from django.db.models import Max
from PIL import Image

from articles.models import Category, Tag
from committees.models import Committee, Document, Indicator, Person
from newsroom.management.commands.load_sample import FOLDER
from newsroom.models import MenuItem, Page, SiteIdentity
from newsroom.pictures import write_renditions
from newsroom.populating import words
from newsroom.populating.figures import INDICATORS
from newsroom.populating.plan import PICTURES, Plan
from newsroom.populating.rows import TABLES


def bases() -> dict[str, int]:
    """Return the highest key that each table has now."""
    models_by_table = {name: table.model for name, table in TABLES.items()}
    models_by_table |= {"committee": Committee, "person": Person, "document": Document}
    return {
        name: model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0
        for name, model in models_by_table.items()
    }


def known() -> dict[str, list[int]]:
    """Make the categories, tags and indicators that are missing, and return the keys of all, in their order."""
    return {
        "category": _named(Category, [{"name": name, "position": at} for at, name in enumerate(words.CATEGORIES, 1)]),
        "tag": _named(Tag, [{"name": name} for name in words.TAGS]),
        "indicator": _named(
            Indicator,
            [{"code": each.code, "name": each.name, "unit": each.unit} for each in INDICATORS],
            by="code",
        ),
    }


def _named(model: type[models.Model], rows: Sequence[dict[str, Any]], by: str = "name") -> list[int]:
    manager = model._base_manager
    there = set(manager.filter(**{f"{by}__in": [row[by] for row in rows]}).values_list(by, flat=True))
    manager.bulk_create(model(**row) for row in rows if row[by] not in there)
    keys = dict(manager.filter(**{f"{by}__in": [row[by] for row in rows]}).values_list(by, "pk"))
    return [keys[row[by]] for row in rows]


def cast(plan: Plan) -> None:
    """Put the committees, people and documents of `plan` into the database."""
    first = plan.base.get("committee", 0) + 1
    Committee.objects.bulk_create(
        Committee(
            pk=first + place,
            name=body.name,
            kind=body.kind,
            parent_id=None if body.above is None else first + body.above,
        )
        for place, body in enumerate(plan.bodies)
    )
    first = plan.base.get("person", 0) + 1
    Person.objects.bulk_create(Person(pk=first + place, name=name) for place, name in enumerate(plan.people))
    first = plan.base.get("document", 0) + 1
    Document._default_manager.bulk_create(
        Document(pk=first + place, name=name, number=number, type=sort, issuer=issuer, subject=subject, issued_on=day)
        for place, (name, number, sort, issuer, subject, day) in enumerate(plan.papers)
    )


def site() -> None:
    """Give the site the sample's name, menu and pages where it has none of its own."""
    if not any(model._default_manager.exists() for model in (SiteIdentity, MenuItem, Page)):
        call_command("loaddata", FOLDER / "site.json", verbosity=0)


def pictures() -> list[tuple[int, int]]:
    """Put the few pictures that all articles share into the storage, and return their widths and heights."""
    sizes = []
    for name in PICTURES:
        source, stored = FOLDER / "pictures" / name, f"photos/populated/{name}"
        if not default_storage.exists(stored):
            default_storage.save(stored, ContentFile(source.read_bytes()))
            write_renditions(default_storage, stored)
        with Image.open(source) as image:
            sizes.append(image.size)
    return sizes

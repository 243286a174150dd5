"""The sample newsroom, for the demo and for whoever wants to see one before there is one."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import models, transaction

from articles.models import Photo
from newsroom.models import MenuItem, Page, SiteIdentity
from newsroom.pictures import write_renditions

FOLDER = Path(__file__).resolve().parents[3] / "fixtures"
# In this order, so that what is pointed at is there before what points at it.
FIXTURES = ("site", "committees", "articles", "comments", "visits")


class Command(BaseCommand):
    help = (
        "Load the sample newsroom into an empty database: five articles with their conferences, figures, awards and "
        "pictures. A database that holds anything of a newsroom is left as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = whatever_is_there()
        if found is not None:
            self.stdout.write(f"The database is not empty (it holds {found}): the sample was not loaded.")
            return
        load()
        self.stdout.write("The sample newsroom is loaded: five articles, with their conferences, figures and awards.")


def whatever_is_there() -> str | None:
    """Return the name of a model of which the database holds a row; None where it is empty.

    Accounts and groups do not count: they may well be older than the newsroom's first word.
    """
    of_the_newsroom: list[type[models.Model]] = [SiteIdentity, MenuItem, Page]
    for label in ("committees", "articles", "visits"):
        of_the_newsroom += apps.get_app_config(label).get_models()
    for model in of_the_newsroom:
        if model._default_manager.exists():
            return model._meta.object_name
    return None


@transaction.atomic
def load() -> None:
    """Load the sample's rows, and put its pictures with their renditions into the storage."""
    call_command("loaddata", *(FOLDER / f"{name}.json" for name in FIXTURES), verbosity=0)
    for photo in Photo.objects.all():
        keep_picture(photo)


def keep_picture(photo: Photo) -> None:
    """Store the picture of `photo` under exactly the name its row has, over one that an earlier sample left there."""
    storage, name = photo.image.storage, photo.image.name
    assert name is not None
    storage.delete(name)
    storage.save(name, ContentFile((FOLDER / "pictures" / Path(name).name).read_bytes()))
    write_renditions(storage, name)

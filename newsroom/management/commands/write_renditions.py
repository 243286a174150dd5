"""The pictures in the widths in which they are offered, written anew."""

from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from PIL import Image

from newsroom.pictures import PictureField, rendition_name, rendition_widths, write_renditions
from newsroom.progress import Progress, stoppable


class Command(BaseCommand):
    help = (
        "Write the WebP renditions that a stored picture lacks: after widths were changed, or files were lost. "
        "With --all, all of them. A picture that cannot be read is named, and the others are done. Stopped, it goes on "
        "where it was when it is run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", dest="is_all", help="also those that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _pictures()
        written = unread = 0
        with stoppable(_("Stopped before the end: run it again.")), Progress(_("Pictures"), len(found)) as progress:
            for storage, name in progress.over(found):
                try:
                    if options["is_all"] or _lacks_some(storage, name):
                        write_renditions(storage, name)
                        written += 1
                except OSError as fault:
                    progress.clear()
                    self.stderr.write(f"{name}: {fault.strerror or fault}")
                    unread += 1
        self.stdout.write(
            _("Pictures: %(all)d, of which %(written)d were written.") % {"all": len(found), "written": written}
        )
        if unread:
            raise CommandError(_("Pictures that could not be read: %(count)d.") % {"count": unread})


def _pictures() -> list[tuple[Storage, str]]:
    """Return the name of every stored picture, of whatever model, each with its storage."""
    found: dict[str, Storage] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, PictureField):
                names = (
                    model._base_manager.exclude(**{field.name: ""}).order_by("pk").values_list(field.name, flat=True)
                )
                found |= dict.fromkeys(names, field.storage)
    return [(storage, name) for name, storage in found.items()]


def _lacks_some(storage: Storage, name: str) -> bool:
    """Return whether a width in which a picture is offered is missing. Raises `OSError` where it cannot be read."""
    with storage.open(name) as file, Image.open(file) as image:
        widths = rendition_widths(image.width)
    return not all(storage.exists(rendition_name(name, width)) for width in widths)

"""The pages that the web server in front shows of itself: nobody can draw them when no web process answers."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from newsroom.refusing import PAGES, page


class Command(BaseCommand):
    help = (
        "Write the pages of errors that the web server in front shows of itself, into the folder of the collected "
        "static files. Run it after each collectstatic."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.STATIC_ROOT) / "front"
        folder.mkdir(parents=True, exist_ok=True)
        for code in PAGES:
            (folder / f"{code}.html").write_text(page(code))

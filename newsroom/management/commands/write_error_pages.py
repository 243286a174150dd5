"""The pages that the web server in front shows of itself: nobody can draw them when no web process answers."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

# Status -> what it is called, and what the reader may do. docker/nginx.conf.template names the same.
PAGES = {
    400: (
        _("The request cannot be read"),
        _("Something in the address or in what was sent is not as it should be. Start again from the front page."),
    ),
    405: (
        _("This cannot be done here"),
        _("Pages are asked for and forms are sent; this was neither. Start again from the front page."),
    ),
    408: (
        _("It took too long to arrive"),
        _("What was sent did not arrive in time. Look at the connection, and send it again."),
    ),
    413: (
        _("This is too large"),
        _("More was sent than is taken here. Go back, choose a smaller file or a shorter text, and send it again."),
    ),
    414: (
        _("The address is too long"),
        _("No page here has so long an address. Start again from the front page."),
    ),
    429: (
        _("Too much at once"),
        _("More was asked for from your network than is answered in so short a time. Wait ten seconds and try again."),
    ),
    431: (
        _("The browser sends too much along"),
        _("Delete the cookies that your browser keeps of this site, and try again."),
    ),
    503: (
        _("We will be back in a moment"),
        _("The site does not answer just now. Wait ten seconds and try again; to go back brings what you have typed."),
    ),
}


class Command(BaseCommand):
    help = (
        "Write the pages of errors that the web server in front shows of itself, into the folder of the collected "
        "static files. Run it after each collectstatic."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.STATIC_ROOT) / "front"
        folder.mkdir(parents=True, exist_ok=True)
        for code, (heading, text) in PAGES.items():
            page = render_to_string("front_error.html", {"code": code, "heading": heading, "text": text})
            (folder / f"{code}.html").write_text(page)

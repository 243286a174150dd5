"""One article as a file to keep: whole by itself, and read from a disk as from the site.

Its pictures and its style are inside it, it has no script, and its links lead back to the site.
"""

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.story import Shot, Story
from newsroom.pictures import WIDTHS, rendition_name, rendition_widths

MAX_BYTES = 3_000_000  # of pictures: a file of some four megabytes still goes by mail
_WIDTH = 960  # wide enough to be read on a screen and on paper
_SHEETS = ("css/tokens.css", "css/kept.css")
_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')


@dataclass(frozen=True)
class KeptShot:
    """A photo with its words; `source` is the picture itself, empty where there was no room for it."""

    shot: Shot
    source: str


class Kept:
    """What the file holds beside the story itself: its pictures, as far as there is room, and its style."""

    def __init__(self, story: Story) -> None:
        self._room = MAX_BYTES
        self.shots = [
            KeptShot(shot, self._inside(_names(shot.photo.image.name or "", shot.photo.width)))
            for shot in [*([story.opening] if story.opening else []), *story.further]
        ]
        self.body = SafeString(_IMAGE.sub(self._with_its_picture, story.marked.body))
        self.style = _style()

    def _with_its_picture(self, image: re.Match[str]) -> str:
        name = unquote(image[1]).removeprefix(settings.MEDIA_URL)
        source = self._inside([*(rendition_name(name, width) for width in (_WIDTH, WIDTHS[0])), name])
        return image[0].replace(f'src="{image[1]}"', f'src="{source}"') if source else ""

    def _inside(self, names: list[str]) -> str:
        """Return the first of the stored pictures `names` that is there, as a data: address, if there is room."""
        for name in names:
            try:
                with default_storage.open(name) as file:
                    picture = file.read(self._room + 1)
            except OSError:
                continue
            if len(picture) > self._room:
                return ""
            self._room -= len(picture)
            kind = "webp" if name.endswith(".webp") else "jpeg"
            return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
        return ""


def _names(name: str, width: int) -> list[str]:
    """Return the stored names under which a picture is looked for: the rendition that is wide enough, the JPEG."""
    widths = rendition_widths(width)
    return [rendition_name(name, max((w for w in widths if w <= _WIDTH), default=widths[0])), name]


def _style() -> SafeString:
    sheets = [Path(found).read_text() for name in _SHEETS if (found := finders.find(name))]
    return format_html("<style>\n{}</style>", SafeString("".join(sheets)))


def file_name(slug: str, pk: int) -> str:
    """Return what the file is called on the reader's disk: letters, digits and dashes, never too long for one."""
    return f"{slug[:80].rstrip('-')}-{pk}.html"

"""Pictures inside edited text, offered in the widths that screens ask for: added where the text is shown.

What is stored stays as its field has cleaned it, and is trusted; what is put around a picture is of our own making.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.safestring import SafeString
from PIL import Image

from newsroom.pictures import rendition_name, rendition_widths

# Every tag with attributes, whole, so that nothing is found inside a value; as the cleaning has written it.
_TAGS = re.compile(r'<([a-z0-9]+)((?:\s+[a-z]+="[^"]*")+)>')
_ADDRESS = re.compile(r'\ssrc="([^"]*)"')
_OURS = re.compile(r"[a-z]+/\d{4}/\d\d/[0-9a-f]{16}\.jpg")  # a name that newsroom.pictures has given


def with_renditions(rich: str, sizes: str) -> SafeString:
    """Return cleaned HTML in which each picture of ours is offered as WebP too, in its widths, for the room of `sizes`.

    It has its size, so that nothing moves when it comes, and comes when it is needed.
    """
    if "<img " not in rich:
        return SafeString(rich)
    return SafeString(_TAGS.sub(lambda tag: _offered(tag[0], sizes) if tag[1] == "img" else tag[0], rich))


def _offered(tag: str, sizes: str) -> str:
    found = _ADDRESS.search(tag)
    name = found[1].removeprefix(settings.MEDIA_URL) if found else ""
    if not _OURS.fullmatch(name):
        return tag
    try:
        width, height, widths = _made_of(name)
    except OSError:  # it is not there any more, or cannot be read just now
        return tag
    size = "" if " width=" in tag or " height=" in tag else f' width="{width}" height="{height}"'
    shown = f'{tag[:-1]}{size} loading="lazy" decoding="async">'
    if not widths:
        return shown
    offered = ", ".join(f"{rendition_name(settings.MEDIA_URL + name, each)} {each}w" for each in widths)
    return f'<picture><source type="image/webp" srcset="{offered}" sizes="{sizes}">{shown}</picture>'


@lru_cache(1000)  # what is stored under such a name is never anything else
def _made_of(name: str) -> tuple[int, int, tuple[int, ...]]:
    """Return the size of the stored picture `name`, and in which widths it lies there. Raises `OSError`."""
    with default_storage.open(name) as file, Image.open(file) as image:
        width, height = image.size
    there = (each for each in rendition_widths(width) if default_storage.exists(rendition_name(name, each)))
    return width, height, tuple(there)

"""Pictures: what is accepted, what is kept of it, and in which widths it is offered.

Whatever comes in is checked before it is decoded, decoded once, turned upright, stripped of all
metadata and written anew: one JPEG, and beside it WebP renditions for screens of different widths.
Nothing of the uploaded bytes is ever served.
"""

import io
import secrets
import struct
import warnings
import zlib
from datetime import date
from html import escape
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_WIDTH, MAX_HEIGHT = 2400, 4800  # of the JPEG that is kept
WIDTHS = (480, 960, 1600)  # of the WebP renditions; never wider than the JPEG

# What decoders raise over bytes that are not what they claim to be.
_DAMAGE = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, AttributeError, ArithmeticError,
    AssertionError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip
_SIGNATURES = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}


class Picture(ContentFile):
    """A JPEG that we wrote ourselves, with its width and height in pixels."""

    def __init__(self, jpeg: bytes, width: int, height: int) -> None:
        super().__init__(jpeg, name="picture.jpg")
        self.width, self.height = width, height


def read_picture(upload: File) -> Picture:
    """Return what is kept of an uploaded picture.

    Raises `ValidationError`, with a sentence that says what to do, when the file is too big, is no
    JPEG, PNG or WebP, has too many pixels, or cannot be read to its end.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            _("The picture is larger than %(limit)d MB. Save it smaller and choose it again.")
            % {"limit": MAX_BYTES // 1024 // 1024},
            code="too_big",
        )
    upload.seek(0)
    head = upload.read(12)
    upload.seek(0)
    kind = next((kind for kind, signature in _SIGNATURES.items() if head.startswith(signature)), None)
    if kind is None or (kind == "WEBP" and head[8:12] != b"WEBP"):
        raise ValidationError(
            _("This file is not a JPEG, PNG or WebP picture. Save it as one of these and choose it again."),
            code="not_a_picture",
        )
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels and of odd metadata; the limit below is ours, and no metadata is kept.
            warnings.simplefilter("ignore")
            image: Image.Image = Image.open(upload, formats=[kind])
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(_too_many_pixels(), code="too_many_pixels")
            image.draft("RGB", (MAX_WIDTH, MAX_HEIGHT))
            image.load()
            return _write(ImageOps.exif_transpose(_flatten(image)))
    except Image.DecompressionBombError as error:
        raise ValidationError(_too_many_pixels(), code="too_many_pixels") from error
    except _DAMAGE as error:
        raise ValidationError(
            _("This picture is damaged and cannot be read to its end. Save it again and choose it anew."),
            code="damaged",
        ) from error


def _too_many_pixels() -> str:
    return _("This picture has more than %(limit)d million pixels. Save it smaller and choose it again.") % {
        "limit": MAX_PIXELS // 1_000_000
    }


def _flatten(image: Image.Image) -> Image.Image:
    """Return `image` as opaque RGB on white, at most `MAX_WIDTH` wide and `MAX_HEIGHT` high."""
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if has_alpha else "RGB"
    image = image if image.mode == mode else image.convert(mode)  # 50 million pixels are not copied in vain
    scale = min(MAX_WIDTH / image.width, MAX_HEIGHT / image.height)
    if scale < 1:
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image = image.resize(size, Image.Resampling.LANCZOS)
    if has_alpha:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    return image


def _write(image: Image.Image) -> Picture:
    bare = Image.new("RGB", image.size)
    bare.paste(image)  # pixels alone: EXIF, GPS, comments and profiles stay behind
    jpeg = io.BytesIO()
    bare.save(jpeg, "JPEG", quality=86, optimize=True, progressive=True)
    return Picture(jpeg.getvalue(), *bare.size)


def new_name() -> str:
    """Return a file name that nobody can guess and nothing else has."""
    return f"{secrets.token_hex(8)}.jpg"


def place(folder: str, name: str) -> str:
    """Return where in the storage a file of today goes: folder, year, month and its name."""
    return f"{folder}/{date.today():%Y/%m}/{name}"


def rendition_name(name: str, width: int) -> str:
    """Return the name of the WebP of `width` pixels beside the JPEG `name`, in the storage or as an address."""
    return f"{name.removesuffix('.jpg')}-{width}.webp"


def rendition_widths(width: int) -> list[int]:
    """Return the widths in which a picture of `width` pixels is offered."""
    return [*(narrower for narrower in WIDTHS if narrower < width), min(width, WIDTHS[-1])]


def write_renditions(storage: Storage, name: str) -> None:
    """Write the WebP renditions of the stored JPEG `name` beside it, over any that are there."""
    with storage.open(name) as file:
        image = Image.open(file)
        image.load()
    for width in rendition_widths(image.width):
        webp = io.BytesIO()
        height = max(1, round(image.height * width / image.width))
        image.resize((width, height), Image.Resampling.LANCZOS).save(webp, "WEBP", quality=80, method=4)
        beside = rendition_name(name, width)
        storage.delete(beside)
        storage.save(beside, ContentFile(webp.getvalue()))


class PictureFile(ImageFieldFile):
    """A stored picture: its JPEG and the renditions beside it."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Keep `content` under a name of our own (the given one is not used), with its renditions."""
        picture = content if isinstance(content, Picture) else read_picture(content)
        super().save(new_name(), picture, save=save)
        assert self.name is not None
        write_renditions(self.storage, self.name)

    def delete(self, save: bool = True) -> None:
        if self.name:
            for width in {*WIDTHS, self.width}:
                self.storage.delete(rendition_name(self.name, width))
        super().delete(save=save)

    def srcset(self, width: int) -> str:
        """Return the `srcset` of the WebP renditions of a picture that is `width` pixels wide."""
        address = self.url
        return ", ".join(f"{rendition_name(address, narrower)} {narrower}w" for narrower in rendition_widths(width))

    def widest(self, width: int) -> str:
        """Return the address of the widest WebP rendition of a picture that is `width` pixels wide."""
        return rendition_name(self.url, rendition_widths(width)[-1])


class Sized(Protocol):
    """A row with a picture and its size in pixels."""

    image: Any
    width: int
    height: int


def element(photo: Sized, sizes: str, alt: str = "", *, is_eager: bool = False) -> SafeString:
    """Return `photo` in the widths that screens ask for; `is_eager` for the one above the fold."""
    loading = 'fetchpriority="high"' if is_eager else 'loading="lazy"'
    return SafeString(
        f'<picture><source type="image/webp" srcset="{photo.image.srcset(photo.width)}" sizes="{sizes}">'
        f'<img src="{photo.image.url}" alt="{escape(alt)}" width="{photo.width}" height="{photo.height}" {loading}'
        ' decoding="async"></picture>'
    )


class PictureFormField(forms.ImageField):
    """Takes an upload and yields the `Picture` that is kept of it."""

    def to_python(self, data: Any) -> Any:
        return None if data in self.empty_values else read_picture(data)


class PictureField(models.ImageField):
    """A picture under a generated name, without metadata, with its renditions."""

    attr_class = PictureFile

    def __init__(self, *args: Any, upload_to: str = "pictures", **kwargs: Any) -> None:
        self.folder = upload_to
        super().__init__(*args, upload_to=self.place, **kwargs)

    def place(self, instance: models.Model, filename: str) -> str:
        """Return where a file of this field goes."""
        return place(self.folder, filename)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["upload_to"] = self.folder
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PictureFormField, **kwargs})

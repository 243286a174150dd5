"""Files that are kept as they came: PDF documents and videos.

They are checked by signature and size and renamed; who serves them does so with `nosniff` and a sandbox.
"""

import secrets
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext as _

# kind -> (how its bytes begin: offset and signatures, largest size in MB)
KINDS: dict[str, tuple[int, tuple[bytes, ...], int]] = {
    "pdf": (0, (b"%PDF-",), 40),
    "mp4": (4, (b"ftypisom", b"ftypiso2", b"ftypmp41", b"ftypmp42", b"ftypavc1", b"ftypM4V ", b"ftypMSNV"), 500),
    "webm": (0, (b"\x1a\x45\xdf\xa3",), 500),
}


def kind_of(upload: File, kinds: tuple[str, ...]) -> str:
    """Return which of `kinds` the upload is, by its first bytes.

    Raises `ValidationError`, with a sentence that says what to do, for any other file or a larger one.
    """
    upload.seek(0)
    head = upload.read(32)
    upload.seek(0)
    for kind in kinds:
        offset, signatures, megabytes = KINDS[kind]
        if head[offset:].startswith(signatures):
            if (upload.size or 0) > megabytes * 1024 * 1024:
                raise ValidationError(
                    _("The file is larger than %(limit)d MB. Make it smaller and choose it again.")
                    % {"limit": megabytes},
                    code="too_big",
                )
            return kind
    raise ValidationError(
        _("This file is not of an accepted kind (%(kinds)s). Save it as one of these and choose it again.")
        % {"kinds": ", ".join(kind.upper() for kind in kinds)},
        code="not_accepted",
    )


class AttachmentFormField(forms.FileField):
    """Takes an upload of certain kinds and gives it a name of our own."""

    def __init__(self, *, kinds: tuple[str, ...], **kwargs: Any) -> None:
        self.kinds = kinds
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{kind}" for kind in kinds)

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is not None:
            upload.name = f"{secrets.token_hex(8)}.{kind_of(upload, self.kinds)}"
        return upload


class AttachmentField(models.FileField):
    """A file of certain kinds (`KINDS`), under a generated name."""

    def __init__(self, *args: Any, kinds: tuple[str, ...], upload_to: str = "files", **kwargs: Any) -> None:
        self.folder, self.kinds = upload_to, tuple(kinds)
        super().__init__(*args, **{**kwargs, "upload_to": self.place})

    def place(self, instance: models.Model, filename: str) -> str:
        """Return where a file goes: folder, year, month and its name."""
        return f"{self.folder}/{date.today():%Y/%m}/{filename}"

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {"upload_to": self.folder, "kinds": self.kinds}
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": AttachmentFormField, "kinds": self.kinds, **kwargs})

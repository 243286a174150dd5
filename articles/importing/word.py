"""The text and the pictures of a Word file, read in a process of its own that is ended at its limits."""

import base64
import itertools
import json
import logging
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.importing.layout import Block, layout_of
from articles.importing.plain import tidied
from articles.importing.upload import Enclosed, Refused, Upload
from newsroom.pictures import read_picture
from newsroom.vietnamese import normalise

SECONDS = 30  # by the clock; the child counts its own of the processor
CHILD = Path(__file__).with_name("word_child.py")
PICTURES = 20  # each takes a moment to be decoded and written anew

_ARCHIVE, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FILE_NAMES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".emf", ".wmf")

_log = logging.getLogger(__name__)

# By what the child answers.
_REFUSALS = {
    "no_word": _(
        "This is no Word file, whatever its name says. Open it in Word, save it as .docx and choose it again."
    ),
    "old": _("This is a file of an older Word (.doc). Open it in Word, save it as .docx and choose it again."),
    "locked": _("This file is locked with a password. Save it without one and choose it again."),
    "damaged": _(
        "This Word file is damaged: a part of it is missing. Open it in Word, save it anew and choose it again."
    ),
    "no_document": _("There is no Word document in this file. Open it in Word, save it as .docx and choose it again."),
    "names": _("The parts of this file lead out of it, which Word never writes. Copy its text and paste it instead."),
    "many_members": _("This file is made of more parts than any report. Copy its text and paste it instead."),
    "unpacked": _(
        "This file is far larger inside than it looks. Make its pictures smaller, or paste its text instead."
    ),
    "deep": _("The tables of this file stand too deep inside each other. Copy its text and paste it instead."),
    "entities": _(
        "This file defines words that multiply themselves, which Word never writes. Copy its text and paste it instead."
    ),
    "outside": _(
        "This file asks for other files to be read, which Word never writes. Copy its text and paste it instead."
    ),
    "script_link": _(
        "A link in this file would run a script. Remove the link in Word, save the file and choose it again."
    ),
    "linked_picture": _(
        "A picture of this file is only linked to another file. Insert the picture itself and choose the file again."
    ),
    "heavy": _("This file takes too long to read. Copy its text and paste it instead."),
}


def read_word(content: bytes) -> Upload:
    """Return the text of a .docx, an empty line between its paragraphs, and its pictures.

    Raises `Refused` for what is no Word file, is locked or damaged, leads to files or scripts outside of itself, is
    built to exhaust who opens it, or holds no words. Nothing outside of the file is ever read.
    """
    if content.startswith(_COMPOUND):
        raise _refusal("locked" if _LOCKED in content else "old")
    if not content.startswith(_ARCHIVE):
        raise _refusal("no_word")
    found = _ask_child(content)
    if "refused" in found:
        raise _refusal(found["refused"])
    return _upload(found)


def _refusal(why: str) -> Refused:
    return Refused(str(_REFUSALS[why]))


def _ask_child(content: bytes) -> dict[str, Any]:
    # -I: neither the environment nor the folder it starts in tell the child what to load, and it is given no secret.
    command = [sys.executable, "-I", str(CHILD)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, env={"PATH": os.defpath}, check=True
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, ValueError) as error:
        # `run` has killed it by now. What it said last is for the keeper of the site, not for who chose the file.
        _log.warning("A Word file was given up: %s %s", error, (getattr(error, "stderr", None) or b"")[-2000:])
        return {"refused": "heavy"}


def _upload(found: dict[str, Any]) -> Upload:
    paragraphs = [unicodedata.normalize("NFC", words) for words in found["paragraphs"]]
    text = tidied("\n\n".join(paragraphs))
    starts = list(itertools.accumulate((len(words) + 2 for words in paragraphs), initial=0))
    blocks = layout_of(text).blocks if found["pictures"] else []
    pictures: list[Enclosed] = []
    taken: set[int] = set()
    for picture in found["pictures"][:PICTURES]:
        if picture["data"] is None:
            continue
        try:
            kept = read_picture(ContentFile(base64.b64decode(picture["data"])))
        except ValidationError:
            continue
        caption = _caption(blocks, starts[picture["before"]], taken)
        pictures.append(Enclosed(kept, _alt(picture["alt"]), caption))
    return Upload(text, tuple(pictures), tuple(_notes(len(found["pictures"]) - len(pictures))))


def _caption(blocks: list[Block], at: int, taken: set[int]) -> str:
    """Return the caption that stands next at or behind `at`, if no picture has it yet."""
    below = next((block for block in blocks if block.start >= at and block.words), None)
    if below is None or below.role not in {"caption", "caption_alt"} or below.start in taken:
        return ""
    taken.add(below.start)
    return below.words


def _alt(words: str) -> str:
    """Return what the picture shows, if its alternative text says that: Word itself puts the name of the file there."""
    words = " ".join(normalise(words).split())
    return "" if words.casefold().endswith(_FILE_NAMES) else words


def _notes(count: int) -> list[str]:
    if not count:
        return []
    return [
        ngettext(
            "%(count)d picture of the file was left out. Add it to the article by hand.",
            "%(count)d pictures of the file were left out. Add them to the article by hand.",
            count,
        )
        % {"count": count}
    ]

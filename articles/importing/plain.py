"""Plain text, out of the bytes of a file."""

import codecs
import re
import unicodedata

from django.utils.translation import gettext as _

from articles.importing.upload import Refused

MAX_LETTERS = 1_000_000

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TEXT = re.compile(r"[\x00\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Every third word of Vietnamese has one of these letters; the fonts of the nineties had none, and wrote "§¶ng bé" or
# "Ñaûng boä" with those of Western Europe instead, one letter in five.
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WESTERN = re.compile(r"[\xa1-\xff]")


def read_plain(content: bytes) -> str:
    """Return the text that `content` holds in UTF-8, or in the encoding whose mark it begins with.

    Raises `Refused` where it is in another encoding, is no text at all, or has no words.
    """
    encoding, start = next(((name, len(mark)) for mark, name in _MARKS if content.startswith(mark)), ("utf-8", 0))
    try:
        text = content[start:].decode(encoding)
    except UnicodeDecodeError:
        text = "\x00"
    if _NO_TEXT.search(text):
        # Neither a guess nor marks of "unknown letter": a report in the wrong letters is no report.
        raise Refused(
            _(
                "The letters of this file cannot be read. Open it in Notepad, save it with the encoding UTF-8 "
                "and choose it again."
            )
        )
    return tidied(text)


def tidied(text: str) -> str:
    """Return `text` composed (NFC), its lines ended alike; raise `Refused` where it is no report in Unicode."""
    text = unicodedata.normalize("NFC", _BREAKS.sub("\n", text))
    if not text.strip():
        raise Refused(_("There are no words in this file. Choose another one."))
    if len(text) > MAX_LETTERS:
        raise Refused(_("The text is far too long for a report. Choose the file of one report alone."))
    if not _VIETNAMESE.search(text) and len(_WESTERN.findall(text)) > len(text) / 10:
        raise Refused(
            _(
                "The text is set in the letters of an old font (.VnTime, VNI-Times). Turn it into Unicode with UniKey, "
                "save the file and choose it again."
            )
        )
    return text

"""Open the file of a raw report that somebody hands in."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from articles.importing.plain import read_plain
from articles.importing.upload import Refused, Upload
from articles.importing.word import read_word

MAX_BYTES = 20 * 1024 * 1024


def read_upload(name: str, content: bytes) -> Upload:
    """Return the text and the pictures of the file `name`, a .txt or a .docx, whose bytes are `content`.

    Raises `Refused`, with a sentence that says what to do, for any file that is of another kind, too big, damaged,
    locked, or not fit to be opened.
    """
    if not content:
        raise Refused(_("The file is empty. Choose another one."))
    if len(content) > MAX_BYTES:
        raise Refused(
            _("The file is larger than %(limit)d MB. Make it smaller and choose it again.")
            % {"limit": MAX_BYTES // 1024 // 1024}
        )
    kind = PurePath(name).suffix.casefold()
    if kind == ".docx":
        return read_word(content)
    if kind == ".txt":
        return Upload(read_plain(content))
    if kind in {".doc", ".dot", ".rtf", ".odt"}:
        raise Refused(_("This is a file of another kind of Word. Open it, save it as .docx and choose it again."))
    raise Refused(_("Only Word files (.docx) and plain text (.txt) are read. Save the report as one of these."))

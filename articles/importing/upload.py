"""What a file that somebody hands in becomes: its text, and the pictures in it; or a refusal in a sentence."""

from dataclasses import dataclass

from newsroom.pictures import Picture


class Refused(Exception):
    """A file that is not read. Its message is a sentence for the person who chose it, and says what to do."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A picture out of a file, written anew: any `PictureField` takes `picture` as it is.

    `alt` is the alternative text that the file gives; `caption` a guess by position: the caption that stands next
    below it. Both may be empty.
    """

    picture: Picture
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """What was read of a file.

    text: in NFC, lines ended by "\\n", no-break spaces as they were; in that of a Word file an empty line parts the
    paragraphs.
    pictures: in the order in which they stand in the file.
    notes: sentences about what the file held and was left out.
    """

    text: str
    pictures: tuple[Enclosed, ...] = ()
    notes: tuple[str, ...] = ()

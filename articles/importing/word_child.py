"""Reads one Word file, in a process of its own that may do nothing else.

Run by `articles.importing.word` as `python -I word_child.py`: the file comes in through standard input, and one JSON
object leaves through standard output. It is `{"refused": "why"}`, or `{"paragraphs": [...], "pictures": [{"before":
place in the paragraphs, "alt": ..., "data": base64, or null where it is only linked}]}`.

It imports nothing of the newsroom, so that it starts quickly and knows no secret. What Mammoth is given is not the file
as it came but a new archive of those parts that were looked through here.
"""

import base64
import io
import json
import posixpath
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

import mammoth

ADDRESSES = 512 * 1024 * 1024  # bytes of memory, all told
SECONDS = 15  # of the processor
MEMBERS = 2_000
UNPACKED = 50 * 1024 * 1024
XML = 20 * 1024 * 1024
DEPTH = 120  # a table in a table in a text box is some forty deep
ELEMENTS = 300_000
PICTURES = 30

_PICTURE = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")  # those that the newsroom takes
_SPACE = re.compile(r"[\x00-\x20]+")
_FORBIDDEN = ("open", "os.", "subprocess.", "socket.", "urllib.", "ftplib.", "ctypes.", "shutil.", "pty.")


class Refused(Exception):
    """The file is not read; the message is the key of a sentence."""


def keep_within_limits() -> None:
    """Let this process take no more memory, time, files or children than a report needs."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_the_world)


def _refuse_the_world(event: str, args: tuple[Any, ...]) -> None:
    """Nothing is opened, reached or started while a file is read; the code of Python's own library may still load."""
    if event.startswith(_FORBIDDEN) and not (event == "open" and _is_code(args[0])):
        raise PermissionError(event)


def _is_code(path: Any) -> bool:
    return (
        isinstance(path, str)
        and path.endswith((".py", ".pyc", ".so"))
        and path.startswith((sys.prefix, sys.base_prefix))
    )


def looked_through(content: bytes) -> io.BytesIO:
    """Return a new archive of the parts of `content` that a report consists of. Raises `Refused`."""
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check(members)
            for member in members:
                parts[member.filename] = archive.read(member)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise Refused("damaged") from None
    if "[Content_Types].xml" not in parts or "_rels/.rels" not in parts:
        raise Refused("no_document")
    elements = 0
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            if name.endswith((".xml", ".rels")):
                elements += _scan(data, _check_relationship if name.endswith(".rels") else None)
                if elements > ELEMENTS:
                    raise Refused("heavy")
            elif not data.startswith(_PICTURE):
                continue
            archive.writestr(name, data)
    clean.seek(0)
    return clean


def _check(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(names) > MEMBERS:
        raise Refused("many_members")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("locked")
    if len(set(names)) < len(names) or any(_is_elsewhere(name) for name in names):
        raise Refused("names")
    if sum(member.file_size for member in members) > UNPACKED:
        raise Refused("unpacked")
    if sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels"))) > XML:
        raise Refused("unpacked")


def _is_elsewhere(name: str) -> bool:
    """Say whether a name leads out of the folder it is unpacked into. Nothing is, and no honest Word writes such."""
    return name.startswith(("/", "..")) or "\\" in name or ":" in name or posixpath.normpath(name) != name


def _scan(data: bytes, relationship: Callable[[dict[str, str]], None] | None) -> int:
    """Return how many elements an XML part has, without ever building them. Raises `Refused`."""
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEPTH:
            raise Refused("deep")
        if relationship is not None and name.rpartition(":")[2] == "Relationship":
            relationship(attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if system or public or not has_subset:
            raise Refused("outside")

    def entity(name: str, is_parameter: int, value: str | None, base: Any, system: str | None, *rest: Any) -> None:
        raise Refused("outside" if system else "entities")

    def end_doctype() -> None:
        raise Refused("entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler, parser.EndDoctypeDeclHandler = doctype, end_doctype
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Refused("damaged") from None
    return elements


def _check_relationship(attributes: dict[str, str]) -> None:
    """Refuse what leads out of the file, unless it is a plain link or a picture of the web, which nobody fetches."""
    if attributes.get("TargetMode", "").casefold() != "external":
        return
    kind = attributes.get("Type", "").rpartition("/")[2]
    scheme = _SPACE.sub("", attributes.get("Target", "")).casefold().partition(":")[0]
    if kind == "hyperlink" and scheme in {"javascript", "vbscript", "data"}:
        raise Refused("script_link")
    if kind == "image" and scheme not in {"http", "https"}:
        raise Refused("linked_picture")


class Paragraphs(HTMLParser):
    """The paragraphs of Mammoth's page, in order; a row of a table with several cells is one of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.pictures: list[tuple[int, str, str]] = []  # before which paragraph, its number, its alternative text
        self._words: list[str] = []
        self._rows: list[list[list[str]]] = []  # of the open tables: their open row, its cells, their paragraphs
        self._is_silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "note-ref-" in (given.get("id") or ""):
            self._is_silent = True  # the mark of a footnote is a number that the report does not say
        if tag in _BLOCKS:
            self._close()
        if tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append([])
        elif tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self.pictures.append((self._place(), given.get("src") or "", given.get("alt") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._is_silent = False
        if tag in _BLOCKS:
            self._close()
        if tag == "tr" and self._rows:
            cells = [cell for cell in self._rows.pop() if cell]
            # A frame of one cell is a page's way to put a picture over its caption, or a box around a paragraph.
            lines = cells[0] if len(cells) == 1 else ["\t".join(" ".join(cell) for cell in cells)] if cells else []
            for line in lines:
                self._say(line)

    def handle_data(self, data: str) -> None:
        if not self._is_silent and data != "↑":
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._close()

    def _close(self) -> None:
        words = "".join(self._words).strip(" \t\n")
        self._words = []
        if words:
            self._say(words)

    def _say(self, words: str) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(words)
        else:
            self.paragraphs.append(words)

    def _place(self) -> int:
        """Return how many paragraphs stand above; those of an open row are not yet counted among them."""
        return len(self.paragraphs) + sum(len(cell) for row in self._rows for cell in row if len(row) == 1)


_BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "dt",
    "dd",
}


def read(content: bytes) -> dict[str, Any]:
    """Return what the Word file holds. Raises `Refused`."""
    archive = looked_through(content)
    pictures: list[str | None] = []

    @mammoth.images.img_element
    def keep(image: Any) -> dict[str, str]:
        data = None
        if len(pictures) < PICTURES:
            try:
                with image.open() as file:
                    data = base64.b64encode(file.read()).decode("ascii")
            except (KeyError, ValueError):
                pass  # only linked, or not in the file
        pictures.append(data)
        return {"src": str(len(pictures) - 1)}

    try:
        page = mammoth.convert_to_html(archive, convert_image=keep, include_embedded_style_map=False).value
    except (MemoryError, PermissionError):
        raise
    except Exception:
        raise Refused("no_document") from None
    found = Paragraphs()
    found.feed(page)
    found.close()
    return {
        "paragraphs": found.paragraphs,
        "pictures": [{"before": at, "alt": alt, "data": pictures[int(number)]} for at, number, alt in found.pictures],
    }


def main() -> None:
    """Read standard input, write standard output."""
    keep_within_limits()
    try:
        answer = read(sys.stdin.buffer.read())
    except Refused as why:
        answer = {"refused": str(why)}
    except MemoryError:
        answer = {"refused": "heavy"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()

"""Word files made in a test: `a_docx(paragraph("…"), table([["…", "…"]]), picture(jpeg))` are the bytes of one."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_WORDS}" xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True)
class Piece:
    """A part of the body, with what it needs beside it: relations (kind, target, is external) and files."""

    xml: str
    relations: Mapping[str, tuple[str, str, bool]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


def paragraph(words: str, *, style: str = "", centred: bool = False, bold: bool = False) -> Piece:
    """A paragraph; a line break in `words` is one inside of it."""
    about = (f"<w:pStyle w:val={quoteattr(style)}/>" if style else "") + ('<w:jc w:val="center"/>' if centred else "")
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n"))
    return Piece(f"<w:p><w:pPr>{about}</w:pPr><w:r>{run}{lines}</w:r></w:p>")


def table(rows: Iterable[Sequence[str | Piece]]) -> Piece:
    """A table of words or of other pieces."""
    made = [[cell if isinstance(cell, Piece) else paragraph(cell) for cell in row] for row in rows]
    cells = [piece for row in made for piece in row]
    body = "".join("<w:tr>" + "".join(f"<w:tc>{piece.xml}</w:tc>" for piece in row) + "</w:tr>" for row in made)
    return Piece(f"<w:tbl>{body}</w:tbl>", *_beside(cells))


def picture(content: bytes, *, alt: str = "", name: str = "image1.jpeg") -> Piece:
    """A paragraph that holds a picture and nothing else."""
    return Piece(
        _drawing(f"r:embed={quoteattr(name)}", alt),
        {name: ("image", f"media/{name}", False)},
        {f"word/media/{name}": content},
    )


def linked_picture(address: str) -> Piece:
    """A picture of which the file holds the address alone."""
    return Piece(_drawing('r:link="linked"', ""), {"linked": ("image", address, True)})


def link(words: str, address: str) -> Piece:
    """A paragraph that is a link."""
    return Piece(
        f'<w:p><w:hyperlink r:id="link"><w:r><w:t>{escape(words)}</w:t></w:r></w:hyperlink></w:p>',
        {"link": ("hyperlink", address, True)},
    )


def together(*pieces: Piece) -> Piece:
    """Several pieces as one, for a cell of a table."""
    return Piece("".join(piece.xml for piece in pieces), *_beside(pieces))


def raw(xml: str) -> Piece:
    """A piece of the body as it will stand there."""
    return Piece(xml)


def a_docx(*pieces: Piece, extra: Mapping[str, bytes] | None = None) -> bytes:
    """Return the bytes of a Word file whose body is `pieces`; `extra` are more parts by their names."""
    relations, files = _beside(pieces)
    body = "".join(piece.xml for piece in pieces)
    rows = "".join(
        f'<Relationship Id={quoteattr(key)} Type="{_OFFICE}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if is_external else "/>")
        for key, (kind, target, is_external) in relations.items()
    )
    return zipped(
        {
            "[Content_Types].xml": (
                b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                b'<Default Extension="xml" ContentType="application/xml"/>'
                b'<Default Extension="jpeg" ContentType="image/jpeg"/></Types>'
            ),
            "_rels/.rels": _related(
                f'<Relationship Id="1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": _related(rows),
            **files,
            **(extra or {}),
        }
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of `parts`."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return archive.getvalue()


def _related(rows: str) -> bytes:
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{names}">{rows}</Relationships>'.encode()


def _drawing(blip: str, alt: str) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="picture" descr={quoteattr(alt)}/><a:graphic>'
        f'<a:graphicData uri="{_PICTURE}"><pic:pic><pic:blipFill><a:blip {blip}/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _beside(pieces: Iterable[Piece]) -> tuple[dict[str, tuple[str, str, bool]], dict[str, bytes]]:
    relations, files = {}, {}
    for piece in pieces:
        relations |= piece.relations
        files |= piece.files
    return relations, files

"""The file of a backup: a ZIP that knows its own checksum.

`manifest.json` says what it holds, with the size and SHA-256 of each member; `tables/` holds a text of JSON lines
for each table, `media/` the stored files. The comment at the end of the ZIP is the SHA-256 of every byte before it,
so no byte can change unseen. A checksum is no signature: a file from elsewhere is doubted member by member.
"""

import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

FORMAT = "newsroom-backup/1"
MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024
_MARK = f"{FORMAT} sha256:".encode()
_DIGEST = 64  # letters of a SHA-256
MAX_MANIFEST = 256 * 1024 * 1024
MAX_LINE = 64 * 1024 * 1024
MAX_RATIO = 400  # text of rows that are much alike packs a hundredfold, and what packs further is a bomb
# Names between slashes: none begins with a dot or a space, or holds what some system takes for more than a name.
_SAFE = re.compile(r"(?:[^\x00-\x1f\x7f/\\:. ][^\x00-\x1f\x7f/\\:]*/)*[^\x00-\x1f\x7f/\\:. ][^\x00-\x1f\x7f/\\:]*")

# What reading a ZIP and its JSON raises over bytes that are not what they claim to be.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, LookupError, TypeError,
    NotImplementedError, RecursionError,
)  # fmt: skip

Heard = Callable[[int], None]  # is told how many bytes more are done


class Refused(Exception):
    """A backup that cannot be used. Its words are for the person who wanted to."""


def unheard(_amount: int) -> None:
    """Tell nobody."""


def is_safe(name: str) -> bool:
    """Return whether `name` can stand in a backup: a path that leads downwards on any system, and nowhere else."""
    return len(name) <= 1000 and _SAFE.fullmatch(name) is not None


class Writer:
    """Writes the members of a backup, and at its end the manifest and the checksum of it all."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", allowZip64=True)
        self.members: dict[str, tuple[int, str]] = {}  # name -> bytes, SHA-256

    @contextmanager
    def member(self, name: str, *, is_packed: bool) -> Iterator[Callable[[bytes], None]]:
        """Give what takes the bytes of the member `name`, piece by piece."""
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
        entry.external_attr = 0o100600 << 16
        size, digest = 0, hashlib.sha256()
        with self._zip.open(entry, "w", force_zip64=True) as out:

            def take(piece: bytes) -> None:
                nonlocal size
                size += len(piece)
                digest.update(piece)
                out.write(piece)

            yield take
        self.members[name] = size, digest.hexdigest()

    def close(self, manifest: dict[str, Any]) -> None:
        """Write `manifest`, to which the members are added, and the checksum of the whole file."""
        said = {"format": FORMAT, **manifest, "members": dict(self.members)}
        with self.member(MANIFEST, is_packed=True) as take:
            take(json.dumps(said, ensure_ascii=False, indent=1).encode())
        self._zip.comment = _MARK + b"0" * _DIGEST
        self._zip.close()
        digest = digest_of(self._file)
        self._file.seek(-_DIGEST, os.SEEK_END)
        self._file.write(digest.encode())

    def abandon(self) -> None:
        """Let go of the file, which is none that anybody can read."""
        with suppress(OSError, ValueError):
            self._zip.close()


def digest_of(file: IO[bytes], heard: Heard = unheard) -> str:
    """Return the SHA-256 of all of `file` but the checksum at its end."""
    left = file.seek(0, os.SEEK_END) - _DIGEST
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (piece := file.read(min(_CHUNK, left))):
        digest.update(piece)
        left -= len(piece)
        heard(len(piece))
    return digest.hexdigest()


def is_backup(path: Path) -> bool:
    """Return whether the file `path` ends as a backup does. It may be damaged all the same."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - len(_MARK) - _DIGEST))
        return re.fullmatch(re.escape(_MARK) + rb"[0-9a-f]{64}", file.read()) is not None


class Reader:
    """A backup that is whole: the checksum is right, and the members are those of the manifest and harmless.

    Raises `Refused` for any other file. What the members say is checked by `verify` and as they are read.
    """

    def __init__(self, path: Path, heard: Heard = unheard) -> None:
        self.path = path
        if not is_backup(path):
            raise Refused(
                _("“%(file)s” is not a backup of this newsroom, or its end is missing. Choose the whole file.")
                % {"file": path}
            )
        with ExitStack() as opened:
            self._file = opened.enter_context(path.open("rb"))
            digest = digest_of(self._file, heard)
            if self._file.read() != digest.encode():
                raise self._damaged()
            try:
                self._zip = opened.enter_context(zipfile.ZipFile(self._file))
                self.entries = self._harmless()
                self.manifest = self._read_manifest()
            except _DAMAGE as fault:
                raise self._damaged() from fault
            self.close = opened.pop_all().close

    def _damaged(self) -> Refused:
        return Refused(
            _("“%(file)s” is damaged: it is not what was written. Take another copy of it, or an older backup.")
            % {"file": self.path}
        )

    def _foreign(self, name: str) -> Refused:
        return Refused(
            _("“%(file)s” was not written by this newsroom (“%(name)s”): nothing of it was used.")
            % {"file": self.path, "name": name[:200]}
        )

    def _harmless(self) -> dict[str, zipfile.ZipInfo]:
        """Return the entries by their names. Refuses names that lead elsewhere, links, and what packs too well."""
        entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._zip.infolist():
            name = entry.filename
            kind = entry.external_attr >> 16 & 0o170000
            is_text = name == MANIFEST or name.startswith("tables/")
            if (
                entry.orig_filename != name
                or not is_safe(name)
                or not (is_text or name.startswith("media/"))
                or name in entries
                or kind not in (0, 0o100000)
                or entry.flag_bits & 0x1  # encrypted
                or entry.compress_type not in (zipfile.ZIP_STORED, *([zipfile.ZIP_DEFLATED] if is_text else []))
                or (entry.file_size > _CHUNK and entry.file_size > entry.compress_size * MAX_RATIO)
            ):
                raise self._foreign(name)
            entries[name] = entry
        if sum(entry.compress_size for entry in entries.values()) > self.path.stat().st_size:
            raise self._foreign(MANIFEST)  # members that lie upon each other
        return entries

    def _read_manifest(self) -> dict[str, Any]:
        entry = self.entries.pop(MANIFEST)
        if entry.file_size > MAX_MANIFEST:
            raise self._foreign(MANIFEST)
        manifest = json.loads(self._zip.read(entry))
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise self._foreign(MANIFEST)
        members = manifest["members"]
        if not isinstance(members, dict) or members.keys() != self.entries.keys():
            raise self._foreign(MANIFEST)
        for name, said in members.items():
            if not (isinstance(said, list) and len(said) == 2 and said[0] == self.entries[name].file_size):
                raise self._foreign(name)
        return manifest

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of the member `name`. Raises `Refused` at its end where they are not what was written."""
        digest = hashlib.sha256()
        try:
            with self._zip.open(self.entries[name]) as member:
                while piece := member.read(_CHUNK):
                    digest.update(piece)
                    yield piece
        except _DAMAGE as fault:
            raise self._damaged() from fault
        if digest.hexdigest() != self.manifest["members"][name][1]:
            raise self._damaged()

    def lines(self, name: str) -> Iterator[Any]:
        """Yield what each line of the member `name` says. Raises `Refused` where one is no JSON, or endless."""
        rest = b""
        for piece in self.pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                yield self._json(line)
            if len(rest) > MAX_LINE:
                raise self._foreign(name)
        if rest:
            raise self._damaged()

    def _json(self, line: bytes) -> Any:
        try:
            return json.loads(line)
        except (ValueError, RecursionError) as fault:
            raise self._damaged() from fault

    def verify(self, heard: Heard = unheard) -> None:
        """Read every member to its end. Raises `Refused` where one is not what the manifest says."""
        for name in self.entries:
            for piece in self.pieces(name):
                heard(len(piece))

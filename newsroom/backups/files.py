"""The stored files of a backup: read from the media folder, and put back there."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.backups.archive import Refused, is_safe

_CHUNK = 1024 * 1024
_APART = ".restoring"  # in the media folder: what is not in its place yet


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def stored() -> list[str]:
    """Return the names of all stored files, sorted. Links are not followed."""
    found = []
    for folder, folders, names in os.walk(root()):
        folders[:] = [name for name in folders if name != _APART]
        paths = [Path(folder, name) for name in names]
        found += [path.relative_to(root()).as_posix() for path in paths if path.is_file() and not path.is_symlink()]
    return sorted(name for name in found if is_safe(name))


def size(name: str) -> int:
    """Return how many bytes the stored file `name` has; 0 where it is gone."""
    try:
        return (root() / name).stat().st_size
    except FileNotFoundError:
        return 0


class Incoming:
    """Files that come back: unpacked apart, then put into place together. Until then nothing is changed.

    What is there already as it should be is left alone, so whoever was stopped goes on. As a context it keeps other
    restores away, and leaves nothing apart behind.
    """

    def __init__(self, *, may_replace: bool) -> None:
        self.may_replace = may_replace
        self._apart = root() / _APART
        self._names: set[str] = set()
        self._new: list[str] = []  # to be put where nothing is
        self._other: list[str] = []  # to be put over something else

    def __enter__(self) -> "Incoming":
        self._apart.mkdir(parents=True, exist_ok=True)
        self._lock = (self._apart / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            self._lock.close()
            raise Refused(_("Another restore is at work. Let it end, or stop it.")) from fault
        shutil.rmtree(self._apart / "files", ignore_errors=True)
        return self

    def __exit__(self, *fault: object) -> None:
        shutil.rmtree(self._apart, ignore_errors=True)
        self._lock.close()

    def expect(self, sizes: dict[str, int]) -> None:
        """Note which files come, each with its bytes. Raises `Refused` where they cannot be put into this folder."""
        self._names = set(sizes)
        others = [name for name in stored() if name not in sizes]
        if others and not self.may_replace:
            raise Refused(_not_empty(others[0]))
        for folder in {(root() / name).parent for name in sizes}:
            if not folder.resolve().is_relative_to(root().resolve()):
                raise Refused(_("The media folder leads elsewhere at “%(name)s”.") % {"name": folder})
        missing = sum(bytes_ for name, bytes_ in sizes.items() if size(name) != bytes_)
        if missing > shutil.disk_usage(self._apart).free:
            raise Refused(_("The disk has no room for the files of this backup. Make room and run it again."))

    def unpack(self, name: str, digest: str, content: Callable[[], Iterable[bytes]]) -> None:
        """Take the file `name`, whose bytes `content` gives where they are needed."""
        there = root() / name
        if os.path.lexists(there):
            if there.is_file() and not there.is_symlink() and _digest(there) == digest:
                return
            if not self.may_replace:
                raise Refused(_not_empty(name))
            self._other.append(name)
        else:
            self._new.append(name)
        part = self._apart / "files" / name
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for piece in content():
                file.write(piece)
        part.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)

    def add(self) -> None:
        """Put the files into place that take nobody's: what is there stays as it is, and `take_back` undoes it."""
        os.sync()  # before the database is told that they are there
        for name in self._new:
            self._place(name)

    def take_back(self) -> None:
        for name in self._new:
            if not (self._apart / "files" / name).exists():
                (root() / name).unlink(missing_ok=True)

    def settle(self) -> None:
        """Put the others over what they replace, and remove what is not of the backup."""
        for name in self._other:
            self._place(name)
        if self.may_replace:
            for name in stored():
                if name not in self._names:
                    (root() / name).unlink(missing_ok=True)

    def _place(self, name: str) -> None:
        there = root() / name
        there.parent.mkdir(parents=True, exist_ok=True)
        (self._apart / "files" / name).replace(there)


def pieces(name: str) -> Iterator[bytes]:
    """Yield the bytes of the stored file `name`. Raises `FileNotFoundError` where it is gone by now."""
    with (root() / name).open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _not_empty(name: str) -> str:
    return _(
        "The media folder is not empty: it holds “%(name)s”, which is not of this backup. With --force it is removed."
    ) % {"name": name}

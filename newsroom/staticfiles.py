"""Static files as a server gives them: hashed, compressed, and the stylesheet bound into one file.

The stylesheet is written in many small files, one per component, and `site.css` names them in order.
A browser can read it so, and in development it does. A reader on a slow line should not wait for
thirty files: `collectstatic` sets the imported files in the place of the lines that name them.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'^@import "(?P<file>[\w./-]+)" layer\((?P<layer>\w+)\)(?: (?P<medium>\w+))?;$', re.MULTILINE)


class BoundStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, with `bound` stylesheets made whole before they are hashed."""

    bound = ("css/site.css",)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in self.bound:
            if name in paths and not dry_run:
                whole = bind(name, paths)
                self.delete(name)
                paths[name] = (self, self.save(name, ContentFile(whole.encode())))
        yield from super().post_process(paths, dry_run=dry_run, **options)


def bind(name: str, paths: dict[str, Any]) -> str:
    """Return the stylesheet `name` with each `@import "file" layer(x);` replaced by that file's rules.

    `paths` is what `collectstatic` found: name -> (storage, path). Raises `KeyError` for a file that
    was not found.
    """
    folder = PurePosixPath(name).parent

    def rules(found: re.Match[str]) -> str:
        text = _read(str(folder / found["file"]), paths)
        if found["medium"]:
            text = f"@media {found['medium']} {{\n{text}}}\n"
        return f"@layer {found['layer']} {{\n{text}}}"

    return _IMPORT.sub(rules, _read(name, paths))


def _read(name: str, paths: dict[str, Any]) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())

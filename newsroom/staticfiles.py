"""Static files as a server gives them: hashed, compressed, and the stylesheet bound into one file.

The stylesheet is written in many small files, one per component, and `site.css` names them in order.
A browser can read it so, and in development it does. A reader on a slow line should not wait for
thirty files, nor for what their writers say to each other: `collectstatic` sets the imported files in
the place of the lines that name them, and leaves their comments out, which are a third of their weight.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_IMPORT = re.compile(r'^@import "(?P<file>[\w./-]+)" layer\((?P<layer>\w+)\)(?: (?P<medium>\w+))?;$', re.MULTILINE)


class BoundStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, with `bound` stylesheets made whole before they are hashed.

    A module that imports another names it by its hashed name too: a browser that kept the old one for ever, as it
    was told to, would run it under a newer page.
    """

    bound = ("css/site.css",)
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in self.bound:
            if name in paths and not dry_run:
                whole = bind(name, paths)
                self.delete(name)
                paths[name] = (self, self.save(name, ContentFile(whole.encode())))
        yield from super().post_process(paths, dry_run=dry_run, **options)


def bind(name: str, paths: dict[str, Any]) -> str:
    """Return the stylesheet `name` with each `@import "file" layer(x);` replaced by that file's rules, uncommented.

    `paths` is what `collectstatic` found: name -> (storage, path). Raises `KeyError` for a file that
    was not found.
    """
    folder = PurePosixPath(name).parent

    def rules(found: re.Match[str]) -> str:
        text = _read(str(folder / found["file"]), paths)
        if found["medium"]:
            text = f"@media {found['medium']} {{\n{text}}}\n"
        return f"@layer {found['layer']} {{\n{text}}}"

    return _COMMENT.sub("", _IMPORT.sub(rules, _read(name, paths)))


def _read(name: str, paths: dict[str, Any]) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())

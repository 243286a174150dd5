"""Static files as a server gives them: hashed, compressed, and what belongs together bound into one file.

The stylesheet is written in many small files, one per component, and `site.css` names them in order; so does
`article.js` with the scripts of an article. A browser can read them so, and in development it does. A reader on a slow
line should not wait for thirty files, nor for what their writers say to each other: `collectstatic` sets the imported
files in the place of the lines that name them, and leaves out comments, which are a third of a stylesheet's weight.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'^@import "(?P<file>[\w./-]+)" layer\((?P<layer>\w+)\)(?: (?P<medium>\w+))?;$', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
# Of scripts: what is imported for what it does, and a comment that has its line to itself.
_SCRIPT_IMPORT = re.compile(r'^import "\./(?P<file>[\w/-]+\.js)";$', re.MULTILINE)
_SCRIPT_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)
_SHARED = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


class BoundStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, with `bound` files made whole before they are hashed.

    A module that imports another names it by its hashed name too: a browser that kept the old one for ever, as it
    was told to, would run it under a newer page.
    """

    bound = ("css/site.css", "js/article.js", "js/site.js")
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in self.bound:
            if name in paths and not dry_run:
                whole = bind(name, paths)
                self.delete(name)
                paths[name] = (self, self.save(name, ContentFile(whole.encode())))
        yield from super().post_process(paths, dry_run=dry_run, **options)


def bind(name: str, paths: dict[str, Any]) -> str:
    """Return the stylesheet or module `name` with each line that imports a file replaced by what stands in that file.

    `paths` is what `collectstatic` found: name -> (storage, path). Raises `KeyError` for a file that was not found,
    and `ValueError` for a module that cannot be bound because it shares names with others.
    """
    binder = _script if name.endswith(".js") else _stylesheet
    return binder(_read(name, paths), PurePosixPath(name).parent, paths)


def _stylesheet(text: str, folder: PurePosixPath, paths: dict[str, Any]) -> str:
    """Replace each `@import "file" layer(x);` by that file's rules."""

    def rules(found: re.Match[str]) -> str:
        text = _read(str(folder / found["file"]), paths)
        if found["medium"]:
            text = f"@media {found['medium']} {{\n{text}}}\n"
        return f"@layer {found['layer']} {{\n{text}}}"

    return _COMMENT.sub("", _IMPORT.sub(rules, text))


def _script(text: str, folder: PurePosixPath, paths: dict[str, Any]) -> str:
    """Replace each `import "./file.js";` by that module in a block, where what it declares stays its own."""

    def statements(found: re.Match[str]) -> str:
        return f"{{\n{_read(str(folder / found['file']), paths)}}}"

    whole = _SCRIPT_COMMENT.sub("", _SCRIPT_IMPORT.sub(statements, text))
    if _SHARED.search(whole):
        raise ValueError("A module that imports or exports names cannot be bound with others.")
    return whole


def _read(name: str, paths: dict[str, Any]) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())

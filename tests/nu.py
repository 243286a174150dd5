"""Pages as the Nu HTML checker reads them, which knows more of HTML than a parser does."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "tools" / "node"
_JAR = _FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# A page whose faults are known stands among the pages: a checker that found nothing there would find nothing anywhere.
_PLANTED = (
    '<!doctype html><html lang="vi"><head><title>Sai</title></head><body><section></section><img src="x"></body></html>'
)
_FOUND_THERE = 2  # a section without a heading (a warning), a picture without alt (an error)


def complaints(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Return each error and warning of `pages` (name -> HTML) as a line; they are written into the empty `folder`.

    Raises `LookupError`, with a sentence that says what to do, where the checker is missing.
    """
    if not _JAR.is_file():
        raise LookupError("The Nu HTML checker is missing: run tools/node/install.")
    names = {"planted": ""}
    (folder / "planted.html").write_text(_PLANTED)
    for number, (name, text) in enumerate(pages.items()):
        names[f"{number}"] = name
        (folder / f"{number}.html").write_text(text)
    command = ["java", "-jar", _JAR, "--format", "json", "--stdout", "--exit-zero-always", folder]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [(names[Path(message["url"]).stem], message) for message in json.loads(answer.stdout)["messages"]]
    assert [name for name, _ in told].count("") == _FOUND_THERE, answer.stdout[:2000]
    return [f"{name}: {message['message']} [{message.get('extract')}]" for name, message in told if name]

"""Which Chromium the browser tests and the screenshots run in: the system's own, never a download.

`python -m tests.chromium` prints its version, or says what to install and fails.
"""

import os
import shutil
import subprocess
import sys
from functools import cache

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

# It asks nobody anything that a page did not ask for; root may only run it without its sandbox.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]

MISSING = (
    "No Chromium was found: install it (Debian: sudo apt-get install chromium; Ubuntu: Google Chrome's own package, or "
    "sudo snap install chromium; macOS: brew install --cask google-chrome), or name one in CHROMIUM."
)


@cache
def find() -> tuple[str, str]:
    """Return the path and the version line of the Chromium to use: CHROMIUM, or the first that answers.

    Raises `LookupError`, with a sentence that says what to do, where there is none.
    """
    given = os.environ.get("CHROMIUM")
    for name in [given] if given else _NAMES:
        path = shutil.which(name)
        if not path:
            continue
        try:
            # An Ubuntu without the snap has a chromium-browser that only says so: it must answer.
            answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=True)
        except (OSError, subprocess.SubprocessError):
            continue
        if answer.stdout.strip():
            return path, answer.stdout.strip().splitlines()[-1]
    raise LookupError(f"CHROMIUM names {given}, which does not run." if given else MISSING)


if __name__ == "__main__":
    try:
        print(find()[1])
    except LookupError as error:
        sys.exit(str(error))

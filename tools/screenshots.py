"""Take the pictures of the README from a demo that is started for them and thrown away.

    make screenshots        writes docs/screenshots/home.png and article.png

The demo has its own folder and port, so it disturbs no other. Run it when the look of the site has changed.
"""

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests import chromium  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"


@contextmanager
def demo() -> Iterator[str]:
    """Serve a demo of our own and yield its address; stop it and remove what it wrote afterwards.

    Raises `TimeoutError` where it does not answer within three minutes.
    """
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="newsroom-screenshots-") as folder:
        environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "DEMO_DIR": folder}
        process = subprocess.Popen([ROOT / "tools" / "demo"], env=environment, stdout=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(360):
        if process.poll() is not None:
            raise ChildProcessError("The demo did not start; its own words are above.")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.5)
    raise TimeoutError("The demo did not answer within three minutes.")


def take(page: Page, name: str) -> None:
    """Write what `page` shows as a PNG of few colours: it is for the README, not for print."""
    image = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG).save(
        FOLDER / f"{name}.png", optimize=True
    )
    print(f"docs/screenshots/{name}.png")


def main() -> None:
    path, _version = chromium.find()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 960}, locale="vi-VN", color_scheme="light")
        page.goto(address, wait_until="networkidle")
        take(page, "home")
        page.locator("main a[href^='/bai-viet/']").first.click()
        page.wait_for_load_state("networkidle")
        take(page, "article")
        browser.close()


if __name__ == "__main__":
    try:
        main()
    except (LookupError, ChildProcessError, TimeoutError) as error:
        sys.exit(str(error))

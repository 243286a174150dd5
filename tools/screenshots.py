"""Take the pictures of the README from a demo that is started for them and thrown away.

    make screenshots        writes docs/screenshots/home.png and article.png

Run it when the look of the site has changed.
"""

import io
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests import chromium  # noqa: E402
from tools.demo_apart import demo  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"


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

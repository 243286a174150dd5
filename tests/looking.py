"""Looking at a page as readers do: on a phone and at a desk, by day and by night, with whatever helps them read."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (360, 1280)
THEMES = ("light", "dark")

_AXE = Axe()
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Axe would fetch the stylesheet's parts again, by addresses of its own making.
    "preload": False,
}


def look_at(page: Page, path: str) -> None:
    """Fail where the page at `path` shuts a reader out (by axe's rules) or scrolls sideways."""
    for theme in THEMES:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.goto(path)
            found = _AXE.run(page, options=_RULES)
            assert found.violations_count == 0, f"{path} at {width} px, {theme}:\n{found.generate_report()}"
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways at {width} px"

"""Looking at a page as readers do: on a phone and at a desk, by day and by night, with whatever helps them read."""

from itertools import product
from time import monotonic
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (360, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

_AXE = Axe()
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Axe would fetch the stylesheet's parts again, by addresses of its own making.
    "preload": False,
    # Of what is well it would write an account as well, element by element.
    "resultTypes": ["violations"],
}
# What hangs on colours and on room, and may be otherwise the second time.
_RULES_OF_LOOKS = _RULES | {
    "runOnly": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
}


def until(page: Page, expression: str) -> None:
    """Wait until `expression` is true in `page`; fail when it is not by then.

    Playwright's own waiting evaluates the words inside the page, which no page of this house lets anybody do.
    """
    ends = monotonic() + 20
    while not page.evaluate(expression):
        assert monotonic() < ends, f"{expression} did not come true on {page.url}"
        page.wait_for_timeout(30)


def look_at(page: Page, path: str, *, thoroughly: bool = False) -> None:
    """Fail where the page at `path` shuts a reader out: see `look`."""
    page.emulate_media(reduced_motion="reduce")  # a colour on its way from one theme to the other is in neither
    page.goto(path)
    look(page, thoroughly=thoroughly)


def look(page: Page, *, thoroughly: bool = False) -> None:
    """Fail where the page that is open shuts a reader out (by axe's rules) or scrolls sideways.

    It is looked at on a phone by night and at a desk by day; `thoroughly`, in both themes at both.
    """
    page.emulate_media(reduced_motion="reduce")
    looks = list(product(WIDTHS, THEMES) if thoroughly else zip(WIDTHS, reversed(THEMES), strict=True))
    for width, theme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        is_again = not thoroughly and (width, theme) != looks[0]
        found = _AXE.run(page, options=_RULES_OF_LOOKS if is_again else _RULES)
        assert found.violations_count == 0, f"{page.url} at {width} px, {theme}:\n{found.generate_report()}"
    page.evaluate(_AT_ITS_LARGEST)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(_LOST) == [], f"{page.url} at {width} px, with its text at its largest"


# All that readers may ask for at once, at 320 px too, which is a screen of 1280 px at 400 %: the largest text that
# the masthead offers, and the distances of WCAG 1.4.12 between its letters, words and lines.
_AT_ITS_LARGEST = """() => {
    document.documentElement.dataset.size = "larger";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""

# What is cut off, and whether the page has to be moved sideways to be read. A table scrolls in its frame.
_LOST = """() => {
    const lost = [...document.querySelectorAll("body *")].filter((element) => {
        const style = getComputedStyle(element);
        if (style.overflowX === "visible" && style.overflowY === "visible") return false;
        if (element.matches("input, select, textarea, svg, .table-scroll")) return false;
        if (!element.checkVisibility() || element.closest("svg, video, thead, .visually-hidden")) return false;
        return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    }).map((element) => `cut off: ${element.className || element.tagName}`);
    if (document.documentElement.scrollWidth > innerWidth) lost.push("scrolls sideways");
    return lost;
}"""

"""The public site is for everyone: every template in every state, whatever a reader sees, presses and reads with."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from playwright.sync_api import BrowserContext, Page, Route

from newsroom import refusing
from newsroom.models import User
from tests import states
from tests.looking import THEMES, WIDTHS, look_at
from tests.situations import staff

pytestmark = pytest.mark.browser

# One state of each template, the fullest: what is tried on every change. The long test tries them all.
FULLEST = (
    "home", "articles", "an article with everything", "categories", "a category", "tags", "authors", "corrections",
    "a comment that waits",
    "committees", "a committee with everything", "conferences", "a conference with everything", "a month",
    "figures, not among the choices", "a figure: nested", "indicators", "an indicator: lines and columns",
    "an indicator: shares", "awards", "an award with everything", "documents", "a document with everything",
    "search, found", "search, mistyped", "a page of the site", "the data", "nothing there",
)  # fmt: skip

ERRORS = ("400", "403", "403_csrf", "500", "503")


@pytest.fixture
def newsroom(live_server: Any, media: Path, expected_noise: list[str]) -> dict[str, str]:
    """The addresses of the states by their names."""
    expected_noise += [r"404 for GET .*/(khong-co-gi|xem-truoc)/"]
    return {
        **states.build(),
        "nothing there": "/khong-co-gi/",
        "a preview that is closed": "/xem-truoc/khong-co/",
    }


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page on which errors and a file to keep can be opened as pages, at /loi/500/ and as they are."""
    page = new_context(reduced_motion="reduce").new_page()
    for code in ERRORS:
        page.route(f"**/loi/{code}/", _answer_with(_error_page, code))
    page.route("**/loi/408/", _answer_with(refusing.page, 408))
    page.route("**/luu/", lambda route: route.fulfill(body=route.fetch().text(), content_type="text/html"))
    yield page


def _answer_with(draw: Callable[..., str], code: object) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=draw(code), content_type="text/html; charset=utf-8")


def _error_page(code: str) -> str:
    return render_to_string(f"{code}.html", request=RequestFactory().get("/"))


def test_every_template_is_open_to_everyone(page: Page, newsroom: dict[str, str]) -> None:
    for name in FULLEST:
        look_at(page, newsroom[name])


def test_an_empty_newsroom_is_open_to_everyone(page: Page, live_server: Any) -> None:
    for path in ("/", "/bai-viet/"):
        look_at(page, path)


@pytest.mark.long
def test_every_state_is_open_to_everyone(page: Page, newsroom: dict[str, str], undrawn: Callable[[], set[str]]) -> None:
    """Whatever template a page is made of has been looked at: one that no state leads to is told by its name."""
    for path in (*newsroom.values(), *(f"/loi/{code}/" for code in (*ERRORS, "408"))):
        look_at(page, path, thoroughly=True)
    assert undrawn() == set()


@pytest.mark.long
def test_every_state_of_an_empty_newsroom_is_open_to_everyone(page: Page, live_server: Any) -> None:
    lists = ("chuyen-muc", "the", "tac-gia", "dinh-chinh", "to-chuc", "hoi-nghi", "lich", "khen-thuong", "so-lieu")
    for path in ("/", "/bai-viet/", *(f"/{name}/" for name in (*lists, "chi-so", "van-ban", "tim-kiem", "du-lieu"))):
        look_at(page, path, thoroughly=True)


def test_the_way_in_is_open_to_everyone(page: Page, live_server: Any) -> None:
    """Who works at the desk may be blind as well, and comes in by himself."""
    look_at(page, "/quan-tri/login/")


@pytest.mark.long
def test_every_page_of_signing_in_is_open_to_everyone(page: Page, live_server: Any) -> None:
    person = staff("editor")
    for path in ("login/", "mat-khau/", "mat-khau/da-gui/", f"mat-khau/{_link_of(person)}/", "mat-khau/a/b-c/"):
        look_at(page, f"/quan-tri/{path}", thoroughly=True)


def _link_of(person: User) -> str:
    """What the mail to who has forgotten his password leads to."""
    return f"{urlsafe_base64_encode(force_bytes(person.pk))}/{default_token_generator.make_token(person)}"


# --- With the keyboard alone ---------------------------------------------------------------------

BUSIEST = ("an article with everything", "figures, not among the choices", "an indicator: lines and columns",
           "search, found", "a month")  # fmt: skip

# Where the focus is, and what of it a reader sees. What is focused is drawn by a neighbour at times.
_STOP = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const drawn = element.matches(".display input") ? element.nextElementSibling
        : element.querySelector(":scope > .chart-hit") ?? element;
    const box = drawn.getBoundingClientRect(), style = getComputedStyle(drawn);
    const at = document.elementFromPoint(
        Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1),
        Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1),
    );
    return {
        name: `${element.tagName}.${element.className.baseVal ?? element.className} ${element.textContent.trim()}`,
        isRinged: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
            || (style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2)
            || element.tagName === "VIDEO",  // the browser rings its own controls
        isInSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
            && !!at && (element.contains(at) || drawn.contains(at) || at.contains(element)),
        place: [...document.querySelectorAll("*")].indexOf(element),
    };
}"""
_REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
    .length + document.querySelectorAll("video[controls]").length"""


# WCAG 2.5.8 asks for 24 px; links inside running text are excepted.
_TOO_SMALL = """() => [...document.querySelectorAll("nav a, a.kicker, .more, .tags a, button, select, summary")]
    .map((element) => [element.textContent.trim().slice(0, 30), element.getBoundingClientRect().height])
    .filter(([, height]) => height && height < 24)"""


def test_every_control_is_reached_and_seen_with_the_keyboard_alone(page: Page, newsroom: dict[str, str]) -> None:
    """The skip link comes first, the order is that of the page, the way back is the same, and nothing holds a reader.

    What has the focus shows it (WCAG 2.4.7, 2.4.13) and is hidden under nothing (2.4.11).
    """
    for name, width in product(BUSIEST, WIDTHS):
        page.set_viewport_size({"width": width, "height": 600})
        page.goto(newsroom[name])
        stops = list(_walk(page, "Tab"))
        page.evaluate("place => document.querySelectorAll('*')[place].focus()", stops[-1]["place"])
        back = list(_walk(page, "Shift+Tab"))
        assert stops[0]["name"].startswith("A.skip")
        places = [stop["place"] for stop in stops]
        assert places == sorted(places)
        assert len(set(places)) == page.evaluate(_REACHABLE)
        assert {stop["place"] for stop in back} >= set(places[:-1])
        unseen = [stop["name"] for stop in (*stops, *back) if not (stop["isRinged"] and stop["isInSight"])]
        assert unseen == [], f"{name} at {width} px"
        assert page.evaluate(_TOO_SMALL) == [], f"{name} at {width} px"


def _walk(page: Page, key: str) -> Iterator[dict[str, Any]]:
    """Where `key` leads, press by press, until it leaves the page, which in some windows is where it began."""
    seen: list[int] = []
    for _press in range(1000):
        page.keyboard.press(key)
        stop = page.evaluate(_STOP)
        if stop is None or (stop["place"] in seen and stop["place"] != seen[-1]):
            return
        seen.append(stop["place"])
        yield stop
    raise AssertionError("The keyboard does not get out of the page.")


# --- However it is seen --------------------------------------------------------------------------


def test_charts_and_badges_can_be_told_from_the_page_in_the_readers_own_colours(
    new_context: Callable[..., BrowserContext], newsroom: dict[str, str]
) -> None:
    """Forced colours leave two: what is drawn is drawn in the one that is not the page's."""
    for scheme in THEMES:
        page = new_context(forced_colors="active", color_scheme=scheme, reduced_motion="reduce").new_page()
        for name in ("an article with everything", "an indicator: lines and columns", "figures, narrowed"):
            page.goto(newsroom[name])
            drawn = page.evaluate(_DRAWN)
            assert {kind for kind, _shown in drawn} >= _KINDS_ON[name]
            assert [kind for kind, shown in drawn if not shown] == [], f"{name}, {scheme}"


_KINDS_ON = {
    "an article with everything": {"bar", "bar-share", "bar-part", "bar-goal"},
    "an indicator: lines and columns": {"chart-line", "chart-dot", "chart-base", "chart-break"},
    "figures, narrowed": {"badge"},
}
# Each thing that is drawn, and whether its line or its ground is another colour than the page's. What is left of
# a whole is told by the frame of its bar.
_DRAWN = """() => [...document.querySelectorAll(".badge, .bar, .bar *, .chart-picture > g > :not(title, desc)")]
    .filter((mark) => mark.checkVisibility() && !mark.matches(".bar-rest, .bar-whole, .chart-hit"))
    .map((mark) => {
        const style = getComputedStyle(mark), ground = getComputedStyle(document.body).backgroundColor;
        const isFramed = parseFloat(style.borderTopWidth) > 0 && style.borderTopColor !== ground;
        const isDrawn = [style.stroke, style.fill].some((colour) => ![ground, "none"].includes(colour));
        return [mark.classList[0], mark.matches(".bar, .badge") ? isFramed : isDrawn];
    })"""


def test_nothing_moves_for_whoever_wants_no_motion(page: Page, live_server: Any) -> None:
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate(
        "[...document.querySelectorAll('*')].every(e => ['transition', 'animation'].every("
        "what => getComputedStyle(e)[`${what}Duration`].split(', ').every(each => parseFloat(each) === 0)))"
    )


def test_marks_upon_marks_are_never_cut_off(page: Page, newsroom: dict[str, str]) -> None:
    """Letters that carry two marks fit the line of every heading, title and number, and no box cuts them."""
    heads: set[str] = set()
    for name in ("home", "an article with everything", "an indicator: lines and columns", "a figure: nested",
                 "a conference with everything", "a month", "a preview", "search, found"):  # fmt: skip
        page.goto(newsroom[name])
        for size, width in product(("", "larger"), WIDTHS):
            page.set_viewport_size({"width": width, "height": 800})
            measured = page.evaluate(_MEASURED, size)
            assert [line for line in measured if not line["fits"]] == [], f"{name}, {size} at {width} px"
            heads |= {line["name"] for line in measured}
    assert heads >= {
        "h1", "h2", "h3", "b.chart-title", "h2.card-title", "h3.card-title", "span.name", "span.tile-number",
        "p.reading-number", "p.lede", "a.kicker", "b", "summary",
    }  # fmt: skip


# Every line of text: whether "ỘẾỮẲ" in its font is lower than its line, in a box that is as high.
_MEASURED = """(size) => {
    document.documentElement.dataset.size = size;
    const pen = document.createElement("canvas").getContext("2d");
    return [...document.querySelectorAll("body *")].filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
        && element.checkVisibility() && !element.closest("svg, template, .visually-hidden, .masthead, select, video"),
    ).concat([...document.querySelectorAll(".masthead .name")]).map((element) => {
        const style = getComputedStyle(element);
        pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const ink = pen.measureText("ỘẾỮẲ");
        const tall = ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent;
        const head = element.closest("h1, h2, h3") ?? element;
        return {
            name: [head.localName, ...head.classList].slice(0, 2).join("."),
            line: style.lineHeight, tall,
            fits: parseFloat(style.lineHeight) > tall - 1  // a canvas measures in whole pixels
                && (style.overflow === "visible" || element.scrollHeight <= element.clientHeight),
        };
    });
}"""

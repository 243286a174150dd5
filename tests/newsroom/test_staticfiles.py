"""The stylesheet: written in many files, served as one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from newsroom.staticfiles import bind

CSS = Path(settings.BASE_DIR) / "static" / "css"


@pytest.fixture(scope="module")
def found():
    """What `collectstatic` would find of ours: name -> (storage, path)."""
    files = ((storage, path) for finder in get_finders() for path, storage in finder.list([]))
    return {path: (storage, path) for storage, path in files if path.startswith("css/")}


def test_the_stylesheet_is_served_whole(found):
    """A reader on a slow line waits for one file and not for thirty."""
    whole = bind("css/site.css", found)
    assert "@import" not in whole
    assert ".masthead" in whole and "@media print" in whole
    assert whole.count("{") == whole.count("}")


def test_the_contents_page_names_every_stylesheet(found):
    """A file that is written and not named would dress nothing."""
    named = set(re.findall(r'@import "([^"]+)"', (CSS / "site.css").read_text()))
    assert {f"components/{path.name}" for path in (CSS / "components").iterdir()} <= named
    assert all((CSS / name).is_file() for name in named)


def test_the_stylesheet_asks_for_nothing_else(found):
    """No picture, no font, no other host: `collectstatic` moves rules between folders, and no address in them."""
    assert not re.search(r"url\(", bind("css/site.css", found))


def test_only_tokens_name_colours():
    """A theme redefines tokens and nothing else; a colour named elsewhere would stay as it is in the dark."""
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(", re.IGNORECASE)
    outside = {path.name for path in CSS.rglob("*.css") if colour.search(path.read_text())}
    assert outside <= {"tokens.css", "print.css", "month.css", "media.css"}  # paper has tokens of its own


def test_the_script_that_runs_before_the_page_is_drawn_is_small():
    """Every page waits for it."""
    assert (CSS.parent / "js" / "first.js").stat().st_size < 1024

"""The stylesheet: written in many files, served as one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage

from newsroom.staticfiles import bind

CSS = Path(settings.BASE_DIR) / "static" / "css"


@pytest.fixture(scope="module")
def found():
    """What `collectstatic` would find of ours: name -> (storage, path)."""
    files = ((storage, path) for finder in get_finders() for path, storage in finder.list([]))
    return {path: (storage, path) for storage, path in files if path.startswith(("css/", "js/"))}


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
    # Paper has tokens of its own; so have the marks of an import, which no other page needs, for both themes.
    assert outside <= {"tokens.css", "print.css", "month.css", "media.css", "importing.css"}


def test_scripts_are_served_whole(found):
    """One request for those of a page; each stands in a block, where what it declares stays its own."""
    for name in ("js/article.js", "js/site.js"):
        whole = bind(name, found)
        assert "import" not in whole
        assert not re.search(r"^\s*(//|/\*)", whole, re.MULTILINE)
        assert whole.lstrip().startswith("{\n")
        assert whole.endswith("}\n")
        assert len(re.findall(r"^{$", whole, re.MULTILINE)) == (CSS.parent / name).read_text().count("\nimport ")


def test_a_module_that_shares_names_is_not_bound(tmp_path):
    """Its names would be out of reach, and the page would fail where it runs and not where it is built."""
    storage = FileSystemStorage(tmp_path)
    (tmp_path / "all.js").write_text('import "./one.js";\n')
    (tmp_path / "one.js").write_text('import { two } from "./two.js";\n')
    with pytest.raises(ValueError, match="cannot be bound"):
        bind("all.js", {name: (storage, name) for name in ("all.js", "one.js")})


def test_the_script_that_runs_before_the_page_is_drawn_is_small():
    """Every page waits for it."""
    assert (CSS.parent / "js" / "first.js").stat().st_size < 1024

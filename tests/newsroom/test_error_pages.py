"""The pages that the web server in front shows when it cannot, or need not, ask a web process."""

import re
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.core.management import call_command

TEMPLATE = Path(settings.BASE_DIR) / "docker" / "nginx.conf.template"


@pytest.fixture
def written(settings, tmp_path) -> Path:
    settings.STATIC_ROOT = tmp_path
    call_command("write_error_pages")
    return tmp_path / "front"


def test_what_nginx_names_is_what_is_written(written):
    """A page that is missing would be answered in nginx's own words, with its name on it."""
    named = set(re.findall(r"error_page .* /_front/(\d+\.html);", TEMPLATE.read_text()))
    assert named == {file.name for file in written.iterdir()}


def test_each_is_a_whole_page_in_vietnamese(written):
    """Written without the database: whoever sees it may be told just because that is away."""
    for file in written.iterdir():
        page = html5lib.HTMLParser(strict=True).parse(file.read_text())
        assert page.get("lang") == "vi"
        assert file.stem in file.read_text()
    assert "Hãy đợi mười giây rồi thử lại" in (written / "503.html").read_text()

"""The house itself: its locks, its templates, its settings, its one word for everything."""

import re
from pathlib import Path

import pytest

from tools import check_locks, check_templates

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text()
RUN = (ROOT / "requirements.lock").read_text()
DEV = (ROOT / "requirements-dev.lock").read_text()


def test_the_locks_are_what_pyproject_asks_for():
    check_locks.check(PYPROJECT, RUN, DEV)


HASH = f"--hash=sha256:{'0' * 64}"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("--index-url https://registry.example/simple", "an address"),
        (f"thing @ https://registry.example/thing.whl {HASH}", "an address"),
        (f"./wheels/thing.whl {HASH}", "neither a package"),
        ("--pre", "neither a package"),
        ("thing==1.0", "without a hash"),
        ("thing==1.0 --hash=md5:d41d8cd98f00b204e9800998ecf8427e", "without a hash"),
        (f"thing>=1.0 {HASH}", "not pinned"),
        (f"thing {HASH}", "not pinned"),
        (f"django==5.2.19 {HASH}", "stands twice"),
    ],
)
def test_a_lock_holds_packages_by_version_and_hash_and_nothing_else(line, complaint):
    """An address would tie every installation to one registry, and a package without a hash to whoever answers."""
    with pytest.raises(check_locks.Fault, match=complaint):
        check_locks.check(PYPROJECT, f"{RUN}{line}\n", DEV)


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ("pillow>=99", "asks for pillow>=99"),
        ("django-of-tomorrow", "is not in it"),
    ],
)
def test_a_lock_that_lags_behind_pyproject_is_refused(asked, complaint):
    with pytest.raises(check_locks.Fault, match=complaint):
        check_locks.check(PYPROJECT.replace('"pillow"', f'"{asked}"'), RUN, DEV)


def test_a_package_that_nothing_asks_for_any_more_is_refused():
    with pytest.raises(check_locks.Fault, match="nothing asks for nh3"):
        check_locks.check(re.sub(r'\n  "nh3".*', "", PYPROJECT), RUN, DEV)


def test_both_locks_agree_on_every_version():
    """Otherwise the suite proves something else than what runs."""
    with pytest.raises(check_locks.Fault, match="nh3 is not there as in"):
        check_locks.check(PYPROJECT, RUN, re.sub(r"^nh3==[\d.]+", "nh3==0.0.1", DEV, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{% unheard_of %}", "unheard_of"),
        ("{% if %}", "if"),
        ('{% include "_nowhere.html" %}', "no template is named _nowhere.html"),
        ("{% extends 'nowhere.html' %}", "no template is named nowhere.html"),
        ('{% load static %}{% static "css/nowhere.css" %}', "no static file is named css/nowhere.css"),
        ("{# a comment that goes on\non the next line #}", "line 1: {# would be printed"),
        ("one\n<<<<<<< of two\nother", "line 2: <<<<<<<  would be printed"),
    ],
)
def test_a_template_that_cannot_be_shown_is_found_before_a_reader_finds_it(tmp_path, settings, text, complaint):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    (tmp_path / "page.html").write_text(text)
    (found,) = check_templates.faults(tmp_path)
    assert found.startswith("page.html")
    assert complaint in found


def variables_of(path: str) -> set[str]:
    return set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / path).read_text()))


def test_the_example_names_every_variable_that_is_read_and_no_other():
    """It is where someone looks who sets the newsroom up."""
    read_by_compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    told = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert variables_of("newsroom/settings.py") | variables_of("gunicorn.conf.py") | read_by_compose == told


def test_the_readme_explains_every_variable_of_the_example():
    told = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert explained == told


def test_the_tests_do_not_listen_to_what_someone_keeps_in_env():
    """A .env that turns HTTPS on would otherwise fail half the suite, or hide a fault."""
    given = set(re.findall(r'\b([A-Z_]+)(?:=|", ")', (ROOT / "tests/settings.py").read_text()))
    assert variables_of("newsroom/settings.py") <= given


def test_make_alone_says_every_word_there_is():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.* ## \S", makefile, re.MULTILINE))
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    assert targets == explained == phony


def test_public_templates_carry_no_style_and_no_script_of_their_own():
    """A strict policy of the browser comes; what is inline would stop working that day."""
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\s(src=|type=.application/))", text), path

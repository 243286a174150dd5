"""Static files as an installation collects them, which no other test does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

import newsroom.settings
from tools.check_templates import STATIC


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of collected files, with the storage that a real installation names them by."""
    folder = tmp_path_factory.mktemp("static")
    backend = {"BACKEND": "newsroom.staticfiles.BoundStaticFilesStorage"}
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(STATIC_ROOT=folder, STORAGES={**settings.STORAGES, "staticfiles": backend}),
    ):
        # Compression takes nine tenths of the time and changes no name.
        patch.setattr(CompressedManifestStaticFilesStorage, "compress_files", lambda self, paths: iter(()))
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


def test_what_is_collected_here_is_collected_as_in_an_installation():
    """Otherwise the tests below prove something else than what runs."""
    assert '"newsroom.staticfiles.BoundStaticFilesStorage"' in Path(newsroom.settings.__file__).read_text()


def test_every_file_that_a_template_names_is_there(collected):
    """A name that is not in the manifest is an error page, and only where DEBUG is off."""
    named = {
        name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for _quote, name in STATIC.findall(path.read_text())
    }
    assert named
    for name in named:
        assert (collected / staticfiles_storage.stored_name(name)).is_file()


def test_every_script_and_style_of_the_desk_is_there(collected):
    for model_admin in admin.site._registry.values():
        for address in re.findall(r'(?:src|href)="([^"]+)"', str(model_admin.media)):
            assert (collected / address.removeprefix(settings.STATIC_URL)).is_file(), (model_admin, address)


def test_the_stylesheet_is_one_file(collected):
    """A reader on a slow line waits for one request, not for thirty."""
    text = (collected / staticfiles_storage.stored_name("css/site.css")).read_text()
    assert "@import" not in text
    assert text.count("{") == text.count("}") > 100
    assert "/*" not in text  # what its writers say to each other weighs a third of it


def test_a_module_names_the_modules_it_imports_by_their_hash(collected):
    """A browser keeps for ever what has a hash in its name, and would keep for a while, and mix, what has none."""
    imported = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""")
    named = []
    for source in (settings.BASE_DIR / "static" / "js").rglob("*.js"):
        module = collected / staticfiles_storage.stored_name(str(source.relative_to(settings.BASE_DIR / "static")))
        named += [(module, address) for address in imported.findall(module.read_text())]
    assert named
    for module, address in named:
        assert re.search(r"\.[0-9a-f]{12}\.js$", address), (module, address)
        assert (module.parent / address).is_file(), (module, address)

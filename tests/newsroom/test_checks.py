"""The system checks: each loosening of the editor is seen, one at a time."""

from copy import deepcopy
from typing import Any

import pytest
from ckeditor.fields import RichTextField as UncleanedField
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, ProgrammingError, connection, models
from django.http import HttpResponse
from django.test.utils import isolate_apps
from django.urls import path

from newsroom import checks, editor, richtext
from newsroom.checks import check_editor, check_identity
from newsroom.models import SiteIdentity


def ids() -> set[str]:
    return {str(error.id) for error in check_editor()}


def test_the_editor_as_it_stands_is_hard():
    assert check_editor() == []


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"allowedContent": True}, "newsroom.E009"),
        ({"allowedContent": {"p": {"styles": False, "classes": False}, "iframe": {}}}, "newsroom.E009"),
        ({"allowedContent": {"a": {"attributes": "href,onclick", "styles": False, "classes": False}}}, "newsroom.E009"),
        ({"allowedContent": {"p": {"attributes": [], "classes": False}}}, "newsroom.E009"),
        ({"allowedContent": None}, "newsroom.E009"),
        ({"extraAllowedContent": "iframe[src]"}, "newsroom.E009"),
        ({"plugins": ""}, "newsroom.E005"),
        ({"plugins": ",".join([*editor.PLUGINS, "sourcearea"])}, "newsroom.E006"),
        ({"extraPlugins": "iframe"}, "newsroom.E006"),
        ({"extra_plugins": ["codesnippetgeshi"]}, "newsroom.E006"),
        ({"removePlugins": "iframe"}, "newsroom.E007"),
        ({"external_plugin_resources": [["x", "//example.org/", "plugin.js"]]}, "newsroom.E008"),
        ({"entities": True}, "newsroom.E010"),
        ({"entities_latin": True}, "newsroom.E010"),
        ({"versionCheck": True}, "newsroom.E011"),
        ({"customConfig": "config.js"}, "newsroom.E012"),
        ({"toolbar": [["Bold", "Source"]]}, "newsroom.E013"),
    ],
)
def test_a_loosened_configuration_is_seen_wherever_it_stands(
    setting: dict[str, Any], expected: str, monkeypatch: pytest.MonkeyPatch, settings: Any
):
    loose = {**deepcopy(editor.CONFIG), **setting}
    settings.CKEDITOR_CONFIGS = {"default": loose}
    assert ids() == {expected}
    del settings.CKEDITOR_CONFIGS
    monkeypatch.setattr(editor, "CONFIG", loose)
    assert ids() == {expected}


@pytest.mark.parametrize("key", ["entities", "versionCheck", "plugins", "allowedContent", "customConfig", "toolbar"])
def test_a_key_left_to_ckeditors_default_is_loose(key: str, monkeypatch: pytest.MonkeyPatch):
    """Its defaults are the ones we harden against."""
    monkeypatch.delitem(editor.CONFIG, key)
    assert ids()


def test_ckeditors_own_uploader_is_seen(settings: Any):
    settings.CKEDITOR_UPLOAD_PATH = "uploads/"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "ckeditor_uploader"]
    assert "newsroom.E001" in ids()


def test_an_address_of_ckeditors_uploader_is_seen(settings: Any, monkeypatch: pytest.MonkeyPatch):
    """Its view can be reached without installing the app."""

    def upload(request: Any) -> HttpResponse:
        return HttpResponse()

    upload.__module__ = "ckeditor_uploader.views"
    resolver = checks.get_resolver()
    monkeypatch.setattr(resolver, "url_patterns", [*resolver.url_patterns, path("ckeditor/upload/", upload)])
    assert ids() == {"newsroom.E002"}


@isolate_apps("newsroom")
def test_a_field_that_does_not_clean_is_seen(monkeypatch: pytest.MonkeyPatch):
    class Leaflet(models.Model):
        body = UncleanedField()

        class Meta:
            app_label = "newsroom"

        def __str__(self) -> str:
            return self.body

    monkeypatch.setattr(checks.apps, "get_models", lambda: [Leaflet])
    assert ids() == {"newsroom.E003"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAGS", richtext.TAGS | {"iframe"}),
        ("TAGS", richtext.TAGS | {"script"}),
        ("ATTRIBUTES", {**richtext.ATTRIBUTES, "a": {"href", "onclick"}}),
        ("ATTRIBUTES", {**richtext.ATTRIBUTES, "p": {"style"}}),
        ("SCHEMES", richtext.SCHEMES | {"javascript"}),
        ("SCHEMES", richtext.SCHEMES | {"data"}),
    ],
)
def test_a_widened_allow_list_is_seen(name: str, value: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(richtext, name, value)
    assert "newsroom.E004" in ids()


def test_an_upload_view_without_the_token_is_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(editor.upload_picture, "csrf_exempt", True, raising=False)
    assert ids() == {"newsroom.E014"}


def test_serving_everything_of_the_editor_is_seen(settings: Any):
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
    assert ids() == {"newsroom.E015"}


def test_the_command_fails_over_a_loosened_editor(settings: Any):
    """`manage.py check` runs them: it is what a person and CI call."""
    settings.CKEDITOR_CONFIGS = {"default": {**editor.CONFIG, "allowedContent": True}}
    with pytest.raises(SystemCheckError, match=r"newsroom\.E009"):
        call_command("check")


# --- Who runs the site -------------------------------------------------------------------------

WHOLE = {
    "name": "Trang thử",
    "governing_body": "Tỉnh ủy",
    "address": "1 Lê Lợi",
    "email": "a@example.vn",
    "phone": "",
    "responsible_editor": "Lê Văn Thử",
    "licence_number": "12/GP",
}


def missing() -> list[str]:
    return [str(warning.id) for warning in check_identity(databases=["default"])]


@pytest.mark.django_db
def test_a_site_that_says_who_runs_it_is_not_warned():
    SiteIdentity.objects.create(**WHOLE)
    assert missing() == []
    SiteIdentity.objects.update(email="", phone="0123")
    assert missing() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "number"),
    [("governing_body", 2), ("address", 3), ("email", 4), ("responsible_editor", 5), ("licence_number", 6)],
)
def test_each_thing_that_a_site_does_not_say_is_warned_of(name: str, number: int):
    SiteIdentity.objects.create(**{**WHOLE, name: ""})
    assert missing() == [f"newsroom.W{number:03d}"]


@pytest.mark.django_db
def test_a_site_of_which_nothing_is_entered_is_warned_of_everything_and_runs(capsys: pytest.CaptureFixture[str]):
    assert len(missing()) == 6
    call_command("check", databases=["default"])  # warnings fail nothing
    assert "newsroom.W006" in capsys.readouterr().err


@pytest.mark.parametrize("error", [OperationalError, ProgrammingError])
@pytest.mark.django_db
def test_a_database_that_is_away_or_not_migrated_yet_is_not_this_checks_news(error: type[Exception]):
    def fail(*arguments: Any) -> None:
        raise error

    with connection.execute_wrapper(fail):
        assert missing() == []


def test_without_a_database_nothing_is_asked():
    """This test may not touch one: a plain `check`, `makemigrations` and `collectstatic` do not either."""
    assert check_identity() == []
    call_command("check")

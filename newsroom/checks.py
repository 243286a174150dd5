"""What `manage.py check` asks of this newsroom: that its editor stays hard, that it says who runs it.

CKEditor 4 is out of support (see the paragraph above `SILENCED_SYSTEM_CHECKS` in the settings), so what keeps it
harmless must not be undone by a line that looks innocent.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ckeditor.fields import RichTextField as UncleanedField
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError
from django.urls import URLResolver, get_resolver

from newsroom import richtext, starting
from newsroom.editor import FORBIDDEN_PLUGINS, PLUGINS, EditorWidget, is_served, upload_picture

# What no allow-list of ours may ever hold.
_DANGEROUS_TAGS = {
    "script", "style", "iframe", "frame", "object", "embed", "applet", "form", "input", "button", "svg", "math",
    "link", "meta", "base", "template", "noscript",
}  # fmt: skip
_DANGEROUS_ATTRIBUTES = {"style", "srcdoc", "srcset", "formaction", "action", "background", "class", "id"}
_SAFE_SCHEMES = {"http", "https", "mailto", "tel"}


def check_editor(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for everything about the editor that has been loosened. Registered as a security check."""
    return [
        *_uploader_is_absent(),
        *_fields_clean(),
        *_allow_list_is_narrow(),
        *_configurations_are_hard(),
        *_upload_is_guarded(),
        *_leftovers_are_not_served(),
    ]


def _uploader_is_absent() -> Iterator[CheckMessage]:
    if apps.is_installed("ckeditor_uploader"):
        yield Error(
            "ckeditor_uploader is installed: its upload view needs no permission and stores HTML named as an image.",
            hint="Remove it from INSTALLED_APPS; newsroom.editor.upload_picture takes pictures.",
            id="newsroom.E001",
        )
    if any(module.startswith("ckeditor_uploader") for module in _modules_of_views(get_resolver())):
        yield Error("A view of ckeditor_uploader has an address.", hint="Remove it from the URLs.", id="newsroom.E002")


def _modules_of_views(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _modules_of_views(pattern)
        else:
            yield getattr(pattern.callback, "__module__", "")


def _fields_clean() -> Iterator[CheckMessage]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, UncleanedField):
                yield Error(
                    "A field of django-ckeditor stores whatever the browser sends.",
                    hint="Use newsroom.richtext.RichTextField, which cleans.",
                    obj=field,
                    id="newsroom.E003",
                )


def _allow_list_is_narrow() -> Iterator[CheckMessage]:
    attributes = {name for names in richtext.ATTRIBUTES.values() for name in names}
    too_much = (
        richtext.TAGS & _DANGEROUS_TAGS
        | attributes & _DANGEROUS_ATTRIBUTES
        | {name for name in attributes if name.startswith("on") or "*" in name}
        | richtext.SCHEMES - _SAFE_SCHEMES
        | richtext.ATTRIBUTES.keys() - richtext.TAGS
    )
    if too_much:
        yield Error(
            f"The allow-list of rich text admits {', '.join(sorted(too_much))}.",
            hint="Narrow TAGS, ATTRIBUTES or SCHEMES in newsroom/richtext.py.",
            id="newsroom.E004",
        )


def _configurations_are_hard() -> Iterator[CheckMessage]:
    # The widget takes no configuration from the settings; one that stands there waits for a field that does.
    configurations = {"newsroom.editor": EditorWidget().config, **(getattr(settings, "CKEDITOR_CONFIGS", None) or {})}
    for name, config in configurations.items():
        for number, sentence in _loosened(config):
            yield Error(
                f"The editor's configuration {name!r} {sentence}.",
                hint="Undo it in newsroom/editor.py or CKEDITOR_CONFIGS.",
                id=f"newsroom.E{number:03d}",
            )


def _loosened(config: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield what is loose in `config`: the number of the check, and the end of a sentence."""
    asked = [*_names(config.get("extraPlugins")), *config.get("extra_plugins", [])]
    if not config.get("plugins"):
        yield 5, "names no plugins, so that all of the build run"
    running = {*_names(config.get("plugins")), *asked}
    if stray := running - set(PLUGINS):
        yield 6, f"runs the plugins {', '.join(sorted(stray))}"
    if missing := set(FORBIDDEN_PLUGINS) - set(_names(config.get("removePlugins"))):
        yield 7, f"no longer removes the plugins {', '.join(sorted(missing))}"
    if config.get("external_plugin_resources"):
        yield 8, "loads plugins from elsewhere"
    if wider := list(_beyond_the_allow_list(config.get("allowedContent"))):
        yield 9, f"allows content that the field does not keep ({', '.join(wider)})"
    if config.get("extraAllowedContent"):
        yield 9, "allows extra content"
    if any(config.get(key, True) for key in ("entities", "entities_latin", "entities_greek")):
        yield 10, "writes letters as entities, which no search finds"
    if config.get("versionCheck", True):
        yield 11, "asks another host about its version"
    if config.get("customConfig", True) or config.get("stylesSet", True):
        yield 12, "reads further settings from a file"
    if "Source" in str(config.get("toolbar", "Source")):
        yield 13, "shows the source of the text"


def _names(plugins: str | None) -> list[str]:
    return [name.strip() for name in (plugins or "").split(",") if name.strip()]


def _beyond_the_allow_list(allowed: Any) -> Iterator[str]:
    if not isinstance(allowed, dict):
        yield "no explicit list"
        return
    for tag, rule in allowed.items():
        if tag not in richtext.TAGS:
            yield tag
        elif not isinstance(rule, dict) or rule.get("styles", True) or rule.get("classes", True):
            yield f"{tag}: styles or classes"
        else:
            extra = set(rule.get("attributes") or ()) - richtext.ATTRIBUTES.get(tag, set())
            yield from (f"{tag}[{name}]" for name in sorted(extra))


def _upload_is_guarded() -> Iterator[CheckMessage]:
    if getattr(upload_picture, "csrf_exempt", False):
        yield Error("The editor's upload view takes requests without a CSRF token.", id="newsroom.E014")


def _leftovers_are_not_served() -> Iterator[CheckMessage]:
    finders = settings.STATICFILES_FINDERS
    if "django.contrib.staticfiles.finders.AppDirectoriesFinder" in finders or is_served(
        "ckeditor/ckeditor/plugins/iframe/plugin.js"
    ):
        yield Error(
            "Files of the editor that nothing asks for are served.",
            hint="Find static files of apps with newsroom.editor.AppDirectoriesFinder alone.",
            id="newsroom.E015",
        )


# What a site has to say of itself; of a pair, either will do.
_REQUIRED = (
    (1, ("name",)),
    (2, ("governing_body",)),
    (3, ("address",)),
    (4, ("email", "phone")),
    (5, ("responsible_editor",)),
    (6, ("licence_number",)),
)


def check_identity(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return a warning for each required thing that the site does not say of itself.

    Registered as a check of the database: `migrate` runs it, and `check --database default`, and nothing that works
    without a database. Where the database does not answer or is not migrated yet it says nothing: that is not its news.
    """
    identity: Any = apps.get_model("newsroom", "SiteIdentity")
    warnings: list[CheckMessage] = []
    for alias in databases or ():
        try:
            said = identity.objects.using(alias).filter(pk=1).first() or identity()
        except DatabaseError:
            continue
        for number, names in _REQUIRED:
            if not any(getattr(said, name) for name in names):
                words = " or ".join(name.replace("_", " ") for name in names)
                warnings.append(
                    Warning(
                        f"The site does not say its {words}.",
                        hint="Enter it at the desk, under the identity of the site.",
                        id=f"newsroom.W{number:03d}",
                    )
                )
    return warnings


def check_accounts(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error where a newsroom in earnest has accounts for show. Registered as a check of the database."""
    found: list[CheckMessage] = []
    for alias in databases or () if starting.is_in_earnest() else ():
        try:
            accounts = starting.demo_accounts(alias)
        except DatabaseError:
            continue
        if accounts:
            found.append(Error(starting.sentence_about(accounts), id="newsroom.E016"))
    return found

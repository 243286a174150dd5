"""The editor of rich text in the browser: the one module behind which it stands.

It is CKEditor 4.22.1 as django-ckeditor brings it, which is out of support, so everything about it is
named here rather than left to its defaults: which plugins run, which files are served, what its content
may hold and where a dropped picture goes. `newsroom/checks.py` fails when any of this is loosened. What the
editor sends is cleaned again by `newsroom.richtext.RichTextField`: the editor is comfort, the field is safety.
"""

import logging
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from newsroom.pictures import new_name, place, read_picture, write_renditions
from newsroom.richtext import ATTRIBUTES, TAGS

_logger = logging.getLogger(__name__)

UPLOAD_PERMISSION = "articles.add_photo"

# What runs in the editor: nothing that is not named here.
PLUGINS = (
    # typing, and the toolbar with its menus and dialogs
    "a11yhelp", "button", "clipboard", "contextmenu", "dialog", "dialogui", "divarea", "enterkey", "entities",
    "floatpanel", "listblock", "menu", "notification", "panel", "panelbutton", "popup",
    "richcombo", "selectall", "showborders", "tab", "toolbar", "undo",
    # what a writer makes
    "autolink", "basicstyles", "blockquote", "fakeobjects", "format", "horizontalrule", "indent", "indentlist", "link",
    "list", "magicline", "removeformat", "table", "tableselection", "tabletools",
    # pictures: chosen in the dialog, dropped or pasted
    "filebrowser", "filetools", "image2", "lineutils", "notificationaggregator", "uploadimage", "uploadwidget",
    "widget", "widgetselection",
    # text without its dress; text with one is undressed by static/js/paste.js
    "pastetext",
)  # fmt: skip
# Named once more, so that nothing brings them back by asking for them.
FORBIDDEN_PLUGINS = (
    "about", "codesnippet", "codesnippetgeshi", "devtools", "docprops", "embed", "embedbase", "embedsemantic",
    "autoembed", "exportpdf", "flash", "forms", "iframe", "iframedialog", "image", "mathjax", "pastefromgdocs",
    "pastefromlibreoffice", "pastefromword", "pastetools", "preview", "print", "save", "scayt", "smiley", "sourcearea",
    "sourcedialog", "stylescombo", "templates", "wsc", "wysiwygarea",
)  # fmt: skip

CONFIG: dict[str, Any] = {
    "plugins": ",".join(PLUGINS),
    "extraPlugins": "",
    "removePlugins": ",".join(FORBIDDEN_PLUGINS),
    "toolbar": [
        ["Format", "Bold", "Italic"],
        ["NumberedList", "BulletedList", "Blockquote"],
        ["Link", "Unlink"],
        ["Image", "Table", "HorizontalRule"],
        ["PasteText", "RemoveFormat"],
        ["Undo", "Redo"],
    ],
    "format_tags": "p;h2;h3",
    # The allow-list of the field, told to the editor: a writer sees at once what will stay.
    "allowedContent": {
        tag: {"attributes": sorted(ATTRIBUTES.get(tag, ())), "styles": False, "classes": False} for tag in sorted(TAGS)
    },
    "disallowedContent": "*[on*]; *{*}; *(*)",
    # Letters are letters: with entities the body would hold ch&agrave;o, and no search would find it.
    "entities": False,
    "entities_latin": False,
    "entities_greek": False,
    "entities_additional": "",
    "entities_processNumerical": False,
    "fillEmptyBlocks": False,
    # It asks nobody about itself, and reads no settings but these.
    "versionCheck": False,
    "customConfig": "",
    "stylesSet": False,
    "contentsCss": [],
    "defaultLanguage": "vi",
    "language": "vi",
    "height": 420,
    "width": "100%",
    "linkDefaultProtocol": "https://",
    "linkShowAdvancedTab": False,
    "linkShowTargetTab": False,
    "image2_altRequired": True,
    "image2_disableResizer": True,
    "forcePasteAsPlainText": False,
    "clipboard_handleImages": False,  # uploadimage does: a pasted picture is a file of ours, not a data address
    "filebrowserUploadMethod": "xhr",
    # What the editor's own Vietnamese is silent about (static/js/editor.js hands it over).
    "words": {
        "format": {"tag_h2": _("Heading"), "tag_h3": _("Smaller heading")},
        "link": {
            "displayText": _("Text of the link"),
            "noTel": _("Please write the phone number."),
            "phoneNumber": _("Phone number"),
            "toPhone": _("Phone"),
        },
        "notification": {"closed": _("The message has been closed.")},
        "pastetext": {"pasteNotification": _("Press %1 to paste: the browser does not let a button do it.")},
        "clipboard": {
            "pasteNotification": _("Press %1 to paste: the browser does not let a button do it."),
            "picturesLeft": _("Pictures left behind: %1. They belong to another page; add each as a file of yours."),
            "fileWithoutFormatNotSupportedNotification": _("Files of this kind cannot be taken into the text."),
            "fileFormatNotSupportedNotification": _("Files of the kind ${formats} cannot be taken into the text."),
        },
        "uploadwidget": {
            "abort": _("The upload has been stopped."),
            "doneOne": _("The picture has been kept."),
            "doneMany": _("%1 pictures have been kept."),
            "uploadOne": _("The picture is on its way ({percentage}%)..."),
            "uploadMany": _("Pictures on their way: {current} of {max} ({percentage}%)..."),
        },
    },
}


class EditorWidget(CKEditorWidget):
    """The form widget of a `RichTextField`. Its configuration is `CONFIG`, whatever the settings say."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs)
        self.config = deepcopy(CONFIG)
        self.external_plugin_resources: list[Any] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        address = reverse("editor-upload")
        self.config |= {"uploadUrl": address, "filebrowserUploadUrl": address}
        return super().get_context(name, value, attrs)

    @property
    def media(self) -> forms.Media:
        # One list, because ours has to run after the editor's own.
        scripts: list[Any] = [*super().media._js, "js/editor.js", forms.Script("js/paste.js", type="module")]
        return forms.Media(css={"all": ["ckeditor/ckeditor.css", "css/editor.css"]}, js=scripts)


@require_POST
@csrf_protect
def upload_picture(request: HttpRequest) -> HttpResponse:
    """Keep a picture that was dropped into the editor, and answer as CKEditor's uploadimage expects.

    POST `upload`, a file. The answer is JSON: `uploaded` 1 with `url`, `fileName`, `width` and `height`, or
    `uploaded` 0 with `error.message`, a sentence for the writer (400, 403 without the permission, 503 on a full disk).
    """
    if not request.user.has_perm(UPLOAD_PERMISSION):
        return _refused(gettext("You may not add pictures. Log in again, or ask an administrator."), status=403)
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused(gettext("No file has arrived. Choose it again."))
    try:
        picture = read_picture(upload)
    except ValidationError as error:
        return _refused(" ".join(error.messages))
    try:
        name = default_storage.save(place("editor", new_name()), picture)
        write_renditions(default_storage, name)
    except OSError:
        _logger.exception("A picture could not be stored")
        return _refused(
            gettext("The picture could not be stored. Try again later, or tell an administrator."), status=503
        )
    return JsonResponse(
        {
            "uploaded": 1,
            "fileName": name.rpartition("/")[2],
            "url": default_storage.url(name),
            "width": picture.width,
            "height": picture.height,
        }
    )


def _refused(sentence: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"uploaded": 0, "error": {"message": sentence}}, status=status)


class AppDirectoriesFinder(finders.AppDirectoriesFinder):
    """Finds the static files of apps as Django does, of the editor only those that it runs on."""

    def list(self, ignore_patterns: Any) -> Iterator[Any]:
        for path, storage in super().list(ignore_patterns):
            if is_served(path):
                yield path, storage

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        return super().find(path, *args, **kwargs) if is_served(path) else []


_EDITOR = "ckeditor/ckeditor/"
_SERVED = (
    "ckeditor/ckeditor-init.js",
    "ckeditor/fixups.js",
    "ckeditor/ckeditor.css",
    f"{_EDITOR}ckeditor.js",
    f"{_EDITOR}LICENSE.md",
    f"{_EDITOR}lang/",
    f"{_EDITOR}skins/moono-lisa/",
    f"{_EDITOR}plugins/icons",
    *(f"{_EDITOR}plugins/{plugin}/" for plugin in PLUGINS),
)


def is_served(path: str) -> bool:
    """Whether the static file `path` is served: every file but those of the editor that nothing asks for."""
    path = path.replace("\\", "/")
    if not path.startswith("ckeditor/"):
        return True
    if "/lang/" in path and not path.endswith(("/vi.js", "/en.js")):
        return False
    return path.startswith(_SERVED)

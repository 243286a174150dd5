"""What the script of an article's form (static/js/drafts.js) is told: where it asks, and what it says."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article


def addresses(article: Article | None) -> dict[str, str]:
    """Return where the form of `article` saves itself; of a new one, where it is made."""
    if article is None:
        return {"autosave": reverse("admin:articles_article_autosave_new")}
    return {
        name: reverse(f"admin:articles_article_{name}", args=[article.pk])
        for name in ("change", "autosave", "presence")
    }


def told(article: Article | None, *, saves_itself: bool, is_sent_back: bool) -> dict[str, Any]:
    """Return what the script is told with the form of `article`, None for a new one.

    A form in which two texts are held against each other does not save itself: its person decides. One that
    `is_sent_back` holds what was typed and is not saved.
    """
    places = addresses(article)
    if not saves_itself:
        del places["autosave"]
    return {
        "article": article.pk if article else None,
        "addresses": places,
        "sign_in": f"{reverse('admin:login')}?next={reverse('admin:index')}",
        "is_sent_back": is_sent_back,
        "words": {
            "unsaved": _("Not saved yet"),
            "saving": _("Saving…"),
            "offline": _("The connection is lost: the article is kept in this browser."),
            "trouble": _("The server did not save it: the article is kept in this browser."),
            "unkept": _("It could not be saved, and this browser keeps no copy: leave this page open."),
            "stale": _("Not saved, because there is a newer version."),
            "compare": _("Save by hand: you will see both texts."),
            "reload": _("Open the newer version"),
            "kept": _("It is kept in this browser."),
            "files": _("Files are sent with “Save”."),
            "sign_in": _("Sign in again in a new tab"),
            "offer": _("Text from {at} that was not saved is kept in this browser."),
            "taken": _("The text from {at} is in the form again. Look it over."),
            "remove": _("Delete"),
            "leaving": _("Not everything is saved. Signing out erases what this browser keeps. Sign out all the same?"),
        },
    }

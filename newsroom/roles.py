"""Who may do what, as the newsroom begins: four roles, each a group of permissions.

`ROLES` is where the newsroom starts from. After that the groups belong to the administrators: `create_groups`
makes each once, and never again touches one that they have renamed, changed or taken away.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS


def _all(*models: str) -> frozenset[str]:
    """Every permission over each of `models` ("app.model")."""
    return _may("add change delete view", *models)


def _may(actions: str, *models: str) -> frozenset[str]:
    """The permissions for `actions` (words with spaces between) over each of `models` ("app.model")."""
    return frozenset(
        f"{app}.{action}_{model}" for app, model in (name.split(".") for name in models) for action in actions.split()
    )


@dataclass(frozen=True)
class Role:
    """A role: the name of its group, and what its people may do ("app.codename")."""

    group: str
    permissions: frozenset[str]


# What stands inside an article or a conference is edited there, and goes with it.
_IN_ARTICLES = ("articles.photo", "articles.video", "articles.byline", "articles.citation", "articles.mention")
_IN_COMMITTEES = ("committees.attendance", "committees.awardrecipient", "committees.committeealias")
_REPORTED = ("committees.conference", "committees.statistic", "committees.award")
_NAMED = ("committees.committee", "committees.person", "committees.indicator", "committees.document")

_WRITER = (
    _all("articles.article", *_IN_ARTICLES, *_REPORTED, "committees.attendance", "committees.awardrecipient")
    | _may("add view", "articles.tag", "articles.publication", "committees.person", "committees.document")
    | _may("view", "articles.category", "articles.comment", "articles.correction")
    | _may("view", "committees.committee", "committees.committeealias", "committees.indicator")
)
_MODERATOR = (
    _may("view", "articles.article", "articles.category", *_IN_ARTICLES)
    | _may("add change view", "articles.comment", "articles.commentsettings")
    | {"articles.moderate_comment"}
)
_EDITOR = (
    _WRITER
    | _MODERATOR
    | _all(*_NAMED, *_IN_COMMITTEES, "articles.category", "articles.tag", "articles.publication")
    | _all("newsroom.abbreviation")
    | _may("add change view", "articles.correction")
    | {"articles.publish_article", "articles.edit_others_article", "articles.export_article"}
    | {"committees.edit_public_facts"}
)
_ADMINISTRATOR = (
    _EDITOR
    | _all("newsroom.user", "auth.group", "newsroom.menuitem", "newsroom.page")
    | _may("add change view", "newsroom.siteidentity")
    | _may("view", "visits.visitday")
    | _may("add view", "visits.visitadjustment")
)

# Names of groups are data, like names of committees: an administrator may change them.
ROLES = {
    "writer": Role("Phóng viên", _WRITER),
    "editor": Role("Biên tập viên", _EDITOR),
    "moderator": Role("Kiểm duyệt viên", _MODERATOR),
    "administrator": Role("Quản trị viên", _ADMINISTRATOR),
}


def create_groups(*, using: str = DEFAULT_DB_ALIAS, apps: Any = installed_apps, **signal: Any) -> None:
    """Make the group of each role that has never had one. Called after every migrate.

    `apps` is the registry as far as the database has been migrated: while a role's permissions are not all
    there, its group waits for the migrate that brings them.
    """
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        role_group_model = apps.get_model("newsroom", "RoleGroup")
    except LookupError:
        return
    known = set(role_group_model.objects.using(using).values_list("role", flat=True))
    if known >= ROLES.keys():
        return
    for label in {permission.split(".")[0] for role in ROLES.values() for permission in role.permissions}:
        # Django makes them app by app, after the signal of this one.
        create_permissions(installed_apps.get_app_config(label), verbosity=0, using=using, apps=apps)
    ids = {
        f"{app}.{codename}": pk
        for app, codename, pk in permission_model.objects.using(using).values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    for key, role in ROLES.items():
        if key in known or not role.permissions <= ids.keys():
            continue
        group, is_new = group_model.objects.using(using).get_or_create(name=role.group)
        if is_new:
            group.permissions.set([ids[permission] for permission in role.permissions])
        role_group_model.objects.using(using).create(role=key, group=group)
